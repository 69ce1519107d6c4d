//! Award requirements: awards that must come before others.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
