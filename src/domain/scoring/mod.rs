//! Scoring (chấm điểm): the points of one line from what was entered, with the working shown.
//!
//! | method | points | source |
//! |---|---|---|
//! | expert | whatever the scorer gives, 0 to the maximum | practice |
//! | proportional | maximum × attained ÷ target, or maximum × target ÷ attained where lower is better | practice; rounding, target and direction are settings |
//! | bonus, penalty | items × points each, added to or subtracted from the total | practice; points each and cap are settings |

mod formula;
mod line;
mod sheet;
#[cfg(test)]
mod tests;

use entity::{decimal::Decimal, vocab::Method};

use super::{
    criteria::{Leaf, Rule},
    phrase::{Language, Phrase},
    refusal::Fault,
};

pub use line::{Line, Stages};
pub use sheet::{SectionSum, Sheet, SheetLine, StagePoints, StageSum};

/// What a line says about itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineInput {
    /// The figure reached; of a bonus or a penalty the number of items. A real 0 is a value.
    pub attained: Option<Decimal>,
    /// The line's own target, where the criterion takes it from the line.
    pub target: Option<Decimal>,
    /// Only an expert's points are free; elsewhere they may be left out, or must be what the formula says.
    pub points: Option<Decimal>,
}

/// How the points of a line came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Working {
    pub method: Method,
    pub attained: Option<Decimal>,
    /// The target the attained figure was held against, from the criterion or from the line.
    pub target: Option<Decimal>,
    /// In words and numbers.
    pub formula: Phrase,
    /// Decimals the result was rounded to, a half upwards; `None` where nothing is rounded.
    pub round_digits: Option<u8>,
    /// The bound that cut the result off.
    pub bound: Option<Bound>,
    pub points: Decimal,
}

/// A bound that cut off what the formula gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// More than the target earns no more than the maximum points.
    Maximum,
    /// The cap of a bonus or a penalty.
    Cap,
    /// A figure below zero earns no less than 0.
    Zero,
}

/// The points of one line, or `None` while nothing decides them. `at` is the JSON pointer of the line.
///
/// The service computes what has a formula: points given beside it must equal it, so that nobody submits a figure and
/// points that contradict each other.
pub fn score(leaf: &Leaf, input: LineInput, at: &str) -> Result<Option<Working>, Vec<Fault>> {
    let takes_target = matches!(leaf.rule, Rule::Proportional(parameters) if parameters.target_from_line);
    if input.target.is_some() && !takes_target {
        return Err(vec![Fault::new(
            format!("{at}/target"),
            "not_from_line",
            Phrase::new("this criterion takes no target from the line", "tiêu chí này không lấy chỉ tiêu từ dòng điểm"),
        )]);
    }
    let computed = match leaf.rule {
        Rule::Expert(_) => return expert(leaf, input, at),
        Rule::Proportional(parameters) => formula::proportional(leaf, parameters, input, at)?,
        Rule::Bonus(bonus) => formula::bonus(bonus, input, at)?,
        Rule::Penalty(penalty) => formula::penalty(penalty, input, at)?,
    };
    match (computed, input.points) {
        (Some(working), Some(given)) if given != working.points => Err(vec![differs(&working, given, at)]),
        (None, Some(_)) => Err(vec![Fault::new(
            format!("{at}/attained"),
            "required",
            Phrase::new(
                "the points follow from the figure reached, so it must be given",
                "điểm được tính từ kết quả đạt được, nên phải nhập kết quả đạt được",
            ),
        )]),
        (computed, _) => Ok(computed),
    }
}

/// What is wrong with points that somebody gives a line: they leave the range of its method.
pub fn outside_range(leaf: &Leaf, points: Decimal, pointer: &str) -> Option<Fault> {
    let vi = |number| Language::Vi.number(number);
    match leaf.range() {
        (Some(lowest), _) if points < lowest => Some(Fault::new(
            pointer,
            "below_minimum",
            Phrase::made(
                format!("{points} is less than {lowest}, the least of criterion {}", leaf.code),
                format!("{} thấp hơn {}, mức thấp nhất của tiêu chí {}", vi(points), vi(lowest), leaf.code),
            ),
        )),
        (_, Some(highest)) if points > highest => Some(Fault::new(
            pointer,
            "above_maximum",
            Phrase::made(
                format!("{points} is more than {highest}, the most of criterion {}", leaf.code),
                format!("{} cao hơn {}, mức cao nhất của tiêu chí {}", vi(points), vi(highest), leaf.code),
            ),
        )),
        _ => None,
    }
}

fn expert(leaf: &Leaf, input: LineInput, at: &str) -> Result<Option<Working>, Vec<Fault>> {
    let Some(points) = input.points else { return Ok(None) };
    if let Some(fault) = outside_range(leaf, points, &format!("{at}/self_points")) {
        return Err(vec![fault]);
    }
    let max = leaf.max_points;
    let vi = |number| Language::Vi.number(number);
    Ok(Some(Working {
        method: Method::Expert,
        attained: input.attained,
        target: None,
        formula: Phrase::made(
            format!("the scorer gives 0 to {max}: {points}"),
            format!("người chấm cho từ 0 đến {} điểm: {}", vi(max), vi(points)),
        ),
        round_digits: None,
        bound: None,
        points,
    }))
}

fn differs(working: &Working, given: Decimal, at: &str) -> Fault {
    let right = working.points;
    let vi = |number| Language::Vi.number(number);
    Fault::new(
        format!("{at}/self_points"),
        "differs_from_formula",
        Phrase::made(
            format!("{given} is given, but the formula says {right}: {}", working.formula.say(Language::En)),
            format!("nhập {}, nhưng theo công thức là {}: {}", vi(given), vi(right), working.formula.say(Language::Vi)),
        ),
    )
}
