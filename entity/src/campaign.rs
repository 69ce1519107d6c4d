//! A launched movement with its legal act and period.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, Launcher};

/// A launched movement with its legal act and period.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "campaign")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    pub name_en: Option<String>,
    pub description: Option<String>,
    pub launched_by: Launcher,
    pub province_id: Option<Uuid>,
    pub cluster_id: Option<Uuid>,
    pub legal_act: Option<String>,
    pub launched_on: Date,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
    pub parent_id: Option<Uuid>,
    /// Criteria of its own: a list of code, name and most points.
    pub criteria: Json,
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
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
    #[sea_orm(belongs_to = "super::cluster::Entity", from = "Column::ClusterId", to = "super::cluster::Column::Id")]
    Cluster,
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl Related<super::cluster::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cluster.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
