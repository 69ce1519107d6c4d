//! Shares: what each member gives of a contribution.

mod dto;
mod handlers;
mod service;

use super::{service::require, view::share_of};

pub(super) use dto::ContributionShare;
pub(super) use handlers::routes;
