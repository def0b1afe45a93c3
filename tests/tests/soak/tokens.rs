//! Tokens of users, good and bad, and who they are said to speak for.

use authress::{IssuerKeys, TokenVerificationReason, TokenVerifier};
use tokio::sync::Mutex;

use super::report::{Kind, Wrong};
use super::server::UserToken;
use super::worker::Worker;
use super::world::USERS;

/// How long a verifier may not know a new key, in seconds: the pause after a key that nobody knows, and what goes by meanwhile.
const UNKNOWN: u64 = 200;
/// How far a clock may be off, in seconds.
const LEEWAY: u64 = 10;
/// How long keys are used without asking, in seconds, and how far the clock may have been ahead when they were asked for.
const FRESH: u64 = 3_600 + 100;
/// How long it may take until they have come, in seconds: as long as two of those that ask for them are waited for, and the pause between.
const FETCH: u64 = 30;
/// How long they are used when they cannot be had, in seconds.
const MOST_STALE: u64 = 86_400;

/// A verifier that meets one key at a time, and the next when that is refused: nothing but the age of its keys has it ask for them.
pub(crate) struct OneKey {
    verifier: TokenVerifier,
    /// For one worker at a time, so that time goes on for nobody who waits for keys.
    token: Mutex<Option<UserToken>>,
}

impl OneKey {
    pub(crate) fn new(verifier: TokenVerifier) -> Self {
        Self {
            verifier,
            token: Mutex::default(),
        }
    }
}

impl Worker {
    /// A token of one of the users, which was good when it was made; none while the server is away.
    pub(crate) fn user_token(&mut self) -> Option<UserToken> {
        let user = self.numbers.index(USERS);
        let is_good = self.tokens.get(&user).is_some_and(|token| !self.is_over(token));
        // Some are used on after their end, and some users log in again before.
        let is_kept = self.numbers.chance(if is_good { 98 } else { 80 });
        if !is_kept || !self.tokens.contains_key(&user) {
            let token = self.world.server.user_token(&format!("user-{user}"), false)?;
            self.tokens.insert(user, token);
        }
        self.tokens.get(&user).cloned()
    }

    /// Whether a token is refused from now on, or may be.
    pub(crate) fn is_over(&self, token: &UserToken) -> bool {
        let (_, retired) = self.world.server.key(token.key);
        retired.is_some() || token.ends <= self.world.server.seconds()
    }

    /// A token that is not good, whoever looks at it.
    pub(crate) fn bad_token(&mut self) -> Option<String> {
        if self.numbers.chance(30) {
            let user = format!("user-{}", self.numbers.index(USERS));
            return self.world.server.user_token(&user, true).map(|token| token.text);
        }
        // Parts of different tokens.
        let (one, other) = (self.user_token()?, self.user_token()?);
        let tokens = [
            one.text.as_str(),
            other.text.as_str(),
            self.world.foreign_token.as_str(),
        ];
        let parts = tokens.map(|token| token.split('.').collect::<Vec<_>>());
        let (payload, signature) = (self.numbers.index(3), self.numbers.index(3));
        let header = match self.numbers.below(3) {
            0 => parts[2][0],
            // {"alg":"none","kid":"k"}
            1 => "eyJhbGciOiJub25lIiwia2lkIjoiayJ9",
            _ => parts[0][0],
        };
        let text = [header, parts[payload][1], parts[signature][2]].join(".");
        // The other account's own is none of this one's.
        let is_good = text == one.text || text == other.text;
        (!is_good).then_some(text)
    }

    pub(crate) async fn verify(&mut self) {
        let Some(token) = self.user_token() else { return };
        let remembers = self.numbers.index(2);
        self.verify_with(&self.world.verifiers[remembers], &token).await;
    }

    /// Whether the token was accepted, and whether something that went wrong can have reached it.
    async fn verify_with(&self, verifier: &TokenVerifier, token: &UserToken) -> (bool, bool) {
        // What the keys are worth is seen before, since they only get newer.
        let keys = verifier.issuer_keys();
        let fetched = keys.iter().find_map(IssuerKeys::fetched_at);
        let begun = self.world.clock.seconds();
        let call = verifier.verify(&token.text);
        let (outcome, is_reached) = self.world.call(Kind::Verification, call).await;
        let (made, retired) = self.world.server.key(token.key);
        let now = self.world.clock.seconds();
        let error = match outcome {
            Ok(identity) => {
                let fetched = fetched.and_then(|fetched| fetched.duration_since(std::time::UNIX_EPOCH).ok());
                let is_known_retired = fetched
                    .zip(retired)
                    .is_some_and(|(fetched, retired)| retired < fetched.as_secs());
                // A clock that was set back meanwhile showed an earlier time.
                let is_ended = token.ends + LEEWAY <= begun.min(now);
                if identity.user_id() != token.user || is_ended || is_known_retired {
                    let what =
                        || format!("{identity:?} from {token:?} at {begun}, retired {retired:?}, fetched {fetched:?}");
                    self.world.report.wrong(Wrong::Answer, what);
                }
                return (true, is_reached);
            }
            Err(error) => error,
        };
        self.world.report.count("good tokens refused");
        let is_right = match error.reason() {
            TokenVerificationReason::Expired => token.ends <= now.max(begun),
            TokenVerificationReason::UnknownKey => retired.is_some() || now < made + UNKNOWN,
            _ => error.is_unavailable(),
        };
        // That the keys could not be had needs a reason, that a clock was off as well.
        if !is_reached && (!is_right || error.is_unavailable()) {
            let what = || format!("{error:?} to {token:?} at {now}, made {made}, retired {retired:?}");
            self.world.report.wrong(Wrong::Error, what);
        }
        (false, is_reached)
    }

    /// Verifies with a verifier that meets one key. When that was withdrawn so long ago that the keys have to be asked for again, it goes on until the
    /// key is refused.
    pub(crate) async fn verify_with_one_key(&self, which: usize) {
        let (world, one) = (&self.world, &self.world.one_key[which]);
        let Ok(mut known) = one.token.try_lock() else { return };
        let next = || world.server.user_token("user-1", false);
        let Some(token) = known.take().or_else(next) else {
            return;
        };
        let mut asked = None;
        loop {
            let begun = world.clock.seconds();
            let (is_accepted, is_reached) = self.verify_with(&one.verifier, &token).await;
            let (_, retired) = world.server.key(token.key);
            if !is_accepted && self.is_over(&token) {
                if retired.is_some() {
                    world.report.count("withdrawn keys refused");
                }
                return;
            }
            if !is_accepted || is_reached || retired.is_none_or(|retired| begun < retired + FRESH) {
                *known = Some(token);
                return;
            }
            // From here on they are asked for, or have been.
            let asked = *asked.get_or_insert(world.clock.seconds());
            if asked + FETCH <= begun {
                let what = || {
                    let key = token.key;
                    format!("key {key} is good at {begun}, withdrawn {retired:?}, and asked for since {asked}")
                };
                return world.report.wrong(Wrong::Answer, what);
            }
            world.oracle.pass(1);
        }
    }

    /// Once nothing goes wrong any more: a key is withdrawn, and then no keys can be had for a day.
    pub(crate) async fn outlive_keys(&self) {
        let world = &self.world;
        let all = async || {
            for which in 0..world.one_key.len() {
                self.verify_with_one_key(which).await;
            }
        };
        world.oracle.pass(UNKNOWN);
        // Twice: a token from before may be over.
        all().await;
        all().await;
        world.server.rotate_keys();
        world.server.retire_old_keys();
        world.oracle.pass(FRESH);
        // The old key, and the new one.
        all().await;
        all().await;
        world.storm_begins();
        world.server.faults.jwks_down();
        // A token that is good for longer than the keys.
        world.oracle.pass(LEEWAY);
        let token = world.server.user_token("user-1", false).unwrap();
        world.oracle.pass(MOST_STALE - 1);
        for one in &world.one_key {
            if let (true, _) = self.verify_with(&one.verifier, &token).await {
                let what = || format!("key {} is good, and no key could be had for a day", token.key);
                world.report.wrong(Wrong::Answer, what);
            }
        }
        world.server.faults.clear();
        world.storm_ends();
    }

    pub(crate) async fn verify_bad_token(&mut self) {
        let Some(token) = self.bad_token() else { return };
        let verifier = &self.world.verifiers[self.numbers.index(2)];
        let (outcome, _) = self.world.call(Kind::Verification, verifier.verify(&token)).await;
        if let Ok(identity) = outcome {
            let what = || format!("{identity:?} from a bad token: {token}");
            self.world.report.wrong(Wrong::Answer, what);
        }
        self.world.report.count("bad tokens");
    }
}
