//! Awards: decisions that a province receives a title or a commendation, and their revocation.

mod decision;
mod dto;
mod handlers;
mod service;

pub use handlers::routes;
