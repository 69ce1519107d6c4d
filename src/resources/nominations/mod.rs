//! Nominations: proposals that a province receive an award.

mod dto;
mod handlers;
mod papers;
mod proposals;
mod scene;
mod service;
mod steps;

pub use handlers::routes;
