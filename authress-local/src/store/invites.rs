//! Invites, and the access records that come of them.

use std::collections::BTreeSet;

use authress_api::models::{
    AccessRecord, Invite, InviteConflictResolutionStrategy, InviteStatement, Resource, Statement, User,
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::resources::trimmed;

/// How long an invite can be accepted, unless it says otherwise.
pub(crate) const INVITE_DURATION: TimeDelta = TimeDelta::days(7);

/// What the description allows in one access record and in one statement.
const MOST_USERS: usize = 1000;
const MOST_STATEMENTS: usize = 100;
const MOST_USERS_OF_STATEMENT: usize = 100;

/// An invite with who made it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredInvite {
    pub(crate) invite_id: String,
    pub(crate) statements: Vec<InviteStatement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tenant_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) default_login_tenant_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) linked_user_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) conflict_resolution_strategy: Option<InviteConflictResolutionStrategy>,
    /// From when on it can no longer be accepted.
    pub(crate) expiry_time: DateTime<Utc>,
    /// The one id of the user who made it, in whose name it gives.
    pub(crate) created_by: String,
}

impl StoredInvite {
    pub(crate) fn new(id: &str, invite: Invite, expiry_time: DateTime<Utc>, created_by: &str) -> Self {
        Self {
            invite_id: id.to_owned(),
            statements: invite.statements,
            tenant_id: invite.tenant_id,
            default_login_tenant_id: invite.default_login_tenant_id,
            linked_user_id: invite.linked_user_id,
            conflict_resolution_strategy: invite.conflict_resolution_strategy,
            expiry_time,
            created_by: created_by.to_owned(),
        }
    }

    /// The invite as it is answered.
    pub(crate) fn answer(&self) -> Invite {
        let mut invite = Invite::new(self.statements.iter().cloned())
            .invite_id(&self.invite_id)
            .expiry_time(self.expiry_time.to_rfc3339_opts(SecondsFormat::Millis, true));
        invite.tenant_id.clone_from(&self.tenant_id);
        invite.default_login_tenant_id.clone_from(&self.default_login_tenant_id);
        invite.linked_user_id.clone_from(&self.linked_user_id);
        invite
            .conflict_resolution_strategy
            .clone_from(&self.conflict_resolution_strategy);
        invite
    }

    /// A new record that gives `user` what the invite gives; who made the invite is its admin.
    pub(crate) fn record(&self, user: &str) -> AccessRecord {
        let statements = self.statements.iter().map(statement);
        AccessRecord::new(format!("Invite {}", self.invite_id), statements)
            .users([user])
            .admins([self.created_by.as_str()])
    }

    /// Whether `record` is about what the invite is about: it names each of its resources.
    pub(crate) fn is_about(&self, record: &AccessRecord) -> bool {
        let mut resources = self.statements.iter().flat_map(|statement| &statement.resources);
        let named = |resource: &Resource| {
            let mut named = record.statements.iter().flat_map(|statement| &statement.resources);
            named.any(|it| trimmed(&it.resource_uri) == trimmed(&resource.resource_uri))
        };
        resources.all(named)
    }

    /// `record` with the access of the invite for `user`, if that gives the user nothing else and nobody else anything.
    pub(crate) fn merged_safely(&self, record: &AccessRecord, user: &str) -> Option<AccessRecord> {
        let mut merged = record.clone();
        if !is_empty(record.users.as_ref()) || !is_empty(record.groups.as_ref()) {
            // All that the record gives, it gives to everybody in it.
            let pairs = |statements: &[Statement]| -> BTreeSet<(String, String)> {
                statements.iter().flat_map(pairs_of).collect()
            };
            let given: Vec<Statement> = self.statements.iter().map(statement).collect();
            if pairs(&record.statements) != pairs(&given) {
                return None;
            }
            add(merged.users.get_or_insert_default(), user);
        } else {
            for given in self.statements.iter().map(statement) {
                let same = |it: &&mut Statement| {
                    pairs_of(it).collect::<BTreeSet<_>>() == pairs_of(&given).collect::<BTreeSet<_>>()
                };
                match merged.statements.iter_mut().find(same) {
                    Some(statement) => add(statement.users.get_or_insert_default(), user),
                    None => merged.statements.push(given.users([user])),
                }
            }
        }
        is_within_limits(&merged).then_some(merged)
    }

    /// `record` with the access of the invite for everybody in it, and with `user` among them; none when it would become too large.
    pub(crate) fn merged_by_force(&self, record: &AccessRecord, user: &str) -> Option<AccessRecord> {
        let mut statements = record.statements.iter();
        if statements.any(|it| !is_empty(it.users.as_ref()) || !is_empty(it.groups.as_ref())) {
            // It fits whatever the statements give, unless it is too much.
            return None;
        }
        let mut merged = record.clone();
        add(merged.users.get_or_insert_default(), user);
        for given in self.statements.iter().map(statement) {
            if !merged.statements.contains(&given) {
                merged.statements.push(given);
            }
        }
        is_within_limits(&merged).then_some(merged)
    }

    /// `record` with users and access of the invite alone.
    pub(crate) fn in_the_place_of(&self, record: &AccessRecord, user: &str) -> AccessRecord {
        let mut replaced = record.clone();
        replaced.users = Some(vec![User::new(user)]);
        replaced.groups = None;
        replaced.statements = self.statements.iter().map(statement).collect();
        replaced
    }
}

fn statement(of_invite: &InviteStatement) -> Statement {
    Statement::new(of_invite.roles.iter().cloned(), of_invite.resources.iter().cloned())
}

/// The roles of a statement with each of its resources.
fn pairs_of(statement: &Statement) -> impl Iterator<Item = (String, String)> {
    statement.roles.iter().flat_map(|role| {
        let resources = statement.resources.iter();
        resources.map(move |it| (role.clone(), trimmed(&it.resource_uri).to_owned()))
    })
}

fn add(users: &mut Vec<User>, id: &str) {
    if !users.iter().any(|it| it.user_id == id) {
        users.push(User::new(id));
    }
}

fn is_empty<T>(list: Option<&Vec<T>>) -> bool {
    list.is_none_or(Vec::is_empty)
}

fn is_within_limits(record: &AccessRecord) -> bool {
    record.users.as_ref().is_none_or(|users| users.len() <= MOST_USERS)
        && record.statements.len() <= MOST_STATEMENTS
        && record.statements.iter().all(|it| {
            it.users
                .as_ref()
                .is_none_or(|users| users.len() <= MOST_USERS_OF_STATEMENT)
        })
        && serde_json::to_vec(record).is_ok_and(|json| json.len() <= super::MAX_RECORD_BYTES)
}
