//! Query strings: names and values, decoded once.

use percent_encoding::percent_decode_str;

/// The pairs of a query string; `None` in place of a name or a value whose bytes are no UTF-8, or that has a `%` that begins no code of a byte.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = (Option<String>, Option<String>)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}

fn decoded(text: &str) -> Option<String> {
    if !is_well_formed(text) {
        return None;
    }
    // A plus is a space, as forms are written.
    let text = text.replace('+', " ");
    let text = percent_decode_str(&text).decode_utf8().ok()?;
    Some(text.into_owned())
}

/// Whether every `%` begins the code of a byte (RFC 3986 section 2.1).
fn is_well_formed(text: &str) -> bool {
    let mut after_percent = text.split('%').skip(1);
    after_percent.all(|text| text.bytes().take_while(u8::is_ascii_hexdigit).take(2).count() == 2)
}
