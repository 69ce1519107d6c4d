//! Pledges: what the provinces of a cycle sign, how it is amended, and how the year ends for it.

mod amend;
mod amendment;
mod cluster;
mod dto;
mod handlers;
mod service;
mod view;

pub use handlers::routes;
