//! Campaigns on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    campaign,
    decimal::Decimal,
    vocab::{Certainty, Launcher},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    http::{Csv, Line, Patch, Prose, Short, SortBy, Sorts, given, line, prose, short},
    problem::Problem,
};

/// The most criteria of a campaign.
const MOST_CRITERIA: u64 = 100;

/// A campaign (phong trào thi đua): a launched movement with its legal act and period
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Campaign {
    pub id: Uuid,
    /// Unique
    #[schema(example = "NTM-2025")]
    pub code: String,
    /// Name in Vietnamese
    #[schema(example = "Cả nước chung sức xây dựng nông thôn mới")]
    pub name: String,
    /// Name in English
    #[schema(required = true, example = "The whole country joins forces to build new rural areas")]
    pub name_en: Option<String>,
    #[schema(required = true)]
    pub description: Option<String>,
    pub launched_by: Launcher,
    /// The province that launched it; null unless `launched_by` is `province`
    #[schema(required = true)]
    pub province_id: Option<Uuid>,
    /// The cluster that launched it; null unless `launched_by` is `cluster`
    #[schema(required = true)]
    pub cluster_id: Option<Uuid>,
    #[schema(required = true, example = "QĐ 587/QĐ-TTg")]
    pub legal_act: Option<String>,
    /// The day it was announced; often later than the day from which it counts
    #[schema(example = "2022-05-18")]
    pub launched_on: NaiveDate,
    /// The first day
    #[schema(example = "2021-01-01")]
    pub starts_on: NaiveDate,
    /// The last day; null while no end is set
    #[schema(required = true, example = "2025-12-31")]
    pub ends_on: Option<NaiveDate>,
    /// The campaign it belongs to
    #[schema(required = true)]
    pub parent_id: Option<Uuid>,
    /// Criteria of its own, which provinces that take part are marked on; empty where it has none
    #[schema(max_items = 100)]
    pub criteria: Vec<CampaignCriterion>,
    pub certainty: Certainty,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A criterion of a campaign
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CampaignCriterion {
    /// Unique within the campaign
    #[validate(custom(function = short))]
    #[schema(value_type = Short, example = "1")]
    pub code: String,
    #[validate(custom(function = line))]
    #[schema(value_type = Line, example = "Số xã đạt chuẩn nông thôn mới")]
    pub name: String,
    /// More than 0
    #[schema(example = 60)]
    pub max_points: Decimal,
}

impl TryFrom<campaign::Model> for Campaign {
    type Error = Problem;

    fn try_from(row: campaign::Model) -> Result<Self, Problem> {
        let campaign::Model {
            id,
            code,
            name,
            name_en,
            description,
            launched_by,
            province_id,
            cluster_id,
            legal_act,
            launched_on,
            starts_on,
            ends_on,
            parent_id,
            criteria,
            certainty,
            name_key: _,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        let criteria = serde_json::from_value(criteria).map_err(Problem::internal)?;
        Ok(Self {
            id,
            code,
            name,
            name_en,
            description,
            launched_by,
            province_id,
            cluster_id,
            legal_act,
            launched_on,
            starts_on,
            ends_on,
            parent_id,
            criteria,
            certainty,
            version,
            created_at,
            updated_at,
        })
    }
}

/// A campaign to launch
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code": "CDS-2030", "name": "Cả nước thi đua chuyển đổi số", "launched_by": "prime_minister",
    "launched_on": "2026-02-01", "starts_on": "2026-01-01", "ends_on": "2030-12-31",
}))]
pub(super) struct NewCampaign {
    /// Unique; it never changes
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub code: String,
    /// Name in Vietnamese
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub name: String,
    /// Name in English
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub name_en: Option<String>,
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub description: Option<String>,
    /// Never changes
    pub launched_by: Launcher,
    /// The province that launches it; with `launched_by` = `province` only
    pub province_id: Option<Uuid>,
    /// The cluster that launches it; with `launched_by` = `cluster` only
    pub cluster_id: Option<Uuid>,
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub legal_act: Option<String>,
    /// The day it is announced
    pub launched_on: NaiveDate,
    /// The first day
    pub starts_on: NaiveDate,
    /// The last day, not earlier than the first
    pub ends_on: Option<NaiveDate>,
    /// The campaign it belongs to
    pub parent_id: Option<Uuid>,
    /// Criteria of its own
    #[serde(default)]
    #[validate(length(max = MOST_CRITERIA), nested)]
    #[schema(max_items = 100)]
    pub criteria: Vec<CampaignCriterion>,
    /// `verified` where nothing is said
    pub certainty: Option<Certainty>,
}

/// What changes of a campaign; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name_en": "The whole country goes digital", "ends_on": null }))]
pub(super) struct CampaignPatch {
    /// Name in Vietnamese
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub name: Option<String>,
    /// Name in English; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub name_en: Patch<String>,
    /// Null takes it away
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub description: Patch<String>,
    /// Null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub legal_act: Patch<String>,
    /// The day it was announced
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = NaiveDate, required = false)]
    pub launched_on: Option<NaiveDate>,
    /// The first day
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = NaiveDate, required = false)]
    pub starts_on: Option<NaiveDate>,
    /// The last day; null leaves it open
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub ends_on: Patch<NaiveDate>,
    /// The campaign it belongs to; null lets it stand alone
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    pub parent_id: Patch<Uuid>,
    /// Criteria of its own: the whole list, while nobody is marked
    #[serde(default, deserialize_with = "given")]
    #[validate(length(max = MOST_CRITERIA), nested)]
    #[schema(value_type = Vec<CampaignCriterion>, required = false, max_items = 100)]
    pub criteria: Option<Vec<CampaignCriterion>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What campaigns can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CampaignSort {
    Name,
    Code,
    LaunchedOn,
    StartsOn,
    CreatedAt,
}

impl SortBy for CampaignSort {
    type Entity = campaign::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::LaunchedOn, Order::Desc)];

    fn column(self) -> campaign::Column {
        match self {
            Self::Name => campaign::Column::NameKey,
            Self::Code => campaign::Column::Code,
            Self::LaunchedOn => campaign::Column::LaunchedOn,
            Self::StartsOn => campaign::Column::StartsOn,
            Self::CreatedAt => campaign::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CampaignFilter {
    /// Part of the name or the code; accents and case do not matter: `q=nong thon moi`
    pub q: Option<String>,
    /// Campaigns with these codes
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = "NTM-2025")]
    pub code: Option<Csv<String>>,
    /// Campaigns that these launched
    #[param(value_type = Option<Vec<Launcher>>, style = Form, explode = false)]
    pub launched_by: Option<Csv<Launcher>>,
    /// Campaigns of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Campaigns of these clusters
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// Campaigns that belong to these
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub parent_id: Option<Csv<Uuid>>,
    /// Campaigns that run on this day
    #[param(example = "2024-03-01")]
    pub as_of: Option<NaiveDate>,
    /// `name`, `code`, `launched_on`, `starts_on`, `created_at`, several by comma; a minus turns the order round; the
    /// latest launched first where nothing is said
    #[param(value_type = Option<String>, example = "name", pattern = "^-?(name|code|launched_on|starts_on|created_at)(,-?(name|code|launched_on|starts_on|created_at))*$")]
    pub sort: Option<Sorts<CampaignSort>>,
}
