//! Nominations on the wire.

mod new;
mod steps;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    nomination,
    vocab::{AchievementKind, HoldGround, NominationState, NomineeKind},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::{
    AllowedAction, Csv, SortBy, Sorts,
    brief::{AwardTypeBrief, CycleBrief, ProvinceBrief},
};

pub(super) use new::NewNomination;
pub(super) use steps::{NominationAppraisal, NominationEnd, NominationHold, NominationPatch, NominationRelease};

/// A nomination (suy tôn, đề nghị khen thưởng): a proposal that a province, one of its collectives or one of its people
/// receive an award
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Nomination {
    pub id: Uuid,
    pub cycle_id: Uuid,
    /// The nominee, or the province it belongs to
    pub province_id: Uuid,
    pub nominee_kind: NomineeKind,
    /// Name of the collective or the person; null for a province, and of a person for the public
    #[schema(required = true, example = "Sở Nội vụ")]
    pub nominee_name: Option<String>,
    /// Position and unit of the person; null for others, and for the public
    #[schema(required = true)]
    pub nominee_position: Option<String>,
    pub achievement_kind: AchievementKind,
    /// What was achieved; null for a yearly achievement, and of a person for the public
    #[schema(required = true)]
    pub achievement: Option<String>,
    pub award_type_id: Uuid,
    /// The ranking it rests on; null where the nominee is not the province itself
    #[schema(required = true)]
    pub ranking_id: Option<Uuid>,
    /// The rank it rests on
    #[schema(required = true, minimum = 1, example = 2)]
    pub place: Option<i32>,
    /// Why the nominee deserves the award; it names no person
    #[schema(example = "Xếp thứ hai của cụm năm 2023.")]
    pub reason: String,
    pub state: NominationState,
    /// Why it was put on hold, released, rejected or withdrawn; null for the public
    #[schema(required = true)]
    pub state_reason: Option<String>,
    /// Where it stood before it was put on hold; null where it is not, and for the public
    #[schema(required = true)]
    pub held_from: Option<NominationState>,
    /// What it waits for; null where it is not on hold
    #[schema(required = true)]
    pub hold_ground: Option<HoldGround>,
    /// When it was handed to the council's office
    #[schema(required = true)]
    pub submitted_at: Option<DateTime<Utc>>,
    /// What the council's office found; null before the appraisal, and for whoever does not see the dossier
    #[schema(required = true)]
    pub appraisal_opinion: Option<String>,
    /// When it was appraised
    #[schema(required = true)]
    pub appraised_at: Option<DateTime<Utc>>,
    /// The day it was opened to public comment, in Vietnam; it does not count
    #[schema(required = true, example = "2024-04-10")]
    pub public_comment_from: Option<NaiveDate>,
    /// The last day of public comment: so many working days later as the award type says
    #[schema(required = true, example = "2024-04-25")]
    pub public_comment_until: Option<NaiveDate>,
    /// When it was decided, rejected or withdrawn
    #[schema(required = true)]
    pub closed_at: Option<DateTime<Utc>>,
    /// The steps of its life, and whether the caller may take them now; `decide` is `POST /api/v1/awards`,
    /// `ballot` is `POST /api/v1/ballots`
    pub allowed_actions: Vec<AllowedAction>,
    /// The province, with `expand=province`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub province: Option<ProvinceBrief>,
    /// The award type, with `expand=award_type`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub award_type: Option<AwardTypeBrief>,
    /// The cycle, with `expand=cycle`
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub cycle: Option<CycleBrief>,
    /// Grows by one on every change; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What is embedded in a nomination.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    pub province: Option<ProvinceBrief>,
    pub award_type: Option<AwardTypeBrief>,
    pub cycle: Option<CycleBrief>,
}

/// What of a nomination the caller sees beside what everybody may see.
#[derive(Clone, Copy, Debug)]
pub(super) struct Insight {
    /// What it waited for, and why it ended.
    pub course: bool,
    /// What the council's office found.
    pub opinion: bool,
}

impl Insight {
    /// What names a person, for those who see more than the public.
    fn personal(self, kind: NomineeKind, text: Option<String>) -> Option<String> {
        text.filter(|_| self.course || kind != NomineeKind::Person)
    }
}

impl Nomination {
    pub(super) fn new(
        row: nomination::Model,
        insight: Insight,
        allowed_actions: Vec<AllowedAction>,
        embedded: Embedded,
    ) -> Self {
        let nomination::Model {
            id,
            cycle_id,
            province_id,
            nominee_kind,
            nominee_name,
            nominee_position,
            nominee_key: _,
            achievement_kind,
            achievement,
            achievement_key: _,
            award_type_id,
            ranking_id,
            place,
            reason,
            state,
            state_reason,
            held_from,
            hold_ground,
            submitted_at,
            appraisal_opinion,
            appraised_at,
            public_comment_from,
            public_comment_until,
            closed_at,
            version,
            created_at,
            updated_at,
        } = row;
        let Embedded { province, award_type, cycle } = embedded;
        Self {
            id,
            cycle_id,
            province_id,
            nominee_kind,
            nominee_name: insight.personal(nominee_kind, nominee_name),
            nominee_position: insight.personal(nominee_kind, nominee_position),
            achievement_kind,
            achievement: insight.personal(nominee_kind, achievement),
            award_type_id,
            ranking_id,
            place,
            reason,
            state,
            state_reason: state_reason.filter(|_| insight.course),
            held_from: held_from.filter(|_| insight.course),
            hold_ground: hold_ground.filter(|_| insight.course),
            submitted_at,
            appraisal_opinion: appraisal_opinion.filter(|_| insight.opinion),
            appraised_at,
            public_comment_from,
            public_comment_until,
            closed_at,
            allowed_actions,
            province,
            award_type,
            cycle,
            version,
            created_at,
            updated_at,
        }
    }
}

/// What nominations can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NominationSort {
    CreatedAt,
}

impl SortBy for NominationSort {
    type Entity = nomination::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Desc)];

    fn column(self) -> nomination::Column {
        match self {
            Self::CreatedAt => nomination::Column::CreatedAt,
        }
    }
}

/// A related thing that is embedded on request
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum NominationRelation {
    Province,
    AwardType,
    Cycle,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct NominationFilter {
    /// In these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// In cycles of these clusters, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cluster_id: Option<Csv<Uuid>>,
    /// In cycles of these years, by comma
    #[param(value_type = Option<Vec<i32>>, style = Form, explode = false)]
    pub year: Option<Csv<i32>>,
    /// For these provinces, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub province_id: Option<Csv<Uuid>>,
    /// For these award types, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub award_type_id: Option<Csv<Uuid>>,
    /// Of provinces, collectives, persons, by comma
    #[param(value_type = Option<Vec<NomineeKind>>, style = Form, explode = false)]
    pub nominee_kind: Option<Csv<NomineeKind>>,
    /// For these kinds of achievements, by comma
    #[param(value_type = Option<Vec<AchievementKind>>, style = Form, explode = false)]
    pub achievement_kind: Option<Csv<AchievementKind>>,
    /// In these states, by comma
    #[param(value_type = Option<Vec<NominationState>>, style = Form, explode = false)]
    pub state: Option<Csv<NominationState>>,
    /// Related things to embed, by comma
    #[param(value_type = Option<Vec<NominationRelation>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<NominationRelation>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "-created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<NominationSort>>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct NominationView {
    /// Related things to embed, by comma
    #[param(value_type = Option<Vec<NominationRelation>>, inline, style = Form, explode = false)]
    pub expand: Option<Csv<NominationRelation>>,
}
