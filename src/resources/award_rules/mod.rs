//! Award rules: which award a result of a cycle leads to.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
