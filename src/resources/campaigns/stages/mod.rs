//! Stages of campaigns, and the reminders before their reports are due.

mod dto;
mod handlers;
mod reminders;
mod service;

use super::service::{changeable, period, require as require_campaign};

pub(super) use handlers::routes;
pub use reminders::remind;
