//! Times: held against a clock that stands still, with the leeway, to the second.

use authress::TokenVerificationReason::{self, Expired, IssuedInFuture, Malformed, NotYetValid};
use serde_json::json;

use crate::case::{Case, accepted, refused, refused_unasked};
use crate::support::NOW;
use crate::tokens::{CLAIMS, claiming, with_claims};

pub(crate) fn table() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(default_leeway());
    cases.extend(other_leeways());
    cases.extend(numbers());
    cases.extend(together());
    cases
}

/// A good token but for one of its times, which is written as `number`.
fn timed(name: &str, number: &str) -> String {
    let claims = CLAIMS
        .replacen(r#""iat":1700000000,"exp":1700003600,"#, "", 1)
        .replacen('{', &format!(r#"{{"{name}":{number},"#), 1);
    if name == "exp" {
        with_claims(&claims)
    } else {
        with_claims(&claims.replacen('{', r#"{"exp":1700003600,"#, 1))
    }
}

fn at(name: &str, difference: i64) -> String {
    timed(name, &NOW.checked_add_signed(difference).unwrap().to_string())
}

fn case(rule: &'static str, token: String, refusal: Option<TokenVerificationReason>) -> Case {
    match refusal {
        None => accepted(rule, token),
        Some(reason) => refused(rule, token, reason),
    }
}

fn default_leeway() -> impl Iterator<Item = Case> {
    [
        ("expires_in_a_second", "exp", 1, None),
        ("expires_now", "exp", 0, None),
        ("expired_nine_seconds_ago", "exp", -9, None),
        ("expired_ten_seconds_ago", "exp", -10, Some(Expired)),
        ("expired_eleven_seconds_ago", "exp", -11, Some(Expired)),
        ("expired_a_day_ago", "exp", -86_400, Some(Expired)),
        ("valid_since_a_second", "nbf", -1, None),
        ("valid_from_now", "nbf", 0, None),
        ("valid_in_ten_seconds", "nbf", 10, None),
        ("valid_in_eleven_seconds", "nbf", 11, Some(NotYetValid)),
        ("valid_in_a_day", "nbf", 86_400, Some(NotYetValid)),
        ("issued_a_year_ago", "iat", -31_536_000, None),
        ("issued_now", "iat", 0, None),
        ("issued_in_ten_seconds", "iat", 10, None),
        ("issued_in_eleven_seconds", "iat", 11, Some(IssuedInFuture)),
        ("issued_in_a_day", "iat", 86_400, Some(IssuedInFuture)),
    ]
    .into_iter()
    .map(|(rule, name, difference, refusal)| case(rule, at(name, difference), refusal))
}

fn other_leeways() -> impl Iterator<Item = Case> {
    [
        ("expires_in_a_second_without_leeway", "exp", 1, 0, None),
        ("expires_now_without_leeway", "exp", 0, 0, Some(Expired)),
        ("expired_a_second_ago_without_leeway", "exp", -1, 0, Some(Expired)),
        ("valid_from_now_without_leeway", "nbf", 0, 0, None),
        ("valid_in_a_second_without_leeway", "nbf", 1, 0, Some(NotYetValid)),
        ("issued_now_without_leeway", "iat", 0, 0, None),
        ("issued_in_a_second_without_leeway", "iat", 1, 0, Some(IssuedInFuture)),
        ("expired_within_the_largest_leeway", "exp", -299, 300, None),
        ("expired_at_the_largest_leeway", "exp", -300, 300, Some(Expired)),
        ("valid_at_the_largest_leeway", "nbf", 300, 300, None),
        ("valid_beyond_the_largest_leeway", "nbf", 301, 300, Some(NotYetValid)),
        ("issued_at_the_largest_leeway", "iat", 300, 300, None),
        (
            "issued_beyond_the_largest_leeway",
            "iat",
            301,
            300,
            Some(IssuedInFuture),
        ),
    ]
    .into_iter()
    .map(|(rule, name, difference, leeway, refusal)| case(rule, at(name, difference), refusal).leeway(leeway))
}

fn numbers() -> impl Iterator<Item = Case> {
    [
        ("exp_zero", "exp", "0", Some(Expired)),
        ("exp_minus_zero", "exp", "-0", Some(Expired)),
        ("exp_negative", "exp", "-1", Some(Expired)),
        ("exp_negative_as_large_as_now", "exp", "-1700003600", Some(Expired)),
        ("exp_the_least_integer", "exp", "-9223372036854775808", Some(Expired)),
        ("exp_hugely_negative", "exp", "-1e300", Some(Expired)),
        ("exp_almost_zero", "exp", "1e-300", Some(Expired)),
        ("exp_with_a_fraction", "exp", "1700003600.5", None),
        ("exp_with_a_fraction_within_the_leeway", "exp", "1699999991.5", None),
        (
            "exp_with_a_fraction_at_the_leeway",
            "exp",
            "1699999990.0",
            Some(Expired),
        ),
        ("exp_with_an_exponent", "exp", "1.7000036e9", None),
        ("exp_with_an_exponent_in_the_past", "exp", "1.6e9", Some(Expired)),
        ("exp_the_largest_signed_integer", "exp", "9223372036854775807", None),
        ("exp_the_largest_integer", "exp", "18446744073709551615", None),
        ("exp_beyond_the_largest_integer", "exp", "18446744073709551616", None),
        ("exp_huge", "exp", "1e300", None),
        ("exp_in_milliseconds", "exp", "1700003600000", None),
        ("nbf_zero", "nbf", "0", None),
        ("nbf_negative", "nbf", "-5", None),
        ("nbf_hugely_negative", "nbf", "-1e300", None),
        ("nbf_with_a_fraction_at_the_leeway", "nbf", "1700000010.0", None),
        (
            "nbf_with_a_fraction_beyond_the_leeway",
            "nbf",
            "1700000011.5",
            Some(NotYetValid),
        ),
        ("nbf_in_milliseconds", "nbf", "1700000000000", Some(NotYetValid)),
        (
            "nbf_the_largest_integer",
            "nbf",
            "18446744073709551615",
            Some(NotYetValid),
        ),
        ("nbf_huge", "nbf", "1e300", Some(NotYetValid)),
        ("iat_zero", "iat", "0", None),
        ("iat_negative", "iat", "-1.5", None),
        ("iat_with_a_fraction_at_the_leeway", "iat", "1700000010.0", None),
        (
            "iat_with_a_fraction_beyond_the_leeway",
            "iat",
            "1700000011.5",
            Some(IssuedInFuture),
        ),
        ("iat_in_milliseconds", "iat", "1700000000000", Some(IssuedInFuture)),
        (
            "iat_the_largest_integer",
            "iat",
            "18446744073709551615",
            Some(IssuedInFuture),
        ),
        ("iat_huge", "iat", "1e300", Some(IssuedInFuture)),
    ]
    .into_iter()
    .map(|(rule, name, number, refusal)| case(rule, timed(name, number), refusal))
    .chain(
        [
            ("exp_with_a_sign", "+1700003600"),
            ("exp_in_hexadecimal", "0x6553f100"),
            ("exp_infinite", "Infinity"),
            ("exp_not_a_number", "NaN"),
            ("exp_without_digits_after_its_point", "1700003600."),
        ]
        .map(|(rule, number)| refused_unasked(rule, timed("exp", number), Malformed)),
    )
}

fn together() -> Vec<Case> {
    vec![
        refused(
            "expired_before_it_was_valid",
            claiming(json!({"exp": NOW - 100, "nbf": NOW + 100, "iat": NOW + 100})),
            Expired,
        ),
        refused(
            "not_yet_valid_and_issued_in_the_future",
            claiming(json!({"nbf": NOW + 100, "iat": NOW + 100})),
            NotYetValid,
        ),
        refused(
            "expires_at_the_end_of_time_and_is_valid_from_there",
            claiming(json!({"exp": u64::MAX, "nbf": u64::MAX})),
            NotYetValid,
        ),
        accepted(
            "valid_for_a_second",
            claiming(json!({"exp": NOW + 1, "nbf": NOW, "iat": NOW})),
        ),
        accepted(
            "expires_before_it_was_issued_within_the_leeway",
            claiming(json!({"exp": NOW - 5, "nbf": NOW + 5, "iat": NOW + 5})),
        ),
    ]
}
