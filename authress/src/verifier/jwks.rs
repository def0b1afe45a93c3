//! A set of public keys (RFC 7517): which keys of it can verify a token, and how many are kept. Where sets come from is in
//! `fetch`, how long they live in `key_age`, for how many issuers in `keys`.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::signature::{ED25519, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::aws_lc;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::de::Error as _;
use serde_json::{Error, Map, Value};

use super::algorithm::SigningAlgorithm;
use super::ed25519;
use crate::json::{self, parts};
use crate::rsa;

/// Most keys that are kept of one set. A service client has five at most.
const MAX_KEYS: usize = 128;
/// The RSA exponents that are taken: 65,537 at least (FIPS 186-5 section 5.1); those of more than 32 bits cost time and are not in use.
const RSA_EXPONENTS: RangeInclusive<u32> = 65_537..=u32::MAX;

/// The keys of one issuer by key id.
#[derive(Default)]
pub(super) struct KeySet {
    keys: HashMap<String, Arc<Key>>,
    /// The ids of keys that are in the set and cannot be used.
    unusable: HashSet<String>,
    /// Whether something in the set has not even an id.
    has_nameless: bool,
}

/// A public key, and the one algorithm that it is for.
pub(super) struct Key {
    algorithm: SigningAlgorithm,
    verifying: Verifying,
    /// The key as it stands in the set, to know it again in the next one.
    material: Vec<u8>,
    /// Until when the key is known to be published, in seconds since the Unix epoch; zero when it has gone.
    fresh_until: AtomicU64,
}

enum Verifying {
    /// Parsed once: that is a tenth of the work of a verification.
    Ed25519(ParsedPublicKey),
    Rsa(DecodingKey),
}

impl KeySet {
    /// Reads the JSON of a set. A key that cannot be used is left out and spoils nothing else.
    pub(super) fn parse(json: &[u8]) -> Result<Self, Error> {
        let members = parts::members(json)?;
        let keys = members.get("keys").ok_or_else(|| Error::missing_field("keys"))?;
        let mut set = Self::default();
        // One by one, since some of what one key may hold, a number that is too large for instance, would spoil the whole.
        for jwk in parts::elements(keys)? {
            if set.keys.len() == MAX_KEYS {
                break;
            }
            let jwk = json::object(jwk.as_bytes());
            let key_id = jwk.as_ref().and_then(|jwk| jwk.get("kid")?.as_str());
            match (jwk.as_ref().and_then(Key::from_jwk), key_id) {
                (Some((key_id, key)), _) => {
                    set.keys.entry(key_id).or_insert_with(|| Arc::new(key));
                }
                (None, Some(key_id)) => {
                    set.unusable.insert(key_id.to_owned());
                }
                (None, None) => set.has_nameless = true,
            }
        }
        Ok(set)
    }

    pub(super) fn get(&self, key_id: &str) -> Option<Arc<Key>> {
        self.keys.get(key_id).map(Arc::clone)
    }

    /// Whether `key` is one of the set's, the very object.
    pub(super) fn holds(&self, key: &Arc<Key>) -> bool {
        self.keys.values().any(|known| Arc::ptr_eq(known, key))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whether it is what damage would make of `former`: nothing in it can be used, and one of the former keys is still in it, or may be. A set of
    /// other keys that are of no use here says that the former ones have gone.
    pub(super) fn is_damaged(&self, former: &Self) -> bool {
        let may_be_there = |key_id| self.has_nameless || self.unusable.contains(key_id);
        self.is_empty() && former.keys.keys().any(may_be_there)
    }

    /// Frees what only a decision about the whole set has need of.
    pub(super) fn forget_unusable(&mut self) {
        self.unusable = HashSet::new();
    }

    pub(super) fn key_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.keys.keys().cloned().collect();
        ids.sort();
        ids
    }

    /// Takes the place of `former`: keys that are still published stay the same objects, and those that have gone know it.
    pub(super) fn follow(&mut self, former: &Self) {
        for (key_id, known) in &former.keys {
            match self.keys.get_mut(key_id) {
                Some(key) if key.is_same(known) => *key = Arc::clone(known),
                _ => known.set_fresh_until(0),
            }
        }
    }

    pub(super) fn set_fresh_until(&self, time: u64) {
        for key in self.keys.values() {
            key.set_fresh_until(time);
        }
    }
}

impl Key {
    /// The key of a JWK, when it is a public key that is meant for verifying signatures, and one that can be trusted to.
    fn from_jwk(jwk: &Map<String, Value>) -> Option<(String, Self)> {
        let member = |name| jwk.get(name);
        let text = |name| member(name).and_then(Value::as_str);
        let bytes = |name| text(name).and_then(|value| URL_SAFE_NO_PAD.decode(value).ok());
        // `use` and `key_ops` are optional; present, they must allow it (RFC 7517 sections 4.2 and 4.3).
        if member("use").is_some_and(|usage| usage != "sig") {
            return None;
        }
        if let Some(operations) = member("key_ops")
            && !operations.as_array()?.iter().any(|operation| operation == "verify")
        {
            return None;
        }
        let key_id = text("kid").filter(|key_id| !key_id.is_empty())?;
        let named = match member("alg") {
            None => None,
            Some(name) => Some(SigningAlgorithm::of(name.as_str()?)?),
        };
        let key = match text("kty")? {
            "OKP" if text("crv")? == "Ed25519" => Self::ed25519(named, bytes("x")?)?,
            "RSA" => Self::rsa(named, &bytes("n")?, &bytes("e")?)?,
            _ => return None,
        };
        Some((key_id.to_owned(), key))
    }

    /// An Ed25519 key (RFC 8037 section 2). Without `alg` the curve alone says it: Ed25519 has one algorithm.
    fn ed25519(named: Option<SigningAlgorithm>, x: Vec<u8>) -> Option<Self> {
        if named.is_some_and(|named| named != SigningAlgorithm::EdDSA) || !ed25519::is_sound(&x) {
            return None;
        }
        let key = ParsedPublicKey::new(&ED25519, &x).ok()?;
        Some(Self::new(SigningAlgorithm::EdDSA, Verifying::Ed25519(key), x))
    }

    /// An RSA key (RFC 7518 section 6.3.1). Without `alg` it is for RS256 alone: the token must not choose.
    fn rsa(named: Option<SigningAlgorithm>, n: &[u8], e: &[u8]) -> Option<Self> {
        let algorithm = named.unwrap_or(SigningAlgorithm::RS256);
        if algorithm == SigningAlgorithm::EdDSA || !is_sound_rsa(n, e) {
            return None;
        }
        let key = DecodingKey::from_rsa_raw_components(n, e);
        let material = [n, b"|", e].concat();
        Some(Self::new(algorithm, Verifying::Rsa(key), material))
    }

    fn new(algorithm: SigningAlgorithm, verifying: Verifying, material: Vec<u8>) -> Self {
        Self {
            algorithm,
            verifying,
            material,
            fresh_until: AtomicU64::new(0),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm && self.material == other.material
    }

    /// The algorithm that the key is for; the token's must be the same.
    pub(super) fn algorithm(&self) -> SigningAlgorithm {
        self.algorithm
    }

    /// Whether the key was published at `now` as far as is known: a set that has it was fetched a short time before.
    pub(super) fn is_fresh(&self, now: u64) -> bool {
        now < self.fresh_until.load(Ordering::Acquire)
    }

    fn set_fresh_until(&self, time: u64) {
        self.fresh_until.store(time, Ordering::Release);
    }

    /// Whether `signature` is this key's over `signing_input`.
    pub(super) fn verifies(&self, signing_input: &[u8], signature: &Vec<u8>) -> bool {
        match &self.verifying {
            Verifying::Ed25519(key) => key.verify_sig(signing_input, signature).is_ok(),
            Verifying::Rsa(key) => {
                let algorithm = match self.algorithm {
                    SigningAlgorithm::RS256 => Algorithm::RS256,
                    SigningAlgorithm::RS384 => Algorithm::RS384,
                    SigningAlgorithm::RS512 => Algorithm::RS512,
                    SigningAlgorithm::EdDSA => return false,
                };
                // The backend is named here. The process-wide default would panic in a program where another crate turns on a second backend.
                (aws_lc::DEFAULT_PROVIDER.verifier_factory)(&algorithm, key)
                    .is_ok_and(|verifier| verifier.verify(signing_input, signature).is_ok())
            }
        }
    }
}

/// Whether modulus and exponent can be those of an RSA key: sizes that are safe, both odd, neither with zeros before it (RFC 7518 section 2).
fn is_sound_rsa(n: &[u8], e: &[u8]) -> bool {
    let is_odd = |bytes: &[u8]| bytes.last().is_some_and(|last| last % 2 == 1);
    let Some(first) = n.first().filter(|first| **first != 0) else {
        return false;
    };
    let bits = n.len() * 8 - first.leading_zeros() as usize;
    // Too many bytes for one number are too large an exponent, or zeros before it.
    let exponent =
        (e.len() <= 4 && e.first() != Some(&0)).then(|| e.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)));
    rsa::BITS.contains(&bits)
        && is_odd(n)
        && is_odd(e)
        && exponent.is_some_and(|exponent| RSA_EXPONENTS.contains(&exponent))
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key")
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for KeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;
    use jsonwebtoken::EncodingKey;
    use serde_json::json;

    use super::*;

    const X: &str = "Hsn8VVI7ygeUNlH8oYB0dkKn2mXUaprquNRHPsmAgXc";

    fn ids(keys: Value) -> Vec<String> {
        let set = KeySet::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap();
        let mut ids: Vec<String> = set.keys.into_keys().collect();
        ids.sort();
        ids
    }

    #[test]
    fn ed25519_keys_for_signatures_are_taken() {
        for jwk in [
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"alg":"EdDSA","use":"sig"}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"key_ops":["verify"],"ext":true}),
        ] {
            assert_eq!(ids(json!([jwk])), ["a"], "{jwk}");
        }
    }

    #[test]
    fn a_key_that_cannot_be_used_is_left_out_and_spoils_nothing_else() {
        let good = json!({"kid":"good","kty":"OKP","crv":"Ed25519","x":X,"alg":"EdDSA","use":"sig"});
        let long = format!("{X}AA");
        for bad in [
            json!(null),
            json!(1),
            json!([]),
            json!({}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"use":"enc"}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"use":null}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"key_ops":["sign"]}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"key_ops":[]}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"key_ops":"verify"}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"alg":"HS256"}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":X,"alg":7}),
            json!({"kid":"a","kty":"OKP","crv":"Ed448","x":X,"alg":"EdDSA"}),
            json!({"kid":"a","kty":"OKP","crv":"X25519","x":X}),
            json!({"kid":"a","kty":"oct","k":X,"alg":"HS256"}),
            json!({"kid":"a","kty":"EC","crv":"P-256","x":X,"y":X}),
            json!({"kid":"a","kty":"EC","crv":"Ed25519","x":X}),
            json!({"kid":"a","crv":"Ed25519","x":X}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":long}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":"AA"}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":format!("{X}=")}),
            json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":9}),
            json!({"kid":"","kty":"OKP","crv":"Ed25519","x":X}),
            json!({"kid":5,"kty":"OKP","crv":"Ed25519","x":X}),
            json!({"kty":"OKP","crv":"Ed25519","x":X}),
        ] {
            assert_eq!(ids(json!([bad, good])), ["good"], "{bad}");
        }
    }

    #[test]
    fn text_that_one_key_alone_makes_unreadable_spoils_nothing_else() {
        for odd in [r#"{"n":1e999}"#, r#"{"n":"\ud800"}"#, r#"{"kid":"good","kid":"good"}"#] {
            let text = format!(r#"{{"keys":[{odd},{{"kid":"good","kty":"OKP","crv":"Ed25519","x":"{X}"}}]}}"#);
            let set = KeySet::parse(text.as_bytes()).unwrap();
            assert!(set.get("good").is_some(), "{odd}");
        }
    }

    #[test]
    fn of_two_keys_with_one_id_the_first_counts() {
        let other = "1YN4ZhBla-pl-HXQRGC1GKxhUsvhQqvN2-w6haKKFOg";
        let key = |x: &str| json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":x});
        let private = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
        let private = EncodingKey::from_ed_der(&STANDARD.decode(private).unwrap());
        let signature = jsonwebtoken::crypto::sign(b"text", &private, Algorithm::EdDSA).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let verifies = |keys: Value| {
            let set = KeySet::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap();
            set.get("a").unwrap().verifies(b"text", &signature)
        };
        assert!(verifies(json!([key(X), key(other)])));
        assert!(!verifies(json!([key(other), key(X)])));
    }

    #[test]
    fn what_is_not_a_set_is_an_error() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"keys":{}}"#,
            r#"{"keys":null}"#,
            r#"{"keys":[],"keys":[]}"#,
            r#"{"keys":[],"a":1,"a":1}"#,
            "<html>",
        ] {
            assert!(KeySet::parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(KeySet::parse(br#"{"keys":[]}"#).unwrap().is_empty());
    }

    #[test]
    fn the_number_of_keys_kept_is_bounded() {
        let keys: Vec<Value> = (0..1_000)
            .map(|n| json!({"kid":n.to_string(),"kty":"OKP","crv":"Ed25519","x":X}))
            .collect();
        assert_eq!(ids(json!(keys)).len(), MAX_KEYS);
    }

    #[test]
    fn a_key_that_is_published_anew_under_its_id_takes_the_place_of_the_former() {
        let other = "1YN4ZhBla-pl-HXQRGC1GKxhUsvhQqvN2-w6haKKFOg";
        let n = URL_SAFE_NO_PAD.encode([0xff; 256]);
        let ed25519 = |x: &str| json!({"kid":"a","kty":"OKP","crv":"Ed25519","x":x});
        let rsa = |alg: &str| json!({"kid":"a","kty":"RSA","n":n,"e":"AQAB","alg":alg});
        for (former, latter, is_same) in [
            (ed25519(X), ed25519(X), true),
            (ed25519(X), ed25519(other), false),
            // The same material for another algorithm is another key.
            (rsa("RS256"), rsa("RS512"), false),
        ] {
            let set = |key: &Value| KeySet::parse(json!({"keys":[key]}).to_string().as_bytes()).unwrap();
            let (former, mut latter) = (set(&former), set(&latter));
            former.set_fresh_until(1);
            let (known, published) = (former.get("a").unwrap(), latter.get("a").unwrap());
            latter.follow(&former);
            let expected = if is_same { &known } else { &published };
            assert!(Arc::ptr_eq(&latter.get("a").unwrap(), expected), "{published:?}");
            assert_eq!(known.is_fresh(0), is_same, "{published:?}");
        }
    }

    #[test]
    fn an_exponent_has_one_form_and_four_bytes_at_most() {
        let is_sound = |e: &[u8]| is_sound_rsa(&[0xff; 256], e);
        assert!(is_sound(&[1, 0, 1]) && is_sound(&[0xff; 4]));
        for e in [
            &[0, 1, 0, 1][..],
            &[0, 0, 1, 0, 1],
            &[1, 0, 1, 0, 1],
            &[1, 0, 0, 0, 1, 0, 1],
        ] {
            assert!(!is_sound(e), "{e:?}");
        }
    }
}
