//! Recommendations (đề xuất, kiến nghị): what provinces ask of the central level and of each other, and what was answered.

mod dto;
mod handlers;
mod service;
mod steps;
mod view;

pub use handlers::routes;
