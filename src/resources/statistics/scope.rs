//! Which rows a question is about, and to whom each counts.

use std::collections::HashMap;

use entity::cycle;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};
use uuid::Uuid;

use crate::{http::Csv, problem::Problem, results::Family};

/// The provinces a question names, and to which of them a row counts.
pub(super) struct Provinces(Option<HashMap<Uuid, Vec<Uuid>>>);

impl Provinces {
    /// One statement through mergers, else none.
    pub(super) async fn asked(
        db: &impl ConnectionTrait,
        ids: Option<&Csv<Uuid>>,
        through_mergers: bool,
    ) -> Result<Self, Problem> {
        let Some(Csv(ids)) = ids else { return Ok(Self(None)) };
        let mut counted: HashMap<Uuid, Vec<Uuid>> = ids.iter().map(|id| (*id, vec![*id])).collect();
        if through_mergers {
            let family = Family::load(db).await?;
            for id in ids {
                for ancestor in family.ancestors(*id) {
                    let to = counted.entry(ancestor.province_id).or_default();
                    if !to.contains(id) {
                        to.push(*id);
                    }
                }
            }
        }
        Ok(Self(Some(counted)))
    }

    /// The rows of the provinces that are asked for; all rows where none is named.
    pub(super) fn among(&self, column: impl ColumnTrait) -> Option<Condition> {
        self.0.as_ref().map(|counted| Condition::all().add(column.is_in(counted.keys().copied())))
    }

    /// To whom the row of a province counts: to itself, or to those who followed it.
    pub(super) fn counts_to(&self, province_id: Uuid) -> Vec<Uuid> {
        self.0
            .as_ref()
            .map_or_else(|| vec![province_id], |counted| counted.get(&province_id).cloned().unwrap_or_default())
    }
}

/// The cycles of a question.
pub(super) fn cycles(from: Option<i32>, to: Option<i32>, clusters: Option<&Csv<Uuid>>) -> Condition {
    Condition::all()
        .add_option(from.map(|year| cycle::Column::Year.gte(year)))
        .add_option(to.map(|year| cycle::Column::Year.lte(year)))
        .add_option(clusters.map(|Csv(ids)| cycle::Column::ClusterId.is_in(ids.iter().copied())))
}
