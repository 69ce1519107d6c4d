//! The caller: who they are, and what they may do.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
