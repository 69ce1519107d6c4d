//! Reward coefficients: how many base salaries go with an award, with their validity.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
