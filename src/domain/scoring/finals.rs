//! The final points of one sheet, and what they add up to: the figures alone, without the words a breakdown has.

use std::collections::HashMap;

use entity::decimal::Decimal;
use uuid::Uuid;

use super::{Best, Line};
use crate::domain::{
    criteria::{Form, Leaf},
    phrase::Phrase,
    refusal::{Blocker, Refusal, Subject, unless_blocked},
    scorecard::final_points,
};

/// The final points of a sheet that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finals {
    /// Of every leaf, in the order of the form.
    pub lines: Vec<(Uuid, Decimal)>,
    /// Of every section, in the order of the form; bonus and penalty included.
    pub sections: Vec<Decimal>,
    /// What penalties took; 0 or less.
    pub penalties: Decimal,
}

impl Finals {
    /// Refused while a line has no final points: nothing incomplete is ranked. Corrected points stand, the others follow
    /// from the appraisal. A leaf without a line counts as a blank one; the order of the lines is indifferent.
    pub fn of(form: &Form, lines: &[Line], best: &Best) -> Result<Self, Refusal> {
        let stored: HashMap<Uuid, &Line> = lines.iter().map(|line| (line.criterion_id, line)).collect();
        let mut sums: HashMap<Uuid, Decimal> = HashMap::with_capacity(form.sections().len());
        let mut finals =
            Self { lines: Vec::with_capacity(form.leaves().len()), sections: vec![], penalties: Decimal::ZERO };
        let mut open = vec![];
        for leaf in form.leaves() {
            let points = match stored.get(&leaf.id) {
                Some(line) => line.points.finalized.or_else(|| final_points(leaf, line, best)),
                None => final_points(leaf, &Line::blank(leaf.id), best),
            };
            let Some(points) = points else {
                open.push(blocker(leaf));
                continue;
            };
            let sum = sums.entry(leaf.section_id).or_default();
            *sum = sum.plus(points)?;
            if points.is_negative() {
                finals.penalties = finals.penalties.plus(points)?;
            }
            finals.lines.push((leaf.id, points));
        }
        unless_blocked(open)?;
        finals.sections = form.sections().iter().map(|one| sums.get(&one.id).copied().unwrap_or_default()).collect();
        Ok(finals)
    }
}

fn blocker(leaf: &Leaf) -> Blocker {
    Blocker {
        code: "line_without_final_points",
        message: Phrase::made(
            format!("criterion {} “{}” has no final points", leaf.code, leaf.name),
            format!("tiêu chí {} “{}” chưa có điểm chính thức", leaf.code, leaf.name),
        ),
        subject: Subject::one("criterion", leaf.id),
    }
}
