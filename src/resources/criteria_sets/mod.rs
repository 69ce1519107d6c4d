//! Criteria sets: the versions of a cycle's criteria, each a tree.

mod dto;
mod handlers;
mod plan;
mod rows;
mod service;
mod tree;

pub use handlers::routes;
