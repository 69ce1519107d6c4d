//! What the cluster of a cycle gives to somebody in need: money or goods.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, ContributionForm};

/// What the cluster of a cycle gives to somebody in need: money or goods.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "contribution")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub purpose: String,
    pub beneficiary: String,
    pub host_province_id: Uuid,
    pub form: ContributionForm,
    /// VND, as it was announced.
    pub announced_amount: Option<i64>,
    /// Which goods, in words; goods only.
    pub goods: Option<String>,
    pub decided_on: Date,
    pub note: Option<String>,
    pub certainty: Certainty,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
    #[sea_orm(
        belongs_to = "super::province::Entity",
        from = "Column::HostProvinceId",
        to = "super::province::Column::Id"
    )]
    HostProvince,
}

impl Related<super::cycle::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Cycle.def()
    }
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::HostProvince.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
