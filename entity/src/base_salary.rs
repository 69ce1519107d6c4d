//! The base salary (lương cơ sở), with its validity.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::Certainty;

/// The base salary (lương cơ sở), with its validity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "base_salary")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub amount: Decimal,
    #[sea_orm(unique)]
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub legal_basis: String,
    pub certainty: Certainty,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
