//! Nominations: proposals that a province receive an award.

mod dto;
mod handlers;
mod proposals;
mod scene;
mod service;

pub use handlers::routes;
