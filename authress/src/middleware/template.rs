//! Templates of resources: `documents/{id}`. Which are good, and how values are put into them.
//!
//! What a path holds is data, never structure: a value stands for one segment, or for a part of one, whatever is in it.

/// The longest resource that is asked about, in bytes: what the service takes.
const MAX_RESOURCE_BYTES: usize = 512;
/// The most segments of a resource that the description of the API has.
const MAX_SEGMENTS: usize = 15;
const CONTROL: &str = "it has a control character or a `\\`";

/// Why a resource cannot be asked about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfilled {
    /// The path names none: a value would change the structure of the resource, or is not there.
    NoResource,
    /// Nothing binds a name of the template.
    Unbound,
}

/// Why a template cannot be used; nothing when it can. It is `const`, so that one that stands in the code is checked when that is compiled.
pub(super) const fn refusal(template: &str) -> Option<&'static str> {
    if template.is_empty() {
        return Some("it is empty");
    }
    if template.len() > MAX_RESOURCE_BYTES {
        return Some("it is longer than 512 bytes");
    }
    let mut bytes = template.as_bytes();
    // One may stand before the first segment.
    if let [b'/', rest @ ..] = bytes {
        bytes = rest;
    }
    let mut segment = Segment::new();
    while let [byte, rest @ ..] = bytes {
        // Of the control characters, those above ASCII have two bytes.
        if matches!(bytes, [0xC2, 0x80..=0x9F, ..]) {
            return Some(CONTROL);
        }
        bytes = rest;
        if *byte == b'/' && !segment.is_in_name {
            if let Some(reason) = segment.refusal() {
                return Some(reason);
            }
            segment = Segment::new();
        } else if let Some(reason) = segment.take(*byte) {
            return Some(reason);
        }
    }
    segment.refusal()
}

/// A segment of a template, as far as it is read.
struct Segment {
    length: usize,
    dots: usize,
    stars: usize,
    names: usize,
    name_length: usize,
    is_in_name: bool,
}

impl Segment {
    const fn new() -> Self {
        Self {
            length: 0,
            dots: 0,
            stars: 0,
            names: 0,
            name_length: 0,
            is_in_name: false,
        }
    }

    const fn take(&mut self, byte: u8) -> Option<&'static str> {
        self.length += 1;
        match byte {
            0..=0x1F | 0x7F | b'\\' => return Some(CONTROL),
            b'{' if self.is_in_name => return Some("it has a `{` within a name"),
            b'{' => {
                self.is_in_name = true;
                self.names += 1;
                self.name_length = 0;
            }
            b'}' if !self.is_in_name => return Some("it has a `}` without a `{`"),
            b'}' if self.name_length == 0 => return Some("it has a name that is empty"),
            b'}' => self.is_in_name = false,
            b'/' | b'*' if self.is_in_name => return Some("it has a name with a `/` or a `*`"),
            _ if self.is_in_name => self.name_length += 1,
            b'.' => self.dots += 1,
            b'*' => self.stars += 1,
            _ => {}
        }
        None
    }

    const fn refusal(&self) -> Option<&'static str> {
        if self.is_in_name {
            return Some("it has a `{` without a `}`");
        }
        if self.length == 0 {
            return Some("it has an empty segment");
        }
        if self.length == self.dots && self.dots <= 2 {
            return Some("it has a segment that is `.` or `..`");
        }
        // `{a}-{b}` would be the same for `x-y` and `z` as for `x` and `y-z`.
        if self.names > 1 {
            return Some("it has two names in one segment, which different values would fill alike");
        }
        if self.names == 1 && self.stars > 0 {
            return Some("it has a name and a `*` in one segment");
        }
        None
    }
}

/// The names in a template that is good.
pub(super) fn names(template: &str) -> impl Iterator<Item = &str> {
    let after = template.split('{').skip(1);
    after.filter_map(|text| text.split_once('}')).map(|(name, _)| name)
}

/// The resource that a good template makes of the values of its names.
pub(super) fn fill<'v>(
    template: &str,
    value_of: impl Fn(&str) -> Result<&'v str, Unfilled>,
) -> Result<String, Unfilled> {
    let mut resource = String::with_capacity(template.len() + 32);
    let (mut rest, mut all_plain) = (template, true);
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(Unfilled::Unbound)?;
        let value = value_of(name)?;
        if !is_plain(value) {
            all_plain = false;
            if !is_one_segment(value) {
                return Err(Unfilled::NoResource);
            }
        }
        resource.push_str(literal);
        resource.push_str(value);
        rest = after;
    }
    resource.push_str(rest);
    // The template is good as it stands, and a plain value changes nothing of that but its length.
    let is_good = if all_plain {
        resource.len() <= MAX_RESOURCE_BYTES
    } else {
        is_resource(&resource)
    };
    if is_good {
        Ok(resource)
    } else {
        Err(Unfilled::NoResource)
    }
}

/// Whether a value is one of which nothing need be looked at any further, as most are.
fn is_plain(value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !value.is_empty() && value.bytes().all(is_plain)
}

/// Whether a value, decoded already, stays in the segment that it is put into, and names one thing there. What else no resource may have is looked for
/// in the whole.
fn is_one_segment(value: &str) -> bool {
    !matches!(value, "" | "." | "..") && !value.contains(['/', '*'])
}

/// Whether a whole resource can be asked about. One that is made by the program may have a `*`: that is its own question.
pub(super) fn is_resource(resource: &str) -> bool {
    let segments = resource.strip_prefix('/').unwrap_or(resource).split('/');
    resource.len() <= MAX_RESOURCE_BYTES
        && !resource.contains(|c: char| c == '\\' || c.is_control())
        && segments.into_iter().all(|segment| !matches!(segment, "" | "." | ".."))
}

/// Whether a resource is spelled as the description of the API has it: up to 15 segments of letters, digits, `*` and some signs, none of which begins
/// with the `:` of namespaces. What else the service takes, it says itself: this tells only what it may have refused.
pub(super) fn is_described(resource: &str) -> bool {
    let is_described = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.+=~|@*:".contains(&byte);
    let mut segments = resource.strip_prefix('/').unwrap_or(resource).split('/');
    segments.clone().count() <= MAX_SEGMENTS
        && segments.all(|segment| !segment.starts_with(':') && segment.bytes().all(is_described))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_refused_for_what_would_make_another_resource_of_it() {
        for template in [
            "documents/{id}",
            "/documents/{id}",
            "documents/*",
            "a/{b}/c/{d}",
            "Tenants:{tenant}/documents/{id}.txt",
            "...",
            "a{b}..",
            "{id}",
            "documents/{document id}",
            "a\u{a0}",
            "\u{fc}/{\u{fc}}",
        ] {
            assert_eq!(refusal(template), None, "{template}");
        }
        for template in [
            "",
            "/",
            "//",
            "a//b",
            "a/",
            "//a",
            ".",
            "..",
            "a/../b",
            "a/.",
            "{",
            "}",
            "{}",
            "a/{b",
            "a/b}",
            "{a{b}}",
            "{a}{b}",
            "{a}-{b}",
            "{a/b}",
            "{*a}",
            "{a}*",
            "*{a}",
            "a\\b",
            "a\nb",
            "a\u{7f}",
            "a\u{80}/{b}",
            "a\u{9f}",
        ] {
            assert!(refusal(template).is_some(), "{template:?}");
        }
    }

    #[test]
    fn a_value_stays_in_its_segment_and_its_braces_are_text() {
        let filled = |value: &'static str| fill("a/{x}/b{y}", |name| Ok(if name == "x" { value } else { "1" }));
        for value in ["1", "...", "a.b", "%2F", "{y}", "}", "\u{fc} \u{65e5}", "a:b", "~"] {
            assert_eq!(filled(value), Ok(format!("a/{value}/b1")));
        }
        for value in [
            "", ".", "..", "/", "a/b", "../c", "a\\b", "*", "a*", "a\0", "a\nb", "\u{7f}", "\u{85}",
        ] {
            assert_eq!(filled(value), Err(Unfilled::NoResource), "{value:?}");
        }
    }

    #[test]
    fn what_a_value_and_its_surroundings_make_is_no_dot_segment_either() {
        assert_eq!(fill("a/.{x}", |_| Ok("a")), Ok("a/.a".to_owned()));
        assert_eq!(fill("a/.{x}/b", |_| Ok(".")), Err(Unfilled::NoResource));
        // Dots alone are no value, also where they would be part of a segment.
        for value in [".", ".."] {
            assert_eq!(fill("a:{x}", |_| Ok(value)), Err(Unfilled::NoResource));
        }
    }

    #[test]
    fn a_resource_has_512_bytes_at_most() {
        let longest = "a".repeat(MAX_RESOURCE_BYTES - 2);
        assert_eq!(
            fill("b/{x}", |_| Ok(&longest)).map(|resource| resource.len()),
            Ok(MAX_RESOURCE_BYTES)
        );
        assert_eq!(refusal(&"a".repeat(MAX_RESOURCE_BYTES)), None);
        assert!(refusal(&"a".repeat(MAX_RESOURCE_BYTES + 1)).is_some());
        assert_eq!(fill("bb/{x}", |_| Ok(&longest)), Err(Unfilled::NoResource));
    }

    #[test]
    fn a_name_that_nothing_binds_is_told() {
        assert_eq!(fill("a/{x}", |_| Err(Unfilled::Unbound)), Err(Unfilled::Unbound));
        assert_eq!(names("a/{x}/b{y}c").collect::<Vec<_>>(), ["x", "y"]);
    }
}
