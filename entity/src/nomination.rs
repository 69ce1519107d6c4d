//! A proposal that a province, one of its collectives or one of its people receive an award.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{AchievementKind, HoldGround, NominationState, NomineeKind};

/// A proposal that a province, one of its collectives or one of its people receive an award.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "nomination")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// The nominee, or where it belongs to.
    pub province_id: Uuid,
    pub nominee_kind: NomineeKind,
    /// Of a collective or a person.
    pub nominee_name: Option<String>,
    /// Position and unit of a person.
    pub nominee_position: Option<String>,
    /// What tells the nominee from others of its province; empty for the province itself.
    #[serde(skip_serializing)]
    pub nominee_key: String,
    pub achievement_kind: AchievementKind,
    /// What was achieved; of a yearly achievement the year says it.
    pub achievement: Option<String>,
    /// What tells the achievement from others of the nominee.
    #[serde(skip_serializing)]
    pub achievement_key: String,
    pub award_type_id: Uuid,
    /// The ranking it rests on.
    pub ranking_id: Option<Uuid>,
    /// The rank it rests on.
    pub place: Option<i32>,
    pub reason: String,
    pub state: NominationState,
    pub state_reason: Option<String>,
    /// Where it stood before it was put on hold.
    pub held_from: Option<NominationState>,
    pub hold_ground: Option<HoldGround>,
    pub submitted_at: Option<DateTimeUtc>,
    pub appraisal_opinion: Option<String>,
    pub appraised_at: Option<DateTimeUtc>,
    /// The day public comment was opened.
    pub public_comment_from: Option<Date>,
    /// The last day of public comment.
    pub public_comment_until: Option<Date>,
    pub closed_at: Option<DateTimeUtc>,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
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
    #[sea_orm(belongs_to = "super::ranking::Entity", from = "Column::RankingId", to = "super::ranking::Column::Id")]
    Ranking,
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

impl Related<super::ranking::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ranking.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
