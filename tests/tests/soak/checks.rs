//! Questions: may this user read that? Every answer is judged by the oracle.

use std::time::Duration;

use authress::{AuthressClient, Decision, DecisionSource, Error};

use super::oracle::Moment;
use super::report::{Kind, Wrong};
use super::server::UserToken;
use super::worker::Worker;
use super::world::{DENY_TTL, MAX_AGE, SLOTS, TTL, USERS, question, unless_given_up};

/// How often others have their turn before an answer that was held up comes.
const TURNS: usize = 8;
/// How many questions come often.
const OFTEN: usize = 8;

impl Worker {
    /// Asks as the service client, without a cache.
    pub(crate) async fn check(&mut self) {
        let slot = self.numbers.index(SLOTS);
        let (user, resource) = question(slot);
        let client = if self.numbers.chance(50) {
            &self.world.plain
        } else {
            &self.world.wired
        };
        let begun = self.world.oracle.moment();
        let call = client.check_user(&user, &resource, "read");
        let (answer, is_reached) = self.world.call(Kind::Check, call).await;
        self.judge_live(slot, begun, answer, is_reached, &user);
    }

    /// Asks as a user, without a cache.
    pub(crate) async fn check_as_user(&mut self) {
        let Some(token) = self.user_token() else { return };
        let slot = self.slot_of(&token.user);
        let (_, resource) = question(slot);
        let client = self.world.plain.with_user_token(&token.text).unwrap();
        let begun = self.world.oracle.moment();
        // Whether it could still be good is seen before, whether it could be bad already, after.
        let is_over = self.is_over(&token);
        let (answer, is_reached) = self.world.call(Kind::Check, client.check(&resource, "read")).await;
        let is_refused = answer.as_ref().is_err_and(Error::is_unauthenticated);
        if is_over && answer.is_ok() {
            let what = || format!("{answer:?} to a token that is over: {token:?}");
            self.world.report.wrong(Wrong::Answer, what);
        } else if !(is_refused && self.is_over(&token)) {
            self.judge_live(slot, begun, answer, is_reached, &token.user);
        }
    }

    /// Asks with a token that is not good.
    pub(crate) async fn check_with_bad_token(&mut self) {
        let Some(token) = self.bad_token() else { return };
        // What cannot be a token at all is refused before anything is sent.
        let Ok(client) = self.world.plain.with_user_token(&token) else {
            return;
        };
        let call = client.check("documents/1", "read");
        let (answer, is_reached) = self.world.call(Kind::Check, call).await;
        match answer {
            Ok(decision) => {
                let what = || format!("{decision:?} to a bad token: {token}");
                self.world.report.wrong(Wrong::Answer, what);
            }
            Err(error) if error.is_unauthenticated() => {}
            Err(error) => self.world.failed(&error, is_reached, "a bad token"),
        }
    }

    /// Asks the client that keeps decisions, as the service client or as a user.
    pub(crate) async fn check_with_cache(&mut self, as_user: bool) {
        let (client, slot, token): (AuthressClient, usize, Option<UserToken>) = if as_user {
            let Some(token) = self.user_token() else { return };
            let client = self.world.cached.with_user_token(&token.text).unwrap();
            let slot = self.slot_of(&token.user);
            (client, slot, Some(token))
        } else {
            // Some questions come again and again.
            let most = if self.numbers.chance(25) { SLOTS } else { OFTEN };
            (self.world.cached.clone(), self.numbers.index(most), None)
        };
        let wakes = self.gives_up();
        self.ask_cache(&client, slot, wakes, token.as_ref()).await;
    }

    /// Asks a client that keeps decisions.
    async fn ask_cache(&self, client: &AuthressClient, slot: usize, wakes: Option<u64>, token: Option<&UserToken>) {
        let (user, resource) = question(slot);
        let second = self.world.clock.seconds();
        let (begun, earliest) = self.world.oracle.begins(slot);
        let call = unless_given_up(wakes, client.check_user(&user, &resource, "read"));
        let (answer, is_reached) = self.world.call(Kind::CheckWithCache, call).await;
        let ended = self.world.oracle.moment();
        // Of one that was given up, the question may go on, and be joined by others.
        let Some(answer) = answer else { return };
        self.world.oracle.ends(slot, begun);
        let decision = match answer {
            Ok(decision) => decision,
            Err(error) if error.is_unauthenticated() && token.is_some_and(|token| self.is_over(token)) => return,
            Err(error) => return self.world.failed(&error, is_reached, "a check with a cache"),
        };
        let age = decision.source.age().map(|age| age.as_secs());
        let second = second.min(self.world.clock.seconds());
        let from = match age {
            None => earliest,
            Some(age) => self.world.oracle.asked(slot, second.saturating_sub(age), begun),
        };
        let is_in_life = self.is_in_life(decision, is_reached);
        self.judge(slot, from, ended, decision, is_in_life);
    }

    /// Writes a record while its question is under way, and asks again: whoever asks after the client knows of the change gets no answer from before.
    pub(crate) async fn write_while_asked(&mut self) {
        let at = self.numbers.index(self.records.len());
        let Some(slot) = self.known_slot(at) else { return };
        let client = self.world.cached.clone();
        let (user, resource) = question(slot);
        // So that the service is asked.
        self.tell(slot);
        let path = format!("/{user}/resources/{}/", resource.replace('/', "%2F"));
        let mut held = self.world.wire.hold_up(path);
        let (begun, earliest) = self.world.oracle.begins(slot);
        let early = client.clone();
        let mut asked = tokio::spawn(async move { early.check_user(&user, &resource, "read").await });
        let mut answer = tokio::select! {
            () = held.is_held() => None,
            answer = &mut asked => Some(answer),
        };
        if answer.is_none() {
            self.world.report.count("writes while asked");
        }
        self.write_record_at(at).await;
        self.tell(slot);
        let mut held = Some(held);
        if answer.is_none() && self.numbers.chance(50) {
            // It comes before anybody asks again, and is not kept.
            drop(held.take());
            answer = Some((&mut asked).await);
        }
        let later = self.ask_cache(&client, slot, None, None);
        let release = async {
            // Whoever asks again has begun, and would have joined by now.
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
            drop(held);
        };
        tokio::join!(later, release);
        let answer = match answer {
            Some(answer) => answer,
            None => asked.await,
        };
        let ended = self.world.oracle.moment();
        self.world.oracle.ends(slot, begun);
        if let Ok(decision) = answer.unwrap()
            && decision.source == DecisionSource::Live
        {
            self.judge(slot, earliest, ended, decision, true);
        }
        // What came so late was not kept either.
        self.ask_cache(&client, slot, None, None).await;
    }

    /// Whether a decision may be as old as it is.
    fn is_in_life(&self, decision: Decision, is_reached: bool) -> bool {
        let life = Duration::from_secs(if decision.allowed { TTL } else { DENY_TTL });
        match decision.source {
            DecisionSource::Live => {
                self.world.report.count("decisions, live");
                true
            }
            DecisionSource::Cached { age } => {
                self.world.report.count("decisions, kept");
                age < life
            }
            DecisionSource::Stale { age } => {
                self.world.report.count("decisions, stale");
                // Only when the service could not be asked.
                is_reached && age < Duration::from_secs(MAX_AGE)
            }
            _ => false,
        }
    }

    fn judge_live(&self, slot: usize, begun: Moment, answer: Result<Decision, Error>, is_reached: bool, who: &str) {
        let ended = self.world.oracle.moment();
        match answer {
            Ok(decision) => self.judge(slot, begun, ended, decision, decision.source == DecisionSource::Live),
            Err(error) => self.world.failed(&error, is_reached, who),
        }
    }

    fn judge(&self, slot: usize, from: Moment, to: Moment, decision: Decision, is_in_life: bool) {
        let possible = self.world.oracle.possible(slot, from, to);
        if !possible.has(decision.allowed) || !is_in_life {
            let what = || {
                format!(
                    "{decision:?} to {:?}, from {from} to {to}: {possible:?}",
                    question(slot)
                )
            };
            self.world.report.wrong(Wrong::Answer, what);
        }
    }

    /// A question about this user.
    fn slot_of(&mut self, user: &str) -> usize {
        let slots = (0..SLOTS).filter(|slot| question(*slot).0 == user);
        slots.collect::<Vec<_>>()[self.numbers.index(SLOTS / USERS)]
    }
}
