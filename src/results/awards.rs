//! Award rules as the rules see them.

use entity::award_rule;

use crate::domain::award_rule::AwardRule;

/// A stored rule as the rules see it.
pub fn award_rule(row: &award_rule::Model) -> AwardRule {
    AwardRule {
        place_from: row.place_from,
        place_to: row.place_to,
        classification: row.classification.clone(),
        min_total: row.min_total,
        quota: row.quota,
        ties: row.ties,
    }
}
