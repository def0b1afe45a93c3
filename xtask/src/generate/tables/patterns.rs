//! The patterns of the description and the names of the functions that stand for them, in `authress-local/src/description/pattern.rs`.

/// Each expression with its name. Where a path asks for another form than a model, the name says so.
const PATTERNS: [(&str, &str); 12] = [
    ("^([*]|[a-zA-Z0-9-_]+)(:([*]|[a-zA-Z0-9-_]+))*$", "ACTION"),
    ("^[a-zA-Z0-9-_.:/]*$", "AUDIENCE"),
    ("^[a-z0-9.-]+$", "DOMAIN"),
    (
        r"^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d+[HMS])(\d+H)?(\d+M)?(\d+S)?)?$",
        "DURATION",
    ),
    ("^[a-zA-Z0-9-_]+$", "GROUP_ID"),
    ("^[a-zA-Z0-9-_.:]*$", "NEW_TENANT_ID"),
    ("^[a-zA-Z0-9+/= -]*$", "PUBLIC_KEY"),
    ("^[a-zA-Z0-9-_:|~]+$", "RECORD_ID"),
    (
        "^([*]|[/]?((([a-zA-Z0-9-_.+=~|@]{1,128}|[*])(:([a-zA-Z0-9-_.+=~|@]{1,128}|[*]|))*)/?){0,15}([/][*]|[/]|))$",
        "RESOURCE_URI",
    ),
    ("^[a-zA-Z0-9-._:@]+$", "ROLE_ID"),
    ("^[a-zA-Z0-9-_.:]+$", "TENANT_ID"),
    (r"^[a-zA-Z0-9+._|\/~:@\s-]+$", "USER_ID"),
];

/// The name of the function that stands for `expression`.
pub(super) fn name(expression: &str) -> Option<&'static str> {
    PATTERNS
        .iter()
        .find(|(known, _)| *known == expression)
        .map(|(_, name)| *name)
}
