//! A server of the test's own, and short words for what is written and asked there. The owner's id is that of the first service client.

use authress_local::AuthressLocal;
use serde_json::{Value, json};
use tests::ask_as_user;

pub(crate) const OWNER: &str = "sc_owner";

pub(crate) struct World {
    pub(crate) local: AuthressLocal,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self {
            local: AuthressLocal::start().await.unwrap(),
        }
    }

    /// A request without a body.
    pub(crate) async fn ask(&self, user: &str, method: &str, path: &str) -> (u16, Value) {
        ask_as_user(&self.local, user, method, path, Value::Null).await
    }

    pub(crate) async fn send(&self, user: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
        ask_as_user(&self.local, user, method, path, body).await
    }

    /// Has the owner send it, which must succeed.
    pub(crate) async fn put(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(OWNER, "PUT", path, body).await;
        assert!(status < 300, "{path}: {status} {answer}");
        answer
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(OWNER, "POST", path, body).await;
        assert_eq!(status, 201, "{path}: {answer}");
        answer
    }

    pub(crate) async fn delete(&self, path: &str) {
        let (status, answer) = self.ask(OWNER, "DELETE", path).await;
        assert!(status < 300, "{path}: {status} {answer}");
    }

    /// A role that allows the actions.
    pub(crate) async fn role(&self, id: &str, actions: &[&str]) {
        let permissions: Vec<Value> = actions
            .iter()
            .map(|action| right(action, [true, false, false]))
            .collect();
        self.post(
            "/v1/roles",
            json!({"roleId": id, "name": id, "permissions": permissions}),
        )
        .await;
    }

    pub(crate) async fn group(&self, id: &str, members: &[&str]) {
        let group = json!({"groupId": id, "name": id, "users": users(members), "admins": users(&["admin"])});
        self.post("/v1/groups", group).await;
    }

    /// A record that gives the user a role on a resource.
    pub(crate) async fn record(&self, id: &str, user: &str, role: &str, resource: &str) {
        let record = record(id, &[user], vec![statement(&[role], &[resource])]);
        self.post("/v1/records", record).await;
    }

    /// The answer to a check, asked by the owner.
    pub(crate) async fn may(&self, user: &str, action: &str, resource: &str) -> bool {
        let status = self.check(OWNER, user, action, resource).await;
        assert!([200, 404].contains(&status), "{user} {action} {resource}: {status}");
        status == 200
    }

    /// The status of a check.
    pub(crate) async fn check(&self, caller: &str, user: &str, action: &str, resource: &str) -> u16 {
        let [user, action, resource] = [user, action, resource].map(segment);
        let path = format!("/v1/users/{user}/resources/{resource}/permissions/{action}");
        self.ask(caller, "GET", &path).await.0
    }
}

/// A text as one segment of a path.
pub(crate) fn segment(text: &str) -> String {
    text.bytes()
        .fold(String::new(), |text, byte| text + &format!("%{byte:02X}"))
}

pub(crate) fn users(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({"userId": id})).collect()
}

pub(crate) fn groups(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({"groupId": id})).collect()
}

pub(crate) fn right(action: &str, [allow, grant, delegate]: [bool; 3]) -> Value {
    json!({"action": action, "allow": allow, "grant": grant, "delegate": delegate})
}

pub(crate) fn statement(roles: &[&str], resources: &[&str]) -> Value {
    let resources: Value = resources.iter().map(|uri| json!({"resourceUri": uri})).collect();
    json!({"roles": roles, "resources": resources})
}

pub(crate) fn record(id: &str, members: &[&str], statements: Vec<Value>) -> Value {
    json!({"recordId": id, "name": id, "users": users(members), "statements": statements})
}
