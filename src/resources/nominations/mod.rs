//! Nominations: proposals that a province, one of its collectives or one of its people receive an award.

mod dto;
mod earlier;
mod handlers;
mod papers;
mod proposals;
mod scene;
mod service;
mod steps;
mod taken;

pub use handlers::routes;
