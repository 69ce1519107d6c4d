//! Points by the number of items: within the total, or on top of it.

use entity::{
    decimal::{Decimal, NotDecimal, Rounding},
    vocab::Method,
};

use super::{
    Bound, LineInput, Working,
    figures::{beyond, vi},
};
use crate::domain::{
    criteria::{BonusParameters, Leaf, PenaltyParameters, PerItemParameters},
    phrase::Phrase,
    refusal::Fault,
};

pub(super) fn per_item(
    leaf: &Leaf,
    parameters: PerItemParameters,
    input: LineInput,
    at: &str,
) -> Result<Option<Working>, Vec<Fault>> {
    let max = leaf.max_points;
    let counted = added(Method::PerItem, parameters.points_each, Some(max), input, at)?;
    Ok(counted.map(|working| Working { bound: working.bound.map(|_| Bound::Maximum), ..working }))
}

pub(super) fn bonus(bonus: BonusParameters, input: LineInput, at: &str) -> Result<Option<Working>, Vec<Fault>> {
    added(Method::Bonus, bonus.points_each, bonus.cap, input, at)
}

/// Stored negative, so that a total stays the plain sum of its parts.
pub(super) fn penalty(penalty: PenaltyParameters, input: LineInput, at: &str) -> Result<Option<Working>, Vec<Fault>> {
    let Some(count) = items(input, at)? else { return Ok(None) };
    let (taken, bound) = product(count, penalty.points_each, penalty.cap).map_err(|_| beyond(at))?;
    let points = Decimal::ZERO.minus(taken).map_err(|_| beyond(at))?;
    let each = penalty.points_each;
    let (cap_en, cap_vi) = cap_in_words(penalty.cap.filter(|_| bound.is_some()));
    let formula = Phrase::made(
        format!("0 − items × points each = 0 − {count} × {each}{cap_en} = {points}"),
        format!("0 − số lượng × điểm mỗi mục = 0 − {} × {}{cap_vi} = {}", vi(count), vi(each), vi(points)),
    );
    Ok(Some(Working { bound, ..Working::of(Method::Penalty, count, points, formula) }))
}

fn added(
    method: Method,
    each: Decimal,
    cap: Option<Decimal>,
    input: LineInput,
    at: &str,
) -> Result<Option<Working>, Vec<Fault>> {
    let Some(count) = items(input, at)? else { return Ok(None) };
    let (points, bound) = product(count, each, cap).map_err(|_| beyond(at))?;
    let (cap_en, cap_vi) = cap_in_words(cap.filter(|_| bound.is_some()));
    let formula = Phrase::made(
        format!("items × points each = {count} × {each}{cap_en} = {points}"),
        format!("số lượng × điểm mỗi mục = {} × {}{cap_vi} = {}", vi(count), vi(each), vi(points)),
    );
    Ok(Some(Working { bound, ..Working::of(method, count, points, formula) }))
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

fn product(count: Decimal, each: Decimal, cap: Option<Decimal>) -> Result<(Decimal, Option<Bound>), NotDecimal> {
    match (count.times(each, Rounding::HalfUp), cap) {
        (Ok(points), Some(cap)) if points > cap => Ok((cap, Some(Bound::Cap))),
        // Beyond every number is beyond the cap too.
        (Err(_), Some(cap)) => Ok((cap, Some(Bound::Cap))),
        (points, _) => Ok((points?, None)),
    }
}

fn cap_in_words(cap: Option<Decimal>) -> (String, String) {
    cap.map_or_else(Default::default, |cap| (format!(", at most {cap},"), format!(", tối đa {},", vi(cap))))
}
