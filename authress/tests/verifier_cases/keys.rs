//! Keys: which of a set can be used, what a signature with one must be, and what happens when there is no set.

use std::sync::LazyLock;

use authress::TokenVerificationReason::{BadSignature, KeysUnavailable, UnknownKey};
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA512};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE};
use serde_json::{Value, json};

use crate::case::{Case, accepted, refused, refused_unasked};
use crate::ed25519::{self, IDENTITY, IDENTITY_UNREDUCED, L, SMALL_ORDER, forged_for, jwk_of, padded};
use crate::rsa::{self, ALMOST_LONG_ENOUGH, E, EXPONENT_THREE, LEADING_ZERO, LONGER, SHORT, STRANGER};
use crate::support::{ACCOUNT, CLIENT, DOMAIN, OTHER, encode, jwk, token};
use crate::tokens::{
    CLAIMS, HEADER, changed, ed25519_signature, encode_bytes, good, hexadecimal, input, parts, signature, signed,
    with_signature,
};

pub(crate) fn table() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(ed25519_keys());
    cases.extend(ed25519_keys_left_out());
    cases.extend(points());
    cases.extend(ed25519_signatures());
    cases.extend(rsa_keys());
    cases.extend(rsa_keys_left_out());
    cases.extend(rsa_numbers());
    cases.extend(rsa_signatures());
    cases.extend(leading_zero());
    cases.extend(broken_neighbours());
    cases.extend(sets_that_cannot_be_had());
    cases
}

/// `jwk` with `change` made to it; a member that is to be `"(missing)"` is taken away.
fn with(jwk: Value, change: Value) -> Value {
    let mut jwk = jwk;
    for (name, value) in change.as_object().unwrap() {
        let members = jwk.as_object_mut().unwrap();
        if value == "(missing)" {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    jwk
}

fn ed25519_keys() -> Vec<Case> {
    let key = |change| json!([with(jwk("k-account", ACCOUNT), change)]);
    let mut cases: Vec<Case> = [
        ("ed25519_key_without_alg", json!({"alg": "(missing)"})),
        ("ed25519_key_without_use", json!({"use": "(missing)"})),
        ("ed25519_key_to_verify", json!({"key_ops": ["verify"]})),
        ("ed25519_key_to_sign_and_verify", json!({"key_ops": ["sign", "verify"]})),
        (
            "ed25519_key_with_unknown_members",
            json!({"ext": true, "x5c": [], "y": 1, "nbf": null}),
        ),
    ]
    .into_iter()
    .map(|(rule, change)| accepted(rule, good()).keys(key(change)))
    .collect();
    cases.push(
        accepted(
            "ed25519_key_generated",
            signed(&input(HEADER, CLAIMS), |input| {
                ed25519::GENERATED.sign(input).as_ref().to_vec()
            }),
        )
        .keys(json!([ed25519::generated_jwk("k-account")])),
    );
    cases.push(
        refused("ed25519_key_generated_for_somebody_else", good(), BadSignature)
            .keys(json!([ed25519::generated_jwk("k-account")])),
    );
    cases
}

fn ed25519_keys_left_out() -> impl Iterator<Item = Case> {
    let x = ed25519::public(ACCOUNT);
    let standard = STANDARD_NO_PAD.encode(&x);
    [
        ("ed25519_key_for_encryption", json!({"use": "enc"})),
        ("ed25519_key_of_no_use", json!({"use": null})),
        ("ed25519_key_of_a_use_in_capitals", json!({"use": "SIG"})),
        ("ed25519_key_of_a_list_of_uses", json!({"use": ["sig"]})),
        ("ed25519_key_to_sign_only", json!({"key_ops": ["sign"]})),
        ("ed25519_key_of_no_operations", json!({"key_ops": []})),
        ("ed25519_key_of_a_text_of_operations", json!({"key_ops": "verify"})),
        ("ed25519_key_of_null_operations", json!({"key_ops": null})),
        (
            "ed25519_key_to_verify_for_encryption",
            json!({"key_ops": ["verify"], "use": "enc"}),
        ),
        ("ed25519_key_for_hmac", json!({"alg": "HS256"})),
        ("ed25519_key_for_rs256", json!({"alg": "RS256"})),
        ("ed25519_key_for_es256", json!({"alg": "ES256"})),
        ("ed25519_key_for_none", json!({"alg": "none"})),
        ("ed25519_key_for_key_agreement", json!({"alg": "ECDH-ES"})),
        ("ed25519_key_of_an_empty_alg", json!({"alg": ""})),
        ("ed25519_key_of_a_null_alg", json!({"alg": null})),
        ("ed25519_key_of_alg_in_small_letters", json!({"alg": "eddsa"})),
        ("ed25519_key_of_the_type_ec", json!({"kty": "EC"})),
        ("ed25519_key_of_the_type_rsa", json!({"kty": "RSA"})),
        ("ed25519_key_of_a_type_in_small_letters", json!({"kty": "okp"})),
        ("ed25519_key_of_no_type", json!({"kty": "(missing)"})),
        ("ed25519_key_as_a_secret", json!({"kty": "oct", "k": ACCOUNT.x})),
        ("ed25519_key_of_another_curve", json!({"crv": "Ed448"})),
        ("ed25519_key_of_a_curve_for_encryption", json!({"crv": "X25519"})),
        ("ed25519_key_of_a_curve_in_small_letters", json!({"crv": "ed25519"})),
        ("ed25519_key_of_no_curve", json!({"crv": "(missing)"})),
        ("ed25519_key_one_byte_short", json!({"x": encode_bytes(&x[..31])})),
        (
            "ed25519_key_one_byte_long",
            json!({"x": encode_bytes(&[x.as_slice(), &[0]].concat())}),
        ),
        (
            "ed25519_key_one_byte_long_in_front",
            json!({"x": encode_bytes(&[&[0], x.as_slice()].concat())}),
        ),
        ("ed25519_key_empty", json!({"x": ""})),
        ("ed25519_key_missing", json!({"x": "(missing)"})),
        ("ed25519_key_null", json!({"x": null})),
        ("ed25519_key_of_numbers", json!({"x": x})),
        ("ed25519_key_padded", json!({"x": URL_SAFE.encode(&x)})),
        (
            "ed25519_key_in_der",
            json!({"x": encode_bytes(&ed25519::spki(ACCOUNT))}),
        ),
        ("ed25519_key_in_hexadecimal", json!({"x": hexadecimal(&x)})),
        ("ed25519_key_with_a_newline", json!({"x": format!("{}\n", ACCOUNT.x)})),
        ("ed25519_key_in_the_standard_alphabet", json!({"x": standard})),
        ("ed25519_key_without_an_id", json!({"kid": "(missing)"})),
        ("ed25519_key_of_an_empty_id", json!({"kid": ""})),
        ("ed25519_key_of_a_list_of_ids", json!({"kid": ["k-account"]})),
        ("ed25519_key_of_a_null_id", json!({"kid": null})),
    ]
    .into_iter()
    .map(|(rule, change)| refused(rule, good(), UnknownKey).keys(json!([with(jwk("k-account", ACCOUNT), change)])))
}

/// Public keys for which anybody can make a signature, and those that are written in a second way.
fn points() -> Vec<Case> {
    let mut cases: Vec<Case> = SMALL_ORDER
        .into_iter()
        .map(|(rule, x)| refused(rule, forged_for(&x), UnknownKey).keys(json!([jwk_of("k-account", &x)])))
        .collect();
    // y is p and a little more: 3, 18, and 18 with the sign.
    for (rule, x) in [
        ("point_of_three_unreduced", padded(0xf0, 0xff, 0x7f)),
        ("point_of_all_bits_but_the_sign", padded(0xff, 0xff, 0x7f)),
        ("point_of_all_bits", [0xff; 32]),
    ] {
        cases.push(refused(rule, good(), UnknownKey).keys(json!([jwk_of("k-account", &x)])));
    }
    // Such a key next to a good one takes nothing away.
    cases.push(
        accepted("small_order_before_a_good_key", good())
            .keys(json!([jwk_of("k-account", &IDENTITY), jwk("k-account", ACCOUNT),])),
    );
    cases
}

fn ed25519_signatures() -> Vec<Case> {
    let good = good();
    let [header, payload, _] = parts(&good);
    let [point, scalar] = {
        let signature = signature(&good);
        [signature[..32].to_vec(), signature[32..].to_vec()]
    };
    let whole = [point.as_slice(), &scalar].concat();
    let text = input(HEADER, CLAIMS);
    // The same signature with the neutral element in its two spellings; a library without further checks accepts the first.
    let reduced = ed25519::with_identity(ACCOUNT, text.as_bytes(), IDENTITY);
    assert!(ed25519::holds(&ed25519::public(ACCOUNT), text.as_bytes(), &reduced));
    let unreduced = ed25519::with_identity(ACCOUNT, text.as_bytes(), IDENTITY_UNREDUCED);
    let flipped = |at: usize, mask: u8| {
        let mut bytes = whole.clone();
        bytes[at] ^= mask;
        bytes
    };
    let mut cases: Vec<Case> = [
        ("signature_with_the_order_added", ed25519::plus_order(&whole)),
        (
            "signature_with_the_order_added_twice",
            ed25519::plus_order(&ed25519::plus_order(&whole)),
        ),
        ("signature_of_a_point_unreduced", unreduced),
        ("signature_of_zeros", vec![0; 64]),
        ("signature_of_ones", vec![0xff; 64]),
        ("signature_of_the_neutral_element", [IDENTITY, [0; 32]].concat()),
        ("signature_with_zero", [point.as_slice(), &[0; 32]].concat()),
        ("signature_with_the_order", [point.as_slice(), &L].concat()),
        ("signature_with_a_zero_point", [[0; 32].as_slice(), &scalar].concat()),
        (
            "signature_with_the_public_key_as_its_point",
            [ed25519::public(ACCOUNT), scalar.clone()].concat(),
        ),
        ("signature_in_the_other_order", [scalar.as_slice(), &point].concat()),
        ("signature_with_its_first_bit_changed", flipped(0, 0x01)),
        ("signature_with_the_sign_of_its_point_changed", flipped(31, 0x80)),
        ("signature_with_its_last_bit_changed", flipped(32, 0x01)),
        ("signature_with_its_highest_bit_set", flipped(63, 0x80)),
        ("signature_of_one_byte", vec![0]),
        ("signature_of_half_the_length", point.clone()),
        ("signature_one_byte_short", whole[..63].to_vec()),
        ("signature_one_byte_long", [whole.as_slice(), &[0]].concat()),
        ("signature_one_byte_long_in_front", [&[0], whole.as_slice()].concat()),
        ("signature_twice", [whole.as_slice(), &whole].concat()),
        ("signature_in_hexadecimal", hexadecimal(&whole).into_bytes()),
        (
            "signature_over_the_payload_alone",
            ed25519_signature(ACCOUNT, payload.as_bytes()),
        ),
        (
            "signature_over_the_claims_alone",
            ed25519_signature(ACCOUNT, CLAIMS.as_bytes()),
        ),
        (
            "signature_over_the_texts",
            ed25519_signature(ACCOUNT, format!("{HEADER}.{CLAIMS}").as_bytes()),
        ),
        ("signature_over_nothing", ed25519_signature(ACCOUNT, b"")),
        ("signature_over_a_digest", {
            let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA512, text.as_bytes());
            ed25519_signature(ACCOUNT, digest.as_ref())
        }),
        ("signature_of_a_stranger", ed25519_signature(OTHER, text.as_bytes())),
        ("signature_of_a_client", ed25519_signature(CLIENT, text.as_bytes())),
    ]
    .into_iter()
    .map(|(rule, signature)| refused(rule, with_signature(&signature), BadSignature))
    .collect();
    let signature = encode_bytes(&whole);
    let other_claims = encode(&changed(json!({"sub": "user-2"})));
    let other_header = encode(&HEADER.replace("at+jwt", "JWT"));
    let spaced = encode(&format!("{CLAIMS} "));
    cases.extend([
        refused(
            "claims_replaced",
            format!("{header}.{other_claims}.{signature}"),
            BadSignature,
        ),
        refused(
            "claims_with_a_space_more",
            format!("{header}.{spaced}.{signature}"),
            BadSignature,
        ),
        refused(
            "header_replaced",
            format!("{other_header}.{payload}.{signature}"),
            BadSignature,
        ),
        refused(
            "signature_of_another_token",
            format!(
                "{header}.{payload}.{}",
                parts(&crate::tokens::claiming(json!({"sub": "user-2"})))[2]
            ),
            BadSignature,
        ),
    ]);
    cases
}

fn rsa_keys() -> Vec<Case> {
    let key = &*rsa::ACCOUNT;
    let mut cases: Vec<Case> = [
        ("rsa_key", json!({})),
        ("rsa_key_without_use", json!({"use": "(missing)"})),
        ("rsa_key_without_alg", json!({"alg": "(missing)"})),
        ("rsa_key_to_verify", json!({"key_ops": ["verify"]})),
        ("rsa_key_with_a_certificate", json!({"x5c": ["AA=="], "x5t": "AA"})),
    ]
    .into_iter()
    .map(|(rule, change)| accepted(rule, key.token("RS256")).keys(json!([with(key.jwk("k-account", "RS256"), change)])))
    .collect();
    cases.push(accepted("rsa_key_of_3072_bits", LONGER.token("RS512")).keys(json!([LONGER.jwk("k-account", "RS512")])));
    cases.push(
        accepted("rsa_key_beside_an_ed25519_key", key.token("RS256"))
            .keys(json!([jwk("k-ed", ACCOUNT), key.jwk("k-account", "RS256")])),
    );
    cases.push(
        accepted("ed25519_key_beside_an_rsa_key", good())
            .keys(json!([key.jwk("k-rsa", "RS256"), jwk("k-account", ACCOUNT)])),
    );
    let client = format!("{DOMAIN}/v1/clients/sc_1");
    cases.push(
        accepted(
            "rsa_key_of_a_client",
            key.token_with("RS256", &changed(json!({"iss": client, "sub": "sc_1"}))),
        )
        .of_client("sc_1")
        .keys_at(client, json!([key.jwk("k-account", "RS256")])),
    );
    cases
}

fn rsa_keys_left_out() -> impl Iterator<Item = Case> {
    let key = &*rsa::ACCOUNT;
    [
        ("rsa_key_for_encryption", json!({"use": "enc"})),
        ("rsa_key_of_no_use", json!({"use": null})),
        ("rsa_key_to_encrypt", json!({"key_ops": ["encrypt", "wrapKey"]})),
        ("rsa_key_to_sign_only", json!({"key_ops": ["sign"]})),
        ("rsa_key_of_no_operations", json!({"key_ops": []})),
        ("rsa_key_for_oaep", json!({"alg": "RSA-OAEP"})),
        ("rsa_key_for_the_older_encryption", json!({"alg": "RSA1_5"})),
        ("rsa_key_for_hmac", json!({"alg": "HS256"})),
        ("rsa_key_for_pss", json!({"alg": "PS256"})),
        ("rsa_key_for_pss_of_512_bits", json!({"alg": "PS512"})),
        ("rsa_key_for_eddsa", json!({"alg": "EdDSA"})),
        ("rsa_key_for_es256", json!({"alg": "ES256"})),
        ("rsa_key_for_none", json!({"alg": "none"})),
        ("rsa_key_for_the_older_digest", json!({"alg": "RS1"})),
        ("rsa_key_of_alg_in_small_letters", json!({"alg": "rs256"})),
        ("rsa_key_of_an_empty_alg", json!({"alg": ""})),
        ("rsa_key_of_a_null_alg", json!({"alg": null})),
        ("rsa_key_of_a_list_of_algs", json!({"alg": ["RS256"]})),
        ("rsa_key_of_a_type_in_small_letters", json!({"kty": "rsa"})),
        ("rsa_key_of_the_type_okp", json!({"kty": "OKP"})),
        ("rsa_key_of_the_type_ec", json!({"kty": "EC"})),
        ("rsa_key_of_no_type", json!({"kty": "(missing)"})),
        ("rsa_key_without_an_id", json!({"kid": "(missing)"})),
        ("rsa_key_of_an_empty_id", json!({"kid": ""})),
        (
            "rsa_key_as_a_certificate_only",
            json!({"n": "(missing)", "e": "(missing)", "x5c": ["AA=="]}),
        ),
    ]
    .into_iter()
    .map(move |(rule, change)| {
        refused(rule, key.token("RS256"), UnknownKey).keys(json!([with(key.jwk("k-account", "RS256"), change)]))
    })
}

/// Moduli and exponents that make no key.
fn rsa_numbers() -> Vec<Case> {
    let key = &*rsa::ACCOUNT;
    let n = encode_bytes(&key.n);
    let unencrypted = signed(&input(&rsa::header("RS256"), CLAIMS), |input| key.unencrypted(input));
    let mut cases: Vec<Case> = [
        ("rsa_exponent_zero", n.clone(), "AA"),
        ("rsa_exponent_zero_of_three_bytes", n.clone(), "AAAA"),
        ("rsa_exponent_two", n.clone(), "Ag"),
        ("rsa_exponent_even", n.clone(), "AQAA"),
        ("rsa_exponent_empty", n.clone(), ""),
        ("rsa_exponent_padded", n.clone(), "AQAB===="),
        ("rsa_exponent_as_a_decimal", n.clone(), "65537"),
        ("rsa_modulus_empty", String::new(), E),
        ("rsa_modulus_zero", "AA".to_owned(), E),
        ("rsa_modulus_of_zeros", encode_bytes(&[0; 256]), E),
        ("rsa_modulus_one", "AQ".to_owned(), E),
        ("rsa_modulus_padded", URL_SAFE.encode(&key.n), E),
        (
            "rsa_modulus_in_the_standard_alphabet",
            STANDARD_NO_PAD.encode([&[0xfb], &key.n[1..]].concat()),
            E,
        ),
        ("rsa_modulus_with_a_newline", format!("{n}\n"), E),
        ("rsa_modulus_cut_to_half", encode_bytes(&key.n[..128]), E),
        (
            "rsa_modulus_of_a_short_key_with_zeros_before",
            encode_bytes(&[vec![0; 128], key.n[..128].to_vec()].concat()),
            E,
        ),
    ]
    .into_iter()
    .map(|(rule, n, e)| refused(rule, key.token("RS256"), UnknownKey).keys(json!([rsa::jwk("k-account", &n, e)])))
    .collect();
    // With the exponent 1 the signature is the padded digest: anybody can make it.
    cases.push(
        refused("rsa_exponent_one", unencrypted.clone(), UnknownKey).keys(json!([rsa::jwk("k-account", &n, "AQ")])),
    );
    cases.push(
        refused("rsa_exponent_one_of_three_bytes", unencrypted, UnknownKey).keys(json!([rsa::jwk(
            "k-account",
            &n,
            "AAAB"
        )])),
    );
    for (rule, fixed) in [
        ("rsa_key_of_1024_bits", &SHORT),
        ("rsa_key_of_2047_bits", &ALMOST_LONG_ENOUGH),
        ("rsa_exponent_three", &EXPONENT_THREE),
    ] {
        cases.push(refused(rule, fixed.token(), UnknownKey).keys(json!([fixed.jwk()])));
    }
    for (rule, change) in [
        ("rsa_modulus_missing", json!({"n": "(missing)"})),
        ("rsa_modulus_null", json!({"n": null})),
        ("rsa_modulus_a_number", json!({"n": 65537})),
        ("rsa_modulus_a_list", json!({"n": [n.clone()]})),
        ("rsa_exponent_missing", json!({"e": "(missing)"})),
        ("rsa_exponent_null", json!({"e": null})),
        ("rsa_exponent_a_number", json!({"e": 65537})),
        ("rsa_exponent_a_list", json!({"e": ["AQAB"]})),
    ] {
        cases.push(
            refused(rule, key.token("RS256"), UnknownKey).keys(json!([with(key.jwk("k-account", "RS256"), change)])),
        );
    }
    cases
}

fn rsa_signatures() -> impl Iterator<Item = Case> {
    static INPUT: LazyLock<String> = LazyLock::new(|| input(&rsa::header("RS256"), CLAIMS));
    let key = &*rsa::ACCOUNT;
    let text = INPUT.as_bytes();
    let whole = key.sign(&RSA_PKCS1_SHA256, text);
    let changed_at = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    };
    // The padded digest, which is what a signature is before the private key is used.
    let unencrypted = key.unencrypted(text);
    [
        ("rsa_signature_of_one_byte", vec![1]),
        ("rsa_signature_one_byte_short", whole[1..].to_vec()),
        ("rsa_signature_without_its_last_byte", whole[..255].to_vec()),
        ("rsa_signature_one_byte_long", [whole.as_slice(), &[0]].concat()),
        ("rsa_signature_with_a_zero_before", [&[0], whole.as_slice()].concat()),
        ("rsa_signature_twice", [whole.as_slice(), &whole].concat()),
        ("rsa_signature_of_zeros", vec![0; 256]),
        ("rsa_signature_of_one", [vec![0; 255], vec![1]].concat()),
        ("rsa_signature_of_ones", vec![0xff; 256]),
        ("rsa_signature_the_modulus", key.n.clone()),
        ("rsa_signature_unencrypted", unencrypted),
        ("rsa_signature_with_its_first_bit_changed", changed_at(0)),
        ("rsa_signature_with_its_last_bit_changed", changed_at(255)),
        ("rsa_signature_with_another_digest", key.sign(&RSA_PKCS1_SHA512, text)),
        (
            "rsa_signature_over_the_claims_alone",
            key.sign(&RSA_PKCS1_SHA256, CLAIMS.as_bytes()),
        ),
        ("rsa_signature_of_a_stranger", STRANGER.sign(&RSA_PKCS1_SHA256, text)),
        ("rsa_signature_of_ed25519", ed25519_signature(ACCOUNT, text)),
        ("rsa_signature_of_a_longer_key", LONGER.sign(&RSA_PKCS1_SHA256, text)),
    ]
    .into_iter()
    .map(move |(rule, signature)| (rule, signed(&INPUT, |_| signature)))
    .chain([("rsa_claims_replaced", {
        let token = key.token("RS256");
        let [header, _, signature] = parts(&token);
        format!("{header}.{}.{signature}", encode(&changed(json!({"sub": "user-2"}))))
    })])
    .map(move |(rule, token)| refused(rule, token, BadSignature).keys(json!([key.jwk("k-account", "RS256")])))
}

/// A signature that begins with a zero, with and without it: the number is the same.
fn leading_zero() -> [Case; 2] {
    let token = LEADING_ZERO.token();
    let [header, payload, _] = parts(&token);
    let signature = signature(&token);
    let rest = encode_bytes(signature.strip_prefix(&[0]).unwrap());
    [
        accepted("rsa_signature_with_a_leading_zero", &token),
        refused(
            "rsa_signature_without_its_leading_zero",
            format!("{header}.{payload}.{rest}"),
            BadSignature,
        ),
    ]
    .map(|case| case.keys(json!([LEADING_ZERO.jwk()])))
}

/// What is wrong with one key spoils no other.
fn broken_neighbours() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        ("good_key_beside_null", json!(null)),
        ("good_key_beside_a_number", json!(1)),
        ("good_key_beside_a_text", json!("k-account")),
        ("good_key_beside_a_list", json!([jwk("k-account", OTHER)])),
        ("good_key_beside_an_empty_object", json!({})),
        (
            "good_key_beside_a_key_of_an_unknown_type",
            json!({"kty": "AKP", "kid": "k-account", "alg": "ML-DSA-44"}),
        ),
        (
            "good_key_beside_a_key_of_another_curve",
            json!({"kty": "EC", "crv": "P-256", "kid": "k-account", "x": "AA", "y": "AA"}),
        ),
        (
            "good_key_beside_a_secret",
            json!({"kty": "oct", "kid": "k-account", "k": "c2VjcmV0"}),
        ),
        (
            "good_key_beside_an_rsa_key_without_numbers",
            json!({"kty": "RSA", "kid": "k-account"}),
        ),
        (
            "good_key_beside_an_rsa_key_without_a_modulus",
            json!({"kty": "RSA", "kid": "k-account", "n": "", "e": "AQAB"}),
        ),
        (
            "good_key_beside_a_key_for_encryption",
            with(jwk("k-account", OTHER), json!({"use": "enc"})),
        ),
        (
            "good_key_beside_a_short_key",
            with(jwk("k-account", OTHER), json!({"x": "AA"})),
        ),
    ]
    .into_iter()
    .map(|(rule, broken)| accepted(rule, good()).keys(json!([broken, jwk("k-account", ACCOUNT), broken])))
    .collect();
    let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    for (rule, broken) in [
        ("good_key_beside_a_number_too_large", r#"{"kid":"k-account","n":1e999}"#),
        (
            "good_key_beside_half_a_surrogate",
            r#"{"kid":"k-account","x":"\ud800"}"#,
        ),
        (
            "good_key_beside_a_name_twice",
            r#"{"kid":"k-account","kid":"k-account"}"#,
        ),
        ("good_key_beside_a_deep_list", deep.as_str()),
    ] {
        let body = format!(r#"{{"keys":[{broken},{}]}}"#, jwk("k-account", ACCOUNT));
        cases.push(accepted(rule, good()).also(DOMAIN, 200, body));
    }
    let hundred: Vec<Value> = (0..100)
        .map(|n| jwk(&format!("k-{n}"), OTHER))
        .chain([jwk("k-account", ACCOUNT)])
        .collect();
    cases.push(accepted("good_key_after_a_hundred_others", good()).keys(json!(hundred)));
    let body = json!({"keys": [jwk("k-account", ACCOUNT)], "keys_url": "https://evil.example", "odd": [1]});
    cases.push(accepted("set_with_unknown_members", good()).also(DOMAIN, 200, body.to_string()));
    cases.push(refused("set_without_keys", good(), UnknownKey).keys(json!([])));
    cases.push(refused("set_of_other_keys", good(), UnknownKey).keys(json!([jwk("k-1", ACCOUNT), jwk("k-2", OTHER)])));
    cases
}

fn sets_that_cannot_be_had() -> Vec<Case> {
    let set = json!({"keys": [jwk("k-account", ACCOUNT)]}).to_string();
    let large = format!(r#"{{"pad":"{}",{}"#, "a".repeat(256 * 1024), &set[1..]);
    let mut cases: Vec<Case> = [
        ("set_missing", 404, ""),
        ("set_gone", 410, "{}"),
        ("set_forbidden", 403, &set),
        ("set_moved", 302, &set),
        ("set_with_an_outage", 500, &set),
        ("set_overloaded", 429, ""),
        ("set_without_content", 204, ""),
        ("set_created", 201, &set),
        ("set_empty", 200, ""),
        ("set_a_page", 200, "<html>"),
        ("set_a_list", 200, "[]"),
        ("set_an_object_without_keys", 200, "{}"),
        ("set_of_null_keys", 200, r#"{"keys":null}"#),
        ("set_of_an_object_of_keys", 200, r#"{"keys":{}}"#),
        ("set_cut_off", 200, &set[..set.len() - 1]),
        ("set_with_something_after_it", 200, &format!("{set}x")),
        ("set_too_large", 200, &large),
    ]
    .into_iter()
    .map(|(rule, status, body)| refused(rule, good(), KeysUnavailable).also(DOMAIN, status, body))
    .collect();
    cases.push(
        refused(
            "set_missing_for_a_bad_signature",
            token(HEADER, CLAIMS, OTHER),
            KeysUnavailable,
        )
        .also(DOMAIN, 503, ""),
    );
    cases.push(
        refused_unasked(
            "set_missing_for_a_token_that_needs_none",
            "nonsense",
            authress::TokenVerificationReason::Malformed,
        )
        .also(DOMAIN, 503, ""),
    );
    cases
}
