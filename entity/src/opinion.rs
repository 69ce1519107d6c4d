//! What one of several appraisers or peers says to one line.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;

/// What one of several appraisers or peers says to one line.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "opinion")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub score_id: Uuid,
    /// The appraiser, or the officer who wrote for a peer; without a foreign key: the record outlives the account.
    pub user_id: Uuid,
    /// The province that scores as a peer; `None` for an appraiser.
    pub province_id: Option<Uuid>,
    /// Whether the appraiser leads the section, as assigned when the opinion was written.
    pub lead: bool,
    /// Nothing is said: it counts nowhere, not as 0 either.
    pub abstained: bool,
    /// The figure as found.
    pub attained: Option<Decimal>,
    pub points: Option<Decimal>,
    pub reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::score::Entity", from = "Column::ScoreId", to = "super::score::Column::Id")]
    Score,
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
}

impl Related<super::score::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Score.def()
    }
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
