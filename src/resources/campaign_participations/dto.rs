//! Participations in campaigns on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{campaign_participation, decimal::Decimal};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    http::{Csv, Line, Patch, Prose, Short, SortBy, Sorts, brief::ProvinceBrief, given, line, prose, short},
    problem::Problem,
};

/// The most figures of a report.
const MOST_FIGURES: u64 = 50;

/// A province that takes part in a campaign, with a short report
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CampaignParticipation {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub province_id: Uuid,
    /// With `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// The first day
    #[schema(example = "2024-03-01")]
    pub joined_on: NaiveDate,
    /// What was done, in words
    #[schema(required = true)]
    pub report: Option<String>,
    /// What was done, in figures
    #[schema(max_items = 50)]
    pub figures: Vec<Figure>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// One figure of a report
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Figure {
    #[validate(custom(function = line))]
    #[schema(value_type = Line, example = "Số xã đạt chuẩn nông thôn mới")]
    pub name: String,
    #[validate(custom(function = short))]
    #[schema(value_type = Short, example = "xã")]
    pub unit: String,
    #[schema(example = 103)]
    pub value: Decimal,
}

impl TryFrom<campaign_participation::Model> for CampaignParticipation {
    type Error = Problem;

    fn try_from(row: campaign_participation::Model) -> Result<Self, Problem> {
        let campaign_participation::Model {
            id,
            campaign_id,
            province_id,
            joined_on,
            report,
            figures,
            marks: _,
            version,
            created_at,
            updated_at,
        } = row;
        let figures = serde_json::from_value(figures).map_err(Problem::internal)?;
        Ok(Self {
            id,
            campaign_id,
            province_id,
            province: None,
            joined_on,
            report,
            figures,
            version,
            created_at,
            updated_at,
        })
    }
}

/// A province joins a campaign
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "campaign_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "joined_on": "2024-03-01", "report": "Tỉnh đã ban hành kế hoạch triển khai.",
    "figures": [{ "name": "Số xã đạt chuẩn nông thôn mới", "unit": "xã", "value": 103 }],
}))]
pub(super) struct NewCampaignParticipation {
    pub campaign_id: Uuid,
    pub province_id: Uuid,
    /// The first day; the province exists on it
    pub joined_on: NaiveDate,
    /// What was done, in words
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub report: Option<String>,
    /// What was done, in figures
    #[serde(default)]
    #[validate(length(max = MOST_FIGURES), nested)]
    #[schema(max_items = 50)]
    pub figures: Vec<Figure>,
}

/// What changes of a participation; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "report": "Hoàn thành kế hoạch năm.",
    "figures": [{ "name": "Số xã đạt chuẩn nông thôn mới", "unit": "xã", "value": 108.5 }],
}))]
pub(super) struct CampaignParticipationPatch {
    /// The first day; the province exists on it
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = NaiveDate, required = false)]
    pub joined_on: Option<NaiveDate>,
    /// What was done, in words; null takes it away
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub report: Patch<String>,
    /// What was done, in figures: the whole list
    #[serde(default, deserialize_with = "given")]
    #[validate(length(max = MOST_FIGURES), nested)]
    #[schema(value_type = Vec<Figure>, required = false, max_items = 50)]
    pub figures: Option<Vec<Figure>>,
}

/// What participations can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CampaignParticipationSort {
    JoinedOn,
    CreatedAt,
}

impl SortBy for CampaignParticipationSort {
    type Entity = campaign_participation::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::JoinedOn, Order::Desc)];

    fn column(self) -> campaign_participation::Column {
        match self {
            Self::JoinedOn => campaign_participation::Column::JoinedOn,
            Self::CreatedAt => campaign_participation::Column::CreatedAt,
        }
    }
}

/// What a participation can bring along
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CampaignParticipationExpand {
    Province,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CampaignParticipationFilter {
    /// Participations in these campaigns
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub campaign_id: Option<Csv<Uuid>>,
    /// Participations of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Joined on this day or later
    #[param(example = "2024-01-01")]
    pub joined_on_from: Option<NaiveDate>,
    /// Joined on this day or earlier
    #[param(example = "2024-12-31")]
    pub joined_on_to: Option<NaiveDate>,
    /// Related things to embed: `province`
    #[param(value_type = Option<Vec<CampaignParticipationExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<CampaignParticipationExpand>>,
    /// `joined_on`, `created_at`, several by comma; a minus turns the order round; the latest first where nothing is
    /// said
    #[param(value_type = Option<String>, example = "-joined_on", pattern = "^-?(joined_on|created_at)(,-?(joined_on|created_at))*$")]
    pub sort: Option<Sorts<CampaignParticipationSort>>,
}
