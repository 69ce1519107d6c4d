//! The sheets of a cycle, province by province, kept small.

use std::collections::HashMap;

use entity::{criterion, membership, province, scorecard};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, StreamTrait};
use uuid::Uuid;

use super::{
    figures::{self, Figures},
    form,
};
use crate::{
    domain::{
        criteria::Form,
        matrix::Row,
        scoring::{Best, Line},
    },
    problem::Problem,
};

/// The sheets that somebody may see.
pub struct Matrix {
    /// `None` where there are no sheets.
    pub criteria_set_id: Option<Uuid>,
    pub form: Form,
    /// The English names of criteria that have one.
    pub names_en: HashMap<Uuid, String>,
    /// In the Vietnamese order of the names.
    pub rows: Vec<MatrixRow>,
}

/// One province's sheet.
pub struct MatrixRow {
    pub card: scorecard::Model,
    pub province: province::Model,
    pub excluded_reason: Option<String>,
    pub points: Row,
}

/// Which sheets somebody sees.
pub struct Seen {
    pub sheets: Condition,
    /// All of them: then points that follow from the best of the cluster are told before they are final.
    pub all: bool,
}

impl Matrix {
    /// Four statements, however many provinces and lines there are. The lines come one by one and only their numbers
    /// stay, so that a cycle of 63 provinces and 120 leaves takes about two megabytes and no connection is held while
    /// the answer is on its way.
    pub async fn load(db: &(impl ConnectionTrait + StreamTrait), cycle_id: Uuid, seen: Seen) -> Result<Self, Problem> {
        let cards = scorecard::Entity::find()
            .filter(scorecard::Column::CycleId.eq(cycle_id))
            .filter(seen.sheets)
            .find_also_related(province::Entity)
            .order_by_asc(province::Column::NameKey)
            .order_by_asc(scorecard::Column::Id)
            .all(db)
            .await?;
        let Some(criteria_set_id) = cards.first().map(|(card, _)| card.criteria_set_id) else {
            return Ok(Self { criteria_set_id: None, form: Form::default(), names_en: HashMap::new(), rows: vec![] });
        };
        let excluded = membership::Entity::find()
            .filter(membership::Column::CycleId.eq(cycle_id))
            .filter(membership::Column::ExcludedReason.is_not_null())
            .all(db)
            .await?;
        let mut excluded: HashMap<Uuid, Option<String>> =
            excluded.into_iter().map(|member| (member.province_id, member.excluded_reason)).collect();
        let criteria =
            criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(criteria_set_id)).all(db).await?;
        let names_en = criteria.iter().filter_map(|row| Some((row.id, row.name_en.clone()?))).collect();
        let form = form(criteria)?;
        let stored = figures::lines(db, cards.iter().map(|(card, _)| card.id)).await?;
        let mut lines: HashMap<Uuid, Vec<Line>> =
            stored.into_iter().map(|(card, lines)| (card, lines.into_iter().map(Figures::line).collect())).collect();
        let best = if seen.all {
            let competing = cards.iter().filter(|(card, _)| !excluded.contains_key(&card.province_id));
            Best::of(&form, competing.filter_map(|(card, _)| lines.get(&card.id)).flatten())
        } else {
            Best::default()
        };
        let rows = cards
            .into_iter()
            .map(|(card, province)| {
                let province = province.ok_or_else(|| Problem::internal("a scorecard without a province"))?;
                Ok(MatrixRow {
                    excluded_reason: excluded.remove(&card.province_id).flatten(),
                    points: Row::of(&form, &lines.remove(&card.id).unwrap_or_default(), &best),
                    card,
                    province,
                })
            })
            .collect::<Result<_, Problem>>()?;
        Ok(Self { criteria_set_id: Some(criteria_set_id), form, names_en, rows })
    }

    /// The provinces that compete.
    pub fn competing(&self) -> impl Iterator<Item = &MatrixRow> {
        self.rows.iter().filter(|row| row.excluded_reason.is_none())
    }
}
