//! Where tokens come from that requests are authenticated with: the trait, and its simple implementations. Tokens that are made from an access key
//! are in `service_client`.

mod builder;
mod elsewhere;
mod guarded;
mod latest;
mod minter;
mod overrides;
mod service_client;
mod static_token;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub use self::builder::ServiceClientTokenProviderBuilder;
pub(crate) use self::guarded::Guarded;
pub(crate) use self::minter::issuer_base;
pub use self::overrides::TokenOverrides;
pub use self::service_client::ServiceClientTokenProvider;
pub use self::static_token::StaticToken;
use crate::{Error, Secret};

/// Gives the token that requests to the service are authenticated with.
///
/// [`ServiceClientTokenProvider`] makes tokens from an access key, [`StaticToken`] always gives the same, and a closure that returns a future gives
/// what it likes:
///
/// ```
/// use authress::{AuthressClient, Error, Secret};
///
/// let client = AuthressClient::builder("https://login.example.com")
///     .token_provider(|| async {
///         let token = std::fs::read_to_string("/run/token").map_err(Error::token)?;
///         Ok(Secret::from(token))
///     })
///     .build()?;
/// # Ok::<(), Error>(())
/// ```
///
/// It is asked with every request, so it should keep what it has. A request waits for it for 30 seconds at most.
pub trait TokenProvider: Send + Sync + 'static {
    /// The token to use now, with or without `Bearer ` before it.
    ///
    /// # Errors
    /// An [`Error`], by [`Error::token`] for instance, that fails the request for which the token was wanted. Nothing is sent then.
    ///
    /// # Cancel safety
    /// The future may be dropped at any time.
    fn token(&self) -> TokenFuture<'_>;
}

impl<F, O> TokenProvider for F
where
    F: Fn() -> O + Send + Sync + 'static,
    O: Future<Output = Result<Secret, Error>> + Send + 'static,
{
    fn token(&self) -> TokenFuture<'_> {
        TokenFuture::new(self())
    }
}

/// The future of [`TokenProvider::token`]: a token that is at hand, or one that is still to come.
///
/// ```
/// use authress::{Secret, TokenFuture, TokenProvider};
///
/// /// Has a token at hand, or waits for the first one.
/// struct Kept(Option<Secret>);
///
/// impl TokenProvider for Kept {
///     fn token(&self) -> TokenFuture<'_> {
///         match &self.0 {
///             Some(token) => TokenFuture::ready(Ok(token.clone())),
///             None => TokenFuture::new(async { Ok(Secret::from("eyJ.a.b")) }),
///         }
///     }
/// }
/// ```
pub struct TokenFuture<'a>(State<'a>);

enum State<'a> {
    /// Empty once it has been taken.
    AtHand(Option<Result<Secret, Error>>),
    ToCome(Pin<Box<dyn Future<Output = Result<Secret, Error>> + Send + 'a>>),
}

impl<'a> TokenFuture<'a> {
    /// A token that is at hand. It costs no allocation.
    pub fn ready(token: Result<Secret, Error>) -> Self {
        Self(State::AtHand(Some(token)))
    }

    /// A token that is still to come.
    pub fn new(token: impl Future<Output = Result<Secret, Error>> + Send + 'a) -> Self {
        Self(State::ToCome(Box::pin(token)))
    }

    /// The token, when it is at hand.
    pub(crate) fn at_hand(self) -> Result<Result<Secret, Error>, Self> {
        match self.0 {
            State::AtHand(Some(token)) => Ok(token),
            state => Err(Self(state)),
        }
    }
}

impl Future for TokenFuture<'_> {
    type Output = Result<Secret, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            // A future that is polled after its end never ends again.
            State::AtHand(token) => token.take().map_or(Poll::Pending, Poll::Ready),
            State::ToCome(token) => token.as_mut().poll(context),
        }
    }
}

impl fmt::Debug for TokenFuture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenFuture(..)")
    }
}

/// What a client says that was asked for a token and cannot have one.
pub(crate) fn no_access_key() -> Error {
    Error::invalid_argument("access_key", "the client was built without one")
}
