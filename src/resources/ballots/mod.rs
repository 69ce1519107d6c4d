//! Ballots: how the members vote on nominations, offices and ties.

mod dto;
mod effects;
mod handlers;
mod scene;
mod service;
mod steps;
mod subject;
mod votes;

pub use handlers::routes;
