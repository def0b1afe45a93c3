//! Any text as an access key. Text that begins with a brace is put into base64 first, as the older form has it.

#![no_main]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use authress::{
    AccessKey, AccessKeyError, ServiceClientKey, ServiceClientTokenProvider, TokenProvider as _,
    TokenVerificationReason, holds_access_key,
};
use authress_fuzz::{DOMAIN, MAX_TOKEN_BYTES, Nobody, Stopped, assert_silent, builder, ready, runs, shown};
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use libfuzzer_sys::{Corpus, fuzz_target};
use serde_json::{Value, json};

fuzz_target!(|data: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(data) else {
        return Corpus::Reject;
    };
    let text = if text.starts_with('{') {
        STANDARD.encode(text)
    } else {
        text.to_owned()
    };
    let read = text.parse::<AccessKey>();
    assert_eq!(
        AccessKey::try_from(text.clone()).map(|key| format!("{key:?}")),
        read.as_ref().map(|key| format!("{key:?}")).map_err(Clone::clone)
    );
    match read {
        // It holds a number and nothing else.
        Err(AccessKeyError::PartCount(count)) => {
            assert!(!is_good(data), "one in the older form is refused");
            let found = text.trim().split('.').count();
            assert!(count == found && count != 4);
        }
        Err(error) => {
            assert!(!is_good(data) && !is_key(text.trim()), "{error}");
            let json = STANDARD.decode(text.trim()).unwrap_or_default();
            assert_silent(&shown(&error), &SENTENCES, &[text.as_bytes(), &json]);
        }
        Ok(key) => accepted(text.trim(), key),
    }
    Corpus::Keep
});

/// Whether it is one of the seeds that are access keys in the older form: what else is one is not said here.
fn is_good(data: &[u8]) -> bool {
    const GOOD: [&[u8]; 2] = [
        include_bytes!("../seeds/access_key/older_form"),
        include_bytes!("../seeds/access_key/older_form_other_order"),
    ];
    GOOD.contains(&data)
}

/// Whether a text certainly is an access key: three ids of letters and digits, and the private key as PKCS#8 (RFC 8410 section 7).
fn is_key(text: &str) -> bool {
    const BEFORE: [u8; 16] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ];
    let parts: Vec<&str> = text.split('.').collect();
    let [ids @ .., private_key] = &parts[..] else {
        return false;
    };
    let is_id = |id: &&str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        // A client's has 256 bytes at most.
        (1..=256).contains(&id.len()) && id.bytes().all(is_plain) && !holds_access_key(id)
    };
    let seed = STANDARD.decode(private_key).unwrap_or_default();
    ids.len() == 3 && ids.iter().all(is_id) && seed.strip_prefix(&BEFORE).is_some_and(|seed| seed.len() == 32)
}

/// Everything that a refusal can say.
static SENTENCES: LazyLock<BTreeSet<Vec<u8>>> = LazyLock::new(|| {
    let mut texts = vec![
        shown(&AccessKeyError::PrivateKeyNotBase64),
        shown(&AccessKeyError::PrivateKeyNotPkcs8),
        shown(&AccessKeyError::PrivateKeyNotEd25519),
        shown(&AccessKeyError::IsToken),
        shown(&AccessKeyError::IsWholeKey),
        shown(&AccessKeyError::LegacyNotJson),
        shown(&AccessKeyError::LegacyPrivateKey),
    ];
    for part in ["client id", "key id", "account id", "private key"] {
        texts.push(shown(&AccessKeyError::EmptyPart(part)));
        texts.push(shown(&AccessKeyError::InvalidPart(part)));
        texts.push(shown(&AccessKeyError::PartTooLong(part)));
    }
    for member in ["keyId", "clientId", "audience", "privateKey"] {
        texts.push(shown(&AccessKeyError::LegacyMember(member)));
    }
    runs(&texts)
});

fn accepted(text: &str, key: AccessKey) {
    // Nothing but the ids is shown: the text is exactly this.
    let id = ServiceClientKey::new(key.client_id(), key.key_id(), key.account_id())
        .expect("the ids of an access key are ids");
    assert_eq!(format!("{key:?}"), format!("AccessKey {{ id: {id:?}, .. }}"));
    let is_older_form = !text.contains('.');
    if !is_older_form {
        let ids = format!("{}.{}.{}.", key.client_id(), key.key_id(), key.account_id());
        assert!(text.starts_with(&ids), "the ids are those of the text");
    }
    assert!(
        holds_access_key(text),
        "an access key is known as one, so that it is never sent"
    );

    let jwk = public_key(text, &key);
    let provider = ServiceClientTokenProvider::builder(key.clone());
    let provider = provider
        .domain(DOMAIN)
        .clock(Stopped)
        .build()
        .expect("every access key makes tokens");
    assert!(
        !format!("{provider:?}").contains(text),
        "a provider does not show the key"
    );
    let token = ready(provider.token()).expect("every access key can sign");
    let token = token.expose();
    let payload = token.split('.').nth(1).unwrap_or_default();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();

    let network = Nobody::default();
    let verifier = builder(&network)
        .static_jwks(claims["iss"].as_str().unwrap(), json!({ "keys": [jwk] }).to_string())
        .build()
        .expect("the issuer of a token is one that is trusted");
    match ready(verifier.verify(token)) {
        Ok(identity) => {
            assert_eq!(identity.user_id(), key.client_id());
            assert_eq!(identity.service_client_id(), Some(key.client_id()));
            assert_eq!(claims["aud"], format!("{}.accounts.authress.io", key.account_id()));
        }
        Err(error) => {
            let is_too_long = error.reason() == TokenVerificationReason::TooLarge && token.len() > MAX_TOKEN_BYTES;
            assert!(is_too_long, "a token of an access key was refused: {error}");
        }
    }
    assert!(network.asked().is_empty(), "keys that were given are not fetched");
}

/// The public half of the key in `text`, read anew.
fn public_key(text: &str, key: &AccessKey) -> Value {
    if let Some((_, private_key)) = text.rsplit_once('.') {
        let pair = Ed25519KeyPair::from_pkcs8(&STANDARD.decode(private_key).unwrap()).unwrap();
        let x = URL_SAFE_NO_PAD.encode(pair.public_key());
        return json!({"kid": key.key_id(), "kty": "OKP", "crv": "Ed25519", "x": x});
    }
    let json: Value = serde_json::from_slice(&STANDARD.decode(text).unwrap()).unwrap();
    let pem: String = json["privateKey"].as_str().unwrap().to_owned();
    let (_, body) = pem.split_once("-----BEGIN PRIVATE KEY-----").unwrap();
    let (body, _) = body.split_once("-----END PRIVATE KEY-----").unwrap();
    let body: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let pair = RsaKeyPair::from_pkcs8(&STANDARD.decode(body).unwrap()).unwrap();
    let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let public = pair.public_key();
    let (n, e) = (public.modulus(), public.exponent());
    json!({
        "kid": key.key_id(), "kty": "RSA", "alg": "RS256",
        "n": number(n.big_endian_without_leading_zero()), "e": number(e.big_endian_without_leading_zero()),
    })
}
