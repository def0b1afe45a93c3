//! What stands within lines: HTML, code spans, links and brackets.

/// Tags that mark up what needs no mark in documentation.
const IGNORED: [&str; 30] = [
    "abbr",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "pre",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
];

/// Tags and what stands for them in Markdown.
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

/// Prose: HTML becomes Markdown, what only looks like HTML or a link is shown as it stands, and code spans stay.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // The target of a link that is open, when it is one that a reader of the crate can follow.
    let mut link: Option<String> = None;
    while let Some(at) = rest.find(['`', '\\', '<', '[']) {
        let (before, found) = rest.split_at(at);
        push_prose(&mut out, before);
        rest = if found.starts_with('`') {
            code_span(found, &mut out)
        } else if found.starts_with('<') {
            tag(found, &mut link, &mut out)
        } else if found.starts_with('[') {
            out.push_str(if is_absolute_link(found) { "[" } else { "\\[" });
            found.split_at(1).1
        } else {
            let length = 1 + found.chars().nth(1).map_or(0, char::len_utf8);
            let (escaped, after) = found.split_at(length);
            out.push_str(escaped);
            after
        };
    }
    push_prose(&mut out, rest);
    out
}

/// Appends prose; an address that stands bare in it becomes a link, which it is for readers anyhow.
fn push_prose(out: &mut String, prose: &str) {
    let mut rest = prose;
    while let Some(at) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| rest.find(scheme))
        .min()
    {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let end = found
            .find(|c: char| c.is_whitespace() || "<>()\"'".contains(c))
            .unwrap_or(found.len());
        let (address, _) = found.split_at(end);
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        // Within a link, or in angle brackets, it is one already.
        if out.is_empty() || out.ends_with(char::is_whitespace) {
            out.extend(["<", address, ">"]);
        } else {
            out.push_str(address);
        }
        rest = found.split_at(address.len()).1;
    }
    out.push_str(rest);
}

/// Copies the code span at the beginning of `text`, or the ticks that open none; returns what follows.
fn code_span<'a>(text: &'a str, out: &mut String) -> &'a str {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let (fence, after) = text.split_at(ticks);
    let mut length = 0;
    for part in after.split_inclusive('`') {
        length += part.len();
        let (inner, following) = after.split_at(length);
        let closing = inner.len() - inner.trim_end_matches('`').len();
        if closing == ticks && !following.starts_with('`') {
            out.extend([fence, inner]);
            return following;
        }
    }
    out.push_str(fence);
    after
}

/// Writes what the tag at the beginning of `text` stands for; returns what follows.
fn tag<'a>(text: &'a str, link: &mut Option<String>, out: &mut String) -> &'a str {
    let after = text.split_at(1).1;
    let Some((tag, after_tag)) = after.split_once('>').filter(|(tag, _)| is_tag(tag)) else {
        // A lone `<` is text; an autolink stays as it is.
        out.push('<');
        return after;
    };
    let name = tag
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_ascii_lowercase();
    match name.as_str() {
        "a" => {
            let target = attribute(tag, "href").filter(|target| is_absolute(target));
            out.push_str(if target.is_some() { "[" } else { "" });
            *link = target;
        }
        "/a" => {
            if let Some(target) = link.take() {
                out.extend(["](", &target, ")"]);
            }
        }
        name => match TAGS.iter().find(|(tag, _)| *tag == name) {
            Some((_, replacement)) => out.push_str(replacement),
            None if IGNORED.contains(&name.trim_start_matches('/')) => {}
            // No tag of HTML: a placeholder such as `<userId>`.
            None => out.extend(["`<", tag, ">`"]),
        },
    }
    after_tag
}

/// Whether `text` begins with a link to somewhere outside; what else is in brackets rustdoc would take for the name of an item.
fn is_absolute_link(text: &str) -> bool {
    let target = text.split_once("](").map(|(_, target)| target);
    !text.split(']').next().unwrap_or_default().contains('\n') && target.is_some_and(is_absolute) && {
        // The bracket that closes first must be the one before the target.
        text.find(']') == text.find("](")
    }
}

fn is_absolute(target: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

fn is_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches('/');
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && (!tag.contains("://") || tag.starts_with("a "))
        && !tag.contains('`')
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, value) = tag.split_once(&format!("{name}="))?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::to_owned)
}
