//! Base salaries on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{base_salary, decimal::Decimal, vocab::Certainty};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Line, SortBy, Sorts, line};

/// A base salary (lương cơ sở) with the days it holds
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BaseSalary {
    pub id: Uuid,
    /// VND a month
    #[schema(example = 1_800_000)]
    pub amount: Decimal,
    /// The first day
    #[schema(example = "2023-07-01")]
    pub valid_from: NaiveDate,
    /// The last day; null while no later one is known
    #[schema(required = true, example = "2024-06-30")]
    pub valid_to: Option<NaiveDate>,
    #[schema(example = "Nghị định 24/2023/NĐ-CP")]
    pub legal_basis: String,
    pub certainty: Certainty,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<base_salary::Model> for BaseSalary {
    fn from(row: base_salary::Model) -> Self {
        let base_salary::Model {
            id,
            amount,
            valid_from,
            valid_to,
            legal_basis,
            certainty,
            version,
            created_at,
            updated_at,
        } = row;
        Self { id, amount, valid_from, valid_to, legal_basis, certainty, version, created_at, updated_at }
    }
}

/// The next base salary
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "amount": 2_530_000, "valid_from": "2026-07-01", "legal_basis": "Nghị định của Chính phủ", "certainty": "unsure",
}))]
pub(super) struct NewBaseSalary {
    /// VND a month, more than nothing
    pub amount: Decimal,
    /// The first day; later than that of the last one
    pub valid_from: NaiveDate,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub legal_basis: String,
    /// `verified` where nothing is said
    #[schema(value_type = Option<Certainty>)]
    pub certainty: Option<Certainty>,
}

/// What base salaries can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum BaseSalarySort {
    ValidFrom,
    CreatedAt,
}

impl SortBy for BaseSalarySort {
    type Entity = base_salary::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::ValidFrom, Order::Desc)];

    fn column(self) -> base_salary::Column {
        match self {
            Self::ValidFrom => base_salary::Column::ValidFrom,
            Self::CreatedAt => base_salary::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BaseSalaryFilter {
    /// The base salary in force on this day
    #[param(example = "2024-03-01")]
    pub as_of: Option<NaiveDate>,
    /// `valid_from`, `created_at`, several by comma; a minus turns the order round; the newest first where nothing is
    /// said
    #[param(value_type = Option<String>, example = "-valid_from", pattern = "^-?(valid_from|created_at)(,-?(valid_from|created_at))*$")]
    pub sort: Option<Sorts<BaseSalarySort>>,
}
