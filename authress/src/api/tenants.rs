//! Tenants, which keep the users of one customer apart.

use super::group::group;
use crate::models;

group! {
    /// The calls about tenants, which keep the users of one customer apart.
    Tenants;

    /// Lists the tenants that the caller may see, in pages.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Tenant};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.tenants().create_tenant(Tenant::new().tenant_id("acme").tenant_lookup_identifier("acme")).await?;
    /// let page = client.tenants().get_tenants().await?;
    /// assert_eq!(page.tenants.len(), 1);
    /// # Ok(()) }
    /// ```
    get_tenants() -> GetTenants;

    /// Creates a tenant. The tokens of its users name it.
    ///
    /// ```
    /// use authress::models::Tenant;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let tenant = Tenant::new().tenant_id("acme").tenant_lookup_identifier("acme");
    /// let created = client.tenants().create_tenant(tenant).await?;
    /// assert_eq!(created.tenant_id.as_deref(), Some("acme"));
    /// # Ok(()) }
    /// ```
    create_tenant(tenant: models::Tenant) -> CreateTenant;

    /// Reads one tenant.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Tenant};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.tenants().create_tenant(Tenant::new().tenant_id("acme").tenant_lookup_identifier("acme")).await?;
    /// let tenant = client.tenants().get_tenant("acme").await?;
    /// assert_eq!(tenant.tenant_lookup_identifier.as_deref(), Some("acme"));
    /// # Ok(()) }
    /// ```
    get_tenant(tenant_id) -> GetTenant;

    /// Replaces the settings of a tenant.
    ///
    /// ```
    /// use authress::models::Tenant;
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.tenants().create_tenant(Tenant::new().tenant_id("acme").tenant_lookup_identifier("acme")).await?;
    /// let tenant = client.tenants().update_tenant("acme", Tenant::new().tenant_lookup_identifier("acme-corp")).await?;
    /// assert_eq!(tenant.tenant_lookup_identifier.as_deref(), Some("acme-corp"));
    /// # Ok(()) }
    /// ```
    update_tenant(tenant_id, tenant: models::Tenant) -> UpdateTenant;

    /// Deletes a tenant, and the connection that was made for it.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{Tenant};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.tenants().create_tenant(Tenant::new().tenant_id("acme").tenant_lookup_identifier("acme")).await?;
    /// client.tenants().delete_tenant("acme").await?;
    /// assert!(client.tenants().get_tenant("acme").await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_tenant(tenant_id) -> DeleteTenant;

    /// Lets a user log in through a tenant; the user is listed with it from then on.
    ///
    /// ```
    /// use authress::models::{Tenant, TenantUser};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # client.tenants().create_tenant(Tenant::new().tenant_id("acme").tenant_lookup_identifier("acme")).await?;
    /// # local.user_token("user-1");
    /// client.tenants().link_tenant_user("acme", TenantUser::new().user_id("user-1")).await?;
    /// assert_eq!(client.users().get_users().tenant_id("acme").await?.users.len(), 1);
    /// # Ok(()) }
    /// ```
    link_tenant_user(tenant_id, user: models::TenantUser) -> LinkTenantUser;
}
