//! Interim and final reviews of campaigns.

mod dto;
mod handlers;
mod service;

use super::{
    results::marked,
    service::{changeable, criteria, require},
};

pub(super) use handlers::routes;
