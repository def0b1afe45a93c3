//! A token that somebody else made.

use super::{TokenFuture, TokenProvider};
use crate::verifier::shape::Claimed;
use crate::{Error, Secret, bearer_token};

/// Gives the same token always: one that somebody else made, for a short program or a test. When it has expired, calls fail with
/// [`is_unauthenticated`](Error::is_unauthenticated).
///
/// To act as the user whose token came with a request, use [`with_user_token`](crate::AuthressClient::with_user_token) instead.
///
/// ```
/// use authress::{AuthressClient, StaticToken};
///
/// let token = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhIn0.c2ln";
/// let client = AuthressClient::builder("https://login.example.com")
///     .token_provider(StaticToken::new(token)?)
///     .build()?;
/// # Ok::<(), authress::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct StaticToken(Secret);

impl StaticToken {
    /// A provider of `token`, which may have `Bearer ` before it. It is not verified: the service does that with each call.
    ///
    /// # Errors
    /// An [`Error`] that names `token` when it is not a JSON Web Token, or is an access key, which must never be sent.
    pub fn new(token: impl Into<Secret>) -> Result<Self, Error> {
        let token = token.into();
        let text = bearer_token(token.expose());
        Claimed::by(text).map_err(|e| Error::invalid_argument("token", e.to_string()))?;
        Ok(Self(Secret::from(text)))
    }
}

impl TokenProvider for StaticToken {
    fn token(&self) -> TokenFuture<'_> {
        TokenFuture::ready(Ok(self.0.clone()))
    }
}
