//! The patterns of the description, each as a function: a regular expression for resources takes milliseconds to be made ready, more than a test
//! takes. Tests prove each equal to its expression.

mod duration;
mod letters;
mod resource_uri;

use self::letters::Letters;

/// A form that a text must have.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(super) fits: fn(&str) -> bool,
    /// The form in words, after "must be".
    pub(super) form: &'static str,
}

pub(crate) static ACTION: Pattern = Pattern {
    fits: is_action,
    form: "made of letters, digits and -_ in parts between colons, each of which may be * instead",
};
pub(crate) static AUDIENCE: Pattern = Pattern {
    fits: |text| const { Letters::and("-_.:/") }.make(text),
    form: "made of letters, digits and -_.:/",
};
pub(crate) static DOMAIN: Pattern = Pattern {
    fits: |text| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
    },
    form: "made of small letters, digits and .-",
};
pub(crate) static DURATION: Pattern = Pattern {
    fits: duration::is_duration,
    form: "a duration of ISO 8601, such as PT1H",
};
pub(crate) static GROUP_ID: Pattern = Pattern {
    fits: |text| const { Letters::and("-_") }.make_some(text),
    form: "made of letters, digits and -_",
};
pub(crate) static NEW_TENANT_ID: Pattern = Pattern {
    fits: |text| const { Letters::and("-_.:") }.make(text),
    form: "made of letters, digits and -_.:",
};
pub(crate) static PUBLIC_KEY: Pattern = Pattern {
    fits: |text| const { Letters::and("+/= -") }.make(text),
    form: "made of letters, digits, spaces and +/=-",
};
pub(crate) static RECORD_ID: Pattern = Pattern {
    fits: |text| const { Letters::and("-_:|~") }.make_some(text),
    form: "made of letters, digits and -_:|~",
};
pub(crate) static RESOURCE_URI: Pattern = Pattern {
    fits: resource_uri::is_resource_uri,
    form: "made of at most 15 segments between slashes, none of them empty: letters, digits and -_.+=~|@, at most 128 of them, also in parts \
           between colons, or *",
};
pub(crate) static ROLE_ID: Pattern = Pattern {
    fits: |text| const { Letters::and("-._:@") }.make_some(text),
    form: "made of letters, digits and -._:@",
};
pub(crate) static TENANT_ID: Pattern = Pattern {
    fits: |text| const { Letters::and("-_.:") }.make_some(text),
    form: "made of letters, digits and -_.:",
};
pub(crate) static USER_ID: Pattern = Pattern {
    fits: is_user_id,
    form: "made of letters, digits, spaces and +._|/~:@-",
};

/// What `\s` stands for in the expressions of a description, which are those of ECMA-262 (section 12.2 and 12.3): it counts the byte order mark as
/// space, and not the next line.
fn is_space(c: char) -> bool {
    c == '\u{feff}' || c != '\u{85}' && c.is_whitespace()
}

fn is_user_id(text: &str) -> bool {
    const LETTERS: Letters = Letters::and("+._|/~:@-");
    let fits = |c: char| u8::try_from(c).is_ok_and(|byte| LETTERS.has(byte)) || is_space(c);
    LETTERS.make_some(text) || !text.is_empty() && text.chars().all(fits)
}

fn is_action(text: &str) -> bool {
    text.split(':')
        .all(|part| part == "*" || const { Letters::and("-_") }.make_some(part))
}

#[cfg(test)]
mod tests;
