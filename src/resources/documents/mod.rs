//! Documents (tài liệu): files and links that hang on something. What they can hang on is in `owner`.

mod dto;
mod handlers;
mod owner;
mod service;

pub use handlers::routes;
