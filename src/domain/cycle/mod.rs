//! The life of a cycle (năm thi đua): one cluster in one year.
//!
//! ```text
//! Draft ──Launch──▶ Launched ──Activate──▶ Active ──OpenSelfScoring──▶ SelfScoring ──OpenAppraisal──▶ Appraisal
//!
//! Appraisal ──OpenExplanation──▶ Explanation ──Finalize──▶ Finalized ──Publish──▶ Published ──Close──▶ Closed
//!   ▲   └───────────────────Finalize────────────────────────▶ │
//!   └────────────────────────Reopen───────────────────────────┘
//!
//! Draft, Launched, Active, SelfScoring, Appraisal, Explanation ──Interrupt──▶ Interrupted ──Resume──▶ the state it was in
//! ```
//!
//! Fixed rules of practice: the steps and their order; provinces may answer contested lines, where anything is contested,
//! before scores are final; a running cycle can be interrupted, with a reason, and goes on where it stopped once nobody is a
//! member who ceased to exist; nothing is final until all sheets are
//! locked; published results never change silently, so that only what is not yet public is
//! reopened. What stands in the way of each step is said by [`blockers`].

mod guards;
mod members;
mod panel;

use entity::vocab::CycleState;
use strum::{EnumIter, IntoStaticStr};

use super::{phrase::Phrase, refusal::Refusal};

pub use guards::{Facts, OpenConference, OpenNomination, blockers};
pub use members::Member;
pub use panel::{Panel, PanelSeat, check_peers};

/// What can happen to a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    /// Head and deputies are elected, the year is launched.
    Launch,
    /// Criteria are issued and pledges signed: the provinces set to work.
    Activate,
    /// Every province scores itself.
    OpenSelfScoring,
    /// Appraisers score the same lines.
    OpenAppraisal,
    /// Provinces explain what they contest, and a second appraisal answers.
    OpenExplanation,
    /// Final points and the ranking are computed.
    Finalize,
    /// The ranking that the year-end conference approved becomes public.
    Publish,
    /// The year is over.
    Close,
    /// The year stops before its end, with a reason.
    Interrupt,
    /// The year goes on where it stopped, with a reason.
    Resume,
    /// Final points are taken back to appraisal, with a reason.
    Reopen,
}

impl Event {
    /// The word that names the step in a path: `open-self-scoring`.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What can be done to a cycle between its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Change {
    /// Another title.
    Edit,
    /// It never was.
    Delete,
    /// Appraisers come and go.
    AssignAppraisers,
    /// Another due date, or a longer one for one province: what came late is reckoned by it.
    MoveDueDates,
    /// Which award a result leads to: it stands before anybody knows whom it favours.
    SetAwardRules,
}

/// The whole state machine. What is not listed is refused. `stopped_in` is the state an interrupted cycle was in.
pub fn next(from: CycleState, stopped_in: Option<CycleState>, event: Event) -> Result<CycleState, Refusal> {
    use CycleState::*;
    match (from, event) {
        (Interrupted, Event::Resume) => stopped_in.ok_or_else(|| Refusal::WrongState(when(event))),
        (Draft, Event::Launch) => Ok(Launched),
        (Launched, Event::Activate) => Ok(Active),
        (Active, Event::OpenSelfScoring) => Ok(SelfScoring),
        (SelfScoring, Event::OpenAppraisal) => Ok(Appraisal),
        (Appraisal, Event::OpenExplanation) => Ok(Explanation),
        (Appraisal | Explanation, Event::Finalize) => Ok(Finalized),
        (Finalized, Event::Publish) => Ok(Published),
        (Published, Event::Close) => Ok(Closed),
        (Draft | Launched | Active | SelfScoring | Appraisal | Explanation, Event::Interrupt) => Ok(Interrupted),
        (Finalized, Event::Reopen) => Ok(Appraisal),
        (_, event) => Err(Refusal::WrongState(when(event))),
    }
}

/// The step that comes next on the straight way from draft to closed.
pub fn following(state: CycleState) -> Option<Event> {
    use CycleState::*;
    match state {
        Draft => Some(Event::Launch),
        Launched => Some(Event::Activate),
        Active => Some(Event::OpenSelfScoring),
        SelfScoring => Some(Event::OpenAppraisal),
        Appraisal => Some(Event::OpenExplanation),
        Explanation => Some(Event::Finalize),
        Finalized => Some(Event::Publish),
        Published => Some(Event::Close),
        Closed | Interrupted => None,
    }
}

/// Whether the step is taken only with a reason: what leaves the straight way does.
pub fn needs_reason(event: Event) -> bool {
    use Event::*;
    match event {
        Interrupt | Resume | Reopen => true,
        Launch | Activate | OpenSelfScoring | OpenAppraisal | OpenExplanation | Finalize | Publish | Close => false,
    }
}

/// Whether the cycle may be changed between its steps.
pub fn may_change(change: Change, state: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    let why = match (change, state) {
        (Change::Edit, Draft | Launched | Active | SelfScoring | Appraisal | Explanation | Finalized | Published)
        | (Change::Delete, Draft)
        | (
            Change::AssignAppraisers | Change::MoveDueDates | Change::SetAwardRules,
            Draft | Launched | Active | SelfScoring | Appraisal | Explanation,
        ) => {
            return Ok(());
        }
        (Change::Edit, Closed | Interrupted) => Phrase::new(
            "the cycle has ended; nothing changes any more",
            "năm thi đua đã kết thúc hoặc đã dừng, không thay đổi được nữa",
        ),
        (Change::Delete, _) => {
            Phrase::new("only a draft cycle can be deleted", "chỉ xóa được năm thi đua đang chuẩn bị")
        }
        (Change::MoveDueDates, _) => Phrase::new(
            "due dates change until the cycle is finalised: a result counts lateness by them",
            "chỉ đổi thời hạn hoặc gia hạn được trước khi năm thi đua chốt điểm vì kết quả tính chậm hạn theo đó",
        ),
        (Change::SetAwardRules, _) => Phrase::new(
            "award rules are set until the cycle is finalised, before anybody knows whom they favour",
            "chỉ đặt quy định khen thưởng được trước khi năm thi đua chốt điểm",
        ),
        (Change::AssignAppraisers, _) => Phrase::new(
            "appraisers are assigned until the cycle is finalised",
            "chỉ phân công người thẩm định được trước khi năm thi đua chốt điểm",
        ),
    };
    Err(Refusal::WrongState(why))
}

/// When a step is possible: the answer to whoever asked for it at another time.
const fn when(event: Event) -> Phrase {
    use Event::*;
    match event {
        Launch => Phrase::new("only a draft cycle can be launched", "chỉ phát động được năm thi đua đang chuẩn bị"),
        Activate => Phrase::new(
            "only a launched cycle can be activated",
            "chỉ năm thi đua đã phát động mới chuyển được sang giai đoạn thực hiện",
        ),
        OpenSelfScoring => Phrase::new(
            "self-scoring opens only in an active cycle",
            "chỉ mở tự chấm điểm khi năm thi đua đang ở giai đoạn thực hiện",
        ),
        OpenAppraisal => Phrase::new(
            "appraisal opens only in a cycle in self-scoring",
            "chỉ mở thẩm định khi năm thi đua đang ở bước tự chấm điểm",
        ),
        OpenExplanation => Phrase::new(
            "provinces explain what they contest only in a cycle in appraisal",
            "chỉ mở giải trình khi năm thi đua đang ở bước thẩm định",
        ),
        Finalize => Phrase::new(
            "only a cycle in appraisal or explanation can be finalised",
            "chỉ chốt điểm được năm thi đua đang ở bước thẩm định hoặc giải trình",
        ),
        Publish => Phrase::new(
            "only a finalised cycle can be published",
            "chỉ công bố được kết quả của năm thi đua đã chốt điểm",
        ),
        Close => {
            Phrase::new("only a published cycle can be closed", "chỉ kết thúc được năm thi đua đã công bố kết quả")
        }
        Interrupt => Phrase::new(
            "only a cycle that is not yet finalised can be interrupted",
            "chỉ dừng trước thời hạn được năm thi đua chưa chốt điểm",
        ),
        Resume => Phrase::new(
            "only an interrupted cycle can be resumed",
            "chỉ tiếp tục được năm thi đua đã dừng trước thời hạn",
        ),
        Reopen => Phrase::new(
            "only a finalised cycle that is not yet published can be reopened; a published result is corrected by a new \
             ranking",
            "chỉ mở lại được năm thi đua đã chốt điểm và chưa công bố; kết quả đã công bố chỉ được đính chính bằng bảng \
             xếp hạng mới",
        ),
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn the_whole_machine() {
        let allowed: Vec<String> = CycleState::iter()
            .flat_map(|from| Event::iter().map(move |event| (from, event)))
            .filter_map(|(from, event)| {
                next(from, Some(CycleState::Active), event).ok().map(|to| format!("{from:?} {event:?} → {to:?}"))
            })
            .collect();
        assert_eq!(
            allowed,
            [
                "Draft Launch → Launched",
                "Draft Interrupt → Interrupted",
                "Launched Activate → Active",
                "Launched Interrupt → Interrupted",
                "Active OpenSelfScoring → SelfScoring",
                "Active Interrupt → Interrupted",
                "SelfScoring OpenAppraisal → Appraisal",
                "SelfScoring Interrupt → Interrupted",
                "Appraisal OpenExplanation → Explanation",
                "Appraisal Finalize → Finalized",
                "Appraisal Interrupt → Interrupted",
                "Explanation Finalize → Finalized",
                "Explanation Interrupt → Interrupted",
                "Finalized Publish → Published",
                "Finalized Reopen → Appraisal",
                "Published Close → Closed",
                "Interrupted Resume → Active",
            ]
        );
    }

    #[test]
    fn what_may_change_when() {
        use CycleState::*;
        let states = |change| CycleState::iter().filter(|s| may_change(change, *s).is_ok()).collect::<Vec<_>>();
        assert_eq!(
            states(Change::Edit),
            [Draft, Launched, Active, SelfScoring, Appraisal, Explanation, Finalized, Published]
        );
        assert_eq!(states(Change::Delete), [Draft]);
        assert_eq!(states(Change::MoveDueDates), states(Change::AssignAppraisers));
        assert_eq!(states(Change::SetAwardRules), states(Change::AssignAppraisers));
        assert_eq!(states(Change::AssignAppraisers), [Draft, Launched, Active, SelfScoring, Appraisal, Explanation]);
    }

    #[test]
    fn the_straight_way_leads_from_draft_to_closed() {
        let mut state = CycleState::Draft;
        let mut way = Vec::new();
        while let Some(event) = following(state) {
            way.push(event.name());
            state = next(state, None, event).unwrap();
        }
        assert_eq!(state, CycleState::Closed);
        let straight = "launch activate open-self-scoring open-appraisal open-explanation finalize publish close";
        assert_eq!(way.join(" "), straight);
        assert_eq!(following(CycleState::Interrupted), None);
    }

    #[test]
    fn what_leaves_the_straight_way_needs_a_reason() {
        let reasoned: Vec<_> = Event::iter().filter(|event| needs_reason(*event)).map(Event::name).collect();
        assert_eq!(reasoned, ["interrupt", "resume", "reopen"]);
    }
}
