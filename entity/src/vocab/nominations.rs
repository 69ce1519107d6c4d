//! Words of nominations and what they wait for.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a nomination stands.
///
/// - `proposed`: proposed in the cluster
/// - `balloted`: the members voted for it
/// - `dossier_complete`: every document the award asks for is there
/// - `submitted`: handed to the council's office
/// - `appraised`: the council's office has examined it and written its opinion
/// - `public_comment`: everybody may read it and comment on it
/// - `on_hold`: waits for the end of a discipline, an inspection, a complaint or a press case
/// - `decided`: the award was decided
/// - `rejected`: the authority declined, with a reason
/// - `withdrawn`: taken back, with a reason
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
pub enum NominationState {
    Proposed,
    Balloted,
    DossierComplete,
    Submitted,
    Appraised,
    PublicComment,
    OnHold,
    Decided,
    Rejected,
    Withdrawn,
}

/// Why a nomination waits.
///
/// - `discipline`: a disciplinary proceeding is pending
/// - `inspection`: an inspection, audit or investigation is pending
/// - `complaint`: a complaint or denunciation is being examined
/// - `press`: a report of the press is being checked
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
pub enum HoldGround {
    Discipline,
    Inspection,
    Complaint,
    Press,
}

/// Who is nominated.
///
/// - `province`: a member of the cycle itself, on its rank
/// - `collective`: a collective of a member: a department, a district, an enterprise
/// - `person`: somebody of a member
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
pub enum NomineeKind {
    Province,
    Collective,
    Person,
}

/// What an award is given for.
///
/// - `yearly`: what was achieved in the whole year of the cycle
/// - `thematic`: what was achieved in a campaign or in one field; it does not count towards yearly awards
/// - `sudden`: an outstanding deed; it does not count towards yearly awards
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
pub enum AchievementKind {
    Yearly,
    Thematic,
    Sudden,
}

/// What happens to equal ranks of which a quota has room for some only.
///
/// - `all`: all of them are proposed, beyond the quota
/// - `none`: none of them is
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
pub enum QuotaTies {
    All,
    None,
}
