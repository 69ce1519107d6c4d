//! Membership (thành viên cụm): which provinces a cycle has, in which role, and which of them are excluded.
//!
//! Fixed rules of practice: membership belongs to the cycle; a cycle has exactly one head (cụm trưởng) and at least one
//! deputy (cụm phó), ranked 1, 2, …; an excluded province (no year-end report, a serious violation) is shown unranked.
//!
//! ```text
//! cycle      Draft                  Launched … Published     Closed, Interrupted
//! allowed    Add, Alter, Remove     Exclude, Readmit         nothing
//! ```

use chrono::{Datelike, NaiveDate};
use entity::vocab::{CycleState, MemberRole, ScorecardState};
use strum::EnumIter;
use uuid::Uuid;

use super::{
    phrase::Phrase,
    refusal::{Blocker, Fault, Refusal, Subject},
};

/// The rank of the first deputy.
const FIRST_RANK: i32 = 1;

/// What can happen to the members of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Change {
    /// A province joins.
    Add,
    /// Another role or rank.
    Alter,
    /// A province leaves.
    Remove,
}

/// A province in a cycle, with its role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The membership's id.
    pub id: Uuid,
    /// The province's name.
    pub province: String,
    pub role: MemberRole,
    pub deputy_rank: Option<i32>,
}

/// Whether the members may change: they are settled when the cycle is launched.
pub fn may_change(change: Change, cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match (change, cycle) {
        (Change::Add | Change::Alter | Change::Remove, Draft) => Ok(()),
        (Change::Add, _) => wrong_state(
            "provinces join while the cycle is a draft",
            "chỉ thêm được thành viên khi năm thi đua đang chuẩn bị",
        ),
        (Change::Alter, _) => wrong_state(
            "roles change while the cycle is a draft",
            "chỉ thay đổi được vai trò của thành viên khi năm thi đua đang chuẩn bị",
        ),
        (Change::Remove, _) => wrong_state(
            "members are removed while the cycle is a draft; later they can be excluded",
            "chỉ xóa được thành viên khi năm thi đua đang chuẩn bị; sau đó chỉ có thể loại khỏi xếp hạng",
        ),
    }
}

/// Whether a province may be excluded from the ranking. A reason goes with it.
pub fn may_exclude(cycle: CycleState, excluded: bool) -> Result<(), Refusal> {
    while_competing(cycle)?;
    if excluded {
        return wrong_state("the province is excluded already", "tỉnh, thành phố này đã bị loại khỏi xếp hạng");
    }
    Ok(())
}

/// Whether an excluded province may return. Once points are final, only one whose own are final, too: nobody else can
/// be ranked.
pub fn may_readmit(cycle: CycleState, excluded: bool, scorecard: Option<ScorecardState>) -> Result<(), Refusal> {
    use CycleState::*;
    while_competing(cycle)?;
    if !excluded {
        return wrong_state("the province is not excluded", "tỉnh, thành phố này không bị loại khỏi xếp hạng");
    }
    match (cycle, scorecard) {
        (Launched | Active | SelfScoring | Appraisal | Explanation, _) => Ok(()),
        (Finalized | Published, Some(ScorecardState::Final)) => Ok(()),
        _ => wrong_state(
            "the province has no final points and could not be ranked",
            "tỉnh, thành phố này chưa có điểm chính thức nên không thể xếp hạng",
        ),
    }
}

fn while_competing(cycle: CycleState) -> Result<(), Refusal> {
    use CycleState::*;
    match cycle {
        Launched | Active | SelfScoring | Appraisal | Explanation | Finalized | Published => Ok(()),
        Draft | Closed | Interrupted => wrong_state(
            "provinces are excluded and readmitted between the launch and the closing of the cycle",
            "chỉ loại khỏi xếp hạng hoặc khôi phục thành viên từ khi phát động đến trước khi kết thúc năm thi đua",
        ),
    }
}

/// Whether rank and role fit each other.
pub fn check_rank(role: MemberRole, deputy_rank: Option<i32>) -> Option<Fault> {
    let (code, message) = match (role, deputy_rank) {
        (MemberRole::Deputy, Some(FIRST_RANK..)) | (MemberRole::Head | MemberRole::Member, None) => return None,
        (MemberRole::Deputy, None) => {
            ("required", Phrase::new("a deputy has a rank: 1, 2, …", "cụm phó phải có thứ tự: 1, 2, …"))
        }
        (MemberRole::Deputy, Some(_)) => {
            ("out_of_range", Phrase::new("the first deputy has rank 1", "thứ tự của cụm phó bắt đầu từ 1"))
        }
        (MemberRole::Head | MemberRole::Member, Some(_)) => {
            ("only_for_deputies", Phrase::new("only a deputy has a rank", "chỉ cụm phó mới có thứ tự"))
        }
    };
    Some(Fault::new("/deputy_rank", code, message))
}

/// Whether the province exists on at least one day of the cycle's year.
pub fn check_province(year: i32, valid_from: NaiveDate, valid_to: Option<NaiveDate>) -> Option<Fault> {
    let exists = valid_from.year() <= year && valid_to.is_none_or(|last| last.year() >= year);
    (!exists).then(|| {
        let message = Phrase::made(
            format!("the province does not exist in {year}"),
            format!("tỉnh, thành phố này không tồn tại trong năm {year}"),
        );
        Fault::new("/province_id", "not_in_that_year", message)
    })
}

/// What keeps the roles of a cycle from being complete: one head, deputies ranked 1, 2, … without a gap.
pub fn check_roles(seats: &[&Seat]) -> Vec<Blocker> {
    let holding = |role| seats.iter().copied().filter(move |seat| seat.role == role);
    let mut blockers = heads(&holding(MemberRole::Head).collect::<Vec<_>>());
    let mut deputies: Vec<&Seat> = holding(MemberRole::Deputy).collect();
    deputies.sort_by_key(|seat| seat.deputy_rank);
    if deputies.is_empty() {
        blockers.push(Blocker {
            code: "no_deputy",
            message: Phrase::new("no member is deputy", "chưa có thành viên nào làm cụm phó"),
            subject: Subject::any("membership"),
        });
    }
    let mut before = FIRST_RANK - 1;
    for seat in deputies {
        blockers.extend(misplaced(seat, before));
        before = seat.deputy_rank.unwrap_or(before);
    }
    blockers
}

fn heads(heads: &[&Seat]) -> Vec<Blocker> {
    match heads {
        [_] => Vec::new(),
        [] => vec![Blocker {
            code: "no_head",
            message: Phrase::new("no member is head", "chưa có thành viên nào làm cụm trưởng"),
            subject: Subject::any("membership"),
        }],
        several => several
            .iter()
            .map(|seat| {
                let (name, count) = (&seat.province, several.len());
                let message = Phrase::made(
                    format!("{name} is one of {count} heads; a cycle has exactly one"),
                    format!("{name} là một trong {count} cụm trưởng; mỗi năm thi đua chỉ có một cụm trưởng"),
                );
                Blocker { code: "several_heads", message, subject: Subject::one("membership", seat.id) }
            })
            .collect(),
    }
}

/// What is wrong with a deputy that stands after the one with the rank `before`.
fn misplaced(seat: &Seat, before: i32) -> Option<Blocker> {
    let name = &seat.province;
    let (code, message) = match seat.deputy_rank {
        Some(rank) if rank == before.saturating_add(1) => return None,
        Some(rank) if rank == before => (
            "deputy_rank_shared",
            Phrase::made(
                format!("{name} shares rank {rank} with another deputy"),
                format!("{name} trùng thứ tự {rank} với cụm phó khác"),
            ),
        ),
        Some(rank) => (
            "deputy_rank_gap",
            Phrase::made(
                format!("{name} is deputy {rank}, but nobody is deputy {}", before.saturating_add(1)),
                format!("{name} là cụm phó thứ {rank}, nhưng chưa có cụm phó thứ {}", before.saturating_add(1)),
            ),
        ),
        None => (
            "deputy_rank_missing",
            Phrase::made(format!("{name} is deputy without a rank"), format!("{name} là cụm phó nhưng chưa có thứ tự")),
        ),
    };
    Some(Blocker { code, message, subject: Subject::one("membership", seat.id) })
}

fn wrong_state<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strum::IntoEnumIterator;

    use super::*;
    use crate::domain::phrase::Language;

    fn seat(id: u128, province: &str, role: MemberRole, deputy_rank: Option<i32>) -> Seat {
        Seat { id: Uuid::from_u128(id), province: province.into(), role, deputy_rank }
    }

    fn deputy(id: u128, rank: Option<i32>) -> Seat {
        seat(id, "Hòa Bình", MemberRole::Deputy, rank)
    }

    fn head() -> Seat {
        seat(1, "Tuyên Quang", MemberRole::Head, None)
    }

    fn checked(seats: &[Seat]) -> Vec<Blocker> {
        check_roles(&seats.iter().collect::<Vec<_>>())
    }

    /// All that is allowed. Whatever is not on this list is refused.
    #[test]
    fn what_may_change_when() {
        use CycleState::*;
        let changes: Vec<String> = CycleState::iter()
            .flat_map(|cycle| Change::iter().map(move |change| (cycle, change)))
            .filter(|(cycle, change)| may_change(*change, *cycle).is_ok())
            .map(|(cycle, change)| format!("{cycle:?} {change:?}"))
            .collect();
        assert_eq!(changes, ["Draft Add", "Draft Alter", "Draft Remove"]);

        let competing = [Launched, Active, SelfScoring, Appraisal, Explanation, Finalized, Published];
        let states =
            |allowed: &dyn Fn(CycleState) -> bool| CycleState::iter().filter(|c| allowed(*c)).collect::<Vec<_>>();
        assert_eq!(states(&|cycle| may_exclude(cycle, false).is_ok()), competing);
        assert_eq!(states(&|cycle| may_exclude(cycle, true).is_ok()), []);
        assert_eq!(states(&|cycle| may_readmit(cycle, true, Some(ScorecardState::Final)).is_ok()), competing);
        assert_eq!(
            states(&|cycle| may_readmit(cycle, true, None).is_ok()),
            [Launched, Active, SelfScoring, Appraisal, Explanation]
        );
        assert_eq!(states(&|cycle| may_readmit(cycle, false, Some(ScorecardState::Final)).is_ok()), []);
    }

    #[test]
    fn only_deputies_have_ranks() {
        use MemberRole::*;
        #[rustfmt::skip]
        let cases = [
            (Head,   None,    None),
            (Member, None,    None),
            (Deputy, Some(1), None),
            (Deputy, Some(9), None),
            (Deputy, None,     Some("required")),
            (Deputy, Some(0),  Some("out_of_range")),
            (Deputy, Some(-1), Some("out_of_range")),
            (Head,   Some(1),  Some("only_for_deputies")),
            (Member, Some(0),  Some("only_for_deputies")),
        ];
        for (role, rank, expected) in cases {
            assert_eq!(check_rank(role, rank).map(|fault| fault.code), expected, "{role:?} {rank:?}");
        }
    }

    #[test]
    fn a_member_exists_on_some_day_of_the_year() {
        #[rustfmt::skip]
        let cases = [
            (2024, "2008-08-01", Some("2025-06-30"), true),
            (2025, "2008-08-01", Some("2025-06-30"), true),
            (2026, "2008-08-01", Some("2025-06-30"), false),
            (2024, "2025-07-01", None,               false),
            (2025, "2025-07-01", None,               true),
            (2024, "2008-08-01", Some("2024-12-31"), true),
            (2025, "2008-08-01", Some("2024-12-31"), false),
            (2025, "2025-01-01", None,               true),
        ];
        for (year, from, to, expected) in cases {
            let fault = check_province(year, from.parse().unwrap(), to.map(|to| to.parse().unwrap()));
            assert_eq!(fault.is_none(), expected, "{from} to {to:?} in {year}");
        }
    }

    #[test]
    fn roles_are_complete_or_say_what_is_missing() {
        use MemberRole::Member;
        #[rustfmt::skip]
        let cases: [(Vec<Seat>, &[&str]); 9] = [
            (vec![head(), deputy(2, Some(1))],                                         &[]),
            (vec![deputy(2, Some(2)), head(), deputy(3, Some(1))],                     &[]),
            (vec![],                                                                   &["no member is head", "no member is deputy"]),
            (vec![head(), seat(2, "Yên Bái", Member, None)],                           &["no member is deputy"]),
            (vec![head(), deputy(2, Some(2))],                                         &["Hòa Bình is deputy 2, but nobody is deputy 1"]),
            (vec![head(), deputy(2, Some(1)), deputy(3, Some(3)), deputy(4, Some(4))], &["Hòa Bình is deputy 3, but nobody is deputy 2"]),
            (vec![head(), deputy(2, Some(1)), deputy(3, Some(1)), deputy(4, Some(2))], &["Hòa Bình shares rank 1 with another deputy"]),
            (vec![head(), deputy(2, None), deputy(3, Some(1))],                        &["Hòa Bình is deputy without a rank"]),
            (vec![head(), head(), deputy(2, Some(1))],                                 &["Tuyên Quang is one of 2 heads; a cycle has exactly one"; 2]),
        ];
        for (seats, expected) in cases {
            let said: Vec<_> = checked(&seats).iter().map(|b| b.message.say(Language::En).to_owned()).collect();
            assert_eq!(said, expected, "{seats:?}");
        }
    }

    fn any_seats() -> impl Strategy<Value = Vec<Seat>> {
        let role = prop::sample::select(vec![MemberRole::Head, MemberRole::Deputy, MemberRole::Member]);
        prop::collection::vec((role, 1..4_i32), 0..6).prop_map(|seats| {
            (0..)
                .zip(seats)
                .map(|(id, (role, rank))| seat(id, "Yên Bái", role, (role == MemberRole::Deputy).then_some(rank)))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn nothing_is_in_the_way_exactly_where_the_roles_are_complete(seats in any_seats()) {
            let heads = seats.iter().filter(|seat| seat.role == MemberRole::Head).count();
            let mut ranks: Vec<_> = seats.iter().filter_map(|seat| seat.deputy_rank).collect();
            ranks.sort_unstable();
            let complete = heads == 1 && !ranks.is_empty() && (1..).zip(&ranks).all(|(rank, held)| rank == *held);
            prop_assert_eq!(checked(&seats).is_empty(), complete);
        }
    }
}
