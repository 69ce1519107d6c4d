//! Accounts: who can sign in, as what.

mod dto;
mod enrol;
mod handlers;
mod service;

pub(crate) use enrol::{NewAccount, enrol, give_one_time_password};
pub use enrol::{OneTime, ensure_first_administrator};
pub use handlers::routes;
