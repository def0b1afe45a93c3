//! Any bytes as a set of keys. Bytes that are one JSON value are also read as one key of a set that has a good one beside it.

#![no_main]

use authress::{TokenVerificationReason, TokenVerifier};
use authress_fuzz::{ACCOUNT, CLIENT, DOMAIN, NOW, Nobody, STRANGER, builder, plain, ready, signing_input};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

const MAX_KEYS: usize = 128;
/// How many keys of a set are tried.
const TRIED: usize = 4;

fuzz_target!(|data: &[u8]| {
    if let Some(verifier) = with_keys(data) {
        let ids = key_ids(&verifier);
        assert!(ids.len() <= MAX_KEYS);
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "sorted, and none twice");
        assert!(!ids.iter().any(String::is_empty));
        for id in ids.iter().take(TRIED) {
            nobody_is_accepted(&verifier, id);
        }
        nobody_is_accepted(&verifier, "k-stranger");
    }
    // Whatever it is, it spoils no key beside it.
    if str::from_utf8(data).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok()) {
        let good = ACCOUNT.jwk("k-good").to_string();
        let set = [&b"{\"keys\":["[..], data, b",", good.as_bytes(), b"]}"].concat();
        let verifier = with_keys(&set).expect("any JSON may stand in the list");
        let ids = key_ids(&verifier);
        assert!(ids.iter().any(|id| id == "k-good"));
        if let Some(id) = plain(data).and_then(|jwk| id_of_good(&jwk)) {
            assert!(ids.contains(&id), "{id} is left out");
        }
        nobody_is_accepted(&verifier, "k-good");
        let takes_the_name = serde_json::from_slice::<Value>(data).is_ok_and(|value| value["kid"] == "k-good");
        let verified = ready(verifier.verify(&ACCOUNT.token(&header("EdDSA", "k-good"), &claims())));
        assert!(verified.is_ok() || takes_the_name, "{verified:?}");
    }
});

/// The id of a key that certainly is one: RSA with the usual exponent, or Ed25519 with a point that is known to be good.
fn id_of_good(jwk: &Value) -> Option<String> {
    let members = jwk.as_object()?;
    let is_known = members.iter().all(|(name, value)| match &**name {
        "kid" | "kty" | "n" | "e" | "crv" | "x" => true,
        "use" => value == "sig",
        "key_ops" => value == &json!(["verify"]),
        "alg" => value == if jwk["kty"] == "RSA" { "RS256" } else { "EdDSA" },
        _ => false,
    });
    let is_rsa = || {
        let n = URL_SAFE_NO_PAD.decode(jwk["n"].as_str().unwrap_or_default());
        // Of 2048 to 4096 bits; the highest is set, and so is the lowest.
        let is_modulus = |n: Vec<u8>| (256..=512).contains(&n.len()) && n[0] >= 0x80 && n[n.len() - 1] % 2 == 1;
        jwk["e"] == "AQAB" && n.is_ok_and(is_modulus)
    };
    let is_good = match jwk["kty"].as_str()? {
        "RSA" => is_rsa(),
        "OKP" => jwk["crv"] == "Ed25519" && [&ACCOUNT, &CLIENT].iter().any(|pair| pair.jwk("")["x"] == jwk["x"]),
        _ => false,
    };
    let id = jwk["kid"].as_str().filter(|id| !id.is_empty())?;
    (is_known && is_good).then(|| id.to_owned())
}

fn with_keys(jwks: &[u8]) -> Option<TokenVerifier> {
    builder(&Nobody::default()).static_jwks(DOMAIN, jwks).build().ok()
}

fn key_ids(verifier: &TokenVerifier) -> Vec<String> {
    let keys = verifier.issuer_keys();
    assert_eq!(keys.len(), 1);
    keys[0].key_ids().to_vec()
}

fn header(algorithm: &str, key_id: &str) -> Vec<u8> {
    json!({"alg": algorithm, "kid": key_id}).to_string().into_bytes()
}

fn claims() -> Vec<u8> {
    json!({"iss": DOMAIN, "sub": "user-1", "exp": NOW + 60})
        .to_string()
        .into_bytes()
}

/// Whoever has the private key of none of the keys makes a token that says it is signed with `key_id`.
fn nobody_is_accepted(verifier: &TokenVerifier, key_id: &str) {
    for algorithm in ["EdDSA", "RS256", "RS384", "RS512", "HS256", "none"] {
        let header = header(algorithm, key_id);
        refused(verifier, &STRANGER.token(&header, &claims()));
        let input = signing_input(&header, &claims());
        for signature in forged(&input) {
            refused(verifier, &format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)));
        }
    }
}

fn refused(verifier: &TokenVerifier, token: &str) {
    let error = ready(verifier.verify(token)).expect_err("a token that no key of the set has signed is accepted");
    let reason = error.reason();
    assert!(
        matches!(
            reason,
            TokenVerificationReason::BadSignature
                | TokenVerificationReason::TooLarge
                | TokenVerificationReason::UnknownKey
                | TokenVerificationReason::UnsupportedAlgorithm
        ),
        "{reason}"
    );
}

/// Signatures that are good without a private key, with some keys that must not be taken.
fn forged(input: &str) -> Vec<Vec<u8>> {
    // With an Ed25519 key of small order, one of these is: R is each of the points of small order, and S is zero.
    let of_small_order = SMALL_ORDER.iter().map(|point| [&point[..], &[0; 32]].concat());
    // With an RSA key whose exponent is one: the padded hash itself (RFC 8017 section 9.2).
    let padded = |length: usize| {
        const SHA256_INFO: [u8; 19] = [
            0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
            0x20,
        ];
        let hash = digest(&SHA256, input.as_bytes());
        let filling = vec![0xff; length - 3 - SHA256_INFO.len() - hash.as_ref().len()];
        [&[0, 1][..], &filling, &[0], &SHA256_INFO, hash.as_ref()].concat()
    };
    of_small_order.chain([padded(256), padded(512)]).collect()
}

/// The points of small order, from the least significant byte on: those of order 1, 2 and 4, and the four of order 8.
const SMALL_ORDER: [[u8; 32]; 8] = {
    const fn point(mut all: [u8; 32], first: u8, last: u8) -> [u8; 32] {
        (all[0], all[31]) = (first, last);
        all
    }
    const ONE: [u8; 32] = [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20,
        0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ];
    const OTHER: [u8; 32] = [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf,
        0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ];
    [
        point([0; 32], 1, 0),
        point([0xff; 32], 0xec, 0x7f),
        [0; 32],
        point([0; 32], 0, 0x80),
        ONE,
        point(ONE, ONE[0], ONE[31] | 0x80),
        OTHER,
        point(OTHER, OTHER[0], OTHER[31] | 0x80),
    ]
};
