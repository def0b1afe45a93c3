//! Every operation of the raw client, so that a rule can be tried on all of them.

#![allow(deprecated, reason = "all of them are all of them")]

use authress::{Operation, Request, models, requests};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// What is done with a request, whichever it is.
pub trait Visit {
    type Output;

    fn visit<R: Request<Output: Serialize + PartialEq>>(self, request: R) -> Self::Output;
}

/// What a request is made of, beside a body that the description takes.
pub struct Parameters<'a> {
    /// Those of the path, in its order.
    pub path: [&'a str; 3],
    /// What stands in the query, and in the one header that is a text.
    pub text: &'a str,
}

macro_rules! operations {
    ($($name:ident($($kind:ident $($model:ident)?),*) $($setter:ident)*;)*) => {
        /// All operations, in the order of the numbers that [`visit`] takes.
        pub const OPERATIONS: &[&Operation] = &[$(<requests::$name as Request>::OPERATION),*];

        /// Makes the request of the operation with this number; nothing when there is none.
        pub fn visit<V: Visit>(number: usize, parameters: &Parameters<'_>, visitor: V) -> Option<V::Output> {
            #[allow(unused_variables, unused_mut, reason = "some operations take nothing")]
            let makers: &[fn(&Parameters<'_>, V) -> V::Output] = &[$(|parameters, visitor| {
                let mut path = parameters.path.into_iter();
                let request = requests::$name::new($(argument!(parameters, path, $kind $($model)?)),*);
                visitor.visit(request$(.$setter(parameters.text))*)
            }),*];
            Some(makers.get(number)?(parameters, visitor))
        }
    };
}

macro_rules! argument {
    ($parameters:ident, $path:ident, path) => {
        $path.next().unwrap_or_default()
    };
    ($parameters:ident, $path:ident, text) => {
        $parameters.text
    };
    ($parameters:ident, $path:ident, body $model:ident) => {
        body::<models::$model>()
    };
}

operations! {
    GetRecords() cursor filter status;
    CreateRecord(body AccessRecord);
    GetRecord(path);
    UpdateRecord(path, body AccessRecord);
    DeleteRecord(path);
    GetRequests() cursor status;
    CreateRequest(body AccessRequest);
    GetRequest(path);
    DeleteRequest(path);
    RespondToAccessRequest(path, body AccessRequestResponse);
    CreateClaim(body ClaimRequest);
    GetAccounts();
    GetAccount(path);
    GetAccountIdentities();
    DelegateAuthentication(body IdentityRequest);
    DelegateUserLogin(path, path);
    GetApplications() cursor filter;
    CreateApplication(body ApplicationRequest);
    GetApplication(path);
    UpdateApplication(path, body ApplicationRequest);
    DeleteApplication(path);
    GetConnections() cursor filter;
    CreateConnection(body Connection);
    GetConnection(path);
    UpdateConnection(path, body Connection);
    DeleteConnection(path);
    GetConnectionCredentials(path, path);
    GetExtensions() cursor;
    CreateExtension(body Extension);
    GetExtension(path);
    UpdateExtension(path, body Extension);
    DeleteExtension(path);
    Login(text, text, text) code_challenge_method;
    RequestToken(body OAuthTokenRequest);
    GetGroups() cursor filter;
    CreateGroup(body Group);
    GetGroup(path);
    UpdateGroup(path, body Group);
    DeleteGroup(path);
    CreateInvite(body Invite);
    GetInvite(path);
    DeleteInvite(path);
    RespondToInvite(path);
    UpdateAuthenticationRequest(path, text, body UpdateAuthenticationRequestParameters);
    GetPermissionedResources();
    GetPermissionedResource(path);
    UpdatePermissionedResource(path, body PermissionedResource);
    GetResourceUsers(path) cursor;
    GetRoles() cursor filter;
    CreateRole(body Role);
    GetRole(path);
    UpdateRole(path, body Role);
    DeleteRole(path);
    GetClients() cursor;
    CreateClient(body Client);
    GetClient(path);
    UpdateClient(path, body Client);
    DeleteClient(path);
    RequestAccessKey(path);
    DeleteAccessKey(path, path);
    GetTenants() cursor filter;
    CreateTenant(body Tenant);
    GetTenant(path);
    UpdateTenant(path, body Tenant);
    DeleteTenant(path);
    LinkTenantUser(path, body TenantUser);
    AuthorizeUser(path, path, path);
    GetUserPermissionsForResource(path, path);
    GetUserRolesForResource(path, path);
    GetUserResources(path) resource_uri permissions cursor;
    DisableUserToken(path, path);
    GetUsers() cursor filter tenant_id;
    GetUser(path);
    SetUserTokenConfiguration(path, body UserTokenConfiguration);
    DeleteUser(path);
}

// One that the description gets is one here.
const _: () = assert!(OPERATIONS.len() == authress_api::OPERATIONS.len());

/// A body of any model: what is not a member of it is read over.
fn body<T: DeserializeOwned>() -> T {
    let members = json!({
        "name": "n", "statements": [], "permissions": [], "users": [], "admins": [], "status": "APPROVED",
        "access": {"users": [], "statements": []}, "collectionResource": "c", "resourceId": "r", "redirectUrls": [],
        "client_id": "sc_1", "antiAbuseHash": "h",
    });
    serde_json::from_value(members).expect("it has every member that a body must have")
}
