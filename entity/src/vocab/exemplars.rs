//! Words of exemplars.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who is an example to others.
///
/// - `person`: somebody
/// - `collective`: a collective: a department, a village, an enterprise
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
pub enum ExemplarKind {
    Person,
    Collective,
}

/// How far an exemplar has come. No step is skipped.
///
/// - `discovered`: found in the movement
/// - `fostered`: helped to grow
/// - `reviewed`: what others can learn from it was concluded
/// - `spread`: made known to others, who follow it
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
pub enum ExemplarState {
    Discovered,
    Fostered,
    Reviewed,
    Spread,
}
