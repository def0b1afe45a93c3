//! The other members of a header: type, key id, critical extensions, and key material that nobody may believe.

use authress::TokenVerificationReason::{BadSignature, CriticalExtension, Malformed, UnknownKey, UnsupportedType};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::case::{Case, accepted, refused, refused_unasked};
use crate::ed25519;
use crate::support::{ACCOUNT, KeyPair, OTHER, jwk, token};
use crate::tokens::{CLAIMS, HEADER, encode_bytes, input, parts, with_header};

pub(crate) fn table() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(types());
    cases.extend(key_ids());
    cases.extend(critical_extensions());
    cases.extend(key_material());
    cases.extend(ignored());
    cases
}

/// A good token with one member more in its header, as it is written.
fn with(member: &str) -> String {
    with_header(&HEADER.replacen('{', &format!("{{{member},"), 1))
}

fn types() -> Vec<Case> {
    let typed = |json: &str| with_header(&HEADER.replacen(r#""at+jwt""#, json, 1));
    let mut cases = vec![accepted(
        "typ_missing",
        with_header(r#"{"alg":"EdDSA","kid":"k-account"}"#),
    )];
    cases.extend(
        [
            ("typ_at_jwt", r#""at+jwt""#),
            ("typ_at_jwt_in_capitals", r#""AT+JWT""#),
            ("typ_jwt", r#""JWT""#),
            ("typ_jwt_in_small_letters", r#""jwt""#),
            ("typ_jwt_in_mixed_case", r#""Jwt""#),
            ("typ_application_at_jwt", r#""application/at+jwt""#),
            ("typ_application_jwt_in_capitals", r#""APPLICATION/JWT""#),
            ("typ_escaped", r#""at\u002bjwt""#),
        ]
        .map(|(rule, json)| accepted(rule, typed(json))),
    );
    cases.extend(
        [
            ("typ_login_code", r#""oauth-authz-req+jwt""#),
            ("typ_login_code_in_capitals", r#""OAUTH-AUTHZ-REQ+JWT""#),
            ("typ_login_code_in_mixed_case", r#""OAuth-Authz-Req+jwt""#),
            ("typ_login_code_as_a_media_type", r#""application/oauth-authz-req+jwt""#),
            ("typ_proof_of_possession", r#""dpop+jwt""#),
            ("typ_logout", r#""logout+jwt""#),
            ("typ_security_event", r#""secevent+jwt""#),
            ("typ_introspection", r#""token-introspection+jwt""#),
            ("typ_client_authentication", r#""client-authentication+jwt""#),
            ("typ_jose", r#""JOSE""#),
            ("typ_jose_json", r#""JOSE+JSON""#),
            ("typ_encrypted", r#""JWE""#),
            ("typ_empty", r#""""#),
            ("typ_only_application", r#""application/""#),
            ("typ_application_twice", r#""application/application/jwt""#),
            ("typ_text_at_jwt", r#""text/at+jwt""#),
            ("typ_with_a_space_before", r#"" JWT""#),
            ("typ_with_a_space_after", r#""JWT ""#),
            ("typ_with_a_parameter", r#""at+jwt;charset=utf-8""#),
            ("typ_with_a_prefix", r#""xat+jwt""#),
            ("typ_with_a_suffix", r#""at+jwts""#),
            ("typ_with_nul", r#""JWT\u0000""#),
            ("typ_of_full_width", "\"\u{ff2a}WT\""),
            ("typ_of_two", r#""at+jwt, JWT""#),
            ("typ_null", "null"),
            ("typ_false", "false"),
            ("typ_a_number", "1"),
            ("typ_a_list", r#"["at+jwt"]"#),
            ("typ_an_object", r#"{"typ":"at+jwt"}"#),
        ]
        .map(|(rule, json)| refused_unasked(rule, typed(json), UnsupportedType)),
    );
    cases
}

fn key_ids() -> Vec<Case> {
    let identified = |json: &str| with_header(&HEADER.replacen(r#""k-account""#, json, 1));
    let mut cases = vec![
        refused_unasked(
            "kid_missing",
            with_header(r#"{"alg":"EdDSA","typ":"at+jwt"}"#),
            Malformed,
        ),
        refused_unasked(
            "kid_in_another_case_of_its_name",
            with_header(r#"{"alg":"EdDSA","KID":"k-account"}"#),
            Malformed,
        ),
        refused_unasked(
            "kid_among_the_claims_only",
            token(
                r#"{"alg":"EdDSA"}"#,
                &CLAIMS.replacen('{', r#"{"kid":"k-account","#, 1),
                ACCOUNT,
            ),
            Malformed,
        ),
        refused_unasked(
            "thumbprint_instead_of_a_kid",
            with_header(r#"{"alg":"EdDSA","x5t":"k-account"}"#),
            Malformed,
        ),
        accepted("kid_escaped", identified(r#""k\u002daccount""#)),
    ];
    cases.extend(
        [
            ("kid_empty", r#""""#),
            ("kid_null", "null"),
            ("kid_false", "false"),
            ("kid_zero", "0"),
            ("kid_a_list", r#"["k-account"]"#),
            ("kid_an_object", r#"{"kid":"k-account"}"#),
        ]
        .map(|(rule, json)| refused_unasked(rule, identified(json), Malformed)),
    );
    let long = format!("\"{}\"", "k".repeat(8_000));
    cases.extend(
        [
            ("kid_a_path", r#""../../v1/clients/sc_1/k-client""#),
            ("kid_an_address", r#""https://evil.example/jwks""#),
            ("kid_a_file", r#""/dev/null""#),
            ("kid_a_query", r#""x' OR '1'='1""#),
            ("kid_with_line_breaks", r#""k-account\r\nX-Odd: 1""#),
            ("kid_very_long", long.as_str()),
        ]
        .map(|(rule, json)| refused(rule, identified(json), UnknownKey)),
    );
    cases
}

fn critical_extensions() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("crit_of_a_known_extension", r#""crit":["b64"],"b64":true"#),
        ("crit_of_an_unencoded_payload", r#""crit":["b64"],"b64":false"#),
        (
            "crit_of_an_unknown_extension",
            r#""crit":["https://evil.example/odd"],"https://evil.example/odd":1"#,
        ),
        ("crit_of_a_registered_name", r#""crit":["exp"]"#),
        ("crit_of_alg", r#""crit":["alg"]"#),
        ("crit_of_itself", r#""crit":["crit"]"#),
        ("crit_of_an_absent_extension", r#""crit":["odd"]"#),
        ("crit_of_an_empty_name", r#""crit":[""]"#),
        ("crit_empty", r#""crit":[]"#),
        ("crit_null", r#""crit":null"#),
        ("crit_false", r#""crit":false"#),
        ("crit_zero", r#""crit":0"#),
        ("crit_a_text", r#""crit":"b64""#),
        ("crit_an_empty_text", r#""crit":"""#),
        ("crit_an_object", r#""crit":{"b64":true}"#),
        ("crit_a_list_of_numbers", r#""crit":[1]"#),
        ("crit_with_its_name_escaped", r#""\u0063rit":["b64"]"#),
    ]
    .into_iter()
    .map(|(rule, member)| refused_unasked(rule, with(member), CriticalExtension))
    .collect();
    cases.push(accepted("crit_in_another_case_of_its_name", with(r#""Crit":["b64"]"#)));
    cases.push(accepted(
        "crit_among_the_claims",
        crate::tokens::with_member(r#""crit":["b64"]"#),
    ));
    cases
}

/// Whatever key the header carries or points to, only the issuer's own counts.
fn key_material() -> Vec<Case> {
    const STOLEN: &str = "https://evil.example/keys";
    let certificate = |key: KeyPair| json!([STANDARD.encode(ed25519::spki(key))]);
    let thumbprint = encode_bytes(&[7; 20]);
    [
        (
            "jwk",
            "signed_by_the_jwk_in_its_header",
            "jwk_beside_a_true_signature",
            jwk("k-account", OTHER),
        ),
        (
            "jku",
            "signed_by_the_key_at_its_jku",
            "jku_beside_a_true_signature",
            json!(STOLEN),
        ),
        (
            "x5u",
            "signed_by_the_key_at_its_x5u",
            "x5u_beside_a_true_signature",
            json!(STOLEN),
        ),
        (
            "x5c",
            "signed_by_the_certificate_in_its_header",
            "x5c_beside_a_true_signature",
            certificate(OTHER),
        ),
        (
            "x5t",
            "signed_by_the_key_of_its_thumbprint",
            "x5t_beside_a_true_signature",
            json!(thumbprint),
        ),
        (
            "jwks",
            "signed_by_the_set_in_its_header",
            "jwks_beside_a_true_signature",
            json!({"keys": [jwk("k-account", OTHER)]}),
        ),
        (
            "key",
            "signed_by_the_key_in_its_header",
            "key_beside_a_true_signature",
            json!(OTHER.x),
        ),
    ]
    .into_iter()
    .flat_map(|(name, forged, honest, material)| {
        let mut header: Value = serde_json::from_str(HEADER).unwrap();
        header[name] = material;
        let header = header.to_string();
        [
            refused(forged, token(&header, CLAIMS, OTHER), BadSignature),
            accepted(honest, token(&header, CLAIMS, ACCOUNT)),
        ]
    })
    .chain([
        accepted(
            "key_material_of_the_wrong_type",
            with(r#""jwk":7,"jku":[],"x5c":null,"x5u":{}"#),
        ),
        refused(
            "jwk_of_another_kid_signed_by_it",
            token(
                &json!({"alg": "EdDSA", "kid": "k-evil", "jwk": jwk("k-evil", OTHER)}).to_string(),
                CLAIMS,
                OTHER,
            ),
            UnknownKey,
        ),
    ])
    .collect()
}

fn ignored() -> Vec<Case> {
    let unencoded = with(r#""b64":false"#);
    let [header, _, signature] = parts(&unencoded);
    vec![
        accepted("cty_jwt", with(r#""cty":"JWT""#)),
        accepted("cty_of_the_wrong_type", with(r#""cty":[1]"#)),
        accepted("unknown_members", with(r#""odd":{"a":[1,null]},"":0"#)),
        accepted("zip", with(r#""zip":"DEF""#)),
        accepted("enc", with(r#""enc":"A256GCM""#)),
        accepted(
            "claims_repeated_in_the_header",
            with(r#""iss":"https://evil.example","sub":"user-2","exp":0"#),
        ),
        accepted("b64_true_without_crit", with(r#""b64":true"#)),
        accepted("b64_false_without_crit", &unencoded),
        refused_unasked(
            "b64_false_without_crit_and_an_unencoded_payload",
            format!("{header}.{}.{signature}", r#"{"sub":"user-1"}"#),
            Malformed,
        ),
        refused(
            "member_added_after_signing",
            format!(
                "{}.{}",
                input(&HEADER.replacen('{', r#"{"odd":1,"#, 1), CLAIMS),
                parts(&with_header(HEADER))[2]
            ),
            BadSignature,
        ),
    ]
}
