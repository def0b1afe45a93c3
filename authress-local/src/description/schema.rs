//! Schemas: what a value of a request or an answer must be. These are the words that the generated tables are written in.

use super::Pattern;

/// In place of a greatest length or count: there is none.
pub(crate) const NO_LIMIT: usize = usize::MAX;

/// What a value must be.
#[derive(Debug)]
pub(crate) enum Schema {
    /// Also null.
    Nullable(&'static Schema),
    Text {
        /// In characters, which are Unicode scalar values.
        least: usize,
        most: usize,
        pattern: Option<&'static Pattern>,
    },
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A time of RFC 3339.
    DateTime,
    Boolean,
    Integer {
        least: i64,
        most: i64,
    },
    /// One of these numbers.
    IntegerChoice(&'static [i64]),
    Number {
        least: f64,
        most: f64,
    },
    List {
        items: &'static Schema,
        least: usize,
        most: usize,
    },
    Object {
        fields: &'static [Field],
        /// What fields of other names must be; without it they may be anything.
        further: Option<&'static Schema>,
    },
    /// One of it, or a list of it.
    OneOrMany(&'static Schema),
}

/// A field of an object, or a parameter of a request.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) schema: &'static Schema,
    pub(crate) required: bool,
    /// Whether it belongs to answers alone: in a request it is accepted and ignored.
    pub(crate) read_only: bool,
}

pub(crate) const fn nullable(schema: &'static Schema) -> Schema {
    Schema::Nullable(schema)
}

pub(crate) const fn text(least: usize, most: usize) -> Schema {
    Schema::Text {
        least,
        most,
        pattern: None,
    }
}

pub(crate) const fn text_of(pattern: &'static Pattern, least: usize, most: usize) -> Schema {
    Schema::Text {
        least,
        most,
        pattern: Some(pattern),
    }
}

pub(crate) const fn choice(values: &'static [&'static str]) -> Schema {
    Schema::Choice(values)
}

pub(crate) const fn date_time() -> Schema {
    Schema::DateTime
}

pub(crate) const fn boolean() -> Schema {
    Schema::Boolean
}

pub(crate) const fn integer(least: i64, most: i64) -> Schema {
    Schema::Integer { least, most }
}

pub(crate) const fn integer_choice(values: &'static [i64]) -> Schema {
    Schema::IntegerChoice(values)
}

pub(crate) const fn number(least: f64, most: f64) -> Schema {
    Schema::Number { least, most }
}

pub(crate) const fn list(items: &'static Schema, least: usize, most: usize) -> Schema {
    Schema::List { items, least, most }
}

pub(crate) const fn object(fields: &'static [Field]) -> Schema {
    Schema::Object { fields, further: None }
}

/// An object whose fields of other names are `further`.
pub(crate) const fn map(fields: &'static [Field], further: &'static Schema) -> Schema {
    Schema::Object {
        fields,
        further: Some(further),
    }
}

pub(crate) const fn one_or_many(schema: &'static Schema) -> Schema {
    Schema::OneOrMany(schema)
}

/// A field that may be left out.
pub(crate) const fn field(name: &'static str, schema: &'static Schema) -> Field {
    Field {
        name,
        schema,
        required: false,
        read_only: false,
    }
}

impl Field {
    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(crate) const fn read_only(self) -> Self {
        Self {
            read_only: true,
            ..self
        }
    }
}
