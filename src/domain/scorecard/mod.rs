//! The life of a scorecard (phiếu chấm điểm), and what may be written in it when.
//!
//! ```text
//! Draft ──Submit──▶ Submitted ──CompleteAppraisal──▶ Appraised ──Finalize──▶ Final
//!                   │      ▲                             ▲                     │
//!                Return  Submit                          └───────Reopen────────┘
//!                   ▼      │
//!                   Returned
//!
//! Appraised, Reappraised ──Explain──▶ Explained ──CompleteSecondAppraisal──▶ Reappraised ──Finalize──▶ Final
//!                                                                                ▲                       │
//!                                                                                └────────Reopen─────────┘
//! ```
//!
//! Fixed rules of practice: every province scores itself, appraisers score the same lines, the province may answer what
//! it contests and a second appraisal answers the province, then scores are final; a returned sheet and a changed score
//! need a reason; the stages of a score stand side by side.

mod entries;
mod explanations;
mod lines;
mod opinions;

use entity::vocab::{CycleState, ScorecardState};

use super::{phrase::Phrase, refusal::Refusal};

pub use entries::{AppraisalEntry, AppraisalScore, Registered, SelfEntry, SelfScore, settle_appraisal, settle_self};
pub use explanations::{
    Answer, AnswerEntry, Explanation, ExplanationEntry, explanation_blockers, second_appraisal_blockers,
    settle_answers, settle_explanations,
};
pub use lines::{appraisal_blockers, final_points, submit_blockers};
pub use opinions::{Common, Opinion, Scorer, check_sections, in_common};

/// What can happen to a scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The province hands it in, again after a return.
    Submit,
    /// It goes back to the province, with a reason.
    Return,
    /// Every line has its appraised points.
    CompleteAppraisal,
    /// The province hands in what it contests.
    Explain,
    /// Every explanation is answered.
    CompleteSecondAppraisal,
    /// The cycle is finalised.
    Finalize,
    /// The finalised cycle is reopened.
    Reopen,
}

impl Event {
    pub const ALL: [Self; 7] = [
        Self::Submit,
        Self::Return,
        Self::CompleteAppraisal,
        Self::Explain,
        Self::CompleteSecondAppraisal,
        Self::Finalize,
        Self::Reopen,
    ];
}

/// What can be written in a scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// The province's figures, points and notes.
    SelfPoints,
    /// The appraiser's points and reasons.
    Appraisal,
    /// What the province says to lines it contests.
    Explanations,
    /// What the second appraisal says to that.
    Answers,
}

impl Write {
    pub const ALL: [Self; 4] = [Self::SelfPoints, Self::Appraisal, Self::Explanations, Self::Answers];
}

/// The whole state machine, in the state the cycle has when the step is asked for. What is not listed is refused.
/// `answered` says whether the sheet has been through a second appraisal: reopening leads back to where it was.
pub fn next(from: ScorecardState, event: Event, cycle: CycleState, answered: bool) -> Result<ScorecardState, Refusal> {
    use ScorecardState::*;
    let to = match (from, event) {
        (Draft | Returned, Event::Submit) => Submitted,
        (Submitted, Event::Return) => Returned,
        (Submitted, Event::CompleteAppraisal) => Appraised,
        (Appraised | Reappraised, Event::Explain) => Explained,
        (Explained, Event::CompleteSecondAppraisal) => Reappraised,
        (Appraised | Reappraised, Event::Finalize) => Final,
        (Final, Event::Reopen) => {
            if answered {
                Reappraised
            } else {
                Appraised
            }
        }
        (_, event) => return Err(Refusal::WrongState(when(event))),
    };
    match event {
        Event::Submit | Event::Return => while_scoring(cycle)?,
        Event::CompleteAppraisal | Event::Finalize => while_appraising(cycle)?,
        Event::Explain | Event::CompleteSecondAppraisal => while_explaining(cycle)?,
        Event::Reopen => while_finalized(cycle)?,
    }
    Ok(to)
}

/// When a step is possible: the answer to whoever asked for it at another time.
const fn when(event: Event) -> Phrase {
    match event {
        Event::Submit => Phrase::new("the scorecard has been submitted already", "phiếu chấm điểm đã được nộp"),
        Event::Return => Phrase::new(
            "only a submitted scorecard can be returned",
            "chỉ trả lại được phiếu chấm điểm đã nộp và chưa thẩm định xong",
        ),
        Event::CompleteAppraisal => Phrase::new(
            "only the appraisal of a submitted scorecard can be completed",
            "chỉ hoàn tất thẩm định được phiếu chấm điểm đã nộp",
        ),
        Event::Explain => Phrase::new(
            "explanations are submitted once, after the appraisal is complete",
            "chỉ nộp giải trình một lần, sau khi thẩm định xong",
        ),
        Event::CompleteSecondAppraisal => Phrase::new(
            "only a scorecard with submitted explanations is appraised a second time",
            "chỉ thẩm định lại được phiếu chấm điểm đã nộp giải trình",
        ),
        Event::Finalize => Phrase::new(
            "only an appraised scorecard becomes final",
            "chỉ phiếu chấm điểm đã thẩm định mới được chốt điểm chính thức",
        ),
        Event::Reopen => Phrase::new(
            "only a final scorecard can be reopened",
            "chỉ mở lại được phiếu chấm điểm đã chốt điểm chính thức",
        ),
    }
}

/// Whether something may be written now.
///
/// A province writes while the sheet is in its hands: also during appraisal when it was returned, or when an excluded
/// province was readmitted late. An appraiser may still change an appraised sheet until the cycle is finalised (after
/// reopening there is no other way), but not once provinces explain: then only answers change anything; what was
/// complete must stay complete, see [`appraisal_blockers`].
pub fn may_write(write: Write, card: ScorecardState, cycle: CycleState) -> Result<(), Refusal> {
    use ScorecardState::*;
    match (write, card) {
        (Write::SelfPoints, Draft | Returned) => while_scoring(cycle),
        (Write::Appraisal, Submitted) => while_appraising(cycle),
        (Write::Appraisal, Appraised | Reappraised) => before_explaining(cycle),
        (Write::Explanations, Appraised | Reappraised) => while_explaining(cycle),
        (Write::Answers, Explained) => while_explaining(cycle),
        (Write::Answers, Reappraised) => while_appraising(cycle),
        (Write::SelfPoints, Submitted | Appraised | Explained | Reappraised | Final) => refused(
            "a submitted scorecard changes only after it was returned",
            "phiếu chấm điểm đã nộp chỉ sửa được sau khi bị trả lại",
        ),
        (Write::Appraisal, Draft | Returned) => {
            refused("the province has not submitted the scorecard", "tỉnh chưa nộp phiếu chấm điểm")
        }
        (Write::Appraisal, Explained) => refused(
            "explanations are submitted; they are answered in the second appraisal",
            "tỉnh đã nộp giải trình; hãy trả lời bằng thẩm định lại",
        ),
        (Write::Explanations, Draft | Submitted | Returned) => {
            refused("there is no complete appraisal to explain", "chưa có kết quả thẩm định để giải trình")
        }
        (Write::Explanations, Explained) => refused(
            "explanations are submitted and wait for their answers",
            "đã nộp giải trình, đang chờ thẩm định lại",
        ),
        (Write::Answers, Draft | Submitted | Returned | Appraised) => {
            refused("no explanations are submitted", "tỉnh chưa nộp giải trình")
        }
        (Write::Appraisal | Write::Explanations | Write::Answers, Final) => refused(
            "final points are set; nothing changes any more",
            "đã chốt điểm chính thức, không thay đổi được nữa",
        ),
    }
}

/// Whether an appraiser may stand aside from a sheet: until its appraisal is complete, so that what is complete stays so.
pub fn may_recuse(card: ScorecardState, cycle: CycleState) -> Result<(), Refusal> {
    use ScorecardState::*;
    match card {
        Draft | Submitted | Returned => while_scoring(cycle),
        Appraised | Explained | Reappraised | Final => {
            refused("the appraisal of the scorecard is complete", "phiếu chấm điểm đã thẩm định xong")
        }
    }
}

fn while_scoring(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        SelfScoring | Appraisal | Explanation => Ok(()),
        Draft | Launched | Active | Finalized | Published | Closed | Interrupted => refused(
            "provinces score themselves from the opening of self-scoring until the cycle is finalised",
            "các tỉnh chỉ tự chấm điểm từ khi mở tự chấm điểm đến trước khi chốt điểm",
        ),
    }
}

fn while_appraising(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Appraisal | Explanation => Ok(()),
        Draft | Launched | Active | SelfScoring | Finalized | Published | Closed | Interrupted => refused(
            "scorecards are appraised while the cycle is in appraisal or explanation",
            "phiếu chấm điểm chỉ được thẩm định khi năm thi đua đang ở bước thẩm định hoặc giải trình",
        ),
    }
}

/// A province would otherwise explain something else than what is appraised.
fn before_explaining(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Explanation => refused(
            "provinces explain the appraisal as it is; only answers to explanations change it now",
            "các tỉnh đang giải trình kết quả thẩm định; lúc này chỉ thay đổi được khi trả lời giải trình",
        ),
        Draft | Launched | Active | SelfScoring | Appraisal | Finalized | Published | Closed | Interrupted => {
            while_appraising(cycle)
        }
    }
}

fn while_explaining(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Explanation => Ok(()),
        Draft | Launched | Active | SelfScoring | Appraisal | Finalized | Published | Closed | Interrupted => refused(
            "provinces explain what they contest while the cycle is in explanation",
            "các tỉnh chỉ giải trình khi năm thi đua đang ở bước giải trình",
        ),
    }
}

fn while_finalized(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Finalized => Ok(()),
        Draft | Launched | Active | SelfScoring | Appraisal | Explanation | Published | Closed | Interrupted => {
            refused(
                "scorecards are reopened with their finalised cycle",
                "phiếu chấm điểm chỉ được mở lại cùng với năm thi đua đã chốt điểm",
            )
        }
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
        let mut allowed = Vec::new();
        for (from, event) in ScorecardState::iter().flat_map(|from| Event::ALL.map(|event| (from, event))) {
            let to = |answered| move |cycle| next(from, event, cycle, answered).ok();
            let found = |answered| CycleState::iter().find_map(to(answered));
            let within: Vec<_> = CycleState::iter().filter(|cycle| to(false)(*cycle).is_some()).collect();
            match (found(false), found(true)) {
                (Some(one), Some(other)) if one == other => {
                    allowed.push(format!("{from:?} {event:?} → {one:?} in {within:?}"));
                }
                (Some(one), Some(other)) => {
                    allowed.push(format!("{from:?} {event:?} → {one:?}, answered {other:?} in {within:?}"));
                }
                (one, other) => assert_eq!(one, other),
            }
        }
        assert_eq!(
            allowed,
            [
                "Draft Submit → Submitted in [SelfScoring, Appraisal, Explanation]",
                "Submitted Return → Returned in [SelfScoring, Appraisal, Explanation]",
                "Submitted CompleteAppraisal → Appraised in [Appraisal, Explanation]",
                "Returned Submit → Submitted in [SelfScoring, Appraisal, Explanation]",
                "Appraised Explain → Explained in [Explanation]",
                "Appraised Finalize → Final in [Appraisal, Explanation]",
                "Explained CompleteSecondAppraisal → Reappraised in [Explanation]",
                "Reappraised Explain → Explained in [Explanation]",
                "Reappraised Finalize → Final in [Appraisal, Explanation]",
                "Final Reopen → Appraised, answered Reappraised in [Finalized]",
            ]
        );
    }

    #[test]
    fn an_appraiser_stands_aside_before_the_appraisal_is_complete() {
        use {CycleState as C, ScorecardState as S};
        let states: Vec<_> = S::iter().filter(|card| may_recuse(*card, C::Appraisal).is_ok()).collect();
        assert_eq!(states, [S::Draft, S::Submitted, S::Returned]);
        let within: Vec<_> = C::iter().filter(|cycle| may_recuse(S::Submitted, *cycle).is_ok()).collect();
        assert_eq!(within, [C::SelfScoring, C::Appraisal, C::Explanation]);
    }

    #[test]
    fn who_may_write_when() {
        let mut allowed = Vec::new();
        for (write, card) in
            Write::ALL.into_iter().flat_map(|write| ScorecardState::iter().map(move |card| (write, card)))
        {
            let within: Vec<_> = CycleState::iter().filter(|cycle| may_write(write, card, *cycle).is_ok()).collect();
            if !within.is_empty() {
                allowed.push(format!("{write:?} in {card:?} while {within:?}"));
            }
        }
        assert_eq!(
            allowed,
            [
                "SelfPoints in Draft while [SelfScoring, Appraisal, Explanation]",
                "SelfPoints in Returned while [SelfScoring, Appraisal, Explanation]",
                "Appraisal in Submitted while [Appraisal, Explanation]",
                "Appraisal in Appraised while [Appraisal]",
                "Appraisal in Reappraised while [Appraisal]",
                "Explanations in Appraised while [Explanation]",
                "Explanations in Reappraised while [Explanation]",
                "Answers in Explained while [Explanation]",
                "Answers in Reappraised while [Appraisal, Explanation]",
            ]
        );
    }
}
