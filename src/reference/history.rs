//! The provinces and what happened to them, read out of rows of validity.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use entity::vocab::{ProvinceEventKind, ProvinceKind};

use super::csv::{ProvinceActRow, ProvinceRow};

/// Names a province for all time: a code alone does so only together with a date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProvinceKey {
    pub code: String,
    pub valid_from: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    pub key: ProvinceKey,
    pub name: String,
    pub name_en: String,
    pub kind: ProvinceKind,
    pub valid_to: Option<NaiveDate>,
}

/// One dated event. Every predecessor passes on to every successor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvinceEvent {
    pub kind: ProvinceEventKind,
    pub effective_on: NaiveDate,
    pub legal_act: Option<String>,
    pub predecessors: Vec<ProvinceKey>,
    pub successors: Vec<ProvinceKey>,
}

/// The provinces and the events, both by day.
///
/// Where a row only goes on under the same code, name and kind, nothing happened: the two rows are one province.
pub(super) fn tell(mut rows: Vec<ProvinceRow>, acts: &[ProvinceActRow]) -> (Vec<Province>, Vec<ProvinceEvent>) {
    rows.sort_by_key(|row| row.valid_from);
    let mut provinces = BTreeMap::new();
    let mut events = Vec::new();
    // Who ends the day before a province begins; complete when its row comes, for the rows come by day.
    let mut heirs: BTreeMap<ProvinceKey, Vec<ProvinceKey>> = BTreeMap::new();
    for row in rows {
        let start = ProvinceKey { code: row.code.clone(), valid_from: row.valid_from };
        let predecessors = heirs.remove(&start).unwrap_or_default();
        let heir = heir(&row);
        let key = if let Some(same) = continued(&predecessors, &row, &mut provinces) {
            same.valid_to = row.valid_to;
            same.key.clone()
        } else {
            let ProvinceRow { name, name_en, kind, valid_to, .. } = row;
            let province = Province { key: start.clone(), name, name_en, kind, valid_to };
            events.extend(event(predecessors, &province, &provinces, acts));
            provinces.insert(start.clone(), province);
            start
        };
        if let Some(heir) = heir {
            heirs.entry(heir).or_default().push(key);
        }
    }
    let mut provinces: Vec<_> = provinces.into_values().collect();
    provinces.sort_by_key(|province| province.key.valid_from);
    (provinces, events)
}

fn heir(row: &ProvinceRow) -> Option<ProvinceKey> {
    let valid_from = row.valid_to?.checked_add_days(Days::new(1))?;
    Some(ProvinceKey { code: row.successor_code.clone()?, valid_from })
}

/// The province of which `row` is but a further stretch.
fn continued<'a>(
    predecessors: &[ProvinceKey],
    row: &ProvinceRow,
    provinces: &'a mut BTreeMap<ProvinceKey, Province>,
) -> Option<&'a mut Province> {
    let [only] = predecessors else { return None };
    provinces.get_mut(only).filter(|it| it.key.code == row.code && it.name == row.name && it.kind == row.kind)
}

fn event(
    predecessors: Vec<ProvinceKey>,
    successor: &Province,
    provinces: &BTreeMap<ProvinceKey, Province>,
    acts: &[ProvinceActRow],
) -> Option<ProvinceEvent> {
    let kind = match predecessors.as_slice() {
        [] => return None,
        [only] => alteration(provinces.get(only)?, successor),
        _ => ProvinceEventKind::Merger,
    };
    let effective_on = successor.key.valid_from;
    let act = acts.iter().find(|act| act.effective_on == effective_on);
    let legal_act = act.map(|act| act.legal_act.clone());
    Some(ProvinceEvent { kind, effective_on, legal_act, predecessors, successors: vec![successor.key.clone()] })
}

fn alteration(before: &Province, after: &Province) -> ProvinceEventKind {
    if before.kind != after.kind {
        ProvinceEventKind::KindChange
    } else if before.name != after.name {
        ProvinceEventKind::Renaming
    } else {
        ProvinceEventKind::Recoding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, name: &str, from: &str, to: Option<&str>, successor_code: Option<&str>) -> ProvinceRow {
        ProvinceRow {
            code: code.into(),
            name: name.into(),
            name_en: name.into(),
            kind: ProvinceKind::Province,
            valid_from: from.parse().unwrap(),
            valid_to: to.map(|day| day.parse().unwrap()),
            successor_code: successor_code.map(Into::into),
        }
    }

    /// What became of the province `01 An` when `after` began on 1 July 2025.
    fn told(after: ProvinceRow) -> Vec<String> {
        let before = row("01", "An", "2008-08-01", Some("2025-06-30"), Some(&after.code));
        let (provinces, events) = tell(vec![after, before], &[]);
        let provinces = provinces.iter().map(|it| format!("{} {} {:?}", it.key.code, it.name, it.valid_to.is_some()));
        let events = events.iter().map(|it| format!("{:?} {}→{}", it.kind, it.predecessors.len(), it.successors.len()));
        provinces.chain(events).collect()
    }

    #[test]
    fn one_row_after_another() {
        let after = |code, name| row(code, name, "2025-07-01", None, None);
        assert_eq!(told(after("01", "An")), ["01 An false"]);
        assert_eq!(told(after("02", "An")), ["01 An true", "02 An false", "Recoding 1→1"]);
        assert_eq!(told(after("01", "Bình")), ["01 An true", "01 Bình false", "Renaming 1→1"]);
        let city = ProvinceRow { kind: ProvinceKind::City, ..after("01", "An") };
        assert_eq!(told(city), ["01 An true", "01 An false", "KindChange 1→1"]);
    }
}
