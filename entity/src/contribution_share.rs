//! What one member gives of a contribution.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::Certainty;

/// What one member gives of a contribution.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "contribution_share")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub contribution_id: Uuid,
    pub province_id: Uuid,
    /// VND.
    pub pledged_amount: i64,
    /// VND; never more than pledged.
    pub paid_amount: i64,
    /// The day of the last payment, or on which the goods were handed over.
    pub paid_on: Option<Date>,
    /// Which goods, in words.
    pub goods: Option<String>,
    pub certainty: Certainty,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::contribution::Entity",
        from = "Column::ContributionId",
        to = "super::contribution::Column::Id"
    )]
    Contribution,
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
}

impl Related<super::contribution::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Contribution.def()
    }
}

impl Related<super::province::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Province.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
