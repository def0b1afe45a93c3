//! The calls of the service in groups, one group a tag of its description.
//!
//! Groups and calls have the names of the description, so that the service's documentation carries over. Each call returns a [`Call`]: set its
//! optional parameters, then `.await` it.
//!
//! [`Call`]: crate::Call

mod access_records;
mod accounts;
mod applications;
mod connections;
mod extensions;
mod group;
mod groups;
mod invites;
mod login;
mod modify;
mod resource_permissions;
mod roles;
mod service_clients;
mod tenants;
#[cfg(test)]
mod tests;
mod user_permissions;
mod users;

use crate::AuthressClient;
pub use access_records::AccessRecords;
pub use accounts::Accounts;
pub use applications::Applications;
pub use connections::Connections;
pub use extensions::Extensions;
pub use groups::Groups;
pub use invites::Invites;
pub use login::Login;
pub use resource_permissions::ResourcePermissions;
pub use roles::Roles;
pub use service_clients::ServiceClients;
pub use tenants::Tenants;
pub use user_permissions::UserPermissions;
pub use users::Users;

/// The groups of calls.
impl AuthressClient {
    /// Calls about access records, requests for access, and claims of resources.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.access_records().get_records().limit(20).await?;
    /// # Ok(()) }
    /// ```
    pub fn access_records(&self) -> AccessRecords<'_> {
        AccessRecords::new(self)
    }

    /// Calls about accounts and the issuers that they trust.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.accounts().get_accounts().await?;
    /// # Ok(()) }
    /// ```
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts::new(self)
    }

    /// Calls about applications that users log in to.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.applications().get_applications().await?;
    /// # Ok(()) }
    /// ```
    pub fn applications(&self) -> Applications<'_> {
        Applications::new(self)
    }

    /// Calls about connections, the identity providers that users log in with.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.connections().get_connections().await?;
    /// # Ok(()) }
    /// ```
    pub fn connections(&self) -> Connections<'_> {
        Connections::new(self)
    }

    /// Calls about extensions, which others build for your platform, and their login.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.extensions().get_extensions().await?;
    /// # Ok(()) }
    /// ```
    pub fn extensions(&self) -> Extensions<'_> {
        Extensions::new(self)
    }

    /// Calls about groups of users.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.groups().get_groups().filter("writers").await?;
    /// # Ok(()) }
    /// ```
    pub fn groups(&self) -> Groups<'_> {
        Groups::new(self)
    }

    /// Calls about invites, which give access to whoever accepts them.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let error = client.invites().get_invite("no-such-invite").await.unwrap_err();
    /// assert!(error.is_not_found());
    /// # Ok(()) }
    /// ```
    pub fn invites(&self) -> Invites<'_> {
        Invites::new(self)
    }

    /// Calls about the login of users in a browser.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// use authress::models::UpdateAuthenticationRequestParameters;
    ///
    /// let go_on = UpdateAuthenticationRequestParameters::new("hash").connection_id("con_1");
    /// let call = client.login().update_authentication_request("request-1", "https://app.example.com", go_on);
    /// assert!(call.await.is_err_and(|error| error.is_not_found()));
    /// # Ok(()) }
    /// ```
    pub fn login(&self) -> Login<'_> {
        Login::new(self)
    }

    /// Calls about what everybody may do with a resource, and who was given something at it.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.resource_permissions().get_resource_users("documents/42").await?;
    /// # Ok(()) }
    /// ```
    pub fn resource_permissions(&self) -> ResourcePermissions<'_> {
        ResourcePermissions::new(self)
    }

    /// Calls about roles: named sets of permissions.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.roles().get_roles().await?;
    /// # Ok(()) }
    /// ```
    pub fn roles(&self) -> Roles<'_> {
        Roles::new(self)
    }

    /// Calls about service clients and their access keys.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.service_clients().get_clients().await?;
    /// # Ok(()) }
    /// ```
    pub fn service_clients(&self) -> ServiceClients<'_> {
        ServiceClients::new(self)
    }

    /// Calls about tenants, which keep the users of one customer apart.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.tenants().get_tenants().await?;
    /// # Ok(()) }
    /// ```
    pub fn tenants(&self) -> Tenants<'_> {
        Tenants::new(self)
    }

    /// Calls about what users may do.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.user_permissions().get_user_resources("user-1").await?;
    /// # Ok(()) }
    /// ```
    pub fn user_permissions(&self) -> UserPermissions<'_> {
        UserPermissions::new(self)
    }

    /// Calls about the users of the account, as they logged in.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// client.users().get_users().await?;
    /// # Ok(()) }
    /// ```
    pub fn users(&self) -> Users<'_> {
        Users::new(self)
    }
}
