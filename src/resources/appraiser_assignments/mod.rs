//! Appraiser assignments: who appraises the scorecards of a cycle.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
