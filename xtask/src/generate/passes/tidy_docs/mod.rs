//! Descriptions: Markdown for rustdoc instead of HTML. Blocks are here, what stands within a line is in `inline`.

mod inline;

use serde_json::Value;

use self::inline::inline;
use super::walk::Object;
use super::words::ANSWERS;

/// Turns the HTML of every summary and description into Markdown, and takes care of what rustdoc would misread.
pub(super) fn tidy_docs(document: &mut Value) {
    match document {
        Value::Object(object) => {
            for keyword in ["summary", "description", ANSWERS] {
                tidy_member(object, keyword);
            }
            object.values_mut().for_each(tidy_docs);
        }
        Value::Array(values) => values.iter_mut().for_each(tidy_docs),
        _ => {}
    }
}

fn tidy_member(object: &mut Object, keyword: &str) {
    if let Some(Value::String(text)) = object.get_mut(keyword) {
        *text = markdown(text);
    }
}

fn markdown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    let mut prose = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(fence) = fence(line) else {
            prose.push_str(line);
            prose.push('\n');
            continue;
        };
        out.push_str(&inline(&without_code_by_indent(&prose)));
        prose.clear();
        // Rustdoc would compile and run a block in no language, or in its own.
        out.extend([fence, "text\n"]);
        for line in lines.by_ref().take_while(|line| line.trim() != fence) {
            out.extend([line, "\n"]);
        }
        out.extend([fence, "\n"]);
    }
    out.push_str(&inline(&without_code_by_indent(&prose)));
    // A heading at the very beginning would stand in the place of the one plain sentence.
    collapse(&out).trim_start_matches('#').trim_start().to_owned()
}

/// The fence that a line opens a block of code with.
fn fence(line: &str) -> Option<&'static str> {
    ["```", "~~~"]
        .into_iter()
        .find(|fence| line.trim_start().starts_with(fence))
}

/// Takes the indent of four from lines that Markdown would make a block of code of; within a list an indent means the list.
fn without_code_by_indent(prose: &str) -> String {
    let mut out = String::with_capacity(prose.len());
    let mut in_list = false;
    for line in prose.lines() {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let is_item =
            content.starts_with("- ") || content.starts_with("* ") || content.starts_with(|c: char| c.is_ascii_digit());
        in_list = is_item || in_list && (content.is_empty() || indent > 0);
        // From six on, a line is code in a list as well.
        let kept = if in_list { indent.min(5) } else { 0 };
        let is_code = indent >= 4 || line.starts_with('\t');
        if is_code {
            out.extend(std::iter::repeat_n(' ', kept));
            out.push_str(content);
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// At most one empty line in a row, no trailing space, nothing around the whole.
fn collapse(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_markdown() {
        for (html, expected) in [
            ("One.<br>Two.", "One.\n\nTwo."),
            ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
            (
                "<h2>Title</h2><ul><li>a</li><li>b</li></ul><h2>More</h2>end",
                "Title\n\n- a\n- b\n\n## More\n\nend",
            ),
            (
                "see <a class='x' href=\"https://a.example/b\">the <b>docs</b></a>.",
                "see [the **docs**](https://a.example/b).",
            ),
            ("a < b, <https://a.example>", "a < b, <https://a.example>"),
            ("<code>a/*</code> <span>x</span>", "`a/*` x"),
            ("Plain `code` stays.", "Plain `code` stays."),
            ("see <a href='/docs'>the docs</a>.", "see the docs."),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn what_rustdoc_would_misread_is_shown_as_it_stands() {
        for (text, expected) in [
            ("`Vec<String>` and ``a`<b>`` stay.", "`Vec<String>` and ``a`<b>`` stay."),
            (
                "Give <userId> or <https://a.example>.",
                "Give `<userId>` or <https://a.example>.",
            ),
            ("A list [Foo] of [bar](baz).", "A list \\[Foo] of \\[bar](baz)."),
            ("[docs](https://a.example) \\[x]", "[docs](https://a.example) \\[x]"),
            ("Text.\n\n    let a = 1;\n\n\tb", "Text.\n\nlet a = 1;\n\nb"),
            ("- a\n    - b\n\n          c", "- a\n    - b\n\n     c"),
            ("One\r\ntwo\rthree", "One\ntwo\nthree"),
            ("# Title\n\nText.", "Title\n\nText."),
            ("Odd ` tick <b>", "Odd ` tick **"),
            ("See https://a.example/b.", "See <https://a.example/b>."),
        ] {
            assert_eq!(markdown(text), expected, "{text}");
            assert_eq!(markdown(expected), expected, "again: {text}");
        }
    }

    #[test]
    fn blocks_of_code_are_text_that_nobody_compiles() {
        for language in ["", "rust", "json"] {
            let text = format!("So:\n\n```{language}\n[a] <b>\n    x\n```\n\nDone.");
            assert_eq!(markdown(&text), "So:\n\n```text\n[a] <b>\n    x\n```\n\nDone.");
        }
        assert_eq!(markdown("```\nopen"), "```text\nopen\n```");
    }
}
