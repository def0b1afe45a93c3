//! How much keys are worth by their age. The ages themselves are in `key_age`.

/// How much the keys that are at hand are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyFreshness {
    /// There are none yet.
    NotFetched,
    /// They were given by the configuration and do not age.
    Static,
    /// They were fetched less than an hour ago, and are used without asking.
    Fresh,
    /// They were fetched less than a day ago. They are used, and asked for again in the background.
    Stale,
    /// They are older than a day and not used any more.
    Expired,
}
