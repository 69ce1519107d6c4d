//! How a ballot is held and counted: settings.

use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::{phrase::Phrase, refusal::Fault};

/// How a ballot is held and counted; a setting of each ballot
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "secret": true, "quorum_percent": 66.67, "threshold_percent": 80, "threshold_base": "all",
    "postal": true, "own_province_votes": false,
}))]
pub struct BallotRules {
    /// Whether nobody learns who voted how: votes are then kept apart from voters, and no order or time joins them
    pub secret: bool,
    /// How many percent of those who may vote must take part; 0 where any number will do
    #[schema(minimum = 0, maximum = 100, example = 66.67)]
    pub quorum_percent: Decimal,
    /// How many percent of the base must vote for it, at least; commonly 80 or 90
    #[schema(minimum = 0.0001, maximum = 100, example = 80)]
    pub threshold_percent: Decimal,
    pub threshold_base: ThresholdBase,
    /// Whether the opinion of an absent member by post is taken; who gives one takes part
    #[serde(default)]
    #[schema(required = false, default = false)]
    pub postal: bool,
    /// Whether a province votes where it is itself nominated or stands as a candidate
    #[serde(default)]
    #[schema(required = false, default = false)]
    pub own_province_votes: bool,
}

/// What a threshold is a percentage of.
///
/// - `all`: all who may vote
/// - `present`: those who take part, abstentions included
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThresholdBase {
    All,
    Present,
}

impl BallotRules {
    /// What is wrong with the rules; `at` is their JSON pointer.
    pub fn faults(&self, at: &str) -> Vec<Fault> {
        let hundred = Decimal::whole(100);
        let quorum = (self.quorum_percent.is_negative() || self.quorum_percent > hundred).then(|| {
            let message = Phrase::new("lies between 0 and 100", "phải từ 0 đến 100");
            Fault::new(format!("{at}/quorum_percent"), "out_of_range", message)
        });
        let threshold = (self.threshold_percent <= Decimal::ZERO || self.threshold_percent > hundred).then(|| {
            let message = Phrase::new("is more than 0 and at most 100", "phải lớn hơn 0 và không quá 100");
            Fault::new(format!("{at}/threshold_percent"), "out_of_range", message)
        });
        quorum.into_iter().chain(threshold).collect()
    }
}

/// The fewest whole votes that make so many percent of a base: rounded up.
pub(super) fn share(percent: Decimal, base: u32) -> u32 {
    // 100 % in steps of 1/10,000.
    const WHOLE: i64 = 1_000_000;
    let wanted = percent.scaled().max(0).saturating_mul(i64::from(base));
    u32::try_from(wanted.saturating_add(WHOLE - 1) / WHOLE).unwrap_or(u32::MAX)
}
