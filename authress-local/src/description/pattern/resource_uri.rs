//! Resources in requests.
//!
//! `^([*]|[/]?((NAME(:(NAME|))*)/?){0,15}([/][*]|[/]|))$`, where NAME is `[a-zA-Z0-9-_.+=~|@]{1,128}` or `[*]`. A slash between segments may be
//! missing, so that a name of more than 128 characters is read as several segments: it only uses up more of the 15. The expression also takes texts
//! with empty segments at their ends, such as `//`; nothing can be given on those, so asking about them is a mistake.

use super::letters::Letters;

const LETTERS: Letters = Letters::and("-_.+=~|@");
const MOST_SEGMENTS: usize = 15;
const LONGEST_NAME: usize = 128;

/// Whether a text is as the expression has it, and none of its segments is empty.
pub(super) fn is_resource_uri(text: &str) -> bool {
    let inner = text.strip_prefix('/').unwrap_or(text);
    // A star at the end is no segment of its own.
    let inner = inner
        .strip_suffix("/*")
        .or_else(|| inner.strip_suffix('/'))
        .unwrap_or(inner);
    let mut count = 0;
    for segment in inner.split('/') {
        match segments(segment) {
            Some(segments) => count += segments,
            None => return false,
        }
    }
    count <= MOST_SEGMENTS
}

/// As how many segments the text between two slashes counts; none when it cannot be there.
fn segments(text: &str) -> Option<usize> {
    let mut count = 1;
    for (index, part) in text.split(':').enumerate() {
        let names = names(part)?;
        if index == 0 && names == 0 {
            return None;
        }
        // The first name of a part goes on with the segment, each further one begins another.
        count += names.saturating_sub(1);
    }
    Some(count)
}

/// How many names the text between two colons is.
fn names(part: &str) -> Option<usize> {
    let mut count = 0;
    for (index, run) in part.split('*').enumerate() {
        if !LETTERS.make(run) {
            return None;
        }
        count += run.len().div_ceil(LONGEST_NAME) + usize::from(index > 0);
    }
    Some(count)
}
