//! What the engine knows: records, roles and groups, without anything that has no part in a decision.

/// How the engine reads what the service's material leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settings {
    /// What is given on `documents/*` is given on `documents` too. Otherwise only on what is below, and a question about `documents/*` is one about
    /// what is below.
    pub(crate) collection_wildcard_covers_collection: bool,
    /// `Authress:ServiceClients/{id}` is another name of the user `{id}`.
    pub(crate) service_client_alias: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            collection_wildcard_covers_collection: true,
            service_client_alias: true,
        }
    }
}

impl Settings {
    /// The one id of a user; users are compared by this alone.
    pub(super) fn user(self, id: &str) -> &str {
        let mut one = id;
        // The one id of the one id is the same.
        while let Some(client) = one.strip_prefix("Authress:ServiceClients/")
            && self.service_client_alias
            && !client.is_empty()
        {
            one = client;
        }
        one
    }
}

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
    /// Whether it gives any right.
    pub(super) fn gives_anything(&self) -> bool {
        self.allow || self.grant || self.delegate
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

/// An access record. Users and groups of the record itself stand in each of its statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) statements: Vec<Statement>,
}

/// The role that holds every permission on what it is given on, also to give and to pass on.
pub(crate) const OWNER: &str = "Authress:Owner";

/// The role for logging users in with their passwords; there is no action for that.
pub(crate) const AUTHENTICATE_USER: &str = "Authress:AuthenticateUser";
