//! Points and signatures of Ed25519 that only arithmetic can make (RFC 8032 section 5.1). Numbers are 32 bytes, little-endian, as the curve has them.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA512, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::KeyPair;
use crate::tokens::{HEADER, changed, encode_bytes, input, signed};

type Number = [u8; 32];

/// The order of the base point: 2^252 and 27742317777372353535851937790883648493 more.
pub(crate) const L: Number = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];
/// The neutral element: x = 0, y = 1.
pub(crate) const IDENTITY: Number = padded(0x01, 0x00, 0x00);
/// The neutral element as y = p + 1, which is not canonical.
pub(crate) const IDENTITY_UNREDUCED: Number = padded(0xee, 0xff, 0x7f);

/// Every spelling of the eight points whose order is small.
pub(crate) const SMALL_ORDER: [(&str, Number); 14] = [
    ("small_order_identity", IDENTITY),
    ("small_order_identity_with_sign", padded(0x01, 0x00, 0x80)),
    ("small_order_identity_unreduced", IDENTITY_UNREDUCED),
    ("small_order_identity_unreduced_with_sign", padded(0xee, 0xff, 0xff)),
    ("small_order_two", padded(0xec, 0xff, 0x7f)),
    ("small_order_two_with_sign", padded(0xec, 0xff, 0xff)),
    ("small_order_four", padded(0x00, 0x00, 0x00)),
    ("small_order_four_negative", padded(0x00, 0x00, 0x80)),
    ("small_order_four_unreduced", padded(0xed, 0xff, 0x7f)),
    ("small_order_four_unreduced_negative", padded(0xed, 0xff, 0xff)),
    ("small_order_eight_first", with_top(EIGHT_FIRST, 0x7a)),
    ("small_order_eight_first_negative", with_top(EIGHT_FIRST, 0xfa)),
    ("small_order_eight_second", with_top(EIGHT_SECOND, 0x05)),
    ("small_order_eight_second_negative", with_top(EIGHT_SECOND, 0x85)),
];
const EIGHT_FIRST: [u8; 31] = [
    0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53,
    0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03,
];
const EIGHT_SECOND: [u8; 31] = [
    0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac,
    0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc,
];

/// A number whose lowest byte is `lowest`, whose highest is `top`, and whose others are `fill`.
pub(crate) const fn padded(lowest: u8, fill: u8, top: u8) -> Number {
    let mut number = [fill; 32];
    number[0] = lowest;
    number[31] = top;
    number
}

const fn with_top(low: [u8; 31], top: u8) -> Number {
    let mut number = [top; 32];
    let mut at = 0;
    while at < low.len() {
        number[at] = low[at];
        at += 1;
    }
    number
}

/// A key that is made anew in each run.
pub(crate) static GENERATED: LazyLock<Ed25519KeyPair> = LazyLock::new(|| {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap()
});

/// The JWK of a public key of these bytes.
pub(crate) fn jwk_of(key_id: &str, x: &[u8]) -> Value {
    json!({"kid": key_id, "kty": "OKP", "crv": "Ed25519", "x": encode_bytes(x), "alg": "EdDSA", "use": "sig"})
}

/// The JWK of the generated key.
pub(crate) fn generated_jwk(key_id: &str) -> Value {
    jwk_of(key_id, GENERATED.public_key().as_ref())
}

/// The bytes of the public key of `key`.
pub(crate) fn public(key: KeyPair) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(key.x).unwrap()
}

/// `SubjectPublicKeyInfo` of the public key of `key` (RFC 8410 section 4).
pub(crate) fn spki(key: KeyPair) -> Vec<u8> {
    let mut der = vec![0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    der.extend(public(key));
    der
}

/// A token that nobody signed: its signature is the neutral element and zero, which holds for a key of small order whenever the digest is a
/// multiple of its order. Of many tokens the first that a library without further checks accepts, or the last.
pub(crate) fn forged_for(x: &Number) -> String {
    let signature = [IDENTITY, [0; 32]].concat();
    let attempt = |n: u32| input(HEADER, &changed(json!({"jti": n.to_string()})));
    let input = (0..200)
        .map(attempt)
        .find(|input| holds(x, input.as_bytes(), &signature))
        .unwrap_or_else(|| attempt(200));
    signed(&input, |_| signature)
}

/// Whether the library by itself accepts the signature.
pub(crate) fn holds(x: &[u8], input: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&ED25519, x).verify(input, signature).is_ok()
}

/// `signature` with L added to its number: a second spelling of the same number.
pub(crate) fn plus_order(signature: &[u8]) -> Vec<u8> {
    let (point, scalar) = signature.split_at(32);
    let (sum, _) = sum(&scalar.try_into().unwrap(), &L);
    [point, &sum].concat()
}

/// A signature of `key` over `input` whose point is the neutral element, written as `point`.
pub(crate) fn with_identity(key: KeyPair, input: &[u8], point: Number) -> Vec<u8> {
    let der = STANDARD.decode(key.private).unwrap();
    let mut secret: Number = digest(&SHA512, &der[16..]).as_ref()[..32].try_into().unwrap();
    secret[0] &= 0xf8;
    secret[31] = secret[31] & 0x7f | 0x40;
    let challenge = digest(&SHA512, &[&point, public(key).as_slice(), input].concat());
    let scalar = product(&reduced(challenge.as_ref()), &reduced(&secret));
    [point, scalar].concat()
}

/// The sum, and whether there is one more bit than it can hold.
fn sum(a: &Number, b: &Number) -> (Number, bool) {
    let mut carry = 0;
    let mut total = [0; 32];
    for ((place, a), b) in total.iter_mut().zip(a).zip(b) {
        let digit = u16::from(*a) + u16::from(*b) + carry;
        [*place, _] = digit.to_le_bytes();
        carry = digit >> 8;
    }
    (total, carry != 0)
}

/// The sum of two numbers below L, below L.
fn sum_below(a: &Number, b: &Number) -> Number {
    let (total, _) = sum(a, b);
    if total.iter().rev().lt(L.iter().rev()) {
        return total;
    }
    // Minus L is its complement and one more.
    let (total, _) = sum(&total, &L.map(|digit| !digit));
    sum(&total, &padded(1, 0, 0)).0
}

/// The bits of a number from the highest on.
fn bits(number: &[u8]) -> impl Iterator<Item = bool> {
    number
        .iter()
        .rev()
        .flat_map(|digit| (0..8).rev().map(move |bit| digit >> bit & 1 == 1))
}

/// What is left of a number of any length after division by L.
fn reduced(number: &[u8]) -> Number {
    bits(number).fold([0; 32], |total, bit| {
        let double = sum_below(&total, &total);
        if bit {
            sum_below(&double, &padded(1, 0, 0))
        } else {
            double
        }
    })
}

/// The product of two numbers below L, below L.
fn product(a: &Number, b: &Number) -> Number {
    bits(a).fold([0; 32], |total, bit| {
        let double = sum_below(&total, &total);
        if bit { sum_below(&double, b) } else { double }
    })
}
