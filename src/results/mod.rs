//! What the sheets of a cycle add up to: gathered from the tables, decided by the rules, stored as a ranking. And what else
//! several resources gather: deadlines, and whom provinces followed.
//!
//! Finalising a cycle and correcting a published ranking both come here, so that there is one way to a result.

mod awards;
mod blank;
mod deadlines;
mod family;
mod figures;
mod matrix;
mod re_examine;
mod renew;
mod sheets;
mod store;

pub use awards::award_rule;
pub use blank::open_sheets;
pub use deadlines::{Deadlines, Extension};
pub use family::{Family, asked};
pub use matrix::{Matrix, MatrixRow, Seen};
pub use re_examine::ReExamination;
pub use renew::{provisional, publish, renew, supersede};
pub use sheets::{Sheets, form, line, node, rules, scoring_rules};
pub use store::{NewRanking, Stored, store};
