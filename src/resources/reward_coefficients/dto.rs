//! Reward coefficients on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    decimal::Decimal,
    reward_coefficient,
    vocab::{Certainty, RecipientKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::{Csv, SortBy, Sorts};

/// How many base salaries go with an award (hệ số tiền thưởng), with the days it holds
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RewardCoefficient {
    pub id: Uuid,
    pub award_type_id: Uuid,
    pub recipient_kind: RecipientKind,
    /// How many base salaries
    #[schema(example = 12)]
    pub coefficient: Decimal,
    /// The first day
    pub valid_from: NaiveDate,
    /// The last day; null while no end is known
    #[schema(required = true)]
    pub valid_to: Option<NaiveDate>,
    pub legal_basis: String,
    pub certainty: Certainty,
    pub created_at: DateTime<Utc>,
}

impl From<reward_coefficient::Model> for RewardCoefficient {
    fn from(row: reward_coefficient::Model) -> Self {
        let reward_coefficient::Model {
            id,
            award_type_id,
            recipient_kind,
            coefficient,
            valid_from,
            valid_to,
            legal_basis,
            certainty,
            created_at,
        } = row;
        Self {
            id,
            award_type_id,
            recipient_kind,
            coefficient,
            valid_from,
            valid_to,
            legal_basis,
            certainty,
            created_at,
        }
    }
}

/// What reward coefficients can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RewardCoefficientSort {
    Coefficient,
    ValidFrom,
    CreatedAt,
}

impl SortBy for RewardCoefficientSort {
    type Entity = reward_coefficient::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::ValidFrom, Order::Desc)];

    fn column(self) -> reward_coefficient::Column {
        match self {
            Self::Coefficient => reward_coefficient::Column::Coefficient,
            Self::ValidFrom => reward_coefficient::Column::ValidFrom,
            Self::CreatedAt => reward_coefficient::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RewardCoefficientFilter {
    /// Coefficients of these award types
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub award_type_id: Option<Csv<Uuid>>,
    /// Coefficients for these recipients
    #[param(value_type = Option<Vec<RecipientKind>>, style = Form, explode = false)]
    pub recipient_kind: Option<Csv<RecipientKind>>,
    /// Coefficients in force on this day
    #[param(example = "2024-03-01")]
    pub as_of: Option<NaiveDate>,
    /// `coefficient`, `valid_from`, `created_at`, several by comma; a minus turns the order round; the newest first
    /// where nothing is said
    #[param(value_type = Option<String>, example = "-valid_from", pattern = "^-?(coefficient|valid_from|created_at)(,-?(coefficient|valid_from|created_at))*$")]
    pub sort: Option<Sorts<RewardCoefficientSort>>,
}
