//! The order of the checks: shape, header, issuer, key, signature, claims. Each token breaks several rules, and the first of them is its reason.

use authress::TokenVerificationReason::{
    AccessKey, BadSignature, CriticalExtension, Expired, InvalidClaim, Malformed, NotYetValid, SubjectMismatch,
    TooLarge, UnknownKey, UnsupportedAlgorithm, UnsupportedType, UntrustedIssuer, WrongAudience,
};
use serde_json::json;

use crate::case::{Case, accepted, refused, refused_unasked};
use crate::rsa;
use crate::support::{ACCOUNT, NOW, OTHER, access_key, encode, token};
use crate::tokens::{CLAIMS, HEADER, changed, claiming, client, client_token_signed, input};

pub(crate) fn table() -> Vec<Case> {
    let mut cases = unasked();
    cases.extend(asked());
    cases
}

fn unasked() -> Vec<Case> {
    let expired = changed(json!({"exp": 1}));
    let strange = changed(json!({"iss": "https://evil.example", "exp": 1}));
    vec![
        refused_unasked(
            "length_before_access_key",
            format!("{}.{}", access_key(), "A".repeat(16 * 1024)),
            TooLarge,
        ),
        refused_unasked("access_key_before_parts", format!("{}..", access_key()), AccessKey),
        refused_unasked(
            "payload_before_critical_extension",
            token(r#"{"alg":"EdDSA","kid":"k-account","crit":["b64"]}"#, "[]", ACCOUNT),
            Malformed,
        ),
        refused_unasked(
            "payload_before_algorithm",
            token(r#"{"alg":"none","kid":"k-account"}"#, r#"{"sub":1,"sub":2}"#, ACCOUNT),
            Malformed,
        ),
        refused_unasked(
            "signatures_encoding_before_algorithm",
            format!("{}.!!", input(r#"{"alg":"none","kid":"k-account"}"#, CLAIMS)),
            Malformed,
        ),
        refused_unasked(
            "critical_extension_before_type",
            token(
                r#"{"alg":"EdDSA","kid":"k-account","typ":"dpop+jwt","crit":[]}"#,
                CLAIMS,
                ACCOUNT,
            ),
            CriticalExtension,
        ),
        refused_unasked(
            "critical_extension_before_algorithm",
            token(r#"{"alg":"none","kid":"k-account","crit":["b64"]}"#, CLAIMS, ACCOUNT),
            CriticalExtension,
        ),
        refused_unasked(
            "type_before_algorithm",
            token(
                r#"{"alg":"none","kid":"k-account","typ":"oauth-authz-req+jwt"}"#,
                CLAIMS,
                ACCOUNT,
            ),
            UnsupportedType,
        ),
        refused_unasked(
            "algorithm_before_key_id",
            token(r#"{"alg":"HS256"}"#, CLAIMS, ACCOUNT),
            UnsupportedAlgorithm,
        ),
        refused_unasked(
            "critical_extension_before_issuer",
            token(r#"{"alg":"EdDSA","kid":"k-account","crit":["b64"]}"#, &strange, OTHER),
            CriticalExtension,
        ),
        refused_unasked(
            "type_before_issuer",
            token(r#"{"alg":"EdDSA","kid":"k-account","typ":"dpop+jwt"}"#, &strange, OTHER),
            UnsupportedType,
        ),
        refused_unasked(
            "algorithm_before_issuer",
            token(r#"{"alg":"none","kid":"k-account"}"#, &strange, OTHER),
            UnsupportedAlgorithm,
        ),
        refused_unasked(
            "key_id_before_issuer",
            token(r#"{"alg":"EdDSA"}"#, &strange, OTHER),
            Malformed,
        ),
        refused_unasked(
            "key_id_before_the_type_of_the_issuer",
            token(r#"{"alg":"EdDSA"}"#, &changed(json!({"iss": 1})), ACCOUNT),
            Malformed,
        ),
        refused_unasked(
            "type_of_the_subject_before_issuer",
            claiming(json!({"iss": "https://evil.example", "sub": 1})),
            InvalidClaim,
        ),
        refused_unasked(
            "issuer_before_expiration",
            token(HEADER, &strange, ACCOUNT),
            UntrustedIssuer,
        ),
        refused_unasked(
            "issuer_before_key",
            token(r#"{"alg":"EdDSA","kid":"bogus"}"#, &strange, OTHER),
            UntrustedIssuer,
        ),
        refused_unasked(
            "issuer_before_the_algorithm_of_the_key",
            rsa::ACCOUNT.token_with("EdDSA", &strange),
            UntrustedIssuer,
        ),
        refused_unasked(
            "subject_before_key",
            client_token_signed(&client("sc_1"), "user-1", "bogus", OTHER),
            SubjectMismatch,
        ),
        refused_unasked(
            "issuer_before_subject",
            client_token_signed("https://evil.example/v1/clients/sc_1", "user-1", "k-client", OTHER),
            UntrustedIssuer,
        ),
        refused_unasked(
            "shape_before_expiration",
            format!("{}.{}", encode(HEADER), encode(&expired)),
            Malformed,
        ),
    ]
}

fn asked() -> Vec<Case> {
    let expired = json!({"exp": 1, "nbf": NOW + 100, "iat": NOW + 100, "aud": "other"});
    let bogus = r#"{"alg":"EdDSA","kid":"bogus"}"#;
    vec![
        refused("key_before_signature", token(bogus, CLAIMS, OTHER), UnknownKey),
        refused(
            "key_before_expiration",
            token(bogus, &changed(json!({"exp": 1})), ACCOUNT),
            UnknownKey,
        ),
        refused(
            "key_before_the_type_of_a_claim",
            token(bogus, &changed(json!({"exp": "1"})), ACCOUNT),
            UnknownKey,
        ),
        refused(
            "key_before_its_algorithm",
            rsa::ACCOUNT.token("RS256").replacen(
                &encode(&rsa::header("RS256")),
                &encode(r#"{"alg":"RS256","kid":"bogus"}"#),
                1,
            ),
            UnknownKey,
        ),
        refused(
            "algorithm_of_the_key_before_signature",
            token(&rsa::header("RS256"), CLAIMS, OTHER),
            UnsupportedAlgorithm,
        ),
        refused(
            "algorithm_of_the_key_before_expiration",
            rsa::ACCOUNT.token_with("RS256", &changed(json!({"exp": 1}))),
            UnsupportedAlgorithm,
        ),
        refused(
            "signature_before_expiration",
            token(HEADER, &changed(json!({"exp": 1})), OTHER),
            BadSignature,
        ),
        refused(
            "signature_before_audience",
            token(HEADER, &changed(json!({"aud": "other"})), OTHER),
            BadSignature,
        )
        .audience("app"),
        refused(
            "signature_before_the_type_of_a_claim",
            token(HEADER, &changed(json!({"nbf": "1", "aud": 1, "scopes": 1})), OTHER),
            BadSignature,
        ),
        refused(
            "type_of_a_claim_before_expiration",
            claiming(json!({"exp": 1, "scope": 1})),
            InvalidClaim,
        ),
        refused(
            "type_of_a_claim_before_audience",
            claiming(json!({"aud": "other", "iat": "now"})),
            InvalidClaim,
        )
        .audience("app"),
        refused("expiration_before_audience", claiming(expired), Expired).audience("app"),
        refused(
            "beginning_before_audience",
            claiming(json!({"nbf": NOW + 100, "aud": "other"})),
            NotYetValid,
        )
        .audience("app"),
        refused("audience_last", claiming(json!({"aud": "other"})), WrongAudience).audience("app"),
        accepted("nothing_wrong", claiming(json!({"nbf": NOW}))).audience("app"),
    ]
}
