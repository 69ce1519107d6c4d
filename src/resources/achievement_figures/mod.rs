//! Figures of achievement: what a province reached in a year, and its place among others.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
