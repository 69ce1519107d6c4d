//! Figures of achievement on the wire.

use chrono::{DateTime, Utc};
use entity::{achievement_figure, decimal::Decimal, vocab::Certainty};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::http::{Csv, Line, Patch, Short, SortBy, Sorts, brief::ProvinceBrief, given, line, short};

/// More units than this are ranked nowhere.
const MOST: i32 = 10_000;

/// What a province achieved in a year, with its place among others (số liệu thành tích), as it was published
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AchievementFigure {
    pub id: Uuid,
    pub province_id: Uuid,
    /// With `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    #[schema(example = 2023)]
    pub year: i32,
    /// What is measured, in Vietnamese; once for each province and year
    #[schema(example = "Tốc độ tăng trưởng GRDP")]
    pub indicator: String,
    /// What is measured, in English
    #[schema(required = true, example = "Growth of the gross regional product")]
    pub indicator_en: Option<String>,
    /// The unit of the value; null where there is no value or it has none
    #[schema(required = true, example = "%")]
    pub unit: Option<String>,
    /// Null where only a rank was published
    #[schema(required = true)]
    pub value: Option<Decimal>,
    /// The region of the rank, in words; null exactly where there is no rank in it
    #[schema(required = true, example = "Trung du và miền núi phía Bắc")]
    pub region: Option<String>,
    #[schema(required = true, minimum = 1, example = 7)]
    pub rank_in_region: Option<i32>,
    /// How many units the region ranks; null where that was not published
    #[schema(required = true, minimum = 1, example = 14)]
    pub ranked_in_region: Option<i32>,
    #[schema(required = true, minimum = 1, example = 36)]
    pub rank_in_country: Option<i32>,
    /// How many units the country ranks; null where that was not published
    #[schema(required = true, minimum = 1, example = 63)]
    pub ranked_in_country: Option<i32>,
    /// Where it was published, in words
    #[schema(example = "Báo cáo kinh tế - xã hội năm 2023")]
    pub source: String,
    pub certainty: Certainty,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<achievement_figure::Model> for AchievementFigure {
    fn from(row: achievement_figure::Model) -> Self {
        let achievement_figure::Model {
            id,
            province_id,
            year,
            indicator,
            indicator_en,
            indicator_key: _,
            unit,
            value,
            region,
            rank_in_region,
            ranked_in_region,
            rank_in_country,
            ranked_in_country,
            source,
            certainty,
            name_key: _,
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
            indicator,
            indicator_en,
            unit,
            value,
            region,
            rank_in_region,
            ranked_in_region,
            rank_in_country,
            ranked_in_country,
            source,
            certainty,
            version,
            created_at,
            updated_at,
        }
    }
}

/// A new figure: a value, a rank, or both
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e", "year": 2023, "indicator": "Tốc độ tăng trưởng GRDP",
    "indicator_en": "Growth of the gross regional product", "unit": "%", "value": 7.04,
    "region": "Trung du và miền núi phía Bắc", "rank_in_region": 7, "ranked_in_region": 14,
    "rank_in_country": 36, "ranked_in_country": 63, "source": "Báo cáo kinh tế - xã hội năm 2023",
    "certainty": "verified",
}))]
pub(super) struct NewAchievementFigure {
    /// Whose figure it is; it never changes
    pub province_id: Uuid,
    /// From 1945 to 2100, one in which the province exists; it never changes
    pub year: i32,
    /// What is measured, in Vietnamese
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub indicator: String,
    /// What is measured, in English
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub indicator_en: Option<String>,
    /// The unit of the value; only with a value
    #[validate(custom(function = short))]
    #[schema(value_type = Option<Short>)]
    pub unit: Option<String>,
    /// Needed where no rank is given
    pub value: Option<Decimal>,
    /// The region of the rank, in words; needed with `rank_in_region`, and only with it
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub region: Option<String>,
    #[validate(range(min = 1, max = MOST))]
    #[schema(minimum = 1, maximum = 10_000)]
    pub rank_in_region: Option<i32>,
    /// How many units the region ranks; only with a rank, and not below it
    #[validate(range(min = 1, max = MOST))]
    #[schema(minimum = 1, maximum = 10_000)]
    pub ranked_in_region: Option<i32>,
    #[validate(range(min = 1, max = MOST))]
    #[schema(minimum = 1, maximum = 10_000)]
    pub rank_in_country: Option<i32>,
    /// How many units the country ranks; only with a rank, and not below it
    #[validate(range(min = 1, max = MOST))]
    #[schema(minimum = 1, maximum = 10_000)]
    pub ranked_in_country: Option<i32>,
    /// Where it was published, in words
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub source: String,
    /// `verified` where nothing is said
    pub certainty: Option<Certainty>,
}

/// What changes of a figure; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "value": 7.04, "unit": "%", "indicator_en": null, "source": "Niên giám thống kê 2023" }))]
pub(super) struct AchievementFigurePatch {
    /// What is measured, in Vietnamese
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub indicator: Option<String>,
    /// What is measured, in English; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub indicator_en: Patch<String>,
    /// The unit of the value; null takes it away
    #[serde(default)]
    #[validate(custom(function = short))]
    #[schema(value_type = Option<Short>)]
    pub unit: Patch<String>,
    /// Null takes it away
    #[serde(default)]
    #[schema(value_type = Option<Decimal>)]
    pub value: Patch<Decimal>,
    /// The region of the rank, in words; null takes it away
    #[serde(default)]
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub region: Patch<String>,
    /// Null takes it away
    #[serde(default)]
    #[validate(range(min = 1, max = MOST))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10_000)]
    pub rank_in_region: Patch<i32>,
    /// How many units the region ranks; null takes it away
    #[serde(default)]
    #[validate(range(min = 1, max = MOST))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10_000)]
    pub ranked_in_region: Patch<i32>,
    /// Null takes it away
    #[serde(default)]
    #[validate(range(min = 1, max = MOST))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10_000)]
    pub rank_in_country: Patch<i32>,
    /// How many units the country ranks; null takes it away
    #[serde(default)]
    #[validate(range(min = 1, max = MOST))]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10_000)]
    pub ranked_in_country: Patch<i32>,
    /// Where it was published, in words
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub source: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Certainty, required = false)]
    pub certainty: Option<Certainty>,
}

/// What figures can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum AchievementFigureSort {
    Year,
    Indicator,
    CreatedAt,
}

impl SortBy for AchievementFigureSort {
    type Entity = achievement_figure::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::Year, Order::Desc)];

    fn column(self) -> achievement_figure::Column {
        match self {
            Self::Year => achievement_figure::Column::Year,
            Self::Indicator => achievement_figure::Column::NameKey,
            Self::CreatedAt => achievement_figure::Column::CreatedAt,
        }
    }
}

/// What a figure can bring along
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AchievementFigureExpand {
    Province,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AchievementFigureFilter {
    /// Part of the indicator in either language; accents and case do not matter: `q=tang truong`
    pub q: Option<String>,
    /// Figures of these provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// Figures of these years
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// Figures of this year or later
    #[param(example = 2021)]
    pub year_from: Option<i32>,
    /// Figures of this year or earlier
    #[param(example = 2023)]
    pub year_to: Option<i32>,
    /// Figures with a rank in a region, or without
    pub has_rank_in_region: Option<bool>,
    /// Figures with a rank in the country, or without
    pub has_rank_in_country: Option<bool>,
    /// Related things to embed: `province`
    #[param(value_type = Option<Vec<AchievementFigureExpand>>, style = Form, explode = false, inline)]
    pub expand: Option<Csv<AchievementFigureExpand>>,
    /// `year`, `indicator`, `created_at`, several by comma; a minus turns the order round; the latest year first where
    /// nothing is said
    #[param(value_type = Option<String>, example = "-year,indicator", pattern = "^-?(year|indicator|created_at)(,-?(year|indicator|created_at))*$")]
    pub sort: Option<Sorts<AchievementFigureSort>>,
}
