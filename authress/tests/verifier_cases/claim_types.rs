//! The types of claims. They are looked at once the signature is good, but for the issuer and the subject, without which there is no key.

use authress::TokenVerificationReason::{BadSignature, InvalidClaim, WrongAudience};
use serde_json::json;

use crate::case::{Case, accepted, refused, refused_unasked};
use crate::support::{OTHER, token};
use crate::tokens::{CLAIMS, HEADER, claiming, with_claims, with_member, without};

pub(crate) fn table() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(identities());
    cases.extend(times());
    cases.extend(audiences());
    cases.extend(wanted_audiences());
    cases.extend(scopes());
    cases.extend(others());
    cases
}

/// The claims of a good token with `json` as the value of `name`.
fn typed(name: &str, json: &str) -> String {
    let before = match name {
        "iss" => r#""iss":"https://login.example.com","#,
        "sub" => r#""sub":"user-1","#,
        "aud" => r#""aud":"app","#,
        "iat" => r#""iat":1700000000,"#,
        "exp" => r#""exp":1700003600,"#,
        "scope" => r#","scope":"openid""#,
        _ => "",
    };
    CLAIMS
        .replacen(before, "", 1)
        .replacen('{', &format!(r#"{{"{name}":{json},"#), 1)
}

fn identities() -> impl Iterator<Item = Case> {
    [
        ("iss_empty", "iss", r#""""#),
        ("iss_null", "iss", "null"),
        ("iss_true", "iss", "true"),
        ("iss_a_number", "iss", "1"),
        ("iss_a_list", "iss", r#"["https://login.example.com"]"#),
        ("iss_an_object", "iss", r#"{"url":"https://login.example.com"}"#),
        ("sub_empty", "sub", r#""""#),
        ("sub_null", "sub", "null"),
        ("sub_false", "sub", "false"),
        ("sub_a_number", "sub", "1"),
        ("sub_a_list", "sub", r#"["user-1"]"#),
        ("sub_an_object", "sub", r#"{"id":"user-1"}"#),
    ]
    .into_iter()
    .map(|(rule, name, json)| refused_unasked(rule, with_claims(&typed(name, json)), InvalidClaim))
    .chain([
        refused_unasked("iss_missing", without("iss"), InvalidClaim),
        refused_unasked("sub_missing", without("sub"), InvalidClaim),
        refused_unasked("claims_empty", with_claims("{}"), InvalidClaim),
        refused_unasked(
            "iss_in_capitals",
            with_claims(&CLAIMS.replace("\"iss\"", "\"ISS\"")),
            InvalidClaim,
        ),
        refused_unasked(
            "sub_in_capitals",
            with_claims(&CLAIMS.replace("\"sub\"", "\"Sub\"")),
            InvalidClaim,
        ),
        refused_unasked(
            "claims_within_another_claim",
            with_claims(&format!(r#"{{"claims":{CLAIMS}}}"#)),
            InvalidClaim,
        ),
        refused_unasked(
            "iss_of_the_wrong_type_and_badly_signed",
            token(HEADER, &typed("iss", "1"), OTHER),
            InvalidClaim,
        ),
        accepted("sub_with_a_space", claiming(json!({"sub": " "}))).of_user(" "),
        accepted("sub_beyond_ascii", claiming(json!({"sub": "\u{fc}|\u{1f600}"}))).of_user("\u{fc}|\u{1f600}"),
        accepted("sub_an_address", claiming(json!({"sub": "https://evil.example/"}))).of_user("https://evil.example/"),
    ])
}

fn times() -> impl Iterator<Item = Case> {
    [
        ("exp_a_text", "exp", r#""1800000000""#),
        ("exp_an_empty_text", "exp", r#""""#),
        ("exp_a_date", "exp", r#""2030-01-01T00:00:00Z""#),
        ("exp_null", "exp", "null"),
        ("exp_true", "exp", "true"),
        ("exp_an_object", "exp", r#"{"a":1}"#),
        ("exp_a_list", "exp", "[1800000000]"),
        ("nbf_a_text", "nbf", r#""0""#),
        ("nbf_a_date", "nbf", r#""2020-01-01""#),
        ("nbf_null", "nbf", "null"),
        ("nbf_true", "nbf", "true"),
        ("nbf_an_object", "nbf", r#"{"a":1}"#),
        ("nbf_a_list", "nbf", "[1]"),
        ("iat_a_text", "iat", r#""1700000000""#),
        ("iat_null", "iat", "null"),
        ("iat_false", "iat", "false"),
        ("iat_an_object", "iat", r#"{"a":1}"#),
        ("iat_a_list", "iat", "[1]"),
        ("iat_an_empty_list", "iat", "[]"),
    ]
    .into_iter()
    .map(|(rule, name, json)| refused(rule, with_claims(&typed(name, json)), InvalidClaim))
    .chain([
        refused("exp_missing", without("exp"), InvalidClaim),
        refused(
            "exp_in_capitals",
            with_claims(&CLAIMS.replace("\"exp\"", "\"EXP\"")),
            InvalidClaim,
        ),
        accepted("iat_missing", without("iat")),
        refused(
            "exp_a_text_and_badly_signed",
            token(HEADER, &typed("exp", r#""1800000000""#), OTHER),
            BadSignature,
        ),
        refused(
            "exp_missing_and_badly_signed",
            token(HEADER, &CLAIMS.replacen(r#""exp":1700003600,"#, "", 1), OTHER),
            BadSignature,
        ),
    ])
}

fn audiences() -> impl Iterator<Item = Case> {
    [
        ("aud_null", "null"),
        ("aud_true", "true"),
        ("aud_a_number", "1"),
        ("aud_an_object", r#"{"app":true}"#),
        ("aud_a_list_with_a_number", r#"["app",1]"#),
        ("aud_a_list_with_null", r#"["app",null]"#),
        ("aud_a_list_with_a_list", r#"[["app"]]"#),
        ("aud_a_list_with_an_object", r#"["app",{"app":1}]"#),
    ]
    .into_iter()
    .map(|(rule, json)| refused(rule, with_claims(&typed("aud", json)), InvalidClaim))
    .chain([
        accepted("aud_missing", without("aud")),
        accepted("aud_an_empty_text", with_claims(&typed("aud", r#""""#))),
        accepted("aud_an_empty_list", with_claims(&typed("aud", "[]"))),
        accepted("aud_a_list", with_claims(&typed("aud", r#"["app","other"]"#))),
        refused(
            "aud_a_number_and_badly_signed",
            token(HEADER, &typed("aud", "1"), OTHER),
            BadSignature,
        ),
        refused(
            "aud_a_list_with_a_number_beside_the_wanted_one",
            with_claims(&typed("aud", r#"["app",1]"#)),
            InvalidClaim,
        )
        .audience("app"),
    ])
}

/// With an audience that the verifier wants.
fn wanted_audiences() -> impl Iterator<Item = Case> {
    let wanting = |rule, json: &str, is_accepted: bool| {
        let token = with_claims(&typed("aud", json));
        let case = if is_accepted {
            accepted(rule, token)
        } else {
            refused(rule, token, WrongAudience)
        };
        case.audience("app").audience("https://api.example.com")
    };
    [
        ("audience_the_wanted_one", r#""app""#, true),
        ("audience_the_other_wanted_one", r#""https://api.example.com""#, true),
        ("audience_the_wanted_one_in_a_list", r#"["x","app","y"]"#, true),
        ("audience_another", r#""other""#, false),
        ("audience_another_in_a_list", r#"["other","elsewhere"]"#, false),
        ("audience_empty", r#""""#, false),
        ("audience_of_an_empty_list", "[]", false),
        ("audience_in_capitals", r#""APP""#, false),
        ("audience_with_a_space", r#""app ""#, false),
        ("audience_of_two_words", r#""app other""#, false),
        ("audience_of_two_with_a_comma", r#""app,other""#, false),
        ("audience_that_begins_alike", r#""app2""#, false),
        ("audience_that_is_shorter", r#""ap""#, false),
        ("audience_with_a_slash", r#""https://api.example.com/""#, false),
        (
            "audience_with_its_host_in_capitals",
            r#""https://API.example.com""#,
            false,
        ),
        ("audience_a_pattern", r#""*""#, false),
    ]
    .map(|(rule, json, is_accepted)| wanting(rule, json, is_accepted))
    .into_iter()
    .chain([refused("audience_missing", without("aud"), WrongAudience).audience("app")])
}

fn scopes() -> impl Iterator<Item = Case> {
    [
        ("scope_a_number", "scope", "1"),
        ("scope_true", "scope", "true"),
        ("scope_an_object", "scope", r#"{"a":1}"#),
        ("scope_a_list_with_a_number", "scope", r#"["openid",1]"#),
        ("scope_a_list_with_null", "scope", "[null]"),
        ("scope_a_list_with_a_list", "scope", r#"[["openid"]]"#),
        ("scopes_a_number", "scopes", "1"),
        ("scopes_false", "scopes", "false"),
        ("scopes_an_object", "scopes", r#"{"a":1}"#),
        ("scopes_a_list_with_a_number", "scopes", "[1]"),
        ("scopes_a_list_with_an_object", "scopes", r#"["openid",{}]"#),
    ]
    .into_iter()
    .map(|(rule, name, json)| refused(rule, with_claims(&typed(name, json)), InvalidClaim))
    .chain([
        accepted("scope_missing", without("scope")),
        accepted("scope_empty", with_claims(&typed("scope", r#""""#))),
        accepted("scope_a_list", with_claims(&typed("scope", r#"["openid","email"]"#))),
        accepted("scopes_a_text", with_claims(&typed("scopes", r#""openid email""#))),
        accepted("scopes_a_list", with_claims(&typed("scopes", r#"["openid"]"#))),
        refused(
            "scope_a_number_and_badly_signed",
            token(HEADER, &typed("scope", "1"), OTHER),
            BadSignature,
        ),
    ])
}

fn others() -> impl Iterator<Item = Case> {
    [
        (
            "unknown_claims_of_every_type",
            r#""a":null,"b":[1.5],"c":{"d":true},"":-1"#,
        ),
        ("jti_a_number", r#""jti":1"#),
        ("azp_a_list", r#""azp":["app"]"#),
        ("client_id_of_somebody_else", r#""client_id":"sc_1""#),
        ("act_of_somebody_else", r#""act":{"sub":"user-2"}"#),
        (
            "number_of_many_digits",
            r#""odd":123456789012345678901234567890.123456789"#,
        ),
    ]
    .into_iter()
    .map(|(rule, member)| accepted(rule, with_member(member)))
}
