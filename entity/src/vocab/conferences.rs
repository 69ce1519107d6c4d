//! Words of conferences.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a conference (hội nghị) of a cluster is held for.
///
/// - `year_end`: closes the year: the members review the ranking and nominate, elect head and deputies of the next year (hội nghị tổng kết)
/// - `mid_year`: reviews six months (hội nghị sơ kết)
/// - `signing`: launches the year and signs the pledge (hội nghị ký kết giao ước thi đua)
/// - `thematic`: on one subject (hội nghị chuyên đề)
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
pub enum ConferenceKind {
    YearEnd,
    MidYear,
    Signing,
    Thematic,
}

/// Where a conference stands.
///
/// - `planned`: announced to the members
/// - `open`: being held: resolutions are made
/// - `closed`: over, with its minutes; nothing changes any more
/// - `cancelled`: not held, with a reason
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
pub enum ConferenceState {
    Planned,
    Open,
    Closed,
    Cancelled,
}

/// What somebody is at a conference.
///
/// - `chair`: chairs it, alone or with others (chủ trì)
/// - `delegate`: speaks and votes for a member (đại biểu)
/// - `guest`: invited (khách mời)
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
pub enum ParticipantRole {
    Chair,
    Delegate,
    Guest,
}

/// What a resolution of a conference settles.
///
/// - `election`: the result of a ballot on head or deputy of a cycle
/// - `ranking_approval`: that the provisional ranking is the result of the cycle: without it nothing is published
/// - `pledge_signing`: that the members signed their pledges for a cycle
/// - `nomination`: that the members nominate somebody for an award
/// - `other`: anything else
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
pub enum ResolutionKind {
    Election,
    RankingApproval,
    PledgeSigning,
    Nomination,
    Other,
}
