//! What logins look up: extensions, applications, connections and tenants.

use authress_api::models::{Application, Connection, Extension, Tenant};

use super::Store;

impl Store {
    /// The addresses that an extension may send its users back to, by the id of the extension or of its service client.
    pub(crate) fn extension_of_client(&self, client_id: &str) -> Option<&[String]> {
        let is_meant = |id: &str, extension: &Extension| {
            let client = extension.client.as_ref().and_then(|client| client.client_id.as_deref());
            id == client_id || client == Some(client_id)
        };
        let mut extensions = self.extensions.iter();
        let (_, extension) = extensions.find(|(id, extension)| is_meant(id, extension))?;
        let application = extension.application.as_ref();
        Some(application?.redirect_urls.as_deref().unwrap_or_default())
    }

    pub(crate) fn application(&self, id: &str) -> Option<&Application> {
        self.applications.get(id)
    }

    pub(crate) fn connection(&self, id: &str) -> Option<&Connection> {
        self.connections.get(id)
    }

    /// The tenant that a login names, by its id or the name that it can be found by.
    pub(crate) fn tenant_of_login(&self, name: &str) -> Option<&Tenant> {
        let mut tenants = self.tenants.values();
        self.tenants
            .get(name)
            .or_else(|| tenants.find(|tenant| tenant.tenant_lookup_identifier.as_deref() == Some(name)))
    }

    /// The tenant with the domain of an email address, or with this domain.
    pub(crate) fn tenant_of_hint(&self, hint: &str) -> Option<&Tenant> {
        let domain = hint.rsplit_once('@').map_or(hint, |(_, domain)| domain).to_lowercase();
        let has = |tenant: &&Tenant| tenant.domains.iter().flatten().any(|it| it.domain == domain);
        self.tenants.values().find(has)
    }

    /// Notes a user who has logged in.
    pub(crate) fn seen_user(&mut self, user_id: &str) {
        self.users.insert(user_id.to_owned());
    }
}
