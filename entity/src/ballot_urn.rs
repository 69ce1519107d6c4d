//! All votes of a ballot, sorted by their receipts.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// All votes of a ballot, sorted by their receipts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "ballot_urn")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub ballot_id: Uuid,
    /// One row for all, so that no order of rows tells in which order they came.
    pub votes: Json,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::ballot::Entity", from = "Column::BallotId", to = "super::ballot::Column::Id")]
    Ballot,
}

impl Related<super::ballot::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ballot.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
