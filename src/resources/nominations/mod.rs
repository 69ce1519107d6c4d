//! Nominations: proposals that a province receive an award.

mod dto;
mod handlers;
mod scene;
mod service;

pub use handlers::routes;
