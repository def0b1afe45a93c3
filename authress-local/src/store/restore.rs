//! A state is put in the place of another one, from a seed: whole, or not at all.

use std::collections::{BTreeMap, BTreeSet};

use authress_api::models::{AccessRecordStatus, AccessRequestStatus, Application, Connection, Tenant, UserIdentity};
use chrono::{DateTime, Utc};

use super::{
    ConfiguredResource, DEFAULT_APPLICATION, DEFAULT_CONNECTION, OWNER_CLIENT, OWNER_RECORD, Seed, ServiceClient,
    Store, StoredInvite, StoredRequest,
};
use crate::Error;
use crate::engine::{AUTHENTICATE_USER, OWNER, is_resource};

impl Store {
    /// Puts what a seed says in the place of everything but the first service client and its record.
    ///
    /// Times of change that it leaves out are `now`.
    ///
    /// # Errors
    /// When the seed contradicts itself; then nothing is changed.
    pub(crate) fn replace(&mut self, seed: Seed, now: DateTime<Utc>) -> Result<(), Error> {
        let mut next = Self::new(self.settings);
        next.put_seed(seed, now)?;
        next.add_defaults(now);
        // Codes that were used stay so: whoever kept one might use it again.
        next.logins.used = std::mem::take(&mut self.logins.used);
        if let Some(client) = self.clients.get(OWNER_CLIENT) {
            next.clients.insert(OWNER_CLIENT.to_owned(), client.clone());
        }
        if let Some(record) = self.records.get(OWNER_RECORD) {
            next.restore_record(OWNER_RECORD, record.clone(), now);
        }
        *self = next;
        Ok(())
    }

    fn put_seed(&mut self, seed: Seed, now: DateTime<Utc>) -> Result<(), Error> {
        let mut ids = Ids::of("roles", "roleId", &[OWNER, AUTHENTICATE_USER]);
        for role in seed.roles {
            let id = ids.next(role.role_id.as_deref())?;
            self.put_role(&id, role);
        }
        let mut ids = Ids::of("groups", "groupId", &[]);
        for group in seed.groups {
            let id = ids.next(group.group_id.as_deref())?;
            self.restore_group(&id, group, now);
        }
        let mut ids = Ids::of("records", "recordId", &[OWNER_RECORD]);
        for record in seed.records {
            let id = ids.next(record.record_id.as_deref())?;
            let problem = |what| Err(Error::new(format!("records: {id} {what}")));
            if matches!(record.status, Some(AccessRecordStatus::Unknown(_))) {
                return problem("has a status other than ACTIVE and DELETED");
            }
            if super::names_twice(&record) {
                return problem("has users or groups of its own and in its statements");
            }
            self.restore_record(&id, record, now);
        }
        let mut ids = Ids::of("clients", "clientId", &[OWNER_CLIENT]);
        for client in seed.clients {
            let id = ids.next(client.client_id.as_deref())?;
            let client = ServiceClient::restored(&id, client, now)?;
            self.clients.insert(id, client);
        }
        self.put_people(seed.resources, seed.requests, seed.invites, seed.users, now)?;
        self.disabled_tokens = seed.disabled_tokens;
        self.put_platform(
            seed.connections,
            seed.applications,
            seed.tenants,
            seed.tenant_users,
            now,
        )?;
        let mut ids = Ids::of("extensions", "extensionId", &[]);
        for mut extension in seed.extensions {
            let id = ids.next(extension.extension_id.as_deref())?;
            extension.created_time.get_or_insert(now);
            self.extensions.insert(id, extension);
        }
        for (number, identity) in seed.identities.into_iter().enumerate() {
            let Some((issuer, audience)) = identity.issuer.zip(identity.audience) else {
                return Err(Error::new(format!(
                    "identities[{number}]: has no issuer or no audience"
                )));
            };
            self.put_identity(&issuer, &audience, identity.user_id_expression);
        }
        Ok(())
    }

    fn put_people(
        &mut self,
        resources: Vec<ConfiguredResource>,
        requests: Vec<StoredRequest>,
        invites: Vec<StoredInvite>,
        users: Vec<UserIdentity>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut ids = Ids::of("resources", "resourceUri", &[]);
        for resource in resources {
            // Whatever it is written as, a resource has one configuration.
            let id = ids.next(Some(self.resource_name(&resource.resource_uri)))?;
            if !is_resource(&resource.resource_uri) {
                let title = format!("resources: {} is no resource", resource.resource_uri);
                return Err(Error::new(title));
            }
            self.put_resource(&id, resource.permissions);
        }
        let mut ids = Ids::of("requests", "requestId", &[]);
        for mut request in requests {
            let id = ids.next(request.model.request_id.as_deref())?;
            let problem = |what| Err(Error::new(format!("requests: {id} {what}")));
            let status = request.model.status.get_or_insert(AccessRequestStatus::Open);
            if matches!(status, AccessRequestStatus::Unknown(_)) {
                return problem("has a status other than OPEN, APPROVED, DENIED and DELETED");
            }
            if super::names_twice(&request.record()) {
                return problem("has users of its own, and users or groups in its statements");
            }
            request.model.last_updated.get_or_insert(now);
            self.requests.insert(id, request);
        }
        let mut ids = Ids::of("invites", "inviteId", &[]);
        for invite in invites {
            let id = ids.next(Some(&invite.invite_id))?;
            self.invites.insert(id, invite);
        }
        let mut ids = Ids::of("users", "userId", &[]);
        for user in users {
            let id = ids.next(Some(&user.user_id))?;
            self.users.insert(id, user);
        }
        Ok(())
    }

    fn put_platform(
        &mut self,
        connections: Vec<Connection>,
        applications: Vec<Application>,
        tenants: Vec<Tenant>,
        tenant_users: BTreeMap<String, BTreeSet<String>>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut ids = Ids::of("connections", "connectionId", &[]);
        for mut connection in connections {
            let id = ids.next(connection.connection_id.as_deref())?;
            connection.created_time.get_or_insert(now);
            connection.last_updated.get_or_insert(now);
            self.connections.insert(id, connection);
        }
        let mut ids = Ids::of("applications", "applicationId", &[]);
        for mut application in applications {
            let id = ids.next(Some(&application.application_id))?;
            application.created_time.get_or_insert(now);
            application.last_updated.get_or_insert(now);
            self.applications.insert(id, application);
        }
        let mut ids = Ids::of("tenants", "tenantId", &[]);
        for mut tenant in tenants {
            let id = ids.next(tenant.tenant_id.as_deref())?;
            tenant.created_time.get_or_insert(now);
            self.tenants.insert(id, tenant);
        }
        for (tenant, users) in tenant_users {
            if !self.tenants.contains_key(&tenant) {
                return Err(Error::new(format!("tenantUsers.{tenant}: there is no such tenant")));
            }
            for user in users {
                self.link_tenant_user(&tenant, &user);
            }
        }
        Ok(())
    }

    /// Adds what tokens of users name, where a seed has left it out.
    pub(super) fn add_defaults(&mut self, now: DateTime<Utc>) {
        if !self.connections.contains_key(DEFAULT_CONNECTION) {
            self.put_default_connection(now);
        }
        if !self.applications.contains_key(DEFAULT_APPLICATION) {
            self.put_default_application(now);
        }
    }
}

/// The ids of a list as it is gone through: each there, once, and none that is the server's own.
struct Ids {
    list: &'static str,
    member: &'static str,
    own: &'static [&'static str],
    seen: BTreeSet<String>,
    number: usize,
}

impl Ids {
    fn of(list: &'static str, member: &'static str, own: &'static [&'static str]) -> Self {
        Self {
            list,
            member,
            own,
            seen: BTreeSet::new(),
            number: 0,
        }
    }

    /// The id of the next item.
    fn next(&mut self, id: Option<&str>) -> Result<String, Error> {
        let place = format!("{}[{}].{}", self.list, self.number, self.member);
        self.number += 1;
        let id = id.filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| Error::new(format!("{place}: is missing")))?;
        if self.own.contains(&id) {
            return Err(Error::new(format!("{place}: {id} is the server's own")));
        }
        if !self.seen.insert(id.to_owned()) {
            return Err(Error::new(format!("{place}: {id} is there already")));
        }
        Ok(id.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use authress_api::models::{AccessRecord, Client, ClientAccessKey, Group, PermissionObject, Role, Statement};
    use serde_json::json;

    use super::*;
    use crate::engine::Right;
    use crate::engine::Settings;
    use crate::keys::KeyPair;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_700_000_000_123).unwrap()
    }

    fn seed(value: serde_json::Value) -> Seed {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_store_that_is_made_from_a_seed_decides_the_same_and_gives_the_same_seed() {
        let mut store = Store::new(Settings::default());
        store.put_role(
            "reader",
            Role::new("Reader", [PermissionObject::new("read").allow(true)]),
        );
        store.put_group("team", Group::new("Team", ["bob"], ["alice"]), now());
        let statement = || Statement::new(["reader"], ["documents/1"]);
        store.put_record("a", AccessRecord::new("A", [statement()]).users(["alice"]), now());
        store.put_record("b", AccessRecord::new("B", [statement()]).groups(["team"]), now());
        store.put_record("gone", AccessRecord::new("C", [statement()]).users(["carol"]), now());
        store.delete_record("gone", now());
        let key = KeyPair::generate("k1").unwrap().public().unwrap();
        let key = ClientAccessKey::new().key_id("k1").public_key(key.to_spki_base64());
        let client = Client::new().name("Service").verification_keys([key]);
        let client = ServiceClient::restored("svc", client, now()).unwrap();
        store.clients.insert("svc".to_owned(), client);
        store.give(OWNER_RECORD, OWNER_CLIENT, "*", OWNER, now());

        store.add_defaults(now());
        store.put_tenant("tenant", Tenant::new(), now());
        store.link_tenant_user("tenant", "alice");
        store.put_identity("https://issuer.example", "audience", None);

        let text = serde_json::to_string(&store.seed()).unwrap();
        let mut other = Store::new(Settings::default());
        // Later: times that are there stay.
        let later = now() + chrono::TimeDelta::days(1);
        other.replace(serde_json::from_str(&text).unwrap(), later).unwrap();
        assert_eq!(serde_json::to_string(&other.seed()).unwrap(), text);
        for (user, expected) in [("alice", true), ("bob", true), ("carol", false), (OWNER_CLIENT, false)] {
            assert_eq!(
                other.engine.check(user, "documents/1", "read", Right::Allow),
                expected,
                "{user}"
            );
        }
        assert!(other.records["gone"].status == Some(AccessRecordStatus::Deleted));
        assert!(other.client_key("svc", "k1").is_some());
    }

    #[test]
    fn what_users_did_and_what_is_open_to_them_is_in_a_seed_as_people_write_it() {
        let written = json!({
            "resources": [{"resourceUri": "docs", "permissions": [{"action": "PUBLIC", "allow": true}]}],
            "requests": [{"requestId": "req_1", "lastUpdated": "2026-01-02T03:04:05Z", "status": "OPEN", "createdBy": "alice",
                "access": {"users": [{"userId": "alice"}], "statements": [{"roles": ["r"], "resources": [{"resourceUri": "x"}]}]}}],
            "invites": [{"inviteId": "inv_1", "statements": [{"roles": ["r"], "resources": [{"resourceUri": "x"}]}],
                "conflictResolutionStrategy": "SKIP_CHANGES", "expiryTime": "2026-01-02T03:04:05Z", "createdBy": "alice"}],
            "users": [{"userId": "alice", "name": "Alice", "linkedIdentities": [],
                "tokenConfiguration": {"defaultClaims": {"defaultAccessTokenClaims": {"plan": "gold"}}}}],
            "disabledTokens": {"alice": {"token_1": "2026-01-02T03:04:05Z"}},
        });
        let mut store = Store::new(Settings::default());
        store.replace(seed(written.clone()), now()).unwrap();
        let mut again = serde_json::to_value(store.seed()).unwrap();
        again
            .as_object_mut()
            .unwrap()
            .retain(|name, _| written.get(name).is_some());
        assert_eq!(again, written);
        assert!(store.engine.check("anybody", "docs/1", "read", Right::Allow));
        assert_eq!(store.token_claims("alice").get("plan"), Some(&json!("gold")));
        assert!(store.is_disabled("alice", "token_1") && !store.is_disabled("bob", "token_1"));

        // Without what can be known.
        let request = json!({"requestId": "req_1", "createdBy": "alice", "access": written["requests"][0]["access"]});
        store.replace(seed(json!({"requests": [request]})), now()).unwrap();
        assert!(store.requests["req_1"].is_open() && store.requests["req_1"].model.last_updated == Some(now()));
        assert!(!store.engine.check("anybody", "docs/1", "read", Right::Allow));
    }

    #[test]
    fn a_seed_takes_the_place_of_everything_but_the_first_client() {
        let mut store = Store::new(Settings::default());
        store.put_client(OWNER_CLIENT, Client::new(), now());
        store.give(OWNER_RECORD, OWNER_CLIENT, "*", OWNER, now());
        store.give("old", "alice", "x", OWNER, now());
        store.replace(seed(json!({})), now()).unwrap();
        assert!(store.engine.check(OWNER_CLIENT, "x", "read", Right::Delegate));
        assert!(!store.engine.check("alice", "x", "read", Right::Allow));
        assert_eq!(store.clients.len(), 1);
    }

    #[test]
    fn a_seed_that_contradicts_itself_changes_nothing_and_says_where() {
        let record = |id: &str| json!({"recordId": id, "name": "n", "statements": [{"roles": ["r"], "resources": [{"resourceUri": "x"}]}]});
        let twice = json!({"recordId": "t", "name": "n", "users": [{"userId": "a"}],
            "statements": [{"roles": ["r"], "resources": [{"resourceUri": "x"}], "users": [{"userId": "b"}]}]});
        let mut odd = record("odd");
        odd["status"] = "ARCHIVED".into();
        for (value, expected) in [
            (
                json!({"records": [record("a"), record("a")]}),
                "records[1].recordId: a is there already",
            ),
            (
                json!({"records": [record(OWNER_RECORD)]}),
                "records[0].recordId: rec_owner is the server's own",
            ),
            (
                json!({"roles": [{"name": "n", "permissions": []}]}),
                "roles[0].roleId: is missing",
            ),
            (
                json!({"roles": [{"roleId": OWNER, "name": "n", "permissions": []}]}),
                "roles[0].roleId: Authress:Owner is the server's own",
            ),
            (
                json!({"resources": [{"resourceUri": "a", "permissions": []}, {"resourceUri": "/a/*", "permissions": []}]}),
                "resources[1].resourceUri: a is there already",
            ),
            (
                json!({"resources": [{"resourceUri": "a//b", "permissions": []}]}),
                "resources: a//b is no resource",
            ),
            (
                json!({"requests": [{"requestId": "q", "createdBy": "a", "status": "LATER", "access": {"users": [], "statements": []}}]}),
                "requests: q has a status other than OPEN, APPROVED, DENIED and DELETED",
            ),
            (
                json!({"records": [twice]}),
                "records: t has users or groups of its own and in its statements",
            ),
            (
                json!({"records": [odd]}),
                "records: odd has a status other than ACTIVE and DELETED",
            ),
            (
                json!({"clients": [{"clientId": "c", "verificationKeys": [{"keyId": "k"}]}]}),
                "clients: a key of c has no publicKey, an Ed25519 key as base64 of its SPKI",
            ),
        ] {
            let mut store = Store::new(Settings::default());
            store.give("old", "alice", "x", OWNER, now());
            let error = store.replace(seed(value), now()).unwrap_err();
            assert_eq!(error.to_string(), expected);
            assert!(store.engine.check("alice", "x", "read", Right::Allow));
        }
    }
}
