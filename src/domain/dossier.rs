//! Dossiers (hồ sơ đề nghị khen thưởng): the documents a nomination is submitted with.
//!
//! Fixed rules of practice: who nominates and who is nominated put the dossier together; once it is handed over, only the
//! council's office adds to it, and nothing is taken away any more. Which documents an award asks for is data (Decree
//! 98/2023/NĐ-CP).

use entity::vocab::{DocumentKind, NominationState};

use super::{
    phrase::Phrase,
    refusal::{Blocker, Refusal, Subject},
};

/// Documents a dossier can have.
pub const MOST_DOCUMENTS: usize = 50;

/// Whether a document may be added now; `central` is the council's office.
pub fn may_add(state: NominationState, central: bool) -> Result<(), Refusal> {
    use NominationState::*;
    match (state, central) {
        (Proposed | Balloted | DossierComplete, _) | (Submitted | Appraised, true) => Ok(()),
        (Submitted | Appraised, false) => refused(
            "once the nomination is submitted, only the council secretary adds documents",
            "khi đề nghị khen thưởng đã trình, chỉ thư ký Hội đồng được bổ sung tài liệu",
        ),
        (PublicComment | OnHold | Decided | Rejected | Withdrawn, _) => refused(
            "documents are added until public comment, and not while the nomination is on hold",
            "chỉ bổ sung tài liệu trước khi lấy ý kiến nhân dân và khi đề nghị khen thưởng không bị tạm dừng",
        ),
    }
}

/// Whether a document may be taken away now: until the dossier is complete.
pub fn may_remove(state: NominationState) -> Result<(), Refusal> {
    use NominationState::*;
    match state {
        Proposed | Balloted => Ok(()),
        DossierComplete | Submitted | Appraised | PublicComment | OnHold | Decided | Rejected | Withdrawn => refused(
            "documents are taken away only until the dossier is complete",
            "chỉ gỡ được tài liệu trước khi hoàn thiện hồ sơ",
        ),
    }
}

/// Whether a dossier that has this many documents takes one more.
pub fn room_for_another(present: usize) -> Result<(), Refusal> {
    if present < MOST_DOCUMENTS {
        return Ok(());
    }
    Err(Refusal::Conflict(Phrase::made(
        format!("the dossier has {MOST_DOCUMENTS} documents, the most there can be"),
        format!("hồ sơ đã có {MOST_DOCUMENTS} tài liệu, là mức tối đa"),
    )))
}

/// What is required and not there, in the order in which it is required.
pub fn missing(required: impl IntoIterator<Item = DocumentKind>, present: &[DocumentKind]) -> Vec<DocumentKind> {
    required.into_iter().filter(|kind| !present.contains(kind)).collect()
}

/// Without this document the dossier is not complete.
pub fn document_missing(kind: DocumentKind) -> Blocker {
    let (en, vi) = match kind {
        DocumentKind::SubmissionLetter => ("submission letter", "tờ trình"),
        DocumentKind::AchievementReport => ("report of achievements", "báo cáo thành tích"),
        DocumentKind::Minutes => ("minutes of the review", "biên bản bình xét"),
        DocumentKind::Certificate => ("certificate", "chứng nhận, xác nhận"),
        DocumentKind::Other => ("further document", "tài liệu khác"),
    };
    Blocker {
        code: "document_missing",
        message: Phrase::made(format!("the dossier has no {en}"), format!("hồ sơ chưa có {vi}")),
        subject: Subject::any("dossier_document"),
    }
}

fn refused(en: &'static str, vi: &'static str) -> Result<(), Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::domain::phrase::Language;

    #[test]
    fn documents_come_until_the_appraisal_and_go_until_the_dossier_is_complete() {
        use NominationState::*;
        let those =
            |may: &dyn Fn(NominationState) -> bool| NominationState::iter().filter(|state| may(*state)).collect();
        let adding: Vec<_> = those(&|state| may_add(state, false).is_ok());
        assert_eq!(adding, [Proposed, Balloted, DossierComplete]);
        let central: Vec<_> = those(&|state| may_add(state, true).is_ok());
        assert_eq!(central, [Proposed, Balloted, DossierComplete, Submitted, Appraised]);
        let removing: Vec<_> = those(&|state| may_remove(state).is_ok());
        assert_eq!(removing, [Proposed, Balloted]);
    }

    #[test]
    fn a_dossier_has_room_for_fifty() {
        assert_eq!(room_for_another(MOST_DOCUMENTS - 1), Ok(()));
        assert!(matches!(room_for_another(MOST_DOCUMENTS), Err(Refusal::Conflict(_))));
    }

    #[test]
    fn what_is_missing_is_named() {
        use DocumentKind::*;
        let required = [SubmissionLetter, AchievementReport, Minutes];
        assert_eq!(missing(required, &[Other, AchievementReport, AchievementReport]), [SubmissionLetter, Minutes]);
        assert_eq!(missing(required, &required), []);
        assert_eq!(missing([], &[]), []);
        let told: Vec<_> =
            DocumentKind::iter().map(|kind| document_missing(kind).message.say(Language::Vi).to_owned()).collect();
        assert_eq!(told[0], "hồ sơ chưa có tờ trình");
        assert_eq!(told[2], "hồ sơ chưa có biên bản bình xét");
    }
}
