//! Logins under way: requests, codes, and the codes of identity providers that were used. They end by themselves and are kept nowhere.

use std::collections::HashMap;
use std::fmt;

/// Most of each kind at a time.
const MOST: usize = 10_000;

/// How long a user has to log in, in seconds.
pub(crate) const REQUEST_SECONDS: u64 = 10 * 60;

/// How long a code is good for, in seconds; RFC 6749 section 4.1.2 wants it short.
pub(crate) const CODE_SECONDS: u64 = 60;

/// All logins under way.
#[derive(Debug, Default)]
pub(crate) struct Logins {
    /// By the id of the request, which is the `state` of the login.
    pub(crate) requests: Transient<LoginRequest>,
    pub(crate) codes: Transient<Code>,
    /// Logins that a service client has made for users of it, by a secret.
    pub(crate) delegations: Transient<LoggedIn>,
    /// The ids of the codes of identity providers that were used, after the client that signed them.
    pub(crate) used: Transient<()>,
}

/// A login that a user has begun.
#[derive(Debug, Clone)]
pub(crate) struct LoginRequest {
    pub(crate) application: String,
    pub(crate) connection: Option<String>,
    pub(crate) tenant: Option<String>,
    /// Where the user goes afterwards, and what proves who began; none when the answer itself is to hold the token.
    pub(crate) back: Option<Back>,
}

/// The way back to an application.
#[derive(Debug, Clone)]
pub(crate) struct Back {
    pub(crate) url: String,
    /// Made of the code verifier, which only the application knows (RFC 7636 section 4.2).
    pub(crate) challenge: String,
}

/// A code that is exchanged for a token, once.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    /// The login request that it ends; none for an extension's, which has no request.
    pub(crate) request: Option<String>,
    pub(crate) back: Back,
    pub(crate) user: LoggedIn,
}

/// A user who has logged in.
#[derive(Debug, Clone)]
pub(crate) struct LoggedIn {
    pub(crate) user: String,
    /// The application or extension that the token is for.
    pub(crate) application: String,
    pub(crate) connection: Option<String>,
    pub(crate) tenant: Option<String>,
}

/// Things by their keys, each until its end; never more than a fixed number.
///
/// `Debug` shows how many there are: the keys are secrets.
pub(crate) struct Transient<T> {
    entries: HashMap<String, (u64, T)>,
}

impl<T> Transient<T> {
    /// Keeps `value` until `ends`, in seconds since the Unix epoch; false when there is no room.
    #[must_use]
    pub(crate) fn put(&mut self, key: String, value: T, ends: u64, now: u64) -> bool {
        if self.entries.len() >= MOST {
            self.entries.retain(|_, (ends, _)| now < *ends);
        }
        let room = self.entries.len() < MOST;
        if room {
            self.entries.insert(key, (ends, value));
        }
        room
    }

    pub(crate) fn get(&self, key: &str, now: u64) -> Option<&T> {
        self.entries
            .get(key)
            .and_then(|(ends, value)| (now < *ends).then_some(value))
    }

    pub(crate) fn get_mut(&mut self, key: &str, now: u64) -> Option<&mut T> {
        self.entries
            .get_mut(key)
            .and_then(|(ends, value)| (now < *ends).then_some(value))
    }

    /// Hands it out for good.
    pub(crate) fn take(&mut self, key: &str, now: u64) -> Option<T> {
        self.entries
            .remove(key)
            .and_then(|(ends, value)| (now < ends).then_some(value))
    }

    /// The key of one that `fits`.
    pub(crate) fn find(&self, fits: impl Fn(&T) -> bool) -> Option<String> {
        let mut entries = self.entries.iter();
        entries.find_map(|(key, (_, value))| fits(value).then(|| key.clone()))
    }
}

impl<T> Default for Transient<T> {
    fn default() -> Self {
        let entries = HashMap::new();
        Self { entries }
    }
}

impl<T> fmt::Debug for Transient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transient")
            .field("entries", &self.entries.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_there_until_its_end_and_taken_once() {
        let mut all = Transient::default();
        assert!(all.put("a".into(), 1, 100, 40));
        assert_eq!((all.get("a", 99), all.get("a", 100)), (Some(&1), None));
        assert!(all.get_mut("a", 99).is_some() && all.get_mut("a", 100).is_none());
        assert_eq!((all.take("a", 99), all.take("a", 99)), (Some(1), None));
        assert!(all.put("a".into(), 1, 100, 40));
        assert_eq!(all.take("a", 100), None);
    }

    #[test]
    fn the_number_is_bounded_and_what_has_ended_makes_room() {
        let mut all = Transient::default();
        for number in 0..MOST {
            assert!(all.put(number.to_string(), (), 100, 40));
        }
        assert!(!all.put("one more".into(), (), 100, 99));
        assert!(all.get("0", 99).is_some() && all.get("one more", 99).is_none());
        assert!(all.put("one more".into(), (), 200, 100));
        assert_eq!(all.entries.len(), 1);
    }

    #[test]
    fn debug_shows_no_key_of_a_login() {
        let mut all = Transient::default();
        assert!(all.put("secret".into(), (), 100, 40));
        assert!(!format!("{all:?}").contains("secret"));
    }
}
