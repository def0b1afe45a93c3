//! Roles, named sets of permissions.

use super::group::group;
use crate::models;

group! {
    /// The calls about roles: named sets of permissions.
    Roles;

    /// Lists the roles of the account, in pages of at most 100.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{PermissionObject, Role};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let read = PermissionObject::new("documents:read").allow(true);
    /// # client.roles().create_role(Role::new("Reader", [read]).role_id("ro_reader")).await?;
    /// let page = client.roles().get_roles().await?;
    /// assert!(page.roles.iter().any(|role| role.name == "Reader"));
    /// # Ok(()) }
    /// ```
    get_roles() -> GetRoles;

    /// Creates a role. Without a `role_id` the service chooses one; one that is taken is a conflict.
    ///
    /// ```
    /// use authress::models::{PermissionObject, Role};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let read = PermissionObject::new("documents:read").allow(true);
    /// let role = client.roles().create_role(Role::new("Reader", [read]).role_id("ro_reader")).await?;
    /// assert_eq!(role.role_id.as_deref(), Some("ro_reader"));
    /// # Ok(()) }
    /// ```
    create_role(role: models::Role) -> CreateRole;

    /// Reads one role with its permissions.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{PermissionObject, Role};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let read = PermissionObject::new("documents:read").allow(true);
    /// # client.roles().create_role(Role::new("Reader", [read]).role_id("ro_reader")).await?;
    /// let role = client.roles().get_role("ro_reader").await?;
    /// assert_eq!(role.permissions[0].action, "documents:read");
    /// # Ok(()) }
    /// ```
    get_role(role_id) -> GetRole;

    /// Replaces a role: what it allows changes for all who have it.
    ///
    /// ```
    /// use authress::models::{PermissionObject, Role};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let read = PermissionObject::new("documents:read").allow(true);
    /// # client.roles().create_role(Role::new("Reader", [read]).role_id("ro_reader")).await?;
    /// let write = PermissionObject::new("documents:write").allow(true);
    /// let role = client.roles().update_role("ro_reader", Role::new("Writer", [write])).await?;
    /// assert_eq!(role.name, "Writer");
    /// # Ok(()) }
    /// ```
    update_role(role_id, role: models::Role) -> UpdateRole;

    /// Deletes a role. Access records that name it stay as they are, and give nothing by it.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{PermissionObject, Role};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let read = PermissionObject::new("documents:read").allow(true);
    /// # client.roles().create_role(Role::new("Reader", [read]).role_id("ro_reader")).await?;
    /// client.roles().delete_role("ro_reader").await?;
    /// assert!(client.roles().get_role("ro_reader").await.unwrap_err().is_not_found());
    /// # Ok(()) }
    /// ```
    delete_role(role_id) -> DeleteRole;
}
