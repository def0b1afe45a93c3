//! Which issuers are trusted. The tokens are signed with the account's key, and any other issuer would get it on request: only the comparison of
//! the issuer keeps them out.

use authress::TokenVerificationReason::{UnknownKey, UntrustedIssuer};
use serde_json::json;

use crate::case::{Case, accepted, refused, refused_unasked};
use crate::support::{ACCOUNT, jwk};
use crate::tokens::claiming;

pub(crate) fn table() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(spellings());
    cases.extend(hosts());
    cases.extend(ports_and_schemes());
    cases.extend(paths());
    cases.extend(texts());
    cases.extend(names_of_the_account());
    cases.extend(loopback());
    cases
}

/// A good token of the account but for its issuer.
fn issued_by(issuer: &str) -> String {
    claiming(json!({ "iss": issuer }))
}

fn untrusted<const N: usize>(rows: [(&'static str, &str); N]) -> impl Iterator<Item = Case> + use<N> {
    rows.map(|(rule, issuer)| refused_unasked(rule, issued_by(issuer), UntrustedIssuer))
        .into_iter()
}

/// The other ways to write the issuer that mean the same to everybody.
fn spellings() -> impl Iterator<Item = Case> {
    [
        ("issuer", "https://login.example.com"),
        ("issuer_with_a_slash", "https://login.example.com/"),
        ("issuer_with_its_host_in_capitals", "https://LOGIN.Example.COM"),
        ("issuer_with_the_default_port", "https://login.example.com:443"),
        (
            "issuer_with_the_default_port_and_a_slash",
            "https://Login.example.com:443/",
        ),
    ]
    .map(|(rule, issuer)| accepted(rule, issued_by(issuer)))
    .into_iter()
}

fn hosts() -> impl Iterator<Item = Case> {
    untrusted([
        ("issuer_a_stranger", "https://evil.example"),
        ("issuer_a_subdomain", "https://evil.login.example.com"),
        ("issuer_a_parent_domain", "https://example.com"),
        ("issuer_a_sibling", "https://api.example.com"),
        ("issuer_with_a_prefix", "https://evil-login.example.com"),
        ("issuer_with_a_suffix", "https://login.example.com.evil.example"),
        ("issuer_with_a_longer_top_level", "https://login.example.community"),
        ("issuer_without_its_end", "https://login.example.co"),
        ("issuer_with_a_dot_after_the_host", "https://login.example.com."),
        ("issuer_with_a_dot_twice", "https://login..example.com"),
        ("issuer_as_a_user_name", "https://login.example.com@evil.example"),
        (
            "issuer_as_a_user_name_with_a_port",
            "https://login.example.com:443@evil.example",
        ),
        ("issuer_with_a_user_name", "https://user@login.example.com"),
        ("issuer_with_a_password", "https://user:pass@login.example.com"),
        ("issuer_with_an_empty_user_name", "https://@login.example.com"),
        ("issuer_as_a_path", "https://evil.example/https://login.example.com"),
        (
            "issuer_as_a_path_without_its_scheme",
            "https://evil.example/login.example.com",
        ),
        ("issuer_as_a_fragment", "https://evil.example#https://login.example.com"),
        ("issuer_as_a_query", "https://evil.example?https://login.example.com"),
        ("issuer_after_a_backslash", "https://evil.example\\@login.example.com"),
        ("issuer_with_an_encoded_dot", "https://login%2Eexample.com"),
        ("issuer_with_an_encoded_letter", "https://%6Cogin.example.com"),
        ("issuer_with_a_cyrillic_letter", "https://l\u{43e}gin.example.com"),
        ("issuer_in_punycode", "https://xn--lgin-hdd.example.com"),
        ("issuer_of_full_width_letters", "https://\u{ff4c}ogin.example.com"),
        ("issuer_with_a_dot_of_full_width", "https://login\u{ff0e}example.com"),
        ("issuer_with_an_ideographic_dot", "https://login\u{3002}example.com"),
        ("issuer_with_a_dotless_letter", "https://log\u{131}n.example.com"),
        ("issuer_with_a_dotted_capital", "https://LOG\u{130}N.EXAMPLE.COM"),
        ("issuer_with_a_soft_hyphen", "https://login\u{ad}.example.com"),
        ("issuer_with_a_zero_width_space", "https://login\u{200b}.example.com"),
        ("issuer_with_a_zero_width_joiner", "https://login.example\u{200d}.com"),
        ("issuer_with_a_direction_mark", "https://\u{202e}login.example.com"),
        ("issuer_with_a_combining_mark", "https://login.example.com\u{301}"),
    ])
    .chain([
        // The sign of kelvin is a small k to those who compare with Unicode's tables.
        refused_unasked(
            "issuer_with_the_sign_of_kelvin",
            issued_by("https://\u{212a}iosk.example.com"),
            UntrustedIssuer,
        )
        .domain("https://kiosk.example.com"),
    ])
}

fn ports_and_schemes() -> impl Iterator<Item = Case> {
    untrusted([
        ("issuer_with_another_port", "https://login.example.com:444"),
        ("issuer_with_the_port_of_http", "https://login.example.com:80"),
        ("issuer_with_an_empty_port", "https://login.example.com:"),
        ("issuer_with_a_zero_before_its_port", "https://login.example.com:0443"),
        ("issuer_with_two_ports", "https://login.example.com:443:443"),
        ("issuer_with_a_signed_port", "https://login.example.com:+443"),
        ("issuer_with_a_port_that_overflows", "https://login.example.com:65979"),
        (
            "issuer_with_a_port_of_full_width",
            "https://login.example.com:\u{ff14}\u{ff14}\u{ff13}",
        ),
        ("issuer_with_a_port_before_its_host", "https://443:login.example.com"),
        ("issuer_in_http", "http://login.example.com"),
        ("issuer_in_http_with_the_port_of_https", "http://login.example.com:443"),
        ("issuer_with_its_scheme_in_capitals", "HTTPS://login.example.com"),
        ("issuer_with_its_scheme_in_mixed_case", "Https://login.example.com"),
        ("issuer_without_a_scheme", "login.example.com"),
        ("issuer_relative_to_a_scheme", "//login.example.com"),
        ("issuer_with_one_slash", "https:/login.example.com"),
        ("issuer_without_slashes", "https:login.example.com"),
        ("issuer_with_three_slashes", "https:///login.example.com"),
        ("issuer_with_backslashes", "https:\\\\login.example.com"),
        ("issuer_of_another_scheme", "wss://login.example.com"),
        ("issuer_with_a_scheme_twice", "https://https://login.example.com"),
        ("issuer_with_a_prefixed_scheme", "xhttps://login.example.com"),
        ("issuer_a_urn", "urn:login.example.com"),
        ("issuer_only_a_scheme", "https://"),
    ])
    .chain([
        accepted(
            "issuer_with_the_port_of_the_domain",
            issued_by("https://login.example.com:8443"),
        )
        .domain("https://login.example.com:8443")
        .keys_at("https://login.example.com:8443", json!([jwk("k-account", ACCOUNT)])),
        refused_unasked(
            "issuer_without_the_port_of_the_domain",
            issued_by("https://login.example.com"),
            UntrustedIssuer,
        )
        .domain("https://login.example.com:8443"),
        refused_unasked(
            "issuer_with_the_default_port_instead_of_the_domains",
            issued_by("https://login.example.com:443"),
            UntrustedIssuer,
        )
        .domain("https://login.example.com:8443"),
    ])
}

fn paths() -> impl Iterator<Item = Case> {
    untrusted([
        ("issuer_with_two_slashes_after_it", "https://login.example.com//"),
        ("issuer_with_a_path", "https://login.example.com/login"),
        ("issuer_with_a_version", "https://login.example.com/v1"),
        (
            "issuer_with_the_path_of_its_keys",
            "https://login.example.com/.well-known/openid-configuration/jwks",
        ),
        ("issuer_with_a_dot_segment", "https://login.example.com/."),
        ("issuer_with_two_dots", "https://login.example.com/.."),
        ("issuer_with_encoded_dots", "https://login.example.com/%2e%2e"),
        ("issuer_with_a_path_and_back", "https://login.example.com/evil/.."),
        ("issuer_with_a_backslash", "https://login.example.com\\"),
        ("issuer_with_a_backslash_path", "https://login.example.com/\\evil"),
        ("issuer_with_a_parameter", "https://login.example.com;a=b"),
        ("issuer_with_a_parameter_in_its_path", "https://login.example.com/;a=b"),
        ("issuer_with_an_empty_query", "https://login.example.com?"),
        ("issuer_with_a_query", "https://login.example.com/?a=b"),
        ("issuer_with_an_empty_fragment", "https://login.example.com#"),
        ("issuer_with_a_fragment", "https://login.example.com/#a"),
        ("issuer_with_an_encoded_slash", "https://login.example.com%2F"),
        ("issuer_with_an_encoded_nul", "https://login.example.com/%00"),
    ])
}

fn texts() -> impl Iterator<Item = Case> {
    let long = format!("https://login.example.com/{}", "a".repeat(9_000));
    let long_host = format!("https://login.example.com.{}", "a.".repeat(4_000));
    untrusted([
        ("issuer_with_a_space_before", " https://login.example.com"),
        ("issuer_with_a_space_after", "https://login.example.com "),
        ("issuer_with_a_newline_after", "https://login.example.com\n"),
        ("issuer_with_a_tab_within", "https://login.exa\tmple.com"),
        ("issuer_with_a_newline_within", "https://login.example\r\n.com"),
        ("issuer_with_a_newline_in_its_scheme", "ht\ntps://login.example.com"),
        ("issuer_with_nul_after", "https://login.example.com\0"),
        (
            "issuer_with_nul_and_more_after",
            "https://login.example.com\0.evil.example",
        ),
        ("issuer_after_a_byte_order_mark", "\u{feff}https://login.example.com"),
        ("issuer_after_a_zero_width_space", "\u{200b}https://login.example.com"),
        ("issuer_with_a_no_break_space_after", "https://login.example.com\u{a0}"),
        ("issuer_in_quotes", "\"https://login.example.com\""),
        ("issuer_in_angle_brackets", "<https://login.example.com>"),
        ("issuer_of_two", "https://login.example.com,https://evil.example"),
        (
            "issuer_of_two_with_a_space",
            "https://evil.example https://login.example.com",
        ),
        ("issuer_a_pattern", "https://*.example.com"),
        ("issuer_a_space", " "),
        ("issuer_null_as_a_text", "null"),
        ("issuer_very_long", &long),
        ("issuer_with_a_very_long_host", &long_host),
    ])
}

/// At the service's own hosts an account has several names.
fn names_of_the_account() -> Vec<Case> {
    const DOMAIN: &str = "https://acc-1.api-eu-west.authress.io";
    let keys = || json!([jwk("k-account", ACCOUNT)]);
    let mut cases = Vec::new();
    for (rule, issuer) in [
        ("name_of_the_account_as_configured", DOMAIN),
        ("name_of_the_account_without_a_region", "https://acc-1.api.authress.io"),
        ("name_of_the_account_for_logins", "https://acc-1.login.authress.io"),
    ] {
        cases.push(accepted(rule, issued_by(issuer)).domain(DOMAIN).keys_at(issuer, keys()));
    }
    for (rule, domain) in [
        ("domain_without_a_scheme", "acc-1.api-eu-west.authress.io"),
        ("domain_in_capitals", "https://ACC-1.API-EU-WEST.AUTHRESS.IO"),
        ("domain_with_a_slash", "https://acc-1.api-eu-west.authress.io/"),
        (
            "domain_with_the_default_port",
            "https://acc-1.api-eu-west.authress.io:443",
        ),
    ] {
        cases.push(accepted(rule, issued_by(DOMAIN)).domain(domain).keys_at(DOMAIN, keys()));
    }
    for (rule, issuer) in [
        ("name_of_another_account", "https://acc-2.api-eu-west.authress.io"),
        (
            "name_of_another_account_without_a_region",
            "https://acc-2.api.authress.io",
        ),
        ("name_of_another_account_for_logins", "https://acc-2.login.authress.io"),
        ("name_of_an_account_that_begins_alike", "https://acc-12.api.authress.io"),
        ("name_of_an_account_that_ends_alike", "https://x-acc-1.api.authress.io"),
        (
            "name_of_an_account_below_the_account",
            "https://acc-2.acc-1.api.authress.io",
        ),
        (
            "name_of_an_account_above_another",
            "https://acc-1.acc-2.api.authress.io",
        ),
        (
            "name_of_the_account_in_another_region",
            "https://acc-1.api-us-east.authress.io",
        ),
        (
            "name_of_the_account_at_another_service",
            "https://acc-1.admin.authress.io",
        ),
        ("name_of_the_service", "https://api.authress.io"),
        ("name_of_the_service_alone", "https://authress.io"),
        ("name_of_the_account_at_the_top", "https://acc-1.authress.io"),
        (
            "name_of_the_account_at_a_stranger",
            "https://acc-1.api.authress.io.evil.example",
        ),
        ("name_of_the_account_at_a_look_alike", "https://acc-1.api.authress.lo"),
        ("name_of_the_account_in_http", "http://acc-1.api.authress.io"),
        (
            "name_of_the_account_with_another_port",
            "https://acc-1.api.authress.io:8443",
        ),
        (
            "name_of_the_account_with_a_path",
            "https://acc-1.login.authress.io/login",
        ),
        ("custom_domain_that_is_not_configured", "https://login.example.com"),
    ] {
        cases.push(refused_unasked(rule, issued_by(issuer), UntrustedIssuer).domain(DOMAIN));
    }
    for (rule, issuer) in [
        (
            "name_at_the_service_with_a_custom_domain",
            "https://acc-1.api.authress.io",
        ),
        (
            "login_name_at_the_service_with_a_custom_domain",
            "https://acc-1.login.authress.io",
        ),
    ] {
        cases.push(refused_unasked(rule, issued_by(issuer), UntrustedIssuer));
    }
    cases.push(
        accepted("custom_domain_trusted_as_well", issued_by("https://login.example.com"))
            .domain(DOMAIN)
            .trusting("https://login.example.com"),
    );
    cases.push(
        refused_unasked(
            "path_at_a_domain_trusted_as_well",
            issued_by("https://login.example.com/evil"),
            UntrustedIssuer,
        )
        .domain(DOMAIN)
        .trusting("https://login.example.com"),
    );
    cases.push(
        refused_unasked(
            "stranger_beside_a_domain_trusted_as_well",
            issued_by("https://evil.example"),
            UntrustedIssuer,
        )
        .domain(DOMAIN)
        .trusting("https://login.example.com"),
    );
    // Each name has its own set: the keys of one are not those of another.
    cases.push(
        refused(
            "key_of_another_name_of_the_account",
            issued_by("https://acc-1.login.authress.io"),
            UnknownKey,
        )
        .domain(DOMAIN)
        .keys_at(DOMAIN, keys())
        .keys_at("https://acc-1.login.authress.io", json!([jwk("k-login", ACCOUNT)])),
    );
    cases
}

fn loopback() -> Vec<Case> {
    let keys = || json!([jwk("k-account", ACCOUNT)]);
    let mut cases = Vec::new();
    for (rule, domain, issuer, asked) in [
        (
            "loopback_in_http",
            "http://localhost:8888",
            "http://localhost:8888",
            "http://localhost:8888",
        ),
        (
            "loopback_with_the_default_port",
            "http://localhost:80",
            "http://localhost:80",
            "http://localhost",
        ),
        (
            "loopback_of_the_sixth_version",
            "http://[::1]:8888",
            "http://[::1]:8888/",
            "http://[::1]:8888",
        ),
    ] {
        cases.push(accepted(rule, issued_by(issuer)).domain(domain).keys_at(asked, keys()));
    }
    for (rule, domain, issuer) in [
        ("loopback_in_https", "http://localhost:8888", "https://localhost:8888"),
        (
            "loopback_with_another_port",
            "http://localhost:8888",
            "http://localhost:8889",
        ),
        ("loopback_without_its_port", "http://localhost:8888", "http://localhost"),
        (
            "loopback_by_its_address",
            "http://localhost:8888",
            "http://127.0.0.1:8888",
        ),
        (
            "loopback_by_its_short_address",
            "http://127.0.0.1:8888",
            "http://127.1:8888",
        ),
        (
            "loopback_by_its_address_in_hexadecimal",
            "http://127.0.0.1:8888",
            "http://0x7f000001:8888",
        ),
        (
            "loopback_by_its_long_address",
            "http://[::1]:8888",
            "http://[0:0:0:0:0:0:0:1]:8888",
        ),
        (
            "loopback_with_the_port_of_https",
            "http://localhost:80",
            "http://localhost:443",
        ),
    ] {
        cases.push(refused_unasked(rule, issued_by(issuer), UntrustedIssuer).domain(domain));
    }
    cases
}
