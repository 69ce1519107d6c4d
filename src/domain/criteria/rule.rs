//! How the points of a leaf come about: the method it names, with that method's parameters.

use entity::{decimal::Decimal, vocab::Method};
use serde::Serialize;
use serde_json::Value;

use super::{
    BonusParameters, ExpertParameters, Goal, LeaderRelativeParameters, PassFailParameters, PenaltyParameters,
    PerItemParameters, ProportionalParameters, ShortfallParameters, StepsParameters, members::Members, read,
};
use crate::domain::{phrase::Phrase, refusal::Refusal};

/// The parameters of a criterion's method; which of the forms, the criterion's `method` says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Rule {
    Expert(ExpertParameters),
    Proportional(ProportionalParameters),
    Shortfall(ShortfallParameters),
    Steps(StepsParameters),
    LeaderRelative(LeaderRelativeParameters),
    PassFail(PassFailParameters),
    PerItem(PerItemParameters),
    Bonus(BonusParameters),
    Penalty(PenaltyParameters),
}

impl Rule {
    /// From the stored or sent parts; members the method does not know are refused. `at` is the JSON pointer of the
    /// criterion, below which the faults name `/parameters`.
    pub fn from_parts(method: Method, parameters: Option<&Value>, at: &str) -> Result<Self, Refusal> {
        let under = format!("{at}/parameters");
        let mut members = Members::of(parameters, under.clone());
        let rule = match method {
            Method::Expert => Some(Self::Expert(ExpertParameters {})),
            Method::Proportional => read::proportional(&mut members).map(Self::Proportional),
            Method::Shortfall => read::shortfall(&mut members).map(Self::Shortfall),
            Method::Steps => read::steps(&mut members).map(Self::Steps),
            Method::LeaderRelative => read::leader_relative(&mut members).map(Self::LeaderRelative),
            Method::PassFail => Some(Self::PassFail(PassFailParameters {})),
            Method::PerItem => {
                read::points_each(&mut members).map(|points_each| Self::PerItem(PerItemParameters { points_each }))
            }
            Method::Bonus => {
                read::capped(&mut members).map(|(points_each, cap)| Self::Bonus(BonusParameters { points_each, cap }))
            }
            Method::Penalty => read::capped(&mut members)
                .map(|(points_each, cap)| Self::Penalty(PenaltyParameters { points_each, cap })),
        };
        members.finish()?;
        // Without a fault every required member was read.
        rule.ok_or_else(|| Refusal::fault(under, "required", Phrase::new("must be given", "phải có giá trị")))
    }

    pub const fn method(&self) -> Method {
        match self {
            Self::Expert(_) => Method::Expert,
            Self::Proportional(_) => Method::Proportional,
            Self::Shortfall(_) => Method::Shortfall,
            Self::Steps(_) => Method::Steps,
            Self::LeaderRelative(_) => Method::LeaderRelative,
            Self::PassFail(_) => Method::PassFail,
            Self::PerItem(_) => Method::PerItem,
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
        matches!(self, Self::Bonus(_) | Self::Penalty(_))
    }

    /// Whether the points depend on the figures of the other provinces.
    pub const fn is_relative(&self) -> bool {
        matches!(self, Self::LeaderRelative(_))
    }

    /// What the attained figure is held against, where it is held against something.
    pub const fn goal(&self) -> Option<Goal> {
        let (direction, target, target_from_line) = match self {
            Self::Proportional(ProportionalParameters { direction, target, target_from_line, .. })
            | Self::Shortfall(ShortfallParameters { direction, target, target_from_line, .. })
            | Self::Steps(StepsParameters { direction, target, target_from_line, .. })
            | Self::LeaderRelative(LeaderRelativeParameters { direction, target, target_from_line, .. }) => {
                (*direction, *target, *target_from_line)
            }
            Self::Expert(_) | Self::PassFail(_) | Self::PerItem(_) | Self::Bonus(_) | Self::Penalty(_) => return None,
        };
        Some(Goal { direction, target, target_from_line })
    }

    /// The most points the parameters themselves promise, where they do; it must not be more than the criterion has.
    pub fn promised(&self) -> Option<Decimal> {
        match self {
            Self::Steps(steps) => steps.bands.iter().map(|band| band.points).max(),
            _ => None,
        }
    }
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
                json!({ "direction": "lower_is_better", "target": 0.1, "target_from_line": false,
                    "over_fulfilment_cap": 120, "round_digits": 4 }),
            ),
            (
                Method::Proportional,
                json!({ "direction": "higher_is_better", "target": null, "target_from_line": true,
                    "over_fulfilment_cap": null, "round_digits": 0 }),
            ),
            (
                Method::Shortfall,
                json!({ "direction": "higher_is_better", "target": 100, "target_from_line": false,
                    "counting": "full", "deduction": 0.5 }),
            ),
            (
                Method::Steps,
                json!({ "direction": "higher_is_better", "target": 95, "target_from_line": false, "measure": "ratio",
                    "bands": [{ "from": 100, "from_included": true, "to": null, "to_included": false, "points": 10 }] }),
            ),
            (
                Method::LeaderRelative,
                json!({ "direction": "higher_is_better", "target": 8, "target_from_line": false, "round_digits": 3 }),
            ),
            (Method::PassFail, json!({})),
            (Method::PerItem, json!({ "points_each": 0.25 })),
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
        let read = |method, parameters| Rule::from_parts(method, Some(&parameters), "").unwrap().parameters();
        assert_eq!(
            read(Method::Proportional, json!({ "direction": "higher_is_better", "target": 32 })),
            json!({ "direction": "higher_is_better", "target": 32, "target_from_line": false,
                "over_fulfilment_cap": null, "round_digits": 2 })
        );
        assert_eq!(
            read(Method::Shortfall, json!({ "direction": "higher_is_better", "target": 32, "deduction": 1 })),
            json!({ "direction": "higher_is_better", "target": 32, "target_from_line": false,
                "counting": "started", "deduction": 1 })
        );
        assert_eq!(
            read(Method::Steps, json!({ "direction": "higher_is_better", "bands": [{ "points": 3 }] })),
            json!({ "direction": "higher_is_better", "target": null, "target_from_line": false, "measure": "value",
                "bands": [{ "from": null, "from_included": true, "to": null, "to_included": false, "points": 3 }] })
        );
        assert_eq!(Rule::from_parts(Method::Expert, None, ""), Ok(Rule::Expert(ExpertParameters {})));
    }

    #[test]
    fn every_mistake_is_named_at_once() {
        use Method::*;
        let bands = |bands: Value| json!({ "direction": "higher_is_better", "bands": bands });
        #[rustfmt::skip]
        let cases: Vec<(Method, Value, &[&str])> = vec![
            (Expert,       json!({ "weight": 1 }),    &["/parameters/weight unknown_member"]),
            (Expert,       json!({ "a/b~": 1 }),      &["/parameters/a~1b~0 unknown_member"]),
            (Expert,       json!([]),                 &["/parameters wrong_type"]),
            (PassFail,     json!({ "max": 1 }),       &["/parameters/max unknown_member"]),
            (Proportional, json!({}),                 &["/parameters/direction required", "/parameters/target required"]),
            (Proportional, json!({ "direction": "up", "target": "9" }),
                           &["/parameters/target wrong_type", "/parameters/direction unknown_value"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": -1 }), &["/parameters/target negative"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": 1, "target_from_line": true }),
                           &["/parameters/target contradiction"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": 1, "over_fulfilment_cap": 99.9999 }),
                           &["/parameters/over_fulfilment_cap out_of_range"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": 1, "round_digits": 2.5 }),
                           &["/parameters/round_digits out_of_range"]),
            (LeaderRelative, json!({ "direction": "higher_is_better", "target": 1, "round_digits": 5 }),
                           &["/parameters/round_digits out_of_range"]),
            (Proportional, json!({ "direction": "higher_is_better", "target": 1, "target_from_line": 0 }),
                           &["/parameters/target_from_line wrong_type"]),
            (Shortfall,    json!({ "direction": "higher_is_better", "target": 1, "counting": "half" }),
                           &["/parameters/counting unknown_value", "/parameters/deduction required"]),
            (Shortfall,    json!({ "direction": "higher_is_better", "target": 1, "deduction": 0 }),
                           &["/parameters/deduction not_positive"]),
            (Steps,        json!({ "direction": "higher_is_better" }), &["/parameters/bands required"]),
            (Steps,        bands(json!([])),           &["/parameters/bands empty"]),
            (Steps,        bands(json!({})),           &["/parameters/bands wrong_type"]),
            (Steps,        json!({ "direction": "higher_is_better", "target": 1, "bands": [{ "points": 1 }] }),
                           &["/parameters/target contradiction"]),
            (Steps,        json!({ "direction": "higher_is_better", "measure": "ratio", "bands": [{ "points": 1 }] }),
                           &["/parameters/target required"]),
            (Steps,        bands(json!([{ "from": 1, "to": 1, "points": 1 }, { "from": 2, "to": 1, "points": -1 }, { "upto": 1, "points": 1 }])),
                           &["/parameters/bands/0/to empty_band", "/parameters/bands/1/to empty_band",
                             "/parameters/bands/1/points negative", "/parameters/bands/2/upto unknown_member"]),
            (Steps,        bands(json!([{ "from": 5, "to": 10, "points": 1 }])), &["/parameters/bands not_monotonic"]),
            (Steps,        bands(json!([{ "to": 10, "points": 2 }, { "points": 1 }])), &["/parameters/bands not_monotonic"]),
            (PerItem,      json!({ "points_each": 0 }), &["/parameters/points_each not_positive"]),
            (Bonus,        json!({ "cap": 0 }),       &["/parameters/points_each required", "/parameters/cap not_positive"]),
            (Penalty,      json!({ "points_each": -1, "cap": 1e15 }),
                           &["/parameters/points_each not_positive", "/parameters/cap out_of_range"]),
            (Penalty,      json!({ "points_each": 0.00001, "max": 1 }),
                           &["/parameters/points_each too_precise", "/parameters/max unknown_member"]),
        ];
        for (method, parameters, expected) in cases {
            assert_eq!(faults(method, &parameters), expected, "{method:?} {parameters}");
        }
    }
}
