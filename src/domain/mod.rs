//! The rules: pure functions from values to values.
//!
//! No HTTP, no SQL, no clock, no `async`. Of `entity` it sees the closed vocabularies and the exact decimal.

pub mod account;
pub mod achievement;
pub mod actions;
pub mod award;
pub mod award_rule;
pub mod ballot;
pub mod bounds;
pub mod calendar;
pub mod campaign;
pub mod conference;
pub mod criteria;
pub mod cycle;
pub mod deadline;
pub mod decision;
pub mod digest;
pub mod dossier;
pub mod earlier_awards;
pub mod evidence;
pub mod file;
pub mod lineage;
pub mod matrix;
pub mod membership;
pub mod nomination;
pub mod nominee;
pub mod phrase;
pub mod pledge;
pub mod policy;
pub mod province;
pub mod public_comment;
pub mod ranking;
pub mod re_examination;
pub mod refusal;
pub mod result;
pub mod reward;
pub mod scorecard;
pub mod scoring;
pub mod statistics;
pub mod target;
pub mod text;
pub mod throttle;
pub mod working_days;
