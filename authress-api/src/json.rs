//! JSON of the service, and of whatever answers in its place.

use memchr::{memchr, memmem};
use serde::de::{DeserializeOwned, Error as _, IgnoredAny};
use serde_json::{Deserializer, Error};

/// The name by which `serde_json` hands over a text that `serde_json::Value` reads as JSON again, with a limit of its own on the depth, when any
/// crate of the program has turned on the feature `raw_value`. Text within text within text would end the stack, and with it the program.
const RAW: &str = "$serde_json::private::RawValue";

/// What the error says when the name is in a body.
pub(crate) const RESERVED: &str = "a name is reserved";

/// Reads `body` as JSON when nothing in it has the reserved name.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    if may_have_reserved_name(body) {
        // The whole first, so that what is looked through is JSON.
        serde_json::from_slice::<IgnoredAny>(body)?;
        if has_reserved_name(body) {
            return Err(Error::custom(RESERVED));
        }
    }
    serde_json::from_slice(body)
}

/// Whether the name can be in `body`: its characters stand for themselves or have this escape, the only one for them.
fn may_have_reserved_name(body: &[u8]) -> bool {
    let holds = |text: &[u8]| memmem::find(body, text).is_some();
    holds(b"RawValue") || holds(br"\u00")
}

/// Whether a member of any object in `body`, which is JSON, has the name.
fn has_reserved_name(body: &[u8]) -> bool {
    let mut rest = body;
    while let Some((text, after)) = next_string(rest) {
        let is_name = after.trim_ascii_start().starts_with(b":");
        if is_name && serde_json::from_slice::<String>(text).is_ok_and(|name| name == RAW) {
            return true;
        }
        rest = after;
    }
    false
}

/// The next string of `json` with its quotation marks, and what comes after it.
fn next_string(json: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, from) = json.split_at_checked(memchr(b'"', json)?)?;
    let mut strings = Deserializer::from_slice(from).into_iter::<IgnoredAny>();
    strings.next()?.ok()?;
    from.split_at_checked(strings.byte_offset())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// JSON within JSON, each level with a depth of its own.
    fn within_itself(levels: usize) -> String {
        let mut json = "1".to_owned();
        for _ in 0..levels {
            let object = json!({ RAW: json }).to_string();
            json = format!("{}{object}{}", "[".repeat(120), "]".repeat(120));
        }
        json
    }

    #[test]
    fn a_text_is_read_as_json_again_by_the_library_itself() {
        // What is refused below is there to be refused: these tests have the feature turned on.
        let json = json!({ RAW: "[1]" }).to_string();
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), json!([1]));
    }

    #[test]
    fn json_that_hides_depth_from_the_limit_is_refused_wherever_it_stands() {
        let hidden = within_itself(12);
        for json in [
            hidden.clone(),
            format!(r#"{{"a":{hidden}}}"#),
            format!(r#"{{"a":"\ud800","b":"\"","c":{hidden}}}"#),
            // Texts with control characters are no JSON, but what is to become bytes is read on.
            format!("{{\"a\":\"\x01\",\"b\":{hidden}}}"),
            r#"{"$serde_json::private::RawValue":"1"}"#.to_owned(),
            "{\"$serde_json::private::RawValue\" \n: \"1\"}".to_owned(),
            r#"[{"a":1,"\u0024serde_json::private::\u0052awValue":"1"}]"#.to_owned(),
            RAW.chars()
                .fold(r#"{""#.to_owned(), |text, c| format!(r"{text}\u{:04X}", u32::from(c)))
                + r#"":"1"}"#,
        ] {
            assert!(read::<Value>(json.as_bytes()).is_err(), "{json}");
            assert!(read::<IgnoredAny>(json.as_bytes()).is_err(), "{json}");
        }
    }

    #[test]
    fn everything_else_is_read_as_it_stands() {
        for json in [
            "1",
            r#""\u0024""#,
            r#"{"\u0024":"\\","RawValue":["$serde_json::private::RawValue",":"]}"#,
            r#"{"a":"$serde_json::private::RawValue","b":{"\u0000$serde_json::private::RawValue":1}}"#,
        ] {
            let expected: Value = serde_json::from_str(json).unwrap();
            assert_eq!(read::<Value>(json.as_bytes()).unwrap(), expected, "{json}");
        }
        for json in [
            "",
            "{",
            r#"{"\u00"#,
            r#"{"\u0024":1"#,
            "\"RawValue",
            "<html>RawValue\"</html>",
        ] {
            assert!(read::<Value>(json.as_bytes()).is_err(), "{json}");
        }
    }
}
