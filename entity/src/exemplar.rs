//! A model person or collective, and the way it is spread.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, ExemplarKind, ExemplarState};

/// A model person or collective, and the way it is spread.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "exemplar")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub province_id: Uuid,
    pub campaign_id: Option<Uuid>,
    pub year: i32,
    pub kind: ExemplarKind,
    pub name: String,
    /// Where a person works, or what a collective belongs to.
    pub unit: Option<String>,
    /// In what it is an example.
    pub field: Option<String>,
    pub story: String,
    pub state: ExemplarState,
    /// How it was fostered; since it was.
    pub fostering: Option<String>,
    /// What the review concluded; since it did.
    pub review: Option<String>,
    /// How it was spread; since it was.
    pub spreading: Option<String>,
    /// Since when everybody reads it.
    pub released_at: Option<DateTimeUtc>,
    /// Why it was taken back from the public.
    pub withheld_reason: Option<String>,
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
    #[sea_orm(belongs_to = "super::campaign::Entity", from = "Column::CampaignId", to = "super::campaign::Column::Id")]
    Campaign,
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl Related<super::campaign::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Campaign.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
