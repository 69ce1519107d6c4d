//! Award types: the Law's catalogue of emulation titles and commendations.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
