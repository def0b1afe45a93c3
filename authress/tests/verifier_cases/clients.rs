//! Service clients: whom a client may speak of, and how its id stands in its issuer.

use authress::TokenVerificationReason::{BadSignature, KeysUnavailable, SubjectMismatch, UnknownKey, UntrustedIssuer};
use serde_json::json;

use crate::case::{Case, accepted, refused, refused_unasked};
use crate::support::{ACCOUNT, CLIENT, DOMAIN, OTHER, jwk};
use crate::tokens::{client, client_token, client_token_signed};

pub(crate) fn table() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(ids());
    cases.extend(subjects());
    cases.extend(structure());
    cases.extend(spellings());
    cases.extend(keys());
    cases.extend(names());
    cases
}

fn ids() -> Vec<Case> {
    let long = "a".repeat(256);
    let mut cases = vec![
        accepted("client", client_token(&client("sc_1"), "sc_1"))
            .of_client("sc_1")
            .asking(client("sc_1")),
    ];
    for (rule, segment, id) in [
        ("client_with_a_bar", "sc%7Cone", "sc|one"),
        ("client_with_a_plus", "a%2Bb", "a+b"),
        ("client_with_a_space", "a%20b%20c", "a b c"),
        ("client_with_a_space_at_the_end", "sc_1%20", "sc_1 "),
        ("client_with_an_umlaut", "%C3%BC", "\u{fc}"),
        ("client_with_an_umlaut_in_two_characters", "u%CC%88", "u\u{308}"),
        ("client_with_a_percent_sign", "100%25", "100%"),
        ("client_that_looks_encoded", "sc%257Cone", "sc%7Cone"),
        ("client_with_a_colon", "a%3Ab", "a:b"),
        ("client_with_an_at_sign", "a%40b", "a@b"),
        ("client_with_a_question_mark", "a%3Fb", "a?b"),
        ("client_with_a_number_sign", "a%23b", "a#b"),
        ("client_with_an_ampersand_and_equals_sign", "a%26b%3Dc", "a&b=c"),
        ("client_with_quotes", "%22a%27", "\"a'"),
        ("client_of_unreserved_characters", "A-z.0_9~", "A-z.0_9~"),
        ("client_with_a_dot_before", ".sc_1", ".sc_1"),
        ("client_with_an_emoji", "%F0%9F%98%80", "\u{1f600}"),
        ("client_with_a_long_id", &long, &long),
    ] {
        let token = client_token(&client(segment), id);
        let keys = json!([jwk("k-client", CLIENT)]);
        cases.push(accepted(rule, token).of_client(id).keys_at(client(segment), keys));
    }
    cases
}

fn subjects() -> Vec<Case> {
    [
        ("client_speaks_of_a_user", "sc_1", "user-1"),
        ("client_speaks_of_another_client", "sc_1", "sc_2"),
        ("client_speaks_of_itself_in_capitals", "sc_1", "SC_1"),
        ("client_speaks_of_itself_with_a_space_after", "sc_1", "sc_1 "),
        ("client_speaks_of_itself_with_a_space_before", "sc_1", " sc_1"),
        ("client_speaks_of_itself_with_nul_after", "sc_1", "sc_1\0"),
        (
            "client_speaks_of_itself_with_a_zero_width_space",
            "sc_1",
            "sc_1\u{200b}",
        ),
        ("client_speaks_of_the_beginning_of_itself", "sc_1", "sc_"),
        ("client_speaks_of_more_than_itself", "sc_1", "sc_11"),
        ("client_speaks_of_itself_with_another_slash", "sc_1", "sc_1/"),
        (
            "client_speaks_of_itself_as_its_issuer",
            "sc_1",
            "https://login.example.com/v1/clients/sc_1",
        ),
        ("client_speaks_of_itself_encoded", "sc%7Cone", "sc%7Cone"),
        ("client_speaks_of_itself_encoded_lower", "sc%7Cone", "sc%7cone"),
        ("client_speaks_of_itself_encoded_less", "sc%257Cone", "sc|one"),
        ("client_speaks_of_itself_with_a_space_for_a_plus", "a%2Bb", "a b"),
        ("client_speaks_of_itself_composed", "u%CC%88", "\u{fc}"),
        ("client_speaks_of_itself_decomposed", "%C3%BC", "u\u{308}"),
        ("client_speaks_of_a_look_alike", "sc_1", "s\u{441}_1"),
    ]
    .into_iter()
    .map(|(rule, segment, subject)| refused_unasked(rule, client_token(&client(segment), subject), SubjectMismatch))
    .collect()
}

/// Ids that a URL library or a gateway might take for structure, and one without end.
fn structure() -> Vec<Case> {
    let too_long = "a".repeat(257);
    [
        ("client_with_an_id_that_is_too_long", &*too_long, &*too_long),
        ("client_dot", ".", "."),
        ("client_dot_encoded", "%2E", "."),
        ("client_two_dots", "..", ".."),
        ("client_two_dots_encoded", "%2E%2E", ".."),
        ("client_two_dots_encoded_lower", "%2e%2e", ".."),
        ("client_two_dots_half_encoded", ".%2E", ".."),
        ("client_with_a_slash", "a%2Fb", "a/b"),
        ("client_with_a_slash_encoded_lower", "a%2fb", "a/b"),
        ("client_of_a_slash", "%2F", "/"),
        ("client_up_and_down", "..%2Fsc_1", "../sc_1"),
        ("client_down_and_up", "sc_1%2F..%2Fsc_2", "sc_1/../sc_2"),
        ("client_with_a_backslash", "a%5Cb", "a\\b"),
        ("client_with_nul", "sc_1%00", "sc_1\0"),
        ("client_with_a_newline", "sc_1%0A", "sc_1\n"),
        ("client_with_a_carriage_return", "sc_1%0D%0AX", "sc_1\r\nX"),
        ("client_with_a_tab", "sc%09_1", "sc\t_1"),
        ("client_with_delete", "sc_1%7F", "sc_1\u{7f}"),
        ("client_with_a_later_control_character", "sc_1%C2%85", "sc_1\u{85}"),
        ("client_not_utf8", "%FF", "\u{fffd}"),
        ("client_overlong_slash", "%C0%AF", "/"),
        ("client_encoded_surrogate", "%ED%A0%80", "\u{fffd}"),
        ("client_empty", "", "sc_1"),
    ]
    .into_iter()
    .map(|(rule, segment, subject)| refused_unasked(rule, client_token(&client(segment), subject), UntrustedIssuer))
    .collect()
}

/// An id has one encoding, and an issuer one path.
fn spellings() -> Vec<Case> {
    [
        ("client_bar_not_encoded", "/v1/clients/sc|one", "sc|one"),
        ("client_bar_encoded_lower", "/v1/clients/sc%7cone", "sc|one"),
        ("client_letter_encoded", "/v1/clients/%73c_1", "sc_1"),
        ("client_underline_encoded", "/v1/clients/sc%5F1", "sc_1"),
        ("client_space_as_a_plus", "/v1/clients/a+b", "a b"),
        ("client_plus_not_encoded", "/v1/clients/a+b", "a+b"),
        ("client_space_not_encoded", "/v1/clients/a b", "a b"),
        ("client_umlaut_not_encoded", "/v1/clients/\u{fc}", "\u{fc}"),
        ("client_percent_not_encoded", "/v1/clients/100%", "100%"),
        ("client_percent_alone", "/v1/clients/%", "%"),
        ("client_encoding_cut_off", "/v1/clients/sc_1%7", "sc_1%7"),
        ("client_encoding_not_hexadecimal", "/v1/clients/sc_1%zz", "sc_1%zz"),
        ("client_colon_not_encoded", "/v1/clients/a:b", "a:b"),
        ("client_at_sign_not_encoded", "/v1/clients/a@b", "a@b"),
        ("client_with_a_slash_after", "/v1/clients/sc_1/", "sc_1"),
        ("client_with_two_slashes_before", "/v1/clients//sc_1", "sc_1"),
        ("client_with_a_segment_after", "/v1/clients/sc_1/x", "sc_1"),
        (
            "client_with_the_path_of_its_keys",
            "/v1/clients/sc_1/.well-known/openid-configuration/jwks",
            "sc_1",
        ),
        ("client_with_a_dot_segment_after", "/v1/clients/sc_1/.", "sc_1"),
        ("client_with_a_dot_segment_before", "/v1/clients/./sc_1", "sc_1"),
        ("client_with_a_detour", "/v1/clients/sc_2/../sc_1", "sc_1"),
        ("client_with_an_encoded_detour", "/v1/clients/sc_2/%2E%2E/sc_1", "sc_1"),
        ("client_with_a_detour_at_the_beginning", "/x/../v1/clients/sc_1", "sc_1"),
        ("client_with_a_query", "/v1/clients/sc_1?a=b", "sc_1"),
        ("client_with_an_empty_query", "/v1/clients/sc_1?", "sc_1"),
        ("client_with_a_fragment", "/v1/clients/sc_1#a", "sc_1"),
        ("client_with_an_empty_fragment", "/v1/clients/sc_1#", "sc_1"),
        ("client_with_a_parameter", "/v1/clients/sc_1;a=b", "sc_1"),
        ("client_with_a_backslash_after", "/v1/clients/sc_1\\", "sc_1"),
        ("client_with_backslashes", "\\v1\\clients\\sc_1", "sc_1"),
        ("client_path_with_two_slashes", "//v1/clients/sc_1", "sc_1"),
        ("client_path_with_two_slashes_within", "/v1//clients/sc_1", "sc_1"),
        ("client_path_with_a_version_in_capitals", "/V1/clients/sc_1", "sc_1"),
        ("client_path_in_capitals", "/v1/CLIENTS/sc_1", "sc_1"),
        ("client_path_of_another_version", "/v2/clients/sc_1", "sc_1"),
        ("client_path_of_something_else", "/v1/users/sc_1", "sc_1"),
        ("client_path_in_the_singular", "/v1/client/sc_1", "sc_1"),
        ("client_path_below_another", "/login/v1/clients/sc_1", "sc_1"),
        ("client_path_encoded", "/v1%2Fclients%2Fsc_1", "sc_1"),
        ("client_path_without_an_id", "/v1/clients", "sc_1"),
        ("client_path_with_a_space_before", " /v1/clients/sc_1", "sc_1"),
        ("client_path_with_a_newline_after", "/v1/clients/sc_1\n", "sc_1"),
    ]
    .into_iter()
    .map(|(rule, path, subject)| {
        refused_unasked(rule, client_token(&format!("{DOMAIN}{path}"), subject), UntrustedIssuer)
    })
    .collect()
}

/// The holder of one key tries to be somebody else.
fn keys() -> Vec<Case> {
    let other = client("sc_2");
    let mut cases = vec![
        refused(
            "client_key_for_another_client",
            client_token(&other, "sc_2"),
            UnknownKey,
        )
        .asking(&other),
        refused(
            "client_key_under_the_key_id_of_another_client",
            client_token_signed(&other, "sc_2", "k-other", CLIENT),
            BadSignature,
        )
        .asking(&other),
        refused("client_key_for_the_account", client_token(DOMAIN, "user-1"), UnknownKey),
        refused(
            "client_key_for_the_account_with_a_slash",
            client_token("https://login.example.com/", "user-1"),
            UnknownKey,
        ),
        refused(
            "client_key_under_the_key_id_of_the_account",
            client_token_signed(DOMAIN, "user-1", "k-account", CLIENT),
            BadSignature,
        ),
        refused(
            "client_key_for_the_account_about_the_client",
            client_token(DOMAIN, "sc_1"),
            UnknownKey,
        ),
        refused(
            "account_key_for_a_client",
            client_token_signed(&client("sc_1"), "sc_1", "k-account", ACCOUNT),
            UnknownKey,
        )
        .asking(client("sc_1")),
        refused(
            "account_key_under_the_key_id_of_a_client",
            client_token_signed(&client("sc_1"), "sc_1", "k-client", ACCOUNT),
            BadSignature,
        )
        .asking(client("sc_1")),
        accepted(
            "account_speaks_of_a_name_like_a_client",
            client_token_signed(DOMAIN, "sc_1", "k-account", ACCOUNT),
        )
        .of_user("sc_1"),
        accepted("other_client", client_token_signed(&other, "sc_2", "k-other", OTHER))
            .of_client("sc_2")
            .asking(&other),
        refused(
            "client_that_has_gone",
            client_token(&client("gone"), "gone"),
            UnknownKey,
        )
        .asking(client("gone")),
        refused(
            "client_whose_case_differs",
            client_token(&client("SC_1"), "SC_1"),
            UnknownKey,
        )
        .asking(client("SC_1")),
        refused("client_without_keys", client_token(&client("sc_1"), "sc_1"), UnknownKey)
            .keys_at(client("sc_1"), json!([])),
    ];
    for (rule, status, body) in [
        ("client_hidden_by_a_page", 404, "<html>no route</html>"),
        ("client_behind_an_outage", 503, ""),
        ("client_behind_a_refusal", 403, "{}"),
        ("client_behind_a_redirect", 307, ""),
    ] {
        cases.push(
            refused(rule, client_token(&client("sc_1"), "sc_1"), KeysUnavailable)
                .also(client("sc_1"), status, body)
                .asking(client("sc_1")),
        );
    }
    cases
}

/// A client belongs to the account whatever the account is called.
fn names() -> Vec<Case> {
    const ACCOUNT_DOMAIN: &str = "https://acc-1.api-eu-west.authress.io";
    let keys = || json!([jwk("k-client", CLIENT)]);
    let mut cases = Vec::new();
    for (rule, issuer, asked) in [
        (
            "client_at_the_name_of_the_account",
            "https://acc-1.api-eu-west.authress.io/v1/clients/sc_1",
            "https://acc-1.api-eu-west.authress.io/v1/clients/sc_1",
        ),
        (
            "client_at_the_name_without_a_region",
            "https://acc-1.api.authress.io/v1/clients/sc_1",
            "https://acc-1.api.authress.io/v1/clients/sc_1",
        ),
        (
            "client_at_the_name_for_logins",
            "https://ACC-1.login.authress.io:443/v1/clients/sc_1",
            "https://acc-1.login.authress.io/v1/clients/sc_1",
        ),
    ] {
        cases.push(
            accepted(rule, client_token(issuer, "sc_1"))
                .of_client("sc_1")
                .domain(ACCOUNT_DOMAIN)
                .keys_at(asked, keys()),
        );
    }
    for (rule, issuer) in [
        (
            "client_of_another_account",
            "https://acc-2.api-eu-west.authress.io/v1/clients/sc_1",
        ),
        (
            "client_of_another_account_without_a_region",
            "https://acc-2.api.authress.io/v1/clients/sc_1",
        ),
        ("client_at_a_stranger", "https://evil.example/v1/clients/sc_1"),
        (
            "client_at_a_suffix",
            "https://acc-1.api.authress.io.evil.example/v1/clients/sc_1",
        ),
        ("client_in_http", "http://acc-1.api.authress.io/v1/clients/sc_1"),
        (
            "client_at_another_port",
            "https://acc-1.api.authress.io:8443/v1/clients/sc_1",
        ),
        (
            "client_with_a_user_name",
            "https://acc-1.api.authress.io@evil.example/v1/clients/sc_1",
        ),
        ("client_without_a_scheme", "acc-1.api.authress.io/v1/clients/sc_1"),
    ] {
        cases.push(refused_unasked(rule, client_token(issuer, "sc_1"), UntrustedIssuer).domain(ACCOUNT_DOMAIN));
    }
    cases.push(
        accepted(
            "client_at_a_domain_trusted_as_well",
            client_token(&client("sc_1"), "sc_1"),
        )
        .of_client("sc_1")
        .domain(ACCOUNT_DOMAIN)
        .trusting(DOMAIN)
        .asking(client("sc_1")),
    );
    cases
}
