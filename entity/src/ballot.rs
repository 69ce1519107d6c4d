//! A vote of the members: on a nomination, an office or a tie.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{BallotKind, BallotOutcome, BallotState, MemberRole};

/// A vote of the members: on a nomination, an office or a tie.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "ballot")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub kind: BallotKind,
    pub title: String,
    pub state: BallotState,
    /// Why it was cancelled.
    pub state_reason: Option<String>,
    /// What a ballot on a nomination is about.
    pub nomination_id: Option<Uuid>,
    /// The cycle whose head or deputy is elected.
    pub elects_cycle_id: Option<Uuid>,
    pub office: Option<MemberRole>,
    pub deputy_rank: Option<i32>,
    /// The ballot that ended in a tie and is repeated.
    pub follows_id: Option<Uuid>,
    pub rules: Json,
    pub opens_at: Option<DateTimeUtc>,
    pub closes_at: Option<DateTimeUtc>,
    pub opened_at: Option<DateTimeUtc>,
    pub closed_at: Option<DateTimeUtc>,
    pub outcome: Option<BallotOutcome>,
    /// The count, with its arithmetic.
    pub result: Option<Json>,
    /// Grows by one on every change of the ballot itself; votes leave it alone.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::CycleId", to = "super::cycle::Column::Id")]
    Cycle,
    #[sea_orm(
        belongs_to = "super::nomination::Entity",
        from = "Column::NominationId",
        to = "super::nomination::Column::Id"
    )]
    Nomination,
    #[sea_orm(belongs_to = "super::cycle::Entity", from = "Column::ElectsCycleId", to = "super::cycle::Column::Id")]
    ElectsCycle,
    #[sea_orm(belongs_to = "super::ballot::Entity", from = "Column::FollowsId", to = "super::ballot::Column::Id")]
    Follows,
}

impl Related<super::nomination::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Nomination.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
