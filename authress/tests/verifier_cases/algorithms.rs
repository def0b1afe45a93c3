//! The algorithm that a header names, and the one that the key is for.

use authress::TokenVerificationReason::{BadSignature, Malformed, UnsupportedAlgorithm};
use aws_lc_rs::hmac::{HMAC_SHA256, HMAC_SHA384, HMAC_SHA512};
use aws_lc_rs::signature::{RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding};
use serde_json::json;

use crate::case::{Case, accepted, refused, refused_unasked};
use crate::support::{ACCOUNT, encode, jwk};
use crate::tokens::{CLAIMS, HEADER, good, hmac_token, input, parts, signed, with_header};
use crate::{ed25519, rsa};

pub(crate) fn table() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    cases.extend(names());
    cases.extend(unsigned());
    cases.extend(public_keys_as_secrets());
    cases.extend(padding_of_another_kind());
    cases.extend(pinned_to_the_key());
    cases
}

/// A good token but for its `alg`, which is written as `json`.
fn named(json: &str) -> String {
    with_header(&HEADER.replacen(r#""EdDSA""#, json, 1))
}

fn names() -> impl Iterator<Item = Case> {
    [
        ("alg_in_small_letters", r#""eddsa""#),
        ("alg_in_capitals", r#""EDDSA""#),
        ("alg_misspelt", r#""EdDsa""#),
        ("alg_misspelt_with_a_hyphen", r#""Ed-DSA""#),
        ("alg_with_a_space_before", r#"" EdDSA""#),
        ("alg_with_a_space_after", r#""EdDSA ""#),
        ("alg_with_nul_after", r#""EdDSA\u0000""#),
        ("alg_with_a_cyrillic_letter", "\"EdDS\u{410}\""),
        ("alg_of_the_curve_448", r#""Ed448""#),
        ("alg_es256", r#""ES256""#),
        ("alg_es384", r#""ES384""#),
        ("alg_es512", r#""ES512""#),
        ("alg_es256k", r#""ES256K""#),
        ("alg_rs1", r#""RS1""#),
        ("alg_rs256_in_small_letters", r#""rs256""#),
        ("alg_rs224", r#""RS224""#),
        ("alg_for_encryption", r#""RSA-OAEP""#),
        ("alg_direct_encryption", r#""dir""#),
        (
            "alg_as_an_identifier",
            r#""http://www.w3.org/2001/04/xmldsig-more#rsa-sha256""#,
        ),
        ("alg_empty", r#""""#),
        ("alg_null", "null"),
        ("alg_true", "true"),
        ("alg_a_number", "-8"),
        ("alg_a_list", r#"["EdDSA"]"#),
        ("alg_a_list_of_two", r#"["none","EdDSA"]"#),
        ("alg_an_object", r#"{"EdDSA":"EdDSA"}"#),
    ]
    .into_iter()
    .map(|(rule, json)| refused_unasked(rule, named(json), UnsupportedAlgorithm))
    .chain([
        refused_unasked(
            "alg_missing",
            with_header(r#"{"kid":"k-account","typ":"at+jwt"}"#),
            UnsupportedAlgorithm,
        ),
        refused_unasked(
            "alg_in_another_case_of_its_name",
            with_header(r#"{"Alg":"EdDSA","kid":"k-account"}"#),
            UnsupportedAlgorithm,
        ),
        refused_unasked(
            "alg_among_the_claims_only",
            crate::support::token(
                r#"{"kid":"k-account"}"#,
                &CLAIMS.replacen('{', r#"{"alg":"EdDSA","#, 1),
                ACCOUNT,
            ),
            UnsupportedAlgorithm,
        ),
        accepted("alg_escaped", named(r#""\u0045dDSA""#)),
    ])
}

fn unsigned() -> impl Iterator<Item = Case> {
    [
        ("alg_none", "none"),
        ("alg_none_capitalized", "None"),
        ("alg_none_in_capitals", "NONE"),
        ("alg_none_in_mixed_case", "nOnE"),
        ("alg_none_with_a_space", "none "),
    ]
    .into_iter()
    .map(|(rule, name)| refused_unasked(rule, named(&format!("\"{name}\"")), UnsupportedAlgorithm))
    .chain([
        refused_unasked(
            "alg_none_without_a_signature",
            format!("{}.", input(r#"{"alg":"none","kid":"k-account"}"#, CLAIMS)),
            Malformed,
        ),
        refused_unasked(
            "alg_none_without_the_last_dot",
            input(r#"{"alg":"none","kid":"k-account"}"#, CLAIMS),
            Malformed,
        ),
        refused_unasked("signature_taken_away", format!("{}.", input(HEADER, CLAIMS)), Malformed),
    ])
}

/// Whoever knows the public key can make these.
fn public_keys_as_secrets() -> Vec<Case> {
    let spki = ed25519::spki(ACCOUNT);
    let set = json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string();
    let mut cases: Vec<Case> = [
        ("hmac_with_the_public_key", ed25519::public(ACCOUNT)),
        ("hmac_with_the_text_of_the_public_key", ACCOUNT.x.as_bytes().to_vec()),
        ("hmac_with_the_jwk", jwk("k-account", ACCOUNT).to_string().into_bytes()),
        ("hmac_with_the_set", set.into_bytes()),
        ("hmac_with_the_public_key_in_der", spki.clone()),
        ("hmac_with_the_public_key_in_pem", rsa::pem(&spki).into_bytes()),
        (
            "hmac_with_the_public_key_in_pem_trimmed",
            rsa::pem(&spki).trim_end().as_bytes().to_vec(),
        ),
        ("hmac_with_the_key_id", b"k-account".to_vec()),
        ("hmac_with_nothing", Vec::new()),
    ]
    .into_iter()
    .map(|(rule, secret)| {
        let token = hmac_token("HS256", HMAC_SHA256, "k-account", &secret);
        refused_unasked(rule, token, UnsupportedAlgorithm)
    })
    .collect();
    let x = ed25519::public(ACCOUNT);
    let spki = rsa::ACCOUNT.spki();
    let keys = json!([rsa::ACCOUNT.jwk("k-account", "RS256")]);
    cases.extend(
        [
            ("hmac_of_384_bits", hmac_token("HS384", HMAC_SHA384, "k-account", &x)),
            ("hmac_of_512_bits", hmac_token("HS512", HMAC_SHA512, "k-account", &x)),
            (
                "hmac_in_small_letters",
                hmac_token("hs256", HMAC_SHA256, "k-account", &x),
            ),
        ]
        .map(|(rule, token)| refused_unasked(rule, token, UnsupportedAlgorithm)),
    );
    cases.extend(
        [
            ("hmac_with_the_rsa_modulus", rsa::ACCOUNT.n.clone()),
            ("hmac_with_the_rsa_key_in_der", spki.clone()),
            ("hmac_with_the_rsa_key_in_pem", rsa::pem(&spki).into_bytes()),
        ]
        .map(|(rule, secret)| {
            let token = hmac_token("HS256", HMAC_SHA256, "k-account", &secret);
            refused_unasked(rule, token, UnsupportedAlgorithm).keys(keys.clone())
        }),
    );
    // The same signatures under the name of the algorithm that the key is for.
    cases.push(refused(
        "hmac_named_as_the_algorithm_of_the_key",
        hmac_token("EdDSA", HMAC_SHA512, "k-account", &x),
        BadSignature,
    ));
    cases.push(
        refused(
            "hmac_named_as_the_algorithm_of_the_rsa_key",
            hmac_token("RS256", HMAC_SHA256, "k-account", &spki),
            BadSignature,
        )
        .keys(keys),
    );
    cases
}

/// Signatures with PSS are never accepted, whatever the key says.
fn padding_of_another_kind() -> Vec<Case> {
    let pss = |name: &str, encoding: &'static dyn RsaEncoding| {
        signed(&input(&rsa::header(name), CLAIMS), |input| {
            rsa::ACCOUNT.sign(encoding, input)
        })
    };
    let mut cases: Vec<Case> = [
        ("pss_of_256_bits", pss("PS256", &RSA_PSS_SHA256), "RS256"),
        ("pss_of_384_bits", pss("PS384", &RSA_PSS_SHA384), "RS384"),
        ("pss_of_512_bits", pss("PS512", &RSA_PSS_SHA512), "RS512"),
        ("pss_with_a_key_for_it", pss("PS256", &RSA_PSS_SHA256), "PS256"),
    ]
    .into_iter()
    .map(|(rule, token, alg)| {
        refused_unasked(rule, token, UnsupportedAlgorithm).keys(json!([rsa::ACCOUNT.jwk("k-account", alg)]))
    })
    .collect();
    cases.push(
        refused("pss_named_as_rs256", pss("RS256", &RSA_PSS_SHA256), BadSignature)
            .keys(json!([rsa::ACCOUNT.jwk("k-account", "RS256")])),
    );
    cases
}

/// The token's algorithm must be that of the key, which its JWK says.
fn pinned_to_the_key() -> Vec<Case> {
    let mut cases = vec![accepted("eddsa_with_its_key", good())];
    for (rule, token, key) in [
        ("rs256_with_its_key", "RS256", "RS256"),
        ("rs384_with_its_key", "RS384", "RS384"),
        ("rs512_with_its_key", "RS512", "RS512"),
    ] {
        let keys = json!([rsa::ACCOUNT.jwk("k-account", key)]);
        cases.push(accepted(rule, rsa::ACCOUNT.token(token)).keys(keys));
    }
    cases.push(
        accepted("rs256_with_a_key_that_names_none", rsa::ACCOUNT.token("RS256"))
            .keys(json!([rsa::ACCOUNT.bare_jwk("k-account")])),
    );
    for (rule, token, key) in [
        ("rs256_with_a_key_for_rs384", "RS256", "RS384"),
        ("rs256_with_a_key_for_rs512", "RS256", "RS512"),
        ("rs384_with_a_key_for_rs256", "RS384", "RS256"),
        ("rs384_with_a_key_for_rs512", "RS384", "RS512"),
        ("rs512_with_a_key_for_rs256", "RS512", "RS256"),
        ("rs512_with_a_key_for_rs384", "RS512", "RS384"),
    ] {
        let keys = json!([rsa::ACCOUNT.jwk("k-account", key)]);
        cases.push(refused(rule, rsa::ACCOUNT.token(token), UnsupportedAlgorithm).keys(keys));
    }
    for (rule, token) in [
        ("rs384_with_a_key_that_names_none", "RS384"),
        ("rs512_with_a_key_that_names_none", "RS512"),
    ] {
        let keys = json!([rsa::ACCOUNT.bare_jwk("k-account")]);
        cases.push(refused(rule, rsa::ACCOUNT.token(token), UnsupportedAlgorithm).keys(keys));
    }
    cases.push(
        refused("eddsa_with_an_rsa_key", good(), UnsupportedAlgorithm)
            .keys(json!([rsa::ACCOUNT.jwk("k-account", "RS256")])),
    );
    for (rule, alg) in [
        ("rs256_with_an_ed25519_key", "RS256"),
        ("rs384_with_an_ed25519_key", "RS384"),
        ("rs512_with_an_ed25519_key", "RS512"),
    ] {
        cases.push(refused(rule, rsa::ACCOUNT.token(alg), UnsupportedAlgorithm));
    }
    // The signature would be that of the key: only the name in the header differs.
    let renamed = signed(&input(&rsa::header("RS256"), CLAIMS), |input| {
        crate::tokens::ed25519_signature(ACCOUNT, input)
    });
    cases.push(refused("eddsa_signature_named_rs256", renamed, UnsupportedAlgorithm));
    let good = good();
    let [_, payload, signature] = parts(&good);
    let other_header = encode(&HEADER.replace("EdDSA", "RS512"));
    cases.push(refused(
        "header_replaced_by_one_with_another_algorithm",
        format!("{other_header}.{payload}.{signature}"),
        UnsupportedAlgorithm,
    ));
    cases
}
