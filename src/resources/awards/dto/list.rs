//! How awards are asked for.

use chrono::NaiveDate;
use entity::{
    award,
    vocab::{Authority, AwardCategory, AwardState},
};
use sea_orm::Order;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::{Csv, SortBy, Sorts};

/// What awards can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AwardSort {
    DecidedOn,
    CreatedAt,
}

impl SortBy for AwardSort {
    type Entity = award::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::DecidedOn, Order::Desc)];

    fn column(self) -> award::Column {
        match self {
            Self::DecidedOn => award::Column::DecidedOn,
            Self::CreatedAt => award::Column::CreatedAt,
        }
    }
}

/// A related thing that is embedded on request
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AwardRelation {
    Province,
    AwardType,
    Cycle,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AwardFilter {
    /// Words of the decision's number, the province, the award or the citation; accents and case do not matter
    pub q: Option<String>,
    /// Of these award types, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub award_type_id: Option<Csv<Uuid>>,
    /// Titles, commendations, by comma
    #[param(value_type = Option<Vec<AwardCategory>>, style = Form, explode = false)]
    pub category: Option<Csv<AwardCategory>>,
    /// Decided by these authorities, by comma
    #[param(value_type = Option<Vec<Authority>>, style = Form, explode = false)]
    pub authority: Option<Csv<Authority>>,
    /// Decided in these years, by comma
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// For these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// For cycles of these clusters, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// To these provinces, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Whether `province_id` also finds what went to the provinces these followed, through mergers and all other events
    #[serde(default)]
    #[param(required = false, default = false)]
    pub through_mergers: bool,
    /// In these states, by comma
    #[param(value_type = Option<Vec<AwardState>>, style = Form, explode = false)]
    pub state: Option<Csv<AwardState>>,
    /// Decided on this day or later
    pub decided_on_from: Option<NaiveDate>,
    /// Decided on this day or earlier
    pub decided_on_to: Option<NaiveDate>,
    /// Related things to embed, by comma
    #[param(value_type = Option<Vec<AwardRelation>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<AwardRelation>>,
    /// `decided_on`, `created_at`, several by comma; a minus turns the order round
    #[param(value_type = Option<String>, example = "-decided_on", pattern = "^-?(decided_on|created_at)(,-?(decided_on|created_at))*$")]
    pub sort: Option<Sorts<AwardSort>>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AwardView {
    /// Related things to embed, by comma
    #[param(value_type = Option<Vec<AwardRelation>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<AwardRelation>>,
}
