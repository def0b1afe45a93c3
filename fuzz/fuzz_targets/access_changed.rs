//! Any bytes as a message about changed access, and what a cache makes of it.

#![no_main]

use std::collections::BTreeSet;

use authress::{AccessChange, AccessChangeOperation, AccessChanged, AuthressClient, DecisionCache, DecisionSource};
use authress_fuzz::service::Service;
use authress_fuzz::{DOMAIN, Stopped, is_simple, names_each_once, plain, ready};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// How many changes of an event are tried on a cache.
const TRIED: usize = 4;
/// The longest id of an event that is remembered, in bytes.
const LONGEST_ID: usize = 256;

fuzz_target!(|data: &[u8]| {
    match AccessChanged::parse(data) {
        Ok(event) => {
            let message = serde_json::from_slice(data).expect("a message is JSON");
            assert!(
                !is_simple(data) || names_each_once(&message, data),
                "a name is repeated"
            );
            let expected = event_in(&message).expect("it is an event");
            says(&event, &expected);
            let text = expected.to_string();
            let again = serde_json::from_str::<Value>(&text).ok();
            assert_eq!(again.as_ref(), Some(&expected), "it is deeper than JSON may be");
            // An envelope is one level more, of the 128 that JSON may have.
            if text.matches(['[', '{']).count() < 120 {
                for message in [
                    json!({"detail-type": "AccessChanged", "detail": expected}),
                    json!({"message": {"data": STANDARD.encode(text)}}),
                ] {
                    let again = AccessChanged::parse(message.to_string()).expect("it is one in any envelope");
                    assert_eq!(again, event);
                }
            }
            applied(&event);
        }
        Err(error) => {
            assert!(error.argument() == Some("message") && !error.was_sent(), "{error}");
            assert!(!expected(data).is_some_and(|event| is_event(&event)), "{error}");
        }
    }
});

/// The event that must be read of a message: nothing when a name in it may be repeated, or be one that the library takes for an order.
fn expected(data: &[u8]) -> Option<Value> {
    let message = plain(data)?;
    let event = event_in(&message)?;
    match message.pointer("/message/data").and_then(Value::as_str) {
        Some(inner) if message.get("detail").is_none() => plain(&STANDARD.decode(inner).ok()?),
        _ => Some(event),
    }
}

/// The event that stands in a message.
fn event_in(message: &Value) -> Option<Value> {
    let in_event_bridge = message.get("detail");
    let in_pub_sub = message.get("message").and_then(|message| message.get("data"));
    match (in_event_bridge, in_pub_sub) {
        (Some(event), _) => Some(event.clone()),
        (None, Some(data)) => serde_json::from_slice(&STANDARD.decode(data.as_str()?).ok()?).ok(),
        (None, None) => Some(message.clone()),
    }
}

/// Whether a value has all that an event must have.
fn is_event(value: &Value) -> bool {
    let is_text = |value: &Value| value.is_null() || value.is_string();
    let is_change =
        |change: &Value| change.is_object() && is_text(&change["userId"]) && is_text(&change["resourceUri"]);
    let changes = value["changes"].as_array();
    value["eventId"].is_string() && changes.is_some_and(|changes| changes.iter().all(is_change))
}

/// What is read is what stands in the message.
fn says(event: &AccessChanged, value: &Value) {
    // Structures may also be written as lists of their members, in their order.
    let member = |value: &Value, name: &str, place: usize| match value {
        Value::Array(list) => list.get(place).cloned().unwrap_or_default(),
        value => value[name].clone(),
    };
    assert_eq!(member(value, "eventId", 0), event.event_id);
    let trigger = member(value, "triggeredBy", 1);
    if let Some(by) = &event.triggered_by {
        assert_eq!(by.record_id, text(&member(&trigger, "recordId", 0)));
        assert_eq!(by.version, text(&member(&trigger, "version", 1)));
    } else {
        assert!(!trigger.is_object(), "what brought it about is lost: {trigger}");
    }
    let changes = member(value, "changes", 2);
    let changes = changes.as_array().expect("changes are a list");
    assert_eq!(event.changes.len(), changes.len());
    for (change, value) in event.changes.iter().zip(changes) {
        let said = |name, place| member(value, name, place).as_str().map(ToOwned::to_owned);
        assert_eq!(change.user_id, said("userId", 0));
        assert_eq!(change.resource_uri, said("resourceUri", 1));
        let operation = text(&member(value, "operation", 2));
        let expected = match operation.as_deref() {
            None => AccessChangeOperation::Unsaid,
            Some("ADDED") => AccessChangeOperation::Added,
            Some("REMOVED") => AccessChangeOperation::Removed,
            Some(other) => AccessChangeOperation::Unknown(other.to_owned()),
        };
        assert_eq!(change.operation, expected);
        assert_eq!(change.operation.to_string(), operation.unwrap_or_default());
    }
}

/// A text, or a number as one.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Applied to a cache, an event ends the decisions that it is about, once; and no others, unless nobody says which.
fn applied(event: &AccessChanged) {
    let service = Service::allowing();
    let client = AuthressClient::builder(DOMAIN)
        .access_key("sc_1.k1.acc_1.MC4CAQAwBQYDK2VwBCIEIKuU4GWjY9KctBRBDOM1XvVDeXa1tAnn+Cu1UOsL0VBt")
        .clock(Stopped)
        .transport(service)
        .decision_cache(DecisionCache::builder())
        .build()
        .unwrap();
    let questions: BTreeSet<(&str, String)> = event
        .changes
        .iter()
        .take(TRIED)
        .flat_map(|change| {
            let user = change.user_id.as_deref().unwrap_or("user-1");
            let resource = change.resource_uri.as_deref().unwrap_or("documents/42");
            [
                (user, resource.to_owned()),
                (user, "elsewhere".to_owned()),
                ("somebody else", format!("{resource}/below")),
                ("somebody else", format!("{resource}-beside")),
            ]
        })
        .filter(|(user, resource)| {
            let asked = ready(client.check_user(user, resource, "read"));
            // What has neither dots nor other signs can be asked about.
            let is_plain = |text: &str| text.bytes().any(|byte| byte.is_ascii_alphanumeric()) && !text.contains('.');
            assert!(asked.is_ok() || !is_plain(user) || !is_plain(resource), "{asked:?}");
            asked.is_ok()
        })
        .collect();
    let is_kept = |user: &str, resource: &str| {
        let decision = ready(client.check_user(user, resource, "read")).expect("it could be asked before");
        assert!(decision.allowed);
        matches!(decision.source, DecisionSource::Cached { .. })
    };
    assert!(questions.iter().all(|(user, resource)| is_kept(user, resource)));

    let cache = client.decision_cache().expect("it is on");
    assert!(cache.apply(event), "it is new");
    for (user, resource) in &questions {
        let is_about = event.changes.iter().any(|change| is_about(change, user, resource));
        let kept = is_kept(user, resource);
        assert!(!(is_about && kept), "{user} {resource} is still kept");
        // Users share numbers, and many places are everywhere: one may be asked about once more than is needed.
        let is_of_few = event.changes.len() <= 1
            && event
                .changes
                .iter()
                .all(|change| change.user_id.as_deref().is_none_or(str::is_empty));
        assert!(is_about || kept || !is_of_few, "{user} {resource} is given up");
    }
    let is_remembered = (1..=LONGEST_ID).contains(&event.event_id.len());
    assert_eq!(cache.apply(event), !is_remembered);
}

/// Whether a change is about a decision.
fn is_about(change: &AccessChange, user: &str, resource: &str) -> bool {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    match (said(&change.user_id), said(&change.resource_uri)) {
        (Some(changed), _) => changed == user,
        (None, None) => true,
        (None, Some(changed)) => {
            // Up to the first segment with a wildcard.
            let segments = |text: &str| {
                text.trim_matches('/')
                    .split('/')
                    .map(ToOwned::to_owned)
                    .collect::<Vec<_>>()
            };
            let changed = segments(&changed);
            let before_wildcard = changed.iter().take_while(|segment| !segment.contains('*'));
            let mut place: Vec<_> = before_wildcard.collect();
            while place.pop_if(|last| last.is_empty()).is_some() {}
            place
                .iter()
                .zip(segments(resource))
                .filter(|(one, other)| **one == other)
                .count()
                == place.len()
        }
    }
}
