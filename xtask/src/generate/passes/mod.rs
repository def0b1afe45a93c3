//! Passes over the description before generation.
//!
//! Each takes the whole document and mends one construct, names nothing of one service, and changes nothing when it is run again. The order is the
//! order of [`PASSES`]; where it matters, the comment there says why.

mod answers;
mod hoist_deep_refs;
mod media_types;
mod objects;
mod required;
mod tidy_docs;
mod values;
mod walk;
mod words;

use serde_json::Value;

pub(crate) use answers::OPTIONAL_BODY;
pub(crate) use objects::ONE_OR_MANY;
pub(crate) use required::{ALWAYS_WRITTEN, NULL_IS_EMPTY, is_identifier, members_of_choices};
pub(crate) use words::{ANSWERS, code_span};

/// A pass over the description.
type Pass = (&'static str, fn(&mut Value));

/// Every pass, in the order in which they run.
const PASSES: &[Pass] = &[
    // References first: all later passes see only references to whole components.
    ("hoist_deep_refs", hoist_deep_refs::hoist_deep_refs),
    // Before most answers go.
    ("say_answers", words::say_answers),
    // Answers: what counts as JSON must be known before success answers are compared by their bodies.
    ("treat_json_suffix_as_json", media_types::treat_json_suffix_as_json),
    ("keep_only_successes", answers::keep_only_successes),
    ("merge_successes", answers::merge_successes),
    // Shape of objects. Undeclared names go first, so that the rules about `required` see only real properties.
    ("drop_undeclared_required", required::drop_undeclared_required),
    ("drop_combinations_of_required", objects::drop_combinations_of_required),
    ("open_objects", objects::open_objects),
    ("one_or_many_is_a_list", objects::one_or_many_is_a_list),
    ("read_only_is_optional", required::read_only_is_optional),
    ("write_only_is_optional", required::write_only_is_optional),
    // After `keep_only_successes`: a model that only errors use is no answer.
    (
        "answers_lose_fields_gracefully",
        required::answers_lose_fields_gracefully,
    ),
    // After those who must know what only the service sets.
    ("say_read_only", words::say_read_only),
    ("lift_nullable_components", required::lift_nullable_components),
    // After every pass that makes a property optional.
    (
        "optional_collections_are_nullable",
        required::optional_collections_are_nullable,
    ),
    // Values. `plain_integers` reads the minimum that `say_limits` removes.
    ("plain_integers", values::plain_integers),
    // Before anything else is said, so that it is said in one place.
    (
        "parameters_speak_by_their_values",
        words::parameters_speak_by_their_values,
    ),
    ("say_defaults", words::say_defaults),
    ("say_limits", words::say_limits),
    ("say_closed_sets", words::say_closed_sets),
    ("mark_secrets", values::mark_secrets),
    ("known_formats_only", values::known_formats_only),
    ("parameters_are_not_nullable", values::parameters_are_not_nullable),
    // Last, so that what the other passes said is tidied as well.
    ("tidy_docs", tidy_docs::tidy_docs),
];

/// Runs all passes.
pub(crate) fn run(document: &mut Value) {
    for (_, pass) in PASSES {
        pass(document);
    }
}

/// A schema after one pass over a document that has it as its one component.
#[cfg(test)]
fn after(pass: fn(&mut Value), schema: Value) -> Value {
    let mut document = serde_json::json!({"components": {"schemas": {"A": schema}}});
    pass(&mut document);
    document["components"]["schemas"]["A"].take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pass_changes_nothing_when_run_again() {
        let text = include_str!("../../../tests/fixtures/every_construct.yaml");
        let mut document = crate::document::Document::parse("every_construct.yaml", text)
            .unwrap()
            .value;
        for (name, pass) in PASSES {
            pass(&mut document);
            let once = document.clone();
            pass(&mut document);
            assert_eq!(document, once, "{name}");
        }
    }
}
