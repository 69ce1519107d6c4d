//! Words of who acts, and how sure a fact is.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an account may be. The rights of a cycle's head are no role: they follow from the membership of the officer's province.
///
/// - `administrator`: configures the system: provinces, clusters, accounts, catalogues
/// - `council_secretary`: secretary of the Central Emulation and Commendation Council: creates cycles, overrides with a reason, decides and revokes awards, sees all clusters
/// - `province_officer`: acts for one province: pledge, targets, self points; and for the cycle where that province is head
/// - `appraiser`: appraises the scorecards of the cycles assigned to them, never of the own province
/// - `auditor`: reads everything, writes nothing
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
pub enum Role {
    Administrator,
    CouncilSecretary,
    ProvinceOfficer,
    Appraiser,
    Auditor,
}

/// Who caused a change.
///
/// - `user`: an account
/// - `system`: the service itself: loading of reference data, migration, a scheduled step
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
pub enum ActorKind {
    User,
    System,
}

/// How well a fact is known; shown wherever the fact is shown.
///
/// - `verified`: read in a public source
/// - `likely`: very probable, no source seen
/// - `inferred`: concluded from other facts
/// - `unsure`: doubtful
/// - `act_likely`: verified, but the number of the legal act is only likely
/// - `act_unknown`: verified, but the legal act is not known
/// - `invented`: made up for demonstration; no fact
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
pub enum Certainty {
    Verified,
    Likely,
    Inferred,
    Unsure,
    ActLikely,
    ActUnknown,
    Invented,
}
