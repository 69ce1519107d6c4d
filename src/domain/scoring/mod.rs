//! Scoring (chấm điểm): the points of one line from what was entered, with the working shown.
//!
//! | method | points | source |
//! |---|---|---|
//! | expert | whatever the scorer gives, 0 to the maximum | practice |
//! | proportional | maximum × attained ÷ target, or maximum × target ÷ attained where lower is better | practice; rounding, target, direction and the cap of over-fulfilment are settings |
//! | shortfall | the maximum less a deduction per started or full percent short of the target, not below 0 | practice; the deduction and which percents count are settings |
//! | steps | the first band that holds the figure, or its ratio to the target | practice; the bands are settings |
//! | leader_relative | ½ maximum at the target, below it in proportion to the target, above it in proportion to the cluster's best | practice; rounding, target and direction are settings |
//! | pass_fail | the maximum or 0 | practice |
//! | per_item | items × points each, at most the maximum | practice; points each is a setting |
//! | bonus, penalty | items × points each, added to or subtracted from the total | practice; points each and cap are settings |

mod adjustments;
mod best;
mod figures;
mod finals;
mod formula;
mod items;
mod line;
mod relative;
mod rules;
mod sheet;
mod steps;
#[cfg(test)]
mod tests;

use entity::{decimal::Decimal, vocab::Method};

use super::{
    criteria::{Goal, Leaf, Rule},
    phrase::{Language, Phrase},
    refusal::Fault,
};

pub use adjustments::{Adjustment, LateDays, LatenessRule, WrongSelfScoreRule};
pub use best::Best;
pub use finals::Finals;
pub use line::{Line, Stages};
pub use rules::{AppraisalMode, ScoringRules};
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
    /// The best figure of the cluster, where the points depend on it.
    pub best: Option<Decimal>,
    /// In words and numbers.
    pub formula: Phrase,
    /// Decimals the result was rounded to, a half upwards; `None` where nothing is rounded.
    pub round_digits: Option<u8>,
    /// The bound that cut the result off.
    pub bound: Option<Bound>,
    pub points: Decimal,
}

impl Working {
    const fn of(method: Method, attained: Decimal, points: Decimal, formula: Phrase) -> Self {
        Self {
            method,
            attained: Some(attained),
            target: None,
            best: None,
            formula,
            round_digits: None,
            bound: None,
            points,
        }
    }
}

/// A bound that cut off what the formula gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// More than the target earns no more than the maximum points.
    Maximum,
    /// The cap of a bonus, a penalty or an over-fulfilment.
    Cap,
    /// A figure below zero earns no less than 0.
    Zero,
}

/// A target in the line of a criterion that takes none from there.
fn misplaced_target(goal: Option<Goal>, input: LineInput) -> bool {
    input.target.is_some() && !goal.is_some_and(|goal| goal.target_from_line)
}

/// The points of one line, or `None` while nothing decides them. `best` is the cluster's best figure, where it is known;
/// `at` is the JSON pointer of the line.
///
/// The service computes what has a formula: points given beside it must equal it, so that nobody submits a figure and
/// points that contradict each other.
pub fn score(leaf: &Leaf, input: LineInput, best: Option<Decimal>, at: &str) -> Result<Option<Working>, Vec<Fault>> {
    let goal = leaf.rule.goal();
    if misplaced_target(goal, input) {
        return Err(vec![Fault::new(
            format!("{at}/target"),
            "not_from_line",
            Phrase::new("this criterion takes no target from the line", "tiêu chí này không lấy chỉ tiêu từ dòng điểm"),
        )]);
    }
    let computed = match (&leaf.rule, goal) {
        (Rule::Proportional(parameters), Some(goal)) => formula::proportional(leaf, goal, parameters, input, at)?,
        (Rule::Shortfall(parameters), Some(goal)) => formula::shortfall(leaf, goal, parameters, input, at)?,
        (Rule::Steps(parameters), Some(goal)) => steps::steps(goal, parameters, input, at)?,
        (Rule::LeaderRelative(parameters), Some(goal)) => {
            let computed = relative::leader_relative(leaf, goal, *parameters, input, best, at)?;
            return if input.points.is_some() { Err(vec![follows_from_leader(at)]) } else { Ok(computed) };
        }
        (Rule::PerItem(parameters), _) => items::per_item(leaf, *parameters, input, at)?,
        (Rule::Bonus(bonus), _) => items::bonus(*bonus, input, at)?,
        (Rule::Penalty(penalty), _) => items::penalty(*penalty, input, at)?,
        (rule, _) => return given(leaf, rule.method(), input, at),
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

fn follows_from_leader(at: &str) -> Fault {
    Fault::new(
        format!("{at}/self_points"),
        "follows_from_leader",
        Phrase::new(
            "the points follow from the best figure of the cluster once the sheets are locked; give the figure reached",
            "điểm được tính theo kết quả tốt nhất của cụm khi đã khóa các phiếu; chỉ nhập kết quả đạt được",
        ),
    )
}

/// What is wrong with points that somebody gives a line: they are none that its method can give.
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
        _ if leaf.rule.method() == Method::PassFail && !points.is_zero() && points != leaf.max_points => {
            Some(Fault::new(
                pointer,
                "not_pass_or_fail",
                Phrase::made(
                    format!("criterion {} gives {} or 0, nothing between", leaf.code, leaf.max_points),
                    format!("tiêu chí {} chỉ cho {} hoặc 0 điểm", leaf.code, vi(leaf.max_points)),
                ),
            ))
        }
        _ => None,
    }
}

/// Points that the scorer gives.
fn given(leaf: &Leaf, method: Method, input: LineInput, at: &str) -> Result<Option<Working>, Vec<Fault>> {
    let Some(points) = input.points else { return Ok(None) };
    if let Some(fault) = outside_range(leaf, points, &format!("{at}/self_points")) {
        return Err(vec![fault]);
    }
    let max = leaf.max_points;
    let vi = |number| Language::Vi.number(number);
    let formula = if method == Method::PassFail {
        Phrase::made(
            format!("passed gives {max}, failed 0: {points}"),
            format!("đạt được {} điểm, không đạt được 0 điểm: {}", vi(max), vi(points)),
        )
    } else {
        Phrase::made(
            format!("the scorer gives 0 to {max}: {points}"),
            format!("người chấm cho từ 0 đến {} điểm: {}", vi(max), vi(points)),
        )
    };
    let attained = input.attained;
    Ok(Some(Working { attained, ..Working::of(method, Decimal::ZERO, points, formula) }))
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
