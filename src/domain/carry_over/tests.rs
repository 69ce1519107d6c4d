use proptest::prelude::*;

use super::*;

const CYCLE: Uuid = Uuid::from_u128(999);

/// Province `id`, whose membership is 100 + id, pledge 200 + id, scorecard 300 + id.
fn member(id: u128, role: MemberRole, deputy_rank: Option<i32>, ends: bool) -> Member {
    Member {
        seat: Seat { id: Uuid::from_u128(100 + id), province: format!("Tỉnh {id}"), role, deputy_rank },
        province_id: Uuid::from_u128(id),
        ends,
        pledge: Some(Uuid::from_u128(200 + id)),
        scorecard: Some(Uuid::from_u128(300 + id)),
    }
}

/// Head 1, deputies 2 and 3, members 4 and 5; `ending` end.
fn touched(state: CycleState, ending: &[u128]) -> Touched {
    use MemberRole::*;
    let seats = [(1, Head, None), (2, Deputy, Some(1)), (3, Deputy, Some(2)), (4, Member, None), (5, Member, None)];
    Touched {
        cycle_id: CYCLE,
        title: "Năm thi đua 2025".into(),
        year: 2025,
        state,
        members: seats.into_iter().map(|(id, role, rank)| member(id, role, rank, ending.contains(&id))).collect(),
        open_ballots: 0,
    }
}

fn choice(way: CarryOverWay, heirs: Vec<Heir>) -> Choice {
    Choice { cycle_id: CYCLE, way, heirs, deputy_id: None }
}

fn heir(code: &str) -> Heir {
    Heir { successor_code: code.into(), ..Heir::default() }
}

fn province(id: u128) -> Uuid {
    Uuid::from_u128(id)
}

fn successors() -> [(String, String); 2] {
    [("15".into(), "Lào Cai".into()), ("16".into(), "Tân Tỉnh".into())]
}

fn said(plan: &Result<Plan, Refusal>) -> Vec<String> {
    match plan {
        Ok(_) => vec![],
        Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
        Err(Refusal::Blocked(blockers)) => blockers.iter().map(|blocker| blocker.code.to_owned()).collect(),
        Err(other) => panic!("{other:?}"),
    }
}

/// Who enters as what, and who stays as what else.
fn roles(plan: Result<Plan, Refusal>) -> Vec<String> {
    let Ok(Plan::CarryOver { entering, promoted, .. }) = plan else { panic!("{plan:?}") };
    let word =
        |role: MemberRole, rank: Option<i32>| format!("{role:?}{}", rank.map_or(String::new(), |r| r.to_string()));
    let entering = entering.iter().map(|one| format!("{} {}", one.successor_code, word(one.role, one.deputy_rank)));
    let promoted = promoted.iter().map(|(id, role, rank)| format!("{} {}", id.as_u128() - 100, word(*role, *rank)));
    entering.chain(promoted).collect()
}

#[test]
fn which_ways_are_open() {
    use CarryOverWay::*;
    use CycleState::*;
    for state in [Draft, Launched, Active, SelfScoring, Appraisal, Explanation] {
        assert_eq!(ways(state, 2025, 2025), [Interrupt, CarryOver], "{state:?}");
        let earlier: &[CarryOverWay] = if state == Draft { &[] } else { &[Keep, Interrupt] };
        assert_eq!(ways(state, 2024, 2025), earlier, "{state:?}");
    }
    for state in [Finalized, Published, Closed, Interrupted] {
        assert_eq!(ways(state, 2025, 2025), [], "{state:?}");
    }
}

#[test]
fn what_may_be_carried_over_later() {
    use CycleState::*;
    for state in [Draft, Launched, Active, SelfScoring, Appraisal, Explanation, Interrupted] {
        assert_eq!(may_carry_over(state, 2025, 2025, true), Ok(()), "{state:?}");
        assert!(may_carry_over(state, 2024, 2025, true).is_err(), "{state:?}");
        assert!(may_carry_over(state, 2025, 2025, false).is_err(), "{state:?}");
    }
    for state in [Finalized, Published, Closed] {
        assert!(may_carry_over(state, 2025, 2025, true).is_err(), "{state:?}");
    }
}

#[test]
fn an_open_cycle_waits_for_a_decision_and_a_published_one_does_not() {
    let cycles = [touched(CycleState::Active, &[4]), touched(CycleState::Published, &[4])];
    let codes = |choices: &[Choice]| undecided(&cycles[..1], choices, 2025).iter().map(|b| b.code).collect::<Vec<_>>();
    assert_eq!(codes(&[]), ["decision_missing"]);
    assert_eq!(codes(&[choice(CarryOverWay::Interrupt, vec![])]), [""; 0]);
    assert_eq!(undecided(&cycles[1..], &[], 2025), []);
}

#[test]
fn a_choice_names_a_touched_cycle_once_and_a_way_that_is_open() {
    use CarryOverWay::*;
    let active = [touched(CycleState::Active, &[4])];
    let stranger = Choice { cycle_id: Uuid::from_u128(1), ..choice(Interrupt, vec![]) };
    let codes = |choices: &[Choice], cycles: &[Touched]| -> Vec<String> {
        misplaced("/cycles", choices, cycles, 2025).iter().map(|f| format!("{} {}", f.pointer, f.code)).collect()
    };
    assert_eq!(codes(&[choice(Interrupt, vec![])], &active), [""; 0]);
    assert_eq!(codes(&[choice(Keep, vec![])], &active), ["/cycles/0/way not_open"]);
    assert_eq!(
        codes(&[choice(Interrupt, vec![]), choice(CarryOver, vec![])], &active),
        ["/cycles/1/cycle_id duplicate"]
    );
    assert_eq!(codes(&[stranger], &active), ["/cycles/0/cycle_id not_touched"]);
    let published = [touched(CycleState::Published, &[4])];
    assert_eq!(codes(&[choice(Interrupt, vec![])], &published), ["/cycles/0/way not_open"]);
}

#[test]
fn what_is_inherited_belongs_to_a_member_that_ends_and_goes_to_one_heir() {
    use CarryOverWay::*;
    let mut cycle = touched(CycleState::Active, &[4, 5]);
    cycle.members[4].scorecard = None;
    let try_it = |heirs| said(&plan("/cycles/0", &choice(CarryOver, heirs), &cycle, &successors()));
    let from = |id| Some(province(id));
    #[rustfmt::skip]
    let cases: Vec<(Vec<Heir>, &[&str])> = vec![
        (vec![heir("15")], &[]),
        (vec![], &["/cycles/0/heirs required"]),
        (vec![heir("77")], &["/cycles/0/heirs/0/successor_code not_a_successor"]),
        (vec![heir("15"), heir("15")], &["/cycles/0/heirs/1/successor_code duplicate"]),
        (vec![Heir { pledge_from: from(4), targets_from: vec![province(4), province(5)], scorecard_from: from(4), recommendations_from: vec![province(5)], ..heir("15") }], &[]),
        (vec![Heir { pledge_from: from(3), ..heir("15") }], &["/cycles/0/heirs/0/pledge_from not_ending"]),
        (vec![Heir { pledge_from: from(77), ..heir("15") }], &["/cycles/0/heirs/0/pledge_from not_ending"]),
        (vec![Heir { scorecard_from: from(5), ..heir("15") }], &["/cycles/0/heirs/0/scorecard_from nothing_there"]),
        (vec![Heir { targets_from: vec![province(5)], ..heir("15") }], &["/cycles/0/heirs/0/pledge_from required"]),
        (vec![Heir { recommendations_from: vec![province(5), province(5)], ..heir("15") }], &["/cycles/0/heirs/0/recommendations_from/1 duplicate"]),
        (vec![Heir { pledge_from: from(4), ..heir("15") }, Heir { pledge_from: from(4), ..heir("16") }], &["/cycles/0/heirs/1/pledge_from duplicate"]),
    ];
    for (heirs, expected) in cases {
        assert_eq!(try_it(heirs.clone()), expected, "{heirs:?}");
    }
}

#[test]
fn nobody_inherits_where_nothing_is_carried_over() {
    let given = Choice { deputy_id: Some(province(5)), ..choice(CarryOverWay::Interrupt, vec![heir("15")]) };
    let faults = said(&plan("", &given, &touched(CycleState::Active, &[4]), &successors()));
    assert_eq!(faults, ["/heirs only_when_carried_over", "/deputy_id only_when_carried_over"]);
}

#[test]
fn the_heir_takes_the_strongest_place_and_deputies_close_up() {
    use CarryOverWay::CarryOver;
    let outcome = |ending: &[u128], deputy: Option<u128>| {
        let choice = Choice { deputy_id: deputy.map(province), ..choice(CarryOver, vec![heir("15")]) };
        plan("", &choice, &touched(CycleState::Active, ending), &successors())
    };
    assert_eq!(roles(outcome(&[4, 5], None)), ["15 Member"]);
    assert_eq!(roles(outcome(&[1, 5], None)), ["15 Head"]);
    assert_eq!(roles(outcome(&[2, 5], None)), ["15 Deputy1"]);
    assert_eq!(roles(outcome(&[1, 2], None)), ["15 Head", "3 Deputy1"]);
    assert_eq!(roles(outcome(&[2, 3], None)), ["15 Deputy1"]);
    assert_eq!(said(&outcome(&[1, 2, 3], None)), ["no_deputy"]);
    assert_eq!(roles(outcome(&[1, 2, 3], Some(5))), ["15 Head", "5 Deputy1"]);
    assert_eq!(said(&outcome(&[1, 5], Some(4))), ["/deputy_id not_eligible"], "there is a deputy");
    assert_eq!(said(&outcome(&[1, 2, 3, 4], Some(4))), ["/deputy_id not_eligible"], "it does not stay");
}

#[test]
fn a_split_lets_the_first_heir_take_the_place() {
    let halves = vec![Heir { pledge_from: Some(province(1)), ..heir("16") }, heir("15")];
    let plan = plan("", &choice(CarryOverWay::CarryOver, halves), &touched(CycleState::Active, &[1]), &successors());
    let Ok(Plan::CarryOver { leaving, entering, .. }) = &plan else { panic!("{plan:?}") };
    assert_eq!(leaving, &[Uuid::from_u128(101)]);
    assert_eq!(entering[0].pledge, Some(Uuid::from_u128(201)));
    assert_eq!(roles(plan), ["16 Head", "15 Member"]);
}

#[test]
fn targets_of_the_inherited_pledge_come_along_and_others_move() {
    let both = Heir { pledge_from: Some(province(4)), targets_from: vec![province(4), province(5)], ..heir("15") };
    let plan =
        plan("", &choice(CarryOverWay::CarryOver, vec![both]), &touched(CycleState::Active, &[4, 5]), &successors());
    let Ok(Plan::CarryOver { entering, .. }) = plan else { panic!("{plan:?}") };
    assert_eq!(
        (entering[0].pledge, &entering[0].targets_of),
        (Some(Uuid::from_u128(204)), &vec![Uuid::from_u128(205)])
    );
}

#[test]
fn an_open_ballot_is_closed_first() {
    let cycle = Touched { open_ballots: 2, ..touched(CycleState::Active, &[4]) };
    assert_eq!(
        said(&plan("", &choice(CarryOverWay::CarryOver, vec![heir("15")]), &cycle, &successors())),
        ["ballot_open"]
    );
    assert_eq!(plan("", &choice(CarryOverWay::Interrupt, vec![]), &cycle, &successors()), Ok(Plan::Interrupt));
}

proptest! {
    /// Whoever ends, a plan leaves exactly one head and deputies without a gap.
    #[test]
    fn a_plan_leaves_the_roles_complete(ending in prop::collection::btree_set(1..=5_u128, 1..=4), deputy in prop::option::of(1..=5_u128)) {
        let ending: Vec<u128> = ending.into_iter().collect();
        let cycle = touched(CycleState::Active, &ending);
        let choice = Choice { deputy_id: deputy.map(province), ..choice(CarryOverWay::CarryOver, vec![heir("15")]) };
        if let Ok(Plan::CarryOver { leaving, entering, promoted }) = plan("", &choice, &cycle, &successors()) {
            prop_assert_eq!(leaving.len(), ending.len());
            let now = |member: &Member| promoted.iter().find(|(id, ..)| *id == member.seat.id)
                .map_or((member.seat.role, member.seat.deputy_rank), |(_, role, rank)| (*role, *rank));
            let staying = cycle.members.iter().filter(|member| !member.ends).map(now);
            let all: Vec<_> = staying.chain(entering.iter().map(|one| (one.role, one.deputy_rank))).collect();
            prop_assert_eq!(all.iter().filter(|(role, _)| *role == MemberRole::Head).count(), 1);
            let mut ranks: Vec<_> = all.iter().filter_map(|(_, rank)| *rank).collect();
            ranks.sort_unstable();
            prop_assert_eq!(&ranks, &(1..).take(ranks.len()).collect::<Vec<i32>>());
            prop_assert!(!ranks.is_empty());
        }
    }
}
