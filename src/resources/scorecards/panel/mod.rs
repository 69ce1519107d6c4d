//! Several appraisers of one sheet: what each of them says, and who stands aside.

mod dto;
mod handlers;
mod opinions;
mod read;
mod recusals;

pub(super) use handlers::routes;
pub(super) use opinions::{Seat, are_kept, of_sheet, write};
