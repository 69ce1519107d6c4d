//! Several appraisers of one sheet: what each of them says, and who stands aside.

mod dto;
mod handlers;
mod opinions;
mod peers;
mod read;
mod recusals;

use super::{
    dto::Scorecard,
    read::Sheet,
    write::{appraise, store},
};

pub(super) use handlers::routes;
pub(super) use opinions::{Seat, of_sheet, write};
