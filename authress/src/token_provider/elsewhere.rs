//! How the next token is made when the private key lives elsewhere: once for all who want it, and without anybody waiting while one is valid.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use tokio::runtime::Handle;

use super::service_client::Inner;
use crate::flight::{Flight, Lead, carry};
use crate::{Error, Secret};

/// Longest time that is given to a signer elsewhere, and longest time that a caller waits for it.
pub(super) const SIGN_LIMIT: Duration = Duration::from_secs(10);
/// How long no replacement is tried after one in vain while the token at hand is still good, in seconds.
pub(super) const REPLACEMENT_PAUSE: u64 = 10;
/// How long nobody asks the signer after it failed and no token is at hand, in seconds.
pub(super) const FAILURE_PAUSE: u64 = 1;

/// What came of an attempt to make the next token. The token itself is kept before anybody hears of it.
pub(super) type Outcome = Result<(), Arc<SigningError>>;

/// What is known of the next token.
#[derive(Default)]
pub(super) struct Replacing {
    flight: Option<Flight<Outcome>>,
    failed: Option<(u64, Arc<SigningError>)>,
}

/// Why no token could be signed.
#[derive(Debug)]
pub(super) enum SigningError {
    Signer(Box<dyn StdError + Send + Sync>),
    TooLong,
    Abandoned,
}

/// What a caller is to do who has no valid token.
enum Plan {
    Use(Secret),
    Lead(Lead<Outcome>, Flight<Outcome>),
    Wait(Flight<Outcome>),
    Refuse(Arc<SigningError>),
}

impl Inner {
    /// Begins to replace the token at hand, unless somebody does already. Without a runtime it is replaced when it has expired.
    pub(super) fn replace_in_background(self: &Arc<Self>, now: u64) {
        let Ok(runtime) = Handle::try_current() else { return };
        let mut replacing = self.replacing.lock().unwrap_or_else(PoisonError::into_inner);
        replacing.notice_abandoned(now);
        // It may have been replaced since it was looked at.
        if self.fresh(now).is_some()
            || replacing.flight.as_ref().is_some_and(Flight::has_lead)
            || replacing.failed_within(REPLACEMENT_PAUSE, now).is_some()
        {
            return;
        }
        let (lead, _) = replacing.begin(now);
        runtime.spawn(Arc::clone(self).replace(lead, now));
    }

    /// The first token, or the first after the last one has expired: everybody waits for it.
    pub(super) async fn first(self: Arc<Self>) -> Result<Secret, Error> {
        let outcome = loop {
            let mut is_led_here = false;
            let flight = match self.plan() {
                Plan::Use(token) => break Ok(token),
                Plan::Refuse(error) => break Err(error),
                Plan::Lead(lead, flight) => {
                    is_led_here = true;
                    carry(Arc::clone(&self).replace(lead, self.now())).await;
                    flight
                }
                Plan::Wait(flight) => flight,
            };
            let too_long = || Err(Arc::new(SigningError::TooLong));
            match flight.landed(&*self.clock, SIGN_LIMIT, too_long).await {
                Some(Err(error)) => break Err(error),
                // One's own is not begun again: it would be given up again, by a runtime that ends or a signer that panics.
                None if is_led_here => break Err(self.abandoned()),
                // The token is at hand, and is looked at like any other: the machine may have slept since it was signed. Or whoever else led the
                // attempt has gone, and the next look decides who leads.
                _ => {}
            }
        };
        outcome.map_err(Error::token)
    }

    fn is_led_by(&self, lead: &Lead<Outcome>) -> bool {
        let replacing = self.replacing.lock().unwrap_or_else(PoisonError::into_inner);
        let flight = replacing.flight.as_ref();
        flight.is_some_and(|flight| flight.is_led_by(lead))
    }

    /// The attempt that was begun last was given up.
    fn abandoned(&self) -> Arc<SigningError> {
        let now = self.now();
        let mut replacing = self.replacing.lock().unwrap_or_else(PoisonError::into_inner);
        replacing.notice_abandoned(now);
        Arc::new(SigningError::Abandoned)
    }

    fn plan(&self) -> Plan {
        let now = self.now();
        let mut replacing = self.replacing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = self.valid(now) {
            return Plan::Use(token);
        }
        if let Some(flight) = replacing.under_way(now) {
            return Plan::Wait(flight);
        }
        if let Some(error) = replacing.failed_within(FAILURE_PAUSE, now) {
            return Plan::Refuse(error);
        }
        let (lead, flight) = replacing.begin(now);
        Plan::Lead(lead, flight)
    }

    /// Makes the next token, whose claims say `now`.
    async fn replace(self: Arc<Self>, lead: Lead<Outcome>, now: u64) {
        if !self.is_led_by(&lead) {
            // It gets its turn late, and another attempt has begun: whoever waits for this one looks again.
            return lead.land(Ok(()));
        }
        let signed = self.sign(self.minter.signing_input(now)).await;
        let ended_at = self.now();
        let mut replacing = self.replacing.lock().unwrap_or_else(PoisonError::into_inner);
        // Another one may have begun when this one took too long. What comes late may be older than what is at hand by now.
        let outcome = if replacing.flight.as_ref().is_some_and(|flight| flight.is_led_by(&lead)) {
            replacing.flight = None;
            match signed {
                Ok(token) => {
                    replacing.failed = None;
                    self.keep(token, now);
                    Ok(())
                }
                Err(error) => {
                    let error = Arc::new(error);
                    replacing.failed = Some((ended_at, Arc::clone(&error)));
                    Err(error)
                }
            }
        } else {
            signed.map(drop).map_err(Arc::new)
        };
        drop(replacing);
        match &outcome {
            Ok(()) => self.tell_made(),
            Err(error) => tracing::warn!(key_id = self.minter.key().key_id(), %error, "signing a token failed"),
        }
        lead.land(outcome);
    }
}

impl Replacing {
    fn begin(&mut self, now: u64) -> (Lead<Outcome>, Flight<Outcome>) {
        let (lead, flight) = Flight::begin(now);
        self.flight = Some(flight.clone());
        (lead, flight)
    }

    fn under_way(&self, now: u64) -> Option<Flight<Outcome>> {
        let flight = self.flight.as_ref();
        flight.filter(|flight| flight.is_under_way(SIGN_LIMIT, now)).cloned()
    }

    /// An attempt that was given up, by its runtime or by a signer that panics, is one that failed.
    fn notice_abandoned(&mut self, now: u64) {
        if self.flight.as_ref().is_some_and(|flight| !flight.has_lead()) {
            self.flight = None;
            self.failed = Some((now, Arc::new(SigningError::Abandoned)));
        }
    }

    /// The last failure, when it is less than `pause` seconds ago.
    fn failed_within(&self, pause: u64, now: u64) -> Option<Arc<SigningError>> {
        let (failed_at, error) = self.failed.as_ref()?;
        now.checked_sub(*failed_at).filter(|since| *since < pause)?;
        Some(Arc::clone(error))
    }
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signer(_) => f.write_str("the token could not be signed"),
            Self::TooLong => f.write_str("signing the token took too long"),
            Self::Abandoned => f.write_str("signing the token was given up"),
        }
    }
}

impl StdError for SigningError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Signer(error) => Some(&**error),
            Self::TooLong | Self::Abandoned => None,
        }
    }
}
