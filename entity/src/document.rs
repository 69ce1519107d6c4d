//! A file or a link that hangs on something.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::MediaType;

/// A file or a link that hangs on something: exactly one of the first ids is set.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "document")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub campaign_report_id: Option<Uuid>,
    pub conference_id: Option<Uuid>,
    pub recommendation_id: Option<Uuid>,
    pub contribution_id: Option<Uuid>,
    pub title: String,
    /// Links only.
    pub url: Option<String>,
    /// SHA-256 of the content in hexadecimal, its name in the store; this and what follows: files only.
    pub file_hash: Option<String>,
    pub file_name: Option<String>,
    pub media_type: Option<MediaType>,
    pub size_bytes: Option<i64>,
    pub added_by: Uuid,
    /// Stays 1: documents are added and taken away, never changed.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::recommendation::Entity",
        from = "Column::RecommendationId",
        to = "super::recommendation::Column::Id"
    )]
    Recommendation,
    #[sea_orm(
        belongs_to = "super::contribution::Entity",
        from = "Column::ContributionId",
        to = "super::contribution::Column::Id"
    )]
    Contribution,
    #[sea_orm(
        belongs_to = "super::conference::Entity",
        from = "Column::ConferenceId",
        to = "super::conference::Column::Id"
    )]
    Conference,
    #[sea_orm(
        belongs_to = "super::campaign_report::Entity",
        from = "Column::CampaignReportId",
        to = "super::campaign_report::Column::Id"
    )]
    CampaignReport,
}

impl Related<super::recommendation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Recommendation.def()
    }
}

impl Related<super::contribution::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Contribution.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
