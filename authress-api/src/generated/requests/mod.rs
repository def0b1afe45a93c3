// generated
//! The requests: a type an operation.

mod access_records;
mod accounts;
mod applications;
mod connections;
mod extensions;
mod groups;
mod invites;
mod login;
mod resource_permissions;
mod roles;
mod service_clients;
mod tenants;
mod user_permissions;
mod users;
pub use access_records::*;
pub use accounts::*;
pub use applications::*;
pub use connections::*;
pub use extensions::*;
pub use groups::*;
pub use invites::*;
pub use login::*;
pub use resource_permissions::*;
pub use roles::*;
pub use service_clients::*;
pub use tenants::*;
pub use user_permissions::*;
pub use users::*;
