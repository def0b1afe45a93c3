//! The tokens of a service client: which one is used, and when the next one is made. When one is too old is in `latest`; what stands in them is in `minter`; how the next one is made
//! when the private key lives elsewhere is in `elsewhere`.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, TryLockError};

use arc_swap::ArcSwapOption;

use super::builder::ServiceClientTokenProviderBuilder;
use super::elsewhere::{Replacing, SIGN_LIMIT, SigningError};
use super::latest::Latest;
use super::minter::{Minter, Signing, issuer_base, sign_elsewhere, sign_here};
use super::{TokenFuture, TokenOverrides, TokenProvider};
use crate::access_key::PrivateKey;
use crate::clock::{unix_seconds, within};
use crate::login::UserLoginUrl;
use crate::{AccessKey, BaseUrl, Clock, Error, Secret, ServiceClientKey, Signer};

/// Makes the tokens of a service client on this machine, and keeps the latest. Cloning is cheap; clones share it.
///
/// A token is valid for 24 hours, and used until one hour of that is left; then another takes its place. Many callers at once make one. With a
/// [`Signer`], nobody waits for the next token while the one at hand is valid; a signer that fails is asked again after 10 seconds, or after 1
/// second when no token is at hand.
///
/// A client makes its own from an access key; one of these is for programs that only need tokens, or whose private key lives elsewhere.
///
/// ```
/// use authress::{AccessKey, ServiceClientTokenProvider, TokenProvider};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let text = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
/// let key: AccessKey = text.parse()?;
/// let provider = ServiceClientTokenProvider::builder(key).domain("https://login.example.com").build()?;
/// let token = provider.token().await?;
/// assert!(token.expose().starts_with("eyJ"));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct ServiceClientTokenProvider(Arc<Inner>);

pub(super) struct Inner {
    pub(super) minter: Minter,
    pub(super) domain: Option<BaseUrl>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) latest: ArcSwapOption<Latest>,
    pub(super) replacing: Mutex<Replacing>,
}

impl ServiceClientTokenProvider {
    pub(super) fn new(minter: Minter, domain: Option<BaseUrl>, clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner {
            minter,
            domain,
            clock,
            latest: ArcSwapOption::empty(),
            replacing: Mutex::default(),
        }))
    }

    /// Begins a provider of the tokens of the service client that `key` belongs to.
    pub fn builder(key: AccessKey) -> ServiceClientTokenProviderBuilder {
        let signing = Signing::Here(key.private_key().clone());
        ServiceClientTokenProviderBuilder::new(key.id().clone(), signing)
    }

    /// Begins a provider of the tokens of the service client that `key` belongs to, signed by `signer`. See [`Signer`] for an example.
    ///
    /// ```
    /// use authress::{ServiceClientKey, ServiceClientTokenProvider, SignFuture};
    ///
    /// # struct Hsm;
    /// # impl authress::Signer for Hsm {
    /// #     fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> { Box::pin(async { Err("no module is connected".into()) }) }
    /// # }
    /// let key = ServiceClientKey::new("sc_1", "k1", "acc_1")?;
    /// let provider = ServiceClientTokenProvider::with_signer(key, Hsm).domain("https://login.example.com").build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_signer(key: ServiceClientKey, signer: impl Signer) -> ServiceClientTokenProviderBuilder {
        ServiceClientTokenProviderBuilder::new(key, Signing::Elsewhere(Arc::new(signer)))
    }

    /// A token with other claims or headers than all the others have. It is made anew each time, and kept nowhere.
    ///
    /// ```
    /// use authress::{AccessKey, ServiceClientTokenProvider, TokenOverrides};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let text = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    /// # let key: AccessKey = text.parse()?;
    /// let provider = ServiceClientTokenProvider::builder(key).build()?;
    /// let token = provider.token_with(&TokenOverrides::new().claim("aud", "https://api.example.com")).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// An [`Error`] that names `header` when one is set that says how to verify the token; or one that no token could be had, when the signer fails
    /// or takes longer than 10 seconds.
    ///
    /// # Cancel safety
    /// Dropping the future abandons the token.
    pub async fn token_with(&self, overrides: &TokenOverrides) -> Result<Secret, Error> {
        let input = self.0.minter.signing_input_with(self.0.now(), overrides)?;
        self.sign(input).await
    }

    /// The URL that a user is sent back to who was authenticated by an identity provider of your own; see [`UserLoginUrl`].
    ///
    /// ```
    /// # use authress::{AccessKey, ServiceClientTokenProvider};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let text = "sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";
    /// # let key: AccessKey = text.parse()?;
    /// # let provider = ServiceClientTokenProvider::builder(key).domain("https://login.example.com").build()?;
    /// let url = provider.user_login_url("https://login.example.com/?client_id=sc_1&state=state-1", "user-1").await?;
    /// assert!(url.expose().starts_with("https://login.example.com/login?client_id=sc_1&state=state-1&code=eyJ"));
    /// # Ok(()) }
    /// ```
    pub fn user_login_url(
        &self,
        authentication_url: impl Into<String>,
        user_id: impl Into<String>,
    ) -> UserLoginUrl<'_> {
        UserLoginUrl::new(Some(self), authentication_url.into(), user_id.into())
    }

    /// Whether its tokens are those of a client at `base_url`.
    pub(crate) fn is_of(&self, base_url: &BaseUrl) -> bool {
        let issuer = |domain| issuer_base(self.0.minter.key(), domain);
        issuer(self.0.domain.as_ref()) == issuer(Some(base_url))
    }

    pub(crate) fn minter(&self) -> &Minter {
        &self.0.minter
    }

    pub(crate) fn domain(&self) -> Option<&BaseUrl> {
        self.0.domain.as_ref()
    }

    pub(crate) fn now(&self) -> u64 {
        self.0.now()
    }

    /// Signs something that is not kept.
    pub(crate) async fn sign(&self, signing_input: String) -> Result<Secret, Error> {
        self.0.sign(signing_input).await.map_err(Error::token)
    }
}

impl TokenProvider for ServiceClientTokenProvider {
    fn token(&self) -> TokenFuture<'_> {
        let now = self.0.now();
        let latest = self.0.latest.load();
        let latest = latest.as_deref();
        if let Some(latest) = latest.filter(|latest| latest.has_long_to_live(now)) {
            return TokenFuture::ready(Ok(latest.token.clone()));
        }
        match self.0.minter.signing() {
            Signing::Here(key) => TokenFuture::ready(self.0.replaced_here(key, now).map_err(Error::token)),
            Signing::Elsewhere(_) => match latest.filter(|latest| latest.is_valid(now)) {
                Some(latest) => {
                    self.0.replace_in_background(now);
                    TokenFuture::ready(Ok(latest.token.clone()))
                }
                None => TokenFuture::new(Arc::clone(&self.0).first()),
            },
        }
    }
}

impl Inner {
    pub(super) fn now(&self) -> u64 {
        unix_seconds(&*self.clock)
    }

    /// The token at hand, when it has not expired.
    pub(super) fn valid(&self, now: u64) -> Option<Secret> {
        let latest = self.latest.load();
        latest
            .as_ref()
            .filter(|latest| latest.is_valid(now))
            .map(|latest| latest.token.clone())
    }

    pub(super) fn fresh(&self, now: u64) -> Option<Secret> {
        let latest = self.latest.load();
        latest
            .as_ref()
            .filter(|latest| latest.has_long_to_live(now))
            .map(|latest| latest.token.clone())
    }

    /// A token that is signed with the key at hand, which is CPU work and waits for nobody.
    fn replaced_here(&self, key: &PrivateKey, now: u64) -> Result<Secret, SigningError> {
        let valid = self.valid(now);
        let one_at_a_time = match (self.replacing.try_lock(), &valid) {
            (Ok(guard), _) => guard,
            (Err(TryLockError::Poisoned(poisoned)), _) => poisoned.into_inner(),
            // Somebody else is signing: the token at hand will do.
            (Err(TryLockError::WouldBlock), Some(valid)) => return Ok(valid.clone()),
            (Err(TryLockError::WouldBlock), None) => self.replacing.lock().unwrap_or_else(PoisonError::into_inner),
        };
        if let Some(token) = self.fresh(now) {
            return Ok(token);
        }
        let signed = sign_here(key, self.minter.signing_input(now)).map_err(SigningError::Signer);
        if let Ok(token) = &signed {
            self.keep(token.clone(), now);
        }
        drop(one_at_a_time);
        match (signed, valid) {
            (Ok(token), _) => {
                self.tell_made();
                Ok(token)
            }
            (Err(_), Some(valid)) => Ok(valid),
            (Err(error), None) => Err(error),
        }
    }

    /// The token of `signing_input`, unless the signer takes too long.
    pub(super) async fn sign(&self, signing_input: String) -> Result<Secret, SigningError> {
        let signed = match self.minter.signing() {
            Signing::Here(key) => Some(sign_here(key, signing_input)),
            Signing::Elsewhere(signer) => {
                within(&*self.clock, SIGN_LIMIT, sign_elsewhere(&**signer, signing_input)).await
            }
        };
        signed.ok_or(SigningError::TooLong)?.map_err(SigningError::Signer)
    }

    pub(super) fn keep(&self, token: Secret, made_at: u64) {
        self.latest.store(Some(Arc::new(Latest { token, made_at })));
    }

    /// Never called with the lock held: what listens may want a token itself.
    pub(super) fn tell_made(&self) {
        let key = self.minter.key();
        tracing::debug!(
            client_id = key.client_id(),
            key_id = key.key_id(),
            "a new token was made"
        );
    }
}

impl fmt::Debug for ServiceClientTokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceClientTokenProvider")
            .field("minter", &self.0.minter)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as StdError;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use tokio::sync::Semaphore;

    use super::super::elsewhere::{FAILURE_PAUSE, REPLACEMENT_PAUSE};
    use super::super::minter::LIFE;
    use super::*;
    use crate::SignFuture;
    use crate::clock::fixed::FixedClock;

    const NOW: u64 = 1_700_000_000;
    const TEXT: &str = "sc_orders.k1.acc_demo.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt";

    fn local() -> (Arc<FixedClock>, ServiceClientTokenProvider) {
        let clock = Arc::new(FixedClock::at(NOW));
        let builder = ServiceClientTokenProvider::builder(TEXT.parse().unwrap());
        let provider = builder.clock(Arc::clone(&clock)).build().unwrap();
        (clock, provider)
    }

    /// Signs with a real key once it is let through, and counts.
    struct Elsewhere {
        key: AccessKey,
        asked: AtomicUsize,
        open: Semaphore,
        fails: AtomicBool,
    }

    impl Signer for Elsewhere {
        fn sign<'a>(&'a self, signing_input: &'a [u8]) -> SignFuture<'a> {
            self.asked.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                self.open.acquire().await?.forget();
                if self.fails.load(Ordering::SeqCst) {
                    return Err("the module is not connected".into());
                }
                let signature = self.key.private_key().sign(signing_input)?;
                signature.try_into().map_err(|_| "another length".into())
            })
        }
    }

    fn remote(permits: usize) -> (Arc<FixedClock>, Arc<Elsewhere>, ServiceClientTokenProvider) {
        let clock = Arc::new(FixedClock::at(NOW));
        let key: AccessKey = TEXT.parse().unwrap();
        let elsewhere = Arc::new(Elsewhere {
            key: key.clone(),
            asked: AtomicUsize::new(0),
            open: Semaphore::new(permits),
            fails: false.into(),
        });
        let builder = ServiceClientTokenProvider::with_signer(key.id().clone(), Arc::clone(&elsewhere));
        let provider = builder.clock(Arc::clone(&clock)).build().unwrap();
        (clock, elsewhere, provider)
    }

    impl Elsewhere {
        fn asked(&self) -> usize {
            self.asked.load(Ordering::SeqCst)
        }

        /// Lets the other tasks go on until the signer was asked so often; it fails rather than waiting forever.
        async fn asked_for(&self, count: usize) {
            for _ in 0..100_000 {
                if self.asked() >= count {
                    return;
                }
                tokio::task::yield_now().await;
            }
            panic!("asked {} times, not {count}", self.asked());
        }
    }

    async fn settle() {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_token_is_reused_while_more_than_an_hour_of_life_is_left() {
        let (clock, provider) = local();
        let first = provider.token().await.unwrap();
        clock.set(NOW + 82_799);
        assert_eq!(provider.token().await.unwrap(), first);
        clock.set(NOW + 82_800);
        assert_ne!(provider.token().await.unwrap(), first);
    }

    #[tokio::test]
    async fn a_clock_that_is_set_back_makes_a_new_token() {
        let (clock, provider) = local();
        let first = provider.token().await.unwrap();
        clock.set(NOW - 1);
        assert_ne!(provider.token().await.unwrap(), first);
    }

    #[test]
    fn many_threads_at_once_share_one_token() {
        const THREADS: usize = 20;
        const ROUNDS: usize = 50;
        let providers: Vec<_> = (0..ROUNDS).map(|_| local().1).collect();
        let together = std::sync::Barrier::new(THREADS);
        let made: Vec<Vec<Secret>> = std::thread::scope(|scope| {
            let callers: Vec<_> = (0..THREADS)
                .map(|_| {
                    scope.spawn(|| {
                        let token = |provider: &ServiceClientTokenProvider| {
                            together.wait();
                            provider.token().at_hand().ok().unwrap().unwrap()
                        };
                        providers.iter().map(token).collect()
                    })
                })
                .collect();
            callers.into_iter().map(|caller| caller.join().unwrap()).collect()
        });
        // Tokens of one second are equal anyway; that it is the same memory shows that it was made once.
        for round in 0..ROUNDS {
            let first = made[0][round].expose().as_ptr();
            assert!(
                made.iter().all(|tokens| tokens[round].expose().as_ptr() == first),
                "{round}"
            );
        }
    }

    #[tokio::test]
    async fn nobody_waits_for_the_one_who_signs_while_a_token_is_valid() {
        let (clock, provider) = local();
        let first = provider.token().await.unwrap();
        clock.set(NOW + 82_800);
        let signing = provider.0.replacing.lock().unwrap();
        assert_eq!(provider.token().at_hand().ok().unwrap().unwrap(), first);
        drop(signing);
        assert_ne!(provider.token().await.unwrap(), first);
    }

    #[tokio::test]
    async fn an_override_changes_no_later_token_and_is_never_given_to_others() {
        let (_, provider) = local();
        let overrides = TokenOverrides::new()
            .claim("aud", "mine")
            .claim("x", 1)
            .header("typ", "JWT");
        let before = provider.token_with(&overrides).await.unwrap();
        let token = provider.token().await.unwrap();
        let after = provider.token_with(&overrides).await.unwrap();
        assert_eq!(before, after);
        assert_ne!(before, token);
        assert_eq!(provider.token().await.unwrap(), token);
        let payload = |token: &Secret| {
            use base64::Engine as _;
            let part = token.expose().split('.').nth(1).unwrap();
            String::from_utf8(base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
        };
        let expected = payload(&token)
            .replace("acc_demo.accounts.authress.io", "mine")
            .replace('}', r#","x":1}"#);
        assert_eq!(payload(&before), expected);
    }

    #[tokio::test]
    async fn headers_that_say_how_to_verify_cannot_be_overridden() {
        let (_, provider) = local();
        for name in ["alg", "kid", "crit", "b64"] {
            let overrides = TokenOverrides::new().header(name, "x");
            let error = provider.token_with(&overrides).await.unwrap_err();
            assert_eq!(error.argument(), Some("header"), "{name}");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn ten_thousand_first_calls_at_once_make_one_signature() {
        let (_, elsewhere, provider) = remote(0);
        let callers: Vec<_> = (0..10_000)
            .map(|_| {
                let provider = provider.clone();
                tokio::spawn(async move { provider.token().await.unwrap().expose().as_ptr() as usize })
            })
            .collect();
        elsewhere.asked_for(1).await;
        elsewhere.open.add_permits(10_000);
        let mut tokens = Vec::new();
        for caller in callers {
            tokens.push(caller.await.unwrap());
        }
        tokens.dedup();
        assert_eq!((tokens.len(), elsewhere.asked()), (1, 1));
    }

    #[tokio::test]
    async fn nobody_waits_for_the_next_token_while_one_is_valid() {
        let (clock, elsewhere, provider) = remote(1);
        let first = provider.token().await.unwrap();
        clock.set(NOW + 82_800);
        for _ in 0..100 {
            assert_eq!(provider.token().at_hand().ok().unwrap().unwrap(), first);
        }
        elsewhere.asked_for(2).await;
        clock.set(NOW + 82_805);
        assert_eq!(provider.token().at_hand().ok().unwrap().unwrap(), first);
        assert_eq!(elsewhere.asked(), 2);
        elsewhere.open.add_permits(1);
        settle().await;
        let second = provider.token().at_hand().ok().unwrap().unwrap();
        assert_ne!(second, first);
        assert_eq!(elsewhere.asked(), 2);
    }

    #[tokio::test]
    async fn a_token_is_never_used_after_its_end() {
        let (clock, elsewhere, provider) = remote(1);
        let first = provider.token().await.unwrap();
        elsewhere.fails.store(true, Ordering::SeqCst);
        elsewhere.open.add_permits(100);
        clock.set(NOW + LIFE - 1);
        assert_eq!(provider.token().await.unwrap(), first);
        clock.set(NOW + LIFE);
        let error = provider.token().await.unwrap_err();
        let source = error.source().and_then(StdError::source).unwrap();
        assert!(
            !error.was_sent() && source.to_string().contains("not connected"),
            "{error:?}"
        );
    }

    #[tokio::test]
    async fn a_signer_that_fails_is_left_alone_for_a_short_time() {
        let (clock, elsewhere, provider) = remote(100);
        elsewhere.fails.store(true, Ordering::SeqCst);
        for _ in 0..10 {
            assert!(provider.token().await.is_err());
        }
        assert_eq!(elsewhere.asked(), 1);
        clock.set(NOW + FAILURE_PAUSE);
        elsewhere.fails.store(false, Ordering::SeqCst);
        let first = provider.token().await.unwrap();
        assert_eq!(elsewhere.asked(), 2);

        // With a valid token in hand, the pause is longer and nobody notices.
        elsewhere.fails.store(true, Ordering::SeqCst);
        let due = NOW + FAILURE_PAUSE + 82_800;
        for (now, asked) in [(due, 3), (due + REPLACEMENT_PAUSE - 1, 3), (due + REPLACEMENT_PAUSE, 4)] {
            clock.set(now);
            for _ in 0..10 {
                assert_eq!(provider.token().await.unwrap(), first);
                settle().await;
            }
            assert_eq!(elsewhere.asked(), asked);
        }
    }

    /// Signs once, and then has a bug.
    struct Breaks(AtomicUsize, AccessKey);

    impl Signer for Breaks {
        fn sign<'a>(&'a self, signing_input: &'a [u8]) -> SignFuture<'a> {
            let asked = self.0.fetch_add(1, Ordering::SeqCst);
            Box::pin(async move {
                assert_eq!(asked, 0, "a bug in a signer");
                let signature = self.1.private_key().sign(signing_input)?;
                signature.try_into().map_err(|_| "another length".into())
            })
        }
    }

    #[tokio::test]
    async fn a_signer_that_panics_behind_a_valid_token_is_left_alone_as_well() {
        let clock = Arc::new(FixedClock::at(NOW));
        let key: AccessKey = TEXT.parse().unwrap();
        let signer = Arc::new(Breaks(AtomicUsize::new(0), key.clone()));
        let builder = ServiceClientTokenProvider::with_signer(key.id().clone(), Arc::clone(&signer));
        let provider = builder.clock(Arc::clone(&clock)).build().unwrap();
        provider.token().await.unwrap();
        for (now, asked) in [
            (82_800, 2),
            (82_800 + REPLACEMENT_PAUSE - 1, 2),
            (82_801 + REPLACEMENT_PAUSE, 3),
        ] {
            clock.set(NOW + now);
            for _ in 0..10 {
                provider.token().await.unwrap();
                settle().await;
            }
            assert_eq!(signer.0.load(Ordering::SeqCst), asked, "{now}");
        }
    }

    /// A runtime that is driven only while a caller waits, and does not wait.
    #[test]
    fn replacements_that_nobody_gets_to_do_not_pile_up_and_a_late_one_replaces_nothing() {
        let (clock, elsewhere, provider) = remote(100);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let token = || runtime.block_on(async { provider.token().await.unwrap() });
        let first = token();
        for call in 0..100 {
            clock.set(NOW + 82_800 + call * 20);
            assert_eq!(token(), first);
        }
        assert!(runtime.metrics().num_alive_tasks() <= 1);
        // The first has expired: somebody waits, and the task that was left over gets its turn too late.
        clock.set(NOW + LIFE);
        let second = token();
        runtime.block_on(settle());
        assert_eq!((token(), elsewhere.asked()), (second, 2));
    }

    #[tokio::test]
    async fn a_signer_that_takes_too_long_is_given_up_and_asked_again() {
        let (clock, elsewhere, provider) = remote(0);
        let waiting = {
            let provider = provider.clone();
            tokio::spawn(async move { provider.token().await })
        };
        elsewhere.asked_for(1).await;
        settle().await;
        clock.set(NOW + SIGN_LIMIT.as_secs());
        assert!(format!("{:?}", waiting.await.unwrap().unwrap_err()).contains("too long"));
        elsewhere.open.add_permits(1);
        clock.set(NOW + SIGN_LIMIT.as_secs() + FAILURE_PAUSE);
        assert!(provider.token().await.is_ok());
        assert_eq!(elsewhere.asked(), 2);
    }

    /// The answer arrives when the machine wakes up, and the token in it has expired meanwhile.
    #[tokio::test]
    async fn a_token_whose_signature_arrives_after_its_end_is_not_used() {
        let (clock, elsewhere, provider) = remote(0);
        let waiting = {
            let provider = provider.clone();
            tokio::spawn(async move { provider.token().await.unwrap() })
        };
        elsewhere.asked_for(1).await;
        // Both are ready at once, as after a sleep.
        elsewhere.open.add_permits(2);
        clock.set(NOW + LIFE);
        let token = waiting.await.unwrap();
        assert_eq!(elsewhere.asked(), 2);
        assert_eq!(provider.token().await.unwrap(), token);
    }

    #[tokio::test]
    async fn callers_who_give_up_do_not_end_the_signature_of_the_others() {
        let (_, elsewhere, provider) = remote(0);
        let callers: Vec<_> = (0..20)
            .map(|_| {
                let provider = provider.clone();
                tokio::spawn(async move { provider.token().await.is_ok() })
            })
            .collect();
        elsewhere.asked_for(1).await;
        for caller in callers {
            caller.abort();
            let _ = caller.await;
        }
        elsewhere.open.add_permits(1);
        assert!(provider.token().await.is_ok());
        assert_eq!(elsewhere.asked(), 1);
    }

    #[test]
    fn a_signature_that_was_abandoned_with_its_runtime_is_made_by_the_next() {
        let (_, elsewhere, provider) = remote(0);
        let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
        let first = runtime();
        first.block_on(async {
            let caller = {
                let provider = provider.clone();
                tokio::spawn(async move { provider.token().await.is_ok() })
            };
            elsewhere.asked_for(1).await;
            drop(caller);
        });
        drop(first);
        elsewhere.open.add_permits(1);
        assert!(runtime().block_on(async { provider.token().await }).is_ok());
        assert_eq!(elsewhere.asked(), 2);
    }

    #[tokio::test]
    async fn debug_shows_neither_key_nor_token() {
        let (_, provider) = local();
        let token = provider.token().await.unwrap();
        let shown = format!("{provider:?} {token:?} {:?}", provider.token());
        assert!(
            shown.contains("sc_orders") && !shown.contains("KuU4") && !shown.contains("eyJ"),
            "{shown}"
        );
    }
}
