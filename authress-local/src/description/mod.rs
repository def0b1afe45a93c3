//! What the API description says about requests and answers, and whether one fits.
//!
//! The tables in `generated` are made from the description; `schema` has the words that they are written in. Requests are checked before a handler
//! sees them (`request`); answers only by tests (`answer`).

mod answer;
mod operation;
mod pattern;
pub(crate) mod query;
mod request;
#[cfg(test)]
mod samples;
mod schema;
mod text;
mod value;
mod violation;

pub use self::answer::check_answer;
pub(crate) use self::operation::{Body, Operation, answer, answer_with};
pub(crate) use self::pattern::*;
pub(crate) use self::request::{Request, is_json, validate};
pub(crate) use self::schema::*;
pub(crate) use self::violation::Violation;
