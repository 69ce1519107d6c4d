//! Criteria (bảng tiêu chí chấm điểm): the tree of what is scored, and the life of one version of it.
//!
//! ```text
//! Draft ──Issue──▶ Issued ──Supersede──▶ Superseded
//! ```
//!
//! Fixed rules of practice: issued criteria are immutable, a correction is a new version; only leaves carry points; a
//! parent's maximum is the sum of its children; the total must add up before the set is issued; bonus and penalty lie
//! on top of it.

mod bands;
#[cfg(test)]
pub(crate) mod example;
mod form;
mod issue;
mod members;
mod parameters;
mod read;
mod rule;
mod schema;
mod tree;

use entity::vocab::{CriteriaSetState, CycleState};

use super::{phrase::Phrase, refusal::Refusal};

pub use bands::holding;
pub use form::{Form, Leaf, Section};
pub use issue::{check_issue, check_reason};
pub use parameters::{
    Band, BonusParameters, ExpertParameters, Goal, LeaderRelativeParameters, Measure, PassFailParameters,
    PenaltyParameters, PerItemParameters, PercentCounting, ProportionalParameters, ShortfallParameters,
    StepsParameters,
};
pub use rule::Rule;
pub use tree::{MOST_LEVELS, MOST_NODES, Node, Tree, TreeNode};

/// What can happen to a criteria set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The head puts it in force.
    Issue,
    /// A later version of the same cycle is issued.
    Supersede,
}

impl Event {
    pub const ALL: [Self; 2] = [Self::Issue, Self::Supersede];
}

/// The whole state machine. What is not listed is refused.
pub fn next(from: CriteriaSetState, event: Event) -> Result<CriteriaSetState, Refusal> {
    use CriteriaSetState::*;
    match (from, event) {
        (Draft, Event::Issue) => Ok(Issued),
        (Issued, Event::Supersede) => Ok(Superseded),
        (Issued | Superseded, Event::Issue) => Err(Refusal::WrongState(Phrase::new(
            "only a draft of the criteria can be issued",
            "chỉ ban hành được bảng tiêu chí còn ở dạng dự thảo",
        ))),
        (Draft | Superseded, Event::Supersede) => Err(Refusal::WrongState(Phrase::new(
            "only issued criteria can be superseded",
            "chỉ thay thế được bảng tiêu chí đã ban hành",
        ))),
    }
}

/// Whether the set and its criteria may still change: issued criteria never do.
pub fn editable(state: CriteriaSetState) -> Result<(), Refusal> {
    match state {
        CriteriaSetState::Draft => Ok(()),
        CriteriaSetState::Issued | CriteriaSetState::Superseded => Err(Refusal::WrongState(Phrase::new(
            "issued criteria never change; a correction is a new version",
            "bảng tiêu chí đã ban hành không thay đổi; muốn sửa phải lập phiên bản mới",
        ))),
    }
}

/// When a cycle takes a new issue: after the launch (the head drafts and issues in those weeks), and before
/// self-scoring opens, because from then on the scorecards hang on the leaves of the issued set.
pub fn issuable_in(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Launched | Active => Ok(()),
        Draft | SelfScoring | Appraisal | Explanation | Finalized | Published | Closed | Interrupted => {
            Err(Refusal::WrongState(Phrase::new(
                "criteria are issued between the launch of the cycle and the opening of self-scoring",
                "bảng tiêu chí chỉ được ban hành sau khi phát động năm thi đua và trước khi mở tự chấm điểm",
            )))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn the_whole_machine() {
        use CriteriaSetState::*;
        let allowed: Vec<String> = [Draft, Issued, Superseded]
            .into_iter()
            .flat_map(|from| Event::ALL.map(|event| (from, event)))
            .filter_map(|(from, event)| next(from, event).ok().map(|to| format!("{from:?} {event:?} → {to:?}")))
            .collect();
        assert_eq!(allowed, ["Draft Issue → Issued", "Issued Supersede → Superseded"]);
    }

    #[test]
    fn only_a_draft_changes() {
        use CriteriaSetState::*;
        assert_eq!([Draft, Issued, Superseded].map(|state| editable(state).is_ok()), [true, false, false]);
    }

    #[test]
    fn criteria_are_issued_between_launch_and_self_scoring() {
        use CycleState::*;
        let open: Vec<_> =
            [Draft, Launched, Active, SelfScoring, Appraisal, Explanation, Finalized, Published, Closed, Interrupted]
                .into_iter()
                .filter(|cycle| issuable_in(*cycle).is_ok())
                .collect();
        assert_eq!(open, [Launched, Active]);
    }
}
