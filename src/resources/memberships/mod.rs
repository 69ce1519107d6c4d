//! Memberships: the provinces of a cycle, with their roles.

mod dto;
mod exclusion;
mod handlers;
mod service;

pub use handlers::routes;
