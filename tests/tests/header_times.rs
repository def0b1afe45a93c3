//! Times in headers: 24 characters on the wire, or nothing.

#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use authress::Request as _;
use authress::models::{AccessRecord, Group, Statement};
use authress::requests::{UpdateGroup, UpdateRecord};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn group() -> Group {
    Group::new("Team", ["alice"], ["admin"])
}

fn sent(time: Option<DateTime<Utc>>) -> Option<String> {
    let mut request = UpdateGroup::new("grp_1", group());
    if let Some(time) = time {
        request = request.if_unmodified_since(time);
    }
    let encoded = request.encode().unwrap();
    let header = encoded.headers().get("if-unmodified-since")?;
    Some(header.to_str().unwrap().to_owned())
}

#[test]
fn a_time_is_sent_with_milliseconds_that_are_cut_off_and_not_rounded() {
    for (given, expected) in [
        ("2026-10-21T07:28:00Z", "2026-10-21T07:28:00.000Z"),
        ("2026-10-21T07:28:00.1239999Z", "2026-10-21T07:28:00.123Z"),
        ("2026-10-21T07:28:00.999999999Z", "2026-10-21T07:28:00.999Z"),
        ("1969-12-31T23:59:59.0009Z", "1969-12-31T23:59:59.000Z"),
        ("2026-10-21T09:28:00.5+02:00", "2026-10-21T07:28:00.500Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
        ("9999-12-31T23:59:59.9999Z", "9999-12-31T23:59:59.999Z"),
    ] {
        let sent = sent(Some(time(given))).unwrap();
        assert_eq!((sent.as_str(), sent.len()), (expected, 24));
    }
}

#[test]
fn the_time_of_a_model_is_taken_as_it_is_and_none_is_no_header() {
    let read = group().last_updated(time("2026-10-21T07:28:00Z"));
    assert_eq!(sent(read.last_updated).as_deref(), Some("2026-10-21T07:28:00.000Z"));
    assert_eq!(sent(None), None);
}

#[test]
fn a_time_that_does_not_fit_is_refused_by_the_name_of_its_argument() {
    let midnight = |year: i32| {
        NaiveDate::from_ymd_opt(year, 1, 1)
            .unwrap()
            .and_time(chrono::NaiveTime::MIN)
            .and_utc()
    };
    let record = AccessRecord::new("R", [Statement::new(["role"], ["a"])]);
    for time in [
        midnight(10_000),
        midnight(0) - TimeDelta::milliseconds(1),
        DateTime::<Utc>::MAX_UTC,
        DateTime::<Utc>::MIN_UTC,
    ] {
        let request = UpdateRecord::new("rec_1", record.clone()).if_unmodified_since(time);
        let error = request.encode().unwrap_err();
        assert_eq!(error.argument(), Some("if_unmodified_since"), "{time}");
        assert!(!error.was_sent());
    }
}
