//! An award that a decision grants.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::{Authority, AwardState, RecipientKind};

/// An award that a decision grants.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "award")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub nomination_id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    pub award_type_id: Uuid,
    pub recipient_kind: RecipientKind,
    /// The collective or the person; the province itself where there is none.
    pub recipient_name: Option<String>,
    /// Position and unit of a person.
    pub recipient_position: Option<String>,
    pub decision_id: Uuid,
    /// Of the decision, and equal to it, like what follows: lists filter by these and run along them.
    pub decision_year: i32,
    pub decided_on: Date,
    pub authority: Authority,
    pub citation: String,
    pub coefficient: Option<Decimal>,
    pub base_salary: Option<Decimal>,
    /// VND.
    pub reward_amount: Option<Decimal>,
    pub state: AwardState,
    pub revoked_on: Option<Date>,
    pub revocation_number: Option<String>,
    pub revocation_reason: Option<String>,
    /// VND.
    pub amount_to_recover: Option<Decimal>,
    #[serde(skip_serializing)]
    pub search_text: String,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::nomination::Entity",
        from = "Column::NominationId",
        to = "super::nomination::Column::Id"
    )]
    Nomination,
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
    #[sea_orm(
        belongs_to = "super::award_type::Entity",
        from = "Column::AwardTypeId",
        to = "super::award_type::Column::Id"
    )]
    AwardType,
    #[sea_orm(belongs_to = "super::decision::Entity", from = "Column::DecisionId", to = "super::decision::Column::Id")]
    Decision,
}

impl Related<super::nomination::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Nomination.def()
    }
}

impl Related<super::cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl Related<super::award_type::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::AwardType.def()
    }
}

impl Related<super::decision::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Decision.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
