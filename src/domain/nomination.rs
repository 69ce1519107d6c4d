//! The life of a nomination (suy tôn, đề nghị khen thưởng): a proposal that a province receive an award.
//!
//! ```text
//! Proposed ──Ballot──▶ Balloted
//! Proposed, Balloted ──Submit──▶ Submitted ──Decide──▶ Decided
//!                                     └─────Reject──▶ Rejected
//! Proposed, Balloted, Submitted ──Withdraw──▶ Withdrawn
//! Proposed, Balloted, Submitted ──Hold──▶ OnHold ──Release──▶ where it was
//!                                           └──Reject──▶ Rejected, ──Withdraw──▶ Withdrawn
//! ```
//!
//! Fixed rules of practice: the members nominate when the ranking is known, and the competent authority decides (Law
//! 06/2022/QH15, art. 77 to 80); an excluded province is not nominated. Decided is only what rests on a published
//! result: an award tells the public who led. The leader of a cluster is nominated for the Emulation Flag of the
//! Government (art. 25); whom the members nominate for what remains their vote.

use entity::vocab::{CycleState, NominationState, RecipientKind};
use strum::{EnumIter, IntoStaticStr};
use uuid::Uuid;

use super::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject, blank, unless_blocked, unless_faulty},
};

/// What can happen to a nomination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    /// A ballot of the members carried it; no step of its own, closing the ballot takes it.
    Ballot,
    /// It is handed to the deciding authority.
    Submit,
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
        (Proposed | Balloted, Event::Submit) => Submitted,
        (Submitted, Event::Decide) => Decided,
        (Submitted, Event::Reject) => Rejected,
        (Proposed | Balloted | Submitted | OnHold, Event::Withdraw) => Withdrawn,
        (Proposed | Balloted | Submitted, Event::Hold) => OnHold,
        (OnHold, Event::Release) => held_from.unwrap_or(Proposed),
        (OnHold, Event::Reject) => Rejected,
        (OnHold, Event::Ballot | Event::Submit | Event::Decide) => {
            return refused(
                "the nomination is on hold; release it first",
                "đề nghị khen thưởng đang tạm dừng; hãy cho tiếp tục trước",
            );
        }
        (OnHold, Event::Hold) => {
            return refused("the nomination is on hold already", "đề nghị khen thưởng đã tạm dừng");
        }
        (Proposed | Balloted | Submitted, Event::Release) => {
            return refused("the nomination is not on hold", "đề nghị khen thưởng không bị tạm dừng");
        }
        (Submitted, Event::Submit) => {
            return refused("the nomination has been submitted already", "đề nghị khen thưởng đã được trình");
        }
        (Balloted | Submitted, Event::Ballot) => {
            return refused(
                "only a proposed nomination is voted on",
                "chỉ bỏ phiếu về đề nghị khen thưởng đang ở bước đề xuất",
            );
        }
        (Proposed | Balloted, Event::Decide) => {
            return refused(
                "only a submitted nomination can be decided",
                "chỉ đề nghị khen thưởng đã trình mới được quyết định",
            );
        }
        (Proposed | Balloted, Event::Reject) => {
            return refused(
                "only a submitted nomination can be rejected; a proposed one can be withdrawn",
                "chỉ từ chối được đề nghị khen thưởng đã trình; đề nghị chưa trình thì có thể rút",
            );
        }
        (Decided | Rejected | Withdrawn, _) => {
            return refused("the nomination is closed", "đề nghị khen thưởng đã kết thúc");
        }
    };
    match event {
        Event::Ballot | Event::Submit => while_nominating(cycle)?,
        Event::Decide => once_published(cycle)?,
        Event::Hold | Event::Release | Event::Reject | Event::Withdraw => before_closing(cycle)?,
    }
    Ok(to)
}

/// Whether the step is taken only with a reason.
pub fn needs_reason(event: Event) -> bool {
    match event {
        Event::Hold | Event::Release | Event::Reject | Event::Withdraw => true,
        Event::Ballot | Event::Submit | Event::Decide => false,
    }
}

/// Whether the nomination still waits for an end: an open one keeps its cycle from being closed.
pub fn is_open(state: NominationState) -> bool {
    use NominationState::*;
    match state {
        Proposed | Balloted | Submitted | OnHold => true,
        Decided | Rejected | Withdrawn => false,
    }
}

/// The province that is nominated, as a member of the cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nominee {
    pub membership_id: Uuid,
    /// The province's name.
    pub province: String,
    pub excluded: bool,
    /// Its rank in the ranking that is in force now.
    pub place: Option<i32>,
}

/// What stands in the way of a step: a province that was excluded after it was proposed goes no further, and a rank that
/// a correction has changed since supports no award. `place` is the rank the nomination rests on.
pub fn blockers(event: Event, place: Option<i32>, nominee: &Nominee) -> Vec<Blocker> {
    let name = &nominee.province;
    match event {
        Event::Submit | Event::Decide if nominee.excluded => vec![Blocker {
            code: "nominee_excluded",
            message: Phrase::made(
                format!("{name} is excluded from the ranking"),
                format!("{name} đã bị loại khỏi xếp hạng"),
            ),
            subject: Subject::one("membership", nominee.membership_id),
        }],
        Event::Submit | Event::Decide if nominee.place != place => vec![Blocker {
            code: "rank_changed",
            message: Phrase::made(
                format!("the rank of {name} has changed: withdraw the nomination and propose it anew"),
                format!("thứ hạng của {name} đã thay đổi: hãy rút đề nghị khen thưởng và đề nghị lại"),
            ),
            subject: Subject::any("ranking"),
        }],
        _ => Vec::new(),
    }
}

fn ballot_missing(nominee: &Nominee) -> Blocker {
    let name = &nominee.province;
    Blocker {
        code: "ballot_missing",
        message: Phrase::made(
            format!("the award rule asks for a ballot, and none has carried the nomination of {name}"),
            format!("quy định khen thưởng yêu cầu bỏ phiếu, chưa có cuộc bỏ phiếu nào thông qua việc suy tôn {name}"),
        ),
        subject: Subject::any("ballot"),
    }
}

/// What a step leads to, or everything that forbids it. `ballot_required` is what the award rule says.
pub fn take(
    event: Event,
    (from, held_from): (NominationState, Option<NominationState>),
    place: Option<i32>,
    cycle: CycleState,
    nominee: &Nominee,
    ballot_required: bool,
) -> Result<NominationState, Refusal> {
    let to = next(from, held_from, event, cycle)?;
    let silent = event == Event::Submit && from == NominationState::Proposed && ballot_required;
    let missing = silent.then(|| ballot_missing(nominee));
    unless_blocked(blockers(event, place, nominee).into_iter().chain(missing).collect())?;
    Ok(to)
}

/// Whether nominations may be proposed: when the ranking is known, and until the year is closed.
pub fn may_propose(cycle: CycleState) -> Result<(), Refusal> {
    while_nominating(cycle)
}

/// Whether award, reason and basis may still change: until the authority has it in hands.
pub fn may_edit(state: NominationState, cycle: CycleState) -> Result<(), Refusal> {
    use NominationState::*;
    match state {
        Proposed => while_nominating(cycle),
        Balloted | Submitted | OnHold | Decided | Rejected | Withdrawn => refused(
            "only a nomination that is not yet voted on or submitted can be changed",
            "chỉ sửa được đề nghị khen thưởng chưa bỏ phiếu và chưa trình",
        ),
    }
}

/// Whether this one may be proposed. `nominee` is `None` where the province is no member of the cycle.
pub fn check_proposal(
    nominee: Option<&Nominee>,
    recipient_kinds: &[RecipientKind],
    reason: &str,
) -> Result<(), Refusal> {
    let province = match nominee {
        None => Some((
            "not_a_member",
            Phrase::new(
                "the province is no member of this cycle",
                "tỉnh, thành phố này không phải là thành viên cụm trong năm thi đua",
            ),
        )),
        Some(nominee) if nominee.excluded => Some((
            "excluded",
            Phrase::made(
                format!("{} is excluded from the ranking", nominee.province),
                format!("{} đã bị loại khỏi xếp hạng", nominee.province),
            ),
        )),
        Some(nominee) if nominee.place.is_none() => Some((
            "not_ranked",
            Phrase::made(
                format!("{} has no rank to rest a nomination on", nominee.province),
                format!("{} chưa có thứ hạng làm căn cứ đề nghị khen thưởng", nominee.province),
            ),
        )),
        Some(_) => None,
    };
    let province = province.map(|(code, message)| Fault::new("/province_id", code, message));
    let award = (!recipient_kinds.contains(&RecipientKind::Collective)).then(|| {
        let message = Phrase::new(
            "this award is not given to collectives, and so not to a province",
            "danh hiệu, hình thức khen thưởng này không dành cho tập thể nên không trao cho tỉnh, thành phố",
        );
        Fault::new("/award_type_id", "not_for_collectives", message)
    });
    unless_faulty(province.into_iter().chain(award).chain(blank("/reason", reason)).collect())
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
                "awards are decided while the cycle is published",
                "chỉ quyết định khen thưởng khi năm thi đua đã công bố kết quả",
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
        use NominationState::Submitted;
        let mut allowed = Vec::new();
        for (from, event) in NominationState::iter().flat_map(|from| Event::iter().map(move |event| (from, event))) {
            let cycles: Vec<_> =
                CycleState::iter().filter(|cycle| next(from, Some(Submitted), event, *cycle).is_ok()).collect();
            if let Some(cycle) = cycles.first() {
                let to = next(from, Some(Submitted), event, *cycle).unwrap();
                allowed.push(format!("{from:?} {event:?} → {to:?} in {cycles:?}"));
            }
        }
        assert_eq!(
            allowed,
            [
                "Proposed Ballot → Balloted in [Finalized, Published]",
                "Proposed Submit → Submitted in [Finalized, Published]",
                "Proposed Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Proposed Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Balloted Submit → Submitted in [Finalized, Published]",
                "Balloted Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Balloted Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Submitted Hold → OnHold in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Submitted Decide → Decided in [Published]",
                "Submitted Reject → Rejected in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "Submitted Withdraw → Withdrawn in [Appraisal, Explanation, Finalized, Published, Interrupted]",
                "OnHold Release → Submitted in [Appraisal, Explanation, Finalized, Published, Interrupted]",
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
    fn nominations_are_proposed_once_the_ranking_is_known() {
        let known = [CycleState::Finalized, CycleState::Published];
        let states: Vec<_> = CycleState::iter().filter(|cycle| may_propose(*cycle).is_ok()).collect();
        assert_eq!(states, known);
        for state in NominationState::iter() {
            let states: Vec<_> = CycleState::iter().filter(|cycle| may_edit(state, *cycle).is_ok()).collect();
            let expected: &[_] = if state == NominationState::Proposed { &known } else { &[] };
            assert_eq!(states, expected, "{state:?}");
        }
    }

    fn nominee(excluded: bool) -> Nominee {
        Nominee { membership_id: Uuid::from_u128(1), province: "Yên Bái".into(), excluded, place: Some(2) }
    }

    #[test]
    fn what_a_proposal_must_be() {
        use RecipientKind::*;
        let (yen_bai, excluded) = (nominee(false), nominee(true));
        let unranked = Nominee { place: None, ..nominee(false) };
        #[rustfmt::skip]
        let cases: [(_, &[_], _, &[&str]); 7] = [
            (Some(&yen_bai),  &[Individual, Collective, Household], "Xếp thứ hai", &[]),
            (Some(&yen_bai),  &[Collective],                        "Xếp thứ hai", &[]),
            (Some(&yen_bai),  &[Individual, Household],             "Xếp thứ hai", &["/award_type_id not_for_collectives"]),
            (Some(&excluded), &[Collective],                        "Xếp thứ hai", &["/province_id excluded"]),
            (Some(&unranked), &[Collective],                        "Xếp thứ hai", &["/province_id not_ranked"]),
            (None,            &[Collective],                        " ",           &["/province_id not_a_member", "/reason blank"]),
            (None,            &[],                                  "Xếp thứ hai", &["/province_id not_a_member", "/award_type_id not_for_collectives"]),
        ];
        for (nominee, kinds, reason, expected) in cases {
            let faults = match check_proposal(nominee, kinds, reason) {
                Ok(()) => Vec::new(),
                Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
                Err(other) => panic!("{other:?}"),
            };
            assert_eq!(faults, expected, "{nominee:?} {kinds:?} {reason:?}");
        }
    }

    #[test]
    fn who_is_excluded_or_ranked_anew_goes_no_further() {
        let stopped = |place, nominee: &Nominee| -> Vec<_> {
            let codes =
                |event: Event| blockers(event, place, nominee).into_iter().map(move |one| (event.name(), one.code));
            Event::iter().flat_map(codes).collect()
        };
        let excluded = [("submit", "nominee_excluded"), ("decide", "nominee_excluded")];
        assert_eq!(stopped(Some(2), &nominee(true)), excluded);
        assert_eq!(stopped(Some(1), &nominee(true)), excluded);
        assert_eq!(stopped(Some(1), &nominee(false)), [("submit", "rank_changed"), ("decide", "rank_changed")]);
        assert_eq!(stopped(Some(2), &nominee(false)), []);
    }

    #[test]
    fn the_state_counts_before_the_blockers() {
        use {CycleState::*, NominationState::*};
        let decided =
            |from, cycle, excluded| take(Event::Decide, (from, None), Some(2), cycle, &nominee(excluded), false);
        assert_eq!(decided(Submitted, Published, false), Ok(Decided));
        assert!(matches!(decided(Submitted, Published, true), Err(Refusal::Blocked(_))));
        assert!(matches!(decided(Submitted, Finalized, true), Err(Refusal::WrongState(_))));
    }

    #[test]
    fn where_the_rule_asks_for_a_ballot_only_what_it_carried_goes_on() {
        use {CycleState::Published, NominationState::*};
        let submitted =
            |from, required| take(Event::Submit, (from, None), Some(2), Published, &nominee(false), required);
        assert_eq!(submitted(Proposed, false), Ok(Submitted));
        assert_eq!(submitted(Balloted, true), Ok(Submitted));
        let Err(Refusal::Blocked(blockers)) = submitted(Proposed, true) else { panic!("it went on") };
        assert_eq!(blockers.iter().map(|blocker| blocker.code).collect::<Vec<_>>(), ["ballot_missing"]);
    }
}
