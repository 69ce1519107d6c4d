//! Events of provinces: mergers, splits and other changes of the first administrative tier.

mod dto;
mod entering;
mod handlers;
mod service;

pub use handlers::routes;
