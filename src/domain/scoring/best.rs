//! The best figures of a cluster.

use std::collections::HashMap;

use entity::decimal::Decimal;
use uuid::Uuid;

use super::{Line, Stages};
use crate::domain::criteria::Form;

/// The best figure of the cluster for each criterion whose points depend on it, at each stage. Empty where the caller
/// may not know it: what one province reached is nobody else's business before publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Best(HashMap<Uuid, Stages<Option<Decimal>>>);

impl Best {
    /// Of the sheets of all provinces that compete; an excluded province does not set the best. A figure whose points
    /// were overruled by an appraiser leads nobody.
    pub fn of<'a>(form: &Form, competing: impl Iterator<Item = &'a Line>) -> Self {
        let mut found: HashMap<Uuid, Stages<Option<Decimal>>> = HashMap::new();
        for line in competing {
            let Some(leaf) = form.leaf(line.criterion_id) else { continue };
            let (true, Some(goal)) = (leaf.rule.is_relative(), leaf.rule.goal()) else { continue };
            let best = found.entry(leaf.id).or_default();
            let better = |best: &mut Option<Decimal>, figure: Option<Decimal>| {
                if let Some(figure) = figure
                    && best.is_none_or(|best| goal.better(figure, best))
                {
                    *best = Some(figure);
                }
            };
            better(&mut best.self_scored, line.attained);
            better(&mut best.appraised, line.appraised_attained);
            let last = if line.points.second.is_some() { line.second_attained } else { line.appraised_attained };
            let last = line.second_attained.or(last);
            better(&mut best.second, last);
            better(&mut best.finalized, last);
        }
        Self(found)
    }

    pub fn at(&self, criterion_id: Uuid) -> Stages<Option<Decimal>> {
        self.0.get(&criterion_id).copied().unwrap_or_default()
    }
}
