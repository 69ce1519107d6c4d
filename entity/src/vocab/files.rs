//! Words of files and what supports what.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a piece of evidence is.
///
/// - `file`: a document or a picture that was uploaded
/// - `link`: an address on the web
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
pub enum EvidenceKind {
    File,
    Link,
}

/// What an uploaded file is, as its content tells: PDF, Word, Excel or a picture.
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
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MediaType {
    #[sea_orm(string_value = "application/pdf")]
    #[serde(rename = "application/pdf")]
    #[strum(serialize = "application/pdf")]
    Pdf,
    #[sea_orm(string_value = "application/msword")]
    #[serde(rename = "application/msword")]
    #[strum(serialize = "application/msword")]
    Doc,
    #[sea_orm(string_value = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    #[serde(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    #[strum(serialize = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    #[sea_orm(string_value = "application/vnd.ms-excel")]
    #[serde(rename = "application/vnd.ms-excel")]
    #[strum(serialize = "application/vnd.ms-excel")]
    Xls,
    #[sea_orm(string_value = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    #[serde(rename = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    #[strum(serialize = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    Xlsx,
    #[sea_orm(string_value = "image/png")]
    #[serde(rename = "image/png")]
    #[strum(serialize = "image/png")]
    Png,
    #[sea_orm(string_value = "image/jpeg")]
    #[serde(rename = "image/jpeg")]
    #[strum(serialize = "image/jpeg")]
    Jpeg,
    #[sea_orm(string_value = "image/webp")]
    #[serde(rename = "image/webp")]
    #[strum(serialize = "image/webp")]
    Webp,
    #[sea_orm(string_value = "image/gif")]
    #[serde(rename = "image/gif")]
    #[strum(serialize = "image/gif")]
    Gif,
    #[sea_orm(string_value = "image/tiff")]
    #[serde(rename = "image/tiff")]
    #[strum(serialize = "image/tiff")]
    Tiff,
}

/// What a document of a dossier is.
///
/// - `submission_letter`: the letter that submits the nomination (tờ trình)
/// - `achievement_report`: the report of achievements (báo cáo thành tích)
/// - `minutes`: the minutes of the council or conference that reviewed it (biên bản bình xét)
/// - `certificate`: a certificate or confirmation (chứng nhận, xác nhận)
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
pub enum DocumentKind {
    SubmissionLetter,
    AchievementReport,
    Minutes,
    Certificate,
    Other,
}
