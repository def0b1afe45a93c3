//! Many questions at once: some at a time, each once, in any order and answered in the order in which they were asked.

mod authorize;
mod check_many;
mod filter;
mod question;

use std::collections::HashMap;

use futures_core::Stream;
use futures_util::{StreamExt as _, stream};

pub use self::authorize::{AuthorizeAll, AuthorizeAny};
pub use self::check_many::{CheckMany, Checks};
pub use self::filter::{FilterAuthorized, FilterAuthorizedStream, Filtered};
pub use self::question::Question;
use super::Answer;
use crate::{AuthressClient, Error};

/// How many questions are with the service at a time when nothing else is set.
const CONCURRENCY: usize = 16;
/// The most that can be set: as many as the cache of decisions carries.
const MOST_CONCURRENT: usize = 4_096;

/// How many questions are asked at a time.
#[derive(Debug, Clone, Copy)]
struct Concurrency(usize);

impl Default for Concurrency {
    fn default() -> Self {
        Self(CONCURRENCY)
    }
}

impl Concurrency {
    /// # Errors
    /// An [`Error`] that names `concurrency` when it is not between 1 and [`MOST_CONCURRENT`].
    fn checked(self) -> Result<usize, Error> {
        match self.0 {
            questions @ 1..=MOST_CONCURRENT => Ok(questions),
            _ => Err(Error::invalid_argument("concurrency", "it is not between 1 and 4,096")),
        }
    }
}

/// Questions, each of them once.
#[derive(Debug, Clone)]
struct Distinct {
    questions: Vec<Question>,
    /// For each distinct question, the places in which it was asked.
    places: Vec<Vec<usize>>,
    /// How many there were before.
    count: usize,
}

impl Distinct {
    fn new(questions: impl Iterator<Item = Question>) -> Self {
        let mut known = HashMap::new();
        let mut distinct = Self {
            questions: Vec::new(),
            places: Vec::new(),
            count: 0,
        };
        for (place, question) in questions.enumerate() {
            let next = distinct.questions.len();
            let index = *known.entry(question.clone()).or_insert(next);
            if index == next {
                distinct.questions.push(question);
                distinct.places.push(Vec::new());
            }
            if let Some(places) = distinct.places.get_mut(index) {
                places.push(place);
            }
            distinct.count = place + 1;
        }
        distinct
    }

    /// The answers as they come, each with the places of its question. Dropping the stream abandons what is under way.
    fn answers(
        self,
        client: AuthressClient,
        concurrency: usize,
    ) -> impl Stream<Item = (Vec<usize>, Result<Answer, Error>)> + Send + 'static {
        let questions = self.questions.into_iter().zip(self.places);
        stream::iter(questions)
            .map(move |(question, places)| {
                let client = client.clone();
                async move { (places, question.answer(&client).await) }
            })
            .buffer_unordered(concurrency)
    }
}

/// Many questions at once.
impl AuthressClient {
    /// Asks many questions, each once, some at a time. The decisions come in the order of the questions.
    ///
    /// A question is `(user_id, resource_uri, permission)`, or `(resource_uri, permission)` about the user whose token this client has. `.await` fails with the
    /// first question that cannot be answered, and abandons the others; [`each`](CheckMany::each) goes on and gives every answer and every error, and
    /// [`stream`](CheckMany::stream) gives them as they come.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let questions = [("user-1", "documents/42", "read"), ("user-1", "documents/42", "write")];
    /// let decisions = client.check_many(questions).await?;
    /// assert!(decisions[0].allowed && !decisions[1].allowed);
    /// # Ok(()) }
    /// ```
    pub fn check_many<Q: Into<Question>>(&self, questions: impl IntoIterator<Item = Q>) -> CheckMany {
        CheckMany::new(self, questions.into_iter().map(Into::into))
    }

    /// Succeeds when every question is answered with yes. The first one that is not abandons the others.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.authorize_all([("user-1", "documents/1", "read"), ("user-1", "documents/2", "read")]).await?;
    ///
    /// let error = client.authorize_all([("user-1", "documents/1", "read"), ("user-1", "plans/1", "read")]).await.unwrap_err();
    /// assert!(error.is_denied());
    ///
    /// // No question is no permission.
    /// let error = client.authorize_all::<(&str, &str, &str)>([]).await.unwrap_err();
    /// assert_eq!(error.argument(), Some("questions"));
    /// # Ok(()) }
    /// ```
    pub fn authorize_all<Q: Into<Question>>(&self, questions: impl IntoIterator<Item = Q>) -> AuthorizeAll {
        AuthorizeAll::new(self, questions.into_iter().map(Into::into))
    }

    /// Succeeds when a question is answered with yes, and says which one; the others are abandoned then.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/*", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let questions = [("user-1", "documents/42", "write"), ("user-1", "documents/42", "read")];
    /// assert_eq!(client.authorize_any(questions).await?, 1);
    /// # Ok(()) }
    /// ```
    pub fn authorize_any<Q: Into<Question>>(&self, questions: impl IntoIterator<Item = Q>) -> AuthorizeAny {
        AuthorizeAny::new(self, questions.into_iter().map(Into::into))
    }

    /// Keeps of `items` those that may be seen: those for which the question that `question` makes of them is answered with yes. Their order stays.
    ///
    /// The first question that cannot be answered fails it, and abandons the others. [`FilterAuthorized::stream`] gives the items one after another.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "documents/2", ["read"]);
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let of_document = |id: &i32| ("user-1", format!("documents/{id}"), "read");
    /// assert_eq!(client.filter_authorized([1, 2, 3], of_document).await?, [2]);
    /// # Ok(()) }
    /// ```
    pub fn filter_authorized<T, Q: Into<Question>>(
        &self,
        items: impl IntoIterator<Item = T>,
        question: impl Fn(&T) -> Q,
    ) -> FilterAuthorized<T> {
        FilterAuthorized::new(self, items, |item| question(item).into())
    }

    /// Keeps of the items of a stream those that may be seen, as [`filter_authorized`](Self::filter_authorized) does of a list.
    ///
    /// Some items are asked about at a time, ahead of what is taken; the order stays. A question that comes twice is asked twice, unless the client has a
    /// [`DecisionCache`](crate::DecisionCache). An error of the stream, and of a question, is passed on in its place, and the stream goes on.
    ///
    /// ```
    /// use futures_util::TryStreamExt as _;
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # local.grant("user-1", "users/user-2", ["read"]);
    /// # local.user_token("user-2");
    /// # local.user_token("user-3");
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let users = client.users().get_users().stream();
    /// let visible = client.filter_authorized_stream(users, |user| ("user-1", format!("users/{}", user.user_id), "read"));
    /// let visible: Vec<_> = visible.concurrency(8).stream().try_collect().await?;
    /// assert_eq!(visible.len(), 1);
    /// # Ok(()) }
    /// ```
    pub fn filter_authorized_stream<S, T, Q, F>(&self, items: S, question: F) -> FilterAuthorizedStream<S, F>
    where
        S: Stream<Item = Result<T, Error>> + Send + 'static,
        T: Send + 'static,
        F: Fn(&T) -> Q + Send + 'static,
        Q: Into<Question>,
    {
        FilterAuthorizedStream::new(self, items, question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_is_asked_again_is_one_with_two_places() {
        let questions = [("u", "a", "p"), ("u", "b", "p"), ("u", "a", "p"), ("u", "a", "q")];
        let distinct = Distinct::new(questions.into_iter().map(Question::from));
        assert_eq!(distinct.questions.len(), 3);
        assert_eq!(distinct.places, [vec![0, 2], vec![1], vec![3]]);
        assert_eq!(distinct.count, 4);
        // About oneself is another question than about a user of that name.
        let own = [Question::from(("a", "p")), Question::from(("", "a", "p"))];
        assert_eq!(Distinct::new(own.into_iter()).questions.len(), 2);
    }
}
