//! Stages of campaigns on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::campaign_stage;
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Csv, Line, Patch, SortBy, Sorts, given, line};

/// A part of a campaign's period, with a report that may be due
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CampaignStage {
    pub id: Uuid,
    pub campaign_id: Uuid,
    #[schema(example = "Đợt 1: phát động và triển khai")]
    pub name: String,
    /// The first day
    pub starts_on: NaiveDate,
    /// The last day
    pub ends_on: NaiveDate,
    /// The day by which provinces report on it; null where none do
    #[schema(required = true)]
    pub report_due_on: Option<NaiveDate>,
    /// How many days before that provinces are reminded: `campaign_stage.remind` in the journal; null: they are not
    #[schema(required = true, minimum = 0, maximum = 365)]
    pub remind_days: Option<i32>,
    /// When they were reminded
    #[schema(required = true)]
    pub reminded_at: Option<DateTime<Utc>>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<campaign_stage::Model> for CampaignStage {
    fn from(row: campaign_stage::Model) -> Self {
        let campaign_stage::Model {
            id,
            campaign_id,
            name,
            starts_on,
            ends_on,
            report_due_on,
            remind_days,
            reminded_at,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            campaign_id,
            name,
            starts_on,
            ends_on,
            report_due_on,
            remind_days,
            reminded_at,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A stage to add to a campaign
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "Đợt 1: phát động và triển khai", "starts_on": "2026-01-01", "ends_on": "2026-06-30",
    "report_due_on": "2026-07-10", "remind_days": 5,
}))]
pub(super) struct NewCampaignStage {
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name: String,
    /// The first day, within the campaign
    pub starts_on: NaiveDate,
    /// The last day, within the campaign
    pub ends_on: NaiveDate,
    /// The day by which provinces report on it
    pub report_due_on: Option<NaiveDate>,
    /// How many days before that provinces are reminded
    #[validate(range(min = 0, max = 365))]
    #[schema(minimum = 0, maximum = 365)]
    pub remind_days: Option<i32>,
}

/// What changes of a stage; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "report_due_on": "2026-07-15", "remind_days": 7 }))]
pub(super) struct CampaignStagePatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub name: Option<String>,
    /// The first day, within the campaign
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = NaiveDate, required = false)]
    pub starts_on: Option<NaiveDate>,
    /// The last day, within the campaign
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = NaiveDate, required = false)]
    pub ends_on: Option<NaiveDate>,
    /// Another day lets provinces be reminded again; null: no report is due
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub report_due_on: Patch<NaiveDate>,
    /// Null: nobody is reminded
    #[serde(default)]
    #[validate(range(min = 0, max = 365))]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 365)]
    pub remind_days: Patch<i32>,
}

/// What stages can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CampaignStageSort {
    StartsOn,
}

impl SortBy for CampaignStageSort {
    type Entity = campaign_stage::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::StartsOn, Order::Asc)];

    fn column(self) -> campaign_stage::Column {
        match self {
            Self::StartsOn => campaign_stage::Column::StartsOn,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CampaignStageFilter {
    /// Stages of these campaigns
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub campaign_id: Option<Csv<Uuid>>,
    /// Stages whose report is due on this day or later
    #[param(example = "2026-07-01")]
    pub report_due_on_from: Option<NaiveDate>,
    /// Stages whose report is due on this day or earlier
    #[param(example = "2026-07-31")]
    pub report_due_on_to: Option<NaiveDate>,
    /// `starts_on`; a minus turns the order round; the earliest first where nothing is said
    #[param(value_type = Option<String>, example = "starts_on", pattern = "^-?starts_on$")]
    pub sort: Option<Sorts<CampaignStageSort>>,
}
