//! The life of a nomination (suy tôn, đề nghị khen thưởng): a proposal that a province receive an award.
//!
//! ```text
//! Proposed ──Ballot──▶ Balloted
//! Proposed, Balloted ──CompleteDossier──▶ DossierComplete ──Submit──▶ Submitted ──Appraise──▶ Appraised
//!     ──OpenPublicComment──▶ PublicComment ──Decide──▶ Decided
//! Submitted, Appraised, PublicComment ──Reject──▶ Rejected
//! each of these but the last two ──Withdraw──▶ Withdrawn
//! each of these but the last three ──Hold──▶ OnHold ──Release──▶ where it was
//!                                              └──Reject──▶ Rejected, ──Withdraw──▶ Withdrawn
//! ```
//!
//! Fixed rules of practice: the members nominate when the ranking is known, the council's office examines the dossier,
//! the people are heard, and the competent authority decides (Law 06/2022/QH15, art. 77 to 80); an excluded province is
//! not nominated. Open to comment and decided is only what rests on a published result: an award tells the public who
//! led. The leader of a cluster is nominated for the Emulation Flag of the Government (art. 25); whom the members nominate
//! for what remains their vote.

mod proposal;
mod standing;

use entity::vocab::{CycleState, NominationState};
use strum::{EnumIter, IntoStaticStr};

use super::{phrase::Phrase, refusal::Refusal};

pub use proposal::{Proposal, check_proposal, may_edit, may_propose, reason_fault};
pub use standing::{Nominee, Standing};

/// What can happen to a nomination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    /// A ballot of the members carried it; no step of its own, closing the ballot takes it.
    Ballot,
    /// Every document the award asks for is there.
    CompleteDossier,
    /// It is handed to the council's office.
    Submit,
    /// The council's office has examined it and writes its opinion.
    Appraise,
    /// Everybody may read it and comment on it for some working days.
    OpenPublicComment,
    /// It waits: a discipline, an inspection, a complaint or a press case is pending, with a reason.
    Hold,
    /// It goes on where it stood, with a reason.
    Release,
    /// The authority grants the award.
    Decide,
    /// The authority declines, with a reason.
    Reject,
    /// The cluster takes it back, with a reason.
    Withdraw,
}

impl Event {
    /// The word that names the step in a path.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// The whole state machine, in the state the cycle has when the step is asked for; `held_from` is where a nomination on hold
/// stood before. What is not listed is refused.
pub fn next(
    from: NominationState,
    held_from: Option<NominationState>,
    event: Event,
    cycle: CycleState,
) -> Result<NominationState, Refusal> {
    use NominationState::*;
    let to = match (from, event) {
        (Proposed, Event::Ballot) => Balloted,
        (Proposed | Balloted, Event::CompleteDossier) => DossierComplete,
        (DossierComplete, Event::Submit) => Submitted,
        (Submitted, Event::Appraise) => Appraised,
        (Appraised, Event::OpenPublicComment) => PublicComment,
        (PublicComment, Event::Decide) => Decided,
        (Submitted | Appraised | PublicComment | OnHold, Event::Reject) => Rejected,
        (Proposed | Balloted | DossierComplete | Submitted | Appraised | PublicComment | OnHold, Event::Withdraw) => {
            Withdrawn
        }
        (Proposed | Balloted | DossierComplete | Submitted | Appraised | PublicComment, Event::Hold) => OnHold,
        (OnHold, Event::Release) => held_from.unwrap_or(Proposed),
        _ => return Err(Refusal::WrongState(why_not(from, event))),
    };
    match event {
        Event::Ballot | Event::CompleteDossier | Event::Submit | Event::Appraise => while_nominating(cycle)?,
        Event::OpenPublicComment | Event::Decide => once_published(cycle)?,
        Event::Hold | Event::Release | Event::Reject | Event::Withdraw => before_closing(cycle)?,
    }
    Ok(to)
}

/// Why there is no such step in this state.
fn why_not(from: NominationState, event: Event) -> Phrase {
    use NominationState::*;
    let (en, vi) = match (from, event) {
        (Decided | Rejected | Withdrawn, _) => ("the nomination is closed", "đề nghị khen thưởng đã kết thúc"),
        (OnHold, Event::Hold) => ("the nomination is on hold already", "đề nghị khen thưởng đã tạm dừng"),
        (OnHold, _) => {
            ("the nomination is on hold; release it first", "đề nghị khen thưởng đang tạm dừng; hãy cho tiếp tục trước")
        }
        (_, Event::Release) => ("the nomination is not on hold", "đề nghị khen thưởng không bị tạm dừng"),
        (_, Event::Ballot) => {
            ("only a proposed nomination is voted on", "chỉ bỏ phiếu về đề nghị khen thưởng đang ở bước đề xuất")
        }
        (_, Event::CompleteDossier) => ("the dossier is complete already", "hồ sơ đã hoàn thiện"),
        (Proposed | Balloted, Event::Submit) => (
            "only a nomination with a complete dossier is submitted",
            "chỉ trình đề nghị khen thưởng đã hoàn thiện hồ sơ",
        ),
        (_, Event::Submit) => ("the nomination has been submitted already", "đề nghị khen thưởng đã được trình"),
        (Appraised | PublicComment, Event::Appraise) => {
            ("the nomination has been appraised already", "đề nghị khen thưởng đã được thẩm định")
        }
        (_, Event::Appraise) => {
            ("only a submitted nomination is appraised", "chỉ thẩm định đề nghị khen thưởng đã trình")
        }
        (PublicComment, Event::OpenPublicComment) => (
            "the nomination has been opened to public comment already",
            "đề nghị khen thưởng đã được đưa ra lấy ý kiến nhân dân",
        ),
        (_, Event::OpenPublicComment) => (
            "only an appraised nomination is opened to public comment",
            "chỉ lấy ý kiến nhân dân về đề nghị khen thưởng đã thẩm định",
        ),
        (_, Event::Reject) => (
            "only a submitted nomination can be rejected; one before that can be withdrawn",
            "chỉ từ chối được đề nghị khen thưởng đã trình; đề nghị chưa trình thì có thể rút",
        ),
        (_, Event::Decide | Event::Hold | Event::Withdraw) => (
            "only a nomination that has been open to public comment can be decided",
            "chỉ quyết định khen thưởng sau khi đã lấy ý kiến nhân dân",
        ),
    };
    Phrase::new(en, vi)
}

/// Whether the step is taken only with a reason.
pub fn needs_reason(event: Event) -> bool {
    match event {
        Event::Hold | Event::Release | Event::Reject | Event::Withdraw => true,
        Event::Ballot
        | Event::CompleteDossier
        | Event::Submit
        | Event::Appraise
        | Event::OpenPublicComment
        | Event::Decide => false,
    }
}

/// Whether the nomination still waits for an end: an open one keeps its cycle from being closed.
pub fn is_open(state: NominationState) -> bool {
    use NominationState::*;
    match state {
        Proposed | Balloted | DossierComplete | Submitted | Appraised | PublicComment | OnHold => true,
        Decided | Rejected | Withdrawn => false,
    }
}

/// Whether it keeps the province from being nominated for the same award again: it is open, or came to an award.
pub fn is_standing(state: NominationState) -> bool {
    is_open(state) || state == NominationState::Decided
}

/// Whether everybody may read it, as far as its cycle is public.
pub fn is_public(state: NominationState) -> bool {
    state == NominationState::PublicComment
}

fn while_nominating(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Finalized | Published => Ok(()),
        Draft | Launched | Active | SelfScoring | Appraisal | Explanation | Closed | Interrupted => refused(
            "the members nominate after the ranking, while the cycle is finalised or published",
            "chỉ suy tôn, đề nghị khen thưởng khi năm thi đua đã chốt điểm hoặc đã công bố kết quả",
        ),
    }
}

fn once_published(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Published => Ok(()),
        Draft | Launched | Active | SelfScoring | Appraisal | Explanation | Finalized | Closed | Interrupted => {
            refused(
                "nominations are opened to public comment and decided while the cycle is published",
                "chỉ lấy ý kiến nhân dân và quyết định khen thưởng khi năm thi đua đã công bố kết quả",
            )
        }
    }
}

/// A cycle that was reopened or interrupted can hold nominations that are to be ended.
fn before_closing(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Appraisal | Explanation | Finalized | Published | Interrupted => Ok(()),
        Draft | Launched | Active | SelfScoring | Closed => refused(
            "nominations end between appraisal and the closing of the cycle",
            "chỉ từ chối hoặc rút đề nghị khen thưởng từ bước thẩm định đến trước khi kết thúc năm thi đua",
        ),
    }
}

fn refused<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn the_whole_machine() {
        use NominationState::Appraised;
        let mut allowed = Vec::new();
        for (from, event) in NominationState::iter().flat_map(|from| Event::iter().map(move |event| (from, event))) {
            let cycles: Vec<_> =
                CycleState::iter().filter(|cycle| next(from, Some(Appraised), event, *cycle).is_ok()).collect();
            if let Some(cycle) = cycles.first() {
                let to = next(from, Some(Appraised), event, *cycle).unwrap();
                allowed.push(format!("{from:?} {event:?} → {to:?} in {cycles:?}"));
            }
        }
        assert_eq!(
            allowed,
            [
                "Proposed Ballot → Balloted in [Finalized, Published]",
                "Proposed CompleteDossier → DossierComplete in [Finalized, Published]",
                "Proposed Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Proposed Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Balloted CompleteDossier → DossierComplete in [Finalized, Published]",
                "Balloted Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Balloted Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "DossierComplete Submit → Submitted in [Finalized, Published]",
                "DossierComplete Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "DossierComplete Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Submitted Appraise → Appraised in [Finalized, Published]",
                "Submitted Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Submitted Reject → Rejected in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Submitted Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Appraised OpenPublicComment → PublicComment in [Published]",
                "Appraised Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Appraised Reject → Rejected in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Appraised Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "PublicComment Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "PublicComment Decide → Decided in [Published]",
                "PublicComment Reject → Rejected in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "PublicComment Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "OnHold Release → Appraised in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "OnHold Reject → Rejected in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "OnHold Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
            ]
        );
    }

    #[test]
    fn to_end_a_nomination_without_an_award_needs_a_reason() {
        let reasoned: Vec<_> = Event::iter().filter(|event| needs_reason(*event)).map(Event::name).collect();
        assert_eq!(reasoned, ["hold", "release", "reject", "withdraw"]);
    }

    /// No step leads out of a state that is not open, and at least one out of every other.
    #[test]
    fn open_is_what_can_still_move() {
        for state in NominationState::iter() {
            let moves = Event::iter().any(|event| next(state, None, event, CycleState::Published).is_ok());
            assert_eq!(is_open(state), moves, "{state:?}");
        }
    }

    #[test]
    fn what_is_refused_says_why() {
        use {CycleState::Published, NominationState::*};
        #[rustfmt::skip]
        let cases = [
            (Balloted,        Event::Ballot,            "only a proposed nomination is voted on"),
            (Submitted,       Event::CompleteDossier,   "the dossier is complete already"),
            (Balloted,        Event::Submit,            "only a nomination with a complete dossier is submitted"),
            (PublicComment,   Event::Submit,            "the nomination has been submitted already"),
            (DossierComplete, Event::Appraise,          "only a submitted nomination is appraised"),
            (PublicComment,   Event::Appraise,          "the nomination has been appraised already"),
            (Submitted,       Event::OpenPublicComment, "only an appraised nomination is opened to public comment"),
            (PublicComment,   Event::OpenPublicComment, "the nomination has been opened to public comment already"),
            (Appraised,       Event::Decide,            "only a nomination that has been open to public comment can be decided"),
            (DossierComplete, Event::Reject,            "only a submitted nomination can be rejected; one before that can be withdrawn"),
            (Appraised,       Event::Release,           "the nomination is not on hold"),
            (OnHold,          Event::Decide,            "the nomination is on hold; release it first"),
            (OnHold,          Event::Hold,              "the nomination is on hold already"),
            (Withdrawn,       Event::Hold,              "the nomination is closed"),
        ];
        for (from, event, expected) in cases {
            let Err(Refusal::WrongState(why)) = next(from, None, event, Published) else {
                panic!("{from:?} {event:?}")
            };
            assert_eq!(why.say(crate::domain::phrase::Language::En), expected, "{from:?} {event:?}");
        }
    }

    #[test]
    fn what_stands_keeps_twins_away_and_only_one_state_is_public() {
        use NominationState::*;
        let not: Vec<_> = NominationState::iter().filter(|state| !is_standing(*state)).collect();
        assert_eq!(not, [Rejected, Withdrawn]);
        assert_eq!(NominationState::iter().filter(|state| is_public(*state)).collect::<Vec<_>>(), [PublicComment]);
    }
}
