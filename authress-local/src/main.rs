//! The local Authress as a program.
fn main() {}
