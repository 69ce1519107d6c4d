//! Words of criteria, scorecards and rankings.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a version of the criteria stands.
///
/// - `draft`: being written
/// - `issued`: in force and immutable; at most one of a cycle
/// - `superseded`: replaced by a later version
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CriteriaSetState {
    Draft,
    Issued,
    Superseded,
}

/// How the points of a leaf criterion come about.
///
/// - `expert`: whatever the scorer gives, from 0 to the maximum
/// - `proportional`: maximum × attained ÷ target, at most the maximum or the cap for over-fulfilment; where lower is
///   better, maximum × target ÷ attained
/// - `shortfall`: the maximum less a deduction for every percent short of the target, not below 0
/// - `steps`: the points of the first band that holds the attained figure, or its ratio to the target
/// - `leader_relative`: half the maximum at the target, the rest in proportion to the best of the cluster; known when the
///   sheets are locked
/// - `pass_fail`: the maximum or 0
/// - `per_item`: points per item, at most the maximum
/// - `bonus`: adds points per item on top of the total, up to its cap
/// - `penalty`: subtracts points per item from the total, up to its cap
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Method {
    Expert,
    Proportional,
    Shortfall,
    Steps,
    LeaderRelative,
    PassFail,
    PerItem,
    Bonus,
    Penalty,
}

/// Where a province's sheet stands.
///
/// - `draft`: the province is filling it in
/// - `submitted`: handed in for appraisal
/// - `returned`: sent back to the province with a reason
/// - `appraised`: every line has its appraised points
/// - `explained`: the province has explained the lines it contests
/// - `reappraised`: every explanation is answered
/// - `final`: final points are set; nothing changes any more
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ScorecardState {
    Draft,
    Submitted,
    Returned,
    Appraised,
    Explained,
    Reappraised,
    Final,
}

/// Who may see a ranking.
///
/// - `provisional`: computed at finalisation, not yet public
/// - `published`: public
/// - `superseded`: replaced by a later ranking, which names it
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    ToSchema,
    strum::IntoStaticStr,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RankingState {
    Provisional,
    Published,
    Superseded,
}
