//! The points of one section behind a ranking's total.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::decimal::Decimal;

/// The points of one section behind a ranking's total.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "ranking_section")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub entry_id: Uuid,
    pub criterion_id: Uuid,
    pub position: i32,
    pub code: String,
    pub name: String,
    pub max_points: Option<Decimal>,
    pub points: Decimal,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::ranking_entry::Entity",
        from = "Column::EntryId",
        to = "super::ranking_entry::Column::Id"
    )]
    RankingEntry,
    #[sea_orm(
        belongs_to = "super::criterion::Entity",
        from = "Column::CriterionId",
        to = "super::criterion::Column::Id"
    )]
    Criterion,
}

impl Related<super::ranking_entry::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::RankingEntry.def()
    }
}

impl Related<super::criterion::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Criterion.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
