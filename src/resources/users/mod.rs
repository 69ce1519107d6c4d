//! Accounts: who can sign in, as what.

mod dto;
mod enrol;
mod handlers;
mod service;

pub(crate) use enrol::{NewAccount, OneTime, enrol, ensure_first_administrator, give_one_time_password};
pub use handlers::routes;
