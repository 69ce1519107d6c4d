//! What provinces report on their part in campaigns, period by period.

mod dto;
mod handlers;
mod service;

use super::{
    dto::Figure,
    service::{may_report, stored},
};

pub(super) use handlers::routes;
