//! An award that must come before another one.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, RecipientKind};

/// An award that must come before another one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "award_requirement")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub award_type_id: Uuid,
    pub recipient_kind: RecipientKind,
    /// The award that must come before.
    pub needed_award_type_id: Uuid,
    /// How often.
    pub times: i32,
    /// Up to the year that is rewarded; any year will do where there is none.
    pub within_years: Option<i32>,
    pub legal_basis: String,
    pub certainty: Certainty,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::award_type::Entity",
        from = "Column::AwardTypeId",
        to = "super::award_type::Column::Id"
    )]
    AwardType,
    #[sea_orm(
        belongs_to = "super::award_type::Entity",
        from = "Column::NeededAwardTypeId",
        to = "super::award_type::Column::Id"
    )]
    Needed,
}

impl ActiveModelBehavior for ActiveModel {}
