//! Proof key for code exchange (RFC 7636), with `S256` alone: who exchanges a code is who began the login.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::http::answer::Problem;

/// Checks a challenge and the method that it was made by (section 4.3).
///
/// Other servers take no method for `plain`, which protects nothing; the description of this API has `S256` then.
pub(super) fn check(place: &str, challenge: &str, method: Option<&str>) -> Result<(), Problem> {
    if method.is_some_and(|method| method != "S256") {
        let title = format!("request.{place}: only the method S256 is supported");
        return Err(Problem::invalid(title));
    }
    match URL_SAFE_NO_PAD.decode(challenge) {
        Ok(hash) if hash.len() == SHA256.output_len() => Ok(()),
        _ => {
            let title = format!("request.{place}: must be a SHA-256 hash as base64url without padding");
            Err(Problem::invalid(title))
        }
    }
}

/// The challenge that a verifier makes; none when its form is wrong (section 4.1).
pub(super) fn challenge_of(verifier: &str) -> Option<String> {
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let fits = (43..=128).contains(&verifier.len()) && verifier.bytes().all(is_unreserved);
    fits.then(|| URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())))
}

/// Whether `verifier` is what `challenge` was made of (section 4.6).
pub(super) fn proves(verifier: &str, challenge: &str) -> bool {
    challenge_of(verifier).is_some_and(|made| verify_slices_are_equal(made.as_bytes(), challenge.as_bytes()).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_rfc_is_proven() {
        assert!(proves(VERIFIER, CHALLENGE));
        for other in ["", CHALLENGE, &VERIFIER[1..], &VERIFIER.replace('d', "e")] {
            assert!(!proves(other, CHALLENGE), "{other}");
        }
        assert!(!proves(VERIFIER, VERIFIER));
    }

    #[test]
    fn a_verifier_has_43_to_128_unreserved_characters() {
        for (verifier, fits) in [
            ("a".repeat(42), false),
            ("a".repeat(43), true),
            ("~".repeat(128), true),
            ("a".repeat(129), false),
            ("+".repeat(43), false),
            ("ä".repeat(43), false),
        ] {
            assert_eq!(challenge_of(&verifier).is_some(), fits, "{verifier}");
        }
    }

    #[test]
    fn only_a_hash_by_s256_is_a_challenge() {
        for (challenge, method, fits) in [
            (CHALLENGE, Some("S256"), true),
            (CHALLENGE, None, true),
            (CHALLENGE, Some("plain"), false),
            (CHALLENGE, Some("s256"), false),
            (CHALLENGE, Some(""), false),
            ("", None, false),
            ("abc", None, false),
            (&CHALLENGE[1..], None, false),
            ("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM", None, false),
            ("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=", None, false),
        ] {
            assert_eq!(check("x", challenge, method).is_ok(), fits, "{challenge} {method:?}");
        }
    }
}
