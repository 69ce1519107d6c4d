//! The due dates of a cycle as the rules see them, with the extensions of single provinces.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, Utc};
use entity::{due_date, due_date_extension, vocab::Stage};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{domain::deadline::Due, problem::Problem};

/// What is due when in a cycle.
#[derive(Clone, Debug, Default)]
pub struct Deadlines {
    all: HashMap<Stage, Due>,
    extended: HashMap<(Stage, Uuid), Due>,
}

impl Deadlines {
    /// Two statements, however many provinces there are.
    pub async fn load(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Self, Problem> {
        let mut found = Self::default();
        let dates = due_date::Entity::find().filter(due_date::Column::CycleId.eq(cycle_id)).all(db).await?;
        for row in dates {
            found.all.insert(row.stage, due(row.due_at, row.hard_at, row.offset_minutes)?);
        }
        let extensions =
            due_date_extension::Entity::find().filter(due_date_extension::Column::CycleId.eq(cycle_id)).all(db).await?;
        for row in extensions {
            let due = due(row.due_at, row.hard_at, row.offset_minutes)?;
            found.extended.insert((row.stage, row.province_id), due);
        }
        Ok(found)
    }

    /// When a stage is due for a province: its extension goes before the date of all.
    pub fn due(&self, stage: Stage, province_id: Uuid) -> Option<Due> {
        self.extended.get(&(stage, province_id)).or_else(|| self.all.get(&stage)).copied()
    }
}

fn due(at: DateTime<Utc>, hard_at: Option<DateTime<Utc>>, offset_minutes: i32) -> Result<Due, Problem> {
    let offset = FixedOffset::east_opt(offset_minutes * 60);
    let offset = offset.ok_or_else(|| Problem::internal("an offset out of range"))?;
    Ok(Due { at: at.with_timezone(&offset), hard_at })
}
