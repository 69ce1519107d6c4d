//! Extensions of due dates for single provinces.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
