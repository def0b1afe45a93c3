//! One question among many.

use super::super::Answer;
use crate::{AuthressClient, Error};

/// May this user do this to that resource? For calls that ask many questions at once.
///
/// It is made from `(user_id, resource_uri, permission)`, or from `(resource_uri, permission)` about the user whose token the client has.
///
/// ```
/// use authress::Question;
///
/// let question = Question::from(("user-1", "documents/42", "read"));
/// assert_eq!(question, Question::new("user-1", "documents/42", "read"));
/// assert_eq!((question.user_id(), question.resource_uri(), question.permission()), (Some("user-1"), "documents/42", "read"));
/// assert_eq!(Question::from(("documents/42", "read")).user_id(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    user_id: Option<String>,
    resource_uri: String,
    permission: String,
}

impl Question {
    /// A question about a user.
    pub fn new(user_id: impl Into<String>, resource_uri: impl Into<String>, permission: impl Into<String>) -> Self {
        Self::from((user_id, resource_uri, permission))
    }

    /// The user; nothing for the one whose token the client has.
    pub fn user_id(&self) -> Option<&str> {
        self.user_id.as_deref()
    }

    /// The resource.
    pub fn resource_uri(&self) -> &str {
        &self.resource_uri
    }

    /// The permission.
    pub fn permission(&self) -> &str {
        &self.permission
    }

    pub(super) async fn answer(&self, client: &AuthressClient) -> Result<Answer, Error> {
        let user_id = match &self.user_id {
            Some(user_id) => user_id,
            None => client.own_user()?,
        };
        // Decisions that are kept are there at once; others are to get their turn as well.
        tokio::task::coop::consume_budget().await;
        client.answer(user_id, &self.resource_uri, &self.permission).await
    }
}

impl<U: Into<String>, R: Into<String>, P: Into<String>> From<(U, R, P)> for Question {
    fn from((user_id, resource_uri, permission): (U, R, P)) -> Self {
        Self {
            user_id: Some(user_id.into()),
            resource_uri: resource_uri.into(),
            permission: permission.into(),
        }
    }
}

impl<R: Into<String>, P: Into<String>> From<(R, P)> for Question {
    fn from((resource_uri, permission): (R, P)) -> Self {
        Self {
            user_id: None,
            resource_uri: resource_uri.into(),
            permission: permission.into(),
        }
    }
}
