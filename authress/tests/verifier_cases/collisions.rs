//! Key ids: each issuer has its own, they are compared byte by byte, and of two that are the same in one set the first counts.

use authress::TokenVerificationReason::{BadSignature, UnknownKey, UnsupportedAlgorithm};
use serde_json::{Value, json};

use crate::case::{Case, accepted, refused};
use crate::rsa::{self, STRANGER};
use crate::support::{ACCOUNT, CLIENT, DOMAIN, KeyPair, OTHER, jwk, token};
use crate::tokens::{CLAIMS, client, client_token, client_token_signed, good};

pub(crate) fn table() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(across_issuers());
    cases.extend(spellings());
    cases.extend(within_a_set());
    cases
}

/// The account and two clients have one key id for three keys.
fn across_issuers() -> Vec<Case> {
    let (first, second) = (client("sc_1"), client("sc_2"));
    let set = |key: KeyPair| json!([jwk("k", key)]);
    let by = |issuer: &str, subject: &str, key: KeyPair| client_token_signed(issuer, subject, "k", key);
    let all = [
        (DOMAIN, by(DOMAIN, "user-1", ACCOUNT)),
        (first.as_str(), by(&first, "sc_1", CLIENT)),
        (second.as_str(), by(&second, "sc_2", OTHER)),
    ];
    // The keys of the others are at hand when the token comes.
    let shared = |case: Case, asked: &str| {
        let others = all.iter().filter(|(issuer, _)| *issuer != asked);
        case.after(others.map(|(_, token)| token.clone()).collect())
            .keys_at(DOMAIN, set(ACCOUNT))
            .keys_at(client("sc_1"), set(CLIENT))
            .keys_at(client("sc_2"), set(OTHER))
            .asking(asked)
    };
    vec![
        shared(
            accepted("same_id_of_the_account", by(DOMAIN, "user-1", ACCOUNT)),
            DOMAIN,
        ),
        shared(
            accepted("same_id_of_a_client", by(&first, "sc_1", CLIENT)).of_client("sc_1"),
            &first,
        ),
        shared(
            accepted("same_id_of_another_client", by(&second, "sc_2", OTHER)).of_client("sc_2"),
            &second,
        ),
        shared(
            refused(
                "same_id_client_for_the_account",
                by(DOMAIN, "user-1", CLIENT),
                BadSignature,
            ),
            DOMAIN,
        ),
        shared(
            refused(
                "same_id_account_for_a_client",
                by(&first, "sc_1", ACCOUNT),
                BadSignature,
            ),
            &first,
        ),
        shared(
            refused(
                "same_id_client_for_another_client",
                by(&second, "sc_2", CLIENT),
                BadSignature,
            ),
            &second,
        ),
        shared(
            refused(
                "same_id_other_client_for_a_client",
                by(&first, "sc_1", OTHER),
                BadSignature,
            ),
            &first,
        ),
        refused(
            "id_of_a_client_for_the_account",
            client_token(DOMAIN, "user-1"),
            UnknownKey,
        )
        .after(vec![client_token(&first, "sc_1")]),
        refused(
            "id_of_the_account_for_a_client",
            client_token_signed(&first, "sc_1", "k-account", CLIENT),
            UnknownKey,
        )
        .after(vec![good()])
        .asking(&first),
        refused(
            "id_of_a_client_for_another_client",
            client_token_signed(&second, "sc_2", "k-client", CLIENT),
            UnknownKey,
        )
        .after(vec![client_token(&first, "sc_1")])
        .asking(&second),
        refused(
            "id_of_another_client_for_a_client",
            client_token_signed(&first, "sc_1", "k-other", OTHER),
            UnknownKey,
        )
        .after(vec![client_token_signed(&second, "sc_2", "k-other", OTHER)])
        .asking(&first),
        accepted(
            "one_key_of_two_issuers",
            client_token_signed(&first, "sc_1", "k-shared", ACCOUNT),
        )
        .of_client("sc_1")
        .keys_at(DOMAIN, json!([jwk("k-shared", ACCOUNT)]))
        .keys_at(&first, json!([jwk("k-shared", ACCOUNT)])),
        // The same names at two accounts are two keys as well.
        refused(
            "same_id_at_another_name_of_the_account",
            client_token_signed("https://acc-1.login.authress.io", "user-1", "k", OTHER),
            BadSignature,
        )
        .domain("https://acc-1.api.authress.io")
        .keys_at("https://acc-1.api.authress.io", set(OTHER))
        .keys_at("https://acc-1.login.authress.io", set(ACCOUNT)),
    ]
}

fn spellings() -> impl Iterator<Item = Case> {
    let of_id = |set: &str, id: &str| {
        let header = json!({"alg": "EdDSA", "kid": id}).to_string();
        (json!([jwk(set, ACCOUNT)]), token(&header, CLAIMS, ACCOUNT))
    };
    [
        ("id_in_capitals", "k-account", "K-ACCOUNT"),
        ("id_in_small_letters", "K-Account", "k-account"),
        ("id_with_a_space_after", "k-account", "k-account "),
        ("id_with_a_space_before", "k-account", " k-account"),
        ("id_of_the_set_with_a_space_after", "k-account ", "k-account"),
        ("id_with_a_newline_after", "k-account", "k-account\n"),
        ("id_with_nul_after", "k-account", "k-account\0"),
        ("id_with_nul_and_more_after", "k-account", "k-account\0x"),
        ("id_with_a_zero_width_space", "k-account", "k\u{200b}-account"),
        ("id_with_a_byte_order_mark", "k-account", "\u{feff}k-account"),
        ("id_decomposed", "k-\u{fc}", "k-u\u{308}"),
        ("id_composed", "k-u\u{308}", "k-\u{fc}"),
        ("id_of_full_width", "k-account", "\u{ff4b}-account"),
        ("id_with_a_ligature", "k-fi", "k-\u{fb01}"),
        ("id_with_the_sign_of_kelvin", "k-account", "\u{212a}-account"),
        ("id_with_a_cyrillic_letter", "k-account", "k-\u{430}ccount"),
        ("id_with_a_sharp_s", "k-ss", "k-\u{df}"),
        ("id_that_begins_alike", "k-account", "k-accoun"),
        ("id_that_is_longer", "k-account", "k-account2"),
        ("id_a_number_with_a_zero_before", "1", "01"),
        ("id_a_number_with_a_fraction", "1", "1.0"),
        ("id_a_number_with_a_sign", "1", "+1"),
        ("id_percent_encoded", "k|account", "k%7Caccount"),
        ("id_percent_decoded", "k%7Caccount", "k|account"),
        ("id_escaped_twice", "k-account", r"k\u002daccount"),
        ("id_a_pattern", "k-account", "*"),
        ("id_of_the_keys_text", "k-account", ACCOUNT.x),
        ("id_of_two_joined", "k-account", "k-account,k-client"),
    ]
    .into_iter()
    .map(move |(rule, set, id)| {
        let (keys, token) = of_id(set, id);
        refused(rule, token, UnknownKey).keys(keys)
    })
    .chain(
        [
            ("id_beyond_ascii", "k-\u{fc}|\u{1f600}"),
            ("id_a_space", " "),
            ("id_an_address", "https://evil.example/?a=b#c"),
            ("id_with_quotes", "k\"'\\"),
        ]
        .map(move |(rule, id)| {
            let (keys, token) = of_id(id, id);
            accepted(rule, token).keys(keys)
        }),
    )
    .chain([{
        // The number 1 in the set is not the text in the token.
        let mut number = jwk("1", ACCOUNT);
        number["kid"] = json!(1);
        refused("id_a_number_in_the_set", of_id("1", "1").1, UnknownKey).keys(json!([number]))
    }])
}

/// Two keys of one id in one set.
fn within_a_set() -> Vec<Case> {
    let ed25519 = |key: KeyPair| jwk("k-account", key);
    let rsa = |alg: &str| rsa::ACCOUNT.jwk("k-account", alg);
    let changed = |name: &str, value: Value| {
        let mut jwk = jwk("k-account", OTHER);
        jwk[name] = value;
        jwk
    };
    let stranger = |key: KeyPair| token(crate::tokens::HEADER, CLAIMS, key);
    vec![
        accepted("id_twice_the_first_signs", good()).keys(json!([ed25519(ACCOUNT), ed25519(OTHER)])),
        refused("id_twice_the_second_signs", good(), BadSignature).keys(json!([ed25519(OTHER), ed25519(ACCOUNT)])),
        accepted("id_and_key_twice", good()).keys(json!([ed25519(ACCOUNT), ed25519(ACCOUNT)])),
        refused("id_thrice_the_last_signs", good(), BadSignature).keys(json!([
            ed25519(OTHER),
            ed25519(CLIENT),
            ed25519(ACCOUNT)
        ])),
        accepted("key_under_two_ids", good()).keys(json!([jwk("k-1", ACCOUNT), ed25519(ACCOUNT)])),
        accepted("id_twice_the_first_for_encryption", good())
            .keys(json!([changed("use", json!("enc")), ed25519(ACCOUNT)])),
        accepted("id_twice_the_first_to_sign_only", good())
            .keys(json!([changed("key_ops", json!(["sign"])), ed25519(ACCOUNT)])),
        accepted("id_twice_the_first_of_an_unknown_algorithm", good())
            .keys(json!([changed("alg", json!("HS256")), ed25519(ACCOUNT)])),
        accepted("id_twice_the_first_too_short", good()).keys(json!([changed("x", json!("AAAA")), ed25519(ACCOUNT)])),
        accepted("id_twice_the_second_broken", good()).keys(json!([ed25519(ACCOUNT), changed("x", json!(""))])),
        refused("id_twice_an_rsa_key_first", good(), UnsupportedAlgorithm)
            .keys(json!([rsa("RS256"), ed25519(ACCOUNT)])),
        refused(
            "id_twice_an_ed25519_key_first",
            rsa::ACCOUNT.token("RS256"),
            UnsupportedAlgorithm,
        )
        .keys(json!([ed25519(ACCOUNT), rsa("RS256")])),
        accepted("id_twice_an_rsa_key_second", good()).keys(json!([ed25519(ACCOUNT), rsa("RS256")])),
        refused(
            "id_twice_of_two_rsa_algorithms",
            rsa::ACCOUNT.token("RS512"),
            UnsupportedAlgorithm,
        )
        .keys(json!([rsa("RS256"), rsa("RS512")])),
        refused("id_twice_of_two_rsa_keys", rsa::ACCOUNT.token("RS256"), BadSignature)
            .keys(json!([STRANGER.jwk("k-account", "RS256"), rsa("RS256")])),
        accepted("id_twice_a_short_rsa_key_first", rsa::ACCOUNT.token("RS256"))
            .keys(json!([rsa::SHORT.jwk(), rsa("RS256")])),
        accepted("id_twice_a_secret_first", good())
            .keys(json!([{"kty": "oct", "kid": "k-account", "k": ACCOUNT.x, "alg": "HS256"}, ed25519(ACCOUNT)])),
        refused("stranger_with_the_id_of_the_account", stranger(OTHER), BadSignature)
            .keys(json!([ed25519(ACCOUNT), jwk("k-other", OTHER)])),
    ]
}
