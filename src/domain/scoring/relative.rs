//! Points relative to the best of the cluster.

use entity::{
    decimal::{Decimal, NotDecimal},
    vocab::{Direction, Method},
};

use super::{
    Bound, LineInput, Working,
    figures::{Figures, figures, quotient, vi},
    misplaced_target,
};
use crate::domain::{
    criteria::{Goal, LeaderRelativeParameters, Leaf, Rule},
    phrase::Phrase,
    refusal::Fault,
};

/// Where a figure stands between nothing, the target and the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    AtTarget,
    Leading,
    Above,
    Below { part: Decimal, whole: Decimal },
}

/// Half the maximum at the target; below it in proportion to the target, above it in proportion to the best. `None`
/// without a figure, or while the best is not known.
///
/// Decided where practice leaves a gap:
/// - whoever is at least as good as the best earns the maximum: leaders that are tied all do, and so does an excluded
///   province, which does not set the best;
/// - a target of 0 that is not reached earns 0, and so does a negative figure where higher is better.
pub(super) fn leader_relative(
    leaf: &Leaf,
    goal: Goal,
    parameters: LeaderRelativeParameters,
    input: LineInput,
    best: Option<Decimal>,
    at: &str,
) -> Result<Option<Working>, Vec<Fault>> {
    let (Some(held), Some(best)) = (figures(goal, input, at)?, best) else { return Ok(None) };
    let Figures { attained, target } = held;
    let (max, digits) = (leaf.max_points, parameters.round_digits);
    let (place, points) = decide(max, goal, digits, held, best);
    let (bound, formula) = match place {
        Place::AtTarget => (None, at_target_in_words(max, points)),
        Place::Leading => ((attained != best).then_some(Bound::Maximum), leading_in_words(attained, best, max)),
        Place::Above => (None, above_in_words(goal.direction, [max, attained, target, best, points], digits)),
        Place::Below { part, whole } => {
            let negative = attained.is_negative() && goal.direction == Direction::HigherIsBetter;
            (negative.then_some(Bound::Zero), below_in_words([max, part, whole, points], digits))
        }
    };
    let working = Working {
        target: Some(target),
        best: Some(best),
        round_digits: Some(digits),
        bound,
        ..Working::of(Method::LeaderRelative, attained, points, formula)
    };
    Ok(Some(working))
}

/// The points of [`leader_relative`] alone, for sums that need no words; `None` also where it would find fault.
pub(super) fn relative_points(leaf: &Leaf, input: LineInput, best: Option<Decimal>) -> Option<Decimal> {
    let (Rule::LeaderRelative(parameters), Some(goal)) = (&leaf.rule, leaf.rule.goal()) else { return None };
    if misplaced_target(Some(goal), input) {
        return None;
    }
    let held = figures(goal, input, "").ok().flatten()?;
    Some(decide(leaf.max_points, goal, parameters.round_digits, held, best?).1)
}

fn decide(max: Decimal, goal: Goal, digits: u8, held: Figures, best: Decimal) -> (Place, Decimal) {
    let Figures { attained, target } = held;
    if attained == target {
        return (Place::AtTarget, half(max, Decimal::ONE, Decimal::ONE, digits).unwrap_or(max));
    }
    if goal.better(attained, target) {
        if goal.reached(attained, best) {
            return (Place::Leading, max);
        }
        let (ahead, lead) = match goal.direction {
            Direction::HigherIsBetter => (attained.minus(target), best.minus(target)),
            Direction::LowerIsBetter => (target.minus(attained), target.minus(best)),
        };
        return (Place::Above, above(max, ahead, lead, digits).unwrap_or(max));
    }
    let (part, whole) = match goal.direction {
        Direction::HigherIsBetter => (attained.max(Decimal::ZERO), target),
        Direction::LowerIsBetter => (target, attained),
    };
    // A target of 0 divides nothing.
    (Place::Below { part, whole }, half(max, part, whole, digits).unwrap_or_default())
}

/// `½ max × part ÷ whole`, rounded once and never above half the maximum rounded the same way.
fn half(max: Decimal, part: Decimal, whole: Decimal, digits: u8) -> Result<Decimal, NotDecimal> {
    let points = match whole.plus(whole) {
        Ok(twice) => quotient(max, part, twice, digits),
        // Only the largest numbers; halving the part instead loses less than the smallest step.
        Err(_) => quotient(
            max,
            part.times_ratio(Decimal::ONE, Decimal::whole(2), entity::decimal::Rounding::Down)?,
            whole,
            digits,
        ),
    };
    points.map(|points| points.min(max))
}

/// `½ max + ½ max × ahead ÷ lead`, rounded once.
fn above(
    max: Decimal,
    ahead: Result<Decimal, NotDecimal>,
    lead: Result<Decimal, NotDecimal>,
    digits: u8,
) -> Result<Decimal, NotDecimal> {
    let (ahead, lead) = (ahead?, lead?);
    quotient(max, lead.plus(ahead)?, lead.plus(lead)?, digits).map(|points| points.min(max))
}

fn at_target_in_words(max: Decimal, points: Decimal) -> Phrase {
    Phrase::made(
        format!("exactly the target: ½ maximum = {max} ÷ 2 = {points}"),
        format!("đúng bằng chỉ tiêu: ½ điểm tối đa = {} ÷ 2 = {}", vi(max), vi(points)),
    )
}

fn leading_in_words(attained: Decimal, best: Decimal, max: Decimal) -> Phrase {
    Phrase::made(
        format!("as good as the best of the cluster ({attained}, best {best}): the maximum, {max}"),
        format!("bằng mức tốt nhất của cụm ({}, tốt nhất {}): được điểm tối đa {}", vi(attained), vi(best), vi(max)),
    )
}

fn above_in_words(direction: Direction, [max, attained, target, best, points]: [Decimal; 5], digits: u8) -> Phrase {
    let (words_en, words_vi, [a, b, c, d]) = match direction {
        Direction::HigherIsBetter => (
            "½ maximum + ½ maximum × (attained − target) ÷ (best − target)",
            "½ điểm tối đa + ½ điểm tối đa × (đạt được − chỉ tiêu) ÷ (tốt nhất − chỉ tiêu)",
            [attained, target, best, target],
        ),
        Direction::LowerIsBetter => (
            "½ maximum + ½ maximum × (target − attained) ÷ (target − best)",
            "½ điểm tối đa + ½ điểm tối đa × (chỉ tiêu − đạt được) ÷ (chỉ tiêu − tốt nhất)",
            [target, attained, target, best],
        ),
    };
    Phrase::made(
        format!(
            "{words_en} = ½ × {max} + ½ × {max} × ({a} − {b}) ÷ ({c} − {d}), rounded to {digits} decimals = {points}"
        ),
        format!(
            "{words_vi} = ½ × {max} + ½ × {max} × ({a} − {b}) ÷ ({c} − {d}), làm tròn đến {digits} chữ số thập phân = {}",
            vi(points),
            max = vi(max),
            a = vi(a),
            b = vi(b),
            c = vi(c),
            d = vi(d),
        ),
    )
}

fn below_in_words([max, part, whole, points]: [Decimal; 4], digits: u8) -> Phrase {
    Phrase::made(
        format!("below the target: ½ × {max} × {part} ÷ {whole}, rounded to {digits} decimals = {points}"),
        format!(
            "chưa đạt chỉ tiêu: ½ × {} × {} ÷ {}, làm tròn đến {digits} chữ số thập phân = {}",
            vi(max),
            vi(part),
            vi(whole),
            vi(points)
        ),
    )
}
