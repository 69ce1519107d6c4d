//! What an event of provinces means for the cycles it touches: which of them stop, which go on, and who inherits what.
//!
//! Source: practice of mid-2025, when four members of one cluster ceased to exist: a running cycle can be interrupted, with
//! a reason, and carried over. Who takes whose place is decided by people, never guessed.
//!
//! ```text
//! state of the cycle               its year            ways
//! draft … explanation              the event's         interrupt, carry over
//! launched … explanation           an earlier one      keep, interrupt: the provinces were there all the year
//! draft                            an earlier one      stands as it is: nothing was begun
//! finalized, published             any                 stands as it is, nothing is asked
//! interrupted                      any                 stands as it is; it is carried over before it goes on
//! closed                           any                 not touched
//! ```

mod heirs;
mod plan;

use entity::vocab::{CarryOverWay, CycleState, MemberRole};
use uuid::Uuid;

use super::{
    membership::Seat,
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject},
};

pub use plan::{Entering, Plan, plan};

/// A cycle that has a member which the event ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    pub cycle_id: Uuid,
    pub title: String,
    pub year: i32,
    pub state: CycleState,
    /// Every member that is not excluded.
    pub members: Vec<Member>,
    /// Ballots that are open.
    pub open_ballots: usize,
}

/// A member of a touched cycle, with what hangs on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub seat: Seat,
    pub province_id: Uuid,
    /// The event ends it.
    pub ends: bool,
    pub pledge: Option<Uuid>,
    pub scorecard: Option<Uuid>,
}

/// What somebody decided for one cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub cycle_id: Uuid,
    pub way: CarryOverWay,
    pub heirs: Vec<Heir>,
    /// The province that becomes deputy where none is left.
    pub deputy_id: Option<Uuid>,
}

/// A successor that joins the cycle, and what it takes over from whom: ids of provinces that end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heir {
    /// The successor's code, which is unique within the event.
    pub successor_code: String,
    pub pledge_from: Option<Uuid>,
    pub targets_from: Vec<Uuid>,
    pub scorecard_from: Option<Uuid>,
    pub recommendations_from: Vec<Uuid>,
}

/// The ways that are open to a cycle. None: it stands as it is, and nothing is asked.
pub fn ways(state: CycleState, cycle_year: i32, event_year: i32) -> &'static [CarryOverWay] {
    use CarryOverWay::*;
    use CycleState::*;
    match state {
        Draft if cycle_year < event_year => &[],
        Launched | Active | SelfScoring | Appraisal | Explanation if cycle_year < event_year => &[Keep, Interrupt],
        Draft | Launched | Active | SelfScoring | Appraisal | Explanation => &[Interrupt, CarryOver],
        Finalized | Published | Closed | Interrupted => &[],
    }
}

/// Whether a cycle may be carried over after the event: while it is not final, in the year of the event, and with a member
/// that the event ended and nobody excluded yet.
pub fn may_carry_over(state: CycleState, cycle_year: i32, event_year: i32, touched: bool) -> Result<(), Refusal> {
    use CycleState::*;
    let why = match state {
        Finalized | Published | Closed => Phrase::new(
            "final results stand with the provinces as they were",
            "kết quả đã chốt giữ nguyên theo các tỉnh, thành phố lúc đó",
        ),
        _ if cycle_year != event_year => Phrase::new(
            "the event did not happen in the year of the cycle",
            "sự kiện không xảy ra trong năm của năm thi đua này",
        ),
        _ if !touched => Phrase::new(
            "no member of the cycle ended with the event, or all are carried over already",
            "không có thành viên nào chấm dứt theo sự kiện này, hoặc đã được chuyển tiếp",
        ),
        Draft | Launched | Active | SelfScoring | Appraisal | Explanation | Interrupted => return Ok(()),
    };
    Err(Refusal::WrongState(why))
}

/// The cycles that wait for a decision: one blocker each.
pub fn undecided(touched: &[Touched], choices: &[Choice], event_year: i32) -> Vec<Blocker> {
    let waits = |cycle: &&Touched| {
        !ways(cycle.state, cycle.year, event_year).is_empty()
            && !choices.iter().any(|choice| choice.cycle_id == cycle.cycle_id)
    };
    let missing = |cycle: &Touched| Blocker {
        code: "decision_missing",
        message: Phrase::made(
            format!("“{}” has members that end: decide what becomes of it", cycle.title),
            format!("“{}” có thành viên chấm dứt: hãy quyết định cách xử lý", cycle.title),
        ),
        subject: Subject::one("cycle", cycle.cycle_id),
    };
    touched.iter().filter(waits).map(missing).collect()
}

/// What is wrong with the choices before any of them is looked into: each names a touched cycle, once, and a way that is
/// open to it. `at` is where the list stands in the request.
pub fn misplaced(at: &str, choices: &[Choice], touched: &[Touched], event_year: i32) -> Vec<Fault> {
    let judged = choices.iter().enumerate().filter_map(|(index, choice)| {
        if choices.iter().take(index).any(|earlier| earlier.cycle_id == choice.cycle_id) {
            let message = Phrase::new("the cycle is named twice", "năm thi đua được nêu hai lần");
            return Some(Fault::new(format!("{at}/{index}/cycle_id"), "duplicate", message));
        }
        let Some(cycle) = touched.iter().find(|cycle| cycle.cycle_id == choice.cycle_id) else {
            let message = Phrase::new(
                "no cycle that is open has this id and a member that ends",
                "không có năm thi đua nào chưa kết thúc mang mã này và có thành viên chấm dứt",
            );
            return Some(Fault::new(format!("{at}/{index}/cycle_id"), "not_touched", message));
        };
        not_open(cycle, choice.way, event_year)
            .map(|message| Fault::new(format!("{at}/{index}/way"), "not_open", message))
    });
    judged.collect()
}

/// Why a way is not open to the cycle.
fn not_open(cycle: &Touched, way: CarryOverWay, event_year: i32) -> Option<Phrase> {
    let open = ways(cycle.state, cycle.year, event_year);
    if open.contains(&way) {
        return None;
    }
    Some(if open.is_empty() {
        Phrase::new("the cycle stands as it is", "năm thi đua này giữ nguyên")
    } else {
        let words: Vec<&str> = open.iter().map(|way| (*way).into()).collect();
        let words = words.join(", ");
        Phrase::made(format!("open to this cycle: {words}"), format!("năm thi đua này chỉ có thể: {words}"))
    })
}

/// The strongest role among members, with its rank.
fn strongest<'a>(members: impl Iterator<Item = &'a Member>) -> (MemberRole, Option<i32>) {
    let weight = |member: &&Member| match member.seat.role {
        MemberRole::Head => 0,
        MemberRole::Deputy => member.seat.deputy_rank.unwrap_or(i32::MAX),
        MemberRole::Member => i32::MAX,
    };
    members.min_by_key(weight).map_or((MemberRole::Member, None), |member| (member.seat.role, member.seat.deputy_rank))
}

#[cfg(test)]
mod tests;
