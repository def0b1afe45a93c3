//! The log of requests: the latest ones, for the page, and each as a line of text, for whoever wants that.
//!
//! Of a request it has the method and the path; the query, where codes may stand, headers and bodies never get here. Without a log nothing is kept,
//! written or waited for.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::request::Parts;
use serde::Serialize;

/// Most requests that are kept.
const KEPT: usize = 1000;

/// Most characters that are kept of a text that a client chose.
const TEXT: usize = 500;

/// What is called with the line of each request.
pub(crate) type OnLine = Box<dyn Fn(&str) + Send + Sync>;

/// The log of a server that has one.
pub(crate) struct Log {
    kept: Mutex<Kept>,
    on_line: Option<OnLine>,
}

/// The latest requests, in the order in which they were answered.
#[derive(Default)]
struct Kept {
    /// The number of the latest.
    latest: u64,
    entries: VecDeque<Entry>,
}

/// One request.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    /// Its number, from 1.
    number: u64,
    time: DateTime<Utc>,
    method: String,
    /// As it was sent.
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<&'static str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    caller: String,
    status: u16,
    microseconds: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<Check>,
}

/// The question of a check and its answer.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Check {
    pub(super) user_id: String,
    pub(super) resource_uri: String,
    pub(super) permission: String,
    pub(super) allowed: bool,
    /// In one line.
    pub(super) why: String,
}

/// A part of the log, as it is answered.
#[derive(Serialize)]
pub(super) struct Part {
    /// The number of the latest request that there was, whether it is among these or not.
    latest: u64,
    entries: Vec<Entry>,
}

/// What is learned of a request while it is answered.
#[derive(Debug)]
pub(super) struct Note {
    wanted: bool,
    learned: RefCell<Learned>,
}

#[derive(Debug, Default)]
struct Learned {
    operation: Option<&'static str>,
    caller: String,
    check: Option<Check>,
}

impl Note {
    /// Takes nothing in unless it is `wanted`.
    pub(super) fn new(wanted: bool) -> Self {
        Self {
            wanted,
            learned: RefCell::default(),
        }
    }

    /// The operation, and who asks for it.
    pub(super) fn called(&self, operation: &'static str, caller: &str) {
        if self.wanted {
            let mut learned = self.learned.borrow_mut();
            learned.operation = Some(operation);
            learned.caller = cut(caller);
        }
    }

    /// How a check was decided; asked for only when it is wanted.
    pub(super) fn decided(&self, check: impl FnOnce() -> Check) {
        if self.wanted {
            let check = check();
            self.learned.borrow_mut().check = Some(Check {
                user_id: cut(&check.user_id),
                resource_uri: cut(&check.resource_uri),
                permission: cut(&check.permission),
                why: cut(check.why.lines().next().unwrap_or_default()),
                allowed: check.allowed,
            });
        }
    }
}

impl Log {
    pub(crate) fn new(on_line: Option<OnLine>) -> Self {
        Self {
            kept: Mutex::default(),
            on_line,
        }
    }

    /// Adds a request that has been answered.
    pub(super) fn add(&self, parts: &Parts, note: Note, time: DateTime<Utc>, status: u16, took: Duration) {
        let learned = note.learned.into_inner();
        let mut entry = Entry {
            number: 0,
            time,
            method: cut(parts.method.as_str()),
            path: cut(parts.uri.path()),
            operation: learned.operation,
            caller: learned.caller,
            status,
            microseconds: took.as_micros().try_into().unwrap_or(u64::MAX),
            check: learned.check,
        };
        // Made before it is kept, told after: nobody waits for whoever writes it.
        let line = self.on_line.as_ref().map(|on_line| (on_line, entry.to_string()));
        {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.latest += 1;
            entry.number = kept.latest;
            if kept.entries.len() == KEPT {
                kept.entries.pop_front();
            }
            kept.entries.push_back(entry);
        }
        if let Some((on_line, line)) = line {
            on_line(&line);
        }
    }

    /// The requests that are kept and came after the one with this number.
    pub(super) fn after(&self, number: u64) -> Part {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let from = kept.entries.partition_point(|entry| entry.number <= number);
        Part {
            latest: kept.latest,
            entries: kept.entries.range(from..).cloned().collect(),
        }
    }
}

/// One line for people, whatever a client put into its texts.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.time.format("%H:%M:%S%.3f");
        write!(f, "{time} {} ", self.method)?;
        // A path may have characters beyond ASCII, control characters among them.
        write_harmless(f, &self.path)?;
        write!(f, " → {}", self.status)?;
        let why = self.check.as_ref().map(|check| check.why.as_str());
        for text in [Some(self.caller.as_str()), why].into_iter().flatten() {
            if !text.is_empty() {
                f.write_char(' ')?;
            }
            write_harmless(f, text)?;
        }
        write!(f, " {} µs", self.microseconds)
    }
}

/// Writes a text so that it is neither a second line nor a command to the terminal.
fn write_harmless(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for c in text.chars() {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            write!(f, "{}", c.escape_default())?;
        } else {
            f.write_char(c)?;
        }
    }
    Ok(())
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn add(log: &Log, uri: &str, note: Note) {
        let (parts, ()) = http::Request::get(uri).body(()).unwrap().into_parts();
        let time = DateTime::from_timestamp_millis(1_700_000_000_123).unwrap();
        log.add(&parts, note, time, 404, Duration::from_micros(35));
    }

    fn check(why: &str) -> Check {
        Check {
            user_id: "alice".into(),
            resource_uri: "documents/42".into(),
            permission: "read".into(),
            allowed: false,
            why: why.into(),
        }
    }

    #[test]
    fn the_latest_are_kept_in_order_and_read_from_any_number_on() {
        let log = Log::new(None);
        for _ in 0..KEPT + 5 {
            add(&log, "/v1/roles", Note::new(true));
        }
        let numbers = |after| {
            let part = log.after(after);
            assert_eq!(part.latest, 1005);
            part.entries.iter().map(|entry| entry.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers(0), (6..=1005).collect::<Vec<_>>());
        assert_eq!(numbers(1003), [1004, 1005]);
        assert_eq!(numbers(1005), [0; 0]);
        assert_eq!(numbers(u64::MAX), [0; 0]);
    }

    #[test]
    fn a_line_has_the_time_the_path_the_caller_the_decision_and_no_query() {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let log = Log::new(Some(Box::new({
            let lines = Arc::clone(&lines);
            move |line| lines.lock().unwrap().push(line.to_owned())
        })));
        let note = Note::new(true);
        note.called("authorizeUser", "alice\u{1b}[31m");
        note.decided(|| check("denied: of\rcourse\nand more"));
        add(&log, "/v1/users/alice?code=hidden", note);
        add(&log, "/health", Note::new(true));
        add(&log, "/ü\u{9b}31m\u{85}x\u{2028}", Note::new(true));
        assert_eq!(
            *lines.lock().unwrap(),
            [
                "22:13:20.123 GET /v1/users/alice → 404 alice\\u{1b}[31m denied: of\\rcourse 35 µs",
                "22:13:20.123 GET /health → 404 35 µs",
                "22:13:20.123 GET /ü\\u{9b}31m\\u{85}x\\u{2028} → 404 35 µs"
            ]
        );
        assert!(!serde_json::to_string(&log.after(0)).unwrap().contains("hidden"));
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let log = Log::new(None);
        let note = Note::new(true);
        note.called("authorizeUser", &"ü".repeat(TEXT + 1));
        add(&log, &format!("/{}", "x".repeat(TEXT)), note);
        let part = log.after(0);
        assert_eq!(part.entries[0].caller, format!("{}…", "ü".repeat(TEXT)));
        assert_eq!(part.entries[0].path.chars().count(), TEXT + 1);
    }

    #[test]
    fn nothing_is_asked_for_when_no_log_wants_it() {
        let note = Note::new(false);
        note.called("authorizeUser", "alice");
        note.decided(|| panic!("asked"));
        let learned = note.learned.into_inner();
        assert_eq!((learned.operation, learned.caller.capacity()), (None, 0));
    }
}
