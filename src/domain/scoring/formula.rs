//! The formulas of the methods that compute.

use entity::{
    decimal::{Decimal, NotDecimal, Rounding},
    vocab::{Direction, Method},
};

use super::{Bound, LineInput, Working};
use crate::domain::{
    criteria::{BonusParameters, Leaf, PenaltyParameters, ProportionalParameters},
    phrase::{Language, Phrase},
    refusal::Fault,
};

fn vi(number: Decimal) -> String {
    Language::Vi.number(number)
}

/// Proportional points, or `None` without a figure.
///
/// Decided where practice leaves a gap:
/// - the target reached, or bettered, earns the maximum, whatever the target: also a target of 0 (no fatal accident),
///   also an attained 0 where lower is better;
/// - a target of 0 that is not reached earns 0, because no part of nothing can be reached;
/// - a negative figure where higher is better earns 0, never less.
pub(super) fn proportional(
    leaf: &Leaf,
    parameters: ProportionalParameters,
    input: LineInput,
    at: &str,
) -> Result<Option<Working>, Vec<Fault>> {
    let target = match (parameters.target.or(input.target), input.attained) {
        (_, None) => None,
        (None, Some(_)) => {
            return Err(vec![Fault::new(
                format!("{at}/target"),
                "required",
                Phrase::new(
                    "the criterion takes the target from the line, so it must be given",
                    "tiêu chí lấy chỉ tiêu từ dòng điểm, nên phải nhập chỉ tiêu",
                ),
            )]);
        }
        (target, Some(_)) => target,
    };
    if input.target.is_some_and(Decimal::is_negative) {
        return Err(vec![Fault::new(
            format!("{at}/target"),
            "negative",
            Phrase::new("a proportion of a negative target has no meaning", "không tính được tỷ lệ so với chỉ tiêu âm"),
        )]);
    }
    let (Some(target), Some(attained)) = (target, input.attained) else { return Ok(None) };
    let max = leaf.max_points;
    let digits = parameters.round_digits;
    let reached = match parameters.direction {
        Direction::HigherIsBetter => attained >= target,
        Direction::LowerIsBetter => attained <= target,
    };
    let (points, bound, formula) = if reached {
        (
            max,
            (attained != target).then_some(Bound::Maximum),
            reached_in_words(parameters.direction, attained, target, max),
        )
    } else if attained.is_negative() {
        (Decimal::ZERO, Some(Bound::Zero), negative_in_words(attained))
    } else {
        // Not reached, so the ratio is below 1 and what it divides by above 0.
        let (part, whole) = match parameters.direction {
            Direction::HigherIsBetter => (attained, target),
            Direction::LowerIsBetter => (target, attained),
        };
        let rounded = quotient(max, part, whole, digits).map_err(|_| beyond(at))?;
        // Rounding alone must not lift the points above a maximum with more decimals.
        let points = rounded.min(max);
        let bound = (rounded > max).then_some(Bound::Maximum);
        (points, bound, ratio_in_words(parameters.direction, [max, part, whole, points], digits))
    };
    Ok(Some(Working {
        method: Method::Proportional,
        attained: Some(attained),
        target: Some(target),
        formula,
        round_digits: Some(digits),
        bound,
        points,
    }))
}

pub(super) fn bonus(bonus: BonusParameters, input: LineInput, at: &str) -> Result<Option<Working>, Vec<Fault>> {
    let Some(count) = items(input, at)? else { return Ok(None) };
    let (points, bound) = per_item(count, bonus.points_each, bonus.cap).map_err(|_| beyond(at))?;
    let each = bonus.points_each;
    let (cap_en, cap_vi) = cap_in_words(bonus.cap.filter(|_| bound.is_some()));
    let formula = Phrase::made(
        format!("items × points each = {count} × {each}{cap_en} = {points}"),
        format!("số lượng × điểm mỗi mục = {} × {}{cap_vi} = {}", vi(count), vi(each), vi(points)),
    );
    Ok(Some(on_top(Method::Bonus, count, formula, bound, points)))
}

/// Stored negative, so that a total stays the plain sum of its parts.
pub(super) fn penalty(penalty: PenaltyParameters, input: LineInput, at: &str) -> Result<Option<Working>, Vec<Fault>> {
    let Some(count) = items(input, at)? else { return Ok(None) };
    let (taken, bound) = per_item(count, penalty.points_each, penalty.cap).map_err(|_| beyond(at))?;
    let points = Decimal::ZERO.minus(taken).map_err(|_| beyond(at))?;
    let each = penalty.points_each;
    let (cap_en, cap_vi) = cap_in_words(penalty.cap.filter(|_| bound.is_some()));
    let formula = Phrase::made(
        format!("0 − items × points each = 0 − {count} × {each}{cap_en} = {points}"),
        format!("0 − số lượng × điểm mỗi mục = 0 − {} × {}{cap_vi} = {}", vi(count), vi(each), vi(points)),
    );
    Ok(Some(on_top(Method::Penalty, count, formula, bound, points)))
}

fn on_top(method: Method, count: Decimal, formula: Phrase, bound: Option<Bound>, points: Decimal) -> Working {
    Working { method, attained: Some(count), target: None, formula, round_digits: None, bound, points }
}

/// `max × part ÷ whole`, rounded once, for a ratio from 0 to 1.
fn quotient(max: Decimal, part: Decimal, whole: Decimal, digits: u8) -> Result<Decimal, NotDecimal> {
    if digits >= 4 {
        return max.times_ratio(part, whole, Rounding::HalfUp);
    }
    // Cut off at the fourth decimal the quotient still lies on the same side of every half of fewer digits; rounded
    // there, 2.49996 would become 2.5 and then 3.
    max.times_ratio(part, whole, Rounding::Down)?.round(digits, Rounding::HalfUp)
}

/// The number of items: whole, and not negative.
fn items(input: LineInput, at: &str) -> Result<Option<Decimal>, Vec<Fault>> {
    let Some(count) = input.attained else { return Ok(None) };
    if count.is_negative() || count.round(0, Rounding::Down) != Ok(count) {
        return Err(vec![Fault::new(
            format!("{at}/attained"),
            "not_a_count",
            Phrase::new("the number of items is whole and not negative", "số lượng phải là số nguyên không âm"),
        )]);
    }
    Ok(Some(count))
}

fn per_item(count: Decimal, each: Decimal, cap: Option<Decimal>) -> Result<(Decimal, Option<Bound>), NotDecimal> {
    match (count.times(each, Rounding::HalfUp), cap) {
        (Ok(points), Some(cap)) if points > cap => Ok((cap, Some(Bound::Cap))),
        // Beyond every number is beyond the cap too.
        (Err(_), Some(cap)) => Ok((cap, Some(Bound::Cap))),
        (points, _) => Ok((points?, None)),
    }
}

fn beyond(at: &str) -> Vec<Fault> {
    vec![Fault::new(
        format!("{at}/attained"),
        "out_of_range",
        Phrase::new("the points would lie beyond 10^14", "số điểm tính ra vượt quá 10^14"),
    )]
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

fn cap_in_words(cap: Option<Decimal>) -> (String, String) {
    cap.map_or_else(Default::default, |cap| (format!(", at most {cap},"), format!(", tối đa {},", vi(cap))))
}
