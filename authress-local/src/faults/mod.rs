//! Faults that tests put in: what a service does on its bad days, when and where the test says.

mod rule;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use authress_api::OPERATIONS;
use http::StatusCode;

pub(crate) use self::rule::{Effect, Outcome, Target};
use self::rule::{Kind, Rule, Scope};
use crate::Error;

/// Most rules at once; those that have had their time make room by themselves.
const MAX_RULES: usize = 1000;

/// The faults of a server: what it is to do wrong, and where.
///
/// A clone is the same set, cheaply. Faults of all kinds come together: a request waits for the sum of all latencies, and has the first other fault that
/// is still due for it. The page at `/_local` and `/health` have none.
///
/// ```
/// # use std::time::Duration;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let local = authress_local::AuthressLocal::start().await?;
///
/// // The next two checks fail, and whoever asks for a role gets no answer once.
/// local.faults().on("authorizeUser")?.status(503, 2)?;
/// local.faults().on("getRole")?.drop_connection(1);
///
/// // Everything is slow, and nobody gets keys, until this is over.
/// local.faults().latency(Duration::from_millis(200)).jwks_down();
/// local.faults().clear();
/// # Ok(()) }
/// ```
#[derive(Clone, Default)]
pub struct Faults {
    rules: Arc<Rules>,
    scope: Scope,
}

#[derive(Default)]
struct Rules {
    list: Mutex<Vec<Rule>>,
    /// Whether there are any, so that a server without faults takes no lock for them.
    any: AtomicBool,
}

impl Faults {
    /// No faults yet: for [`Builder::faults`](crate::Builder::faults), so that they are there from the first request on.
    pub fn new() -> Self {
        Self::default()
    }

    /// The faults of one operation, by its id in the description: `authorizeUser`.
    ///
    /// # Errors
    /// When no operation has this id.
    pub fn on(&self, operation_id: &str) -> Result<Self, Error> {
        let operation = OPERATIONS.iter().find(|operation| operation.id == operation_id);
        let operation = operation.ok_or_else(|| Error::new(format!("no operation has the id {operation_id}")))?;
        Ok(self.scoped(Scope::Operation(operation.id)))
    }

    /// Each request waits this long before anything is done with it, in addition to other latencies, until [`clear`](Self::clear).
    #[allow(clippy::return_self_not_must_use, reason = "the fault is in already")]
    pub fn latency(&self, latency: Duration) -> Self {
        self.add(Kind::Latency(latency), None)
    }

    /// The next `times` requests are answered with this status and an error body, and nothing is done.
    ///
    /// # Errors
    /// When `status` is no HTTP status of a final answer, from 200 to 599.
    pub fn status(&self, status: u16, times: u32) -> Result<Self, Error> {
        let valid = StatusCode::from_u16(status)
            .ok()
            .filter(|_| (200..600).contains(&status));
        let status = valid.ok_or_else(|| Error::new(format!("{status} is no HTTP status of a final answer")))?;
        Ok(self.add(Kind::Outcome(Outcome::Status(status)), Some(times)))
    }

    /// The connections of the next `times` requests are closed without an answer, and nothing is done.
    #[allow(clippy::return_self_not_must_use, reason = "the fault is in already")]
    pub fn drop_connection(&self, times: u32) -> Self {
        self.add(Kind::Outcome(Outcome::Drop), Some(times))
    }

    /// The next `times` requests that carry a token are answered 401, as if it had expired.
    #[allow(clippy::return_self_not_must_use, reason = "the fault is in already")]
    pub fn expired_tokens(&self, times: u32) -> Self {
        self.add(Kind::Outcome(Outcome::ExpiredToken), Some(times))
    }

    /// The keys (JWKS) of the account and of all clients are answered with 503 until [`clear`](Self::clear), wherever in the set this is called.
    #[allow(clippy::return_self_not_must_use, reason = "the fault is in already")]
    pub fn jwks_down(&self) -> Self {
        let keys = self.scoped(Scope::Keys);
        keys.add(Kind::Outcome(Outcome::Status(StatusCode::SERVICE_UNAVAILABLE)), None);
        self.clone()
    }

    /// Ends all faults, also those of single operations; called on those [`on`](Self::on) one operation, theirs alone.
    pub fn clear(&self) {
        let mut rules = self.rules.lock();
        match self.scope {
            Scope::All => rules.clear(),
            scope => rules.retain(|rule| rule.scope != scope),
        }
        self.rules.any.store(!rules.is_empty(), Ordering::Release);
    }

    fn scoped(&self, scope: Scope) -> Self {
        Self {
            rules: Arc::clone(&self.rules),
            scope,
        }
    }

    fn add(&self, kind: Kind, times: Option<u32>) -> Self {
        let mut rules = self.rules.lock();
        if rules.len() < MAX_RULES && times != Some(0) {
            rules.push(Rule {
                scope: self.scope,
                kind,
                left: times,
            });
            self.rules.any.store(true, Ordering::Release);
        }
        drop(rules);
        self.clone()
    }

    /// What is due for a request, which is counted.
    pub(crate) fn next(&self, target: Target, has_token: impl FnOnce() -> bool) -> Effect {
        if !self.rules.any.load(Ordering::Acquire) {
            return Effect::default();
        }
        let mut rules = self.rules.lock();
        let effect = rule::effect(&mut rules, target, has_token());
        self.rules.any.store(!rules.is_empty(), Ordering::Release);
        effect
    }
}

impl Rules {
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Rule>> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faults")
            .field("scope", &self.scope)
            .field("rules", &*self.rules.lock())
            .finish()
    }
}
