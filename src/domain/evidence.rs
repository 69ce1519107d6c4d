//! Evidence (tài liệu kiểm chứng): files and links that support a line of a scorecard.
//!
//! Fixed rule of practice: a province scores itself with evidence, or with an explanation where evidence is missing.

use super::{phrase::Phrase, refusal::Refusal};

/// Pieces of evidence a line can have. Far more than anybody reads for one criterion.
pub const MOST_PER_LINE: usize = 50;

/// Whether a line that has this many takes one more.
pub fn room_for_another(present: usize) -> Result<(), Refusal> {
    if present < MOST_PER_LINE {
        return Ok(());
    }
    Err(Refusal::Conflict(Phrase::made(
        format!("the line has {MOST_PER_LINE} pieces of evidence, the most there can be"),
        format!("dòng điểm đã có {MOST_PER_LINE} tài liệu kiểm chứng, là mức tối đa"),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_room_for_fifty() {
        assert_eq!(room_for_another(MOST_PER_LINE - 1), Ok(()));
        assert!(matches!(room_for_another(MOST_PER_LINE), Err(Refusal::Conflict(_))));
    }
}
