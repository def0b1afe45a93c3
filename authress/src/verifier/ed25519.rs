//! Which 32 bytes are taken for an Ed25519 public key.
//!
//! With a key of small order a signature can be made for any message without a private key, and a key that is written in another than its one form
//! has two identities. Not every library refuses them (RFC 8032 section 5.1.3 demands the one form).

/// The length of a public key, in bytes (RFC 8032 section 5.1.5).
pub(super) const LENGTH: usize = 32;

/// The prime of the field, 2^255 - 19, from the least significant byte on.
const P: [u8; LENGTH] = {
    let mut p = [0xff; LENGTH];
    p[0] = 0xed;
    p[LENGTH - 1] = 0x7f;
    p
};

/// The y coordinates of the eight points of small order: those of order 1, 2 and 4, and the two of order 8.
const SMALL_ORDER: [[u8; LENGTH]; 5] = [
    small(1),
    {
        let mut minus_one = P;
        minus_one[0] = 0xec;
        minus_one
    },
    small(0),
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20,
        0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf,
        0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
];

const fn small(value: u8) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    bytes[0] = value;
    bytes
}

/// Whether `key` is a public key in its one form, and not one of small order.
pub(super) fn is_sound(key: &[u8]) -> bool {
    let Ok(mut y) = <[u8; LENGTH]>::try_from(key) else {
        return false;
    };
    // The highest bit is the sign of x.
    if let Some(last) = y.last_mut() {
        *last &= 0x7f;
    }
    let is_canonical = y.iter().rev().lt(P.iter().rev());
    is_canonical && !SMALL_ORDER.contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `bytes` with another least significant byte, and with the sign of x set.
    fn changed(mut bytes: [u8; LENGTH], first: u8, sign: bool) -> [u8; LENGTH] {
        bytes[0] = first;
        bytes[LENGTH - 1] |= if sign { 0x80 } else { 0 };
        bytes
    }

    #[test]
    fn points_of_small_order_are_refused_with_either_sign() {
        for y in SMALL_ORDER {
            for sign in [false, true] {
                assert!(!is_sound(&changed(y, y[0], sign)), "{y:?} {sign}");
            }
        }
    }

    #[test]
    fn what_is_not_below_the_prime_is_refused() {
        for first in 0xed..=0xff {
            for sign in [false, true] {
                assert!(!is_sound(&changed(P, first, sign)), "{first} {sign}");
            }
        }
        assert!(is_sound(&changed(P, 0xeb, false)) && is_sound(&changed(P, 0xeb, true)));
        assert!(is_sound(&small(2)) && is_sound(&small(9)));
    }

    #[test]
    fn another_length_is_refused() {
        for length in [0, 31, 33, 44, 64] {
            assert!(!is_sound(&vec![2; length]), "{length}");
        }
    }
}
