//! All decisions of many questions.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_util::{StreamExt as _, stream};

use super::{Concurrency, Distinct, Question};
use crate::{AuthressClient, Decision, Error};

/// Many questions that are ready to be asked; made by [`AuthressClient::check_many`].
///
/// # Errors
/// `.await` fails with the first question that cannot be answered, and with an [`Error`] that names `concurrency` when that is not between 1 and 4,096.
///
/// # Cancel safety
/// Dropping the future, or the stream, abandons the questions that are under way; where decisions are kept, these go on.
#[derive(Debug, Clone)]
#[must_use = "nothing is asked until it is awaited"]
pub struct CheckMany {
    client: AuthressClient,
    questions: Distinct,
    concurrency: Concurrency,
}

impl CheckMany {
    pub(super) fn new(client: &AuthressClient, questions: impl Iterator<Item = Question>) -> Self {
        Self {
            client: client.clone(),
            questions: Distinct::new(questions),
            concurrency: Concurrency::default(),
        }
    }

    /// How many questions are asked at a time: 16 by default, 4,096 at most.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let decisions = client.check_many([("user-1", "documents/42", "read")]).concurrency(64).await?;
    /// assert!(!decisions[0].allowed);
    /// # Ok(()) }
    /// ```
    pub fn concurrency(mut self, questions: usize) -> Self {
        self.concurrency = Concurrency(questions);
        self
    }

    /// Every answer and every error, in the order of the questions: one that cannot be answered does not stop the others.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let answers = client.check_many([("user-1", "documents/42", "read"), ("user-1", "..", "read")]).each().await;
    /// assert!(!answers[0].as_ref().unwrap().allowed);
    /// assert_eq!(answers[1].as_ref().unwrap_err().argument(), Some("resource_uri"));
    /// # Ok(()) }
    /// ```
    pub async fn each(self) -> Vec<Result<Decision, Error>> {
        let mut answers: Vec<_> = (0..self.questions.count).map(|_| None).collect();
        let mut checks = self.stream();
        while let Some((place, answer)) = checks.next().await {
            if let Some(slot) = answers.get_mut(place) {
                *slot = Some(answer);
            }
        }
        // Every place has its answer.
        answers.into_iter().flatten().collect()
    }

    /// The answers as they come, each with the place of its question, counted from zero.
    ///
    /// ```
    /// use futures_util::StreamExt as _;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let questions = [("user-1", "documents/42", "read"), ("user-1", "documents/42", "write")];
    /// let mut checks = client.check_many(questions).stream();
    /// while let Some((place, decision)) = checks.next().await {
    ///     println!("{:?}: {}", questions[place], decision?.allowed);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn stream(self) -> Checks {
        let count = self.questions.count;
        match self.concurrency.checked() {
            Ok(concurrency) => {
                let answers = self.questions.answers(self.client, concurrency);
                let decisions = answers.map(|(places, answer)| (places, answer.map(|answer| answer.decision)));
                Checks::new(decisions)
            }
            Err(error) => Checks::new(stream::iter([((0..count).collect(), Err(error))])),
        }
    }
}

impl IntoFuture for CheckMany {
    type Output = Result<Vec<Decision>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let concurrency = self.concurrency.checked()?;
            let mut decisions: Vec<_> = (0..self.questions.count).map(|_| None).collect();
            let mut answers = pin!(self.questions.answers(self.client, concurrency));
            while let Some((places, answer)) = answers.next().await {
                let decision = answer?.decision;
                for place in places {
                    if let Some(slot) = decisions.get_mut(place) {
                        *slot = Some(decision);
                    }
                }
            }
            Ok(decisions.into_iter().flatten().collect())
        })
    }
}

type Answers = Pin<Box<dyn Stream<Item = (Vec<usize>, Result<Decision, Error>)> + Send>>;

/// The answers to many questions as they come; made by [`CheckMany::stream`]. Each item is the place of a question and its answer.
pub struct Checks {
    answers: Answers,
    /// Of an answer that has several places, those that have not been told.
    left: VecDeque<(usize, Result<Decision, Error>)>,
}

impl Checks {
    fn new(answers: impl Stream<Item = (Vec<usize>, Result<Decision, Error>)> + Send + 'static) -> Self {
        Self {
            answers: Box::pin(answers),
            left: VecDeque::new(),
        }
    }
}

impl Stream for Checks {
    type Item = (usize, Result<Decision, Error>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(answer) = self.left.pop_front() {
                return Poll::Ready(Some(answer));
            }
            let Some((places, answer)) = ready!(self.answers.as_mut().poll_next(context)) else {
                return Poll::Ready(None);
            };
            self.left = places.into_iter().map(|place| (place, answer.clone())).collect();
        }
    }
}

impl fmt::Debug for Checks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checks(..)")
    }
}
