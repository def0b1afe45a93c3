//! The decisions that are kept: how they are found, which of them still count, and how they are given up.
//! When one from before is used because the service is away, or slow, is in `ask`.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, UNIX_EPOCH};

use http::HeaderMap;
use quick_cache::sync::{Cache as Kept, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, UnitWeighter};

use super::cache_control::CacheControl;
use super::caller::ProviderCaller;
use super::entry::{Entry, nanoseconds};
use super::event::{AccessChanged, Events};
use super::flights::Flights;
use super::key::{Asked, Key};
use super::resource::Below;
use super::settings::DecisionCacheBuilder;
use super::versions::{Begun, Mark, Versions};
use super::{Decision, DecisionSource};
use crate::{Cache, Clock, Error, Metrics};

/// About how many decisions one lock is for.
const SHARD: usize = 1_024;
/// Fewest locks, so that threads do not wait for each other; small caches have fewer.
const MIN_SHARDS: usize = 16;
/// The most resources that decisions are looked through for at once.
const MOST_PLACES: usize = 16;
/// How far the time of one thread may be behind that of another, in nanoseconds, before the clock is taken for set back.
const BEHIND: u64 = 1_000_000_000;

/// The decisions of a client that are kept for a while. Cloning is cheap; clones are the same cache.
///
/// It is off unless [`AuthressClientBuilder::decision_cache`](crate::AuthressClientBuilder::decision_cache) is given its settings. Then
/// [`is_authorized`](crate::AuthressClient::is_authorized), [`authorize_user`](crate::AuthressClient::authorize_user),
/// [`check_user`](crate::AuthressClient::check_user), their forms for the user of a token, and the questions about many things at once use it. The call of
/// the service itself, [`user_permissions().authorize_user(..)`](crate::api::UserPermissions::authorize_user), always asks.
///
/// - What was said to one caller is told to no other: neither to another user's token, nor to another token of the same user.
/// - Only a yes or a no is kept, for [`ttl`](DecisionCacheBuilder::ttl) or [`deny_ttl`](DecisionCacheBuilder::deny_ttl), for no longer than the `Cache-Control` of the
///   answer allows, and not beyond the end of the user's token. Nothing is kept for a client without a token, or with one that does not say
///   when it ends.
/// - Many who ask the same at once share one call and its answer, whatever its `Cache-Control`.
/// - What this client writes (records, roles, groups, users) is seen at once, whatever becomes of the call: when it ends, or is abandoned, everything that it may have
///   touched is given up. The service says that some changes take effect a little after it has accepted them, and one that timed out may be made later still;
///   an answer from before that is kept for its life.
/// - What others write is seen at once when the service's events are [applied](Self::apply), and else within the life of a decision. So is what changes
///   for the caller and not for the user who is asked about: a token that is revoked, a service client that may not ask any more.
///
/// The life of a decision is measured with [`Clock::now`]. When the machine's clock is seen to be set back by more than two seconds, all decisions are given up;
/// after less, those from what is then the future do not count. A clock that is set back while nobody asks, to no earlier than the last question, is
/// not noticed.
///
/// ```
/// use authress::{AuthressClient, DecisionCache, DecisionSource};
/// # use authress_local::AuthressLocal;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let local = AuthressLocal::start().await?;
/// # local.grant("user-1", "documents/*", ["read"]);
/// # let (url, access_key) = (local.url(), local.owner_access_key());
/// let client = AuthressClient::builder(url)
///     .access_key(access_key)
///     .decision_cache(DecisionCache::builder())
///     .build()?;
/// assert!(client.is_authorized("user-1", "documents/42", "read").await?);
/// let again = client.check_user("user-1", "documents/42", "read").await?;
/// assert!(matches!(again.source, DecisionSource::Cached { .. }));
///
/// let cache = client.decision_cache().ok_or("it is on")?;
/// cache.invalidate("user-1");
/// cache.invalidate_resource("documents/42");
/// cache.invalidate_all();
/// let anew = client.check_user("user-1", "documents/42", "read").await?;
/// assert_eq!(anew.source, DecisionSource::Live);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct DecisionCache(Arc<Inner>);

struct Inner {
    settings: DecisionCacheBuilder,
    kept: Kept<Key, Entry>,
    versions: Versions,
    /// How often more than single users was invalidated. It is held while an answer is kept, so that none from before slips in after.
    epoch: RwLock<u64>,
    /// The next place among all questions that begin and answers that come.
    order: AtomicU64,
    flights: Flights,
    events: Events,
    /// The latest time that was seen, in nanoseconds since the Unix epoch, to about a second.
    latest: AtomicU64,
    provider_caller: ProviderCaller,
    clock: Arc<dyn Clock>,
    metrics: Option<Arc<dyn Metrics>>,
}

/// An answer, as it came.
pub(super) struct Answered<'a> {
    pub(super) allowed: bool,
    pub(super) headers: Option<&'a HeaderMap>,
    /// When the caller's token ends, in nanoseconds since the Unix epoch.
    pub(super) ends_at: u64,
}

impl DecisionCache {
    /// How long an allowed is used when nothing else is set.
    pub const DEFAULT_TTL: Duration = Duration::from_secs(30);
    /// How long a denied is used when nothing else is set.
    pub const DEFAULT_DENY_TTL: Duration = Duration::from_secs(5);
    /// How many decisions are kept when nothing else is set.
    pub const DEFAULT_CAPACITY: usize = 10_000;
    /// The most decisions that can be kept.
    pub const MAX_CAPACITY: usize = 1_000_000;

    /// Begins the settings of a cache, for [`AuthressClientBuilder::decision_cache`](crate::AuthressClientBuilder::decision_cache).
    pub fn builder() -> DecisionCacheBuilder {
        DecisionCacheBuilder::new()
    }

    pub(super) fn new(
        settings: DecisionCacheBuilder,
        clock: Arc<dyn Clock>,
        metrics: Option<Arc<dyn Metrics>>,
    ) -> Result<Self, Error> {
        let options = OptionsBuilder::new()
            .estimated_items_capacity(settings.capacity)
            .weight_capacity(settings.capacity as u64)
            .shards(settings.capacity.div_ceil(SHARD).max(MIN_SHARDS))
            .build()
            .map_err(|_| Error::invalid_argument("decision_cache", "its `capacity` cannot be used"))?;
        let kept = Kept::with_options(
            options,
            UnitWeighter,
            DefaultHashBuilder::default(),
            DefaultLifecycle::default(),
        );
        Ok(Self(Arc::new(Inner {
            settings,
            kept,
            versions: Versions::new(),
            epoch: RwLock::new(0),
            order: AtomicU64::new(0),
            flights: Flights::default(),
            events: Events::default(),
            latest: AtomicU64::new(0),
            provider_caller: ProviderCaller::default(),
            clock,
            metrics,
        })))
    }

    /// Gives up all decisions about the user, whoever asked, and none about others that the user asked for; also those that are still to come of questions that are under way.
    pub fn invalidate(&self, user_id: impl AsRef<str>) {
        self.0.versions.raise(user_id.as_ref());
    }

    /// Gives up all decisions about the resources at and below `resource_uri`, for all users. Of one with a wildcard, those below the segment before that.
    ///
    /// It looks at every decision that is kept: some 100 microseconds for 10,000.
    pub fn invalidate_resource(&self, resource_uri: impl AsRef<str>) {
        self.invalidate_resources(&[resource_uri.as_ref()]);
    }

    /// Gives up all decisions about the resources at and below each of these.
    pub(super) fn invalidate_resources(&self, resource_uris: &[impl AsRef<str>]) {
        let places: Vec<Below<'_>> = resource_uris.iter().map(|uri| Below::new(uri.as_ref())).collect();
        // With so many, to look through everything that is kept takes longer than it is worth.
        if places.len() > MOST_PLACES || places.iter().any(|place| place.is_all()) {
            return self.invalidate_all();
        }
        self.next_epoch();
        let is_below = |key: &Key| places.iter().any(|place| place.holds(key.resource_uri()));
        self.0.kept.retain(|key, _| !is_below(key));
    }

    /// Gives up all decisions.
    pub fn invalidate_all(&self) {
        self.next_epoch();
        self.0.kept.clear();
    }

    /// Gives up the decisions that an event of the service says have changed. The output is whether the event was new: one that comes again, as
    /// queues may deliver it, changes nothing.
    ///
    /// With it, the caches of a whole fleet follow within seconds: see [`AccessChanged`].
    ///
    /// ```
    /// use authress::AccessChanged;
    /// # use authress::{AuthressClient, DecisionCache};
    ///
    /// # let client = AuthressClient::builder("https://login.example.com").decision_cache(DecisionCache::builder()).build()?;
    /// let message = r#"{"eventId":"e-1","changes":[{"userId":"user-1","resourceUri":"documents/42","operation":"REMOVED"}]}"#;
    /// let event = AccessChanged::parse(message)?;
    /// if let Some(cache) = client.decision_cache() {
    ///     assert!(cache.apply(&event));
    ///     assert!(!cache.apply(&event));
    /// }
    /// # Ok::<(), authress::Error>(())
    /// ```
    pub fn apply(&self, event: &AccessChanged) -> bool {
        if self.0.events.is_known(event) {
            return false;
        }
        let mut resource_uris = Vec::new();
        for change in &event.changes {
            match (said(change.user_id.as_ref()), said(change.resource_uri.as_ref())) {
                (Some(user_id), _) => self.invalidate(user_id),
                (None, Some(resource_uri)) => resource_uris.push(resource_uri),
                (None, None) => self.invalidate_all(),
            }
        }
        // Together, since each look through what is kept takes its time.
        if !resource_uris.is_empty() {
            self.invalidate_resources(&resource_uris);
        }
        // Not before: somebody else who has the same event may take it for done.
        self.0.events.remember(event);
        true
    }

    fn next_epoch(&self) {
        *self.0.epoch.write().unwrap_or_else(PoisonError::into_inner) += 1;
    }

    /// The decision, when one is kept that need not be asked for again.
    pub(super) fn fresh(&self, asked: &Asked<'_>) -> Option<Decision> {
        // First, since it gives everything up when the clock was set back.
        let now = self.now();
        let entry = self.0.kept.get(asked)?;
        (entry.is_fresh(now) && self.0.versions.is_current(entry.version)).then(|| entry.cached(now))
    }

    /// The decision, when one is kept that may be used since the service cannot be asked.
    pub(super) fn usable_if_unavailable(&self, asked: &Asked<'_>) -> Option<Decision> {
        let max_age = self.0.settings.stale_if_unavailable?;
        self.usable(asked, max_age)
    }

    /// The decision, when one is kept that may be used since the answer is slow.
    pub(super) fn usable_if_slow(&self, asked: &Asked<'_>) -> Option<Decision> {
        let max_age = self.0.settings.stale_if_slow?.max_age;
        self.usable(asked, max_age)
    }

    /// How long to wait before the decision that is kept is used, when one is that may be.
    pub(super) fn patience(&self, asked: &Asked<'_>) -> Option<Duration> {
        let slow = self.0.settings.stale_if_slow?;
        let now = self.now();
        let entry = self.current(asked)?;
        entry.wait(now, slow.longest_wait, slow.max_age)
    }

    fn usable(&self, asked: &Asked<'_>, max_age: Duration) -> Option<Decision> {
        let now = self.now();
        let entry = self.current(asked)?;
        if entry.is_fresh(now) {
            return Some(entry.cached(now));
        }
        entry.is_usable(now, max_age).then(|| entry.stale(now))
    }

    fn current(&self, asked: &Asked<'_>) -> Option<Entry> {
        let entry = self.0.kept.get(asked)?;
        self.0.versions.is_current(entry.version).then_some(entry)
    }

    /// To be taken before the service is asked.
    pub(super) fn mark(&self, user_id: &str) -> Mark {
        Mark {
            version: self.0.versions.of(user_id),
            epoch: *self.0.epoch.read().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// To be taken when the service is asked.
    pub(super) fn begin(&self, mark: Mark) -> Begun {
        Begun {
            mark,
            at: self.now(),
            order: self.next_place(),
        }
    }

    fn next_place(&self) -> u64 {
        self.0.order.fetch_add(1, Ordering::SeqCst)
    }

    /// Keeps an answer, unless something newer is known. A no ends what was known before in any case: also when something has happened since the
    /// question, so that it is not kept itself.
    pub(super) fn keep(&self, key: &Key, begun: Begun, answered: &Answered<'_>) {
        let control = CacheControl::of(answered.headers);
        if !control.may_be_kept {
            return self.forget(key, begun);
        }
        let settings = &self.0.settings;
        let life = if answered.allowed {
            settings.ttl
        } else {
            settings.deny_ttl
        };
        let life = control.longest.map_or(life, |longest| longest.min(life));
        let fresh_until = begun.at.saturating_add(nanoseconds(life)).min(answered.ends_at);
        let entry = Entry {
            allowed: answered.allowed,
            asked_at: begun.at,
            fresh_until,
            ends_at: if control.may_be_stale {
                answered.ends_at
            } else {
                fresh_until
            },
            order: begun.order,
            version: begun.mark.version,
        };
        self.replace(key, begun, entry);
    }

    /// Gives up what is kept of one question, since the service has said something that is not to be kept. A yes to a question that overlapped with
    /// this one is not kept either.
    pub(super) fn forget(&self, key: &Key, begun: Begun) {
        self.replace(key, begun, Entry::nothing(begun));
    }

    fn replace(&self, key: &Key, begun: Begun, mut entry: Entry) {
        // For itself, so that nobody comes between the look and the change.
        let epoch = self.0.epoch.write().unwrap_or_else(PoisonError::into_inner);
        if !entry.allowed {
            entry.order = self.next_place();
        }
        // Of two questions that overlapped nobody knows which the service decided last. So a yes does not count beside a no that came after it was asked
        // for, nor a no beside a yes that was asked for later.
        let is_known = |other: &Entry| self.0.versions.is_current(other.version);
        let other = self.0.kept.peek(key).filter(is_known);
        if let Some(other) = &other
            && other.order > begun.order
        {
            if entry.allowed {
                return;
            }
            if other.allowed {
                entry.end();
            }
        }
        let Mark { version, epoch: then } = begun.mark;
        if *epoch != then || !self.0.versions.is_current(version) {
            // A yes from before it is as good as it was. A no from before it is over.
            if entry.allowed && other.is_some_and(|other| other.allowed) {
                return;
            }
            entry.end();
            entry.version = self.0.versions.of(key.user_id());
        }
        self.0.kept.insert(key.clone(), entry);
    }

    /// How old a question may be that is under way when somebody joins it, in nanoseconds: its answer would be as old as one that is kept.
    pub(super) fn oldest_to_join(&self, limit: Duration) -> u64 {
        nanoseconds(self.0.settings.ttl.min(limit))
    }

    pub(super) fn flights(&self) -> &Flights {
        &self.0.flights
    }

    pub(super) fn provider_caller(&self) -> &ProviderCaller {
        &self.0.provider_caller
    }

    /// Tells that the cache was asked.
    pub(super) fn was_asked(&self, is_hit: bool) {
        if let Some(metrics) = &self.0.metrics {
            metrics.cache_asked(Cache::Decisions, is_hit);
        }
    }

    /// Tells how a decision that was not fresh came about.
    pub(super) fn told(&self, decision: Decision) {
        if let (Some(metrics), DecisionSource::Stale { age }) = (&self.0.metrics, decision.source) {
            metrics.stale_decision_used(age);
        }
    }

    /// In nanoseconds since the Unix epoch; zero before it. When the clock turns out to be set back, everything is given up: nothing says how long
    /// ago the service was asked.
    pub(super) fn now(&self) -> u64 {
        let since_epoch = self.0.clock.now().duration_since(UNIX_EPOCH);
        let now = since_epoch.map_or(0, nanoseconds);
        let latest = self.0.latest.load(Ordering::Acquire);
        // Most often it is neither, and nothing is written.
        if now.abs_diff(latest) > BEHIND {
            // Before anybody else may take the new time for the usual one.
            if now < latest {
                self.invalidate_all();
            }
            self.0.latest.store(now, Ordering::Release);
        }
        now
    }
}

/// What an event names, when it names something.
fn said(text: Option<&String>) -> Option<&String> {
    text.filter(|text| !text.is_empty())
}

impl fmt::Debug for DecisionCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecisionCache")
            .field("settings", &self.0.settings)
            .field("kept", &self.0.kept.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::fixed::FixedClock;
    use crate::decision::Caller;

    const NOW: u64 = 1_700_000_000;

    const ASKED: Asked<'_> = Asked {
        caller: Caller::SERVICE_CLIENT,
        user_id: "u",
        resource_uri: "r",
        permission: "p",
    };

    fn cache() -> DecisionCache {
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(NOW));
        DecisionCache::builder().build(&clock, None).unwrap()
    }

    const fn answered(allowed: bool, headers: Option<&HeaderMap>) -> Answered<'_> {
        let ends_at = u64::MAX;
        Answered {
            allowed,
            headers,
            ends_at,
        }
    }

    /// What happens to a question, which has a letter.
    enum Step {
        Begins(char),
        Yes(char),
        No(char),
        /// The answer is not to be kept.
        NoStore(char, bool),
        /// Something else was given up.
        Epoch,
    }
    use Step::{Begins, Epoch, No, NoStore, Yes};

    /// What is kept after these steps, all at the same instant of the clock.
    fn is_allowed_after(steps: &[Step]) -> Option<bool> {
        let (cache, key) = (cache(), Key::from(ASKED));
        let mut headers = HeaderMap::new();
        headers.insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-store"));
        let mut begun = std::collections::HashMap::new();
        for step in steps {
            match *step {
                Begins(question) => {
                    begun.insert(question, cache.begin(cache.mark("u")));
                }
                Yes(question) => cache.keep(&key, begun[&question], &answered(true, None)),
                No(question) => cache.keep(&key, begun[&question], &answered(false, None)),
                NoStore(question, allowed) => {
                    cache.keep(&key, begun[&question], &answered(allowed, Some(&headers)));
                }
                Epoch => cache.invalidate_resource("elsewhere"),
            }
        }
        cache.fresh(&ASKED).map(|decision| decision.allowed)
    }

    #[test]
    fn of_questions_one_after_another_the_last_answer_counts() {
        assert_eq!(
            is_allowed_after(&[Begins('a'), Yes('a'), Begins('b'), No('b')]),
            Some(false)
        );
        assert_eq!(
            is_allowed_after(&[Begins('a'), No('a'), Begins('b'), Yes('b')]),
            Some(true)
        );
    }

    #[test]
    fn of_questions_that_overlapped_a_yes_never_counts_beside_a_no() {
        let (a, b) = (|| Begins('a'), || Begins('b'));
        assert_eq!(is_allowed_after(&[a(), b(), Yes('a'), No('b')]), Some(false));
        assert_eq!(is_allowed_after(&[a(), b(), No('a'), Yes('b')]), Some(false));
        assert_eq!(is_allowed_after(&[a(), b(), No('b'), Yes('a')]), Some(false));
        // Nobody knows whether this no is the older one.
        assert_eq!(is_allowed_after(&[a(), b(), Yes('b'), No('a')]), None);
        // Nor does a third one change that.
        assert_eq!(
            is_allowed_after(&[a(), b(), Begins('c'), Yes('b'), No('a'), Yes('c')]),
            None
        );
        assert_eq!(
            is_allowed_after(&[a(), b(), Yes('b'), No('a'), Begins('c'), Yes('c')]),
            Some(true)
        );
    }

    #[test]
    fn of_questions_that_overlapped_the_yes_that_was_asked_for_later_counts() {
        let headers = HeaderMap::new();
        let (cache, key) = (cache(), Key::from(ASKED));
        let (first, second) = (cache.begin(cache.mark("u")), cache.begin(cache.mark("u")));
        cache.keep(&key, second, &answered(true, Some(&headers)));
        cache.keep(&key, first, &answered(true, None));
        assert_eq!(cache.0.kept.peek(&ASKED).map(|entry| entry.order), Some(second.order));
    }

    #[test]
    fn an_answer_that_is_not_to_be_kept_leaves_no_room_for_one_that_overlapped() {
        let (a, b) = (|| Begins('a'), || Begins('b'));
        for allowed in [true, false] {
            assert_eq!(is_allowed_after(&[a(), b(), NoStore('b', allowed), Yes('a')]), None);
            assert_eq!(is_allowed_after(&[a(), b(), Yes('a'), NoStore('b', allowed)]), None);
            assert_eq!(
                is_allowed_after(&[a(), NoStore('a', allowed), b(), Yes('b')]),
                Some(true)
            );
        }
    }

    #[test]
    fn a_no_from_before_something_was_given_up_is_not_kept_and_still_no_yes_counts_beside_it() {
        let (a, b) = (|| Begins('a'), || Begins('b'));
        assert_eq!(is_allowed_after(&[a(), Epoch, No('a')]), None);
        assert_eq!(is_allowed_after(&[a(), Epoch, b(), No('a'), Yes('b')]), None);
        assert_eq!(is_allowed_after(&[a(), Epoch, b(), Yes('b'), No('a')]), None);
        assert_eq!(is_allowed_after(&[a(), Epoch, b(), No('b'), Yes('a')]), Some(false));
        assert_eq!(is_allowed_after(&[a(), Epoch, b(), Yes('b'), Yes('a')]), Some(true));
    }

    #[test]
    fn a_yes_that_is_not_kept_ends_the_no_from_before_it() {
        let (a, b) = (|| Begins('a'), || Begins('b'));
        assert_eq!(is_allowed_after(&[a(), No('a'), b(), Epoch, Yes('b')]), None);
        // A yes from before it is as good as it was.
        assert_eq!(is_allowed_after(&[a(), Yes('a'), b(), Epoch, Yes('b')]), Some(true));
    }

    #[test]
    fn a_yes_that_is_not_kept_leaves_no_room_for_a_no_that_was_asked_for_before_it() {
        let (cache, key) = (cache(), Key::from(ASKED));
        let early = cache.mark("u");
        cache.invalidate_resource("elsewhere");
        let before = cache.begin(cache.mark("u"));
        cache.keep(&key, cache.begin(early), &answered(true, None));
        cache.keep(&key, before, &answered(false, None));
        assert!(cache.fresh(&ASKED).is_none());
        cache.keep(&key, cache.begin(cache.mark("u")), &answered(true, None));
        assert_eq!(cache.fresh(&ASKED).map(|decision| decision.allowed), Some(true));
    }

    #[test]
    fn a_no_that_was_ended_still_leaves_no_room_for_a_yes_that_overlapped_with_it() {
        let (cache, key) = (cache(), Key::from(ASKED));
        let early = cache.mark("u");
        cache.invalidate_resource("elsewhere");
        let overlapped = cache.begin(cache.mark("u"));
        cache.keep(&key, cache.begin(cache.mark("u")), &answered(false, None));
        cache.keep(&key, cache.begin(early), &answered(true, None));
        cache.keep(&key, overlapped, &answered(true, None));
        assert!(cache.fresh(&ASKED).is_none());
    }

    #[test]
    fn of_two_threads_that_keep_at_once_the_later_no_stays() {
        let (cache, key) = (cache(), Key::from(ASKED));
        let turn = std::sync::Barrier::new(2);
        let mut wrong = 0;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..20_000 {
                    let begun = cache.begin(cache.mark("u"));
                    turn.wait();
                    cache.keep(&key, begun, &answered(true, None));
                    turn.wait();
                }
            });
            for _ in 0..20_000 {
                cache.0.kept.remove(&key);
                turn.wait();
                cache.keep(&key, cache.begin(cache.mark("u")), &answered(false, None));
                turn.wait();
                wrong += usize::from(cache.fresh(&ASKED).is_none_or(|decision| decision.allowed));
            }
        });
        assert_eq!(wrong, 0);
    }
}
