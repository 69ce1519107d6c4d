//! Criteria: the nodes of criteria sets, one by one.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
