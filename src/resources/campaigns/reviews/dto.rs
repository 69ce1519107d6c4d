//! Reviews of campaigns on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    campaign_review,
    vocab::{Certainty, ReviewKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Csv, Prose, SortBy, Sorts, prose};

/// An interim or the final review of a campaign. It never changes
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CampaignReview {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub kind: ReviewKind,
    #[schema(example = "2025-12-20")]
    pub held_on: NaiveDate,
    /// What it came to, in words
    pub conclusions: String,
    pub certainty: Certainty,
    /// Stays 1
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

impl From<campaign_review::Model> for CampaignReview {
    fn from(row: campaign_review::Model) -> Self {
        let campaign_review::Model { id, campaign_id, kind, held_on, conclusions, certainty, version, created_at } =
            row;
        Self { id, campaign_id, kind, held_on, conclusions, certainty, version, created_at }
    }
}

/// A review to record
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "interim", "held_on": "2023-07-25", "conclusions": "Sơ kết nửa chặng đường: các tỉnh đã hoàn thành kế hoạch.",
}))]
pub(super) struct NewCampaignReview {
    /// A campaign has one final review; after it nothing changes any more
    pub kind: ReviewKind,
    /// Not before the campaign begins
    pub held_on: NaiveDate,
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub conclusions: String,
    /// `verified` where nothing is said
    pub certainty: Option<Certainty>,
}

/// What reviews can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CampaignReviewSort {
    HeldOn,
}

impl SortBy for CampaignReviewSort {
    type Entity = campaign_review::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::HeldOn, Order::Desc)];

    fn column(self) -> campaign_review::Column {
        match self {
            Self::HeldOn => campaign_review::Column::HeldOn,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CampaignReviewFilter {
    /// Reviews of these campaigns
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub campaign_id: Option<Csv<Uuid>>,
    /// Reviews of these kinds
    #[param(value_type = Option<Vec<ReviewKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<ReviewKind>>,
    /// `held_on`; a minus turns the order round; the latest first where nothing is said
    #[param(value_type = Option<String>, example = "-held_on", pattern = "^-?held_on$")]
    pub sort: Option<Sorts<CampaignReviewSort>>,
}
