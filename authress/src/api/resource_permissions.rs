//! What everybody may do with a resource, and who was given something at it.

use super::group::group;
use crate::models;

group! {
    /// The calls about what everybody may do with a resource, and who was given something at it.
    ResourcePermissions;

    /// Lists the resources that have a configuration of their own. The list is not paged.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{PermissionedResource, ResourcePermission, ResourcePermissionAction};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let read = PermissionedResource::new([ResourcePermission::new(ResourcePermissionAction::Public).allow(true)]);
    /// # client.resource_permissions().update_permissioned_resource("documents/42", read).await?;
    /// let page = client.resource_permissions().get_permissioned_resources().await?;
    /// assert_eq!(page.resources.len(), 1);
    /// # Ok(()) }
    /// ```
    get_permissioned_resources() -> GetPermissionedResources;

    /// Reads the configuration of one resource: what everybody may do with it.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # use authress::models::{PermissionedResource, ResourcePermission, ResourcePermissionAction};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let read = PermissionedResource::new([ResourcePermission::new(ResourcePermissionAction::Public).allow(true)]);
    /// # client.resource_permissions().update_permissioned_resource("documents/42", read).await?;
    /// let resource = client.resource_permissions().get_permissioned_resource("documents/42").await?;
    /// assert!(resource.permissions[0].allow);
    /// # Ok(()) }
    /// ```
    get_permissioned_resource(resource_uri) -> GetPermissionedResource;

    /// Replaces the configuration of a resource: lets everybody read it (`PUBLIC`), or claim what is below it (`CLAIM`).
    ///
    /// ```
    /// use authress::models::{PermissionedResource, ResourcePermission, ResourcePermissionAction};
    ///
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// let claimable = PermissionedResource::new([ResourcePermission::new(ResourcePermissionAction::Claim).allow(true)]);
    /// client.resource_permissions().update_permissioned_resource("workspaces", claimable).await?;
    /// let set = client.resource_permissions().get_permissioned_resource("workspaces").await?;
    /// assert_eq!(set.permissions.len(), 1);
    /// # Ok(()) }
    /// ```
    update_permissioned_resource(resource_uri, resource: models::PermissionedResource) -> UpdatePermissionedResource;

    /// Lists the users who were given a role at exactly this resource, with their roles, in pages of at most 20.
    ///
    /// Users who have access by a parent of the resource are not in it: ask
    /// [`authorize_user`](crate::api::UserPermissions::authorize_user) to know what a user may do.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.grant("user-1", "documents/42", ["read"]);
    /// let page = client.resource_permissions().get_resource_users("documents/42").await?;
    /// assert_eq!(page.users[0].user_id, "user-1");
    /// # Ok(()) }
    /// ```
    get_resource_users(resource_uri) -> GetResourceUsers;
}
