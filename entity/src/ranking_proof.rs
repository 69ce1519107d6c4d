//! What a ranking was computed from, and what came out.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// What a ranking was computed from, and what came out; written once, never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "ranking_proof")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub ranking_id: Uuid,
    /// In canonical form (RFC 8785): the hash of these bytes is `ranking.proof_sha256`.
    pub content: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::ranking::Entity", from = "Column::RankingId", to = "super::ranking::Column::Id")]
    Ranking,
}

impl Related<super::ranking::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ranking.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
