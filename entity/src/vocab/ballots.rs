//! Words of ballots.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a ballot decides.
///
/// - `nomination`: whether a province is nominated for an award
/// - `election`: who becomes head or deputy of a cycle
/// - `tie`: who of those with equal totals goes before
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
pub enum BallotKind {
    Nomination,
    Election,
    Tie,
}

/// Where a ballot stands.
///
/// - `draft`: still being prepared
/// - `open`: the electorate is settled and votes are cast
/// - `closed`: counted
/// - `cancelled`: given up, with a reason; its votes count for nothing
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
pub enum BallotState {
    Draft,
    Open,
    Closed,
    Cancelled,
}

/// What a ballot came to.
///
/// - `carried`: enough voted yes, or somebody was elected
/// - `not_carried`: too few voted for it
/// - `tied`: several candidates have the most votes; a second ballot decides between them
/// - `no_quorum`: too few took part
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
pub enum BallotOutcome {
    Carried,
    NotCarried,
    Tied,
    NoQuorum,
}
