//! What all who take part are given: where the server is, an access key, and tokens that are good and bad.

use authress::{AccessKey, ServiceClientTokenProvider, TokenOverrides};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Outcome;

pub(crate) const CLIENT: &str = "sc_orders";
const KEY_ID: &str = "k7Qd";
const PRIVATE: &str = "MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";

#[derive(Deserialize, Serialize)]
pub(crate) struct Setting {
    pub(crate) url: String,
    pub(crate) access_key: String,
    /// Whose the token is.
    pub(crate) subject: String,
    pub(crate) token: String,
    /// The same token with the signature of another one.
    pub(crate) forged: String,
}

impl Setting {
    /// What holds for the server at this URL.
    pub(crate) async fn at(url: String) -> Outcome<Self> {
        let access_key = format!("{CLIENT}.{KEY_ID}.acc_demo.{PRIVATE}");
        let provider = ServiceClientTokenProvider::builder(access_key.parse::<AccessKey>()?).domain(&url);
        let provider = provider.build()?;
        // As long as the token of a user.
        let claims = TokenOverrides::new()
            .claim("scope", "openid profile email offline_access")
            .claim("tenant", "tenant-00000000-0000-0000-0000-000000000000")
            .claim("email", "somebody.with.a.long.name@example.com")
            .claim("session", "00000000-0000-0000-0000-000000000000/00000000-0000");
        let token = provider.token_with(&claims).await?;
        let other = provider
            .token_with(&claims.claim("email", "somebody@example.com"))
            .await?;
        let (content, _) = token.expose().rsplit_once('.').ok_or("a token has a signature")?;
        let (_, signature) = other.expose().rsplit_once('.').ok_or("a token has a signature")?;
        Ok(Self {
            forged: format!("{content}.{signature}"),
            token: token.expose().to_owned(),
            subject: CLIENT.to_owned(),
            access_key,
            url,
        })
    }
}

pub(crate) fn key_pair() -> Outcome<Ed25519KeyPair> {
    Ok(Ed25519KeyPair::from_pkcs8(&STANDARD.decode(PRIVATE)?)?)
}

/// The public key of the access key, as the service publishes it.
pub(crate) fn jwks() -> Outcome<String> {
    let public = URL_SAFE_NO_PAD.encode(key_pair()?.public_key().as_ref());
    let key = json!({"kid": KEY_ID, "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "x": public});
    Ok(json!({"keys": [key]}).to_string())
}
