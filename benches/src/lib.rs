//! What the benchmarks share: pieces of work are measured in turns within one run, and each run ends with a table.
//!
//! The measurements themselves are in `all/`, a file a subject. Tools that measure one thing after the other are of little use where the machine
//! is twice as fast in one minute as in the next: what counts here is the ratio of two pieces of work, so they take turns, a few milliseconds each.

mod comparison;
mod machine;
mod table;

pub use comparison::{Comparison, Medians, median};
pub use machine::Machine;
pub use table::{Goal, Row, Table};
