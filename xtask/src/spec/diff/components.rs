//! The component schemas, by name.

use serde_json::{Map, Value};

use super::types::{Order, Types};
use super::values::Values;
use super::{Changes, Documents, Pair};
use crate::generate::Usage;

/// Compares the component schemas.
pub(super) fn compare(documents: Documents<'_>, changes: &mut Changes) {
    let (written, mended) = (documents.written.map(schemas), documents.mended.map(schemas));
    let in_code = documents.mended.map(Usage::of);
    let on_the_wire = documents.written.map(Usage::of);
    for (name, schema) in mended.old.into_iter().flatten() {
        let Some(other) = mended.new.and_then(|schemas| schemas.get(name)) else {
            changes.removed(name, "schema", true);
            continue;
        };
        let arrives = in_code.as_ref().map(|usage| usage.only_in_answers(name));
        let sent = in_code.as_ref().map(|usage| usage.in_requests(name));
        // What that does to the fields is told field by field.
        if arrives.old && sent.new {
            changes.changed(name, "is sent, was only answered", false);
        } else if sent.old && arrives.new {
            changes.changed(name, "is only answered, was sent", false);
        }
        let both = Pair {
            old: schema,
            new: other,
        };
        Types::new(documents.mended, changes).compare(name, both, Order::Described);
        // What the passes made into a component is compared where it is written.
        if let Some(both) = written.map(|schemas| schemas?.get(name)).both() {
            // What nobody sent before, or sends from now on, cannot be refused.
            let sent = on_the_wire.old.in_requests(name) && on_the_wire.new.in_requests(name);
            Values::new(documents.written, changes).compare(name, both, sent);
        }
    }
    let is_new = |name: &&String| mended.old.is_none_or(|schemas| !schemas.contains_key(*name));
    for name in mended.new.into_iter().flat_map(Map::keys).filter(is_new) {
        changes.added(name, "schema", false);
    }
}

fn schemas(root: &Value) -> Option<&Map<String, Value>> {
    root.pointer("/components/schemas").and_then(Value::as_object)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Code, Used, assert_told, document, lines, with_schema};
    use serde_json::{Value, json};

    #[test]
    fn schemas_that_go_break_users_and_schemas_that_come_do_not() {
        let (without, mut with) = (with_schema(Used::Sent, &json!({})), with_schema(Used::Sent, &json!({})));
        with["components"]["schemas"]["Z"] = json!({"type": "string"});
        assert_told(&without, &with, &["+ Z: schema"], Code::Other);
        assert_told(&with, &without, &["- Z: schema [breaks users]"], Code::Other);
    }

    #[test]
    fn an_answer_that_is_sent_as_well_has_to_be_given_whole() {
        let schema = json!({"type": "object", "required": ["name", "tags"], "properties": {
            "name": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}, "more": {"type": "array", "items": {"type": "string"}},
        }});
        let answered = with_schema(Used::Answered, &schema);
        let mut both = answered.clone();
        both["paths"]["/a/{id}"]["get"]["requestBody"] =
            json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/X"}}}});
        let there = [
            "+ a: optional request body",
            "~ X: is sent, was only answered",
            "~ X: field `name` is required, was optional [breaks users]",
            "~ X: field `tags` is required, was empty when missing [breaks users]",
            "~ X: field `more` is optional, was empty when missing [breaks users]",
        ];
        assert_told(&answered, &both, &there, Code::Other);
        let back = [
            "- a: request body [breaks users]",
            "~ X: is only answered, was sent",
            "~ X: field `name` is optional, was required [breaks users]",
            "~ X: field `tags` is empty when missing, was required [breaks users]",
            "~ X: field `more` is empty when missing, was optional [breaks users]",
        ];
        assert_told(&both, &answered, &back, Code::Other);
    }

    #[test]
    fn a_part_that_is_referred_to_is_a_schema_of_its_own() {
        let of = |id: Value, owner: Value| {
            let x = json!({"type": "object", "properties": {"id": id, "z": {"type": "string"}}});
            let mut document = with_schema(Used::Sent, &x);
            document["components"]["schemas"]["Z"] = json!({"type": "object", "properties": {"owner": owner}});
            document
        };
        let deep = json!({"$ref": "#/components/schemas/X/properties/id"});
        let (text, number) = (json!({"type": "string"}), json!({"type": "integer"}));
        let expected = ["~ XId: type is integer, was string [breaks users]"];
        assert_told(
            &of(text.clone(), deep.clone()),
            &of(number, deep.clone()),
            &expected,
            Code::Other,
        );
        let short = json!({"type": "string", "maxLength": 5});
        let expected = ["~ X.id: maxLength is 5, was unlimited [breaks users]"];
        assert_told(&of(text, deep.clone()), &of(short, deep), &expected, Code::Same);
    }

    #[test]
    fn limits_of_what_nobody_sends_break_nobody() {
        let of = |most: u32| {
            let operation = json!({"operationId": "a", "responses": {"200": {}}});
            document(&operation, &json!({"Unused": {"type": "string", "maxLength": most}}))
        };
        assert_eq!(lines(&of(10), &of(5)), ["~ Unused: maxLength is 5, was 10"]);
    }

    #[test]
    fn a_schema_that_leads_back_to_itself_is_compared_once() {
        let me = json!({"$ref": "#/components/schemas/X"});
        let of = |kind: &str| {
            let list = json!({"type": "array", "items": me});
            let fields = json!({"me": me, "all": list, "a": {"type": kind}});
            with_schema(Used::Answered, &json!({"type": "object", "properties": fields}))
        };
        let expected = ["~ X.a: type is integer, was string [breaks users]"];
        assert_told(&of("string"), &of("integer"), &expected, Code::Other);
    }

    #[test]
    fn compositions_that_lead_back_to_themselves_come_to_an_end() {
        let refer = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let of = |kind: &str| {
            let inner = json!({"allOf": [refer("X"), refer("Y"), {"type": "object"}]});
            let field = json!({"properties": {"in": inner, "a": {"type": kind}, "all": {"items": inner}}});
            with_schema(Used::Answered, &json!({"allOf": [refer("Y"), field]}))
        };
        let told = lines(&of("string"), &of("integer"));
        assert_eq!(
            told.first().map(String::as_str),
            Some("~ X.a: type is integer, was string [breaks users]")
        );
        let of = |kind: &str| {
            let me = json!({"allOf": [refer("X"), {"type": "object"}]});
            with_schema(Used::Answered, &json!({"oneOf": [{"type": kind}, me, {"items": me}]}))
        };
        assert_eq!(lines(&of("string"), &of("integer")).len(), 1);
        assert_eq!(lines(&of("string"), &of("string")), Vec::<String>::new());
    }
}
