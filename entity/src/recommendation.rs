//! A request that a province raises in a cycle, to the central level or to the other members, and what was answered.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Addressee, Certainty, RecommendationState};

/// A request that a province raises in a cycle, to the central level or to the other members, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "recommendation")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// The member that raises it.
    pub province_id: Uuid,
    pub addressee: Addressee,
    /// Which ministry, which members, in words.
    pub addressee_name: Option<String>,
    pub title: String,
    pub text: String,
    pub state: RecommendationState,
    pub raised_on: Date,
    pub forwarded_on: Option<Date>,
    pub forwarded_to: Option<String>,
    /// The last day on which an answer is in time.
    pub due_on: Option<Date>,
    /// `due_on`, or a day after all others where none is set: what lists sort by.
    #[serde(skip_serializing)]
    pub due_key: Date,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_on: Option<Date>,
    pub closing_note: Option<String>,
    pub closed_on: Option<Date>,
    pub withdrawn_reason: Option<String>,
    pub certainty: Certainty,
    #[serde(skip_serializing)]
    pub search_text: String,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
}

impl Related<super::cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
