//! Words of recommendations.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom a recommendation is addressed to.
///
/// - `central_level`: the Government, ministries and other central authorities
/// - `members`: the other members of the cluster
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
pub enum Addressee {
    CentralLevel,
    Members,
}

/// Where a recommendation stands.
///
/// - `raised`: a province has raised it; it can still be changed
/// - `forwarded`: it was handed to whom it is addressed to, with a day by which an answer is expected
/// - `answered`: it was answered
/// - `closed`: the answer was taken note of; nothing changes any more
/// - `withdrawn`: the province took it back before it was forwarded
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
pub enum RecommendationState {
    Raised,
    Forwarded,
    Answered,
    Closed,
    Withdrawn,
}
