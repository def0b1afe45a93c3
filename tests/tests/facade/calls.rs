//! Each operation, called through the facade with everything that can be set: one line an operation.

use authress::{AuthressClient, Error, models};
use serde_json::{Value, json};

use crate::description::Described;

/// What the call of the operation `id` comes to, as JSON; nothing when there is none of that id.
#[allow(deprecated, reason = "also what is advised against is called")]
#[allow(clippy::too_many_lines, reason = "it is a table")]
pub(crate) async fn call(client: &AuthressClient, id: &str, d: &Described) -> Option<Result<Value, Error>> {
    macro_rules! answer {
        ($call:expr) => {
            $call.await.map(|output| json!(output))
        };
    }
    Some(match id {
        "getRecords" => answer!(
            client
                .access_records()
                .get_records()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
                .filter(d.text("query", "filter"))
                .status(d.text("query", "status"))
        ),
        "createRecord" => answer!(client.access_records().create_record(d.body::<models::AccessRecord>())),
        "getRecord" => answer!(client.access_records().get_record(d.text("path", "recordId"))),
        "updateRecord" => answer!(
            client
                .access_records()
                .update_record(d.text("path", "recordId"), d.body::<models::AccessRecord>())
                .if_unmodified_since(d.time("header", "If-Unmodified-Since"))
        ),
        "deleteRecord" => answer!(client.access_records().delete_record(d.text("path", "recordId"))),
        "getRequests" => answer!(
            client
                .access_records()
                .get_requests()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
                .status(d.text("query", "status"))
        ),
        "createRequest" => answer!(
            client
                .access_records()
                .create_request(d.body::<models::AccessRequest>())
        ),
        "getRequest" => answer!(client.access_records().get_request(d.text("path", "requestId"))),
        "deleteRequest" => answer!(client.access_records().delete_request(d.text("path", "requestId"))),
        "respondToAccessRequest" => answer!(
            client
                .access_records()
                .respond_to_access_request(d.text("path", "requestId"), d.body::<models::AccessRequestResponse>())
        ),
        "createClaim" => answer!(client.access_records().create_claim(d.body::<models::ClaimRequest>())),
        "getAccounts" => answer!(
            client
                .accounts()
                .get_accounts()
                .earliest_cache_time(d.time("query", "earliestCacheTime"))
        ),
        "getAccount" => answer!(client.accounts().get_account(d.text("path", "accountId"))),
        "getAccountIdentities" => answer!(client.accounts().get_account_identities()),
        "delegateAuthentication" => answer!(
            client
                .accounts()
                .delegate_authentication(d.body::<models::IdentityRequest>())
        ),
        "delegateUserLogin" => answer!(
            client
                .applications()
                .delegate_user_login(d.text("path", "applicationId"), d.text("path", "userId"))
        ),
        "getApplications" => answer!(
            client
                .applications()
                .get_applications()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
                .filter(d.text("query", "filter"))
        ),
        "createApplication" => answer!(
            client
                .applications()
                .create_application(d.body::<models::ApplicationRequest>())
        ),
        "getApplication" => answer!(client.applications().get_application(d.text("path", "applicationId"))),
        "updateApplication" => answer!(
            client
                .applications()
                .update_application(d.text("path", "applicationId"), d.body::<models::ApplicationRequest>())
        ),
        "deleteApplication" => answer!(
            client
                .applications()
                .delete_application(d.text("path", "applicationId"))
        ),
        "getConnections" => answer!(
            client
                .connections()
                .get_connections()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
                .filter(d.text("query", "filter"))
        ),
        "createConnection" => answer!(client.connections().create_connection(d.body::<models::Connection>())),
        "getConnection" => answer!(client.connections().get_connection(d.text("path", "connectionId"))),
        "updateConnection" => answer!(
            client
                .connections()
                .update_connection(d.text("path", "connectionId"), d.body::<models::Connection>())
        ),
        "deleteConnection" => answer!(client.connections().delete_connection(d.text("path", "connectionId"))),
        "getConnectionCredentials" => answer!(
            client
                .connections()
                .get_connection_credentials(d.text("path", "connectionId"), d.text("path", "userId"))
        ),
        "getExtensions" => answer!(
            client
                .extensions()
                .get_extensions()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
        ),
        "createExtension" => answer!(client.extensions().create_extension(d.body::<models::Extension>())),
        "getExtension" => answer!(client.extensions().get_extension(d.text("path", "extensionId"))),
        "updateExtension" => answer!(
            client
                .extensions()
                .update_extension(d.text("path", "extensionId"), d.body::<models::Extension>())
        ),
        "deleteExtension" => answer!(client.extensions().delete_extension(d.text("path", "extensionId"))),
        "login" => answer!(
            client
                .extensions()
                .login(
                    d.text("query", "client_id"),
                    d.text("query", "code_challenge"),
                    d.text("query", "redirect_uri")
                )
                .code_challenge_method(d.text("query", "code_challenge_method"))
        ),
        "requestToken" => answer!(client.extensions().request_token(d.body::<models::OAuthTokenRequest>())),
        "getGroups" => answer!(
            client
                .groups()
                .get_groups()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
                .filter(d.text("query", "filter"))
        ),
        "createGroup" => answer!(client.groups().create_group(d.body::<models::Group>())),
        "getGroup" => answer!(client.groups().get_group(d.text("path", "groupId"))),
        "updateGroup" => answer!(
            client
                .groups()
                .update_group(d.text("path", "groupId"), d.body::<models::Group>())
                .if_unmodified_since(d.time("header", "If-Unmodified-Since"))
        ),
        "deleteGroup" => answer!(client.groups().delete_group(d.text("path", "groupId"))),
        "createInvite" => answer!(client.invites().create_invite(d.body::<models::Invite>())),
        "getInvite" => answer!(client.invites().get_invite(d.text("path", "inviteId"))),
        "deleteInvite" => answer!(client.invites().delete_invite(d.text("path", "inviteId"))),
        "respondToInvite" => answer!(client.invites().respond_to_invite(d.text("path", "inviteId"))),
        "updateAuthenticationRequest" => answer!(client.login().update_authentication_request(
            d.text("path", "authenticationRequestId"),
            d.text("header", "origin"),
            d.body::<models::UpdateAuthenticationRequestParameters>()
        )),
        "getPermissionedResources" => answer!(client.resource_permissions().get_permissioned_resources()),
        "getPermissionedResource" => answer!(
            client
                .resource_permissions()
                .get_permissioned_resource(d.text("path", "resourceUri"))
        ),
        "updatePermissionedResource" => answer!(
            client
                .resource_permissions()
                .update_permissioned_resource(d.text("path", "resourceUri"), d.body::<models::PermissionedResource>())
        ),
        "getResourceUsers" => answer!(
            client
                .resource_permissions()
                .get_resource_users(d.text("path", "resourceUri"))
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
        ),
        "getRoles" => answer!(
            client
                .roles()
                .get_roles()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
                .filter(d.text("query", "filter"))
        ),
        "createRole" => answer!(client.roles().create_role(d.body::<models::Role>())),
        "getRole" => answer!(client.roles().get_role(d.text("path", "roleId"))),
        "updateRole" => answer!(
            client
                .roles()
                .update_role(d.text("path", "roleId"), d.body::<models::Role>())
        ),
        "deleteRole" => answer!(client.roles().delete_role(d.text("path", "roleId"))),
        "getClients" => answer!(
            client
                .service_clients()
                .get_clients()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
        ),
        "createClient" => answer!(client.service_clients().create_client(d.body::<models::Client>())),
        "getClient" => answer!(client.service_clients().get_client(d.text("path", "clientId"))),
        "updateClient" => answer!(
            client
                .service_clients()
                .update_client(d.text("path", "clientId"), d.body::<models::Client>())
        ),
        "deleteClient" => answer!(client.service_clients().delete_client(d.text("path", "clientId"))),
        "requestAccessKey" => answer!(
            client
                .service_clients()
                .request_access_key(d.text("path", "clientId"))
                .body(d.body::<models::ClientAccessKey>())
        ),
        "deleteAccessKey" => answer!(
            client
                .service_clients()
                .delete_access_key(d.text("path", "clientId"), d.text("path", "keyId"))
        ),
        "getTenants" => answer!(
            client
                .tenants()
                .get_tenants()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
                .filter(d.text("query", "filter"))
        ),
        "createTenant" => answer!(client.tenants().create_tenant(d.body::<models::Tenant>())),
        "getTenant" => answer!(client.tenants().get_tenant(d.text("path", "tenantId"))),
        "updateTenant" => answer!(
            client
                .tenants()
                .update_tenant(d.text("path", "tenantId"), d.body::<models::Tenant>())
        ),
        "deleteTenant" => answer!(client.tenants().delete_tenant(d.text("path", "tenantId"))),
        "linkTenantUser" => answer!(
            client
                .tenants()
                .link_tenant_user(d.text("path", "tenantId"), d.body::<models::TenantUser>())
        ),
        "authorizeUser" => answer!(client.user_permissions().authorize_user(
            d.text("path", "userId"),
            d.text("path", "resourceUri"),
            d.text("path", "permission")
        )),
        "getUserPermissionsForResource" => answer!(
            client
                .user_permissions()
                .get_user_permissions_for_resource(d.text("path", "userId"), d.text("path", "resourceUri"))
        ),
        "getUserRolesForResource" => answer!(
            client
                .user_permissions()
                .get_user_roles_for_resource(d.text("path", "userId"), d.text("path", "resourceUri"))
        ),
        "getUserResources" => answer!(
            client
                .user_permissions()
                .get_user_resources(d.text("path", "userId"))
                .resource_uri(d.text("query", "resourceUri"))
                .collection_configuration(d.text("query", "collectionConfiguration"))
                .permissions(d.text("query", "permissions"))
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
        ),
        "disableUserToken" => answer!(
            client
                .user_permissions()
                .disable_user_token(d.text("path", "userId"), d.text("path", "tokenId"))
        ),
        "getUsers" => answer!(
            client
                .users()
                .get_users()
                .limit(d.number("query", "limit"))
                .cursor(d.text("query", "cursor"))
                .filter(d.text("query", "filter"))
                .tenant_id(d.text("query", "tenantId"))
        ),
        "getUser" => answer!(client.users().get_user(d.text("path", "userId"))),
        "setUserTokenConfiguration" => answer!(
            client
                .users()
                .set_user_token_configuration(d.text("path", "userId"), d.body::<models::UserTokenConfiguration>())
        ),
        "deleteUser" => answer!(client.users().delete_user(d.text("path", "userId"))),
        _ => return None,
    })
}
