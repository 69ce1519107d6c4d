//! Assignments on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    assignment,
    vocab::{AssignmentRating, AssignmentState, Certainty, UnitKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::{
        actions::Verdict,
        assignment::{is_late, is_overdue},
        phrase::Language,
    },
    http::{AllowedAction, Csv, Line, Patch, Prose, SortBy, Sorts, brief::ProvinceBrief, given, line, prose},
};

/// A province's task of a year for a department, an agency, a district (giao nhiệm vụ, khoán sản phẩm)
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Assignment {
    pub id: Uuid,
    /// The province that hands it out
    pub province_id: Uuid,
    /// With `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    #[schema(example = 2023)]
    pub year: i32,
    pub unit_kind: UnitKind,
    #[schema(example = "Sở Nông nghiệp và Phát triển nông thôn")]
    pub unit_name: String,
    /// What is to be done
    #[schema(example = "Trồng rừng mới")]
    pub task: String,
    /// What is to be delivered
    #[schema(example = "15.500 ha rừng trồng mới, nghiệm thu theo huyện")]
    pub product: String,
    /// The last day on which a report is in time
    #[schema(example = "2023-12-15")]
    pub due_on: NaiveDate,
    pub state: AssignmentState,
    /// What was delivered, in words; null until it is reported
    #[schema(required = true)]
    pub result: Option<String>,
    #[schema(required = true)]
    pub reported_on: Option<NaiveDate>,
    /// Whether it was reported after `due_on`
    #[schema(example = false)]
    pub late: bool,
    /// Whether `due_on` has passed (in Vietnam) and it is not reported
    #[schema(example = false)]
    pub overdue: bool,
    /// Null until it is rated
    #[schema(required = true)]
    pub rating: Option<AssignmentRating>,
    #[schema(required = true)]
    pub rated_on: Option<NaiveDate>,
    /// Why it was withdrawn, if it was
    #[schema(required = true)]
    pub withdrawal_reason: Option<String>,
    #[schema(required = true)]
    pub note: Option<String>,
    pub certainty: Certainty,
    /// Each step, and whether the caller may take it now
    pub allowed_actions: Vec<AllowedAction>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Assignment {
    /// The assignment as it is `today`.
    pub(super) fn new(row: assignment::Model, today: NaiveDate, verdicts: &[Verdict], language: Language) -> Self {
        let assignment::Model {
            id,
            province_id,
            year,
            unit_kind,
            unit_name,
            task,
            product,
            due_on,
            state,
            result,
            reported_on,
            rating,
            rated_on,
            withdrawal_reason,
            note,
            certainty,
            unit_key: _,
            search_text: _,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            province_id,
            province: None,
            year,
            unit_kind,
            unit_name,
            task,
            product,
            due_on,
            state,
            result,
            reported_on,
            late: is_late(due_on, reported_on),
            overdue: is_overdue(state, due_on, today),
            rating,
            rated_on,
            withdrawal_reason,
            note,
            certainty,
            allowed_actions: AllowedAction::all(verdicts, language),
            version,
            created_at,
            updated_at,
        }
    }
}

/// A task to hand out
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e", "year": 2023, "unit_kind": "department",
    "unit_name": "Sở Nông nghiệp và Phát triển nông thôn", "task": "Trồng rừng mới",
    "product": "15.500 ha rừng trồng mới, nghiệm thu theo huyện", "due_on": "2023-12-15",
}))]
pub(super) struct NewAssignment {
    /// The province that hands it out; it never changes
    pub province_id: Uuid,
    /// From 1945 to 2100, one in which the province exists; it never changes
    pub year: i32,
    pub unit_kind: UnitKind,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub unit_name: String,
    /// What is to be done
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub task: String,
    /// What is to be delivered
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub product: String,
    /// In the year or the next
    pub due_on: NaiveDate,
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub note: Option<String>,
    /// `verified` where nothing is said
    pub certainty: Option<Certainty>,
}

/// What changes of an assignment; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "due_on": "2023-12-31", "note": "Gia hạn theo đề nghị của sở" }))]
pub(super) struct AssignmentPatch {
    /// Until it is reported
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = UnitKind, required = false)]
    pub unit_kind: Option<UnitKind>,
    /// Until it is reported
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub unit_name: Option<String>,
    /// Until it is reported
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub task: Option<String>,
    /// Until it is reported
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub product: Option<String>,
    /// In the year or the next; until it is reported
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = NaiveDate, required = false)]
    pub due_on: Option<NaiveDate>,
    /// What was delivered; from the report until the rating
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose, required = false)]
    pub result: Option<String>,
    /// Null takes it away
    #[serde(default)]
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub note: Patch<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What assignments can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AssignmentSort {
    DueOn,
    UnitName,
    CreatedAt,
}

impl SortBy for AssignmentSort {
    type Entity = assignment::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::DueOn, Order::Asc)];

    fn column(self) -> assignment::Column {
        match self {
            Self::DueOn => assignment::Column::DueOn,
            Self::UnitName => assignment::Column::UnitKey,
            Self::CreatedAt => assignment::Column::CreatedAt,
        }
    }
}

/// What an assignment can bring along
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AssignmentExpand {
    Province,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AssignmentFilter {
    /// Part of the unit's name, the task or the product; accents and case do not matter: `q=so y te`
    pub q: Option<String>,
    /// Assignments of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Assignments of these years
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Assignments to units of these kinds
    #[param(value_type = Option<Vec<UnitKind>>, style = Form, explode = false)]
    pub unit_kind: Option<Csv<UnitKind>>,
    /// Assignments that stand there
    #[param(value_type = Option<Vec<AssignmentState>>, style = Form, explode = false)]
    pub state: Option<Csv<AssignmentState>>,
    /// Assignments that were rated so
    #[param(value_type = Option<Vec<AssignmentRating>>, style = Form, explode = false)]
    pub rating: Option<Csv<AssignmentRating>>,
    /// Assignments that are overdue today (in Vietnam), or those that are not
    pub overdue: Option<bool>,
    /// Related things to embed: `province`
    #[param(value_type = Option<Vec<AssignmentExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<AssignmentExpand>>,
    /// `due_on`, `unit_name`, `created_at`, several by comma; a minus turns the order round; the earliest due first where
    /// nothing is said
    #[param(value_type = Option<String>, example = "unit_name,due_on", pattern = "^-?(due_on|unit_name|created_at)(,-?(due_on|unit_name|created_at))*$")]
    pub sort: Option<Sorts<AssignmentSort>>,
}
