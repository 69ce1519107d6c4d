//! Points by bands of the figure, or of its ratio to the target.

use std::cmp::Ordering;

use entity::{decimal::Decimal, vocab::Method};

use super::{
    LineInput, Working,
    figures::{Figures, figures, vi},
};
use crate::domain::{
    bounds::percent,
    criteria::{Band, Goal, Measure, StepsParameters, holding},
    phrase::Phrase,
    refusal::Fault,
};

/// The points of the first band that holds the figure, 0 where none does, or `None` without a figure.
///
/// Decided where practice leaves a gap: of a target of 0, the figure 0 is 100 %, and every other figure lies beyond all
/// bounds on its side.
pub(super) fn steps(
    goal: Goal,
    parameters: &StepsParameters,
    input: LineInput,
    at: &str,
) -> Result<Option<Working>, Vec<Fault>> {
    let (attained, target, band) = match parameters.measure {
        Measure::Value => {
            let Some(attained) = input.attained else { return Ok(None) };
            (attained, None, holding(&parameters.bands, |bound| attained.cmp(&bound)))
        }
        Measure::Ratio => {
            let Some(found) = figures(goal, input, at)? else { return Ok(None) };
            (found.attained, Some(found.target), holding(&parameters.bands, |bound| against(found, bound)))
        }
    };
    let points = band.map_or(Decimal::ZERO, |band| band.points);
    let formula = in_words(attained, target, band, points);
    Ok(Some(Working { target, ..Working::of(Method::Steps, attained, points, formula) }))
}

fn against(Figures { attained, target }: Figures, bound: Decimal) -> Ordering {
    if target.is_zero() {
        return attained.cmp(&target).then_with(|| Decimal::whole(100).cmp(&bound));
    }
    percent(attained, target, bound)
}

fn in_words(attained: Decimal, target: Option<Decimal>, band: Option<&Band>, points: Decimal) -> Phrase {
    let (of_en, of_vi) = target.map_or_else(Default::default, |target| {
        (format!(" ÷ {target} in percent"), format!(" ÷ {} tính theo phần trăm", vi(target)))
    });
    let Some(band) = band else {
        return Phrase::made(
            format!("no band holds {attained}{of_en}: 0"),
            format!("không khoảng nào chứa {}{of_vi}: 0 điểm", vi(attained)),
        );
    };
    let open = if band.from_included && band.from.is_some() { '[' } else { '(' };
    let close = if band.to_included && band.to.is_some() { ']' } else { ')' };
    let bounds = |write: fn(Decimal) -> String| {
        let from = band.from.map_or_else(|| "−∞".to_owned(), write);
        let to = band.to.map_or_else(|| "∞".to_owned(), write);
        format!("{open}{from}; {to}{close}")
    };
    Phrase::made(
        format!("{attained}{of_en} lies in the band {}: {points}", bounds(|number| number.to_string())),
        format!("{}{of_vi} thuộc khoảng {}: {} điểm", vi(attained), bounds(vi), vi(points)),
    )
}
