//! Words of awards, who decides them and who receives them.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The two families of the Law's catalogue.
///
/// - `title`: emulation title (danh hiệu thi đua)
/// - `commendation`: form of commendation (hình thức khen thưởng)
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
pub enum AwardCategory {
    Title,
    Commendation,
}

/// Who decides an award (Law 06/2022/QH15, art. 77 to 80).
///
/// - `president`: the President of the State
/// - `government`: the Government
/// - `prime_minister`: the Prime Minister
/// - `minister_or_provincial_chair`: a minister, head of a central body or chair of a provincial people's committee
/// - `provincial_chair`: chair of a provincial people's committee
/// - `commune_chair`: chair of a commune's people's committee
/// - `unit_head`: head of an agency, organisation or unit
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
pub enum Authority {
    President,
    Government,
    PrimeMinister,
    MinisterOrProvincialChair,
    ProvincialChair,
    CommuneChair,
    UnitHead,
}

/// Who can receive an award.
///
/// - `individual`: a person
/// - `collective`: a collective, a province among them
/// - `household`: a household
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
pub enum RecipientKind {
    Individual,
    Collective,
    Household,
}

/// Whether an award stands.
///
/// - `decided`: in force
/// - `revoked`: taken back, with a reason
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
pub enum AwardState {
    Decided,
    Revoked,
}
