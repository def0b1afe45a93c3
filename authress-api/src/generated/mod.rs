// generated
pub mod models;
pub(crate) mod operations;
pub mod requests;
#[cfg(test)]
pub(crate) mod samples;
