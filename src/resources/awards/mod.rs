//! Awards: the decisions that grant titles and commendations to provinces, their revocation, and what each province and
//! those it followed were given.

mod deciding;
mod decisions;
mod dto;
mod facts;
mod filter;
mod handlers;
mod history;
mod revoking;
mod service;

pub use handlers::routes;
