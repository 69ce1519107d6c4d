//! Campaigns (phong trào thi đua): launched movements with their period.

mod dto;
mod handlers;
mod launcher;
mod service;

pub use handlers::routes;
