//! Rankings: the ordered results of cycles. They never change; a correction is a new one that names the former.

mod chart;
mod correction;
mod dto;
mod handlers;
mod preview;
mod proof;
mod published;
mod service;

pub use handlers::routes;
pub use proof::in_words;
