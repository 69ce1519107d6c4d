//! Exemplars: model people and collectives, how they are fostered, reviewed and spread, and who reads of them when.

mod dto;
mod handlers;
mod service;
mod sight;
mod steps;

pub use handlers::routes;
