//! Tenants, and which users belong to them.

use authress_api::models::Tenant;
use chrono::{DateTime, Utc};

use super::Store;

impl Store {
    /// Adds a tenant, or changes the one with its id, which keeps its users and the time it was made.
    pub(crate) fn put_tenant(&mut self, id: &str, mut tenant: Tenant, now: DateTime<Utc>) -> Tenant {
        let before = self.tenants.get(id).and_then(|before| before.created_time);
        tenant.tenant_id = Some(id.to_owned());
        tenant.created_time = Some(before.unwrap_or(now));
        self.tenants.insert(id.to_owned(), tenant.clone());
        tenant
    }

    /// Removes a tenant, who belongs to it, and the connections that are its own; not one that another tenant has as well.
    pub(crate) fn remove_tenant(&mut self, id: &str) {
        let tenant = self.tenants.remove(id);
        self.tenant_users.remove(id);
        let named = tenant.as_ref().and_then(connection_id);
        let mut own: Vec<String> = named.map(str::to_owned).into_iter().collect();
        let of_the_tenant = self.connections.iter().filter(|(_, connection)| {
            let data = connection.data.as_ref();
            data.and_then(|data| data.tenant_id.as_deref()) == Some(id)
        });
        own.extend(of_the_tenant.map(|(id, _)| id.clone()));
        for connection in own {
            if !self.is_connection_of_a_tenant(&connection) {
                self.connections.remove(&connection);
            }
        }
    }

    /// Makes a user one of a tenant.
    pub(crate) fn link_tenant_user(&mut self, tenant: &str, user: &str) {
        let user = self.engine.user(user).to_owned();
        self.tenant_users.entry(tenant.to_owned()).or_default().insert(user);
    }

    /// Whether `user` was linked to `tenant`.
    pub(crate) fn is_in_tenant(&self, user: &str, tenant: &str) -> bool {
        let users = self.tenant_users.get(tenant);
        users.is_some_and(|users| users.contains(self.engine.user(user)))
    }

    /// Whether users of any tenant log in with this connection.
    pub(crate) fn is_connection_of_a_tenant(&self, id: &str) -> bool {
        self.tenants.values().any(|tenant| connection_id(tenant) == Some(id))
    }

    /// A tenant other than `id` that a login could mean as well as `tenant`: they share a name, which is the id or the name to be found by, or an
    /// email domain.
    pub(crate) fn mistakable_tenant(&self, id: &str, tenant: &Tenant) -> Option<&str> {
        let signs: Vec<Sign<'_>> = signs(id, tenant).collect();
        let mut others = self.tenants.iter().filter(|(other, _)| *other != id);
        let (other, _) = others.find(|(id, other)| self::signs(id, other).any(|sign| signs.contains(&sign)))?;
        Some(other)
    }
}

/// What a tenant is found by at a login.
#[derive(PartialEq, Eq)]
enum Sign<'a> {
    Name(&'a str),
    Domain(&'a str),
}

fn signs<'a>(id: &'a str, tenant: &'a Tenant) -> impl Iterator<Item = Sign<'a>> {
    let name = tenant
        .tenant_lookup_identifier
        .as_deref()
        .filter(|name| !name.is_empty());
    let domains = tenant
        .domains
        .iter()
        .flatten()
        .map(|domain| Sign::Domain(&domain.domain));
    std::iter::once(id).chain(name).map(Sign::Name).chain(domains)
}

/// The id of the connection that the users of a tenant log in with.
pub(crate) fn connection_id(tenant: &Tenant) -> Option<&str> {
    tenant.connection.as_ref()?.connection_id.as_deref()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Settings;

    #[test]
    fn a_user_is_in_the_tenants_that_it_was_linked_to_until_they_go() {
        let mut store = Store::new(Settings::default());
        let now = DateTime::default();
        for tenant in ["one", "two"] {
            store.put_tenant(tenant, Tenant::new(), now);
        }
        store.link_tenant_user("one", "alice");
        store.link_tenant_user("one", "Authress:ServiceClients/sc_1");
        assert!(store.is_in_tenant("alice", "one") && !store.is_in_tenant("alice", "two"));
        for name in ["sc_1", "Authress:ServiceClients/sc_1"] {
            assert!(store.is_in_tenant(name, "one"));
        }
        store.put_tenant("one", Tenant::new(), now);
        assert!(store.is_in_tenant("alice", "one"));
        store.remove_tenant("one");
        store.put_tenant("one", Tenant::new(), now);
        assert!(!store.is_in_tenant("alice", "one"));
    }
}
