//! `Retry-After`: how long a server asks to wait, in both of its forms (RFC 9110 section 10.2.3).
//! How long a client then waits is in `authress/src/pipeline/retry.rs`.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// How long an answer with these headers asks to wait: `Retry-After` as seconds, or as a date. A date that has passed asks for no wait.
///
/// A date is told from the answer's own `Date`, so that the clocks need not agree; without one, from `now`.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use authress_api::http::{HeaderMap, HeaderValue};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("retry-after", HeaderValue::from_static("120"));
/// assert_eq!(authress_api::retry_after(&headers, SystemTime::now()), Some(Duration::from_secs(120)));
/// ```
pub fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More seconds than a number holds are no less of a wait.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let date = headers.get(DATE).and_then(|date| date.to_str().ok());
    let now = date
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or(now);
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use http::HeaderValue;

    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    const NOW: Duration = Duration::from_secs(784_111_777);

    fn asked(text: &'static str, date: Option<&'static str>) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(text));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        retry_after(&headers, UNIX_EPOCH + NOW).map(|wait| wait.as_secs())
    }

    #[test]
    fn both_forms_are_read_and_nothing_else() {
        for (text, seconds) in [
            ("17", Some(17)),
            (" 17 ", Some(17)),
            ("0", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
            ("Sunday, 06-Nov-94 08:50:07 GMT", Some(30)),
            ("Sun Nov  6 08:50:07 1994", Some(30)),
            ("Sun, 06 Nov 1994 08:49:07 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(252_618_188_622)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("+5", None),
            ("soon", None),
            ("1994-11-06T08:50:07Z", None),
        ] {
            let asked = asked(text, None);
            match seconds {
                Some(seconds) if seconds > 200_000_000_000 => assert!(asked.is_some_and(|s| s > 200_000_000_000)),
                _ => assert_eq!(asked, seconds, "{text:?}"),
            }
        }
    }

    #[test]
    fn a_date_is_told_from_the_answers_own_date() {
        let date = Some("Sun, 06 Nov 1994 08:50:00 GMT");
        assert_eq!(asked("Sun, 06 Nov 1994 08:50:07 GMT", date), Some(7));
        assert_eq!(asked("Sun, 06 Nov 1994 08:50:07 GMT", Some("soon")), Some(30));
    }
}
