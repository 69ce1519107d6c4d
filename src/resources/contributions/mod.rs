//! Contributions (hỗ trợ an sinh xã hội): what clusters give, and what each member gives of it.

mod dto;
mod handlers;
mod service;
mod shares;
mod view;

pub use handlers::routes;
