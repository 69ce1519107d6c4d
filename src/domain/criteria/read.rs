//! Reads the parameters of each method and says all that is wrong with them.

use entity::decimal::Decimal;

use super::{
    Band, Goal, LeaderRelativeParameters, Measure, PercentCounting, ProportionalParameters, ShortfallParameters,
    StepsParameters, bands, members::Members,
};
use crate::domain::{bounds::Bounds, phrase::Phrase};

/// Decimals that computed points keep where the criterion does not say.
const DEFAULT_ROUND_DIGITS: u8 = 2;

/// Decimals that exist at all.
const MOST_ROUND_DIGITS: u8 = 4;

/// Bands a criterion can have. Practice knows about ten.
const MOST_BANDS: usize = 50;

pub(super) fn proportional(members: &mut Members<'_>) -> Option<ProportionalParameters> {
    let goal = goal(members, true);
    let over_fulfilment_cap = members.decimal("over_fulfilment_cap");
    if over_fulfilment_cap.is_some_and(|cap| cap < Decimal::whole(100)) {
        members.fault(
            "over_fulfilment_cap",
            "out_of_range",
            Phrase::new("is a percentage of the maximum, 100 or more", "là tỷ lệ so với điểm tối đa, từ 100 % trở lên"),
        );
    }
    let round_digits = round_digits(members);
    let Goal { direction, target, target_from_line } = goal?;
    let round_digits = round_digits?;
    Some(ProportionalParameters { direction, target, target_from_line, over_fulfilment_cap, round_digits })
}

pub(super) fn shortfall(members: &mut Members<'_>) -> Option<ShortfallParameters> {
    let goal = goal(members, true);
    let counting = members.word("counting", &[("started", PercentCounting::Started), ("full", PercentCounting::Full)]);
    let deduction = positive(members, "deduction");
    let Goal { direction, target, target_from_line } = goal?;
    let counting = counting.unwrap_or_default();
    Some(ShortfallParameters { direction, target, target_from_line, counting, deduction: deduction? })
}

pub(super) fn leader_relative(members: &mut Members<'_>) -> Option<LeaderRelativeParameters> {
    let goal = goal(members, true);
    let round_digits = round_digits(members);
    let Goal { direction, target, target_from_line } = goal?;
    Some(LeaderRelativeParameters { direction, target, target_from_line, round_digits: round_digits? })
}

pub(super) fn steps(members: &mut Members<'_>) -> Option<StepsParameters> {
    let measure = members.word("measure", &[("value", Measure::Value), ("ratio", Measure::Ratio)]).unwrap_or_default();
    let goal = goal(members, measure == Measure::Ratio);
    let read = members.objects("bands", MOST_BANDS, band)?;
    // A band that could not be read is told already; the order of the others says nothing.
    let bands: Option<Vec<Band>> = read.into_iter().collect();
    let (goal, bands) = (goal?, bands?);
    if bands.is_empty() {
        members.fault("bands", "empty", Phrase::new("needs at least one band", "phải có ít nhất một khoảng"));
    } else if !bands::monotonic(&bands, goal.direction) {
        members.fault(
            "bands",
            "not_monotonic",
            Phrase::new("a better figure would get fewer points", "kết quả tốt hơn lại được ít điểm hơn"),
        );
    }
    let Goal { direction, target, target_from_line } = goal;
    Some(StepsParameters { direction, target, target_from_line, measure, bands })
}

fn band(members: &mut Members<'_>) -> Option<Band> {
    let (from, to) = (members.decimal("from"), members.decimal("to"));
    let from_included = members.flag("from_included").unwrap_or(true);
    let to_included = members.flag("to_included").unwrap_or(false);
    let points = members.required_decimal("points");
    if (Bounds { from, from_included, to, to_included }).hold_nothing() {
        members.fault("to", "empty_band", Phrase::new("the band holds no figure", "khoảng không chứa giá trị nào"));
    }
    if points.is_some_and(Decimal::is_negative) {
        members.fault("points", "negative", Phrase::new("points are never negative", "điểm không được âm"));
    }
    Some(Band { from, from_included, to, to_included, points: points? })
}

pub(super) fn points_each(members: &mut Members<'_>) -> Option<Decimal> {
    positive(members, "points_each")
}

pub(super) fn capped(members: &mut Members<'_>) -> Option<(Decimal, Option<Decimal>)> {
    let points_each = positive(members, "points_each");
    let cap = members.decimal("cap");
    if cap.is_some_and(|cap| cap <= Decimal::ZERO) {
        not_positive(members, "cap");
    }
    Some((points_each?, cap))
}

/// What the figure is held against; `targeted` says whether there is a target at all.
fn goal(members: &mut Members<'_>, targeted: bool) -> Option<Goal> {
    let target = members.decimal("target");
    let direction = members.required_direction("direction");
    let target_from_line = members.flag("target_from_line").unwrap_or(false);
    match target {
        Some(target) if target.is_negative() => members.fault(
            "target",
            "negative",
            Phrase::new("a proportion of a negative target has no meaning", "không tính được tỷ lệ so với chỉ tiêu âm"),
        ),
        Some(_) if target_from_line => members.fault(
            "target",
            "contradiction",
            Phrase::new(
                "is left out where every line names its own target",
                "phải để trống khi mỗi dòng điểm tự nêu chỉ tiêu",
            ),
        ),
        Some(_) if !targeted => untargeted(members, "target"),
        None if targeted && !target_from_line && !members.given("target") => members.fault(
            "target",
            "required",
            Phrase::new(
                "must be given unless target_from_line is true",
                "phải có giá trị, trừ khi target_from_line là true",
            ),
        ),
        Some(_) | None => {}
    }
    if target_from_line && !targeted {
        untargeted(members, "target_from_line");
    }
    Some(Goal { direction: direction?, target, target_from_line })
}

fn untargeted(members: &mut Members<'_>, name: &str) {
    members.fault(
        name,
        "contradiction",
        Phrase::new("bands of the value itself have no target", "khoảng tính theo giá trị thì không có chỉ tiêu"),
    );
}

fn round_digits(members: &mut Members<'_>) -> Option<u8> {
    let whole = |number: Decimal| (0..=MOST_ROUND_DIGITS).find(|digits| Decimal::whole(i32::from(*digits)) == number);
    let digits = members.decimal("round_digits").map_or(Some(DEFAULT_ROUND_DIGITS), whole);
    if digits.is_none() {
        members.fault(
            "round_digits",
            "out_of_range",
            Phrase::new("must be a whole number from 0 to 4", "phải là số nguyên từ 0 đến 4"),
        );
    }
    digits
}

fn positive(members: &mut Members<'_>, name: &'static str) -> Option<Decimal> {
    let number = members.required_decimal(name);
    if number.is_some_and(|number| number <= Decimal::ZERO) {
        not_positive(members, name);
    }
    number
}

fn not_positive(members: &mut Members<'_>, name: &str) {
    members.fault(name, "not_positive", Phrase::new("must be more than 0", "phải lớn hơn 0"));
}
