//! What a figure is held against, and the quotients that come of it.

use entity::decimal::{Decimal, NotDecimal, Rounding};

use super::LineInput;
use crate::domain::{
    criteria::Goal,
    phrase::{Language, Phrase},
    refusal::Fault,
};

/// A figure and its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figures {
    pub attained: Decimal,
    pub target: Decimal,
}

/// The figure and what it is held against; `None` without a figure.
pub(super) fn figures(goal: Goal, input: LineInput, at: &str) -> Result<Option<Figures>, Vec<Fault>> {
    if input.target.is_some_and(Decimal::is_negative) {
        return Err(vec![Fault::new(
            format!("{at}/target"),
            "negative",
            Phrase::new("a proportion of a negative target has no meaning", "không tính được tỷ lệ so với chỉ tiêu âm"),
        )]);
    }
    match (goal.target.or(input.target), input.attained) {
        (_, None) => Ok(None),
        (Some(target), Some(attained)) => Ok(Some(Figures { attained, target })),
        (None, Some(_)) => Err(vec![Fault::new(
            format!("{at}/target"),
            "required",
            Phrase::new(
                "the criterion takes the target from the line, so it must be given",
                "tiêu chí lấy chỉ tiêu từ dòng điểm, nên phải nhập chỉ tiêu",
            ),
        )]),
    }
}

/// `max × part ÷ whole`, rounded once, for a ratio that is not negative.
pub(super) fn quotient(max: Decimal, part: Decimal, whole: Decimal, digits: u8) -> Result<Decimal, NotDecimal> {
    if digits >= 4 {
        return max.times_ratio(part, whole, Rounding::HalfUp);
    }
    // Cut off at the fourth decimal the quotient still lies on the same side of every half of fewer digits; rounded
    // there, 2.49996 would become 2.5 and then 3.
    max.times_ratio(part, whole, Rounding::Down)?.round(digits, Rounding::HalfUp)
}

pub(super) fn beyond(at: &str) -> Vec<Fault> {
    vec![Fault::new(
        format!("{at}/attained"),
        "out_of_range",
        Phrase::new("the points would lie beyond 10^14", "số điểm tính ra vượt quá 10^14"),
    )]
}

/// A number as Vietnamese writes it.
pub(super) fn vi(number: Decimal) -> String {
    Language::Vi.number(number)
}
