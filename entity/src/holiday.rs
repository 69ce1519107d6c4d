//! A day that is off although it is a weekday, or worked although it is none.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, HolidayKind};

/// A day that is off although it is a weekday, or worked although it is none.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "holiday")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub day: Date,
    pub name: String,
    pub name_en: String,
    pub kind: HolidayKind,
    pub legal_basis: String,
    pub certainty: Certainty,
    /// Stays 1: a day is entered and taken out, never changed.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
