//! RSA keys and what is signed with them.

use std::sync::LazyLock;

use aws_lc_rs::digest;
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512,
    RsaEncoding, RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::tokens::{CLAIMS, encode_bytes, input, signed};

/// 65537 as a JWK has it.
pub(crate) const E: &str = "AQAB";
/// The header that the fixed signatures below are over, with the claims of every good token.
const FIXED_HEADER: &str = r#"{"alg":"RS256","kid":"k-account","typ":"at+jwt"}"#;
/// What stands before a SHA-256 digest in a signature (RFC 8017 section 9.2).
const SHA256_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
];

/// The key of the account.
pub(crate) static ACCOUNT: LazyLock<Rsa> = LazyLock::new(|| Rsa::generate(KeySize::Rsa2048));
/// The key of a stranger.
pub(crate) static STRANGER: LazyLock<Rsa> = LazyLock::new(|| Rsa::generate(KeySize::Rsa2048));
/// A longer key of the account.
pub(crate) static LONGER: LazyLock<Rsa> = LazyLock::new(|| Rsa::generate(KeySize::Rsa3072));

/// A key pair.
pub(crate) struct Rsa {
    pair: KeyPair,
    /// The modulus, big-endian.
    pub(crate) n: Vec<u8>,
}

impl Rsa {
    fn generate(size: KeySize) -> Self {
        let pair = KeyPair::generate(size).unwrap();
        // `RSAPublicKey` (RFC 8017 appendix A.1.1): two integers, the second of them always 65537, the first with a zero before it.
        let der = pair.public_key().as_ref();
        let integers = der.strip_suffix(&[0x02, 0x03, 0x01, 0x00, 0x01]).unwrap();
        let (start, n) = integers.split_at(integers.len() - size.len());
        assert_eq!(start.last(), Some(&0));
        let n = n.to_vec();
        Self { pair, n }
    }

    pub(crate) fn sign(&self, encoding: &'static dyn RsaEncoding, input: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(encoding, &SystemRandom::new(), input, &mut signature)
            .unwrap();
        signature
    }

    /// The public key as `SubjectPublicKeyInfo`.
    pub(crate) fn spki(&self) -> Vec<u8> {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().unwrap();
        der.as_ref().to_vec()
    }

    /// The JWK of the public key for `alg`.
    pub(crate) fn jwk(&self, key_id: &str, alg: &str) -> Value {
        let mut jwk = self.bare_jwk(key_id);
        jwk["alg"] = json!(alg);
        jwk["use"] = json!("sig");
        jwk
    }

    /// The JWK of the public key with nothing that is optional.
    pub(crate) fn bare_jwk(&self, key_id: &str) -> Value {
        jwk(key_id, &encode_bytes(&self.n), E)
    }

    /// A good token of the account whose header names `alg`.
    pub(crate) fn token(&self, alg: &str) -> String {
        self.token_with(alg, CLAIMS)
    }

    /// A token with these claims.
    pub(crate) fn token_with(&self, alg: &str, claims: &str) -> String {
        let encoding: &'static dyn RsaEncoding = match alg {
            "RS384" => &RSA_PKCS1_SHA384,
            "RS512" => &RSA_PKCS1_SHA512,
            _ => &RSA_PKCS1_SHA256,
        };
        signed(&input(&header(alg), claims), |input| self.sign(encoding, input))
    }

    /// The signature that holds for the exponent 1: the padded digest itself, which needs no private key.
    pub(crate) fn unencrypted(&self, input: &[u8]) -> Vec<u8> {
        let digest = digest::digest(&digest::SHA256, input);
        let padding = self.n.len() - 3 - SHA256_INFO.len() - digest.as_ref().len();
        [
            &[0, 1],
            vec![0xff; padding].as_slice(),
            &[0],
            &SHA256_INFO,
            digest.as_ref(),
        ]
        .concat()
    }
}

/// The header of a token of the account with `alg`.
pub(crate) fn header(alg: &str) -> String {
    FIXED_HEADER.replacen("RS256", alg, 1)
}

/// The JWK of a modulus and an exponent with nothing that is optional.
pub(crate) fn jwk(key_id: &str, n: &str, e: &str) -> Value {
    json!({"kid": key_id, "kty": "RSA", "n": n, "e": e})
}

/// A public key of another making, and its true signature over the header `RS256` and the claims of every good token.
pub(crate) struct Fixed {
    pub(crate) n: &'static str,
    pub(crate) e: &'static str,
    signature: &'static str,
}

impl Fixed {
    pub(crate) fn jwk(&self) -> Value {
        let mut jwk = jwk("k-account", self.n, self.e);
        jwk["alg"] = json!("RS256");
        jwk
    }

    /// The token; a library without limits accepts it.
    pub(crate) fn token(&self) -> String {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
        let (n, e) = (bytes(self.n), bytes(self.e));
        let input = input(FIXED_HEADER, CLAIMS);
        RsaPublicKeyComponents { n: &n, e: &e }
            .verify(
                &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
                input.as_bytes(),
                &bytes(self.signature),
            )
            .unwrap();
        format!("{input}.{}", self.signature)
    }
}

/// `der` in PEM.
pub(crate) fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = "-----BEGIN PUBLIC KEY-----\n".to_owned();
    for line in text.as_bytes().chunks(64) {
        pem.extend(line.iter().map(|byte| char::from(*byte)));
        pem.push('\n');
    }
    pem + "-----END PUBLIC KEY-----\n"
}

/// A key of 1024 bits.
pub(crate) const SHORT: Fixed = Fixed {
    n: "4K5u0ITvLXX4vznRUY6AVdMtVwAFFb8ZqeBUZ6lWrAf0xUN5Y5pcexIdAc1_X8G3TsJVzCwZ2s4pXTLZQoecG0olC-Qz5zmLqKP5x9RvyQspirMC7DNkRK9aPwBzNvQkVhibkYBEpoSkamO5s3JJzfEDkoNPUABC07W0pkUhyQM",
    e: E,
    signature: "a1aQKcyKkdzhJ9emiqjhZ_9s3Rir6_ziDW1dBqzSf7DnNYNDxMjrrjWe7bbz0R-_roAYNKcGViGnu4uY21boO6A9Akc8XKmb8FtIN-af-2DU7cte4hf8aeuCpN8ogQWh5KzPYU9xzLiki97NP_bCEMUbBZuOwXe9n3DHE49d0MA",
};

/// A key of 2047 bits, one less than the least; it has as many bytes as one of 2048.
pub(crate) const ALMOST_LONG_ENOUGH: Fixed = Fixed {
    n: "Z3NnJ_JLOPhHKKo42CvM4i8qIEnUinkeLvbReW8zByZX7WtQDIkCuOQ3yXh3f6eRLWa3nRjsIL7hBygxiD-6H50n5CsMWdU3izcKrMnKIQjoISQrk616xrXbJfUvqIyPvMStjr6NNRgb14cG_9updzWh47JLMGSfw7XvGb5EOjDIc-IQ1BqIEQDiwKhEUIUe3kz9Wb-5vRLT9hfRqrKz-_VPIDAT1pDslFjC_7TgUWe0_tb8z0WytNmCkpCaSSNXI8uyVP6vk8cgG1Erynxm3azhJUY7O899mwJUB-uTNAnqyQUV3o_R8gumrVyT7aELAWEiBeA7B5M5Dpjl92flww",
    e: E,
    signature: "I9wqU84Dinri8PbRKVsAp9T-yfkYj3xzM2TYI4B9gYikrC6i2BXyloCCzuksdnZCEsTEqO652NmHllaPfWEFIk6QIXB8_6rf16qV92nPldQ9Iqu7lFU9aTRdQXXV0xDdd-6U4bX_A8mYLKheKC44HWFO76OGWrFGent_cb4vTJOAGkJEL8XSyJ8DJ6eV_6esfxlaGLwIcS760NMUpy_42xTOCnLP3FJI3yaYAoWFMJRCTe6jGHYA-zSS2-MSm1hIkXGSOduWRhkyL4vEk7eP8FhbUhiK5uflsjoFE6XskwXrzyv6cgaFGqNYvW14MnkmvYPxA2yhtJumn4TAwA34JA",
};

/// A key of 2048 bits with the exponent 3.
pub(crate) const EXPONENT_THREE: Fixed = Fixed {
    n: "3iDh0Lo4NTXG69OZGdFXMdawwAx3EtznPghT9obgAXcIBgOTMNHlxPO73GD2aswBhuo8seYmEFimC8n9VUGcHInRFy1VsUG-496fD_tFLUlFzTTlme-yt3zBPYXqNO1TmFBrqpQlI5IyBnSl5uPbpvzPFFvRmdI14Du2SvL5xGWb27d-wQ9VRrBi3iUzQ-3SY6dRfaI3s7MJEfsx_NYdfhhIrdeB9S7o8ZFMLuakrIMxIKabyUJnFnmAEpLMD0t0cW0Dxark36ztmBiEXtaTrpxE0i6OAA2_tC4tlGALZzJpgXMkYkV2Z6CPgoe5EekFgEppNltXzBYNA8v9B3_N5w",
    e: "Aw",
    signature: "Av3dpOcyQUHqevEwOFZ1aMhdFnmq_P_0Icn33fPEdglxkO_4fmXJs2sRB7HumxeO9bOLk98nJqczn0XlvtC2pPpVgivyGIFAISytFGIeDpowRUUE4eHB6Dl1KPw4HgqPv8ghitr-noQdv-XNOZbNT0f-q0dNOVy-_JorgJi9ACMpRwNjhVsLcQUb5VcNuM7t1dC5p2JYcd5hsoMbmbDjszzdVMdVCl9BUTCfRQSO0I440qsKWL1gteP0eT5yZLeOGrdgfhQzO2sN7n4W7SONFc1HrxQ5_YGyQZgLN4qZVp4WfdJJFACxVPBIknO4vARltkf9hN7DTGJG1m_VoFT58Q",
};

/// A key of 2048 bits whose signature begins with a zero.
pub(crate) const LEADING_ZERO: Fixed = Fixed {
    n: "rGw3gNMj7-fd0GX6JDy1zPcVmWN4FpNV7jcQF0L0mLRBTUsAi_7mnpO3sR_fVfcm6ydakJL5YYWR79zeEdeltYS1MN4YkwFuXDEB3uHtcLsp8mm_qBt8nEopO2NtlPsKgA7FV3fYkqXpmOh25CP4HFRDp-uKluEXvrSa_zDjuHSTKaiEnnL2tiU-n02CZL-b-OCW8ll73AcRT8VFGHJjEXkVaF8EIO1zofC9M6UAcicNVtvdy5k2hPwVhGRsWo6yZfOmRhh3u3G2OKVco-4Nx0zGOJitmg1FyHHJsGr8DZWf1AWUUvR9hjjx64cFc1eMyncjquGVQ5K9bakJn_l3Qw",
    e: E,
    signature: "ANRGejxjy60CQnxKP5HaRJP_YEs4BpvN4QaSkz1VZTal9AyNa3AzHzou7oaHy1-TXYMegBrUhQXCp1BWPvZfdRmbFuly7FfLu3HB4SiDXO2r7VEHlvbZqCOi8OwfhaztNvlGcNxxljPvTOS-nDaT2hByDZX-fVcVNxmwFQprKh3-oQSl5hYgk0ZWRgO-aGM1Z6BWL2X9hceEbJ8hwd5CCoAz41ugdKKy8-sX3fm5SC1jMHrAItGngs1uBZoM-9zKd3y20g2QcOb_wTW7eImUhGOvni11HyXga8erKtWBPXcRD0gJlOaXM-rR_oQJUqeDSufcCz67R-W5absFzU4ESg",
};
