//! How the points of a leaf come about: the method it names, with that method's parameters.

use entity::{
    decimal::Decimal,
    vocab::{Direction, Method},
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::members::Members;
use crate::domain::{phrase::Phrase, refusal::Refusal};

/// Decimals that computed points keep where the criterion does not say.
const DEFAULT_ROUND_DIGITS: u8 = 2;

/// Decimals that exist at all.
const MOST_ROUND_DIGITS: u8 = 4;

/// The parameters of a criterion's method; which of the forms, the criterion's `method` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Rule {
    Expert(ExpertParameters),
    Proportional(ProportionalParameters),
    Bonus(BonusParameters),
    Penalty(PenaltyParameters),
}

/// Parameters of `expert`: none. The scorer gives 0 to the maximum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "expert")]
pub struct ExpertParameters {}

/// Parameters of `proportional`: maximum × attained ÷ target, or maximum × target ÷ attained where lower is better;
/// never above the maximum, never below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "proportional")]
pub struct ProportionalParameters {
    /// Which way of the figure is the better one
    pub direction: Direction,
    /// The figure that earns the maximum, the same for every province; 0 or more. Left out when `target_from_line` is true.
    pub target: Option<Decimal>,
    /// True when every line names its own target; false when left out
    #[schema(required = false, default = false)]
    pub target_from_line: bool,
    /// Decimals the points are rounded to, a half upwards; 2 when left out
    #[schema(required = false, default = 2, minimum = 0, maximum = 4)]
    pub round_digits: u8,
}

/// Parameters of `bonus`: items × points each, at most the cap, added on top of the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "bonus")]
pub struct BonusParameters {
    /// Points one item adds; more than 0
    pub points_each: Decimal,
    /// The most all items together add; more than 0. Without it there is no cap.
    pub cap: Option<Decimal>,
}

/// Parameters of `penalty`: items × points each, at most the cap, subtracted from the total. Its points are stored negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "penalty")]
pub struct PenaltyParameters {
    /// Points one item takes away; more than 0
    pub points_each: Decimal,
    /// The most all items together take away; more than 0. Without it there is no cap.
    pub cap: Option<Decimal>,
}

impl Rule {
    /// From the stored or sent parts; members the method does not know are refused. `at` is the JSON pointer of the
    /// criterion, below which the faults name `/parameters`.
    pub fn from_parts(method: Method, parameters: Option<&Value>, at: &str) -> Result<Self, Refusal> {
        let under = format!("{at}/parameters");
        let mut members = Members::of(parameters, under.clone());
        let rule = match method {
            Method::Expert => Some(Self::Expert(ExpertParameters {})),
            Method::Proportional => proportional(&mut members).map(Self::Proportional),
            Method::Bonus => {
                per_item(&mut members).map(|(points_each, cap)| Self::Bonus(BonusParameters { points_each, cap }))
            }
            Method::Penalty => {
                per_item(&mut members).map(|(points_each, cap)| Self::Penalty(PenaltyParameters { points_each, cap }))
            }
        };
        members.finish()?;
        // Without a fault every required member was read.
        rule.ok_or_else(|| Refusal::fault(under, "required", Phrase::new("must be given", "phải có giá trị")))
    }

    pub const fn method(&self) -> Method {
        match self {
            Self::Expert(_) => Method::Expert,
            Self::Proportional(_) => Method::Proportional,
            Self::Bonus(_) => Method::Bonus,
            Self::Penalty(_) => Method::Penalty,
        }
    }

    /// The parameters as stored and sent, defaults written out.
    pub fn parameters(&self) -> Value {
        serde_json::json!(self)
    }

    /// Whether the points lie on top of the total instead of being a part of it.
    pub const fn is_on_top(&self) -> bool {
        match self {
            Self::Expert(_) | Self::Proportional(_) => false,
            Self::Bonus(_) | Self::Penalty(_) => true,
        }
    }
}

fn proportional(members: &mut Members<'_>) -> Option<ProportionalParameters> {
    let target = members.decimal("target");
    let direction = members.required_direction("direction");
    let target_from_line = members.flag("target_from_line").unwrap_or(false);
    let round_digits = members.decimal("round_digits").map_or(Some(DEFAULT_ROUND_DIGITS), digits);
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
        None if !target_from_line && !members.given("target") => members.fault(
            "target",
            "required",
            Phrase::new(
                "must be given unless target_from_line is true",
                "phải có giá trị, trừ khi target_from_line là true",
            ),
        ),
        Some(_) | None => {}
    }
    if round_digits.is_none() {
        members.fault(
            "round_digits",
            "out_of_range",
            Phrase::new("must be a whole number from 0 to 4", "phải là số nguyên từ 0 đến 4"),
        );
    }
    Some(ProportionalParameters { direction: direction?, target, target_from_line, round_digits: round_digits? })
}

fn digits(number: Decimal) -> Option<u8> {
    (0..=MOST_ROUND_DIGITS).find(|digits| Decimal::whole(i32::from(*digits)) == number)
}

fn per_item(members: &mut Members<'_>) -> Option<(Decimal, Option<Decimal>)> {
    let points_each = members.required_decimal("points_each");
    let cap = members.decimal("cap");
    for (name, given) in [("points_each", points_each), ("cap", cap)] {
        if given.is_some_and(|points| points <= Decimal::ZERO) {
            members.fault(name, "not_positive", Phrase::new("must be more than 0", "phải lớn hơn 0"));
        }
    }
    Some((points_each?, cap))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(method: Method, parameters: &Value) -> Vec<String> {
        match Rule::from_parts(method, Some(parameters), "") {
            Err(Refusal::Invalid(faults)) => {
                faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        let cases = [
            (Method::Expert, json!({})),
            (
                Method::Proportional,
                json!({ "direction": "lower_is_better", "target": 0.1, "target_from_line": false, "round_digits": 4 }),
            ),
            (
                Method::Proportional,
                json!({ "direction": "higher_is_better", "target": null, "target_from_line": true, "round_digits": 0 }),
            ),
            (Method::Bonus, json!({ "points_each": 2.5, "cap": 10 })),
            (Method::Penalty, json!({ "points_each": 1, "cap": null })),
        ];
        for (method, parameters) in cases {
            let rule = Rule::from_parts(method, Some(&parameters), "").unwrap();
            assert_eq!((rule.method(), rule.parameters()), (method, parameters));
        }
    }

    #[test]
    fn what_is_left_out_gets_its_default() {
        let parameters = json!({ "direction": "higher_is_better", "target": 32 });
        let expected = ProportionalParameters {
            direction: Direction::HigherIsBetter,
            target: Some(Decimal::whole(32)),
            target_from_line: false,
            round_digits: 2,
        };
        assert_eq!(Rule::from_parts(Method::Proportional, Some(&parameters), ""), Ok(Rule::Proportional(expected)));
        assert_eq!(Rule::from_parts(Method::Expert, None, ""), Ok(Rule::Expert(ExpertParameters {})));
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        use Method::*;
        #[rustfmt::skip]
        let cases: [(Method, Value, &[&str]); 13] = [
            (Expert,       json!({ "weight": 1 }),    &["/parameters/weight unknown_member"]),
            (Expert,       json!({ "a/b~": 1 }),      &["/parameters/a~1b~0 unknown_member"]),
            (Expert,       json!([]),                 &["/parameters wrong_type"]),
            (Proportional, json!({}),                 &["/parameters/direction required", "/parameters/target required"]),
            (Proportional, json!({ "direction": "up", "target": "9" }),
                           &["/parameters/target wrong_type", "/parameters/direction unknown_value"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": -1 }), &["/parameters/target negative"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": 1, "target_from_line": true }),
                           &["/parameters/target contradiction"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": 1, "round_digits": 2.5 }),
                           &["/parameters/round_digits out_of_range"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": 1, "round_digits": 5 }),
                           &["/parameters/round_digits out_of_range"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": 1, "target_from_line": 0 }),
                           &["/parameters/target_from_line wrong_type"]),
            (Bonus,        json!({ "cap": 0 }),       &["/parameters/points_each required", "/parameters/cap not_positive"]),
            (Penalty,      json!({ "points_each": -1, "cap": 1e15 }),
                           &["/parameters/cap out_of_range", "/parameters/points_each not_positive"]),
            (Penalty,      json!({ "points_each": 0.00001, "max": 1 }),
                           &["/parameters/points_each too_precise", "/parameters/max unknown_member"]),
        ];
        for (method, parameters, expected) in cases {
            assert_eq!(faults(method, &parameters), expected, "{method:?} {parameters}");
        }
    }
}
