//! Campaigns (phong trào thi đua): launched movements with their period.

mod cascade;
mod dto;
mod handlers;
mod launcher;
mod marks;
mod results;
mod reviews;
mod service;
mod stages;

pub use handlers::routes;
pub use stages::remind;
