//! The coefficient of an award's money, with its validity.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::{Certainty, RecipientKind};

/// The coefficient of an award's money, with its validity.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "reward_coefficient")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub award_type_id: Uuid,
    pub recipient_kind: RecipientKind,
    pub coefficient: Decimal,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub legal_basis: String,
    pub certainty: Certainty,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::award_type::Entity",
        from = "Column::AwardTypeId",
        to = "super::award_type::Column::Id"
    )]
    AwardType,
}

impl Related<super::award_type::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::AwardType.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
