//! Who asks. Two callers may be told different things about the same user, so that no decision is for both.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use aws_lc_rs::digest::{SHA256, digest};

use crate::verifier::shape::Claimed;
use crate::{Secret, bearer_token};

/// The service client that the program is, or the holder of one token.
///
/// It is the token that counts and not the subject that stands in it: the client does not verify it, and whoever writes somebody else's name into a
/// token of their own must not be told what the service said to that other one.
#[derive(Clone, Copy, Eq)]
pub(crate) struct Caller([u64; 4]);

impl Caller {
    /// The one service client whose key the program has.
    pub(crate) const SERVICE_CLIENT: Self = Self([0; 4]);

    pub(crate) fn of_token(token: &str) -> Self {
        let mut words = [0; 4];
        let digest = digest(&SHA256, token.as_bytes());
        for (word, bytes) in words.iter_mut().zip(digest.as_ref().chunks_exact(8)) {
            *word = bytes.try_into().map_or(0, u64::from_le_bytes);
        }
        Self(words)
    }
}

impl PartialEq for Caller {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        // Without a branch for each word, nor a call.
        self.0
            .iter()
            .zip(other.0)
            .fold(0, |differ, (one, other)| differ | (one ^ other))
            == 0
    }
}

impl Hash for Caller {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        // A part of a digest spreads as well as the whole.
        let [word, ..] = self.0;
        state.write_u64(word);
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Caller(..)")
    }
}

/// Whoever asks with one token, or with those of one service client.
#[derive(Clone, Copy)]
pub(crate) struct TokenCaller {
    pub(crate) caller: Caller,
    /// When the token ends, in nanoseconds since the Unix epoch: with it ends what the service says to its holder. A service client makes itself
    /// another one.
    pub(crate) ends_at: u64,
}

impl TokenCaller {
    pub(crate) const SERVICE_CLIENT: Self = Self {
        caller: Caller::SERVICE_CLIENT,
        ends_at: u64::MAX,
    };

    /// Nothing when the token does not say when it ends.
    pub(crate) fn new(token: &str, claimed: &Claimed) -> Option<Self> {
        let caller = Caller::of_token(token);
        let ends_at = claimed.expires_at?.saturating_mul(1_000_000_000);
        Some(Self { caller, ends_at })
    }
}

/// The holder of the tokens of a provider, who may be somebody else each time.
#[derive(Default)]
pub(crate) struct ProviderCaller {
    latest: ArcSwapOption<(Secret, TokenCaller)>,
}

impl ProviderCaller {
    /// Who holds `token`; nothing when it is none that says when it ends.
    pub(crate) fn of(&self, token: &Secret) -> Option<TokenCaller> {
        if let Some(latest) = &*self.latest.load()
            && (latest.0.is_clone_of(token) || latest.0 == *token)
        {
            return Some(latest.1);
        }
        let text = bearer_token(token.expose());
        let caller = TokenCaller::new(text, &Claimed::by(text).ok()?)?;
        self.latest.store(Some(Arc::new((token.clone(), caller))));
        Some(caller)
    }
}
