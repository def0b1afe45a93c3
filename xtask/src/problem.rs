//! What is said about an input that cannot be taken: one line for people, and nothing of the code that found it.

use std::error::Error;
use std::fmt;

/// One thing that is wrong with an input, and what to do about it.
///
/// It prints as one line, `FILE: PLACE: what is wrong; what to do`, whatever the input put into its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    file: String,
    place: Option<String>,
    what: String,
    remedy: String,
}

impl Problem {
    /// Names the file, the place in it (an operation id or a JSON pointer; `None` for the whole file), what is wrong and what to do.
    pub(crate) fn new(
        file: impl Into<String>,
        place: Option<String>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            place,
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self
            .place
            .as_deref()
            .map(|place| format!("{place}: "))
            .unwrap_or_default();
        f.write_str(&one_line(&format!(
            "{}: {place}{}; {}",
            self.file, self.what, self.remedy
        )))
    }
}

impl Error for Problem {}

/// Several problems, printed one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// `Ok` when there is no problem.
    ///
    /// # Errors
    /// All of `problems`, when there are any.
    pub(crate) fn none_of(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Self(problems))
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for Problems {}

/// Puts text from an input on one line: control characters, which could also drive a terminal, and runs of white space become one space.
pub(crate) fn one_line(text: &str) -> String {
    let words = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_one_line_whatever_the_input_says() {
        let problem = Problem::new(
            "a.yaml",
            Some("get\nUser".into()),
            "is \u{1b}[31mred\r\n and   odd",
            "mend it",
        );
        assert_eq!(problem.to_string(), "a.yaml: get User: is [31mred and odd; mend it");
    }

    #[test]
    fn a_problem_of_the_whole_file_names_no_place() {
        assert_eq!(
            Problem::new("a.yaml", None, "is empty", "fill it").to_string(),
            "a.yaml: is empty; fill it"
        );
    }

    #[test]
    fn problems_print_one_a_line() {
        let problem = |what: &str| Problem::new("f", None, what, "mend");
        let problems = Problems::none_of(vec![problem("a"), problem("b")]).unwrap_err();
        assert_eq!(problems.to_string(), "f: a; mend\nf: b; mend");
        assert_eq!(Problems::none_of(Vec::new()), Ok(()));
    }
}
