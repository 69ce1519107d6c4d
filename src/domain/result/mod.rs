//! The result of a cycle: one function from all that counts to points, ranks and classes.
//!
//! Finalising, correcting, previewing and verifying come here, so that there is one way to a result. What went in and
//! what came out is kept as a [`Proof`] that anybody can compute again.

mod change;
mod inputs;
mod proof;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use entity::decimal::Decimal;
use uuid::Uuid;

use super::{
    ranking::{Entry, Placed, rank, sections},
    refusal::Refusal,
    scorecard::final_points,
    scoring::{Best, Line, Sheet},
};

pub use change::{Change, apply};
pub use inputs::{Inputs, Province};
pub use proof::{ALGORITHM, NotProven, Proof, verify};

/// What a cycle came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub placed: Vec<Placed>,
    /// The final points of every line of every province that has a complete sheet.
    pub lines: HashMap<Uuid, Vec<(Uuid, Decimal)>>,
    /// The best figures that points were held against.
    pub best: Best,
}

/// Computes a result. Refused while a province that is ranked has a line without points; an excluded one is shown without.
pub fn compute(inputs: &Inputs) -> Result<Outcome, Refusal> {
    let form = inputs.form()?;
    let best = inputs.best(&form);
    let (mut entries, mut lines) = (vec![], HashMap::new());
    for province in &inputs.provinces {
        let settled: Vec<Line> = province.lines.iter().map(|line| settle(&form, line, &best)).collect();
        let sheet = Sheet::of(&form, &settled, &Best::default())?;
        let (sections, penalties) = match (sections(&sheet), &province.excluded_reason) {
            (Ok(found), _) => {
                let finals = sheet.lines.iter().filter_map(|line| Some((line.leaf.id, line.stages.finalized.points?)));
                lines.insert(province.id, finals.collect());
                found
            }
            (Err(_), Some(_)) => (vec![], Decimal::ZERO),
            (Err(refusal), None) => return Err(refusal),
        };
        entries.push(Entry {
            province_id: province.id,
            sort_key: province.sort_key.clone(),
            excluded_reason: province.excluded_reason.clone(),
            submitted_at: province.submitted_at,
            penalties,
            sections,
        });
    }
    let placed = rank(entries, &inputs.rules, inputs.total_points)?;
    Ok(Outcome { placed, lines, best })
}

/// A line with its final points: corrected ones stand, the others follow from the appraisal.
fn settle(form: &super::criteria::Form, line: &Line, best: &Best) -> Line {
    let mut settled = line.clone();
    if let (None, Some(leaf)) = (line.points.finalized, form.leaf(line.criterion_id)) {
        settled.points.finalized = final_points(leaf, line, best);
    }
    settled
}
