//! What conferences resolved, with exactly the link that each kind has.

mod dto;
mod handlers;
mod links;
mod service;

pub use handlers::routes;
