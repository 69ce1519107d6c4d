//! Words of the calendar.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a day of the calendar is beside an ordinary one.
///
/// - `public_holiday`: a paid day off by the Labour Code (45/2019/QH14, art. 112)
/// - `compensation_day`: a day off in exchange: for a holiday that falls on a weekend, or for a weekend that is worked
/// - `working_day`: a Saturday or Sunday that is worked in exchange for a day off
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
pub enum HolidayKind {
    PublicHoliday,
    CompensationDay,
    WorkingDay,
}
