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
    criteria::{Form, Section},
    ranking::{Entry, Placed, SectionPoints, rank},
    refusal::Refusal,
    scoring::{Adjustment, Best, Finals},
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
    let (mut entries, mut lines) = (vec![], HashMap::with_capacity(inputs.provinces.len()));
    for province in &inputs.provinces {
        let (sections, penalties, adjustments) =
            match (Finals::of(&form, &province.lines, &best), &province.excluded_reason) {
                (Ok(finals), _) => {
                    let adjustments = adjust(inputs, province, &form, &best, &finals)?;
                    let taken = Decimal::sum(adjustments.iter().map(Adjustment::points))?;
                    lines.insert(province.id, finals.lines);
                    (by_section(&form, finals.sections), finals.penalties.plus(taken)?, adjustments)
                }
                (Err(_), Some(_)) => (vec![], Decimal::ZERO, vec![]),
                (Err(refusal), None) => return Err(refusal),
            };
        entries.push(Entry {
            province_id: province.id,
            sort_key: province.sort_key.clone(),
            excluded_reason: province.excluded_reason.clone(),
            submitted_at: province.submitted_at,
            penalties,
            sections,
            adjustments,
        });
    }
    let placed = rank(entries, &inputs.rules, inputs.total_points, &inputs.ballots)?;
    Ok(Outcome { placed, lines, best })
}

/// What the settings take from a province beside its lines.
fn adjust(
    inputs: &Inputs,
    province: &Province,
    form: &Form,
    best: &Best,
    finals: &Finals,
) -> Result<Vec<Adjustment>, Refusal> {
    let last: HashMap<Uuid, Decimal> = match inputs.scoring.wrong_self_score {
        Some(_) => finals.lines.iter().copied().collect(),
        None => HashMap::new(),
    };
    let claimed = province.lines.iter().filter_map(|line| {
        let (leaf, last) = (form.leaf(line.criterion_id)?, last.get(&line.criterion_id).copied()?);
        Some((line.claimed(leaf, best.at(leaf.id).self_scored)?, last))
    });
    Ok(inputs.scoring.adjustments(province.came, claimed)?)
}

fn by_section(form: &Form, points: Vec<Decimal>) -> Vec<SectionPoints> {
    let one = |(section, points): (&Section, Decimal)| SectionPoints {
        criterion_id: section.id,
        code: section.code.clone(),
        name: section.name.clone(),
        max_points: section.max_points,
        points,
    };
    form.sections().iter().zip(points).map(one).collect()
}
