//! Scorecards and their lines, the scores.

mod breakdown;
mod dto;
mod explanations;
mod handlers;
mod panel;
mod read;
mod scores;
mod steps;
mod write;

pub use handlers::routes;
