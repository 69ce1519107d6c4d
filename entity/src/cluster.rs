//! A standing group of provinces that compete with each other.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// A standing group of provinces that compete with each other.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "cluster")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    pub name_en: String,
    pub overseer_name: Option<String>,
    pub overseer_title: Option<String>,
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
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
