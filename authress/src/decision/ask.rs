//! The way of one question: what is kept, else somebody's call that is under way, else a call, else what was known before.
//! What the answer to a call means, yes, no or neither, is in `authress-api/src/error/mod.rs`: `is_denied`.

use std::pin::pin;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument as _, Span, info_span};

use super::cache::{Answered, DecisionCache};
use super::caller::{Caller, TokenCaller};
use super::entry::nanoseconds;
use super::flights::{Moment, Outcome, Part};
use super::key::{Asked, Key};
use super::versions::Mark;
use super::{Decision, DecisionSource};
use crate::clock::within;
use crate::flight::{Flight, carry};
use crate::requests::AuthorizeUser;
use crate::{AuthressClient, Call, Error, Request as _, Secret, http};

/// How often a question is joined that nobody carries to its end. That happens when a runtime ends, and then each time.
const MOST_TRIES: u32 = 3;
/// How much longer than the longest call a question may be under way; the machine may be busy.
const GRACE: Duration = Duration::from_secs(2);
/// Longest question that is kept or shared, in bytes: well over what the service takes.
const LONGEST: usize = 4_096;
/// What is left at least for a call whose token has taken the rest: no call may have no time at all.
const LEAST: Duration = Duration::from_millis(1);

/// The answer to a question.
pub(crate) struct Answer {
    pub(crate) decision: Decision,
    /// The service's no as it came, when it came with this question.
    denial: Option<Error>,
}

impl Answer {
    /// A live answer; or that there is none.
    pub(crate) fn live(outcome: Outcome) -> Result<Self, Error> {
        let (allowed, denial) = match outcome {
            Ok(()) => (true, None),
            Err(error) if error.is_denied() => (false, Some(error)),
            Err(error) => return Err(error),
        };
        let source = DecisionSource::Live;
        Ok(Self {
            decision: Decision { allowed, source },
            denial,
        })
    }

    /// Success for an allowed, the service's no for a denied.
    pub(crate) fn into_outcome(self) -> Outcome {
        if self.decision.allowed {
            return Ok(());
        }
        Err(self.denial.unwrap_or_else(|| {
            Error::from_status(http::StatusCode::NOT_FOUND).with_operation(AuthorizeUser::OPERATION)
        }))
    }
}

impl From<Decision> for Answer {
    fn from(decision: Decision) -> Self {
        Self { decision, denial: None }
    }
}

/// The decision, when it is kept and nothing need be waited for: without an allocation.
pub(crate) fn known(client: &AuthressClient, user_id: &str, resource_uri: &str, permission: &str) -> Option<Decision> {
    let cache = client.decision_cache()?;
    let decision = cache.fresh(&Asked {
        caller: caller(client)?.caller,
        user_id,
        resource_uri,
        permission,
    })?;
    cache.was_asked(true);
    tell(&span(), decision);
    Some(decision)
}

/// Asks, where nothing is [`known`].
///
/// # Cancel safety
/// Dropping the future is safe. A question that it began goes on, and its answer is kept.
pub(crate) async fn ask(
    client: &AuthressClient,
    cache: &DecisionCache,
    user_id: &str,
    resource_uri: &str,
    permission: &str,
) -> Result<Answer, Error> {
    let span = span();
    let answer = ask_within(client, cache, user_id, resource_uri, permission);
    let answer = answer.instrument(span.clone()).await;
    if let Ok(answer) = &answer {
        cache.told(answer.decision);
        tell(&span, answer.decision);
    }
    answer
}

async fn ask_within(
    client: &AuthressClient,
    cache: &DecisionCache,
    user_id: &str,
    resource_uri: &str,
    permission: &str,
) -> Result<Answer, Error> {
    let begun = client.clock().monotonic();
    let by_provider = client.provided_token().await?;
    let caller = match &by_provider {
        Some(token) => cache.provider_caller().of(token),
        None => caller(client).copied(),
    };
    let question = Question {
        client,
        cache,
        token: by_provider,
        // What a provider took of it is gone.
        time: client
            .timeout()
            .saturating_sub(client.clock().monotonic().saturating_sub(begun)),
        ends_at: caller.as_ref().map_or(0, |caller| caller.ends_at),
        asked: Asked {
            caller: caller.map_or(Caller::SERVICE_CLIENT, |caller| caller.caller),
            user_id,
            resource_uri,
            permission,
        },
    };
    // Who cannot be told from others shares nothing, and what is longer than any question is not to fill the memory.
    if question.ends_at == 0 || user_id.len() + resource_uri.len() + permission.len() > LONGEST {
        return Answer::live(question.alone().await);
    }
    if question.token.is_some()
        && let Some(decision) = cache.fresh(&question.asked)
    {
        cache.was_asked(true);
        return Ok(decision.into());
    }
    cache.was_asked(false);
    question.answer().await
}

/// Who asks with what this client has; nothing when that is another token each time, or none.
fn caller(client: &AuthressClient) -> Option<&TokenCaller> {
    if client.acts_as_user() {
        client.user_caller()
    } else {
        client.is_service_client().then_some(&TokenCaller::SERVICE_CLIENT)
    }
}

/// A question of somebody who is known.
struct Question<'a> {
    client: &'a AuthressClient,
    cache: &'a DecisionCache,
    /// The token to ask with, when it is not the client's own.
    token: Option<Secret>,
    /// How long the call may take.
    time: Duration,
    /// When the token ends, in nanoseconds since the Unix epoch.
    ends_at: u64,
    asked: Asked<'a>,
}

impl Question<'_> {
    async fn answer(&self) -> Result<Answer, Error> {
        for _ in 0..MOST_TRIES {
            let mark = self.cache.mark(self.asked.user_id);
            let part = self.cache.flights().join(self.asked, mark, self.moment());
            // Somebody's answer may have come since it was looked for, also to whoever was waited for.
            if let Some(decision) = self.cache.fresh(&self.asked) {
                if let Part::Lead(leading, _) = part {
                    self.cache.flights().leave(leading);
                }
                return Ok(decision.into());
            }
            let flight = match part {
                Part::Alone => break,
                Part::Follow(flight) => flight,
                Part::Wait(flight) => match self.older_unless_over(flight).await {
                    Some(decision) => return Ok(decision.into()),
                    None => continue,
                },
                Part::Lead(leading, flight) => {
                    let (cache, call) = (self.cache.clone(), self.call(&leading.key, mark));
                    let call = async move {
                        let outcome = call.await;
                        cache.flights().land(leading, outcome);
                    };
                    carry(call.in_current_span()).await;
                    flight
                }
            };
            if let Some(answer) = self.landed(flight).await {
                return answer;
            }
        }
        let mark = self.cache.mark(self.asked.user_id);
        match self.unless_slow(self.call(&Key::from(self.asked), mark)).await {
            Ok(outcome) => self.settle(outcome),
            Err(decision) => Ok(decision.into()),
        }
    }

    fn moment(&self) -> Moment {
        let longest = self.client.timeout().saturating_add(GRACE);
        Moment {
            now: self.cache.now(),
            oldest: self.cache.oldest_to_join(longest),
            longest: nanoseconds(longest),
            ends_at: self.ends_at,
            has_older: self.cache.patience(&self.asked).is_some(),
        }
    }

    /// How long somebody's call is waited for: what is left when a provider has taken some of it, and else longer than any call takes.
    fn limit(&self) -> Duration {
        match self.token {
            Some(_) => self.time,
            None => self.client.timeout().saturating_add(GRACE),
        }
    }

    /// The call of the service, with the token if that is not the client's own. It has the whole time of a call: others may wait for it as well.
    fn bare_call(&self, user_id: &str, resource_uri: &str, permission: &str) -> Call<AuthorizeUser> {
        let call = self.client.api().authorize_user(user_id, resource_uri, permission);
        match &self.token {
            Some(token) => call.user_token(token.expose()),
            None => call,
        }
    }

    /// Asks for nobody else, in the time that is left.
    async fn alone(&self) -> Outcome {
        let Asked {
            user_id,
            resource_uri,
            permission,
            ..
        } = self.asked;
        let call = self.bare_call(user_id, resource_uri, permission);
        let call = match self.token {
            Some(_) => call.timeout(self.time.max(LEAST)),
            None => call,
        };
        call.send().await.map(|_| ())
    }

    /// Asks the service, and keeps what it says, unless something has happened since `mark`.
    fn call(&self, key: &Key, mark: Mark) -> impl Future<Output = Outcome> + Send + use<> {
        let (cache, key, ends_at) = (self.cache.clone(), key.clone(), self.ends_at);
        let call = self.bare_call(key.user_id(), key.resource_uri(), key.permission());
        async move {
            let begun = cache.begin(mark);
            let outcome = call.send().await;
            let keep = |allowed, headers| {
                let answered = Answered {
                    allowed,
                    headers,
                    ends_at,
                };
                cache.keep(&key, begun, &answered);
            };
            match &outcome {
                Ok(answer) => keep(true, Some(answer.headers())),
                Err(error) if error.is_denied() => keep(false, error.headers()),
                Err(error) if is_unavailable(error) || said(error) == Some(http::StatusCode::TOO_MANY_REQUESTS) => {}
                Err(error) if !error.was_sent() => {}
                // The service, or what stands before it, has said something else than before.
                Err(_) => cache.forget(&key, begun),
            }
            outcome.map(|_| ())
        }
    }

    /// What comes of a call that is under way, or a decision from before when that is slow or fails. Nothing when nobody carries the call any more.
    async fn landed(&self, flight: Flight<Outcome>) -> Option<Result<Answer, Error>> {
        let landing = within(self.client.clock(), self.limit(), flight.clone().outcome());
        let landed = match self.unless_slow(landing).await {
            Ok(landed) => landed,
            Err(decision) => return Some(Ok(decision.into())),
        };
        let Some(outcome) = landed else {
            // The call has a limit of its own, so that nobody drives it, or it began with more time than is left here. Neither says that the service
            // could not be asked, so that nothing from before is used.
            self.cache.flights().give_up(self.asked, &flight);
            let error = Error::timeout(None, "the same question, asked by somebody else, got no answer in time");
            return Some(Err(error.with_operation(AuthorizeUser::OPERATION)));
        };
        outcome.map(|outcome| self.settle(outcome))
    }

    /// What comes of it; or a decision from before, where that is slow.
    async fn unless_slow<T>(&self, coming: impl Future<Output = T>) -> Result<T, Decision> {
        let mut coming = pin!(coming);
        if let Some(patience) = self.cache.patience(&self.asked) {
            if let Some(came) = within(self.client.clock(), patience, &mut coming).await {
                return Ok(came);
            }
            if let Some(decision) = self.cache.usable_if_slow(&self.asked) {
                return Err(decision);
            }
        }
        Ok(coming.await)
    }

    /// A decision from before, since the call that is under way is slow. Nothing when it is over, or should be, or nothing from before may be used any
    /// more.
    async fn older_unless_over(&self, flight: Flight<Outcome>) -> Option<Decision> {
        let patience = self.cache.patience(&self.asked)?;
        let limit = self.limit();
        match within(self.client.clock(), patience.min(limit), flight.outcome()).await {
            None if patience <= limit => self.cache.usable_if_slow(&self.asked),
            _ => None,
        }
    }

    /// The answer; or, when the service could not be asked, what it said before, if that may be used.
    fn settle(&self, outcome: Outcome) -> Result<Answer, Error> {
        Answer::live(outcome).or_else(|error| {
            if !is_unavailable(&error) {
                return Err(error);
            }
            let decision = self.cache.usable_if_unavailable(&self.asked);
            decision.map(Answer::from).ok_or(error)
        })
    }
}

/// Whether the service could not be asked. An answer of any status but 5xx, even one that broke off, to any attempt, is one.
fn is_unavailable(error: &Error) -> bool {
    if said(error).is_some() {
        return false;
    }
    error.is_server_error()
        || error.is_connect()
        || error.is_timeout()
        || error.is_interrupted()
        || error.is_token_unavailable()
}

/// What the service has said to any of the attempts, other than that it cannot answer.
fn said(error: &Error) -> Option<http::StatusCode> {
    let last = error.status().filter(|status| !status.is_server_error());
    last.or(error.earlier_status())
}

fn span() -> Span {
    info_span!(
        "authress.check",
        authress.decision.source = Empty,
        authress.decision.age_ms = Empty,
        authress.decision.allowed = Empty,
    )
}

/// Writes a decision into the span of its question.
fn tell(span: &Span, decision: Decision) {
    if span.is_disabled() {
        return;
    }
    span.record("authress.decision.source", decision.source.as_str());
    span.record("authress.decision.allowed", decision.allowed);
    if let Some(age) = decision.source.age() {
        span.record(
            "authress.decision.age_ms",
            u64::try_from(age.as_millis()).unwrap_or(u64::MAX),
        );
    }
}
