//! Assignments: the tasks of a year that a province hands out, what came back, and a summary by unit.

mod dto;
mod handlers;
mod service;
mod sight;
mod steps;
mod summary;

pub use handlers::routes;
