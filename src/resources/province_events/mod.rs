//! Events of provinces: mergers, splits and other changes of the first administrative tier.

mod carry_overs;
mod dto;
mod entering;
mod handlers;
mod preview;
mod service;

pub use handlers::routes;
