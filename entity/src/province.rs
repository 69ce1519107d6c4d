//! A unit of the first administrative tier, with its validity. A new unit is a new row: old cycles keep pointing at the province as it was.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::ProvinceKind;

/// A unit of the first administrative tier, with its validity. A new unit is a new row: old cycles keep pointing at the province as it was.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "province")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Two digits; names a province only together with a date.
    pub code: String,
    pub name: String,
    pub name_en: String,
    pub kind: ProvinceKind,
    pub valid_from: Date,
    /// The last day; none while the unit exists.
    pub valid_to: Option<Date>,
    /// Sort key of the name, Vietnamese order.
    #[serde(skip_serializing)]
    pub name_key: String,
    /// Folded name and code.
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
