//! The operations of the API, a file a tag or a part of one, and the table of them.

mod accounts;
mod applications;
mod claims;
mod clients;
mod connections;
mod extensions;
mod groups;
mod invites;
mod records;
mod requests;
mod resource_permissions;
mod roles;
mod tenants;
mod user_permissions;
mod users;

use super::answer::{Answer, Problem};
use super::call::Call;
use super::login;
use crate::store::Store;

/// What answers an operation.
#[derive(Debug, Clone, Copy)]
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
        "getUserPermissionsForResource" => Read(user_permissions::permissions),
        "getUserRolesForResource" => Read(user_permissions::roles),
        "getUserResources" => Read(user_permissions::resources),
        "disableUserToken" => Write(user_permissions::disable_token),
        "getPermissionedResources" => Read(resource_permissions::list),
        "getPermissionedResource" => Read(resource_permissions::get),
        "updatePermissionedResource" => Write(resource_permissions::update),
        "getResourceUsers" => Read(resource_permissions::users),
        "createClaim" => Write(claims::create),
        "createRequest" => Write(requests::create),
        "getRequest" => Read(requests::get),
        "getRequests" => Read(requests::list),
        "respondToAccessRequest" => Write(requests::respond),
        "deleteRequest" => Write(requests::delete),
        "createInvite" => Write(invites::create),
        "getInvite" => Read(invites::get),
        "respondToInvite" => Write(invites::respond),
        "deleteInvite" => Write(invites::delete),
        "getUsers" => Read(users::list),
        "getUser" => Read(users::get),
        "setUserTokenConfiguration" => Write(users::set_token_configuration),
        "deleteUser" => Write(users::delete),
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
        "createTenant" => Write(tenants::create),
        "getTenant" => Read(tenants::get),
        "getTenants" => Read(tenants::list),
        "updateTenant" => Write(tenants::update),
        "deleteTenant" => Write(tenants::delete),
        "linkTenantUser" => Write(tenants::link_user),
        "createConnection" => Write(connections::create),
        "getConnection" => Read(connections::get),
        "getConnections" => Read(connections::list),
        "updateConnection" => Write(connections::update),
        "deleteConnection" => Write(connections::delete),
        "getConnectionCredentials" => Read(connections::credentials),
        "createApplication" => Write(applications::create),
        "getApplication" => Read(applications::get),
        "getApplications" => Read(applications::list),
        "updateApplication" => Write(applications::update),
        "deleteApplication" => Write(applications::delete),
        "createExtension" => Write(extensions::create),
        "getExtension" => Read(extensions::get),
        "getExtensions" => Read(extensions::list),
        "updateExtension" => Write(extensions::update),
        "deleteExtension" => Write(extensions::delete),
        "getAccounts" => Read(accounts::list),
        "getAccount" => Read(accounts::get),
        "getAccountIdentities" => Read(accounts::list_identities),
        "delegateAuthentication" => Write(accounts::trust),
        "login" => Unlocked(login::authorize),
        "requestToken" => Unlocked(login::request_token),
        "updateAuthenticationRequest" => Write(login::update),
        "delegateUserLogin" => Write(login::delegate),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use authress_api::OPERATIONS;

    #[test]
    fn every_operation_of_the_description_has_a_handler() {
        for operation in OPERATIONS {
            assert!(super::handler(operation.id).is_some(), "{}", operation.id);
        }
        assert!(super::handler("noSuchOperation").is_none());
    }
}
