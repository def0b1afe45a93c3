//! What stands in the tokens of a service client, and how they are signed. When one is made is decided in `service_client`.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::Value;

use super::overrides::{Members, TokenOverrides};
use crate::access_key::PrivateKey;
use crate::origin::host;
use crate::{BaseUrl, Error, Secret, ServiceClientKey, Signer, encoding};

/// How long a token is valid, in seconds.
pub(super) const LIFE: u64 = 86_400;
/// The type of an access token (RFC 9068 section 2.1).
const TYPE: &str = "at+jwt";
/// Room for a signature in base64: 86 bytes of Ed25519, 342 of RSA with 2048 bits.
const SIGNATURE_ROOM: usize = 344;

/// Writes and signs the tokens of one service client.
pub(crate) struct Minter {
    key: ServiceClientKey,
    issuer: String,
    signing: Signing,
    /// The header in base64url: the same in every token.
    header: String,
    /// The payload's JSON up to the times: the same in every token.
    claims_start: String,
}

/// Where the private key is.
pub(super) enum Signing {
    Here(PrivateKey),
    Elsewhere(Arc<dyn Signer>),
}

impl Minter {
    /// A minter for the service client of `key`. `domain` is where the account is reached.
    pub(super) fn new(key: ServiceClientKey, signing: Signing, domain: Option<&BaseUrl>) -> Result<Self, Error> {
        let client = encoding::segment(key.client_id());
        let mut minter = Self {
            issuer: format!("{}/v1/clients/{client}", issuer_base(&key, domain)),
            key,
            signing,
            header: String::new(),
            claims_start: String::new(),
        };
        minter.header = encoded(&minter.header_members(TYPE))?;
        let claims = serde_json::to_string(&Members::new(minter.lasting_claims()));
        // Without the brace at its end.
        minter.claims_start = claims.map_err(Error::token)?;
        minter.claims_start.pop();
        Ok(minter)
    }

    pub(crate) fn key(&self) -> &ServiceClientKey {
        &self.key
    }

    pub(super) fn signing(&self) -> &Signing {
        &self.signing
    }

    /// Whom the tokens are meant for.
    pub(crate) fn audience(&self) -> String {
        format!("{}.accounts.authress.io", self.key.account_id())
    }

    /// Header and payload of a token that is made at `now`, in seconds since the Unix epoch.
    pub(super) fn signing_input(&self, now: u64) -> String {
        let expires_at = now.saturating_add(LIFE);
        let start = &self.claims_start;
        let claims = format!(r#"{start},"iat":{now},"exp":{expires_at},"scope":"openid"}}"#);
        let mut input = String::with_capacity(self.header.len() + claims.len() * 4 / 3 + 4 + SIGNATURE_ROOM);
        input.push_str(&self.header);
        input.push('.');
        URL_SAFE_NO_PAD.encode_string(claims, &mut input);
        input
    }

    /// Header and payload of a token that is made at `now` with `overrides`.
    pub(super) fn signing_input_with(&self, now: u64, overrides: &TokenOverrides) -> Result<String, Error> {
        let header = overrides.headers(self.header_members(TYPE))?;
        let times = [
            ("iat", now.into()),
            ("exp", now.saturating_add(LIFE).into()),
            ("scope", "openid".into()),
        ];
        let claims = overrides.claims(Members::new(self.lasting_claims().into_iter().chain(times)));
        Ok(format!("{}.{}", encoded(&header)?, encoded(&claims)?))
    }

    /// Header and payload of another kind of token.
    pub(crate) fn signing_input_of(&self, typ: &str, claims: &impl Serialize) -> Result<String, Error> {
        Ok(format!("{}.{}", encoded(&self.header_members(typ))?, encoded(claims)?))
    }

    /// The claims that are the same in every token.
    fn lasting_claims(&self) -> [(&'static str, Value); 4] {
        [
            ("aud", self.audience().into()),
            ("iss", self.issuer.as_str().into()),
            ("sub", self.key.client_id().into()),
            ("client_id", self.key.client_id().into()),
        ]
    }

    fn header_members(&self, typ: &str) -> Members {
        let algorithm = match &self.signing {
            Signing::Here(key) => key.algorithm(),
            Signing::Elsewhere(_) => "EdDSA",
        };
        Members::new([
            ("alg", algorithm.into()),
            ("kid", self.key.key_id().into()),
            ("typ", typ.into()),
        ])
    }
}

/// The token of `signing_input`, signed with a key that is at hand.
pub(super) fn sign_here(key: &PrivateKey, signing_input: String) -> Result<Secret, Box<dyn StdError + Send + Sync>> {
    let signature = key.sign(signing_input.as_bytes())?;
    Ok(with_signature(signing_input, &signature))
}

/// The token of `signing_input`, signed by a signer elsewhere.
pub(super) async fn sign_elsewhere(
    signer: &dyn Signer,
    signing_input: String,
) -> Result<Secret, Box<dyn StdError + Send + Sync>> {
    let signature = signer.sign(signing_input.as_bytes()).await?;
    Ok(with_signature(signing_input, &signature))
}

fn with_signature(mut token: String, signature: &[u8]) -> Secret {
    // With room for all of it from here on: a text that grows would leave a copy of the token behind.
    token.reserve(1 + signature.len() * 4 / 3 + 4);
    token.push('.');
    URL_SAFE_NO_PAD.encode_string(signature, &mut token);
    Secret::from(token)
}

fn encoded(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_vec(value)
        .map(|json| URL_SAFE_NO_PAD.encode(json))
        .map_err(Error::token)
}

/// What the issuer of the client's tokens begins with: the custom domain, or, at one of the service's own hosts, the account's.
pub(crate) fn issuer_base(key: &ServiceClientKey, domain: Option<&BaseUrl>) -> String {
    match domain {
        Some(domain) if !is_of_the_service(host(domain)) => domain.to_string(),
        _ => format!("https://{}.api.authress.io", key.account_id()),
    }
}

/// Whether `host` is `authress.io` or under it, by whole labels: `notauthress.io` and `authress.io.example.com` are custom domains.
fn is_of_the_service(host: &str) -> bool {
    host == "authress.io" || host.ends_with(".authress.io")
}

impl fmt::Debug for Minter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Minter")
            .field("key", &self.key)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::AccessKey;

    #[derive(Deserialize)]
    struct Fixture {
        keys: Vec<Parts>,
        golden_tokens: Vec<Golden>,
        issuers: Vec<Issuer>,
    }

    #[derive(Deserialize)]
    struct Parts {
        #[serde(rename = "access_key")]
        whole: String,
        client_id: String,
        key_id: String,
        account_id: String,
    }

    #[derive(Deserialize)]
    struct Golden {
        access_key: String,
        custom_domain: Option<String>,
        now: u64,
        token: String,
    }

    #[derive(Deserialize)]
    struct Issuer {
        account_id: String,
        client_id: String,
        custom_domain: Option<String>,
        iss: String,
    }

    fn fixture() -> Fixture {
        serde_json::from_str(include_str!("../../tests/fixtures/tokens.json")).unwrap()
    }

    fn domain(text: Option<&str>) -> Option<BaseUrl> {
        text.filter(|text| !text.is_empty())
            .map(|text| BaseUrl::parse(text).unwrap())
    }

    fn signed(key: &AccessKey, signing_input: String) -> Secret {
        sign_here(key.private_key(), signing_input).unwrap()
    }

    fn minter(key: &AccessKey, domain: Option<&BaseUrl>) -> Minter {
        Minter::new(key.id().clone(), Signing::Here(key.private_key().clone()), domain).unwrap()
    }

    fn issuer(account_id: &str, client_id: &str, domain: Option<&BaseUrl>) -> String {
        let key = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
        let key: AccessKey = format!("{client_id}.k1.{account_id}.{key}").parse().unwrap();
        minter(&key, domain).issuer
    }

    #[test]
    fn the_parts_of_every_key_are_read() {
        let keys = fixture().keys;
        assert_eq!(keys.len(), 3);
        for key in keys {
            let read: AccessKey = key.whole.parse().unwrap();
            assert_eq!(read.client_id(), key.client_id);
            assert_eq!(read.key_id(), key.key_id);
            assert_eq!(read.account_id(), key.account_id);
        }
    }

    #[test]
    fn tokens_are_byte_for_byte_those_of_the_services_own_sdk() {
        let golden = fixture().golden_tokens;
        assert_eq!(golden.len(), 12);
        for golden in golden {
            let key: AccessKey = golden.access_key.parse().unwrap();
            let minter = minter(&key, domain(golden.custom_domain.as_deref()).as_ref());
            let token = signed(&key, minter.signing_input(golden.now));
            assert_eq!(token.expose(), golden.token, "{:?}", golden.custom_domain);
            // The two ways to write a token agree.
            let with = minter.signing_input_with(golden.now, &TokenOverrides::new()).unwrap();
            assert_eq!(signed(&key, with), token);
        }
    }

    #[test]
    fn the_issuer_is_that_of_the_services_own_sdk() {
        let issuers = fixture().issuers;
        assert_eq!(issuers.len(), 9);
        for case in issuers {
            let domain = domain(case.custom_domain.as_deref());
            let issuer = issuer(&case.account_id, &case.client_id, domain.as_ref());
            assert_eq!(issuer, case.iss, "{:?}", case.custom_domain);
        }
    }

    #[test]
    fn hosts_of_the_service_are_told_by_whole_labels() {
        for (written, expected) in [
            ("authress.io", "https://acc.api.authress.io"),
            ("https://AUTHRESS.io:443", "https://acc.api.authress.io"),
            ("https://login.authress.io:8443", "https://acc.api.authress.io"),
            ("notauthress.io", "https://notauthress.io"),
            ("authress.io.company.com", "https://authress.io.company.com"),
            ("https://company.com/authress.io", "https://company.com/authress.io"),
            ("http://[::1]:8888", "http://[::1]:8888"),
        ] {
            let issuer = issuer("acc", "c", domain(Some(written)).as_ref());
            assert_eq!(issuer, format!("{expected}/v1/clients/c"), "{written}");
        }
    }

    #[test]
    fn only_unreserved_characters_of_the_client_id_stay() {
        for (client_id, expected) in [
            ("a+b", "a%2Bb"),
            ("sc|one", "sc%7Cone"),
            ("a'(b)!*", "a%27%28b%29%21%2A"),
            ("ü~_-", "%C3%BC~_-"),
        ] {
            let issuer = issuer("acc", client_id, None);
            assert_eq!(issuer, format!("https://acc.api.authress.io/v1/clients/{expected}"));
        }
    }
}
