//! The matrix of a cycle: what each province has on each leaf and in each section, at every stage.
//!
//! A province's row is kept small, so that the largest cycle fits into memory whole: four numbers a line.

use std::collections::HashMap;

use entity::decimal::{Decimal, NotDecimal};
use uuid::Uuid;

use super::{
    criteria::Form,
    scoring::{Best, Line, Stages},
};

/// The points of a cell; a stage is `None` while a line that counts into the cell has no points there.
pub type Points = Stages<Option<Decimal>>;

/// One province in the matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// In the order of the form, one for every leaf.
    leaves: Vec<Points>,
}

impl Row {
    /// What is stored of a province. A leaf without a stored line counts as a blank one.
    pub fn of(form: &Form, lines: &[Line], best: &Best) -> Self {
        let stored: HashMap<Uuid, &Line> = lines.iter().map(|line| (line.criterion_id, line)).collect();
        let counted = form.leaves().iter().map(|leaf| {
            let best = best.at(leaf.id);
            let line = stored.get(&leaf.id).copied();
            line.map_or_else(|| Line::blank(leaf.id).counted(leaf, best), |line| line.counted(leaf, best))
        });
        Self { leaves: counted.collect() }
    }

    /// A cell for every leaf, in the order of the form.
    pub fn leaves(&self) -> &[Points] {
        &self.leaves
    }

    /// A cell for every section, in the order of the form.
    pub fn sections(&self, form: &Form) -> Result<Vec<Points>, NotDecimal> {
        let section = |id: Uuid| {
            let of_section = form.leaves().iter().zip(&self.leaves).filter(move |(leaf, _)| leaf.section_id == id);
            sum(of_section.map(|(_, points)| *points))
        };
        form.sections().iter().map(|one| section(one.id)).collect()
    }

    /// The whole sheet.
    pub fn total(&self) -> Result<Points, NotDecimal> {
        sum(self.leaves.iter().copied())
    }

    /// How many lines have no points at each stage.
    pub fn open(&self) -> Stages<usize> {
        let open = |at: fn(&Points) -> Option<Decimal>| self.leaves.iter().filter(|cell| at(cell).is_none()).count();
        Stages {
            self_scored: open(|cell| cell.self_scored),
            appraised: open(|cell| cell.appraised),
            second: open(|cell| cell.second),
            finalized: open(|cell| cell.finalized),
        }
    }
}

/// By how much the province gave itself more than the appraisers did; `None` while one of them has not scored.
pub fn distance(points: Points) -> Option<Decimal> {
    points.self_scored?.minus(points.appraised?).ok()
}

/// Stage by stage, exact; incomplete where a part is.
fn sum(parts: impl Iterator<Item = Points>) -> Result<Points, NotDecimal> {
    let nothing = Stages::<()>::default().map(|()| Some(Decimal::ZERO));
    let plus = |sum: Option<Decimal>, part: Option<Decimal>| match (sum, part) {
        (Some(sum), Some(part)) => sum.plus(part).map(Some),
        _ => Ok(None),
    };
    parts.into_iter().try_fold(nothing, |sum, part| {
        Ok(Stages {
            self_scored: plus(sum.self_scored, part.self_scored)?,
            appraised: plus(sum.appraised, part.appraised)?,
            second: plus(sum.second, part.second)?,
            finalized: plus(sum.finalized, part.finalized)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        criteria::example::{form, id},
        scoring::Sheet,
    };

    fn line(code: u128, points: [Option<&str>; 3]) -> Line {
        let [self_scored, appraised, finalized] = points.map(|text| text.map(|text| text.parse().unwrap()));
        Line { points: Stages { self_scored, appraised, finalized, ..Stages::default() }, ..Line::blank(id(code)) }
    }

    fn told(points: Points) -> [String; 4] {
        let Stages { self_scored, appraised, finalized, .. } = points;
        [self_scored, appraised, finalized, distance(points)]
            .map(|number| number.map_or_else(|| "-".to_owned(), |number| number.to_string()))
    }

    #[test]
    fn cells_sections_and_total_of_a_province() {
        let form = form();
        let row = Row::of(
            &form,
            &[
                line(21, [Some("30"), None, None]),
                line(12, [Some("18"), Some("17.5"), Some("16")]),
                line(11, [Some("36.25"), Some("37"), Some("37")]),
                line(22, [Some("4"), Some("4"), None]),
            ],
            &Best::default(),
        );
        let leaves: Vec<_> = row.leaves().iter().map(|cell| told(*cell)).collect();
        assert_eq!(
            leaves,
            [
                ["36.25", "37", "37", "-0.75"],
                ["18", "17.5", "16", "0.5"],
                ["30", "-", "-", "-"],
                ["4", "4", "-", "0"],
                // Nothing entered on a penalty takes nothing away.
                ["0", "0", "0", "0"],
            ]
        );
        let sections: Vec<_> = row.sections(&form).unwrap().into_iter().map(told).collect();
        assert_eq!(sections, [["54.25", "54.5", "53", "-0.25"], ["34", "-", "-", "-"]]);
        assert_eq!(told(row.total().unwrap()), ["88.25", "-", "-", "-"]);
        assert_eq!(row.open(), Stages { self_scored: 0, appraised: 1, second: 1, finalized: 2 });
    }

    #[test]
    fn a_sum_beyond_all_numbers_is_refused() {
        let most = Decimal::MAX.to_string();
        let lines = [line(11, [Some(&most), None, None]), line(12, [Some("1"), None, None])];
        let row = Row::of(&form(), &lines, &Best::default());
        assert_eq!(row.total(), Err(NotDecimal::OutOfRange));
    }

    proptest! {
        #[test]
        fn sums_are_those_of_the_sheet(points in prop::collection::vec(prop::option::of(-400_000..400_000_i64), 5)) {
            let form = form();
            let lines: Vec<Line> = form
                .leaves()
                .iter()
                .zip(points)
                .map(|(leaf, points)| {
                    let finalized = points.map(|points| Decimal::from_scaled(points).unwrap());
                    Line { points: Stages { finalized, ..Stages::default() }, ..Line::blank(leaf.id) }
                })
                .collect();
            let best = Best::default();
            let (row, sheet) = (Row::of(&form, &lines, &best), Sheet::of(&form, &lines, &best).unwrap());
            let sections = row.sections(&form).unwrap();
            for (cell, sum) in sections.iter().zip(&sheet.sections) {
                let sum = sum.sums.finalized;
                prop_assert_eq!(cell.finalized, (sum.open == 0).then_some(sum.points));
            }
            let total = sheet.total.finalized;
            prop_assert_eq!(row.total().unwrap().finalized, (total.open == 0).then_some(total.points));
            prop_assert_eq!(row.open().finalized, total.open);
        }
    }
}
