//! Statistics on the wire.

use entity::decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    domain::{
        statistics::{
            groups::Dimension,
            tallies::{Awards, ResultFigures},
        },
        target::Summary,
    },
    http::{
        Csv,
        brief::{AwardTypeBrief, ClusterBrief, ProvinceBrief},
    },
};

/// Figures, one group for each combination that occurs of what is counted by
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Statistics<F> {
    /// By year, then by name
    pub groups: Vec<Group<F>>,
}

/// One group: what it is counted by, and its figures
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Group<F> {
    /// With `group_by=year`: the year of the cycle; for campaigns the year in which provinces joined
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 2023)]
    pub year: Option<i32>,
    /// With `group_by=cluster`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cluster: Option<ClusterBrief>,
    /// With `group_by=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// With `group_by=award_type`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub award_type: Option<AwardTypeBrief>,
    /// With `group_by=campaign`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub campaign: Option<CampaignBrief>,
    pub figures: F,
}

/// A campaign in brief
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct CampaignBrief {
    pub id: Uuid,
    #[schema(example = "NTM-2025")]
    pub code: String,
    /// Name in Vietnamese
    pub name: String,
    /// Name in English
    #[schema(required = true)]
    pub name_en: Option<String>,
}

/// Places and points of published rankings
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ResultsFigures {
    /// Published rankings in force
    #[schema(minimum = 0, example = 12)]
    pub rankings: usize,
    /// Provinces with a place in them
    #[schema(minimum = 0, example = 84)]
    pub ranked: usize,
    /// Provinces that were excluded
    #[schema(minimum = 0, example = 0)]
    pub excluded: u32,
    /// How often the place was 1
    #[schema(minimum = 0)]
    pub first_places: usize,
    /// How often the place was 2
    #[schema(minimum = 0)]
    pub second_places: usize,
    /// How often the place was 3
    #[schema(minimum = 0)]
    pub third_places: usize,
    /// The best place; null where nobody has one
    #[schema(required = true, minimum = 1)]
    pub best_place: Option<i32>,
    /// To the fourth decimal; null where nobody has a place
    #[schema(required = true)]
    pub mean_place: Option<Decimal>,
    /// The lowest total in percent of the criteria's total
    #[schema(required = true)]
    pub lowest_percent: Option<Decimal>,
    /// The mean total in percent of the criteria's total, to the fourth decimal: rankings of different scales side by side
    #[schema(required = true)]
    pub mean_percent: Option<Decimal>,
    /// The highest total in percent of the criteria's total; more than 100 through bonus
    #[schema(required = true)]
    pub highest_percent: Option<Decimal>,
}

impl From<ResultFigures> for ResultsFigures {
    fn from(figures: ResultFigures) -> Self {
        let ResultFigures {
            rankings,
            ranked,
            excluded,
            first_places,
            second_places,
            third_places,
            best_place,
            mean_place,
            lowest_percent,
            mean_percent,
            highest_percent,
        } = figures;
        Self {
            rankings,
            ranked,
            excluded,
            first_places,
            second_places,
            third_places,
            best_place,
            mean_place,
            lowest_percent,
            mean_percent,
            highest_percent,
        }
    }
}

/// Awards and their money
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AwardFigures {
    /// Awards in force
    #[schema(minimum = 0, example = 7)]
    pub awarded: u32,
    #[schema(minimum = 0, example = 1)]
    pub revoked: u32,
    /// Reward money of those in force, in VND
    #[schema(example = 87_600_000)]
    pub reward_amount: Decimal,
    /// Money to recover of those that were revoked, in VND
    #[schema(example = 21_600_000)]
    pub amount_to_recover: Decimal,
}

impl From<Awards> for AwardFigures {
    fn from(awards: Awards) -> Self {
        let Awards { awarded, revoked, reward, to_recover } = awards;
        Self { awarded, revoked, reward_amount: reward, amount_to_recover: to_recover }
    }
}

/// What became of registered targets
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(super) struct TargetFigures {
    #[schema(minimum = 0, example = 32)]
    pub registered: u32,
    /// Met or exceeded, as reports count
    #[schema(minimum = 0, example = 29)]
    pub met: u32,
    /// The part of `met` that is better than promised
    #[schema(minimum = 0, example = 17)]
    pub exceeded: u32,
    #[schema(minimum = 0, example = 3)]
    pub missed: u32,
    /// Without a result yet
    #[schema(minimum = 0, example = 0)]
    pub open: u32,
}

impl From<Summary> for TargetFigures {
    fn from(summary: Summary) -> Self {
        let Summary { total, met, exceeded, missed, open } = summary;
        Self { registered: total, met, exceeded, missed, open }
    }
}

/// Who takes part in campaigns
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CampaignFigures {
    /// Provinces that take part, each once for each campaign
    #[schema(minimum = 0, example = 63)]
    pub participations: u64,
}

/// What results can be counted by
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ResultsBy {
    Year,
    Cluster,
    Province,
}

/// What awards can be counted by
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AwardsBy {
    Year,
    Cluster,
    Province,
    AwardType,
}

/// What participations can be counted by
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CampaignsBy {
    Year,
    Province,
    Campaign,
}

impl From<ResultsBy> for Dimension {
    fn from(by: ResultsBy) -> Self {
        match by {
            ResultsBy::Year => Self::Year,
            ResultsBy::Cluster => Self::Cluster,
            ResultsBy::Province => Self::Province,
        }
    }
}

impl From<AwardsBy> for Dimension {
    fn from(by: AwardsBy) -> Self {
        match by {
            AwardsBy::Year => Self::Year,
            AwardsBy::Cluster => Self::Cluster,
            AwardsBy::Province => Self::Province,
            AwardsBy::AwardType => Self::AwardType,
        }
    }
}

impl From<CampaignsBy> for Dimension {
    fn from(by: CampaignsBy) -> Self {
        match by {
            CampaignsBy::Year => Self::Year,
            CampaignsBy::Province => Self::Province,
            CampaignsBy::Campaign => Self::Campaign,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ResultsQuery {
    /// `year`, `cluster`, `province`, several by comma; by year where nothing is said
    #[param(value_type = Option<Vec<ResultsBy>>, style = Form, explode = false, inline)]
    pub group_by: Option<Csv<ResultsBy>>,
    /// Cycles of this year or later
    #[param(example = 2020)]
    pub year_from: Option<i32>,
    /// Cycles of this year or earlier
    #[param(example = 2030)]
    pub year_to: Option<i32>,
    /// Cycles of these clusters
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// These provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// With `province_id`: those whom they followed count as theirs
    #[serde(default)]
    #[param(required = false)]
    pub through_mergers: bool,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AwardsQuery {
    /// `year`, `cluster`, `province`, `award_type`, several by comma; by year where nothing is said
    #[param(value_type = Option<Vec<AwardsBy>>, style = Form, explode = false, inline)]
    pub group_by: Option<Csv<AwardsBy>>,
    /// Cycles of this year or later
    #[param(example = 2020)]
    pub year_from: Option<i32>,
    /// Cycles of this year or earlier
    #[param(example = 2030)]
    pub year_to: Option<i32>,
    /// Cycles of these clusters
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// These provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// With `province_id`: those whom they followed count as theirs
    #[serde(default)]
    #[param(required = false)]
    pub through_mergers: bool,
    /// Awards of these types
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub award_type_id: Option<Csv<Uuid>>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CampaignsQuery {
    /// `year`, `province`, `campaign`, several by comma; by campaign where nothing is said
    #[param(value_type = Option<Vec<CampaignsBy>>, style = Form, explode = false, inline)]
    pub group_by: Option<Csv<CampaignsBy>>,
    /// Joined in this year or later
    #[param(example = 2020)]
    pub year_from: Option<i32>,
    /// Joined in this year or earlier
    #[param(example = 2030)]
    pub year_to: Option<i32>,
    /// These provinces
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// With `province_id`: those whom they followed count as theirs
    #[serde(default)]
    #[param(required = false)]
    pub through_mergers: bool,
    /// These campaigns
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub campaign_id: Option<Csv<Uuid>>,
}

/// The years of one province, for a chart
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProvinceStatistics {
    pub province: ProvinceBrief,
    /// Whom it followed, through mergers: their years count as its own
    pub predecessors: Vec<ProvinceBrief>,
    /// One for each province in each cycle with a published ranking, the earliest first
    pub years: Vec<ProvinceYear>,
}

/// One province in one year
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProvinceYear {
    #[schema(example = 2023)]
    pub year: i32,
    pub cycle_id: Uuid,
    pub cluster_id: Uuid,
    pub ranking_id: Uuid,
    /// The province as it was then
    pub province_id: Uuid,
    /// Null: excluded
    #[schema(required = true, minimum = 1, example = 2)]
    pub place: Option<i32>,
    /// How many provinces have a place
    #[schema(minimum = 0, example = 7)]
    pub ranked: u64,
    /// Final points
    #[schema(example = 938.5)]
    pub total: Decimal,
    /// The total of the criteria
    #[schema(example = 1000)]
    pub of: Decimal,
    /// The total in percent of the criteria's, to the fourth decimal
    #[schema(example = 93.85)]
    pub percent: Decimal,
    /// Name of the class it fell into
    #[schema(required = true)]
    pub classification: Option<String>,
    /// What became of its targets; null where the caller may not see them: pledges are for the members
    #[schema(required = true)]
    pub targets: Option<TargetFigures>,
    pub awards: AwardFigures,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ProvinceYearsQuery {
    /// Cycles of this year or later
    #[param(example = 2020)]
    pub year_from: Option<i32>,
    /// Cycles of this year or earlier
    #[param(example = 2030)]
    pub year_to: Option<i32>,
    /// Whether the years of those whom it followed count as its own
    #[serde(default)]
    #[param(required = false)]
    pub through_mergers: bool,
}
