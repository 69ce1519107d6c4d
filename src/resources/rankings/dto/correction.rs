//! Corrections on the wire, and what they mean for nominations.

use entity::{decimal::Decimal, vocab::NominationState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::{phrase::Language, re_examination::Verdict},
    http::{Prose, prose},
    results::ReExamination,
};

const MOST_CORRECTIONS: u64 = 500;

/// A correction of a published ranking
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "reason": "Kết luận giải quyết khiếu nại số 12/KL",
    "scores": [{
        "scorecard_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "criterion_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e",
        "final_points": 38.5, "reason": "Số liệu được đính chính",
    }],
}))]
pub(crate) struct Correction {
    /// Why the published result is replaced
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
    /// Final points that change; none where an exclusion alone is the reason
    #[serde(default)]
    #[validate(length(max = MOST_CORRECTIONS), nested)]
    #[schema(max_items = 500)]
    pub scores: Vec<CorrectedScore>,
}

/// The corrected final points of one line
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectedScore {
    pub scorecard_id: Uuid,
    pub criterion_id: Uuid,
    pub final_points: Decimal,
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What a new ranking means for a nomination that is open or decided
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReExaminedNomination {
    pub nomination_id: Uuid,
    pub province_id: Uuid,
    pub award_type_id: Uuid,
    /// `decided` stays decided, whatever is found
    pub state: NominationState,
    /// The rank it rests on
    #[schema(required = true, minimum = 1, example = 2)]
    pub place_before: Option<i32>,
    /// The rank of its province now; null where it is excluded
    #[schema(required = true, minimum = 1, example = 3)]
    pub place_now: Option<i32>,
    pub finding: ReExamined,
    /// The same in words, in the caller's language
    #[schema(example = "the rank has changed from 2 to 3")]
    pub how: String,
}

/// What is found of a nomination when the ranking was made anew
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReExamined {
    /// It keeps its rank
    Stands,
    /// It rests on a rank that has changed: it goes no further; withdraw it and propose anew
    RankChanged,
    /// Its province is excluded: it goes no further
    Excluded,
    /// It keeps its rank, but no award rule of the cycle for its award proposes it any more
    RuleNotMet,
}

impl From<&Verdict> for ReExamined {
    fn from(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Stands => Self::Stands,
            Verdict::RankChanged { .. } => Self::RankChanged,
            Verdict::Excluded => Self::Excluded,
            Verdict::RuleNotMet(_) => Self::RuleNotMet,
        }
    }
}

impl ReExaminedNomination {
    pub(crate) fn new(one: ReExamination, language: Language) -> Self {
        let ReExamination { nomination, place, verdict } = one;
        Self {
            nomination_id: nomination.id,
            province_id: nomination.province_id,
            award_type_id: nomination.award_type_id,
            state: nomination.state,
            place_before: nomination.place,
            place_now: place,
            finding: (&verdict).into(),
            how: verdict.how().say(language).to_owned(),
        }
    }
}
