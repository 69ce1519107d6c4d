//! What a province and those it followed were given.

mod dto;
mod handlers;
mod service;

use super::{
    dto::{Award, AwardRelation, AwardSort},
    service::shown,
};

pub(super) use handlers::routes;
