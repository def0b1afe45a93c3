//! This SDK, used as its documentation shows.

use authress::{AccessKey, AuthressClient, Secret, ServiceClientTokenProvider, TokenOverrides};
use tokio::task::JoinSet;

use crate::Outcome;
use crate::setting::Setting;
use crate::spent::{self, Spent};

pub(crate) const CALLERS: usize = 64;

pub(crate) struct Sdk {
    client: AuthressClient,
    url: String,
    access_key: String,
    token: String,
    overrides: TokenOverrides,
}

impl Sdk {
    pub(crate) fn new(setting: &Setting) -> Outcome<Self> {
        Ok(Self {
            client: client(&setting.url, &setting.access_key)?,
            url: setting.url.clone(),
            access_key: setting.access_key.clone(),
            token: setting.token.clone(),
            overrides: TokenOverrides::new(),
        })
    }

    /// Whose token this is, or nobody's if it is refused.
    pub(crate) async fn whose(&self, token: &str) -> Outcome<Option<String>> {
        match self.client.verify_token(token).await {
            Ok(identity) => Ok(Some(identity.user_id().to_owned())),
            Err(error) if error.is_token_invalid() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) async fn may(&self, permission: &str) -> Outcome<bool> {
        Ok(self.client.is_authorized("user-1", "documents/42", permission).await?)
    }

    pub(crate) async fn client_token(&self) -> Outcome<Secret> {
        Ok(self.client.client_token().await?)
    }

    /// A token by a provider that is made for it.
    pub(crate) async fn make_token(&self) -> Outcome<String> {
        let provider = ServiceClientTokenProvider::builder(self.access_key.parse::<AccessKey>()?).domain(&self.url);
        Ok(authress::TokenProvider::token(&provider.build()?)
            .await?
            .expose()
            .to_owned())
    }

    /// A token by the provider of the client, which is there already.
    async fn make_again(&self) -> Outcome<Secret> {
        Ok(self.client.client_token_with(&self.overrides).await?)
    }

    pub(crate) async fn spend(&self, work: &str, times: usize) -> Outcome<Spent> {
        match work {
            "verify" => spent::whole(times, async || Ok(self.client.verify_token(&self.token).await?)).await,
            "cached" => spent::whole(times, async || self.client_token().await).await,
            "made" => spent::whole(times, async || self.make_token().await).await,
            "made_again" => spent::whole(times, async || self.make_again().await).await,
            "check" => spent::each(times, async || ask(&self.client).await).await,
            "at_once" => spent::all(self.ask_at_once(times)).await,
            _ => Err(format!("there is no work named {work}").into()),
        }
    }

    async fn ask_at_once(&self, times: usize) -> Outcome<()> {
        let mut callers = JoinSet::new();
        for _ in 0..CALLERS {
            let client = self.client.clone();
            callers.spawn(async move {
                for _ in 0..times {
                    ask(&client).await.map_err(|error| error.to_string())?;
                }
                Ok::<(), String>(())
            });
        }
        while let Some(caller) = callers.join_next().await {
            caller??;
        }
        Ok(())
    }
}

/// What a process does that lives for one decision.
pub(crate) async fn decide(url: &str, access_key: &str) -> Outcome<bool> {
    let client = client(url, access_key)?;
    Ok(client.is_authorized("user-1", "documents/42", "read").await?)
}

fn client(url: &str, access_key: &str) -> Outcome<AuthressClient> {
    Ok(AuthressClient::builder(url).access_key(access_key).build()?)
}

async fn ask(client: &AuthressClient) -> Outcome<()> {
    let allowed = client.is_authorized("user-1", "documents/42", "read").await?;
    allowed
        .then_some(())
        .ok_or_else(|| "the server says yes to this".into())
}
