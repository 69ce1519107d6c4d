//! The parameters of each method: what of a computation is a setting.

use entity::{decimal::Decimal, vocab::Direction};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::bounds::Bounds;

/// Parameters of `expert`: none. The scorer gives 0 to the maximum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "expert")]
pub struct ExpertParameters {}

/// Parameters of `proportional`: maximum × attained ÷ target, or maximum × target ÷ attained where lower is better;
/// never below 0, and never above the maximum unless `over_fulfilment_cap` says how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "proportional")]
pub struct ProportionalParameters {
    /// Which way of the figure is the better one
    pub direction: Direction,
    /// The figure to reach, the same for every province; 0 or more. Left out when `target_from_line` is true.
    pub target: Option<Decimal>,
    /// True when every line names its own target; false when left out
    #[schema(required = false, default = false)]
    pub target_from_line: bool,
    /// The most that over-fulfilment earns, in percent of the maximum points; 100 or more. 120 lets 10 points become 12.
    /// Without it the maximum is the most.
    pub over_fulfilment_cap: Option<Decimal>,
    /// Decimals the points are rounded to, a half upwards; 2 when left out
    #[schema(required = false, default = 2, minimum = 0, maximum = 4)]
    pub round_digits: u8,
}

/// Parameters of `shortfall`: the maximum less `deduction` for every percent that the figure falls short of the target,
/// not below 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "shortfall")]
pub struct ShortfallParameters {
    /// Which way of the figure is the better one
    pub direction: Direction,
    /// The figure to reach, the same for every province; 0 or more. Left out when `target_from_line` is true.
    pub target: Option<Decimal>,
    /// True when every line names its own target; false when left out
    #[schema(required = false, default = false)]
    pub target_from_line: bool,
    /// Which percents count; `started` when left out
    #[schema(required = false)]
    pub counting: PercentCounting,
    /// Points that one percent costs; more than 0
    pub deduction: Decimal,
}

/// Which percents of a shortfall count.
///
/// - `started`: 2.1 % short counts as 3
/// - `full`: 2.9 % short counts as 2
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PercentCounting {
    #[default]
    Started,
    Full,
}

/// Parameters of `steps`: the points of the first band that holds the figure; 0 where none does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "steps")]
pub struct StepsParameters {
    /// Which way of the figure is the better one
    pub direction: Direction,
    /// The figure to reach, the same for every province; 0 or more. Only with `measure` `ratio`, and left out when `target_from_line` is true.
    pub target: Option<Decimal>,
    /// True when every line names its own target; false when left out
    #[schema(required = false, default = false)]
    pub target_from_line: bool,
    /// What the bands are about; `value` when left out
    #[schema(required = false)]
    pub measure: Measure,
    /// In the order in which they are tried; a better figure must never get fewer points
    #[schema(min_items = 1, max_items = 50)]
    pub bands: Vec<Band>,
}

/// What a band holds.
///
/// - `value`: the attained figure itself; there is no target
/// - `ratio`: the attained figure in percent of the target
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    #[default]
    Value,
    Ratio,
}

/// One band of `steps`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "band")]
pub struct Band {
    /// Where it begins; without it there is no lower bound
    pub from: Option<Decimal>,
    /// Whether `from` itself is inside; true when left out
    #[schema(required = false, default = true)]
    pub from_included: bool,
    /// Where it ends; without it there is no upper bound
    pub to: Option<Decimal>,
    /// Whether `to` itself is inside; false when left out
    #[schema(required = false, default = false)]
    pub to_included: bool,
    /// What it earns, from 0 to the maximum points of the criterion
    pub points: Decimal,
}

/// Parameters of `leader_relative`: at the target half the maximum, below it half the maximum × attained ÷ target, above
/// it half the maximum more × (attained − target) ÷ (best − target); where lower is better the other way round. The best
/// is the best appraised figure of the cluster; an excluded province does not set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "leader_relative")]
pub struct LeaderRelativeParameters {
    /// Which way of the figure is the better one
    pub direction: Direction,
    /// The figure to reach, the same for every province; 0 or more. Left out when `target_from_line` is true.
    pub target: Option<Decimal>,
    /// True when every line names its own target; false when left out
    #[schema(required = false, default = false)]
    pub target_from_line: bool,
    /// Decimals the points are rounded to, a half upwards; 2 when left out
    #[schema(required = false, default = 2, minimum = 0, maximum = 4)]
    pub round_digits: u8,
}

/// Parameters of `pass_fail`: none. The scorer gives the maximum or 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "pass_fail")]
pub struct PassFailParameters {}

/// Parameters of `per_item`: items × points each, at most the maximum points of the criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "per_item")]
pub struct PerItemParameters {
    /// Points one item earns; more than 0
    pub points_each: Decimal,
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

/// What a figure is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    pub direction: Direction,
    /// The same for every province, where the line does not name its own.
    pub target: Option<Decimal>,
    pub target_from_line: bool,
}

impl Band {
    pub const fn bounds(&self) -> Bounds {
        let Self { from, from_included, to, to_included, points: _ } = *self;
        Bounds { from, from_included, to, to_included }
    }
}

impl Goal {
    /// Whether the figure reaches what it is held against.
    pub fn reached(self, attained: Decimal, target: Decimal) -> bool {
        attained == target || self.better(attained, target)
    }

    pub fn better(self, one: Decimal, other: Decimal) -> bool {
        match self.direction {
            Direction::HigherIsBetter => one > other,
            Direction::LowerIsBetter => one < other,
        }
    }
}
