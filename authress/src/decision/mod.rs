//! Decisions: what the service said to a question, how it is known, and the cache of such answers. Calls themselves are in `client` and `pipeline`.
//!
//! A question is answered in this order: a decision that is kept (`cache`), somebody's call for the same question that is under way (`flights`), a
//! call, and, where the user has asked for that trade, an older decision (`ask`).

mod ask;
mod batch;
mod cache;
mod cache_control;
mod caller;
mod entry;
mod event;
mod flights;
mod key;
mod resource;
mod settings;
mod versions;
mod writes;

use std::time::Duration;

pub(crate) use self::ask::{Answer, ask, known};
pub use self::batch::{
    AuthorizeAll, AuthorizeAny, CheckMany, Checks, FilterAuthorized, FilterAuthorizedStream, Filtered, Question,
};
pub use self::cache::DecisionCache;
pub(crate) use self::caller::{Caller, TokenCaller};
pub use self::event::{AccessChange, AccessChangeOperation, AccessChanged, AccessChangedTrigger};
pub use self::settings::DecisionCacheBuilder;
pub(crate) use self::writes::Write;

/// The service's answer to an authorization check, and how it is known.
///
/// ```
/// use authress::{AuthressClient, DecisionSource};
/// # use authress_local::AuthressLocal;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let local = AuthressLocal::start().await?;
/// # local.grant("user-1", "documents/*", ["read"]);
/// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
/// let decision = client.check_user("user-1", "documents/42", "read").await?;
/// assert!(decision.allowed);
/// match decision.source {
///     DecisionSource::Cached { age } | DecisionSource::Stale { age } => println!("as of {age:?} ago"),
///     _ => println!("as of now"),
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "whoever does not look at it allows everything"]
#[non_exhaustive]
pub struct Decision {
    /// Whether the user may do what was asked for.
    pub allowed: bool,
    /// How it is known.
    pub source: DecisionSource,
}

/// How a [`Decision`] is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecisionSource {
    /// The service was asked for it, by this call or by one for the same question that was under way.
    Live,
    /// The service was asked for it a short time ago, and it has not outlived its life in the [`DecisionCache`].
    Cached {
        /// How long ago the service was asked.
        age: Duration,
    },
    /// It has outlived its life, and the service could not be asked, or not in time: see [`DecisionCacheBuilder::stale_if_unavailable`] and
    /// [`DecisionCacheBuilder::stale_if_slow`].
    Stale {
        /// How long ago the service was asked.
        age: Duration,
    },
}

impl DecisionSource {
    /// Its name in spans and metrics: `live`, `cached` or `stale`.
    ///
    /// ```
    /// assert_eq!(authress::DecisionSource::Live.as_str(), "live");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Cached { .. } => "cached",
            Self::Stale { .. } => "stale",
        }
    }

    /// How long ago the service was asked; nothing for a live decision.
    ///
    /// ```
    /// assert_eq!(authress::DecisionSource::Live.age(), None);
    /// ```
    pub fn age(self) -> Option<Duration> {
        match self {
            Self::Live => None,
            Self::Cached { age } | Self::Stale { age } => Some(age),
        }
    }
}
