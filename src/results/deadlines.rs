//! The due dates of cycles as the rules see them, with the extensions of single provinces.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, Utc};
use entity::{due_date, due_date_extension, vocab::Stage};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef};
use uuid::Uuid;

use crate::{domain::deadline::Due, problem::Problem};

/// What is due when in some cycles.
#[derive(Clone, Debug, Default)]
pub struct Deadlines {
    all: HashMap<(Uuid, Stage), Due>,
    extended: HashMap<(Uuid, Stage, Uuid), Extension>,
}

/// What one province was granted, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    pub id: Uuid,
    pub due: Due,
    pub reason: String,
}

impl Deadlines {
    /// One statement, however many cycles and provinces there are.
    pub async fn load(db: &impl ConnectionTrait, cycles: impl IntoIterator<Item = Uuid>) -> Result<Self, Problem> {
        let rows: Vec<(due_date::Model, Option<due_date_extension::Model>)> = due_date::Entity::find()
            .select_also(due_date_extension::Entity)
            .join(JoinType::LeftJoin, extensions())
            .filter(due_date::Column::CycleId.is_in(cycles))
            .all(db)
            .await?;
        let mut found = Self::default();
        for (date, extension) in rows {
            found.all.insert((date.cycle_id, date.stage), due(date.due_at, date.hard_at, date.offset_minutes)?);
            if let Some(row) = extension {
                let due = due(row.due_at, row.hard_at, row.offset_minutes)?;
                let granted = Extension { id: row.id, due, reason: row.reason };
                found.extended.insert((row.cycle_id, row.stage, row.province_id), granted);
            }
        }
        Ok(found)
    }

    /// When a stage of a cycle is due for a province: an extension makes it longer, never shorter.
    pub fn due(&self, cycle_id: Uuid, stage: Stage, province_id: Uuid) -> Option<Due> {
        let all = self.of_all(cycle_id, stage)?;
        Some(self.extension(cycle_id, stage, province_id).map_or(all, |extension| all.extended(extension.due)))
    }

    /// When a stage of a cycle is due for whoever was granted nothing.
    pub fn of_all(&self, cycle_id: Uuid, stage: Stage) -> Option<Due> {
        self.all.get(&(cycle_id, stage)).copied()
    }

    /// What the province was granted for a stage.
    pub fn extension(&self, cycle_id: Uuid, stage: Stage, province_id: Uuid) -> Option<&Extension> {
        self.extended.get(&(cycle_id, stage, province_id))
    }
}

fn extensions() -> RelationDef {
    due_date::Entity::belongs_to(due_date_extension::Entity)
        .from((due_date::Column::CycleId, due_date::Column::Stage))
        .to((due_date_extension::Column::CycleId, due_date_extension::Column::Stage))
        .into()
}

fn due(at: DateTime<Utc>, hard_at: Option<DateTime<Utc>>, offset_minutes: i32) -> Result<Due, Problem> {
    let offset = FixedOffset::east_opt(offset_minutes * 60);
    let offset = offset.ok_or_else(|| Problem::internal("an offset out of range"))?;
    Ok(Due { at: at.with_timezone(&offset), hard_at })
}
