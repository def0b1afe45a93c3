//! An explanation as JSON.

use serde_json::{Value, json};

use crate::engine::Explanation;

pub(super) fn json_of(user_id: &str, resource_uri: &str, permission: &str, explanation: &Explanation) -> Value {
    let (because, misses): (Value, Vec<Value>) = match explanation {
        Explanation::Allowed {
            record_id,
            statement,
            group_id,
            resource,
            role_id,
            action,
        } => {
            let because = json!({
                "kind": "accessRecord", "recordId": record_id, "statement": statement, "groupId": group_id, "roleId": role_id, "action": action,
                "resourceUri": resource,
            });
            (because, vec![])
        }
        _ => (Value::Null, vec![]),
    };
    json!({
        "userId": user_id, "resourceUri": resource_uri, "permission": permission, "allowed": explanation.is_allowed(),
        "because": because, "nearMisses": misses, "text": explanation.to_string(),
    })
}
