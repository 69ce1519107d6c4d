//! What if: hypothetical changes of the inputs, for a preview that stores nothing.

use entity::decimal::{Decimal, Rounding};
use uuid::Uuid;

use super::Inputs;
use crate::domain::{
    criteria::{Form, Leaf},
    phrase::Phrase,
    refusal::{Fault, Refusal, unless_faulty},
    scoring::outside_range,
};

/// One hypothetical change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The final points of one line.
    Points {
        province_id: Uuid,
        criterion_id: Uuid,
        points: Decimal,
    },
    /// The maximum points of one leaf; the points given under it change in the same proportion, rounded to 4 decimals.
    Weight {
        criterion_id: Uuid,
        max_points: Decimal,
    },
    Exclude {
        province_id: Uuid,
    },
    /// An excluded province competes again.
    Readmit {
        province_id: Uuid,
    },
}

/// The inputs with the changes made in order, or all that is wrong with them; `at` gives the JSON pointer of the n-th.
pub fn apply(mut inputs: Inputs, changes: &[Change], at: impl Fn(usize) -> String) -> Result<Inputs, Refusal> {
    let mut faults = vec![];
    for (index, change) in changes.iter().enumerate() {
        let form = inputs.form()?;
        faults.extend(make(&mut inputs, &form, change, &at(index)).err());
    }
    unless_faulty(faults)?;
    Ok(inputs)
}

fn make(inputs: &mut Inputs, form: &Form, change: &Change, at: &str) -> Result<(), Fault> {
    match change {
        Change::Points { province_id, criterion_id, points } => {
            let leaf = leaf(form, *criterion_id, at)?;
            if let Some(fault) = outside_range(leaf, *points, &format!("{at}/points")) {
                return Err(fault);
            }
            let province = province(inputs, *province_id, at)?;
            province.change(*criterion_id, |line| line.points.finalized = Some(*points));
        }
        Change::Weight { criterion_id, max_points } => weigh(inputs, leaf(form, *criterion_id, at)?, *max_points, at)?,
        Change::Exclude { province_id } => {
            let province = province(inputs, *province_id, at)?;
            province.excluded_reason.get_or_insert_with(|| "giả định".to_owned());
        }
        Change::Readmit { province_id } => province(inputs, *province_id, at)?.excluded_reason = None,
    }
    Ok(())
}

fn weigh(inputs: &mut Inputs, leaf: &Leaf, max_points: Decimal, at: &str) -> Result<(), Fault> {
    let pointer = || format!("{at}/max_points");
    if leaf.rule.is_on_top() {
        return Err(Fault::new(
            pointer(),
            "no_weight",
            Phrase::new("bonus and penalty lie on top and have no weight", "điểm thưởng, điểm trừ không có trọng số"),
        ));
    }
    if max_points <= Decimal::ZERO {
        return Err(Fault::new(pointer(), "not_positive", Phrase::new("must be more than 0", "phải lớn hơn 0")));
    }
    let beyond = |_| Fault::new(pointer(), "out_of_range", Phrase::new("lies beyond 10^14", "vượt quá 10^14"));
    inputs.total_points =
        inputs.total_points.plus(max_points).and_then(|total| total.minus(leaf.max_points)).map_err(beyond)?;
    for node in &mut inputs.criteria {
        if node.id == leaf.id {
            node.max_points = Some(max_points);
        } else if node.rule.is_none() {
            // What a parent declares follows its children.
            node.max_points = None;
        }
    }
    let scale = |points: &mut Option<Decimal>| -> Result<(), Fault> {
        if let Some(points) = points {
            *points = points.times_ratio(max_points, leaf.max_points, Rounding::HalfUp).map_err(beyond)?;
        }
        Ok(())
    };
    for province in &mut inputs.provinces {
        for line in province.lines.iter_mut().filter(|line| line.criterion_id == leaf.id) {
            scale(&mut line.points.self_scored)?;
            scale(&mut line.points.appraised)?;
            scale(&mut line.points.second)?;
            scale(&mut line.points.finalized)?;
        }
    }
    Ok(())
}

fn leaf<'a>(form: &'a Form, criterion_id: Uuid, at: &str) -> Result<&'a Leaf, Fault> {
    form.leaf(criterion_id).ok_or_else(|| {
        let message = Phrase::new("there is no such leaf criterion", "không có tiêu chí chấm điểm này");
        Fault::new(format!("{at}/criterion_id"), "unknown_criterion", message)
    })
}

fn province<'a>(inputs: &'a mut Inputs, province_id: Uuid, at: &str) -> Result<&'a mut super::Province, Fault> {
    inputs.provinces.iter_mut().find(|province| province.id == province_id).ok_or_else(|| {
        let message = Phrase::new("the cycle has no such member", "năm thi đua không có thành viên này");
        Fault::new(format!("{at}/province_id"), "unknown_reference", message)
    })
}
