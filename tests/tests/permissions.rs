//! What callers need for each operation of the local server: one table.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeSet;

use authress::AuthressClient;
use authress::models::{AccessRecord, Client, Group, PermissionObject, Role, Statement};
use authress_api::models::{Connection, Extension, Tenant};
use authress_local::AuthressLocal;
use tests::{RawAnswer, ask_as_owner, raw_request};

/// What opens an operation to a caller.
#[derive(Clone, Copy)]
enum Need {
    /// To be allowed the action on the resource.
    Allow(&'static str, &'static str),
    /// The same; without it, the answer is an empty list instead of a refusal.
    AllowToSee(&'static str, &'static str),
    /// To have the right to grant the action on the resource.
    Grant(&'static str, &'static str),
    /// The same; without it, the answer is an empty list instead of a refusal.
    GrantToSee(&'static str, &'static str),
    /// The same; without it, the answer may be that there is nothing.
    GrantToFind(&'static str, &'static str),
    /// Nothing but a token.
    Token,
}

use Need::{Allow, AllowToSee, Grant, GrantToFind, GrantToSee, Token};

const ROLE: &str = r#"{"name":"R","permissions":[]}"#;
const GROUP: &str = r#"{"name":"G","users":[],"admins":[]}"#;
/// Whoever writes it needs the right to grant what its role gives.
const RECORD: &str =
    r#"{"name":"R","statements":[{"roles":["ro_1"],"resources":[{"resourceUri":"a"}]}],"users":[{"userId":"u"}]}"#;

const TENANT_USER: &str = r#"{"userId":"u"}"#;
const APPLICATION: &str = r#"{"name":"A","redirectUrls":[]}"#;
const IDENTITY: &str = r#"{"issuer":"https://issuer.example"}"#;

/// Gives what a record of [`RECORD`] gives.
const INVITE: &str = r#"{"inviteId":"","statements":[{"roles":["ro_1"],"resources":[{"resourceUri":"a"}]}]}"#;
/// Asks for it.
const REQUEST: &str =
    r#"{"access":{"users":[{"userId":"u"}],"statements":[{"roles":["ro_1"],"resources":[{"resourceUri":"a"}]}]}}"#;
const CONFIGURATION: &str = r#"{"permissions":[{"action":"CLAIM","allow":true}]}"#;
const CLAIM: &str = r#"{"collectionResource":"c","resourceId":"new"}"#;

/// Every operation that needs a permission, and those that need a token alone: method, path, body, and what it needs. `CLIENT`, `KEY`, `EXTENSION`,
/// `REQUEST` and `INVITE` stand for ids that the server makes.
const OPERATIONS: [(&str, &str, &str, Need); 70] = [
    (
        "GET",
        "/v1/users/u/resources/a/permissions",
        "",
        Allow("READ", "Authress:UserPermissions/u"),
    ),
    (
        "GET",
        "/v1/users/u/resources/a/roles",
        "",
        Allow("READ", "Authress:UserPermissions/u"),
    ),
    (
        "GET",
        "/v1/users/u/resources",
        "",
        Allow("READ", "Authress:UserPermissions/u"),
    ),
    (
        "DELETE",
        "/v1/users/u/tokens/t",
        "",
        Allow("UPDATE", "Authress:UserPermissions/u"),
    ),
    (
        "GET",
        "/v1/resources",
        "",
        GrantToSee("*", "Authress:ResourcePermissions/c"),
    ),
    (
        "GET",
        "/v1/resources/c",
        "",
        GrantToFind("*", "Authress:ResourcePermissions/c"),
    ),
    (
        "PUT",
        "/v1/resources/c",
        CONFIGURATION,
        GrantToFind("*", "Authress:ResourcePermissions/c"),
    ),
    (
        "GET",
        "/v1/resources/c/users",
        "",
        Grant("*", "Authress:ResourcePermissions/c"),
    ),
    ("POST", "/v1/claims", CLAIM, Token),
    ("POST", "/v1/requests", REQUEST, Token),
    ("GET", "/v1/requests", "", GrantToSee("documents:read", "a")),
    ("GET", "/v1/requests/REQUEST", "", Grant("documents:read", "a")),
    (
        "PATCH",
        "/v1/requests/REQUEST",
        r#"{"status":"APPROVED"}"#,
        Grant("documents:read", "a"),
    ),
    ("DELETE", "/v1/requests/REQUEST", "", Grant("documents:read", "a")),
    ("POST", "/v1/invites", INVITE, Grant("documents:read", "a")),
    ("GET", "/v1/invites/INVITE", "", Token),
    ("PATCH", "/v1/invites/INVITE", "", Token),
    (
        "DELETE",
        "/v1/invites/INVITE",
        "",
        Allow("READ", "Authress:UserPermissions/sc_owner"),
    ),
    ("GET", "/v1/users", "", Allow("READ", "Authress:Users")),
    ("GET", "/v1/users/u", "", Allow("READ", "Authress:Users/u")),
    ("PUT", "/v1/users/u", "{}", Allow("UPDATE", "Authress:Users/u")),
    ("DELETE", "/v1/users/u", "", Allow("UPDATE", "Authress:Users/u")),
    (
        "GET",
        "/v1/users/alice/resources/a/permissions/b",
        "",
        Allow("READ", "Authress:UserPermissions/alice"),
    ),
    ("POST", "/v1/records", RECORD, Grant("documents:read", "a")),
    (
        "GET",
        "/v1/records",
        "",
        AllowToSee("READ", "Authress:AccessRecords/rec_1"),
    ),
    (
        "GET",
        "/v1/records/rec_1",
        "",
        Allow("READ", "Authress:AccessRecords/rec_1"),
    ),
    (
        "PUT",
        "/v1/records/rec_1",
        RECORD,
        Allow("UPDATE", "Authress:AccessRecords/rec_1"),
    ),
    (
        "DELETE",
        "/v1/records/rec_1",
        "",
        Allow("UPDATE", "Authress:AccessRecords/rec_1"),
    ),
    ("POST", "/v1/roles", ROLE, Allow("CREATE", "Authress:Roles")),
    ("GET", "/v1/roles", "", Allow("READ", "Authress:Roles")),
    ("GET", "/v1/roles/ro_1", "", Allow("READ", "Authress:Roles/ro_1")),
    ("PUT", "/v1/roles/ro_1", ROLE, Allow("UPDATE", "Authress:Roles/ro_1")),
    ("DELETE", "/v1/roles/ro_1", "", Allow("UPDATE", "Authress:Roles/ro_1")),
    ("POST", "/v1/groups", GROUP, Allow("CREATE", "Authress:Groups")),
    ("GET", "/v1/groups", "", AllowToSee("READ", "Authress:Groups/grp_1")),
    ("GET", "/v1/groups/grp_1", "", Allow("READ", "Authress:Groups/grp_1")),
    (
        "PUT",
        "/v1/groups/grp_1",
        GROUP,
        Allow("UPDATE", "Authress:Groups/grp_1"),
    ),
    (
        "DELETE",
        "/v1/groups/grp_1",
        "",
        Allow("UPDATE", "Authress:Groups/grp_1"),
    ),
    ("POST", "/v1/clients", "{}", Allow("CREATE", "Authress:ServiceClients")),
    (
        "GET",
        "/v1/clients",
        "",
        AllowToSee("READ", "Authress:ServiceClients/CLIENT"),
    ),
    (
        "GET",
        "/v1/clients/CLIENT",
        "",
        Allow("READ", "Authress:ServiceClients/CLIENT"),
    ),
    (
        "PUT",
        "/v1/clients/CLIENT",
        "{}",
        Allow("UPDATE", "Authress:ServiceClients/CLIENT"),
    ),
    (
        "DELETE",
        "/v1/clients/CLIENT",
        "",
        Allow("UPDATE", "Authress:ServiceClients/CLIENT"),
    ),
    (
        "POST",
        "/v1/clients/CLIENT/access-keys",
        "",
        Allow("CREATE", "Authress:ServiceClients/CLIENT/access-keys"),
    ),
    (
        "DELETE",
        "/v1/clients/CLIENT/access-keys/KEY",
        "",
        Allow("UPDATE", "Authress:ServiceClients/CLIENT/access-keys/KEY"),
    ),
    ("POST", "/v1/tenants", "{}", Allow("CREATE", "Authress:Tenants")),
    ("GET", "/v1/tenants", "", AllowToSee("READ", "Authress:Tenants/acme")),
    ("GET", "/v1/tenants/acme", "", Allow("READ", "Authress:Tenants/acme")),
    (
        "PUT",
        "/v1/tenants/acme",
        "{}",
        Allow("UPDATE", "Authress:Tenants/acme"),
    ),
    (
        "DELETE",
        "/v1/tenants/acme",
        "",
        Allow("UPDATE", "Authress:Tenants/acme"),
    ),
    (
        "PATCH",
        "/v1/tenants/acme/users",
        TENANT_USER,
        Allow("UPDATE", "Authress:Tenants/acme"),
    ),
    ("POST", "/v1/connections", "{}", Allow("CREATE", "Authress:Connections")),
    (
        "GET",
        "/v1/connections",
        "",
        AllowToSee("READ", "Authress:Connections/con_1"),
    ),
    (
        "GET",
        "/v1/connections/con_1",
        "",
        Allow("READ", "Authress:Connections/con_1"),
    ),
    (
        "PUT",
        "/v1/connections/con_1",
        "{}",
        Allow("UPDATE", "Authress:Connections/con_1"),
    ),
    (
        "DELETE",
        "/v1/connections/con_1",
        "",
        Allow("UPDATE", "Authress:Connections/con_1"),
    ),
    (
        "GET",
        "/v1/connections/con_1/users/alice/credentials",
        "",
        Allow("READ", "Authress:Connections/con_1"),
    ),
    (
        "POST",
        "/v1/applications",
        APPLICATION,
        Allow("CREATE", "Authress:Applications"),
    ),
    (
        "GET",
        "/v1/applications",
        "",
        AllowToSee("READ", "Authress:Applications/app_default"),
    ),
    (
        "GET",
        "/v1/applications/app_default",
        "",
        Allow("READ", "Authress:Applications/app_default"),
    ),
    (
        "PUT",
        "/v1/applications/app_default",
        APPLICATION,
        Allow("UPDATE", "Authress:Applications/app_default"),
    ),
    (
        "DELETE",
        "/v1/applications/app_default",
        "",
        Allow("UPDATE", "Authress:Applications/app_default"),
    ),
    ("POST", "/v1/extensions", "{}", Allow("CREATE", "Authress:Extensions")),
    (
        "GET",
        "/v1/extensions",
        "",
        AllowToSee("READ", "Authress:Extensions/EXTENSION"),
    ),
    (
        "GET",
        "/v1/extensions/EXTENSION",
        "",
        Allow("READ", "Authress:Extensions/EXTENSION"),
    ),
    (
        "PUT",
        "/v1/extensions/EXTENSION",
        "{}",
        Allow("UPDATE", "Authress:Extensions/EXTENSION"),
    ),
    (
        "DELETE",
        "/v1/extensions/EXTENSION",
        "",
        Allow("UPDATE", "Authress:Extensions/EXTENSION"),
    ),
    (
        "GET",
        "/v1/accounts/acc_local",
        "",
        Allow("READ", "Authress:Configuration"),
    ),
    ("GET", "/v1/identities", "", Allow("READ", "Authress:Configuration")),
    (
        "POST",
        "/v1/identities",
        IDENTITY,
        Allow("UPDATE", "Authress:Configuration"),
    ),
];

struct Fixture {
    local: AuthressLocal,
    owner: AuthressClient,
    client_id: String,
    key_id: String,
    extension_id: String,
    request_id: String,
    invite_id: String,
}

/// A server with one of each: a role, a group, a record, a client with a key, a tenant, a connection, an extension, a configured resource, an
/// access request, an invite, and a user.
async fn fixture() -> Fixture {
    let local = AuthressLocal::start().await.unwrap();
    let owner = AuthressClient::builder(local.url())
        .access_key(local.owner_access_key())
        .build()
        .unwrap();
    let read = PermissionObject::new("documents:read").allow(true);
    let role = Role::new("R", [read]).role_id("ro_1");
    owner.roles().create_role(role).await.unwrap();
    let group = Group::new("G", ["u"], ["admin"]).group_id("grp_1");
    owner.groups().create_group(group).await.unwrap();
    let record = AccessRecord::new("R", [Statement::new(["ro_1"], ["a"])]).users(["u"]);
    owner
        .access_records()
        .create_record(record.record_id("rec_1"))
        .await
        .unwrap();
    let client = owner.service_clients().create_client(Client::new()).await.unwrap();
    let client_id = client.client_id.unwrap();
    let key = owner.service_clients().request_access_key(&client_id).await.unwrap();
    owner
        .api()
        .create_tenant(Tenant::new().tenant_id("acme"))
        .await
        .unwrap();
    let connection = Connection::new().connection_id("con_1");
    owner.api().create_connection(connection).await.unwrap();
    let extension = owner.api().create_extension(Extension::new()).await.unwrap();
    let ask = async |method: &str, path: &str, body: &str| -> serde_json::Value {
        let answer = ask_as_owner(&local, method, path, body).await;
        assert!((200..300).contains(&answer.status), "{answer:?}");
        serde_json::from_str(&answer.body).unwrap_or_default()
    };
    ask("PUT", "/v1/resources/c", CONFIGURATION).await;
    let request = ask("POST", "/v1/requests", REQUEST).await;
    let invite = ask("POST", "/v1/invites", INVITE).await;
    local.user_token("u");
    let id = |of: &serde_json::Value, name: &str| of[name].as_str().unwrap().to_owned();
    Fixture {
        client_id,
        key_id: key.key_id.unwrap(),
        extension_id: extension.extension_id.unwrap(),
        request_id: id(&request, "requestId"),
        invite_id: id(&invite, "inviteId"),
        local,
        owner,
    }
}

impl Fixture {
    fn filled(&self, text: &str) -> String {
        text.replace("CLIENT", &self.client_id)
            .replace("KEY", &self.key_id)
            .replace("EXTENSION", &self.extension_id)
            .replace("REQUEST", &self.request_id)
            .replace("INVITE", &self.invite_id)
    }

    /// Gives `user` a right to an action: to do it, to grant it, and to delegate it.
    async fn give(&self, user: &str, action: &str, resource: &str, [allow, grant, delegate]: [bool; 3]) {
        let role = Role::new(
            "made",
            [PermissionObject::new(action)
                .allow(allow)
                .grant(grant)
                .delegate(delegate)],
        );
        let role_id = self.owner.roles().create_role(role).await.unwrap().role_id.unwrap();
        let record = AccessRecord::new("made", [Statement::new([role_id], [self.filled(resource)])]).users([user]);
        self.owner.access_records().create_record(record).await.unwrap();
    }

    async fn ask(&self, user: &str, method: &str, path: &str, body: &str) -> RawAnswer {
        let bearer = format!("Bearer {}", self.local.user_token(user));
        raw_request(self.local.address(), method, &self.filled(path), &bearer, body)
            .await
            .unwrap()
    }
}

/// Whether an answer is what a caller gets who lacks the permission.
fn is_closed(need: Need, answer: &RawAnswer) -> bool {
    match need {
        AllowToSee(..) | GrantToSee(..) => {
            let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(answer.status, 200);
            let mut lists = body
                .as_object()
                .unwrap()
                .values()
                .filter_map(|member| member.as_array());
            lists.all(Vec::is_empty)
        }
        GrantToFind(..) => [403, 404].contains(&answer.status),
        Allow(..) | Grant(..) => answer.status == 403,
        Token => answer.status == 401,
    }
}

#[tokio::test]
async fn each_operation_needs_its_permission_and_that_is_enough() {
    let mut operations = BTreeSet::new();
    for (method, path, body, need) in OPERATIONS {
        assert!(operations.insert((method, path)));
        let at = fixture().await;
        let (Allow(action, resource)
        | AllowToSee(action, resource)
        | Grant(action, resource)
        | GrantToSee(action, resource)
        | GrantToFind(action, resource)) = need
        else {
            let answer = at.ask("nothing", method, path, body).await;
            assert!((200..300).contains(&answer.status), "{method} {path}: {answer:?}");
            continue;
        };
        let (right, other_right) = match need {
            Grant(..) | GrantToSee(..) | GrantToFind(..) => ([false, true, false], [true, false, false]),
            _ => ([true, false, false], [false, true, true]),
        };
        if body == RECORD && !matches!(need, Grant(..)) {
            // What the record gives is a need of its own, which the first row is about.
            for user in ["nothing", "other-actions", "elsewhere", "another-right", "exactly"] {
                at.give(user, "documents:read", "a", [false, true, false]).await;
            }
        }
        // Every other permission, everywhere; the permission on something else; another right to the permission.
        for other in ["READ", "CREATE", "UPDATE", "DELETE", "GRANT", "documents:write"] {
            if other != action {
                at.give("other-actions", other, "*", [true, true, true]).await;
            }
        }
        at.give("elsewhere", action, &format!("{resource}-other"), [true, true, true])
            .await;
        at.give("another-right", action, resource, other_right).await;
        for user in ["nothing", "other-actions", "elsewhere", "another-right"] {
            let answer = at.ask(user, method, path, body).await;
            assert!(is_closed(need, &answer), "{user}: {method} {path}: {answer:?}");
        }
        at.give("exactly", action, resource, right).await;
        let answer = at.ask("exactly", method, path, body).await;
        assert!(!is_closed(need, &answer), "{method} {path}: {answer:?}");
        // The one check is of a user who may do nothing, and nobody has credentials.
        let expected = if path.contains("/permissions/") || path.ends_with("/credentials") {
            404..405
        } else {
            200..300
        };
        assert!(expected.contains(&answer.status), "{method} {path}: {answer:?}");
    }
    assert_eq!(operations.len(), 70);
}

#[tokio::test]
async fn each_operation_needs_a_token() {
    let at = fixture().await;
    for (method, path, body, _) in OPERATIONS {
        let answer = raw_request(at.local.address(), method, &at.filled(path), "", body)
            .await
            .unwrap();
        assert_eq!(answer.status, 401, "{method} {path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
}
