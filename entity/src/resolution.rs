//! What a conference resolved, and what that settles.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::ResolutionKind;

/// What a conference resolved, and what that settles.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "resolution")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub conference_id: Uuid,
    /// 1, 2, … in each conference.
    pub number: i32,
    pub text: String,
    pub kind: ResolutionKind,
    /// The election it records.
    pub ballot_id: Option<Uuid>,
    /// The ranking it approves.
    pub ranking_id: Option<Uuid>,
    /// The cycle whose pledges were signed.
    pub signed_cycle_id: Option<Uuid>,
    /// The nomination it supports.
    pub nomination_id: Option<Uuid>,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::conference::Entity",
        from = "Column::ConferenceId",
        to = "super::conference::Column::Id"
    )]
    Conference,
    #[sea_orm(belongs_to = "super::ballot::Entity", from = "Column::BallotId", to = "super::ballot::Column::Id")]
    Ballot,
    #[sea_orm(belongs_to = "super::ranking::Entity", from = "Column::RankingId", to = "super::ranking::Column::Id")]
    Ranking,
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::SignedCycleId", to = "super::cycle::Column::Id")]
    SignedCycle,
    #[sea_orm(
        belongs_to = "super::nomination::Entity",
        from = "Column::NominationId",
        to = "super::nomination::Column::Id"
    )]
    Nomination,
}

impl Related<super::conference::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Conference.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
