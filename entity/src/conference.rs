//! A conference of a cycle: year-end, mid-year, signing or thematic.

use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};
use serde::Serialize;

use crate::resolution;
use crate::vocab::{Certainty, ConferenceKind, ConferenceState};

/// A conference of a cycle: year-end, mid-year, signing or thematic.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "conference")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub kind: ConferenceKind,
    pub title: String,
    pub state: ConferenceState,
    pub starts_at: DateTimeUtc,
    pub ends_at: Option<DateTimeUtc>,
    pub place: String,
    /// The member whose officers run it beside the head and the deputies.
    pub host_province_id: Option<Uuid>,
    /// The record of what happened; a closed conference has one.
    pub minutes: Option<String>,
    pub closed_at: Option<DateTimeUtc>,
    /// Why it was not held.
    pub cancel_reason: Option<String>,
    pub certainty: Certainty,
    /// Grows by one on every change of the conference, its participants and its agenda.
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

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// Year-end conferences, held or being held, that resolved that this ranking is the result of its cycle; the first
    /// of them first.
    pub fn approving(ranking_id: Uuid) -> Select<Self> {
        let approvals = resolution::Entity::find()
            .select_only()
            .column(resolution::Column::ConferenceId)
            .filter(resolution::Column::RankingId.eq(ranking_id))
            .into_query();
        Self::find()
            .filter(Column::Kind.eq(ConferenceKind::YearEnd))
            .filter(Column::State.is_in([ConferenceState::Open, ConferenceState::Closed]))
            .filter(Column::Id.in_subquery(approvals))
            .order_by_asc(Column::StartsAt)
            .order_by_asc(Column::Id)
    }
}
