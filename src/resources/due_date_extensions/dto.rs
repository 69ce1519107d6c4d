//! Extensions on the wire.

use chrono::{DateTime, FixedOffset, Utc};
use entity::{due_date_extension, vocab::Stage};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    http::{Csv, Prose, SortBy, Sorts, prose},
    problem::Problem,
};

/// An extension: another due date for one province, for a reason
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DueDateExtension {
    pub id: Uuid,
    pub cycle_id: Uuid,
    pub province_id: Uuid,
    pub stage: Stage,
    /// The last moment in time for this province, with the offset it was given in
    #[schema(value_type = String, format = DateTime, example = "2024-01-08T17:00:00+07:00")]
    pub due_at: DateTime<FixedOffset>,
    /// The last moment at all; null where nothing is refused for being late
    #[schema(required = true, value_type = Option<String>, format = DateTime, example = "2024-01-10T17:00:00+07:00")]
    pub hard_due_at: Option<DateTime<FixedOffset>>,
    #[schema(example = "Bão số 3")]
    pub reason: String,
    /// The account that granted it
    pub granted_by: Uuid,
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

impl TryFrom<due_date_extension::Model> for DueDateExtension {
    type Error = Problem;

    fn try_from(row: due_date_extension::Model) -> Result<Self, Problem> {
        let due_date_extension::Model {
            id,
            cycle_id,
            province_id,
            stage,
            due_at,
            hard_at,
            offset_minutes,
            reason,
            granted_by,
            version,
            created_at,
        } = row;
        let offset = FixedOffset::east_opt(offset_minutes * 60);
        let offset = offset.ok_or_else(|| Problem::internal("an offset out of range"))?;
        Ok(Self {
            id,
            cycle_id,
            province_id,
            stage,
            due_at: due_at.with_timezone(&offset),
            hard_due_at: hard_at.map(|hard| hard.with_timezone(&offset)),
            reason,
            granted_by,
            version,
            created_at,
        })
    }
}

/// A province gets longer
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "stage": "self_scoring", "due_at": "2024-01-08T17:00:00+07:00", "reason": "Bão số 3",
}))]
pub(super) struct NewDueDateExtension {
    pub cycle_id: Uuid,
    /// A member of the cycle
    pub province_id: Uuid,
    /// One that has a due date in the cycle
    pub stage: Stage,
    /// The last moment in time for this province, not before the due date of all
    #[schema(value_type = String, format = DateTime)]
    pub due_at: DateTime<FixedOffset>,
    /// The last moment at all, before neither `due_at` nor that of all; without it nothing is refused for being late
    #[schema(value_type = Option<String>, format = DateTime)]
    pub hard_due_at: Option<DateTime<FixedOffset>>,
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What extensions can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExtensionSort {
    CreatedAt,
}

impl SortBy for ExtensionSort {
    type Entity = due_date_extension::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> due_date_extension::Column {
        match self {
            Self::CreatedAt => due_date_extension::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExtensionFilter {
    /// Extensions in these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Extensions of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Extensions of these stages
    #[param(value_type = Option<Vec<Stage>>, style = Form, explode = false)]
    pub stage: Option<Csv<Stage>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at(,-?created_at)*$")]
    pub sort: Option<Sorts<ExtensionSort>>,
}
