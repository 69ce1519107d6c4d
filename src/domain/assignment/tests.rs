use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn task(unit_kind: UnitKind, name: &str, due_on: &str, reported_on: Option<&str>) -> Task {
    Task {
        unit_kind,
        unit_name: name.to_owned(),
        state: if reported_on.is_some() { AssignmentState::Reported } else { AssignmentState::Assigned },
        due_on: day(due_on),
        reported_on: reported_on.map(day),
        rating: None,
    }
}

/// All that is allowed. Whatever is not on this list is refused.
#[test]
fn the_whole_machine() {
    let pairs = AssignmentState::iter().flat_map(|from| Event::iter().map(move |event| (from, event)));
    let arrows: Vec<String> = pairs
        .filter_map(|(from, event)| next(from, event).ok().map(|to| format!("{from:?} {event:?} → {to:?}")))
        .collect();
    assert_eq!(arrows, ["Assigned Report → Reported", "Assigned Withdraw → Withdrawn", "Reported Rate → Rated"]);
    let writes = Write::iter().flat_map(|write| AssignmentState::iter().map(move |state| (write, state)));
    let writable: Vec<String> = writes
        .filter(|(write, state)| may_write(*write, *state).is_ok())
        .map(|(write, state)| format!("{write:?} {state:?}"))
        .collect();
    assert_eq!(writable, ["Task Assigned", "Result Reported", "Note Assigned", "Note Reported", "Note Rated"]);
}

#[test]
fn dates_make_sense() {
    let told =
        |fault: Option<Fault>| fault.map(|fault| format!("{} {}", fault.pointer, fault.code)).unwrap_or_default();
    #[rustfmt::skip]
    let due = [
        (2023, "2022-12-31", "/due_on out_of_year"),
        (2023, "2023-01-01", ""),
        (2023, "2024-12-31", ""),
        (2023, "2025-01-01", "/due_on out_of_year"),
    ];
    for (year, due_on, expected) in due {
        assert_eq!(told(misdue(year, day(due_on))), expected, "{due_on}");
    }
    let today = day("2024-01-15");
    #[rustfmt::skip]
    let reported = [
        ("2022-12-31", "/reported_on too_early"),
        ("2023-01-01", ""),
        ("2024-01-15", ""),
        ("2024-01-16", "/reported_on in_future"),
    ];
    for (reported_on, expected) in reported {
        assert_eq!(told(misreported(2023, day(reported_on), today)), expected, "{reported_on}");
    }
    #[rustfmt::skip]
    let rated = [
        (Some("2024-01-10"), "2024-01-09", "/rated_on too_early"),
        (Some("2024-01-10"), "2024-01-10", ""),
        (None,               "2024-01-15", ""),
        (Some("2024-01-10"), "2024-01-16", "/rated_on in_future"),
    ];
    for (reported_on, rated_on, expected) in rated {
        assert_eq!(told(misrated(reported_on.map(day), day(rated_on), today)), expected, "{rated_on}");
    }
}

#[test]
fn the_due_date_itself_is_in_time() {
    use AssignmentState::*;
    let due = day("2023-06-30");
    #[rustfmt::skip]
    let late = [(None, false), (Some("2023-06-29"), false), (Some("2023-06-30"), false), (Some("2023-07-01"), true)];
    for (reported_on, expected) in late {
        assert_eq!(is_late(due, reported_on.map(day)), expected, "{reported_on:?}");
    }
    for (state, today, expected) in [
        (Assigned, "2023-06-30", false),
        (Assigned, "2023-07-01", true),
        (Reported, "2023-07-01", false),
        (Rated, "2023-07-01", false),
        (Withdrawn, "2023-07-01", false),
    ] {
        assert_eq!(is_overdue(state, due, day(today)), expected, "{state:?} {today}");
    }
}

#[test]
fn a_unit_is_one_however_it_is_typed() {
    use UnitKind::*;
    let due = "2023-06-30";
    let mut rated = task(Department, "Sở Y tế", due, Some("2023-07-02"));
    (rated.state, rated.rating) = (AssignmentState::Rated, Some(AssignmentRating::Good));
    let mut withdrawn = task(Department, "Sở Y tế", due, None);
    withdrawn.state = AssignmentState::Withdrawn;
    let tasks = [
        task(Town, "Thị xã Nghĩa Lộ", due, Some("2023-06-01")),
        rated,
        task(Department, "SỞ  Y TẾ", due, None),
        withdrawn,
        task(Agency, "Sở Y tế", "2024-06-30", None),
        task(District, "Huyện Văn Yên", due, None),
    ];
    let Summary { units, total } = summarise(tasks, day("2023-07-10"));
    let told: Vec<_> = units.iter().map(|unit| (unit.kind, unit.name.as_str(), unit.counts)).collect();
    let none = Counts { assigned: 1, ..Counts::default() };
    let health = Counts { assigned: 2, reported: 1, late: 1, overdue: 1, withdrawn: 1, good: 1, ..Counts::default() };
    assert_eq!(
        told,
        [
            (District, "Huyện Văn Yên", Counts { overdue: 1, ..none }),
            (Department, "Sở Y tế", health),
            (Agency, "Sở Y tế", none),
            (Town, "Thị xã Nghĩa Lộ", Counts { reported: 1, ..none }),
        ]
    );
    let all = Counts { assigned: 5, reported: 2, late: 1, overdue: 2, withdrawn: 1, good: 1, ..Counts::default() };
    assert_eq!(total, all);
    assert_eq!(summarise([], day("2023-07-10")), Summary::default());
}

fn any_task() -> impl Strategy<Value = Task> {
    let kinds: Vec<_> = UnitKind::iter().collect();
    let states: Vec<_> = AssignmentState::iter().collect();
    let ratings: Vec<_> = AssignmentRating::iter().collect();
    let of = (prop::sample::select(kinds), "[abăâ]{1,2}", prop::sample::select(states), prop::sample::select(ratings));
    (of, 1..28_u32, 1..28_u32).prop_map(|((unit_kind, unit_name, state, rating), due, reported)| {
        use AssignmentState::*;
        let in_june = |day| NaiveDate::from_ymd_opt(2023, 6, day).unwrap();
        let reported_on = matches!(state, Reported | Rated).then(|| in_june(reported));
        let rating = (state == Rated).then_some(rating);
        Task { unit_kind, unit_name, state, due_on: in_june(due), reported_on, rating }
    })
}

proptest! {
    #[test]
    fn units_add_up_to_the_total(tasks in prop::collection::vec(any_task(), 0..40), today in 1..30_u32) {
        let all = u32::try_from(tasks.len()).unwrap();
        let Summary { units, total } = summarise(tasks, NaiveDate::from_ymd_opt(2023, 6, today).unwrap());
        let numbers = |c: &Counts| {
            [c.assigned, c.reported, c.late, c.overdue, c.withdrawn, c.excellent, c.good, c.completed, c.not_completed]
        };
        let mut sum = [0; 9];
        for unit in &units {
            for (sum, number) in sum.iter_mut().zip(numbers(&unit.counts)) {
                *sum += number;
            }
        }
        prop_assert_eq!(sum, numbers(&total));
        prop_assert_eq!(total.assigned + total.withdrawn, all);
        for counts in units.iter().map(|unit| &unit.counts).chain([&total]) {
            let rated = counts.excellent + counts.good + counts.completed + counts.not_completed;
            prop_assert!(rated <= counts.reported && counts.late <= counts.reported);
            prop_assert!(counts.reported + counts.overdue <= counts.assigned);
        }
    }
}
