//! Dossier requirements: the documents that the dossier of an award asks for.

mod dto;
mod handlers;
mod service;

pub use handlers::routes;
