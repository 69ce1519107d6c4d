//! Clusters: standing groups of provinces that compete with each other.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
