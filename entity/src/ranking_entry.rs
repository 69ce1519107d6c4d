//! One province in a ranking.

use sea_orm::{SelectTwo, entity::prelude::*};
use serde::Serialize;

use crate::decimal::Decimal;
use crate::vocab::RankingState;

/// One province in a ranking.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "ranking_entry")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub ranking_id: Uuid,
    pub province_id: Uuid,
    /// Display order.
    pub position: i32,
    /// The rank; none for an excluded province.
    pub place: Option<i32>,
    pub total: Decimal,
    /// The band of the classification that holds the total.
    pub classification: Option<String>,
    pub classification_en: Option<String>,
    /// How a tie was broken, or that it was not: a list of steps.
    pub tie_breaks: Json,
    /// What was taken beside the sections: a list.
    pub adjustments: Json,
    pub excluded_reason: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::ranking::Entity", from = "Column::RankingId", to = "super::ranking::Column::Id")]
    Ranking,
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
}

impl Related<super::ranking::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ranking.def()
    }
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The entries of the rankings in force, each beside its ranking: one for each province in each of the cycles.
    pub fn in_force(cycle_ids: impl IntoIterator<Item = Uuid>) -> SelectTwo<Self, super::ranking::Entity> {
        Self::find()
            .find_also_related(super::ranking::Entity)
            .filter(super::ranking::Column::CycleId.is_in(cycle_ids))
            .filter(super::ranking::Column::State.ne(RankingState::Superseded))
    }
}
