//! An interim or the final review of a campaign.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Certainty, ReviewKind};

/// An interim or the final review of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "campaign_review")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub kind: ReviewKind,
    pub held_on: Date,
    pub conclusions: String,
    pub certainty: Certainty,
    /// Stays 1: a review is held, never changed.
    pub version: i32,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::campaign::Entity", from = "Column::CampaignId", to = "super::campaign::Column::Id")]
    Campaign,
}

impl Related<super::campaign::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Campaign.def()
    }
}

impl Entity {
    /// The final review of a campaign; it has one at the most.
    pub fn concluding(campaign_id: Uuid) -> Select<Self> {
        Self::find().filter(Column::CampaignId.eq(campaign_id)).filter(Column::Kind.eq(ReviewKind::Final))
    }
}

impl ActiveModelBehavior for ActiveModel {}
