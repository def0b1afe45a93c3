//! The libraries below this SDK by themselves, called as one writes it by hand.

use std::time::{Duration, SystemTime};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, ParsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use reqwest::redirect::Policy;
use tokio::task::JoinSet;

use crate::Outcome;
use crate::sdk::{CALLERS, Sdk};
use crate::setting::{self, Setting};
use crate::spent::{self, Spent};

const PATH: &str = "/v1/users/user-1/resources/documents%2F42/permissions/read";

pub(crate) struct Bare {
    pair: Ed25519KeyPair,
    public: ParsedPublicKey,
    content: Vec<u8>,
    signature: Vec<u8>,
    caller: Caller,
}

/// Sends the same request as the SDK.
#[derive(Clone)]
struct Caller {
    http: reqwest::Client,
    url: String,
    authorization: String,
}

impl Bare {
    pub(crate) async fn new(setting: &Setting, sdk: &Sdk) -> Outcome<Self> {
        let pair = setting::key_pair()?;
        let (content, signature) = setting.token.rsplit_once('.').ok_or("a token has a signature")?;
        let token = sdk.client_token().await?;
        Ok(Self {
            public: ParsedPublicKey::new(&ED25519, pair.public_key().as_ref())?,
            pair,
            content: content.as_bytes().to_owned(),
            signature: URL_SAFE_NO_PAD.decode(signature)?,
            caller: Caller {
                http: client()?,
                url: setting.url.clone(),
                authorization: format!("Bearer {}", token.expose()),
            },
        })
    }

    pub(crate) async fn spend(&self, work: &str, times: usize) -> Outcome<Spent> {
        match work {
            "verify" => {
                spent::whole(times, async || {
                    Ok(self.public.verify_sig(&self.content, &self.signature)?)
                })
                .await
            }
            "cached" => spent::whole(times, async || Ok(SystemTime::now())).await,
            "made" => spent::whole(times, async || Ok(self.pair.sign(&self.content))).await,
            "check" => spent::each(times, async || Ok(self.caller.ask().await?)).await,
            "at_once" => spent::all(self.ask_at_once(times)).await,
            _ => Err(format!("there is no bare work named {work}").into()),
        }
    }

    async fn ask_at_once(&self, times: usize) -> Outcome<()> {
        let mut callers = JoinSet::new();
        for _ in 0..CALLERS {
            let caller = self.caller.clone();
            callers.spawn(async move {
                for _ in 0..times {
                    caller.ask().await?;
                }
                Ok::<(), reqwest::Error>(())
            });
        }
        while let Some(caller) = callers.join_next().await {
            caller??;
        }
        Ok(())
    }
}

impl Caller {
    async fn ask(&self) -> reqwest::Result<()> {
        let request = self.http.get(format!("{}{PATH}", self.url));
        let request = request
            .header(ACCEPT, "application/links+json, application/json")
            .header(USER_AGENT, concat!("Authress SDK; Rust; ", env!("CARGO_PKG_VERSION")))
            .header(AUTHORIZATION, &self.authorization);
        request.send().await?.error_for_status()?.bytes().await.map(drop)
    }
}

/// What a process does that lives for one request.
pub(crate) async fn decide(url: &str) -> Outcome<()> {
    let answer = client()?.get(format!("{url}{PATH}")).send().await?;
    Ok(answer.error_for_status().map(drop)?)
}

/// `reqwest` as it comes, but for the limits of time and redirects that this SDK has.
fn client() -> reqwest::Result<reqwest::Client> {
    let builder = reqwest::Client::builder().no_proxy().redirect(Policy::none());
    builder
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .build()
}
