//! Decisions: one number, one day, one authority, and the awards they grant.

mod dto;
mod file;
mod handlers;
mod read;
mod write;

use super::{
    deciding,
    dto::Award,
    revoking,
    service::{bare, shown},
};

pub(super) use handlers::routes;
