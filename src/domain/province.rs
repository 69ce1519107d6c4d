//! How provinces change: an event ends some on one day and lets others begin on the next.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use entity::vocab::{ProvinceEventKind, ProvinceKind};
use uuid::Uuid;

use super::{
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
    text::nfc,
};

/// Later days are refused: a slip of the pen, not a plan.
const LAST_YEAR: i32 = 2100;

/// Years beyond these are slips of the pen: the service speaks of nothing before the present state.
const YEARS: RangeInclusive<i32> = 1945..=LAST_YEAR;

/// A province as the register holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub kind: ProvinceKind,
    pub valid_from: NaiveDate,
    /// The last day; open while it exists.
    pub valid_to: Option<NaiveDate>,
}

/// A province as an event announces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Successor {
    pub code: String,
    pub name: String,
    pub name_en: String,
    pub kind: ProvinceKind,
}

/// What is to happen on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub kind: ProvinceEventKind,
    /// The first day of the successors; the day before is the last of the predecessors.
    pub effective_on: NaiveDate,
    pub predecessors: Vec<Uuid>,
    pub successors: Vec<Successor>,
}

/// What the event does to the register. Every predecessor passes on to every successor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The last day of each predecessor.
    pub valid_to: NaiveDate,
    pub ended: Vec<Uuid>,
    /// In the order of the announcement, names composed and trimmed; they begin on the event's day and stay open.
    pub born: Vec<Successor>,
}

/// Whether something that lasts from `valid_from` to `valid_to`, both included, is there on `day`.
pub fn valid_on(valid_from: NaiveDate, valid_to: Option<NaiveDate>, day: NaiveDate) -> bool {
    valid_from <= day && valid_to.is_none_or(|last| day <= last)
}

/// What a province does or is said to have done in a year needs a province that was there on a day of it, were it the
/// last one of its own.
pub fn absent_in(valid_from: NaiveDate, valid_to: Option<NaiveDate>, year: i32) -> Option<Fault> {
    if !YEARS.contains(&year) {
        let message = Phrase::new("between the years 1945 and 2100", "từ năm 1945 đến năm 2100");
        return Some(Fault::new("/year", "out_of_range", message));
    }
    let there = valid_from.year() <= year && valid_to.is_none_or(|last| year <= last.year());
    (!there).then(|| {
        let message = Phrase::made(
            format!("the province does not exist in {year}"),
            format!("tỉnh, thành phố này không tồn tại trong năm {year}"),
        );
        Fault::new("/province_id", "not_valid_then", message)
    })
}

/// Checks an event against the whole `register` and says what it does.
pub fn decide(event: &Event, register: &[Unit]) -> Result<Change, Refusal> {
    let Some(valid_to) = event.effective_on.pred_opt().filter(|_| event.effective_on.year() <= LAST_YEAR) else {
        return Err(Refusal::fault(
            "/effective_on",
            "out_of_range",
            Phrase::new("no later than the year 2100", "không muộn hơn năm 2100"),
        ));
    };
    let born: Vec<Successor> = event.successors.iter().map(tidied).collect();
    let mut faults = miscounted(event);
    let ending = ending(event, valid_to, register, &mut faults);
    for (index, successor) in born.iter().enumerate() {
        faults.extend(spelling(index, successor));
        let earlier = born.iter().take(index);
        faults.extend(taken(index, successor, earlier, event, register));
    }
    if let ([before], [after]) = (ending.as_slice(), born.as_slice()) {
        faults.extend(alteration(event.kind, before, after));
    }
    unless_faulty(faults)?;
    Ok(Change { valid_to, ended: event.predecessors.clone(), born })
}

fn tidied(successor: &Successor) -> Successor {
    let tidy = |text: &str| nfc(text.trim()).into_owned();
    Successor {
        code: tidy(&successor.code),
        name: tidy(&successor.name),
        name_en: tidy(&successor.name_en),
        kind: successor.kind,
    }
}

/// How many provinces each kind of event takes and gives.
fn miscounted(event: &Event) -> Vec<Fault> {
    use ProvinceEventKind::*;
    let (several_before, several_after) = match event.kind {
        Merger => (true, false),
        Split => (false, true),
        Renaming | KindChange | Recoding => (false, false),
    };
    [
        ("/predecessor_ids", event.predecessors.len(), several_before),
        ("/successors", event.successors.len(), several_after),
    ]
    .into_iter()
    .filter_map(|(pointer, count, several)| match (several, count) {
        (true, 2..) | (false, 1) => None,
        (true, _) => Some((pointer, Phrase::new("at least two provinces", "ít nhất hai tỉnh, thành phố"))),
        (false, _) => Some((pointer, Phrase::new("exactly one province", "đúng một tỉnh, thành phố"))),
    })
    .map(|(pointer, message)| Fault::new(pointer, "wrong_count", message))
    .collect()
}

/// The predecessors out of the register; whoever cannot end is a fault.
fn ending<'a>(event: &Event, last_day: NaiveDate, register: &'a [Unit], faults: &mut Vec<Fault>) -> Vec<&'a Unit> {
    let mut found = Vec::new();
    for (index, id) in event.predecessors.iter().enumerate() {
        let mut fault = |code, message| faults.push(Fault::new(format!("/predecessor_ids/{index}"), code, message));
        let unit = register.iter().find(|unit| unit.id == *id);
        match unit {
            _ if event.predecessors.iter().take(index).any(|earlier| earlier == id) => {
                fault("duplicate", Phrase::new("is named twice", "được nêu hai lần"));
            }
            None => fault("unknown", Phrase::new("no such province", "không có tỉnh, thành phố này")),
            Some(unit) if unit.valid_to.is_some() => {
                fault("already_ended", Phrase::new("has ended already", "đã chấm dứt từ trước"));
            }
            Some(unit) if !valid_on(unit.valid_from, unit.valid_to, last_day) => {
                fault("not_yet_valid", Phrase::new("does not exist the day before", "chưa tồn tại vào ngày hôm trước"));
            }
            Some(unit) => found.push(unit),
        }
    }
    found
}

fn spelling(index: usize, successor: &Successor) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |member, code, message| faults.push(Fault::new(pointer(index, member), code, message));
    if successor.code.len() != 2 || !successor.code.bytes().all(|byte| byte.is_ascii_digit()) {
        fault("code", "malformed", Phrase::new("a code has two digits", "mã gồm hai chữ số"));
    }
    for (member, text) in [("name", &successor.name), ("name_en", &successor.name_en)] {
        if text.is_empty() {
            fault(member, "blank", Phrase::new("must not be blank", "không được để trống"));
        }
    }
    faults
}

/// A code names one province on a day. What ends with the event gives its code free; what begins stays open, so that
/// whoever holds the code on the day or later is in the way.
fn taken<'a>(
    index: usize,
    successor: &Successor,
    mut earlier: impl Iterator<Item = &'a Successor>,
    event: &Event,
    register: &[Unit],
) -> Option<Fault> {
    if earlier.any(|other| other.code == successor.code) {
        let message = Phrase::new("two successors share this code", "hai đơn vị kế thừa trùng mã");
        return Some(Fault::new(pointer(index, "code"), "duplicate", message));
    }
    let holder = register.iter().find(|unit| {
        unit.code == successor.code
            && unit.valid_to.is_none_or(|last| last >= event.effective_on)
            && !event.predecessors.contains(&unit.id)
    })?;
    let message = Phrase::made(
        format!("the code belongs to {} on or after that day", holder.name),
        format!("mã này thuộc về {} vào ngày đó hoặc sau đó", holder.name),
    );
    Some(Fault::new(pointer(index, "code"), "taken", message))
}

/// What must change, and what must stay, where one province goes on under another name, kind or code.
fn alteration(kind: ProvinceEventKind, before: &Unit, after: &Successor) -> Vec<Fault> {
    use ProvinceEventKind::*;
    let name = ("name", before.name == after.name);
    let rank = ("kind", before.kind == after.kind);
    let code = ("code", before.code == after.code);
    let (new, kept): (_, &[_]) = match kind {
        Renaming => (name, &[rank]),
        KindChange => (rank, &[]),
        Recoding => (code, &[name, rank]),
        Merger | Split => return Vec::new(),
    };
    let unchanged = [new].into_iter().filter(|(_, same)| *same).map(|(member, _)| {
        let message = Phrase::new("must differ from the predecessor's", "phải khác với đơn vị trước đó");
        Fault::new(pointer(0, member), "unchanged", message)
    });
    let altered = kept.iter().filter(|(_, same)| !same).map(|(member, _)| {
        let message = Phrase::new("another kind of event changes this", "thay đổi này thuộc loại sự kiện khác");
        Fault::new(pointer(0, member), "must_stay", message)
    });
    unchanged.chain(altered).collect()
}

fn pointer(index: usize, member: &str) -> String {
    format!("/successors/{index}/{member}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_province_is_there_in_every_year_it_touches() {
        #[rustfmt::skip]
        let cases = [
            ("2008-08-01", None,               2007, Some("/province_id not_valid_then")),
            ("2008-08-01", None,               2008, None),
            ("2008-08-01", None,               2100, None),
            ("2008-12-31", Some("2008-12-31"), 2008, None),
            ("1991-01-01", Some("2025-06-30"), 2025, None),
            ("1991-01-01", Some("2025-06-30"), 2026, Some("/province_id not_valid_then")),
            ("2025-07-01", None,               2025, None),
            ("2025-07-01", None,               2024, Some("/province_id not_valid_then")),
            ("1900-01-01", None,               1945, None),
            ("1900-01-01", None,               1944, Some("/year out_of_range")),
            ("1900-01-01", None,               2101, Some("/year out_of_range")),
            ("1900-01-01", None,               i32::MIN, Some("/year out_of_range")),
        ];
        for (from, to, year, expected) in cases {
            let fault = absent_in(day(from), to.map(day), year);
            let fault = fault.map(|fault| format!("{} {}", fault.pointer, fault.code));
            assert_eq!(fault.as_deref(), expected, "{from} to {to:?} in {year}");
        }
    }

    /// A province open since 2008; its id tells its code.
    fn unit(code: u32, name: &str) -> Unit {
        Unit {
            id: Uuid::from_u128(code.into()),
            code: format!("{code:02}"),
            name: name.into(),
            kind: ProvinceKind::Province,
            valid_from: day("2008-08-01"),
            valid_to: None,
        }
    }

    fn successor(code: &str, name: &str, kind: ProvinceKind) -> Successor {
        Successor { code: code.into(), name: name.into(), name_en: "Somewhere".into(), kind }
    }

    fn province(code: &str, name: &str) -> Successor {
        successor(code, name, ProvinceKind::Province)
    }

    fn event(kind: ProvinceEventKind, predecessors: &[u32], successors: &[Successor]) -> Event {
        Event {
            kind,
            effective_on: day("2025-07-01"),
            predecessors: predecessors.iter().map(|&code| Uuid::from_u128(code.into())).collect(),
            successors: successors.to_vec(),
        }
    }

    fn register() -> Vec<Unit> {
        let mut ended = unit(46, "Thừa Thiên Huế");
        ended.valid_to = Some(day("2024-12-31"));
        let mut future = unit(99, "Mai Sau");
        future.valid_from = day("2026-01-01");
        vec![unit(10, "Lào Cai"), unit(15, "Yên Bái"), unit(20, "Lạng Sơn"), ended, future]
    }

    fn faults(event: &Event) -> Vec<String> {
        match decide(event, &register()) {
            Ok(_) => Vec::new(),
            Err(Refusal::Invalid(faults)) => faults.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_merger_may_take_a_code_that_falls_free() {
        use ProvinceEventKind::Merger;
        let merger = event(Merger, &[10, 15], &[province("15", "  La\u{300}o Cai ")]);
        let change = decide(&merger, &register()).unwrap();
        assert_eq!(change.valid_to, day("2025-06-30"));
        assert_eq!(change.ended, merger.predecessors);
        assert_eq!(change.born, [province("15", "Lào Cai")]);
    }

    #[test]
    fn what_each_kind_of_event_allows() {
        use ProvinceEventKind::*;
        use ProvinceKind::City;
        let yen_bai = || province("15", "Yên Bái");
        let new = |code| province(code, "Tân Tỉnh");
        #[rustfmt::skip]
        let cases: Vec<(Event, &[&str])> = vec![
            (event(Merger,     &[10, 15],     &[new("10")]),                 &[]),
            (event(Merger,     &[10, 15, 20], &[new("46")]),                 &[]),
            (event(Merger,     &[10],         &[new("10")]),                 &["/predecessor_ids wrong_count"]),
            (event(Merger,     &[10, 15],     &[new("10"), new("15")]),      &["/successors wrong_count"]),
            (event(Merger,     &[],           &[]),                          &["/predecessor_ids wrong_count", "/successors wrong_count"]),
            (event(Merger,     &[10, 10],     &[new("10")]),                 &["/predecessor_ids/1 duplicate"]),
            (event(Merger,     &[10, 77],     &[new("10")]),                 &["/predecessor_ids/1 unknown"]),
            (event(Merger,     &[46, 10],     &[new("10")]),                 &["/predecessor_ids/0 already_ended"]),
            (event(Merger,     &[10, 99],     &[new("10")]),                 &["/predecessor_ids/1 not_yet_valid"]),
            (event(Merger,     &[10, 15],     &[new("20")]),                 &["/successors/0/code taken"]),
            (event(Split,      &[15],         &[new("15"), new("16")]),      &[]),
            (event(Split,      &[15],         &[new("15")]),                 &["/successors wrong_count"]),
            (event(Split,      &[10, 15],     &[new("15"), new("16")]),      &["/predecessor_ids wrong_count"]),
            (event(Split,      &[15],         &[new("16"), new("16")]),      &["/successors/1/code duplicate"]),
            (event(Split,      &[15],         &[new("16"), new("99")]),      &["/successors/1/code taken"]),
            (event(Renaming,   &[15],         &[new("15")]),                 &[]),
            (event(Renaming,   &[15],         &[yen_bai()]),                 &["/successors/0/name unchanged"]),
            (event(Renaming,   &[15],         &[successor("15", "Tân", City)]), &["/successors/0/kind must_stay"]),
            (event(KindChange, &[15],         &[successor("15", "Yên Bái", City)]), &[]),
            (event(KindChange, &[15],         &[successor("15", "Tân", City)]), &[]),
            (event(KindChange, &[15],         &[yen_bai()]),                 &["/successors/0/kind unchanged"]),
            (event(Recoding,   &[15],         &[province("16", "Yên Bái")]), &[]),
            (event(Recoding,   &[15],         &[yen_bai()]),                 &["/successors/0/code unchanged"]),
            (event(Recoding,   &[15],         &[new("16")]),                 &["/successors/0/name must_stay"]),
            (event(Renaming,   &[15],         &[new("1")]),                  &["/successors/0/code malformed"]),
            (event(Renaming,   &[15],         &[new("１５")]),               &["/successors/0/code malformed"]),
            (event(Renaming,   &[15],         &[province("15", " \t")]),     &["/successors/0/name blank"]),
        ];
        for (event, expected) in cases {
            assert_eq!(faults(&event), expected, "{event:?}");
        }
    }

    #[test]
    fn days_beyond_reason_are_refused() {
        for day in [NaiveDate::MIN, NaiveDate::MAX, day("2101-01-01")] {
            let mut renaming = event(ProvinceEventKind::Renaming, &[15], &[province("15", "Tân Tỉnh")]);
            renaming.effective_on = day;
            assert_eq!(faults(&renaming), ["/effective_on out_of_range"]);
        }
    }

    #[test]
    fn both_ends_of_a_period_belong_to_it() {
        let (from, to) = (day("2025-01-01"), day("2025-06-30"));
        #[rustfmt::skip]
        let cases = [
            ("2024-12-31", Some(to), false),
            ("2025-01-01", Some(to), true),
            ("2025-06-30", Some(to), true),
            ("2025-07-01", Some(to), false),
            ("2099-01-01", None,     true),
        ];
        for (on, to, expected) in cases {
            assert_eq!(valid_on(from, to, day(on)), expected, "{on}");
        }
    }

    /// The register after the event.
    fn after(mut register: Vec<Unit>, event: &Event, change: &Change) -> Vec<Unit> {
        for unit in register.iter_mut().filter(|unit| change.ended.contains(&unit.id)) {
            unit.valid_to = Some(change.valid_to);
        }
        let born = change.born.iter().zip(1000_u128..).map(|(born, id)| Unit {
            id: Uuid::from_u128(id),
            code: born.code.clone(),
            name: born.name.clone(),
            kind: born.kind,
            valid_from: event.effective_on,
            valid_to: None,
        });
        register.extend(born.collect::<Vec<_>>());
        register
    }

    fn codes_on(register: &[Unit], day: NaiveDate) -> Vec<&str> {
        let valid = register.iter().filter(|unit| valid_on(unit.valid_from, unit.valid_to, day));
        let mut codes: Vec<_> = valid.map(|unit| unit.code.as_str()).collect();
        codes.sort_unstable();
        codes
    }

    proptest! {
        #[test]
        fn an_accepted_event_keeps_the_register_sound(
            kind in prop::sample::select(vec![
                ProvinceEventKind::Merger, ProvinceEventKind::Split, ProvinceEventKind::Renaming,
                ProvinceEventKind::KindChange, ProvinceEventKind::Recoding,
            ]),
            predecessors in prop::collection::vec(0_u32..8, 1..4),
            successors in prop::collection::vec((0_u32..12, prop::bool::ANY), 1..4),
        ) {
            let register: Vec<_> = (0..8).map(|code| unit(code, &format!("Tỉnh {code}"))).collect();
            let successors: Vec<_> = successors
                .iter()
                .map(|(code, city)| {
                    let kind = if *city { ProvinceKind::City } else { ProvinceKind::Province };
                    successor(&format!("{code:02}"), &format!("Tỉnh {code}"), kind)
                })
                .collect();
            let event = event(kind, &predecessors, &successors);
            if let Ok(change) = decide(&event, &register) {
                let later = after(register.clone(), &event, &change);
                for day in [change.valid_to, event.effective_on, day("2100-12-31")] {
                    let codes = codes_on(&later, day);
                    prop_assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{day}: {codes:?}");
                }
                prop_assert_eq!(codes_on(&later, change.valid_to), codes_on(&register, change.valid_to));
                prop_assert_eq!(
                    codes_on(&later, event.effective_on).len() + predecessors.len(),
                    register.len() + successors.len()
                );
            }
        }
    }
}
