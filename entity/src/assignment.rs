//! A province's task of a year for a department, an agency, a district.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{AssignmentRating, AssignmentState, Certainty, UnitKind};

/// A province's task of a year for a department, an agency, a district.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "assignment")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub province_id: Uuid,
    pub year: i32,
    pub unit_kind: UnitKind,
    pub unit_name: String,
    pub task: String,
    /// What is to be delivered.
    pub product: String,
    pub due_on: Date,
    pub state: AssignmentState,
    /// What was delivered; since it was reported.
    pub result: Option<String>,
    pub reported_on: Option<Date>,
    /// Since it was rated.
    pub rating: Option<AssignmentRating>,
    pub rated_on: Option<Date>,
    /// Why it was withdrawn.
    pub withdrawal_reason: Option<String>,
    pub note: Option<String>,
    pub certainty: Certainty,
    #[serde(skip_serializing)]
    pub unit_key: String,
    #[serde(skip_serializing)]
    pub search_text: String,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
