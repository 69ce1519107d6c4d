//! The journal: who changed what, when, under which request.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
