//! Tokens of users, good and bad, and who they are said to speak for.

use authress::{IssuerKeys, TokenVerificationReason};

use super::report::{Kind, Wrong};
use super::server::UserToken;
use super::worker::Worker;
use super::world::USERS;

/// How long a verifier may not know a new key, in seconds: the pause after a key that nobody knows, and what goes by meanwhile.
const UNKNOWN: u64 = 200;
/// How far a clock may be off, in seconds.
const LEEWAY: u64 = 10;

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
        let verifier = &self.world.verifiers[remembers];
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
                return;
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
