//! What logins look up: extensions and tenants, by the names that requests have for them.

use authress_api::models::Tenant;

use super::Store;

impl Store {
    /// The addresses that an extension may send its users back to, by the id of the extension or of its service client.
    pub(crate) fn redirect_urls_of(&self, extension_or_client: &str) -> Option<&[String]> {
        let extension = self.extensions.get(extension_or_client);
        let extension = extension.or_else(|| self.extension_of_client(extension_or_client))?;
        Some(self.redirect_urls(extension))
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
}
