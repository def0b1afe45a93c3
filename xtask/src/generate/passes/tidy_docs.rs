//! Descriptions: Markdown for rustdoc instead of HTML.

use serde_json::Value;

use super::walk::Object;

/// Tags and what stands for them in Markdown; any other tag is removed.
const TAGS: [(&str, &str); 18] = [
    ("br", "\n\n"),
    ("p", "\n\n"),
    ("/p", "\n\n"),
    ("ul", "\n\n"),
    ("/ul", "\n\n"),
    ("li", "\n- "),
    ("h1", "\n\n# "),
    ("h2", "\n\n## "),
    ("h3", "\n\n### "),
    ("h4", "\n\n#### "),
    ("/h1", "\n\n"),
    ("/h2", "\n\n"),
    ("/h3", "\n\n"),
    ("/h4", "\n\n"),
    ("b", "**"),
    ("/b", "**"),
    ("code", "`"),
    ("/code", "`"),
];

/// Turns the HTML of every summary and description into Markdown, and takes care of what rustdoc would misread.
pub(super) fn tidy_docs(document: &mut Value) {
    match document {
        Value::Object(object) => {
            for keyword in ["summary", "description"] {
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

fn markdown(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut link = None;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let Some((tag, after_tag)) = after.split_once('>').filter(|(tag, _)| is_tag(tag)) else {
            // A lone `<` is text; an autolink stays as it is.
            out.push('<');
            rest = after;
            continue;
        };
        let name = tag
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .trim_end_matches('/')
            .to_ascii_lowercase();
        match (name.as_str(), link.take()) {
            ("a", _) => {
                link = Some(attribute(tag, "href").unwrap_or_default());
                out.push('[');
            }
            ("/a", Some(target)) => out.extend(["](", &target, ")"]),
            (name, open) => {
                link = open;
                if let Some((_, replacement)) = TAGS.iter().find(|(tag, _)| *tag == name) {
                    out.push_str(replacement);
                }
            }
        }
        rest = after_tag;
    }
    out.push_str(rest);
    collapse(&out)
}

fn is_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('/');
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && !tag.contains("://") || tag.starts_with("a ")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!("{name}="))?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::to_owned)
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
                "<h2>Title</h2><ul><li>a</li><li>b</li></ul>end",
                "## Title\n\n- a\n- b\n\nend",
            ),
            (
                "see <a class='x' href=\"https://a.example/b\">the <b>docs</b></a>.",
                "see [the **docs**](https://a.example/b).",
            ),
            ("a < b, <https://a.example>", "a < b, <https://a.example>"),
            ("<code>a/*</code> <span>x</span>", "`a/*` x"),
            ("Plain `code` stays.", "Plain `code` stays."),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }
}
