//! Points from a figure and its target: in proportion, or less a deduction for every percent short.

use entity::{
    decimal::{Decimal, Rounding},
    vocab::{Direction, Method},
};

use super::{
    Bound, LineInput, Working,
    figures::{Figures, beyond, figures, quotient, vi},
};
use crate::domain::{
    criteria::{Goal, Leaf, PercentCounting, ProportionalParameters, ShortfallParameters},
    phrase::Phrase,
    refusal::Fault,
};

/// Proportional points, or `None` without a figure.
///
/// Decided where practice leaves a gap:
/// - the target reached, or bettered, earns the maximum, whatever the target: also a target of 0 (no fatal accident),
///   also an attained 0 where lower is better;
/// - with a cap for over-fulfilment, a bettered target earns more in the same proportion, up to the cap; a target of 0
///   cannot be over-fulfilled, and a figure of 0 or less where lower is better earns the cap;
/// - a target of 0 that is not reached earns 0, because no part of nothing can be reached;
/// - a negative figure where higher is better earns 0, never less.
pub(super) fn proportional(
    leaf: &Leaf,
    goal: Goal,
    parameters: &ProportionalParameters,
    input: LineInput,
    at: &str,
) -> Result<Option<Working>, Vec<Fault>> {
    let Some(Figures { attained, target }) = figures(goal, input, at)? else { return Ok(None) };
    let (max, most, digits) = (leaf.max_points, leaf.most(), parameters.round_digits);
    let reached = goal.reached(attained, target);
    let over = reached && attained != target && most > max && !target.is_zero();
    let (points, bound, formula) = if reached && !over {
        let bound = (attained != target).then_some(Bound::Maximum);
        (max, bound, reached_in_words(goal.direction, attained, target, max))
    } else if over && goal.direction == Direction::LowerIsBetter && attained <= Decimal::ZERO {
        (most, Some(Bound::Cap), best_in_words(attained, most))
    } else if attained.is_negative() {
        (Decimal::ZERO, Some(Bound::Zero), negative_in_words(attained))
    } else {
        // The divisor is above 0: the target is not 0 or not reached, and a figure of 0 is dealt with.
        let (part, whole) = match goal.direction {
            Direction::HigherIsBetter => (attained, target),
            Direction::LowerIsBetter => (target, attained),
        };
        // A proportion beyond all numbers is beyond the cap too.
        let rounded = match quotient(max, part, whole, digits) {
            Ok(points) => points,
            Err(_) if over => Decimal::MAX,
            Err(_) => return Err(beyond(at)),
        };
        // Rounding alone must not lift the points above a maximum with more decimals, nor let a better figure lose.
        let (least, most) = if over { (max, most) } else { (Decimal::ZERO, max) };
        let points = rounded.clamp(least, most);
        let bound = (rounded > most).then_some(if over { Bound::Cap } else { Bound::Maximum });
        (points, bound, ratio_in_words(goal.direction, [max, part, whole, points], digits))
    };
    let working = Working {
        target: Some(target),
        round_digits: Some(digits),
        bound,
        ..Working::of(Method::Proportional, attained, points, formula)
    };
    Ok(Some(working))
}

/// The maximum less a deduction for every percent short, or `None` without a figure.
///
/// Decided where practice leaves a gap: the target reached earns the maximum, whatever the target; a target of 0 that is
/// not reached earns 0, because a shortfall in percent of nothing is without bound.
pub(super) fn shortfall(
    leaf: &Leaf,
    goal: Goal,
    parameters: &ShortfallParameters,
    input: LineInput,
    at: &str,
) -> Result<Option<Working>, Vec<Fault>> {
    let Some(Figures { attained, target }) = figures(goal, input, at)? else { return Ok(None) };
    let max = leaf.max_points;
    let rounding = match parameters.counting {
        PercentCounting::Started => Rounding::Up,
        PercentCounting::Full => Rounding::Down,
    };
    let (points, bound, formula) = if goal.reached(attained, target) {
        (max, None, reached_in_words(goal.direction, attained, target, max))
    } else {
        let gap = if attained > target { attained.minus(target) } else { target.minus(attained) };
        // A shortfall beyond all numbers leaves nothing.
        let percents = gap
            .and_then(|gap| Decimal::whole(100).times_ratio(gap, target, rounding))
            .and_then(|percents| percents.round(0, rounding));
        let left = percents
            .and_then(|percents| percents.times(parameters.deduction, Rounding::HalfUp))
            .and_then(|taken| max.minus(taken))
            .unwrap_or(Decimal::MIN);
        let points = left.max(Decimal::ZERO);
        let bound = left.is_negative().then_some(Bound::Zero);
        (points, bound, shortfall_in_words(parameters, max, percents.ok(), points))
    };
    let working = Working { target: Some(target), bound, ..Working::of(Method::Shortfall, attained, points, formula) };
    Ok(Some(working))
}

fn reached_in_words(direction: Direction, attained: Decimal, target: Decimal, max: Decimal) -> Phrase {
    let sign = match direction {
        Direction::HigherIsBetter => '≥',
        Direction::LowerIsBetter => '≤',
    };
    Phrase::made(
        format!("the target is reached ({attained} {sign} {target}): the maximum, {max}"),
        format!("đạt chỉ tiêu ({} {sign} {}): được điểm tối đa {}", vi(attained), vi(target), vi(max)),
    )
}

fn best_in_words(attained: Decimal, most: Decimal) -> Phrase {
    Phrase::made(
        format!("nothing better than {attained} can be reached: the cap, {most}"),
        format!("kết quả {} là tốt nhất có thể: được mức trần {}", vi(attained), vi(most)),
    )
}

fn negative_in_words(attained: Decimal) -> Phrase {
    Phrase::made(
        format!("a negative figure ({attained}) earns 0"),
        format!("kết quả âm ({}) được 0 điểm", vi(attained)),
    )
}

fn ratio_in_words(direction: Direction, [max, part, whole, points]: [Decimal; 4], digits: u8) -> Phrase {
    let (words_en, words_vi) = match direction {
        Direction::HigherIsBetter => ("maximum × attained ÷ target", "điểm tối đa × kết quả đạt được ÷ chỉ tiêu"),
        Direction::LowerIsBetter => ("maximum × target ÷ attained", "điểm tối đa × chỉ tiêu ÷ kết quả đạt được"),
    };
    Phrase::made(
        format!("{words_en} = {max} × {part} ÷ {whole}, rounded to {digits} decimals = {points}"),
        format!(
            "{words_vi} = {} × {} ÷ {}, làm tròn đến {digits} chữ số thập phân = {}",
            vi(max),
            vi(part),
            vi(whole),
            vi(points)
        ),
    )
}

fn shortfall_in_words(
    parameters: &ShortfallParameters,
    max: Decimal,
    percents: Option<Decimal>,
    points: Decimal,
) -> Phrase {
    let Some(percents) = percents else {
        return Phrase::new("the shortfall is without bound: 0", "mức thiếu hụt so với chỉ tiêu là vô hạn: 0 điểm");
    };
    let (counted_en, counted_vi) = match parameters.counting {
        PercentCounting::Started => ("started", "kể cả phần lẻ"),
        PercentCounting::Full => ("full", "chỉ tính phần trăm tròn"),
    };
    let each = parameters.deduction;
    Phrase::made(
        format!(
            "maximum − percents short ({counted_en}) × deduction = {max} − {percents} × {each}, not below 0, = {points}"
        ),
        format!(
            "điểm tối đa − số phần trăm thiếu ({counted_vi}) × mức trừ = {} − {} × {}, không dưới 0, = {}",
            vi(max),
            vi(percents),
            vi(each),
            vi(points)
        ),
    )
}
