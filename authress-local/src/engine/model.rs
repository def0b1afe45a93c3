//! What the engine knows: records, roles and groups, without anything that has no part in a decision.

/// One permission of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Permission {
    pub(crate) action: String,
    /// May do it.
    pub(crate) allow: bool,
    /// May let others do it.
    pub(crate) grant: bool,
    /// May let others do it, and let them pass that on.
    pub(crate) delegate: bool,
}

/// What is asked for on an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Right {
    /// To do it.
    Allow,
    /// To let others do it: who may pass it on may also give it.
    Grant,
    /// To let others pass it on.
    Delegate,
}

impl Permission {
    pub(super) fn gives(&self, right: Right) -> bool {
        match right {
            Right::Allow => self.allow,
            Right::Grant => self.grant || self.delegate,
            Right::Delegate => self.delegate,
        }
    }
}

/// Who gets which roles on which resources.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) users: Vec<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) resources: Vec<String>,
}

/// An active access record. Users and groups of the record itself stand in each of its statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) statements: Vec<Statement>,
}

/// The role that holds every permission on what it is given on, also to give and to pass on.
pub(crate) const OWNER: &str = "Authress:Owner";

/// The role for logging users in with their passwords; there is no action for that.
pub(crate) const AUTHENTICATE_USER: &str = "Authress:AuthenticateUser";

/// The one id of a user: a service client may be named by its id or as `Authress:ServiceClients/{id}`.
///
/// Ids of users are compared by this alone.
pub(crate) fn user(id: &str) -> &str {
    match id.strip_prefix("Authress:ServiceClients/") {
        Some(client) if !client.is_empty() => client,
        _ => id,
    }
}
