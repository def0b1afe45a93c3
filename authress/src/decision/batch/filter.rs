//! Of many things, those that may be seen.

use std::fmt;
use std::future::{Future, IntoFuture, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_util::{StreamExt as _, stream};

use super::{Concurrency, Distinct, Question};
use crate::{AuthressClient, Error};

/// Things of which those that may be seen are to be kept; made by [`AuthressClient::filter_authorized`].
///
/// # Errors
/// The first question that cannot be answered; an [`Error`] that names `concurrency` when that is not between 1 and 4,096.
///
/// # Cancel safety
/// Dropping the future, or the stream, abandons the questions that are under way; where decisions are kept, these go on.
#[must_use = "nothing is asked until it is awaited"]
pub struct FilterAuthorized<T> {
    client: AuthressClient,
    items: Vec<(T, Question)>,
    concurrency: Concurrency,
}

impl<T> FilterAuthorized<T> {
    pub(super) fn new(
        client: &AuthressClient,
        items: impl IntoIterator<Item = T>,
        question: impl Fn(&T) -> Question,
    ) -> Self {
        let with_question = |item| {
            let question = question(&item);
            (item, question)
        };
        Self {
            client: client.clone(),
            items: items.into_iter().map(with_question).collect(),
            concurrency: Concurrency::default(),
        }
    }

    /// How many questions are asked at a time: 16 by default, 4,096 at most.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let of_document = |id: &i32| ("user-1", format!("documents/{id}"), "read");
    /// assert_eq!(client.filter_authorized(0..100, of_document).concurrency(64).await?.len(), 100);
    /// # Ok(()) }
    /// ```
    pub fn concurrency(mut self, questions: usize) -> Self {
        self.concurrency = Concurrency(questions);
        self
    }

    /// The things that may be seen, one after another in their order; some are asked about at a time, ahead of what is taken. What cannot be answered is an error
    /// in its place, and the stream goes on. A question that comes twice is asked twice, unless the client has a
    /// [`DecisionCache`](crate::DecisionCache).
    ///
    /// ```
    /// use futures_util::TryStreamExt as _;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let of_document = |id: &i32| ("user-1", format!("documents/{id}"), "read");
    /// let mut visible = client.filter_authorized(0..100, of_document).stream();
    /// assert_eq!(visible.try_next().await?, Some(0));
    /// # Ok(()) }
    /// ```
    pub fn stream(self) -> Filtered<T>
    where
        T: Send + 'static,
    {
        Filtered::new(self.client, stream::iter(self.items).map(Ok), self.concurrency)
    }
}

impl<T: Send + 'static> IntoFuture for FilterAuthorized<T> {
    type Output = Result<Vec<T>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let concurrency = self.concurrency.checked()?;
            let (items, questions): (Vec<_>, Vec<_>) = self.items.into_iter().unzip();
            let mut may_be_seen = vec![false; items.len()];
            let questions = Distinct::new(questions.into_iter());
            let mut answers = pin!(questions.answers(self.client, concurrency));
            while let Some((places, answer)) = answers.next().await {
                let allowed = answer?.decision.allowed;
                for place in places {
                    if let Some(slot) = may_be_seen.get_mut(place) {
                        *slot = allowed;
                    }
                }
            }
            let items = items.into_iter().zip(may_be_seen);
            Ok(items.filter_map(|(item, seen)| seen.then_some(item)).collect())
        })
    }
}

impl<T> fmt::Debug for FilterAuthorized<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilterAuthorized")
            .field("items", &self.items.len())
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}

/// A stream of things of which those that may be seen are to be kept; made by [`AuthressClient::filter_authorized_stream`].
#[must_use = "nothing is asked until the stream is read"]
pub struct FilterAuthorizedStream<S, F> {
    client: AuthressClient,
    items: S,
    question: F,
    concurrency: Concurrency,
}

impl<S, F> FilterAuthorizedStream<S, F> {
    pub(super) fn new(client: &AuthressClient, items: S, question: F) -> Self {
        Self {
            client: client.clone(),
            items,
            question,
            concurrency: Concurrency::default(),
        }
    }

    /// How many questions are asked at a time, ahead of what is taken: 16 by default, 4,096 at most.
    pub fn concurrency(mut self, questions: usize) -> Self {
        self.concurrency = Concurrency(questions);
        self
    }

    /// The things that may be seen, in their order.
    pub fn stream<T, Q>(self) -> Filtered<T>
    where
        S: Stream<Item = Result<T, Error>> + Send + 'static,
        T: Send + 'static,
        F: Fn(&T) -> Q + Send + 'static,
        Q: Into<Question>,
    {
        let question = self.question;
        let items = self.items.map(move |item| {
            let item = item?;
            let question = question(&item).into();
            Ok((item, question))
        });
        Filtered::new(self.client, items, self.concurrency)
    }
}

impl<S, F> fmt::Debug for FilterAuthorizedStream<S, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilterAuthorizedStream")
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}

/// The things that may be seen, in their order; made by [`FilterAuthorized::stream`] and [`FilterAuthorizedStream::stream`].
pub struct Filtered<T> {
    items: Pin<Box<dyn Stream<Item = Result<T, Error>> + Send>>,
}

impl<T: Send + 'static> Filtered<T> {
    fn new(
        client: AuthressClient,
        items: impl Stream<Item = Result<(T, Question), Error>> + Send + 'static,
        concurrency: Concurrency,
    ) -> Self {
        let concurrency = match concurrency.checked() {
            Ok(concurrency) => concurrency,
            Err(error) => {
                let items = Box::pin(stream::once(ready(Err(error))));
                return Self { items };
            }
        };
        let items = items
            .map(move |item| {
                let client = client.clone();
                async move {
                    let (item, question) = item?;
                    let answer = question.answer(&client).await?;
                    Ok(answer.decision.allowed.then_some(item))
                }
            })
            .buffered(concurrency)
            .filter_map(|item: Result<Option<T>, Error>| ready(item.transpose()));
        Self { items: Box::pin(items) }
    }
}

impl<T> Stream for Filtered<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.items.as_mut().poll_next(context)
    }
}

impl<T> fmt::Debug for Filtered<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Filtered(..)")
    }
}
