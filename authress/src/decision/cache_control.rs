//! What an answer says of its own life (RFC 9111 section 5.2.2): it may shorten what the settings say, and never lengthen it.

use std::time::Duration;

use http::HeaderMap;
use http::header::{AGE, CACHE_CONTROL};

/// What the headers of an answer allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CacheControl {
    /// The answer may be kept.
    pub(super) may_be_kept: bool,
    /// It may be used when it is no longer fresh.
    pub(super) may_be_stale: bool,
    /// How long it is fresh, from when it was asked for.
    pub(super) longest: Option<Duration>,
}

impl CacheControl {
    pub(super) fn of(headers: Option<&HeaderMap>) -> Self {
        let mut control = Self {
            may_be_kept: true,
            may_be_stale: true,
            longest: None,
        };
        let Some(headers) = headers else { return control };
        for value in headers.get_all(CACHE_CONTROL) {
            // What cannot be read may say anything.
            let Ok(value) = value.to_str() else {
                control.may_be_kept = false;
                continue;
            };
            value.split(',').for_each(|directive| control.read(directive.trim()));
        }
        if let Some(longest) = control.longest {
            control.longest = Some(longest.saturating_sub(age(headers)));
        }
        control
    }

    fn read(&mut self, directive: &str) {
        let (name, argument) = match directive.split_once('=') {
            Some((name, argument)) => (name.trim(), Some(argument.trim().trim_matches('"'))),
            None => (directive, None),
        };
        match &*name.to_ascii_lowercase() {
            "no-store" | "no-cache" => self.may_be_kept = false,
            "must-revalidate" | "proxy-revalidate" => self.may_be_stale = false,
            // A number that cannot be read is taken for none (RFC 9111 section 4.2.1). `s-maxage` is for those that many use, as this one may be.
            "max-age" | "s-maxage" => {
                let seconds = argument.map_or(0, seconds);
                let longest = Duration::from_secs(seconds);
                self.longest = Some(self.longest.map_or(longest, |other| other.min(longest)));
            }
            _ => {}
        }
    }
}

/// How old the answer was already when it came.
fn age(headers: &HeaderMap) -> Duration {
    let ages = headers.get_all(AGE).iter();
    // One that cannot be read may be any.
    let ages = ages.map(|age| {
        age.to_str()
            .map_or(u64::MAX, |age| age.trim().parse().unwrap_or(u64::MAX))
    });
    Duration::from_secs(ages.max().unwrap_or(0))
}

fn seconds(text: &str) -> u64 {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    // More than there is room for is a long time.
    text.parse().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn control(lines: &[&'static str], age: Option<&'static str>) -> (bool, bool, Option<u64>) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(CACHE_CONTROL, HeaderValue::from_static(line));
        }
        if let Some(age) = age {
            headers.insert(AGE, HeaderValue::from_static(age));
        }
        let control = CacheControl::of(Some(&headers));
        let longest = control.longest.map(|longest| longest.as_secs());
        (control.may_be_kept, control.may_be_stale, longest)
    }

    #[test]
    fn what_an_answer_says_of_its_life_is_read_from_all_lines_and_the_strictest_counts() {
        assert_eq!(CacheControl::of(None).longest, None);
        assert_eq!(control(&[], None), (true, true, None));
        assert_eq!(control(&["public, max-age=60"], None), (true, true, Some(60)));
        assert_eq!(control(&["max-age=60", "MAX-AGE = \"5\""], None), (true, true, Some(5)));
        assert_eq!(control(&["max-age=60, s-maxage=7"], None), (true, true, Some(7)));
        assert_eq!(control(&["private, No-Store"], None), (false, true, None));
        assert_eq!(control(&["max-age=9", "no-cache"], None), (false, true, Some(9)));
        assert_eq!(control(&["max-age=9,must-revalidate"], None), (true, false, Some(9)));
        assert_eq!(control(&["max-age=99999999999999999999"], None).2, Some(u64::MAX));
    }

    #[test]
    fn what_cannot_be_read_is_taken_for_the_strictest() {
        for line in [
            "max-age",
            "max-age=",
            "max-age=-1",
            "max-age=1.5",
            "max-age=+5",
            "max-age=x",
        ] {
            assert_eq!(control(&[line], None).2, Some(0), "{line}");
        }
        assert_eq!(control(&["max-age=60"], Some("x")).2, Some(0));
    }

    #[test]
    fn what_was_kept_on_the_way_is_as_much_older() {
        assert_eq!(control(&["max-age=60"], Some("20")).2, Some(40));
        assert_eq!(control(&["max-age=60"], Some("61")).2, Some(0));
    }
}
