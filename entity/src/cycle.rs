//! One cluster in one year: everything hangs on it.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, CycleState};

/// One cluster in one year: everything hangs on it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "cycle")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cluster_id: Uuid,
    pub year: i32,
    pub title: String,
    pub state: CycleState,
    /// The state an interrupted cycle was in.
    pub interrupted_from: Option<CycleState>,
    /// Why it was interrupted, resumed or reopened.
    pub state_reason: Option<String>,
    /// Day and place of the year-end conference that approved the ranking; written when it is published.
    pub conference_on: Option<Date>,
    pub conference_place: Option<String>,
    pub launched_at: Option<DateTimeUtc>,
    pub finalized_at: Option<DateTimeUtc>,
    pub published_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    pub certainty: Certainty,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::cluster::Entity", from = "Column::ClusterId", to = "super::cluster::Column::Id")]
    Cluster,
}

impl Related<super::cluster::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cluster.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
