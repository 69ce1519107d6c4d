//! Targets: the measurable promises inside a pledge, and what became of them.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
