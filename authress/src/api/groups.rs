//! Groups of users.

use authress_api::Client;

use crate::requests::{CreateGroup, DeleteGroup, GetGroup, GetGroups, UpdateGroup};
use crate::{Call, models};

/// The calls about groups of users.
#[derive(Debug, Clone, Copy)]
pub struct Groups<'a>(&'a Client);

impl<'a> Groups<'a> {
    pub(crate) fn new(api: &'a Client) -> Self {
        Self(api)
    }

    /// The groups of the account.
    pub fn get_groups(&self) -> Call<GetGroups> {
        self.0.get_groups()
    }

    /// Creates a group.
    pub fn create_group(&self, group: impl Into<models::Group>) -> Call<CreateGroup> {
        self.0.create_group(group)
    }

    /// One group.
    pub fn get_group(&self, group_id: impl Into<String>) -> Call<GetGroup> {
        self.0.get_group(group_id)
    }

    /// Replaces a group.
    pub fn update_group(&self, group_id: impl Into<String>, group: impl Into<models::Group>) -> Call<UpdateGroup> {
        self.0.update_group(group_id, group)
    }

    /// Deletes a group, and with it the access that its users had through it.
    pub fn delete_group(&self, group_id: impl Into<String>) -> Call<DeleteGroup> {
        self.0.delete_group(group_id)
    }
}
