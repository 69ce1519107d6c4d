//! Holidays: days off, and weekends that are worked in exchange, which working days are counted by.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
