//! Comments of the public on nominations, and what was answered.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
