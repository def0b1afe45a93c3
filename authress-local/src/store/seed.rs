//! The state as a document that people read, write and commit: every collection as a list, in the shapes of the API.
//!
//! What the server says of everything by itself (links, the account) is not in it, nor are the service client that is there from the start and its
//! record, which every server makes anew.

use std::collections::{BTreeMap, BTreeSet};

use authress_api::models::{
    AccessRecord, Application, Client, Connection, Extension, Group, Identity, Role, Tenant, UserIdentity,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ConfiguredResource, OWNER_CLIENT, OWNER_RECORD, Store, StoredInvite, StoredRequest};

/// The state of a server, but for what each server makes anew.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Seed {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) roles: Vec<Role>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) groups: Vec<Group>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) records: Vec<AccessRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) clients: Vec<Client>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) resources: Vec<ConfiguredResource>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) requests: Vec<StoredRequest>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) invites: Vec<StoredInvite>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) users: Vec<UserIdentity>,
    /// The ids of tokens that are refused, by their users, and since when.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) disabled_tokens: BTreeMap<String, BTreeMap<String, DateTime<Utc>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tenants: Vec<Tenant>,
    /// The users of each tenant.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) tenant_users: BTreeMap<String, BTreeSet<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) connections: Vec<Connection>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) applications: Vec<Application>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) extensions: Vec<Extension>,
    /// The trusted issuers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) identities: Vec<Identity>,
}

impl Store {
    /// The state as it is now, each collection in the order of its ids.
    pub(crate) fn seed(&self) -> Seed {
        let records = self.records.iter().filter(|(id, _)| *id != OWNER_RECORD);
        let clients = self.clients.iter().filter(|(id, _)| *id != OWNER_CLIENT);
        Seed {
            roles: self.roles.values().cloned().collect(),
            groups: self.groups.values().cloned().collect(),
            records: records.map(|(_, record)| record.clone()).collect(),
            clients: clients.map(|(_, client)| client.answer()).collect(),
            resources: self.resources.values().cloned().collect(),
            requests: self.requests.values().cloned().collect(),
            invites: self.invites.values().cloned().collect(),
            users: self.users.values().cloned().collect(),
            disabled_tokens: self.disabled_tokens.clone(),
            tenants: self.tenants.values().cloned().collect(),
            tenant_users: self.tenant_users.clone(),
            connections: self.connections.values().cloned().collect(),
            applications: self.applications.values().cloned().collect(),
            extensions: self.extensions.values().cloned().collect(),
            identities: self.identities.values().cloned().collect(),
        }
    }
}
