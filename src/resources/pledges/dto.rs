//! Pledges on the wire.

use chrono::{DateTime, Datelike, Utc};
use entity::{
    pledge,
    vocab::{Certainty, MemberRole, PledgeState},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::view::View;
use crate::{
    domain::{phrase::Language, target::Summary},
    http::{
        AllowedAction, Csv, Line, Patch, Prose, SortBy, Sorts,
        brief::{ClusterBrief, CycleBrief, ProvinceBrief},
        given, line, prose,
    },
};

/// A province's signed commitment for a cycle (giao ước thi đua)
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Pledge {
    pub id: Uuid,
    /// The cycle it is made for
    pub cycle_id: Uuid,
    /// The province that makes it
    pub province_id: Uuid,
    /// What is pledged, in words
    pub text: String,
    /// Who signs, or has signed, for the province
    #[schema(required = true)]
    pub signatory_name: Option<String>,
    /// The signatory's office
    #[schema(required = true)]
    pub signatory_title: Option<String>,
    /// When it was signed; null while it is a draft
    #[schema(required = true)]
    pub signed_at: Option<DateTime<Utc>>,
    /// Where it was signed, or will be
    #[schema(required = true)]
    pub signed_place: Option<String>,
    /// By how many seconds it was signed after its due date, an extension included; null if it was in time, or nothing was due
    #[schema(required = true, minimum = 1)]
    pub late_by_seconds: Option<i64>,
    pub state: PledgeState,
    /// When it was concluded
    #[schema(required = true)]
    pub concluded_at: Option<DateTime<Utc>>,
    pub certainty: Certainty,
    /// What became of its targets
    pub targets_summary: TargetsSummary,
    /// Each step of its life, and whether the caller may take it now
    pub allowed_actions: Vec<AllowedAction>,
    /// The province; only with `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// The cycle; only with `expand=cycle`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cycle: Option<CycleBrief>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Pledge {
    pub(super) fn new(view: View, language: Language) -> Self {
        let View { pledge, summary, late_by_seconds, verdicts, province, cycle } = view;
        let pledge::Model {
            id,
            cycle_id,
            province_id,
            text,
            signatory_name,
            signatory_title,
            signed_at,
            signed_place,
            state,
            concluded_at,
            certainty,
            version,
            created_at,
            updated_at,
        } = pledge;
        Self {
            id,
            cycle_id,
            province_id,
            text,
            signatory_name,
            signatory_title,
            signed_at,
            signed_place,
            late_by_seconds,
            state,
            concluded_at,
            certainty,
            targets_summary: TargetsSummary::new(&summary, language),
            allowed_actions: AllowedAction::all(&verdicts, language),
            province,
            cycle,
            version,
            created_at,
            updated_at,
        }
    }
}

/// The pledge of a cluster for a year: the pledges of all its members
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ClusterPledge {
    pub cycle: CycleBrief,
    pub cluster: ClusterBrief,
    /// Whether every member has signed
    pub complete: bool,
    /// How many members have signed
    #[schema(minimum = 0, example = 7)]
    pub signed: usize,
    /// Every member that is not excluded, by name
    pub members: Vec<MemberPledge>,
}

/// What a member contributes to the pledge of the cluster. What the caller may not read of it is null
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MemberPledge {
    pub province: ProvinceBrief,
    pub role: MemberRole,
    /// 1, 2, …; null unless `role` is `deputy`
    #[schema(required = true)]
    pub deputy_rank: Option<i32>,
    /// Whether it has signed
    pub signed: bool,
    #[schema(required = true)]
    pub pledge_id: Option<Uuid>,
    #[schema(required = true)]
    pub state: Option<PledgeState>,
    #[schema(required = true)]
    pub signed_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub signed_place: Option<String>,
    #[schema(required = true)]
    pub signatory_name: Option<String>,
    #[schema(required = true)]
    pub signatory_title: Option<String>,
    /// What is pledged, in words
    #[schema(required = true)]
    pub text: Option<String>,
    /// How often it was amended: see `GET /pledges/{id}/amendments`
    #[schema(minimum = 0)]
    pub amendments: usize,
}

/// What became of the targets of a pledge: `met + missed + open = total`
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TargetsSummary {
    #[schema(example = 32)]
    pub total: u32,
    /// Met or exceeded
    #[schema(example = 29)]
    pub met: u32,
    /// The part of `met` that is better than promised
    #[schema(example = 17)]
    pub exceeded: u32,
    #[schema(example = 3)]
    pub missed: u32,
    /// Without an actual figure
    #[schema(example = 0)]
    pub open: u32,
    /// The same in one sentence, in the language of `Accept-Language`
    #[schema(example = "29 of 32 met, 17 exceeded")]
    pub text: String,
}

impl TargetsSummary {
    fn new(summary: &Summary, language: Language) -> Self {
        let Summary { total, met, exceeded, missed, open } = *summary;
        Self { total, met, exceeded, missed, open, text: summary.phrase().say(language).to_owned() }
    }
}

/// A new pledge, still a draft
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "text": "Tỉnh Yên Bái cam kết hoàn thành và hoàn thành vượt mức các chỉ tiêu đã đăng ký.",
    "signatory_name": "Nguyễn Văn A", "signatory_title": "Chủ tịch Ủy ban nhân dân tỉnh",
}))]
pub(super) struct NewPledge {
    /// The cycle it is made for
    pub cycle_id: Uuid,
    /// The province that makes it, a member of the cycle
    pub province_id: Uuid,
    /// What is pledged, in words
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub text: String,
    /// Who will sign for the province
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub signatory_name: Option<String>,
    /// The signatory's office
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub signatory_title: Option<String>,
    /// Where it will be signed
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub signed_place: Option<String>,
    /// How well the pledge is known; `verified` unless said
    #[serde(default = "verified")]
    #[schema(required = false, default = "verified")]
    pub certainty: Certainty,
}

fn verified() -> Certainty {
    Certainty::Verified
}

/// What changes of a draft; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "signatory_name": "Nguyễn Văn A", "signed_place": null }))]
pub(super) struct PledgePatch {
    /// What is pledged, in words
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub text: Option<String>,
    /// Who will sign for the province; null takes the name away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub signatory_name: Patch<String>,
    /// The signatory's office; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub signatory_title: Patch<String>,
    /// Where it will be signed; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub signed_place: Patch<String>,
    /// How well the pledge is known
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// The facts of a signature; what the draft says already may be left away
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "signatory_name": "Nguyễn Văn A", "signatory_title": "Chủ tịch Ủy ban nhân dân tỉnh",
    "signed_at": "2024-03-01T14:30:00+07:00", "signed_place": "Bắc Kạn",
}))]
pub(super) struct Signature {
    /// Who signed for the province
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub signatory_name: Option<String>,
    /// The signatory's office
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub signatory_title: Option<String>,
    /// When it was signed, with any offset; from the year 2000 on, and not in the future
    #[validate(custom(function = in_our_time))]
    pub signed_at: DateTime<Utc>,
    /// Where it was signed
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub signed_place: Option<String>,
}

/// The year in which the first cycle can be; what was signed before it is a slip of the pen.
const EARLIEST: i32 = 2000;

/// Checks the time of a signature.
pub(super) fn in_our_time(at: &DateTime<Utc>) -> Result<(), ValidationError> {
    if at.year() >= EARLIEST {
        return Ok(());
    }
    let mut error = ValidationError::new("range");
    error.add_param("min".into(), &EARLIEST);
    Err(error)
}

/// What pledges can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PledgeSort {
    State,
    CreatedAt,
}

impl SortBy for PledgeSort {
    type Entity = pledge::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> pledge::Column {
        match self {
            Self::State => pledge::Column::State,
            Self::CreatedAt => pledge::Column::CreatedAt,
        }
    }
}

/// What can be embedded in a pledge
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PledgeExpand {
    Province,
    Cycle,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PledgeFilter {
    /// Only of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Only of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Only of cycles of these clusters
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// Only of cycles of these years
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Only in these states
    #[param(value_type = Option<Vec<PledgeState>>, style = Form, explode = false)]
    pub state: Option<Csv<PledgeState>>,
    /// `created_at`, `state`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "-created_at", pattern = "^-?(created_at|state)(,-?(created_at|state))*$")]
    pub sort: Option<Sorts<PledgeSort>>,
    /// `province`, `cycle`, several by comma: embedded in each item
    #[param(value_type = Option<String>, example = "province,cycle", pattern = "^(province|cycle)(,(province|cycle))*$")]
    pub expand: Option<Csv<PledgeExpand>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PledgeQuery {
    /// `province`, `cycle`, several by comma: embedded in the pledge
    #[param(value_type = Option<String>, example = "province,cycle", pattern = "^(province|cycle)(,(province|cycle))*$")]
    pub expand: Option<Csv<PledgeExpand>>,
}
