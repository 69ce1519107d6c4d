//! Conferences: planned, held with their participants and agenda, closed with their minutes.

mod dto;
mod handlers;
mod parts;
mod service;
mod steps;
mod view;

pub use handlers::routes;
