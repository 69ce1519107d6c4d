//! Rankings on the wire.

mod correction;
mod proof;
mod what_if;

use chrono::{DateTime, Utc};
use entity::{decimal::Decimal, ranking, vocab::RankingState};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    domain::{ranking::TieStep, scoring::Adjustment},
    http::{Csv, SortBy, Sorts, brief::ProvinceBrief},
};

pub(super) use correction::{CorrectedScore, Correction, ReExaminedNomination};
pub(super) use proof::{Proof, Verification};
pub(super) use what_if::{HypotheticalChange, Preview, PreviewEntry, Standing, WhatIf};

/// A ranking (xếp hạng): the immutable result of a cycle
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Ranking {
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// 1 for the first of the cycle, then 2, 3, …
    #[schema(minimum = 1, example = 1)]
    pub number: i32,
    pub state: RankingState,
    /// The criteria it was scored by
    pub criteria_set_id: Uuid,
    /// The ranking it replaces; null for the first
    #[schema(required = true)]
    pub supersedes_id: Option<Uuid>,
    /// Why it replaces the former one
    #[schema(required = true)]
    pub reason: Option<String>,
    /// The most points the criteria give, bonus aside
    #[schema(example = 1000)]
    pub total_points: Decimal,
    /// The version of the computation
    #[schema(minimum = 1, example = 1)]
    pub algorithm: i32,
    /// SHA-256 of the proof's canonical form, in hexadecimal
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", pattern = "^[0-9a-f]{64}$")]
    pub proof_sha256: String,
    pub computed_at: DateTime<Utc>,
    #[schema(required = true)]
    pub published_at: Option<DateTime<Utc>>,
    /// The provinces in display order; on a single ranking only, not in lists
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub entries: Option<Vec<RankingEntry>>,
    /// What it means for the nominations of the cycle that are open or decided; in the answer to a correction only
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub nominations: Option<Vec<ReExaminedNomination>>,
    /// Grows with its state; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<ranking::Model> for Ranking {
    fn from(row: ranking::Model) -> Self {
        let ranking::Model {
            id,
            cycle_id,
            number,
            state,
            criteria_set_id,
            supersedes_id,
            reason,
            total_points,
            algorithm,
            proof_sha256,
            computed_at,
            published_at,
            version,
            created_at,
            updated_at,
        } = row;
        Self {
            id,
            cycle_id,
            number,
            state,
            criteria_set_id,
            supersedes_id,
            reason,
            total_points,
            algorithm,
            proof_sha256,
            computed_at,
            published_at,
            entries: None,
            nominations: None,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A province in a ranking
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RankingEntry {
    /// The rank: equal totals share one and leave a gap (1, 1, 3); null for an excluded province
    #[schema(required = true, minimum = 1, example = 2)]
    pub place: Option<i32>,
    pub province: ProvinceBrief,
    /// The sum of the sections and adjustments, to the last digit
    #[schema(example = 953.5)]
    pub total: Decimal,
    /// The class of the total, where the criteria classify; an excluded province has none
    #[schema(required = true, example = "Hoàn thành xuất sắc nhiệm vụ")]
    pub classification: Option<String>,
    #[schema(required = true)]
    pub classification_en: Option<String>,
    /// The tie-breakers that were tried on it, in order; none where its total is its own
    pub tie_breaks: Vec<TieStep>,
    /// What was taken beside the sections, by the settings of the criteria
    pub adjustments: Vec<Adjustment>,
    /// Why the province is shown unranked; null where it is ranked
    #[schema(required = true)]
    pub excluded_reason: Option<String>,
    pub sections: Vec<RankingSection>,
}

/// The points of one section behind a total
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RankingSection {
    pub criterion_id: Uuid,
    #[schema(example = "I")]
    pub code: String,
    #[schema(example = "Phát triển kinh tế - xã hội")]
    pub name: String,
    /// The most the section gives, bonus aside
    #[schema(required = true, example = 600)]
    pub max_points: Option<Decimal>,
    /// Bonus and penalty included
    #[schema(example = 571.5)]
    pub points: Decimal,
}

/// What rankings can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RankingSort {
    CreatedAt,
    Number,
}

impl SortBy for RankingSort {
    type Entity = ranking::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Desc)];

    fn column(self) -> ranking::Column {
        match self {
            Self::CreatedAt => ranking::Column::CreatedAt,
            Self::Number => ranking::Column::Number,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RankingFilter {
    /// Rankings of these cycles
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// Rankings of this cluster's cycles
    pub cluster_id: Option<Uuid>,
    /// Rankings of cycles of these years
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Rankings in these states
    #[param(value_type = Option<Vec<RankingState>>, style = Form, explode = false)]
    pub state: Option<Csv<RankingState>>,
    /// `created_at`, `number`, several by comma; a minus turns the order round. Default `-created_at`
    #[param(value_type = Option<String>, example = "-created_at", pattern = "^-?(created_at|number)(,-?(created_at|number))*$")]
    pub sort: Option<Sorts<RankingSort>>,
}
