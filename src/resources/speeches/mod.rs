//! Speeches at conferences.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
