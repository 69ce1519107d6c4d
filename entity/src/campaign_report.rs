//! What a province reports on its part in a campaign for a period.

use sea_orm::entity::prelude::*;
use serde::Serialize;

/// What a province reports on its part in a campaign for a period.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "campaign_report")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub participation_id: Uuid,
    /// The stage it reports on.
    pub stage_id: Option<Uuid>,
    pub period_from: Date,
    pub period_to: Date,
    pub report: String,
    /// A list of name, unit and value.
    pub figures: Json,
    /// The day it came in, in Vietnam.
    pub reported_on: Date,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::campaign_participation::Entity",
        from = "Column::ParticipationId",
        to = "super::campaign_participation::Column::Id"
    )]
    CampaignParticipation,
    #[sea_orm(
        belongs_to = "super::campaign_stage::Entity",
        from = "Column::StageId",
        to = "super::campaign_stage::Column::Id"
    )]
    CampaignStage,
}

impl Related<super::campaign_participation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CampaignParticipation.def()
    }
}

impl Related<super::campaign_stage::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::CampaignStage.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
