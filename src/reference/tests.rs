//! What the files say, held against what is known.

use std::collections::BTreeSet;

use entity::vocab::{ProvinceEventKind, ProvinceKind, RecipientKind};
use uuid::Uuid;

use super::*;
use crate::domain::province::{self, Successor, Unit};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn valid(on: &str) -> Vec<&'static Province> {
    book().provinces.iter().filter(|it| valid_on(it.key.valid_from, it.valid_to, day(on))).collect()
}

#[test]
fn the_country_through_the_years() {
    #[rustfmt::skip]
    let cases = [
        // day          units  cities  code 15    code 46            code 75
        ("2024-03-01",  63,    5,      "Yên Bái", "Thừa Thiên Huế",  "Đồng Nai"),
        ("2024-12-31",  63,    5,      "Yên Bái", "Thừa Thiên Huế",  "Đồng Nai"),
        ("2025-01-01",  63,    6,      "Yên Bái", "Huế",             "Đồng Nai"),
        ("2025-06-30",  63,    6,      "Yên Bái", "Huế",             "Đồng Nai"),
        ("2025-07-01",  34,    6,      "Lào Cai", "Huế",             "Đồng Nai"),
        ("2026-04-30",  34,    7,      "Lào Cai", "Huế",             "Đồng Nai"),
        ("2026-05-01",  34,    7,      "Lào Cai", "Huế",             "Đồng Nai"),
    ];
    for (on, units, cities, code15, code46, code75) in cases {
        let there = valid(on);
        let named = |code| there.iter().find(|it| it.key.code == code).map(|it| it.name.as_str());
        let city = |it: &&&Province| it.kind == ProvinceKind::City;
        assert_eq!((there.len(), there.iter().filter(city).count()), (units, cities), "{on}");
        assert_eq!([named("15"), named("46"), named("75")], [code15, code46, code75].map(Some), "{on}");
    }
}

#[test]
fn eleven_units_went_through_the_reform_unchanged() {
    let on = |day| valid(day).into_iter().map(|it| &it.key).collect::<BTreeSet<_>>();
    assert_eq!(on("2025-06-30").intersection(&on("2025-07-01")).count(), 11);
}

#[test]
fn the_events() {
    let events = &book().events;
    let count = |kind| events.iter().filter(|event| event.kind == kind).count();
    assert_eq!(count(ProvinceEventKind::Merger), 23);
    assert_eq!(count(ProvinceEventKind::KindChange), 2);
    assert_eq!(events.len(), 25);
    assert!(events.iter().all(|event| event.legal_act.is_some()));
    let merged: usize =
        events.iter().filter(|it| it.kind == ProvinceEventKind::Merger).map(|it| it.predecessors.len()).sum();
    assert_eq!(merged, 63 - 11);
}

/// The rule for events that people record accepts the ones of the files, and comes to the same provinces.
#[test]
fn the_rule_agrees_with_the_files() {
    let book = book();
    let ids: BTreeMap<_, _> = book.provinces.iter().map(|it| &it.key).zip((1..).map(Uuid::from_u128)).collect();
    let unit = |it: &Province| Unit {
        id: ids[&it.key],
        code: it.key.code.clone(),
        name: it.name.clone(),
        kind: it.kind,
        valid_from: it.key.valid_from,
        valid_to: None,
    };
    let find = |key: &ProvinceKey| book.provinces.iter().find(|it| it.key == *key).unwrap();
    let births: BTreeSet<_> = book.events.iter().flat_map(|event| &event.successors).collect();
    let mut register: Vec<_> = book.provinces.iter().filter(|it| !births.contains(&it.key)).map(unit).collect();
    for event in &book.events {
        let announced = province::Event {
            kind: event.kind,
            effective_on: event.effective_on,
            predecessors: event.predecessors.iter().map(|key| ids[key]).collect(),
            successors: event.successors.iter().map(|key| announced(find(key))).collect(),
        };
        let change = province::decide(&announced, &register).unwrap();
        for unit in register.iter_mut().filter(|unit| change.ended.contains(&unit.id)) {
            unit.valid_to = Some(change.valid_to);
        }
        register.extend(event.successors.iter().map(|key| unit(find(key))));
    }
    for unit in &register {
        let told = book.provinces.iter().find(|it| ids[&it.key] == unit.id).unwrap();
        assert_eq!(unit.valid_to, told.valid_to, "{told:?}");
    }
    assert_eq!(register.len(), book.provinces.len());
}

fn announced(it: &Province) -> Successor {
    Successor { code: it.key.code.clone(), name: it.name.clone(), name_en: it.name_en.clone(), kind: it.kind }
}

#[test]
fn who_belonged_where() {
    let book = book();
    let rows = csv::rows::<MembershipRow>(csv::MEMBERSHIPS);
    assert_eq!(book.cycles.iter().map(|cycle| cycle.members.len()).sum::<usize>(), rows.len());
    assert_eq!(book.cycles.len(), 2 * book.clusters.len());
    for year in [2023, 2024] {
        let members = book.cycles.iter().filter(|cycle| cycle.year == year).flat_map(|cycle| &cycle.members);
        let provinces: BTreeSet<_> = members.map(|member| &member.province).collect();
        assert_eq!(provinces.len(), rows.len() / 2, "{year}: a province is in one cluster a year");
    }
    let northern = book.cycles.iter().find(|it| it.cluster_code == "CUM-TDMNPB" && it.year == 2024).unwrap();
    let leading: Vec<_> = northern
        .members
        .iter()
        .filter(|member| member.role != MemberRole::Member)
        .map(|member| (member.province.code.as_str(), member.role, member.deputy_rank, member.certainty))
        .collect();
    assert_eq!(
        leading,
        [("17", MemberRole::Deputy, Some(1), Certainty::Verified), ("08", MemberRole::Head, None, Certainty::Verified),]
    );
    assert_eq!(northern.certainty(), Certainty::Verified);
}

#[test]
fn every_file_is_whole() {
    let book = book();
    assert_eq!((book.clusters.len(), book.award_types.len(), book.campaigns.len()), (8, 60, 9));
    let codes: BTreeSet<_> = book.award_types.iter().map(|it| &it.code).collect();
    assert_eq!(codes.len(), book.award_types.len());
}

#[test]
fn what_an_award_is_worth() {
    use RecipientKind::*;
    let book = book();
    let worth = |code, kind, on| {
        let mut found = book
            .coefficients
            .iter()
            .filter(|it| it.award_type_code == code && it.recipient_kind == kind)
            .filter(|it| valid_on(it.valid_from, it.valid_to, day(on)));
        (found.next().map(|it| it.coefficient.to_string()), found.next().is_none())
    };
    #[rustfmt::skip]
    let cases = [
        ("CTDCP",   Collective, "12"),
        ("CTDBNT",  Collective, "8"),
        ("CSTDTQ",  Individual, "4.5"),
        ("CSTDBNT", Individual, "3"),
        ("CSTDCS",  Individual, "1"),
        ("LDTT",    Individual, "0.3"),
        ("CSTT",    Individual, "0.3"),
        ("TTLDXS",  Collective, "1.5"),
        ("DVQT",    Collective, "1.5"),
        ("TTLDTT",  Collective, "0.8"),
        ("DVTT",    Collective, "0.8"),
        ("BKTTG",   Individual, "3.5"),
        ("BKTTG",   Collective, "7"),
    ];
    for (code, kind, expected) in cases {
        for on in ["2023-12-31", "2024-01-01", "2025-06-30", "2025-07-01"] {
            assert_eq!(worth(code, kind, on), (Some(expected.to_owned()), true), "{code} {on}");
        }
    }
    assert_eq!(worth("BKTTG", Household, "2024-03-01"), (None, true));
    for it in &book.coefficients {
        let award = book.award_types.iter().find(|award| award.code == it.award_type_code).unwrap();
        assert!(award.recipient_kinds.contains(&it.recipient_kind), "{it:?}");
    }
}

#[test]
fn base_salaries_follow_each_other() {
    let on = |text| {
        let found = book().base_salaries.iter().find(|it| valid_on(it.valid_from, it.valid_to, day(text)));
        found.map(|it| it.amount.to_string())
    };
    assert_eq!(on("2023-06-30"), None);
    assert_eq!(on("2023-07-01").as_deref(), Some("1800000"));
    assert_eq!(on("2024-06-30").as_deref(), Some("1800000"));
    assert_eq!(on("2024-07-01").as_deref(), Some("2340000"));
}

#[test]
fn the_days_of_tet_are_off_and_exchanged_days_lie_where_they_can() {
    use crate::domain::working_days::{Holidays, check_holiday, public_comment_until};
    let book = book();
    let holidays: Holidays = book.holidays.iter().map(|it| (it.day, it.kind)).collect();
    let days: BTreeSet<_> = book.holidays.iter().map(|it| it.day).collect();
    assert_eq!((book.holidays.len(), days.len()), (62, 62));
    for it in &book.holidays {
        assert_eq!(check_holiday(it.day, it.kind), Ok(()), "{it:?}");
    }
    for (first, last) in [
        ("2023-01-20", "2023-01-26"),
        ("2024-02-08", "2024-02-14"),
        ("2025-01-25", "2025-02-02"),
        ("2026-02-14", "2026-02-22"),
    ] {
        let (first, last) = (day(first), day(last));
        let around = [first.pred_opt().unwrap(), last.succ_opt().unwrap()];
        assert!(around.iter().all(|day| holidays.is_working_day(*day)), "{first}");
        assert!(first.iter_days().take_while(|day| *day <= last).all(|day| !holidays.is_working_day(day)), "{first}");
    }
    assert_eq!(public_comment_until(day("2024-02-01"), 10, &holidays), day("2024-02-22"));
    assert_eq!(public_comment_until(day("2024-05-20"), 10, &holidays), day("2024-06-03"));
    let uncertain = book.holidays.iter().filter(|it| it.certainty == Certainty::Unsure).map(|it| it.day);
    assert_eq!(uncertain.collect::<Vec<_>>(), [day("2026-11-24")]);
}

#[test]
fn dossiers_ask_for_letter_report_and_minutes() {
    let book = book();
    let asked: BTreeSet<_> = book.requirements.iter().map(|it| (&it.award_type_code, it.document_kind)).collect();
    assert_eq!((book.requirements.len(), asked.len()), (26, 26));
    for it in &book.requirements {
        let award = book.award_types.iter().find(|award| award.code == it.award_type_code).unwrap();
        assert!(award.recipient_kinds.contains(&RecipientKind::Collective), "{it:?}");
        assert_ne!(it.certainty, Certainty::Verified, "nobody has looked up the article: {it:?}");
    }
    let of = |code: &str| book.requirements.iter().filter(|it| it.award_type_code == code && it.required).count();
    assert_eq!([of("CTDCP"), of("BKTTG"), of("CSTDTQ")], [3, 3, 0]);
}
