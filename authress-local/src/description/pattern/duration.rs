//! Durations of ISO 8601: `^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d+[HMS])(\d+H)?(\d+M)?(\d+S)?)?$`.

pub(super) fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    !text.is_empty() && is_counted(date, "YMWD") && time.is_none_or(|time| !time.is_empty() && is_counted(time, "HMS"))
}

/// Whether `text` is numbers with these units, each at most once and in this order.
fn is_counted(text: &str, units: &str) -> bool {
    let mut units = units.chars();
    let mut rest = text;
    while !rest.is_empty() {
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let mut letters = unit.chars();
        let found = letters.next().is_some_and(|unit| units.any(|it| it == unit));
        if unit.len() == rest.len() || !found {
            return false;
        }
        rest = letters.as_str();
    }
    true
}
