//! Award requirements on the wire.

use chrono::{DateTime, Utc};
use entity::{
    award_requirement,
    vocab::{Certainty, RecipientKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Csv, Line, Patch, SortBy, Sorts, given, line};

const MOST_TIMES: i32 = 20;
const MOST_YEARS: i32 = 50;

/// An award that must come before another one, so many times within so many years
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AwardRequirement {
    pub id: Uuid,
    /// The award that is asked of
    pub award_type_id: Uuid,
    /// To which recipients it applies
    pub recipient_kind: RecipientKind,
    /// The award that must come before
    pub needed_award_type_id: Uuid,
    /// How often
    #[schema(minimum = 1, maximum = 20, example = 2)]
    pub times: i32,
    /// Within so many years up to the one that is rewarded, which counts; null where any year will do
    #[schema(required = true, minimum = 1, maximum = 50, example = 2)]
    pub within_years: Option<i32>,
    #[schema(example = "Luật 06/2022/QH15 Đ.21")]
    pub legal_basis: String,
    pub certainty: Certainty,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<award_requirement::Model> for AwardRequirement {
    fn from(row: award_requirement::Model) -> Self {
        let award_requirement::Model {
            id,
            award_type_id,
            recipient_kind,
            needed_award_type_id,
            times,
            within_years,
            legal_basis,
            certainty,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            award_type_id,
            recipient_kind,
            needed_award_type_id,
            times,
            within_years,
            legal_basis,
            certainty,
            version,
            created_at,
            updated_at,
        }
    }
}

/// An award to ask for
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "award_type_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4f", "recipient_kind": "individual",
    "needed_award_type_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
    "times": 2, "within_years": 2, "legal_basis": "Luật 06/2022/QH15 Đ.21", "certainty": "likely",
}))]
pub(super) struct NewAwardRequirement {
    pub award_type_id: Uuid,
    /// To which recipients it applies
    pub recipient_kind: RecipientKind,
    /// The award that must come before; an award type asks for each other award once
    pub needed_award_type_id: Uuid,
    /// How often
    #[validate(range(min = 1, max = MOST_TIMES))]
    #[schema(minimum = 1, maximum = 20)]
    pub times: i32,
    /// Within so many years up to the one that is rewarded, which counts; any year will do if left away
    #[validate(range(min = 1, max = MOST_YEARS))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 50)]
    pub within_years: Option<i32>,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub legal_basis: String,
    /// `verified` where nothing is said
    #[schema(value_type = Option<Certainty>)]
    pub certainty: Option<Certainty>,
}

/// What changes of a requirement; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "times": 3, "within_years": null }))]
pub(super) struct AwardRequirementPatch {
    /// How often
    #[serde(default, deserialize_with = "given")]
    #[validate(range(min = 1, max = MOST_TIMES))]
    #[schema(value_type = i32, required = false, minimum = 1, maximum = 20)]
    pub times: Option<i32>,
    /// Within so many years; null where any year will do
    #[serde(default)]
    #[validate(range(min = 1, max = MOST_YEARS))]
    #[schema(value_type = Option<i32>, required = false, minimum = 1, maximum = 50)]
    pub within_years: Patch<i32>,
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub legal_basis: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What award requirements can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AwardRequirementSort {
    CreatedAt,
}

impl SortBy for AwardRequirementSort {
    type Entity = award_requirement::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Asc)];

    fn column(self) -> award_requirement::Column {
        match self {
            Self::CreatedAt => award_requirement::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AwardRequirementFilter {
    /// Of these award types, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub award_type_id: Option<Csv<Uuid>>,
    /// For these recipients, by comma
    #[param(value_type = Option<Vec<RecipientKind>>, style = Form, explode = false)]
    pub recipient_kind: Option<Csv<RecipientKind>>,
    /// For these awards that must come before, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub needed_award_type_id: Option<Csv<Uuid>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<AwardRequirementSort>>,
}
