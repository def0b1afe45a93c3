//! The operations of the API, a file a tag or a part of one, and the table of them.

mod clients;
mod groups;
mod login_parts;
mod records;
mod roles;
mod user_permissions;

use super::answer::{Answer, Problem};
use super::call::Call;
use super::login;
use crate::store::Store;

/// What answers an operation.
#[derive(Clone, Copy)]
pub(super) enum Handler {
    /// Changes nothing, so that any number run at once.
    Read(fn(&Call<'_>, &Store) -> Result<Answer, Problem>),
    /// May change the state; when it fails, it has changed nothing.
    Write(fn(&Call<'_>, &mut Store) -> Result<Answer, Problem>),
    /// Takes the state itself where it needs it, since there is work in between that nobody should wait for.
    Unlocked(fn(&Call<'_>) -> Result<Answer, Problem>),
}

/// What answers the operation with this id.
pub(super) fn handler(operation_id: &str) -> Option<Handler> {
    use Handler::{Read, Unlocked, Write};
    Some(match operation_id {
        "authorizeUser" => Read(user_permissions::authorize_user),
        "createRecord" => Write(records::create),
        "getRecord" => Read(records::get),
        "getRecords" => Read(records::list),
        "updateRecord" => Write(records::update),
        "deleteRecord" => Write(records::delete),
        "createRole" => Write(roles::create),
        "getRole" => Read(roles::get),
        "getRoles" => Read(roles::list),
        "updateRole" => Write(roles::update),
        "deleteRole" => Write(roles::delete),
        "createGroup" => Write(groups::create),
        "getGroup" => Read(groups::get),
        "getGroups" => Read(groups::list),
        "updateGroup" => Write(groups::update),
        "deleteGroup" => Write(groups::delete),
        "createClient" => Write(clients::create),
        "getClient" => Read(clients::get),
        "getClients" => Read(clients::list),
        "updateClient" => Write(clients::update),
        "deleteClient" => Write(clients::delete),
        "requestAccessKey" => Write(clients::request_access_key),
        "deleteAccessKey" => Write(clients::delete_access_key),
        "login" => Unlocked(login::authorize),
        "requestToken" => Unlocked(login::request_token),
        "updateAuthenticationRequest" => Write(login::update),
        "delegateUserLogin" => Write(login::delegate),
        "createApplication" => Write(login_parts::create_application),
        "createConnection" => Write(login_parts::create_connection),
        "createTenant" => Write(login_parts::create_tenant),
        "createExtension" => Write(login_parts::create_extension),
        _ => return None,
    })
}
