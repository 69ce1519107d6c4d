//! Provinces: units of the first administrative tier, as they were and are.

mod dto;
mod handlers;
mod lineage;
mod service;

pub use handlers::routes;
