//! Documents (tài liệu): files and links that hang on something, a recommendation for example.
//!
//! Who sees the thing sees its documents. Practice: whoever works on it adds documents until it ends; what somebody added
//! is taken away by that very account, or by those who keep the thing.

use super::{phrase::Phrase, refusal::Refusal};

/// Documents that one thing can have: as many as a dossier.
pub const MOST_DOCUMENTS: usize = super::dossier::MOST_DOCUMENTS;

/// Whether something that has this many documents takes one more.
pub fn room_for_another(present: usize) -> Result<(), Refusal> {
    if present < MOST_DOCUMENTS {
        return Ok(());
    }
    Err(Refusal::Conflict(Phrase::made(
        format!("there are {MOST_DOCUMENTS} documents, the most there can be"),
        format!("đã có {MOST_DOCUMENTS} tài liệu, là mức tối đa"),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_fifty() {
        assert_eq!(room_for_another(MOST_DOCUMENTS - 1), Ok(()));
        assert!(matches!(room_for_another(MOST_DOCUMENTS), Err(Refusal::Conflict(_))));
        assert_eq!(MOST_DOCUMENTS, 50);
    }
}
