//! Who chairs a conference, speaks for a member there or is invited.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::ParticipantRole;

/// Who chairs a conference, speaks for a member there or is invited.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "conference_participant")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub conference_id: Uuid,
    /// 1, 2, … in the order of the list.
    pub position: i32,
    pub role: ParticipantRole,
    /// Names are not always reported; the office is.
    pub name: Option<String>,
    /// The office held.
    pub title: String,
    /// Where the person comes from: a province or another organisation, or nothing is said.
    pub province_id: Option<Uuid>,
    pub organisation: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::conference::Entity",
        from = "Column::ConferenceId",
        to = "super::conference::Column::Id"
    )]
    Conference,
    #[sea_orm(belongs_to = "super::province::Entity", from = "Column::ProvinceId", to = "super::province::Column::Id")]
    Province,
}

impl Related<super::conference::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Conference.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
