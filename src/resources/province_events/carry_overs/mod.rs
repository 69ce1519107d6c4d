//! What events of provinces mean for running cycles: decided with the event, or later.

mod carrying;
mod dto;
mod handlers;
mod later;
mod moving;
mod preview;
mod service;
mod touched;

pub(super) use carrying::{Decided, carry_out};
pub(super) use dto::{CycleChoice, TouchedCycle};
pub(super) use handlers::routes;
pub(super) use preview::{PastResults, past, told};
pub(super) use touched::{Gathered, gather};
