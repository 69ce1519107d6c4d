//! A measurable promise inside a pledge.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::{Certainty, Direction};

/// A measurable promise inside a pledge.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "target")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub pledge_id: Uuid,
    pub position: i32,
    pub name: String,
    pub unit: String,
    pub direction: Direction,
    pub baseline: Option<Decimal>,
    pub target_value: Decimal,
    /// A real 0 is a value.
    pub actual: Option<Decimal>,
    /// Where the actual figure comes from.
    pub source: Option<String>,
    pub certainty: Certainty,
    #[serde(skip_serializing)]
    pub name_key: String,
    #[serde(skip_serializing)]
    pub search_text: String,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::pledge::Entity", from = "Column::PledgeId", to = "super::pledge::Column::Id")]
    Pledge,
}

impl Related<super::pledge::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Pledge.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
