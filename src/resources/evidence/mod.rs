//! Evidence (tài liệu kiểm chứng): files and links that support the lines of scorecards.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
