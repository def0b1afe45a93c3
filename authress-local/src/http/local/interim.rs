//! An explanation as JSON.

use serde_json::{Value, json};

use crate::engine::Explanation;

pub(super) fn json_of(user_id: &str, resource_uri: &str, permission: &str, explanation: &Explanation) -> Value {
    let miss = |kind: &str, text: String| vec![json!({"kind": kind, "text": text})];
    let (because, misses) = match explanation {
        Explanation::Allowed {
            record_id,
            statement,
            group_id,
            resource,
            role_id,
            action,
        } => {
            let because = json!({
                "recordId": record_id, "statement": statement, "groupId": group_id, "roleId": role_id, "action": action,
                "resourceUri": resource,
            });
            (because, vec![])
        }
        Explanation::NotNamed | Explanation::NotAResource => (Value::Null, vec![]),
        Explanation::NothingOnResource { not_resources } => {
            let misses = not_resources
                .iter()
                .flat_map(|text| miss("notAResource", format!("a record names {text:?}")));
            (Value::Null, misses.collect())
        }
        Explanation::NotInRoles { role_ids, .. } => (
            Value::Null,
            miss(
                "otherAction",
                format!("none of the roles allows it: {}", role_ids.join(", ")),
            ),
        ),
    };
    json!({
        "userId": user_id, "resourceUri": resource_uri, "permission": permission, "allowed": explanation.is_allowed(),
        "because": because, "nearMisses": misses, "text": explanation.to_string(),
    })
}
