//! Signing in and out, and the keys that sign.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
