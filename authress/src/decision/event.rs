//! The events in which the service tells that somebody's access has changed, and which of them have been seen.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{Error, json};

/// How many events are remembered, so that one that comes again is known.
const REMEMBERED: usize = 1_024;
/// Longest id that is remembered, in bytes. An event with a longer one is always new.
const LONGEST_ID: usize = 256;

/// An event of the service: somebody's access has changed.
///
/// The service publishes these to a queue of yours (Amazon `EventBridge`, Google Cloud `Pub/Sub`). A service that keeps decisions reads them there and
/// [applies](crate::DecisionCache::apply) each to its cache, every process of a fleet for itself; a queue may deliver an event more than once, and in any order.
///
/// ```
/// use authress::{AccessChangeOperation, AccessChanged};
///
/// // A message of EventBridge, as a Lambda function or an SQS queue gets it.
/// let event = AccessChanged::parse(r#"{
///     "detail-type": "AccessChanged",
///     "detail": {
///         "eventId": "e-1",
///         "triggeredBy": {"recordId": "rec_1", "version": 3},
///         "changes": [{"userId": "user-1", "resourceUri": "documents/42", "operation": "REMOVED"}]
///     }
/// }"#)?;
/// assert_eq!(event.event_id, "e-1");
/// assert_eq!(event.triggered_by.as_ref().and_then(|by| by.record_id.as_deref()), Some("rec_1"));
/// let change = &event.changes[0];
/// assert_eq!((change.user_id.as_deref(), change.resource_uri.as_deref()), (Some("user-1"), Some("documents/42")));
/// assert_eq!(change.operation, AccessChangeOperation::Removed);
/// # Ok::<(), authress::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AccessChanged {
    /// The id of the event: the same when it is delivered again.
    pub event_id: String,
    /// What brought the change about, where the service says so.
    #[serde(default, deserialize_with = "trigger")]
    pub triggered_by: Option<AccessChangedTrigger>,
    /// Whose access to what has changed.
    pub changes: Vec<AccessChange>,
}

/// What brought a change of access about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AccessChangedTrigger {
    /// The access record that was changed.
    #[serde(default, deserialize_with = "text")]
    pub record_id: Option<String>,
    /// Which version of it, as the service writes it.
    #[serde(default, deserialize_with = "text")]
    pub version: Option<String>,
}

/// Whose access to what has changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AccessChange {
    /// The user; nothing where it is not one user whose access has changed.
    #[serde(default)]
    pub user_id: Option<String>,
    /// The resource; nothing where the service does not say.
    #[serde(default)]
    pub resource_uri: Option<String>,
    /// What was done.
    #[serde(default)]
    pub operation: AccessChangeOperation,
}

/// What was done to somebody's access.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AccessChangeOperation {
    /// Access was given.
    Added,
    /// Access was taken away.
    Removed,
    /// What this version of the SDK does not know, as the service writes it.
    Unknown(String),
    /// The event does not say.
    #[default]
    Unsaid,
}

impl<'de> Deserialize<'de> for AccessChangeOperation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = text(deserializer)?;
        Ok(match text.as_deref() {
            None => Self::Unsaid,
            Some("ADDED") => Self::Added,
            Some("REMOVED") => Self::Removed,
            Some(other) => Self::Unknown(other.to_owned()),
        })
    }
}

impl fmt::Display for AccessChangeOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Added => "ADDED",
            Self::Removed => "REMOVED",
            Self::Unknown(other) => other,
            Self::Unsaid => "",
        })
    }
}

/// A text, or a number as a text. A value of another type is taken for none: it must not spoil the event, whose changes are what counts.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// What brought the change about, when it is said in the form that is known.
fn trigger<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<AccessChangedTrigger>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(AccessChangedTrigger::deserialize(value).ok())
}

impl AccessChanged {
    /// Reads an event from the JSON of a message: the event itself, one of `EventBridge` (in `detail`), or a push of `Pub/Sub` (in `message.data`, in base64).
    ///
    /// # Errors
    /// An [`Error`] that names `message` when there is no such event in it. What to do then is for the program to say: to give up all decisions is
    /// always safe.
    pub fn parse(message: impl AsRef<[u8]>) -> Result<Self, Error> {
        let refuse = |reason: String| Error::invalid_argument("message", reason);
        // Strictly, as tokens are read: of a member that is named twice, a change that was told would be lost; and what the library takes for text
        // that is JSON again has a depth of its own, on which the stack would end.
        let message: Value = json::read(message.as_ref())
            .map_err(|error| refuse(format!("it is no JSON, or says something twice: {error}")))?;
        let event = if let Some(detail) = message.get("detail") {
            detail.clone()
        } else if let Some(data) = message.pointer("/message/data") {
            let data = data.as_str().and_then(|data| STANDARD.decode(data).ok());
            let data = data.and_then(|data| json::read(&data).ok());
            data.ok_or_else(|| refuse("its `message.data` is no JSON in base64".to_owned()))?
        } else {
            message
        };
        Self::deserialize(event).map_err(|error| refuse(format!("it has no event of changed access: {error}")))
    }
}

/// The events that were applied last.
#[derive(Default)]
pub(super) struct Events(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    ids: HashSet<String>,
    in_turn: VecDeque<String>,
}

impl Events {
    pub(super) fn is_known(&self, event: &AccessChanged) -> bool {
        self.lock().ids.contains(&event.event_id)
    }

    pub(super) fn remember(&self, event: &AccessChanged) {
        let id = &event.event_id;
        if id.is_empty() || id.len() > LONGEST_ID {
            return;
        }
        let mut seen = self.lock();
        if seen.ids.insert(id.clone()) {
            seen.in_turn.push_back(id.clone());
        }
        if seen.in_turn.len() > REMEMBERED
            && let Some(oldest) = seen.in_turn.pop_front()
        {
            seen.ids.remove(&oldest);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        // Nothing that is done under the lock leaves it half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: &str = r#"{"eventId":"e-1","triggeredBy":{"recordId":"r","version":3},"changes":[
        {"userId":"u","resourceUri":"a/b","operation":"ADDED"},
        {"resourceUri":"c","operation":"SHARED"},
        {"userId":null,"operation":7}]}"#;

    #[test]
    fn an_event_is_found_by_itself_and_in_the_envelopes_of_both_queues() {
        let event = AccessChanged::parse(EVENT).unwrap();
        assert_eq!(event.triggered_by.as_ref().unwrap().version.as_deref(), Some("3"));
        let operations: Vec<_> = event
            .changes
            .iter()
            .map(|change| change.operation.to_string())
            .collect();
        assert_eq!(operations, ["ADDED", "SHARED", "7"]);
        assert_eq!(event.changes[2].user_id, None);

        let of_event_bridge = format!(r#"{{"version":"0","id":"x","detail-type":"t","source":"s","detail":{EVENT}}}"#);
        assert_eq!(AccessChanged::parse(of_event_bridge).unwrap(), event);
        let data = STANDARD.encode(EVENT);
        let of_pub_sub = format!(r#"{{"message":{{"data":"{data}","messageId":"1"}},"subscription":"s"}}"#);
        assert_eq!(AccessChanged::parse(of_pub_sub).unwrap(), event);
    }

    #[test]
    fn what_brought_a_change_about_does_not_spoil_the_event() {
        for trigger in [r#""rec_1""#, "null", "7", r#"{"recordId":["r"]}"#] {
            let event = format!(r#"{{"eventId":"e","triggeredBy":{trigger},"changes":[]}}"#);
            assert!(AccessChanged::parse(&event).is_ok(), "{event}");
        }
    }

    #[test]
    fn what_holds_no_event_is_refused_by_name() {
        for message in [
            "",
            "[]",
            "{}",
            r#"{"eventId":"e"}"#,
            r#"{"changes":[]}"#,
            r#"{"eventId":"e","changes":null}"#,
            r#"{"eventId":"e","changes":[{"userId":7}]}"#,
            r#"{"detail":null}"#,
            r#"{"message":{"data":"?"}}"#,
            r#"{"message":{"data":"e30="}}"#,
        ] {
            let error = AccessChanged::parse(message).unwrap_err();
            assert_eq!(error.argument(), Some("message"), "{message}");
        }
    }

    #[test]
    fn an_event_in_which_a_change_could_be_lost_is_refused() {
        let change = r#"[{"userId":"u"}]"#;
        for event in [
            format!(r#"{{"eventId":"e","changes":{change},"changes":[]}}"#),
            format!(r#"{{"eventId":"e","changes":{change},"ch\u0061nges":[]}}"#),
            r#"{"eventId":"e","changes":[{"userId":"u","userId":"v"}]}"#.to_owned(),
        ] {
            for message in [
                event.clone(),
                format!(r#"{{"detail":{event}}}"#),
                format!(r#"{{"message":{{"data":"{}"}}}}"#, STANDARD.encode(&event)),
            ] {
                let error = AccessChanged::parse(&message).unwrap_err();
                assert_eq!(error.argument(), Some("message"), "{message}");
            }
        }
    }

    #[test]
    fn the_events_that_are_remembered_are_bounded_in_number_and_length() {
        let events = Events::default();
        let event = |id: String| AccessChanged {
            event_id: id,
            triggered_by: None,
            changes: Vec::new(),
        };
        for number in 0..=REMEMBERED {
            events.remember(&event(number.to_string()));
            events.remember(&event(number.to_string()));
        }
        assert_eq!(events.lock().ids.len(), REMEMBERED);
        assert!(!events.is_known(&event("0".to_owned())) && events.is_known(&event("1".to_owned())));
        for id in [String::new(), "x".repeat(LONGEST_ID + 1)] {
            events.remember(&event(id.clone()));
            assert!(!events.is_known(&event(id)));
        }
    }
}
