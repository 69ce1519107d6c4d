//! Words of provinces and their history.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The kind of a unit of the first administrative tier.
///
/// - `province`: province (tỉnh)
/// - `city`: centrally run city (thành phố trực thuộc trung ương)
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
pub enum ProvinceKind {
    Province,
    City,
}

/// What happened to provinces on one day.
///
/// - `merger`: several provinces become one
/// - `split`: one province becomes several
/// - `renaming`: a province gets another name
/// - `kind_change`: a province becomes a city, or a city a province; the name may change with it
/// - `recoding`: a province gets another code and keeps name and kind
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
pub enum ProvinceEventKind {
    Merger,
    Split,
    Renaming,
    KindChange,
    Recoding,
}

/// What becomes of a running cycle when members of it end.
///
/// - `keep`: it goes on with the provinces as they were, which existed all through its year
/// - `interrupt`: it stops; everything stays where it is, and it can be carried over later
/// - `carry_over`: the successors take the places of the provinces that end, and inherit what was decided
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
pub enum CarryOverWay {
    Keep,
    Interrupt,
    CarryOver,
}
