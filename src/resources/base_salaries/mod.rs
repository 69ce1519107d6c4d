//! Base salaries (lương cơ sở): what rewards are counted in, with their validity.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
