//! What users may do.

use authress_api::Client;

use crate::Call;
use crate::requests::{AuthorizeUser, GetUserPermissionsForResource, GetUserResources, GetUserRolesForResource};

/// The calls about what users may do.
#[derive(Debug, Clone, Copy)]
pub struct UserPermissions<'a>(&'a Client);

impl<'a> UserPermissions<'a> {
    pub(crate) fn new(api: &'a Client) -> Self {
        Self(api)
    }

    /// Asks whether the user may do this: success is a yes, an error with [`is_denied`](crate::Error::is_denied) is a no.
    ///
    /// [`AuthressClient::is_authorized`](crate::AuthressClient::is_authorized) asks the same and answers with a `bool`.
    pub fn authorize_user(
        &self,
        user_id: impl Into<String>,
        resource_uri: impl Into<String>,
        permission: impl Into<String>,
    ) -> Call<AuthorizeUser> {
        self.0.authorize_user(user_id, resource_uri, permission)
    }

    /// The permissions that the user has to a resource.
    pub fn get_user_permissions_for_resource(
        &self,
        user_id: impl Into<String>,
        resource_uri: impl Into<String>,
    ) -> Call<GetUserPermissionsForResource> {
        self.0.get_user_permissions_for_resource(user_id, resource_uri)
    }

    /// The roles that the user has at a resource.
    pub fn get_user_roles_for_resource(
        &self,
        user_id: impl Into<String>,
        resource_uri: impl Into<String>,
    ) -> Call<GetUserRolesForResource> {
        self.0.get_user_roles_for_resource(user_id, resource_uri)
    }

    /// The resources that the user has a permission to.
    pub fn get_user_resources(&self, user_id: impl Into<String>) -> Call<GetUserResources> {
        self.0.get_user_resources(user_id)
    }

    /// Ends a token of the user.
    #[deprecated(note = "the description of the API marks it as deprecated")]
    #[expect(deprecated, reason = "the call is passed on, with the advice against it")]
    pub fn disable_user_token(
        &self,
        user_id: impl Into<String>,
        token_id: impl Into<String>,
    ) -> Call<crate::requests::DisableUserToken> {
        self.0.disable_user_token(user_id, token_id)
    }
}
