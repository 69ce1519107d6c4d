//! A merger, split, renaming, recoding or change of kind on one day.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::ProvinceEventKind;

/// A merger, split, renaming, recoding or change of kind on one day.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "province_event")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: ProvinceEventKind,
    pub effective_on: Date,
    pub legal_act: Option<String>,
    pub note: Option<String>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
