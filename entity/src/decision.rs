//! A decision: number, date, authority, signatory, and the file of the signed text.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{Authority, MediaType};

/// A decision: number, date, authority, signatory, and the file of the signed text.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub authority: Authority,
    pub decision_year: i32,
    /// Unique for the authority in the year.
    pub number: String,
    pub decided_on: Date,
    pub signatory_name: String,
    pub signatory_title: String,
    /// What it is about.
    pub title: String,
    /// SHA-256 of the signed text in hexadecimal, its name in the store; this and what follows: once there is a file.
    pub file_hash: Option<String>,
    pub file_name: Option<String>,
    pub media_type: Option<MediaType>,
    pub size_bytes: Option<i64>,
    /// Why it took the place of another file.
    pub file_reason: Option<String>,
    #[serde(skip_serializing)]
    pub search_text: String,
    /// Grows by one on every write, and on every write to one of its awards; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
