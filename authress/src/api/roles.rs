//! Roles: named sets of permissions.

use authress_api::Client;

use crate::requests::{CreateRole, DeleteRole, GetRole, GetRoles, UpdateRole};
use crate::{Call, models};

/// The calls about roles: named sets of permissions.
#[derive(Debug, Clone, Copy)]
pub struct Roles<'a>(&'a Client);

impl<'a> Roles<'a> {
    pub(crate) fn new(api: &'a Client) -> Self {
        Self(api)
    }

    /// The roles of the account.
    pub fn get_roles(&self) -> Call<GetRoles> {
        self.0.get_roles()
    }

    /// Creates a role.
    pub fn create_role(&self, role: impl Into<models::Role>) -> Call<CreateRole> {
        self.0.create_role(role)
    }

    /// One role.
    pub fn get_role(&self, role_id: impl Into<String>) -> Call<GetRole> {
        self.0.get_role(role_id)
    }

    /// Replaces a role.
    pub fn update_role(&self, role_id: impl Into<String>, role: impl Into<models::Role>) -> Call<UpdateRole> {
        self.0.update_role(role_id, role)
    }

    /// Deletes a role. Access records that name it give its permissions no longer.
    pub fn delete_role(&self, role_id: impl Into<String>) -> Call<DeleteRole> {
        self.0.delete_role(role_id)
    }
}
