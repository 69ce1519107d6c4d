//! Cycles: one cluster in one year. Everything hangs on them.

mod dto;
mod effects;
mod facts;
mod handlers;
mod peers;
mod service;
mod steps;
mod views;

pub use handlers::routes;
