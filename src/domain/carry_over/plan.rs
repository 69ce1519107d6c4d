//! What is done with one cycle.

use entity::vocab::{CarryOverWay, CycleState, MemberRole};
use uuid::Uuid;

use super::{Choice, Heir, Touched, heirs, strongest};
use crate::domain::{
    membership::{Seat, check_roles},
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject, unless_blocked, unless_faulty},
};

/// What becomes of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// It goes on with the provinces as they were.
    Keep,
    /// It stops; everything stays where it is.
    Interrupt,
    /// The successors take the places of the provinces that end, which stay on the list, unranked.
    CarryOver {
        /// Memberships that end.
        leaving: Vec<Uuid>,
        entering: Vec<Entering>,
        /// The memberships that stay with another role or rank: deputies close up.
        promoted: Vec<(Uuid, MemberRole, Option<i32>)>,
    },
}

impl Plan {
    pub fn way(&self) -> CarryOverWay {
        match self {
            Self::Keep => CarryOverWay::Keep,
            Self::Interrupt => CarryOverWay::Interrupt,
            Self::CarryOver { .. } => CarryOverWay::CarryOver,
        }
    }
}

/// A successor that joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entering {
    pub successor_code: String,
    pub role: MemberRole,
    pub deputy_rank: Option<i32>,
    /// The pledge that becomes its own.
    pub pledge: Option<Uuid>,
    /// The pledges whose targets move into it.
    pub targets_of: Vec<Uuid>,
    /// The scorecard that becomes its own: these scores stand.
    pub scorecard: Option<Uuid>,
    /// Provinces whose open recommendations become its own.
    pub recommendations_of: Vec<Uuid>,
}

/// Checks a choice for its cycle and says what is done. `at` is where it stands in the request; `successors` are the codes
/// and names of the event's.
pub fn plan(at: &str, choice: &Choice, cycle: &Touched, successors: &[(String, String)]) -> Result<Plan, Refusal> {
    if choice.way != CarryOverWay::CarryOver {
        unless_faulty(idle(at, choice))?;
        return Ok(if choice.way == CarryOverWay::Keep { Plan::Keep } else { Plan::Interrupt });
    }
    let codes: Vec<String> = successors.iter().map(|(code, _)| code.clone()).collect();
    unless_faulty(heirs::faults(at, choice, cycle, &codes))?;
    let pledge_of = |province_id| member_of(cycle, province_id).and_then(|member| member.pledge);
    let entering: Vec<Entering> = choice
        .heirs
        .iter()
        .enumerate()
        .map(|(index, heir)| {
            // Where several go on from one, the first that is named takes its place among head and deputies.
            let ending = cycle.members.iter().filter(|member| member.ends && index == 0);
            let (role, deputy_rank) = strongest(ending);
            Entering {
                successor_code: heir.successor_code.clone(),
                role,
                deputy_rank,
                pledge: heir.pledge_from.and_then(pledge_of),
                targets_of: moved(heir).filter_map(pledge_of).collect(),
                scorecard: heir.scorecard_from.and_then(|id| member_of(cycle, id)?.scorecard),
                recommendations_of: heir.recommendations_from.clone(),
            }
        })
        .collect();
    settle(at, choice, cycle, entering, successors)
}

/// The provinces whose targets move; those of the inherited pledge come along with it.
fn moved(heir: &Heir) -> impl Iterator<Item = Uuid> {
    heir.targets_from.iter().copied().filter(|id| heir.pledge_from != Some(*id))
}

fn member_of(cycle: &Touched, province_id: Uuid) -> Option<&super::Member> {
    cycle.members.iter().find(|member| member.province_id == province_id)
}

/// What is given in vain: nobody inherits where nothing is carried over.
fn idle(at: &str, choice: &Choice) -> Vec<Fault> {
    let vain = || Phrase::new("only where the cycle is carried over", "chỉ dùng khi năm thi đua được chuyển tiếp");
    let heirs = (!choice.heirs.is_empty()).then(|| Fault::new(format!("{at}/heirs"), "only_when_carried_over", vain()));
    let deputy = choice.deputy_id.map(|_| Fault::new(format!("{at}/deputy_id"), "only_when_carried_over", vain()));
    heirs.into_iter().chain(deputy).collect()
}

/// Head and deputies afterwards: deputies close up, and where none is left the one who was named moves up.
fn settle(
    at: &str,
    choice: &Choice,
    cycle: &Touched,
    mut entering: Vec<Entering>,
    successors: &[(String, String)],
) -> Result<Plan, Refusal> {
    let staying = || cycle.members.iter().filter(|member| !member.ends);
    let mut seats: Vec<Seat> = staying().map(|member| member.seat.clone()).collect();
    seats.extend(entering.iter().map(|heir| seat(heir, successors)));
    close_up(&mut seats);
    if let Some(province_id) = choice.deputy_id {
        let free = !seats.iter().any(|seat| seat.role == MemberRole::Deputy);
        let named = staying().find(|member| member.province_id == province_id).map(|member| member.seat.id);
        let seat = seats.iter_mut().find(|seat| Some(seat.id) == named && seat.role == MemberRole::Member);
        match seat.filter(|_| free) {
            Some(seat) => (seat.role, seat.deputy_rank) = (MemberRole::Deputy, Some(1)),
            None => unless_faulty(vec![Fault::new(
                format!("{at}/deputy_id"),
                "not_eligible",
                Phrase::new(
                    "a plain member that stays, and only where no deputy is left",
                    "phải là thành viên ở lại và chưa giữ vai trò nào, chỉ khi không còn cụm phó",
                ),
            )])?,
        }
    }
    let mut blockers: Vec<Blocker> = open_ballots(cycle).into_iter().collect();
    if cycle.state != CycleState::Draft {
        blockers.extend(check_roles(&seats.iter().collect::<Vec<_>>()));
    }
    unless_blocked(blockers)?;
    for (heir, seat) in entering.iter_mut().zip(seats.iter().skip(staying().count())) {
        (heir.role, heir.deputy_rank) = (seat.role, seat.deputy_rank);
    }
    let changed = |seat: &Seat| {
        staying().any(|member| {
            member.seat.id == seat.id && (member.seat.role, member.seat.deputy_rank) != (seat.role, seat.deputy_rank)
        })
    };
    let promoted =
        seats.iter().filter(|seat| changed(seat)).map(|seat| (seat.id, seat.role, seat.deputy_rank)).collect();
    let leaving = cycle.members.iter().filter(|member| member.ends).map(|member| member.seat.id).collect();
    Ok(Plan::CarryOver { leaving, entering, promoted })
}

fn seat(heir: &Entering, successors: &[(String, String)]) -> Seat {
    let name = successors.iter().find(|(code, _)| *code == heir.successor_code).map(|(_, name)| name.clone());
    Seat { id: Uuid::nil(), province: name.unwrap_or_default(), role: heir.role, deputy_rank: heir.deputy_rank }
}

/// Ranks 1, 2, … without a gap, in the order they had.
fn close_up(seats: &mut [Seat]) {
    let mut deputies: Vec<&mut Seat> = seats.iter_mut().filter(|seat| seat.role == MemberRole::Deputy).collect();
    deputies.sort_by_key(|seat| seat.deputy_rank);
    for (rank, seat) in (1..).zip(deputies) {
        seat.deputy_rank = Some(rank);
    }
}

fn open_ballots(cycle: &Touched) -> Option<Blocker> {
    (cycle.open_ballots > 0).then(|| Blocker {
        code: "ballot_open",
        message: Phrase::made(
            format!("{} of its ballots are open: close them first", cycle.open_ballots),
            format!("còn {} cuộc bỏ phiếu đang mở: hãy kết thúc trước", cycle.open_ballots),
        ),
        subject: Subject::any("ballot"),
    })
}
