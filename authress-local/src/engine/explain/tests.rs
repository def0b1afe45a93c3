//! What explanations tell.

use serde_json::json;

use super::super::{Engine, OWNER, Permission, Record, Settings, Statement};
use super::{Because, NearMiss};

fn permission(action: &str, allow: bool) -> Permission {
    Permission {
        action: action.into(),
        allow,
        grant: !allow,
        delegate: false,
    }
}

fn record(id: &str, user: &[&str], group: &[&str], roles: &[&str], resources: &[&str]) -> Record {
    let own = |texts: &[&str]| texts.iter().map(ToString::to_string).collect();
    let statement = Statement {
        users: own(user),
        groups: own(group),
        roles: own(roles),
        resources: own(resources),
    };
    Record {
        id: id.into(),
        statements: vec![Statement::default(), statement],
    }
}

fn engine() -> Engine {
    let mut engine = Engine::new(Settings::default());
    engine.put_role(
        "reader",
        vec![permission("documents:read", true), permission("comments", true)],
    );
    engine.put_role("giver", vec![permission("documents:write", false)]);
    engine.put_role("writer", vec![permission("Documents:Write", true)]);
    engine.put_role("empty", vec![]);
    engine.put_group("team", vec!["carol".into()]);
    engine.put_group("editors", vec!["dave".into()]);
    engine
}

/// The kinds of near misses, as they are named in JSON.
fn kinds(engine: &Engine, user: &str, resource: &str, action: &str) -> Vec<String> {
    let explanation = engine.explain(user, resource, action);
    assert!(!explanation.is_allowed());
    let misses = explanation.near_misses().iter();
    misses
        .map(|miss| serde_json::to_value(miss).unwrap()["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_is_allowed_names_record_statement_group_role_action_and_resource() {
    let mut engine = engine();
    engine.put_record(record(
        "rec",
        &["alice"],
        &["team"],
        &["reader", "writer"],
        &["/documents/*"],
    ));
    let explanation = engine.explain("carol", "documents/1", "documents:write");
    assert!(explanation.is_allowed() && explanation.near_misses().is_empty());
    let text = "allowed: record rec, statement 1, gives writer on /documents/* to the group team, which allows Documents:Write";
    assert_eq!(explanation.to_string(), text);
    assert_eq!(
        serde_json::to_value(&explanation).unwrap(),
        json!({
            "userId": "carol", "resourceUri": "documents/1", "permission": "documents:write", "allowed": true,
            "because": {
                "kind": "accessRecord", "groupId": "team", "recordId": "rec", "statement": 1, "resourceUri": "/documents/*",
                "roleId": "writer", "action": "Documents:Write",
            },
            "nearMisses": [], "text": text,
        })
    );
    let direct = engine.explain("alice", "documents", "comments:add");
    assert_eq!(
        direct.to_string(),
        "allowed: record rec, statement 1, gives reader on /documents/*, which allows comments"
    );
}

#[test]
fn of_several_permissions_that_give_an_action_the_same_one_is_told_however_many_a_role_has() {
    let others = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    for held in [
        ["documents:read", "documents"],
        // What has a wildcard at its beginning or within comes after what has none.
        ["*", "documents"],
        ["*:read", "documents"],
    ] {
        for others in [&others[..0], &others] {
            let mut engine = engine();
            let permissions = held.iter().chain(others).map(|action| permission(action, true));
            engine.put_role("several", permissions.collect());
            engine.put_record(record("rec", &["alice"], &[], &["several"], &["documents"]));
            let told = engine.explain("alice", "documents/1", "documents:read").to_string();
            assert!(told.ends_with(", which allows documents"), "{held:?}: {told}");
        }
    }
}

#[test]
fn what_is_public_is_allowed_to_everybody_because_of_that_unless_a_record_gives_it() {
    let mut engine = engine();
    engine.set_public("news/*", true);
    let explanation = engine.explain("nobody", "news/1", "read");
    assert_eq!(explanation.to_string(), "allowed: news is public");
    assert!(matches!(explanation.because(), Some(Because::Public { resource_uri }) if resource_uri == "news"));
    engine.put_record(record("rec", &["alice"], &[], &[OWNER], &["news"]));
    let explanation = engine.explain("alice", "news/1", "read");
    assert!(matches!(explanation.because(), Some(Because::AccessRecord { source, .. }) if source.record_id == "rec"));
}

#[test]
fn each_near_miss_is_told_in_a_line_of_its_own() {
    for (record, user, line, kind) in [
        (
            record("rec", &["bob"], &[], &["gone"], &["documents/1"]),
            "bob",
            "record rec, statement 1, gives gone on documents/1, and there is no such role",
            "unknownRole",
        ),
        (
            record("rec", &["bob"], &[], &["giver"], &["documents"]),
            "bob",
            "record rec, statement 1, gives giver on documents, which lets the user give documents:write to others, but not do it",
            "onlyToGive",
        ),
        (
            record("rec", &[], &["team"], &["reader"], &["documents/1"]),
            "carol",
            "record rec, statement 1, gives reader on documents/1 to the group team, which allows only documents:read, comments",
            "otherAction",
        ),
        (
            record("rec", &["bob"], &[], &["empty"], &["documents/1"]),
            "bob",
            "record rec, statement 1, gives empty on documents/1, which allows nothing",
            "otherAction",
        ),
        (
            record("rec", &["bob"], &["editors"], &["writer"], &["documents/2"]),
            "bob",
            "record rec, statement 1, gives writer on documents/2, another resource, which allows Documents:Write",
            "otherResource",
        ),
        (
            record("rec", &["bob"], &[], &["writer"], &["documents//1"]),
            "bob",
            "record rec, statement 1: a record names \"documents//1\", which is no resource",
            "notAResourceInRecord",
        ),
        (
            record("rec", &[], &["editors"], &["writer"], &["documents/*"]),
            "bob",
            "record rec, statement 1, gives writer on documents/* to the group editors, which allows Documents:Write, \
             but the user is not in it",
            "notInGroup",
        ),
        (
            record("rec", &[], &["lost"], &["writer"], &["documents/*"]),
            "bob",
            "record rec, statement 1, gives writer on documents/* to the group lost, which allows Documents:Write, \
             but there is no such group",
            "notInGroup",
        ),
    ] {
        let mut engine = engine();
        engine.put_record(record);
        let text = engine.explain(user, "documents/1", "documents:write").to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines[0].starts_with("denied: no "), "{text}");
        assert_eq!(lines[1], format!("- {line}"));
        assert_eq!(kinds(&engine, user, "documents/1", "documents:write"), [kind]);
    }
}

#[test]
fn a_deleted_record_is_known_until_its_id_is_used_again() {
    let mut engine = engine();
    let gave = record("rec", &["bob"], &["team"], &["writer"], &["documents/1"]);
    engine.put_record(gave.clone());
    engine.retire_record(gave);
    for user in ["bob", "carol"] {
        assert_eq!(
            kinds(&engine, user, "documents/1/pages", "documents:write"),
            ["deletedRecord"]
        );
        assert!(
            engine
                .explain(user, "documents/1", "documents:write")
                .to_string()
                .ends_with("but the record is deleted")
        );
    }
    assert!(engine.records_naming("bob").is_empty());
    engine.put_record(record("rec", &["alice"], &[], &["writer"], &["documents/1"]));
    assert!(kinds(&engine, "bob", "documents/1", "documents:write").is_empty());
}

#[test]
fn what_is_no_resource_and_who_is_not_named_are_told_at_once() {
    let engine = engine();
    let explanation = engine.explain("bob", "a//b", "read");
    assert_eq!(explanation.near_misses(), [NearMiss::NotAResource]);
    let text = "denied: what is asked about is no resource: it is empty, or a segment of it is";
    assert_eq!(explanation.to_string(), text);
    let text = "denied: no active record names the user or a group of the user";
    assert_eq!(engine.explain("carol", "a", "read").to_string(), text);
    let json = serde_json::to_value(engine.explain("carol", "a", "read")).unwrap();
    assert_eq!(
        (&json["because"], &json["allowed"], &json["text"]),
        (&json!(null), &json!(false), &json!(text))
    );
}

#[test]
fn the_same_collection_is_nearer_than_anything_else_and_ten_are_shown_at_most() {
    let mut engine = engine();
    let far: Vec<String> = (0..30).map(|number| format!("a/a{number}/documents/x")).collect();
    let mut resources: Vec<&str> = far.iter().map(String::as_str).collect();
    resources.extend([
        "orgs/1/documents/8",
        "orgs/1",
        "orgs/1/documents/9/pages",
        "Orgs/1/Documents/9",
        "orgs/2/documents/9",
    ]);
    // `orgs/1` reaches it, so it must not give the action.
    engine.put_record(record("near", &["bob"], &[], &["writer"], &resources[..31]));
    engine.put_record(record("rest", &["bob"], &[], &["writer"], &resources[32..]));
    let explanation = engine.explain("bob", "orgs/1/documents/9", "documents:write");
    let shown: Vec<&str> = explanation
        .near_misses()
        .iter()
        .map(|miss| match miss {
            NearMiss::OtherResource { source, .. } => source.resource_uri.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    let nearest = [
        "Orgs/1/Documents/9",
        "orgs/1/documents/8",
        "orgs/1/documents/9/pages",
        "orgs/2/documents/9",
    ];
    assert_eq!((&shown[..4], shown.len()), (&nearest[..], 10));
}

#[test]
fn what_is_allowed_is_explained_as_allowed_however_much_else_is_given() {
    let mut engine = engine();
    // More sets of roles on the resource than are looked at.
    for number in 0..1_000 {
        let role = format!("role_{number}");
        engine.put_record(record(&role, &["bob"], &[], &[&role], &["documents/1"]));
    }
    engine.put_record(record("rec", &["bob"], &[], &["writer"], &["documents/1"]));
    assert!(engine.explain("bob", "documents/1", "documents:write").is_allowed());
    // More grants above the resource than are looked at.
    let groups: Vec<String> = (0..1_300).map(|number| format!("group_{number}")).collect();
    for group in &groups {
        engine.put_group(group, vec!["carol".into()]);
    }
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let above: Vec<String> = (1..=9).map(|depth| ["d"; 9][..depth].join("/")).collect();
    let above: Vec<&str> = above.iter().map(String::as_str).collect();
    engine.put_record(record("above", &[], &groups, &["reader"], &above));
    let deep = ["d"; 10].join("/");
    engine.put_record(record("deep", &["carol"], &[], &["writer"], &[&deep]));
    assert!(engine.explain("carol", &deep, "documents:write").is_allowed());
}

#[test]
fn many_near_misses_of_one_kind_do_not_hide_another() {
    let mut engine = engine();
    for number in 0..20 {
        let id = format!("rec_{number}");
        engine.put_record(record(&id, &["bob"], &[], &["reader"], &["documents/1"]));
    }
    let resources: Vec<String> = (2..20).map(|number| format!("documents/{number}")).collect();
    let resources: Vec<&str> = resources.iter().map(String::as_str).collect();
    engine.put_record(record("elsewhere", &["bob"], &["editors"], &["writer"], &resources));
    engine.put_record(record("group", &[], &["editors"], &["writer"], &["documents/1"]));
    let kinds = kinds(&engine, "bob", "documents/1", "documents:write");
    assert_eq!(
        (kinds.len(), &kinds[0][..], &kinds[1][..], &kinds[2][..]),
        (10, "otherAction", "notInGroup", "otherResource")
    );
}
