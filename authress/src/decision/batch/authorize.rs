//! One answer to many questions: all of them, or any.

use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};

use futures_util::StreamExt as _;

use super::{Answer, Concurrency, Distinct, Question};
use crate::{AuthressClient, Error};

/// What many questions are asked with, and that there are some.
#[derive(Debug, Clone)]
struct Batch {
    client: AuthressClient,
    questions: Distinct,
    concurrency: Concurrency,
}

impl Batch {
    fn new(client: &AuthressClient, questions: impl Iterator<Item = Question>) -> Self {
        Self {
            client: client.clone(),
            questions: Distinct::new(questions),
            concurrency: Concurrency::default(),
        }
    }

    /// # Errors
    /// An [`Error`] that names `concurrency` when that is not between 1 and 4,096, or `questions` when there are none.
    fn checked(self) -> Result<(AuthressClient, Distinct, usize), Error> {
        let concurrency = self.concurrency.checked()?;
        if self.questions.count == 0 {
            let reason = "there are none; what nobody asked for is not allowed";
            return Err(Error::invalid_argument("questions", reason));
        }
        Ok((self.client, self.questions, concurrency))
    }
}

/// Many questions, all of which are to be answered with yes; made by [`AuthressClient::authorize_all`].
///
/// # Errors
/// The first failure: a no ([`is_denied`](Error::is_denied)), or a question that cannot be answered. An [`Error`] that names `questions` when there are none,
/// or `concurrency` when that is not between 1 and 4,096.
///
/// # Cancel safety
/// Dropping the future abandons the questions that are under way; where decisions are kept, these go on.
#[derive(Debug, Clone)]
#[must_use = "nothing is asked until it is awaited"]
pub struct AuthorizeAll(Batch);

impl AuthorizeAll {
    pub(super) fn new(client: &AuthressClient, questions: impl Iterator<Item = Question>) -> Self {
        Self(Batch::new(client, questions))
    }

    /// How many questions are asked at a time: 16 by default, 4,096 at most.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let questions = (0..100).map(|id| ("user-1", format!("documents/{id}"), "read"));
    /// client.authorize_all(questions).concurrency(64).await?;
    /// # Ok(()) }
    /// ```
    pub fn concurrency(mut self, questions: usize) -> Self {
        self.0.concurrency = Concurrency(questions);
        self
    }
}

impl IntoFuture for AuthorizeAll {
    type Output = Result<(), Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (client, questions, concurrency) = self.0.checked()?;
            let mut answers = pin!(questions.answers(client, concurrency));
            while let Some((_, answer)) = answers.next().await {
                answer?.into_outcome()?;
            }
            Ok(())
        })
    }
}

/// Many questions, one of which is to be answered with yes; made by [`AuthressClient::authorize_any`].
///
/// The output is the place of a question that is, counted from zero: of the one whose answer came first.
///
/// # Errors
/// When no answer is a yes: a no ([`is_denied`](Error::is_denied)) if every question was answered, and else the error of one that was not. An [`Error`] that
/// names `questions` when there are none, or `concurrency` when that is not between 1 and 4,096.
///
/// # Cancel safety
/// Dropping the future abandons the questions that are under way; where decisions are kept, these go on.
#[derive(Debug, Clone)]
#[must_use = "nothing is asked until it is awaited"]
pub struct AuthorizeAny(Batch);

impl AuthorizeAny {
    pub(super) fn new(client: &AuthressClient, questions: impl Iterator<Item = Question>) -> Self {
        Self(Batch::new(client, questions))
    }

    /// How many questions are asked at a time: 16 by default, 4,096 at most.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = authress_local::AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = authress::AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// // One after another, until one is allowed.
    /// let questions = [("user-1", "documents/1", "read"), ("user-1", "documents/2", "read")];
    /// assert_eq!(client.authorize_any(questions).concurrency(1).await?, 0);
    /// # Ok(()) }
    /// ```
    pub fn concurrency(mut self, questions: usize) -> Self {
        self.0.concurrency = Concurrency(questions);
        self
    }
}

impl IntoFuture for AuthorizeAny {
    type Output = Result<usize, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (client, questions, concurrency) = self.0.checked()?;
            let mut answers = pin!(questions.answers(client, concurrency));
            // A question without an answer may have been the one, so that it is told before a no.
            let mut failure: Option<Error> = None;
            while let Some((places, answer)) = answers.next().await {
                match answer.and_then(Answer::into_outcome) {
                    Ok(()) => return Ok(places.into_iter().next().unwrap_or_default()),
                    Err(error) if failure.as_ref().is_none_or(Error::is_denied) => failure = Some(error),
                    Err(_) => {}
                }
            }
            Err(failure.unwrap_or_else(|| Error::invalid_argument("questions", "there are none")))
        })
    }
}
