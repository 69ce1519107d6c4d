//! Figures of a cycle, made for charts: what its sheets say side by side.

mod deviation;
mod dto;
mod handlers;
mod matrix;
mod service;
mod statistics;

pub use handlers::routes;
