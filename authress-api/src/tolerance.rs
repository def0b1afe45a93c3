//! Tests over all models: what a later, or an odd, version of the service answers must still be read.
//!
//! The samples are generated from the description; the rules are here, once.
#![cfg(test)]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::generated::samples::SAMPLES;

/// An answer that holds one model, and what may change in it.
pub(crate) struct Sample {
    pub(crate) model: &'static str,
    /// The model with every field, as the description tells it.
    pub(crate) json: &'static str,
    /// Lists and maps that the service may leave out or answer as `null`.
    pub(crate) optional_lists: &'static [&'static str],
    /// Fields that only the service sets, so that it may also stop doing so.
    pub(crate) answered: &'static [&'static str],
    /// Fields with a set of values that may grow.
    pub(crate) enums: &'static [&'static str],
    pub(crate) round_trip: fn(Value) -> Result<Value, serde_json::Error>,
    #[cfg(feature = "schemars")]
    pub(crate) schema: fn() -> schemars::Schema,
}

/// A rule that met nothing proves nothing. The project's own description has all that the rules are about; another one need not.
fn assert_seen(count: usize) {
    assert!(count > 0 || env!("CARGO_PKG_NAME") != "authress-api");
}

/// Reads a model and writes it again.
pub(crate) fn round_trip<T: DeserializeOwned + Serialize>(value: Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<T>(value)?)
}

impl Sample {
    fn value(&self) -> Value {
        serde_json::from_str(self.json).unwrap()
    }

    /// The sample after `change`, read and written again.
    fn after(&self, what: &str, change: impl FnOnce(&mut serde_json::Map<String, Value>)) -> Value {
        let mut value = self.value();
        change(value.as_object_mut().unwrap());
        (self.round_trip)(value.clone()).unwrap_or_else(|e| panic!("{}: {what}: {e}\n{value:#}", self.model))
    }
}

#[test]
fn every_model_is_read_and_written_without_loss() {
    assert_seen(SAMPLES.len());
    for sample in SAMPLES {
        assert_eq!(sample.after("as it is", |_| {}), sample.value(), "{}", sample.model);
    }
}

#[test]
fn an_unknown_field_is_read_over() {
    for sample in SAMPLES {
        sample.after("unknown field", |object| {
            object.insert("aFieldOfNextYear".into(), json!({"deep": [1]}));
        });
    }
}

#[test]
fn an_unknown_enum_value_is_kept_and_sent_back_unchanged() {
    let mut seen = 0;
    for sample in SAMPLES {
        for field in sample.enums {
            let after = sample.after(field, |object| {
                object.insert((*field).into(), json!("A_VALUE_OF_NEXT_YEAR"));
            });
            assert_eq!(after[*field], "A_VALUE_OF_NEXT_YEAR", "{}.{field}", sample.model);
            seen += 1;
        }
    }
    assert_seen(seen);
}

#[test]
fn null_stands_for_each_optional_list_and_map() {
    let mut seen = 0;
    for sample in SAMPLES {
        for field in sample.optional_lists {
            sample.after(field, |object| {
                object.insert((*field).into(), Value::Null);
            });
            sample.after(field, |object| {
                object.remove(*field);
            });
            seen += 1;
        }
    }
    assert_seen(seen);
}

#[test]
fn each_field_that_only_the_service_sets_may_be_missing() {
    let mut seen = 0;
    for sample in SAMPLES {
        for field in sample.answered {
            sample.after(field, |object| {
                object.remove(*field);
            });
            seen += 1;
        }
        sample.after("all of them", |object| {
            object.retain(|name, _| !sample.answered.contains(&name.as_str()));
        });
    }
    assert_seen(seen);
}

#[cfg(feature = "schemars")]
#[test]
fn the_schema_of_every_model_accepts_its_sample() {
    for sample in SAMPLES {
        let schema = (sample.schema)().to_value();
        assert_eq!(schema["title"], sample.model);
        let validator = jsonschema::validator_for(&schema).unwrap();
        let value = sample.value();
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:?}", sample.model);
        // And it can say no: a model is not a list.
        assert!(!validator.is_valid(&json!([])), "{}", sample.model);
    }
}
