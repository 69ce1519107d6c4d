//! The rules: pure functions from values to values.
//!
//! No HTTP, no SQL, no clock, no `async`. Of `entity` it sees the closed vocabularies and the exact decimal.

pub mod criteria;
pub mod phrase;
pub mod province;
pub mod ranking;
pub mod refusal;
pub mod scorecard;
pub mod scoring;
pub mod text;
