//! The tables as Rust types, and nothing else.

pub mod decimal;
pub mod vocab;
