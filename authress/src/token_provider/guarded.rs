//! What is demanded of a token provider that is not this crate's: an answer in time, and a token that may be handed on.

use std::sync::Arc;
use std::time::Duration;

use super::{TokenFuture, TokenProvider};
use crate::clock::within;
use crate::{Clock, Error, Secret, bearer_token, holds_access_key};

/// Longest time that a request waits for its token.
const TOKEN_LIMIT: Duration = Duration::from_secs(30);

/// Gives the tokens of another provider, without `Bearer ` before them.
pub(crate) struct Guarded {
    provider: Arc<dyn TokenProvider>,
    clock: Arc<dyn Clock>,
}

impl Guarded {
    pub(crate) fn new(provider: Arc<dyn TokenProvider>, clock: Arc<dyn Clock>) -> Self {
        Self { provider, clock }
    }
}

impl TokenProvider for Guarded {
    fn token(&self) -> TokenFuture<'_> {
        match self.provider.token().at_hand() {
            Ok(token) => TokenFuture::ready(token.and_then(checked)),
            Err(token) => TokenFuture::new(async {
                let token = within(&*self.clock, TOKEN_LIMIT, token).await;
                checked(token.unwrap_or_else(|| Err(Error::token_timeout("the token provider took too long")))?)
            }),
        }
    }
}

fn checked(token: Secret) -> Result<Secret, Error> {
    let text = bearer_token(token.expose());
    if holds_access_key(text) {
        return Err(Error::token(
            "the token provider gave an access key, which must never be sent to anybody",
        ));
    }
    Ok(if text.len() == token.expose().len() {
        token
    } else {
        Secret::from(text)
    })
}
