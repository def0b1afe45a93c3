//! What users may do.

use super::group::group;

group! {
    /// The calls about what users may do.
    UserPermissions;

    /// Asks whether a user has a permission on a resource: success is a yes, an error that [`is_denied`](crate::Error::is_denied) is a no.
    ///
    /// Any other error is neither: the question has no answer then. All access counts, also by groups and by parents of the resource. Give the whole path of
    /// the resource. [`AuthressClient::is_authorized`](crate::AuthressClient::is_authorized) answers with a `bool`, and by the
    /// [`DecisionCache`](crate::DecisionCache) if the client has one; this call always asks the service.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.grant("user-1", "documents/42", ["read"]);
    /// client.user_permissions().authorize_user("user-1", "documents/42", "read").await?;
    /// let error = client.user_permissions().authorize_user("user-1", "documents/42", "write").await.unwrap_err();
    /// assert!(error.is_denied());
    /// # Ok(()) }
    /// ```
    authorize_user(user_id, resource_uri, permission) -> AuthorizeUser;

    /// Sums up what a user may do with a resource: to show or hide buttons, say.
    ///
    /// To guard an action, ask [`authorize_user`](Self::authorize_user). A user without any permission is answered with 404: the error
    /// [`is_not_found`](crate::Error::is_not_found).
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.grant("user-1", "documents/42", ["read"]);
    /// let permissions = client.user_permissions().get_user_permissions_for_resource("user-1", "documents/42").await?;
    /// assert_eq!(permissions.permissions[0].action, "read");
    /// # Ok(()) }
    /// ```
    get_user_permissions_for_resource(user_id, resource_uri) -> GetUserPermissionsForResource;

    /// Lists the roles that a user was given at exactly this resource, to show or edit assignments.
    ///
    /// Roles at a parent of the resource are left out. A user without one is answered with 404: the error
    /// [`is_not_found`](crate::Error::is_not_found).
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.grant("user-1", "documents/42", ["read"]);
    /// let roles = client.user_permissions().get_user_roles_for_resource("user-1", "documents/42").await?;
    /// assert_eq!(roles.roles.len(), 1);
    /// # Ok(()) }
    /// ```
    get_user_roles_for_resource(user_id, resource_uri) -> GetUserRolesForResource;

    /// Lists the resources that a user has a permission on, in pages of at most 20.
    ///
    /// Without more settings it lists what is directly below `resource_uri`, and nothing of what comes from a parent. With
    /// `collection_configuration(..)` set to `INCLUDE_NESTED` all levels are listed, and access by a parent shows as a pattern, as `documents/*`: do
    /// not take what is listed for ids alone.
    ///
    /// ```
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # local.grant("user-1", "documents/42", ["read"]);
    /// let page = client.user_permissions().get_user_resources("user-1").resource_uri("documents/*").permissions("read").await?;
    /// assert_eq!(page.resources[0].resource_uri, "documents/42");
    /// # Ok(()) }
    /// ```
    get_user_resources(user_id) -> GetUserResources;

    /// Ends a token of a user before it expires. The service may have withdrawn this call.
    ///
    /// ```
    /// # #![allow(deprecated)]
    /// # use authress::AuthressClient;
    /// # use authress_local::AuthressLocal;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let local = AuthressLocal::start().await?;
    /// # let client = AuthressClient::builder(local.url()).access_key(local.owner_access_key()).build()?;
    /// # let token = local.user_token("user-1");
    /// let identity = client.verify_token(&token).await?;
    /// let token_id = identity.claims()["jti"].as_str().ok_or("the token has no id")?;
    /// client.user_permissions().disable_user_token("user-1", token_id).await?;
    /// let refused = client.with_user_token(&token)?.users().get_user("user-1").await.unwrap_err();
    /// assert!(refused.is_unauthenticated());
    /// # Ok(()) }
    /// ```
    #[deprecated(note = "the description of the API marks it as deprecated")]
    disable_user_token(user_id, token_id) -> DisableUserToken;
}
