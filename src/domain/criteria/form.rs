//! The form that issued criteria make: what a scorecard has to fill in.

use std::collections::HashMap;

use entity::decimal::{Decimal, Rounding};
use uuid::Uuid;

use super::{ProportionalParameters, Rule, Tree, issue::leaf_blocker, tree::worth};
use crate::domain::refusal::{Refusal, unless_blocked};

/// The sections and the lines of every scorecard of a cycle, in display order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    sections: Vec<Section>,
    leaves: Vec<Leaf>,
    places: HashMap<Uuid, usize>,
}

/// A root of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub id: Uuid,
    pub code: String,
    pub name: String,
    pub max_points: Decimal,
}

/// A criterion that is scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    pub id: Uuid,
    pub section_id: Uuid,
    pub code: String,
    pub name: String,
    /// Its part of the maximum; 0 where the points lie on top.
    pub max_points: Decimal,
    pub rule: Rule,
    /// Whether a line is handed in only with evidence or an explanation.
    pub evidence_required: bool,
}

impl Form {
    /// Refused while a leaf lacks its method or its points; issued criteria lack none.
    pub fn of(tree: &Tree) -> Result<Self, Refusal> {
        unless_blocked(tree.leaves().filter_map(leaf_blocker).collect())?;
        let sums = tree.sums()?;
        let sections = tree
            .sections()
            .map(|placed| Section {
                id: placed.node.id,
                code: placed.node.code.clone(),
                name: placed.node.name.clone(),
                max_points: worth(placed, &sums),
            })
            .collect();
        let leaves: Vec<Leaf> = tree
            .leaves()
            .filter_map(|placed| {
                Some(Leaf {
                    id: placed.node.id,
                    section_id: placed.section_id,
                    code: placed.node.code.clone(),
                    name: placed.node.name.clone(),
                    max_points: worth(placed, &sums),
                    rule: placed.node.rule.clone()?,
                    evidence_required: placed.node.evidence_required,
                })
            })
            .collect();
        let places = leaves.iter().enumerate().map(|(place, leaf)| (leaf.id, place)).collect();
        Ok(Self { sections, leaves, places })
    }

    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    pub fn leaf(&self, criterion_id: Uuid) -> Option<&Leaf> {
        self.places.get(&criterion_id).and_then(|place| self.leaves.get(*place))
    }
}

impl Leaf {
    /// The lowest and the highest points a line can get; `None` where a bonus or a penalty has no cap.
    pub fn range(&self) -> (Option<Decimal>, Option<Decimal>) {
        match &self.rule {
            Rule::Proportional(_) => (Some(Decimal::ZERO), Some(self.most())),
            Rule::Expert(_)
            | Rule::Shortfall(_)
            | Rule::Steps(_)
            | Rule::LeaderRelative(_)
            | Rule::PassFail(_)
            | Rule::PerItem(_) => (Some(Decimal::ZERO), Some(self.max_points)),
            Rule::Bonus(bonus) => (Some(Decimal::ZERO), bonus.cap),
            // A cap is positive, so its opposite is in range.
            Rule::Penalty(penalty) => (penalty.cap.and_then(|cap| Decimal::ZERO.minus(cap).ok()), Some(Decimal::ZERO)),
        }
    }

    /// The most a line can earn as a part of the total: the maximum, or what over-fulfilment may bring.
    pub fn most(&self) -> Decimal {
        match &self.rule {
            Rule::Proportional(ProportionalParameters { over_fulfilment_cap: Some(percent), .. }) => {
                self.max_points.times_ratio(*percent, Decimal::whole(100), Rounding::Down).unwrap_or(Decimal::MAX)
            }
            _ => self.max_points,
        }
    }
}

#[cfg(test)]
mod tests {
    use entity::vocab::Method;
    use serde_json::json;

    use super::*;
    use crate::domain::criteria::example::{form, id, leaf, node};

    #[test]
    fn a_form_lists_sections_and_leaves_with_their_maximum() {
        let form = form();
        let sections: Vec<_> = form.sections().iter().map(|s| (s.code.as_str(), s.max_points.to_string())).collect();
        assert_eq!(sections, [("1", "60".into()), ("2", "40".to_owned())]);
        let leaves: Vec<_> =
            form.leaves().iter().map(|l| (l.code.as_str(), l.section_id, l.max_points.to_string())).collect();
        assert_eq!(
            leaves,
            [
                ("11", id(1), "40".to_owned()),
                ("12", id(1), "20".into()),
                ("21", id(2), "40".into()),
                ("22", id(2), "0".into()),
                ("23", id(2), "0".into()),
            ]
        );
        assert_eq!(form.leaf(id(21)).map(|leaf| leaf.code.as_str()), Some("21"));
        assert_eq!(form.leaf(id(2)), None, "a section is not scored");
    }

    #[test]
    fn criteria_that_cannot_be_scored_make_no_form() {
        let tree =
            Tree::build(vec![node(1, None, None, Some((Method::Expert, json!({}))))], |_| String::new()).unwrap();
        let Err(Refusal::Blocked(blockers)) = Form::of(&tree) else { panic!() };
        assert_eq!(blockers[0].code, "leaf_without_max_points");
    }

    #[test]
    fn the_range_of_a_line_follows_its_method() {
        let range = |method, max, parameters| {
            let (low, high) = leaf(method, max, parameters).range();
            (low.map(|points| points.to_string()), high.map(|points| points.to_string()))
        };
        let (zero, some) = (|| Some("0".to_owned()), |text: &str| Some(text.to_owned()));
        assert_eq!(range(Method::Expert, Some("7.5"), json!({})), (zero(), some("7.5")));
        let over = json!({ "direction": "higher_is_better", "target": 1, "over_fulfilment_cap": 120 });
        assert_eq!(range(Method::Proportional, Some("7.5"), over), (zero(), some("9")));
        assert_eq!(range(Method::Bonus, None, json!({ "points_each": 1, "cap": 5 })), (zero(), some("5")));
        assert_eq!(range(Method::Bonus, None, json!({ "points_each": 1 })), (zero(), None));
        assert_eq!(range(Method::Penalty, None, json!({ "points_each": 1, "cap": 5 })), (some("-5"), zero()));
        assert_eq!(range(Method::Penalty, None, json!({ "points_each": 1 })), (None, zero()));
    }
}
