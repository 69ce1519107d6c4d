//! Words of the year of a cluster: its life, its members, campaigns, pledges and targets.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a cycle (one cluster in one year) stands.
///
/// - `draft`: being prepared: members, head and deputies are chosen
/// - `launched`: the year is launched; pledges are signed, criteria are drafted
/// - `active`: criteria are issued; provinces work on their targets
/// - `self_scoring`: every province scores itself
/// - `appraisal`: appraisers score the same lines
/// - `explanation`: provinces explain the lines they contest, and appraisers answer in a second appraisal
/// - `finalized`: final points and the ranking are computed
/// - `published`: the ranking is public
/// - `closed`: the year is over; nothing changes any more
/// - `interrupted`: stopped for a stated reason, for example because members ceased to exist
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
pub enum CycleState {
    Draft,
    Launched,
    Active,
    SelfScoring,
    Appraisal,
    Explanation,
    Finalized,
    Published,
    Closed,
    Interrupted,
}

/// A stage of the cycle that can have a due date.
///
/// - `pledge`: pledges are to be signed
/// - `criteria`: criteria are to be issued
/// - `targets`: targets are to be registered
/// - `self_scoring`: scorecards are to be submitted
/// - `appraisal`: appraisal is to be complete
/// - `explanation`: explanations are to be submitted
/// - `publication`: the ranking is to be published
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
pub enum Stage {
    Pledge,
    Criteria,
    Targets,
    SelfScoring,
    Appraisal,
    Explanation,
    Publication,
}

/// The role of a province in a cycle.
///
/// - `head`: head of the cluster for this year (cụm trưởng); exactly one
/// - `deputy`: deputy head (cụm phó); at least one, ranked 1, 2, …
/// - `member`: member (thành viên)
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
pub enum MemberRole {
    Head,
    Deputy,
    Member,
}

/// Who launched a campaign.
///
/// - `prime_minister`: the Prime Minister, for the whole country
/// - `province`: one province
/// - `cluster`: one cluster
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
pub enum Launcher {
    PrimeMinister,
    Province,
    Cluster,
}

/// Where a pledge stands.
///
/// - `draft`: being written; everything may change
/// - `signed`: signed; it changes only by a recorded amendment
/// - `concluded`: the year's results are in; nothing changes any more
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
pub enum PledgeState {
    Draft,
    Signed,
    Concluded,
}

/// Which way of a figure is the better one.
///
/// - `higher_is_better`: more is better
/// - `lower_is_better`: less is better
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
pub enum Direction {
    HigherIsBetter,
    LowerIsBetter,
}

/// What became of a target; derived from target, actual and direction.
///
/// - `open`: no actual figure yet
/// - `exceeded`: better than promised
/// - `met`: exactly as promised
/// - `missed`: worse than promised
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
pub enum TargetOutcome {
    Open,
    Exceeded,
    Met,
    Missed,
}

/// A review of a campaign.
///
/// - `interim`: on the way (sơ kết)
/// - `final`: at its end (tổng kết); nothing of the campaign changes any more
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
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
pub enum ReviewKind {
    Interim,
    Final,
}
