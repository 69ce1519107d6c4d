//! Words of the tasks a province hands out.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// To what kind of unit a province hands out a task.
///
/// - `department`: a specialised department of the province (sở)
/// - `agency`: another agency of the province (ban, ngành, cơ quan)
/// - `district`: a rural district (huyện); there are none since 1 July 2025
/// - `town`: a town or a city of the province (thị xã, thành phố thuộc tỉnh); there are none since 1 July 2025
/// - `commune`: a commune or a ward (xã, phường), the only tier below the province since 1 July 2025
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
pub enum UnitKind {
    Department,
    Agency,
    District,
    Town,
    Commune,
}

/// Where an assignment stands.
///
/// - `assigned`: handed out; the unit works on it
/// - `reported`: the unit has reported what it delivers
/// - `rated`: the province has judged it
/// - `withdrawn`: taken back before a report, with a reason
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
pub enum AssignmentState {
    Assigned,
    Reported,
    Rated,
    Withdrawn,
}

/// How a province judges what was delivered. Scales with points differ between provinces and are not kept.
///
/// - `excellent`: more or better than was asked for (xuất sắc)
/// - `good`: all of it, in good quality (tốt)
/// - `completed`: what was asked for (hoàn thành)
/// - `not_completed`: less than was asked for (không hoàn thành)
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
pub enum AssignmentRating {
    Excellent,
    Good,
    Completed,
    NotCompleted,
}
