//! Reports on campaigns on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::campaign_report;
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::Figure;
use crate::{
    http::{Csv, Prose, SortBy, Sorts, given, prose},
    problem::Problem,
};

/// The most figures of a report.
const MOST_FIGURES: u64 = 50;

/// What a province reports on its part in a campaign for a period
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CampaignReport {
    pub id: Uuid,
    /// The province's participation in the campaign
    pub participation_id: Uuid,
    /// The stage it reports on; null: on none in particular
    #[schema(required = true)]
    pub stage_id: Option<Uuid>,
    /// The first day it is about
    #[schema(example = "2023-01-01")]
    pub period_from: NaiveDate,
    /// The last day it is about
    #[schema(example = "2023-06-30")]
    pub period_to: NaiveDate,
    /// What was done, in words
    pub report: String,
    /// What was done, in figures
    #[schema(max_items = 50)]
    pub figures: Vec<Figure>,
    /// The day it came in, in Vietnam
    #[schema(example = "2023-07-05")]
    pub reported_on: NaiveDate,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl TryFrom<campaign_report::Model> for CampaignReport {
    type Error = Problem;

    fn try_from(row: campaign_report::Model) -> Result<Self, Problem> {
        let campaign_report::Model {
            id,
            participation_id,
            stage_id,
            period_from,
            period_to,
            report,
            figures,
            reported_on,
            version,
            created_at,
            updated_at,
        } = row;
        let figures = serde_json::from_value(figures).map_err(Problem::internal)?;
        Ok(Self {
            id,
            participation_id,
            stage_id,
            period_from,
            period_to,
            report,
            figures,
            reported_on,
            version,
            created_at,
            updated_at,
        })
    }
}

/// A report to make
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "period_from": "2023-01-01", "period_to": "2023-06-30", "report": "Tỉnh đã triển khai đến 100% xã.",
    "figures": [{ "name": "Số xã đạt chuẩn nông thôn mới", "unit": "xã", "value": 98 }],
}))]
pub(super) struct NewCampaignReport {
    /// The stage it reports on, of the same campaign
    pub stage_id: Option<Uuid>,
    /// The first day it is about
    pub period_from: NaiveDate,
    /// The last day it is about, not later than today
    pub period_to: NaiveDate,
    /// What was done, in words
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub report: String,
    /// What was done, in figures
    #[serde(default)]
    #[validate(length(max = MOST_FIGURES), nested)]
    #[schema(max_items = 50)]
    pub figures: Vec<Figure>,
}

/// What changes of a report; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "report": "Tỉnh đã triển khai đến 100% xã và tổ chức sơ kết." }))]
pub(super) struct CampaignReportPatch {
    /// What was done, in words
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub report: Option<String>,
    /// What was done, in figures: the whole list
    #[serde(default, deserialize_with = "given")]
    #[validate(length(max = MOST_FIGURES), nested)]
    #[schema(value_type = Vec<Figure>, required = false, max_items = 50)]
    pub figures: Option<Vec<Figure>>,
}

/// What reports can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CampaignReportSort {
    PeriodTo,
    CreatedAt,
}

impl SortBy for CampaignReportSort {
    type Entity = campaign_report::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::PeriodTo, Order::Desc)];

    fn column(self) -> campaign_report::Column {
        match self {
            Self::PeriodTo => campaign_report::Column::PeriodTo,
            Self::CreatedAt => campaign_report::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CampaignReportFilter {
    /// Reports on these campaigns
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub campaign_id: Option<Csv<Uuid>>,
    /// Reports of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Reports of these participations
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub participation_id: Option<Csv<Uuid>>,
    /// Reports on these stages
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub stage_id: Option<Csv<Uuid>>,
    /// Reports on a period that ends on this day or later
    #[param(example = "2023-01-01")]
    pub period_to_from: Option<NaiveDate>,
    /// Reports on a period that ends on this day or earlier
    #[param(example = "2023-12-31")]
    pub period_to_to: Option<NaiveDate>,
    /// `period_to`, `created_at`, several by comma; a minus turns the order round; the latest first where nothing is said
    #[param(value_type = Option<String>, example = "-period_to", pattern = "^-?(period_to|created_at)(,-?(period_to|created_at))*$")]
    pub sort: Option<Sorts<CampaignReportSort>>,
}
