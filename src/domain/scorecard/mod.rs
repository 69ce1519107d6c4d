//! The life of a scorecard (phiếu chấm điểm), and what may be written in it when.
//!
//! ```text
//! Draft ──Submit──▶ Submitted ──CompleteAppraisal──▶ Appraised ──Finalize──▶ Final
//!                   │      ▲                             ▲                     │
//!                Return  Submit                          └───────Reopen────────┘
//!                   ▼      │
//!                   Returned
//! ```
//!
//! Fixed rules of practice: every province scores itself, appraisers score the same lines, then scores are final; a
//! returned sheet and a changed score need a reason; the stages of a score stand side by side.

mod entries;
mod lines;

use entity::vocab::{CycleState, ScorecardState};

use super::{phrase::Phrase, refusal::Refusal};

pub use entries::{AppraisalEntry, AppraisalScore, Registered, SelfEntry, SelfScore, settle_appraisal, settle_self};
pub use lines::{appraisal_blockers, final_points, submit_blockers};

/// What can happen to a scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The province hands it in, again after a return.
    Submit,
    /// It goes back to the province, with a reason.
    Return,
    /// Every line has its appraised points.
    CompleteAppraisal,
    /// The cycle is finalised.
    Finalize,
    /// The finalised cycle is reopened.
    Reopen,
}

impl Event {
    pub const ALL: [Self; 5] = [Self::Submit, Self::Return, Self::CompleteAppraisal, Self::Finalize, Self::Reopen];
}

/// What can be written in a scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Write {
    /// The province's figures, points and notes.
    SelfPoints,
    /// The appraiser's points and reasons.
    Appraisal,
}

impl Write {
    pub const ALL: [Self; 2] = [Self::SelfPoints, Self::Appraisal];
}

/// The whole state machine, in the state the cycle has when the step is asked for. What is not listed is refused.
pub fn next(from: ScorecardState, event: Event, cycle: CycleState) -> Result<ScorecardState, Refusal> {
    use ScorecardState::*;
    let to = match (from, event) {
        (Draft | Returned, Event::Submit) => Submitted,
        (Submitted, Event::Return) => Returned,
        (Submitted, Event::CompleteAppraisal) => Appraised,
        (Appraised, Event::Finalize) => Final,
        (Final, Event::Reopen) => Appraised,
        (Submitted | Appraised | Final, Event::Submit) => {
            return refused("the scorecard has been submitted already", "phiếu chấm điểm đã được nộp");
        }
        (Draft | Returned | Appraised | Final, Event::Return) => {
            return refused(
                "only a submitted scorecard can be returned",
                "chỉ trả lại được phiếu chấm điểm đã nộp và chưa thẩm định xong",
            );
        }
        (Draft | Returned | Appraised | Final, Event::CompleteAppraisal) => {
            return refused(
                "only the appraisal of a submitted scorecard can be completed",
                "chỉ hoàn tất thẩm định được phiếu chấm điểm đã nộp",
            );
        }
        (Draft | Submitted | Returned | Final, Event::Finalize) => {
            return refused(
                "only an appraised scorecard becomes final",
                "chỉ phiếu chấm điểm đã thẩm định mới được chốt điểm chính thức",
            );
        }
        (Draft | Submitted | Returned | Appraised, Event::Reopen) => {
            return refused(
                "only a final scorecard can be reopened",
                "chỉ mở lại được phiếu chấm điểm đã chốt điểm chính thức",
            );
        }
    };
    match event {
        Event::Submit | Event::Return => while_scoring(cycle)?,
        Event::CompleteAppraisal | Event::Finalize => while_appraising(cycle)?,
        Event::Reopen => while_finalized(cycle)?,
    }
    Ok(to)
}

/// Whether something may be written now.
///
/// A province writes while the sheet is in its hands: also during appraisal when it was returned, or when an excluded
/// province was readmitted late. An appraiser may still change an appraised sheet until the cycle is finalised (after
/// reopening there is no other way); what was complete must stay complete, see [`appraisal_blockers`].
pub fn may_write(write: Write, card: ScorecardState, cycle: CycleState) -> Result<(), Refusal> {
    use ScorecardState::*;
    match (write, card) {
        (Write::SelfPoints, Draft | Returned) => while_scoring(cycle),
        (Write::Appraisal, Submitted | Appraised) => while_appraising(cycle),
        (Write::SelfPoints, Submitted | Appraised | Final) => refused(
            "a submitted scorecard changes only after it was returned",
            "phiếu chấm điểm đã nộp chỉ sửa được sau khi bị trả lại",
        ),
        (Write::Appraisal, Draft | Returned) => {
            refused("the province has not submitted the scorecard", "tỉnh chưa nộp phiếu chấm điểm")
        }
        (Write::Appraisal, Final) => refused(
            "final points are set; nothing changes any more",
            "đã chốt điểm chính thức, không thay đổi được nữa",
        ),
    }
}

fn while_scoring(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        SelfScoring | Appraisal => Ok(()),
        Draft | Launched | Active | Finalized | Published | Closed | Interrupted => refused(
            "provinces score themselves while the cycle is in self-scoring or appraisal",
            "các tỉnh chỉ tự chấm điểm khi năm thi đua đang ở bước tự chấm điểm hoặc thẩm định",
        ),
    }
}

fn while_appraising(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Appraisal => Ok(()),
        Draft | Launched | Active | SelfScoring | Finalized | Published | Closed | Interrupted => refused(
            "scorecards are appraised while the cycle is in appraisal",
            "phiếu chấm điểm chỉ được thẩm định khi năm thi đua đang ở bước thẩm định",
        ),
    }
}

fn while_finalized(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Finalized => Ok(()),
        Draft | Launched | Active | SelfScoring | Appraisal | Published | Closed | Interrupted => refused(
            "scorecards are reopened with their finalised cycle",
            "phiếu chấm điểm chỉ được mở lại cùng với năm thi đua đã chốt điểm",
        ),
    }
}

fn refused<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARDS: [ScorecardState; 5] = {
        use ScorecardState::*;
        [Draft, Submitted, Returned, Appraised, Final]
    };
    const CYCLES: [CycleState; 9] = {
        use CycleState::*;
        [Draft, Launched, Active, SelfScoring, Appraisal, Finalized, Published, Closed, Interrupted]
    };

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn the_whole_machine() {
        let mut allowed = Vec::new();
        for (from, event, cycle) in CARDS
            .into_iter()
            .flat_map(|from| Event::ALL.map(|event| (from, event)))
            .flat_map(|(from, event)| CYCLES.map(|cycle| (from, event, cycle)))
        {
            if let Ok(to) = next(from, event, cycle) {
                allowed.push(format!("{from:?} {event:?} → {to:?} in {cycle:?}"));
            }
        }
        assert_eq!(
            allowed,
            [
                "Draft Submit → Submitted in SelfScoring",
                "Draft Submit → Submitted in Appraisal",
                "Submitted Return → Returned in SelfScoring",
                "Submitted Return → Returned in Appraisal",
                "Submitted CompleteAppraisal → Appraised in Appraisal",
                "Returned Submit → Submitted in SelfScoring",
                "Returned Submit → Submitted in Appraisal",
                "Appraised Finalize → Final in Appraisal",
                "Final Reopen → Appraised in Finalized",
            ]
        );
    }

    #[test]
    fn who_may_write_when() {
        let mut allowed = Vec::new();
        for write in Write::ALL {
            for (card, cycle) in CARDS.into_iter().flat_map(|card| CYCLES.map(|cycle| (card, cycle))) {
                if may_write(write, card, cycle).is_ok() {
                    allowed.push(format!("{write:?} {card:?} {cycle:?}"));
                }
            }
        }
        assert_eq!(
            allowed,
            [
                "SelfPoints Draft SelfScoring",
                "SelfPoints Draft Appraisal",
                "SelfPoints Returned SelfScoring",
                "SelfPoints Returned Appraisal",
                "Appraisal Submitted Appraisal",
                "Appraisal Appraised Appraisal",
            ]
        );
    }
}
