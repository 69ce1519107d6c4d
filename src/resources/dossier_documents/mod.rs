//! Dossiers of nominations (hồ sơ đề nghị khen thưởng): their documents, and what is there and what is missing.

mod checklist;
mod dto;
mod handlers;
mod service;

pub use handlers::routes;
