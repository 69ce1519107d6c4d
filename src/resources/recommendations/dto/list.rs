//! How recommendations are listed.

use chrono::NaiveDate;
use entity::{
    recommendation,
    vocab::{Addressee, RecommendationState},
};
use sea_orm::Order;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::{Csv, SortBy, Sorts};

/// What recommendations can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RecommendationSort {
    RaisedOn,
    DueOn,
    CreatedAt,
}

impl SortBy for RecommendationSort {
    type Entity = recommendation::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::RaisedOn, Order::Desc)];

    fn column(self) -> recommendation::Column {
        match self {
            Self::RaisedOn => recommendation::Column::RaisedOn,
            Self::DueOn => recommendation::Column::DueKey,
            Self::CreatedAt => recommendation::Column::CreatedAt,
        }
    }
}

/// What a recommendation can bring along
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RecommendationExpand {
    Province,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RecommendationFilter {
    /// Words in title, text or addressee, without regard to accents and case
    #[param(example = "thien tai")]
    pub q: Option<String>,
    /// Raised in these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Raised by these provinces, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Raised in cycles of these years, by comma
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// In these states, by comma
    #[param(value_type = Option<Vec<RecommendationState>>, style = Form, explode = false)]
    pub state: Option<Csv<RecommendationState>>,
    /// Addressed to these, by comma
    #[param(value_type = Option<Vec<Addressee>>, style = Form, explode = false)]
    pub addressee: Option<Csv<Addressee>>,
    /// Only those that wait for an answer although `due_on` is over, or only all others
    pub overdue: Option<bool>,
    /// Raised on this day or later
    #[param(example = "2024-01-01")]
    pub raised_on_from: Option<NaiveDate>,
    /// Raised on this day or earlier
    #[param(example = "2024-12-31")]
    pub raised_on_to: Option<NaiveDate>,
    /// Related things to embed: `province`
    #[param(value_type = Option<Vec<RecommendationExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<RecommendationExpand>>,
    /// `raised_on`, `due_on`, `created_at`, several by comma; a minus turns the order round. The last raised first where
    /// nothing is said; what has no `due_on` comes after all that has
    #[param(value_type = Option<String>, example = "due_on", pattern = "^-?(raised_on|due_on|created_at)(,-?(raised_on|due_on|created_at))*$")]
    pub sort: Option<Sorts<RecommendationSort>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RecommendationQuery {
    /// Related things to embed: `province`
    #[param(value_type = Option<Vec<RecommendationExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<RecommendationExpand>>,
}
