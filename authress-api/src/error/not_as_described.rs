//! Why a body could not be decoded, without any of its text: what arrives may hold secrets, and errors are logged.

use std::error::Error;
use std::fmt;

use serde_json::error::Category;

use crate::json::RESERVED;

/// What was wrong with a body, and where.
#[derive(Debug)]
pub(crate) struct NotAsDescribed {
    what: String,
    line: usize,
    column: usize,
}

impl From<&serde_json::Error> for NotAsDescribed {
    fn from(error: &serde_json::Error) -> Self {
        let what = match error.classify() {
            Category::Io => "it could not be read".to_owned(),
            Category::Syntax => "it is not JSON".to_owned(),
            Category::Eof => "it ends too early".to_owned(),
            Category::Data => data(&error.to_string()),
        };
        Self {
            what,
            line: error.line(),
            column: error.column(),
        }
    }
}

/// The name of a missing field is part of the code, and so are our own words; every other message repeats what arrived.
fn data(message: &str) -> String {
    if message == RESERVED {
        return message.to_owned();
    }
    match message
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split_once('`'))
    {
        Some((field, _)) => format!("the field `{field}` is missing"),
        None => "a value is of another type than described".to_owned(),
    }
}

impl fmt::Display for NotAsDescribed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, line, column } = self;
        match line {
            0 => f.write_str(what),
            _ => write!(f, "{what} (line {line}, column {column})"),
        }
    }
}

impl Error for NotAsDescribed {}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Record {
        #[allow(dead_code, reason = "it is read from JSON alone")]
        name: String,
        #[allow(dead_code, reason = "it is read from JSON alone")]
        statements: Vec<String>,
    }

    #[test]
    fn what_is_wrong_is_said_without_the_text_that_arrived() {
        for (body, expected) in [
            (
                r#"{"name":"hush"}"#,
                "the field `statements` is missing (line 1, column 15)",
            ),
            (
                r#"{"name":["hush"]}"#,
                "a value is of another type than described (line 1, column 8)",
            ),
            (
                r#""hush""#,
                "a value is of another type than described (line 1, column 6)",
            ),
            ("<hush>", "it is not JSON (line 1, column 1)"),
            (r#"{"name":"hush"#, "it ends too early (line 1, column 13)"),
        ] {
            let error = serde_json::from_str::<Record>(body).unwrap_err();
            let error = NotAsDescribed::from(&error);
            assert_eq!(error.to_string(), expected, "{body}");
            assert!(!format!("{error:?}").contains("hush"), "{body}");
        }
    }
}
