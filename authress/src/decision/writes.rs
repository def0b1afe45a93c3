//! What a write through this client may change of what is kept.

use bytes::Bytes;
use serde::Deserialize;

use super::DecisionCache;
use crate::{Operation, http};

/// A write that is under way. When it ends, in whatever way, what it may have changed is given up: also when nobody waits for its answer any more.
pub(crate) struct Write<'a> {
    cache: &'a DecisionCache,
    /// On the heap, so that no call is larger for it.
    touched: Box<Touched>,
}

/// Whose decisions a write may change.
#[derive(Debug, Default, PartialEq, Eq)]
struct Touched {
    all: bool,
    users: Vec<String>,
    resources: Vec<String>,
}

impl<'a> Write<'a> {
    /// Nothing when `operation` changes no decision.
    pub(crate) fn begin(
        cache: &'a DecisionCache,
        operation: Option<&Operation>,
        request: &http::Request<Bytes>,
    ) -> Option<Self> {
        let touched = Touched::by(operation?, request.uri().path(), request.body());
        (touched != Touched::default()).then(|| Self {
            cache,
            touched: Box::new(touched),
        })
    }
}

impl Write<'_> {
    /// The service has not seen it: nothing has changed.
    pub(crate) fn was_not_sent(mut self) {
        *self.touched = Touched::default();
    }
}

impl Drop for Write<'_> {
    fn drop(&mut self) {
        if self.touched.all {
            return self.cache.invalidate_all();
        }
        self.touched
            .users
            .iter()
            .for_each(|user_id| self.cache.invalidate(user_id));
        if !self.touched.resources.is_empty() {
            self.cache.invalidate_resources(&self.touched.resources);
        }
    }
}

impl Touched {
    fn by(operation: &Operation, path: &str, body: &[u8]) -> Self {
        if operation.method.is_safe() {
            return Self::default();
        }
        match operation.id {
            "createRecord" => Self::by_record(body),
            "createGroup" => Self::by_group(body),
            "createClaim" => Self::by_claim(body),
            "updatePermissionedResource" => Self::resource(last_segment(path)),
            "deleteUser" | "deleteClient" => Self::user(last_segment(path)),
            // These change who can log in, with which keys and how: what users may do stays as it is.
            "createApplication"
            | "createClient"
            | "createConnection"
            | "createExtension"
            | "createRequest"
            | "delegateAuthentication"
            | "delegateUserLogin"
            | "deleteAccessKey"
            | "requestAccessKey"
            | "requestToken"
            | "updateApplication"
            | "updateAuthenticationRequest"
            | "updateConnection"
            | "updateExtension" => Self::default(),
            // Whom the former state of a record, a role or a group reached is not known here; nor what an operation without a description does.
            _ => Self::all(),
        }
    }

    fn all() -> Self {
        Self {
            all: true,
            ..Self::default()
        }
    }

    fn user(user_id: Option<String>) -> Self {
        user_id.map_or_else(Self::all, |user_id| Self {
            users: vec![user_id],
            ..Self::default()
        })
    }

    fn resource(resource_uri: Option<String>) -> Self {
        resource_uri.map_or_else(Self::all, |resource_uri| Self {
            resources: vec![resource_uri],
            ..Self::default()
        })
    }

    fn by_record(body: &[u8]) -> Self {
        let Ok(record) = serde_json::from_slice::<Record>(body) else {
            return Self::all();
        };
        let has_admins = record.admins.as_ref().is_some_and(|admins| !admins.is_empty());
        let of_record = record.users.into_iter().chain(record.admins);
        let mut touched = Self {
            users: of_record.flatten().map(|user| user.user_id).collect(),
            ..Self::default()
        };
        let groups_of_record = record.groups.is_some_and(|groups| !groups.is_empty());
        for statement in record.statements.into_iter().flatten() {
            let users = statement.users.into_iter().flatten();
            touched.users.extend(users.map(|user| user.user_id));
            // Who is in a group is not known here.
            if groups_of_record || statement.groups.is_some_and(|groups| !groups.is_empty()) {
                let resources = statement.resources.into_iter().flatten();
                touched
                    .resources
                    .extend(resources.map(|resource| resource.resource_uri));
            }
        }
        // Without admins, whoever makes the record becomes its admin.
        if let (false, Some(id)) = (has_admins, record.id) {
            touched.resources.push(format!("Authress:AccessRecords/{id}"));
        }
        touched
    }

    fn by_group(body: &[u8]) -> Self {
        let Ok(group) = serde_json::from_slice::<Group>(body) else {
            return Self::all();
        };
        let users = group.users.into_iter().chain(group.admins).flatten();
        Self {
            users: users.map(|user| user.user_id).collect(),
            ..Self::default()
        }
    }

    fn by_claim(body: &[u8]) -> Self {
        let claim = serde_json::from_slice::<Claim>(body).ok();
        Self::resource(claim.map(|claim| {
            let collection = claim.collection_resource.trim_end_matches('/');
            format!("{collection}/{}", claim.resource_id)
        }))
    }
}

/// The value of the path's last parameter.
fn last_segment(path: &str) -> Option<String> {
    let (_, segment) = path.rsplit_once('/')?;
    let decoded = percent_encoding::percent_decode_str(segment).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

#[derive(Deserialize)]
struct Record {
    #[serde(rename = "recordId")]
    id: Option<String>,
    users: Option<Vec<User>>,
    admins: Option<Vec<User>>,
    groups: Option<Vec<serde::de::IgnoredAny>>,
    statements: Option<Vec<Statement>>,
}

#[derive(Deserialize)]
struct Statement {
    users: Option<Vec<User>>,
    groups: Option<Vec<serde::de::IgnoredAny>>,
    resources: Option<Vec<Resource>>,
}

#[derive(Deserialize)]
struct Group {
    users: Option<Vec<User>>,
    admins: Option<Vec<User>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    user_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    resource_uri: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Claim {
    collection_resource: String,
    resource_id: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Request as _;
    use crate::requests;

    fn touched(operation: &Operation, path: &str, body: &str) -> Touched {
        Touched::by(operation, path, body.as_bytes())
    }

    #[test]
    fn a_write_touches_whom_it_names_and_everybody_where_it_does_not_say() {
        let all = Touched::all();
        let users = |users: &[&str]| Touched {
            users: users.iter().map(ToString::to_string).collect(),
            ..Touched::default()
        };
        let record = requests::CreateRecord::OPERATION;
        let body = r#"{"name":"n","users":[{"userId":"a"}],"admins":[{"userId":"b"}],
            "statements":[{"roles":[],"resources":[{"resourceUri":"r"}],"users":[{"userId":"c"}]}]}"#;
        assert_eq!(touched(record, "/v1/records", body), users(&["a", "b", "c"]));
        let body = r#"{"groups":[{"groupId":"g"}],"statements":[{"resources":[{"resourceUri":"r/1"}]}]}"#;
        let resources = Touched {
            resources: vec!["r/1".to_owned()],
            ..Touched::default()
        };
        assert_eq!(touched(record, "/v1/records", body), resources);
        assert_eq!(touched(record, "/v1/records", r#"{"users":"a"}"#), all);
        // Whoever makes it becomes its admin.
        let admin = touched(record, "/v1/records", r#"{"recordId":"rec_1","statements":[]}"#);
        assert_eq!(admin.resources, ["Authress:AccessRecords/rec_1"]);
        assert_eq!(
            touched(
                requests::CreateGroup::OPERATION,
                "/v1/groups",
                r#"{"users":[{"userId":"a"}]}"#
            ),
            users(&["a"])
        );
        let claim = r#"{"collectionResource":"r/","resourceId":"1"}"#;
        assert_eq!(
            touched(requests::CreateClaim::OPERATION, "/v1/claims", claim),
            resources
        );
        let deleted = touched(requests::DeleteUser::OPERATION, "/gateway/v1/users/a%7Cb", "");
        assert_eq!(deleted, users(&["a|b"]));
        let opened = touched(
            requests::UpdatePermissionedResource::OPERATION,
            "/v1/resources/r%2F1",
            "{}",
        );
        assert_eq!(opened, resources);
        for operation in [
            requests::UpdateRecord::OPERATION,
            requests::DeleteRecord::OPERATION,
            requests::CreateRole::OPERATION,
            requests::UpdateRole::OPERATION,
            requests::UpdateGroup::OPERATION,
            requests::RespondToInvite::OPERATION,
        ] {
            assert_eq!(touched(operation, "/v1/x/1", "{}"), all, "{}", operation.id);
        }
        assert_eq!(
            touched(requests::GetRecords::OPERATION, "/v1/records", ""),
            Touched::default()
        );
        assert_eq!(
            touched(requests::RequestAccessKey::OPERATION, "/v1/x", "{}"),
            Touched::default()
        );
    }
}
