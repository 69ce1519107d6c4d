//! Ballots on the wire.

use chrono::{DateTime, Utc};
use entity::{
    ballot, ballot_voter,
    vocab::{BallotKind, BallotOutcome, BallotState, MemberRole},
};
use sea_orm::Order;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::{
    domain::{
        ballot::{BallotRules, Tally},
        phrase::Language,
    },
    http::{AllowedAction, Csv, Line, Patch, SortBy, Sorts, brief::ProvinceBrief, given, line, object},
    problem::Problem,
};

/// Candidates a ballot can have, and council members it can name: more than any cluster has members.
const MOST: u64 = 100;

/// A ballot (bỏ phiếu): a vote of the members on a nomination, an office or a tie
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Ballot {
    pub id: Uuid,
    /// The cycle whose members vote
    pub cycle_id: Uuid,
    pub kind: BallotKind,
    #[schema(example = "Bầu cụm trưởng năm 2024")]
    pub title: String,
    pub state: BallotState,
    /// Why it was cancelled
    #[schema(required = true)]
    pub state_reason: Option<String>,
    /// The nomination it is about
    #[schema(required = true)]
    pub nomination_id: Option<Uuid>,
    /// The cycle whose head or deputy is elected
    #[schema(required = true)]
    pub elects_cycle_id: Option<Uuid>,
    /// The office, `head` or `deputy`
    #[schema(required = true)]
    pub office: Option<MemberRole>,
    /// Which deputy
    #[schema(required = true, minimum = 1, example = 1)]
    pub deputy_rank: Option<i32>,
    /// The ballot that ended in a tie and is repeated
    #[schema(required = true)]
    pub follows_id: Option<Uuid>,
    pub rules: BallotRules,
    /// Votes are not taken before; null where opening is enough
    #[schema(required = true)]
    pub opens_at: Option<DateTime<Utc>>,
    /// Votes are not taken after; null where only closing ends it
    #[schema(required = true)]
    pub closes_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub opened_at: Option<DateTime<Utc>>,
    #[schema(required = true)]
    pub closed_at: Option<DateTime<Utc>>,
    /// Null until it is closed
    #[schema(required = true)]
    pub outcome: Option<BallotOutcome>,
    /// The count; null until it is closed
    #[schema(required = true)]
    pub result: Option<Tally>,
    /// The arithmetic of the outcome in words and numbers, in the caller's language
    #[schema(
        required = true,
        example = "7 of 7 took part, 5 needed (66.67 %); 6 voted for it, 6 needed (80 % of 7, all who may vote): carried"
    )]
    pub how: Option<String>,
    /// Who can be chosen, in the order of the paper; on a single ballot only
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub candidates: Option<Vec<ProvinceBrief>>,
    /// Who may vote, by name, and whether they have; on a single ballot only. Settled when it is opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub voters: Option<Vec<Voter>>,
    /// What the caller may do with it now; on a single ballot only
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub allowed_actions: Option<Vec<AllowedAction>>,
    /// Grows by one on every change of the ballot, not by votes; the first part of the `ETag`
    #[schema(minimum = 1, example = 1)]
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Somebody who may vote
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Voter {
    /// The province; null for a named member of the council
    #[schema(required = true)]
    pub province_id: Option<Uuid>,
    /// The named member of the council; null for a province
    #[schema(required = true)]
    pub user_id: Option<Uuid>,
    #[schema(example = "Yên Bái")]
    pub name: String,
    /// Whether the vote has been cast; how it was cast is never shown here
    pub voted: bool,
    /// Whether it came by post
    pub by_post: bool,
}

impl From<ballot_voter::Model> for Voter {
    fn from(row: ballot_voter::Model) -> Self {
        let ballot_voter::Model { id: _, ballot_id: _, province_id, user_id, name, voted, by_post } = row;
        Self { province_id, user_id, name, voted, by_post }
    }
}

impl Ballot {
    pub(super) fn new(row: ballot::Model, language: Language) -> Result<Self, Problem> {
        let ballot::Model {
            id,
            cycle_id,
            kind,
            title,
            state,
            state_reason,
            nomination_id,
            elects_cycle_id,
            office,
            deputy_rank,
            follows_id,
            rules,
            opens_at,
            closes_at,
            opened_at,
            closed_at,
            outcome,
            result,
            version,
            created_at,
            updated_at,
        } = row;
        let rules: BallotRules = serde_json::from_value(rules).map_err(Problem::internal)?;
        let result: Option<Tally> = result.map(serde_json::from_value).transpose().map_err(Problem::internal)?;
        Ok(Self {
            id,
            cycle_id,
            kind,
            title,
            state,
            state_reason,
            nomination_id,
            elects_cycle_id,
            office,
            deputy_rank,
            follows_id,
            rules,
            opens_at,
            closes_at,
            opened_at,
            closed_at,
            outcome,
            how: result.as_ref().map(|tally| tally.how(&rules).say(language).to_owned()),
            result,
            candidates: None,
            voters: None,
            allowed_actions: None,
            version,
            created_at,
            updated_at,
        })
    }
}

/// A new ballot, still a draft
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "cycle_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4d", "title": "Suy tôn tỉnh Yên Bái",
    "subject": { "kind": "nomination", "nomination_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e" },
    "rules": { "secret": true, "quorum_percent": 66.67, "threshold_percent": 80, "threshold_base": "all" },
}))]
pub(super) struct NewBallot {
    /// The cycle whose members vote
    pub cycle_id: Uuid,
    #[validate(custom(function = line))]
    #[schema(value_type = Line)]
    pub title: String,
    #[serde(deserialize_with = "object")]
    pub subject: NewSubject,
    pub rules: BallotRules,
    /// Members of the council who vote instead of the members of the cycle: accounts of council secretaries
    #[serde(default)]
    #[validate(length(max = MOST))]
    #[schema(required = false, max_items = 100)]
    pub voter_ids: Vec<Uuid>,
    /// Votes are not taken before
    pub opens_at: Option<DateTime<Utc>>,
    /// Votes are not taken after
    pub closes_at: Option<DateTime<Utc>>,
    /// The ballot that ended in a tie and is repeated between those who share the most votes
    pub follows_id: Option<Uuid>,
}

/// What a ballot is about
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum NewSubject {
    /// Whether a province is nominated for an award: yes, no or abstention
    Nomination {
        /// A nomination of the cycle that is still proposed
        nomination_id: Uuid,
    },
    /// Who becomes head or deputy: the winner gets the office when the ballot is closed
    Election {
        /// A cycle of the same cluster that is still a draft
        elects_cycle_id: Uuid,
        /// `head` or `deputy`
        office: MemberRole,
        /// Which deputy; left out for the head
        #[serde(default)]
        #[schema(minimum = 1)]
        deputy_rank: Option<i32>,
        /// Members of that cycle
        #[schema(max_items = 100)]
        candidate_ids: Vec<Uuid>,
    },
    /// Who of those with equal totals goes before; needs the tie-breaker `ballot` in the criteria
    Tie {
        /// All that share one rank of the provisional ranking
        #[schema(max_items = 100)]
        candidate_ids: Vec<Uuid>,
    },
}

/// What changes of a draft; an absent member stays as it is
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "closes_at": "2024-03-01T09:00:00Z" }))]
pub(super) struct BallotPatch {
    #[serde(default, deserialize_with = "given")]
    #[validate(custom(function = line))]
    #[schema(value_type = Line, required = false)]
    pub title: Option<String>,
    /// All rules at once
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = BallotRules, required = false)]
    pub rules: Option<BallotRules>,
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, required = false)]
    pub opens_at: Patch<DateTime<Utc>>,
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, required = false)]
    pub closes_at: Patch<DateTime<Utc>>,
}

/// What ballots can be sorted by
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum BallotSort {
    CreatedAt,
}

impl SortBy for BallotSort {
    type Entity = ballot::Entity;

    const DEFAULT: &'static [(Self, Order)] = &[(Self::CreatedAt, Order::Desc)];

    fn column(self) -> ballot::Column {
        match self {
            Self::CreatedAt => ballot::Column::CreatedAt,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BallotFilter {
    /// In these cycles, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub cycle_id: Option<Csv<Uuid>>,
    /// On these nominations, by comma
    #[param(value_type = Option<Vec<Uuid>>, style = Form, explode = false)]
    pub nomination_id: Option<Csv<Uuid>>,
    /// Of these kinds, by comma
    #[param(value_type = Option<Vec<BallotKind>>, style = Form, explode = false)]
    pub kind: Option<Csv<BallotKind>>,
    /// In these states, by comma
    #[param(value_type = Option<Vec<BallotState>>, style = Form, explode = false)]
    pub state: Option<Csv<BallotState>>,
    /// `created_at`; a minus turns the order round
    #[param(value_type = Option<String>, example = "-created_at", pattern = "^-?created_at$")]
    pub sort: Option<Sorts<BallotSort>>,
}
