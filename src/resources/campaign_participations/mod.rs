//! Participations: which province takes part in which campaign, and what it reports.

mod dto;
mod handlers;
mod reports;
mod service;

pub use handlers::routes;
