//! The calls of the service in groups, one group a tag of its description.
//!
//! Groups and calls have the names of the description, so that the service's documentation carries over. Each call returns a [`Call`]: set its
//! optional parameters, then `.await` it.
//!
//! [`Call`]: crate::Call

mod access_records;
mod groups;
mod roles;
mod service_clients;
mod user_permissions;

pub use access_records::AccessRecords;
pub use groups::Groups;
pub use roles::Roles;
pub use service_clients::ServiceClients;
pub use user_permissions::UserPermissions;
