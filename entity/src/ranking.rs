//! The ordered result of a cycle.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::RankingState;

/// The ordered result of a cycle.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "ranking")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub number: i32,
    pub state: RankingState,
    pub criteria_set_id: Uuid,
    pub supersedes_id: Option<Uuid>,
    /// Why it replaces the former one.
    pub reason: Option<String>,
    /// What the criteria set's maximum was.
    pub total_points: Decimal,
    /// The version of the computation.
    pub algorithm: i32,
    /// SHA-256 of the proof (`ranking_proof`), in hexadecimal.
    pub proof_sha256: String,
    pub computed_at: DateTimeUtc,
    pub published_at: Option<DateTimeUtc>,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
    #[sea_orm(
        belongs_to = "super::criteria_set::Entity",
        from = "Column::CriteriaSetId",
        to = "super::criteria_set::Column::Id"
    )]
    CriteriaSet,
}

impl Related<super::cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::criteria_set::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CriteriaSet.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
