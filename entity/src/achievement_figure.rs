//! What a province achieved in a year, with its place among others.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::Certainty;

/// What a province achieved in a year, with its place among others.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "achievement_figure")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub province_id: Uuid,
    pub year: i32,
    pub indicator: String,
    pub indicator_en: Option<String>,
    /// What tells the indicator from others of the province and the year.
    #[serde(skip_serializing)]
    pub indicator_key: String,
    pub unit: Option<String>,
    pub value: Option<Decimal>,
    /// The region of the rank, in words.
    pub region: Option<String>,
    pub rank_in_region: Option<i32>,
    /// How many were ranked; often not published.
    pub ranked_in_region: Option<i32>,
    pub rank_in_country: Option<i32>,
    pub ranked_in_country: Option<i32>,
    /// Where it was published, in words.
    pub source: String,
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
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
