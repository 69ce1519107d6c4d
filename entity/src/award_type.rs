//! An emulation title or form of commendation of the Law.

use sea_orm::{Iterable, entity::prelude::*};
use serde::Serialize;

use crate::vocab::{Authority, AwardCategory, RecipientKind};

/// An emulation title or form of commendation of the Law.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "award_type")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    pub name_en: String,
    pub category: AwardCategory,
    pub authority: Authority,
    /// Words of `RecipientKind`, separated by a bar.
    pub recipient_kinds: String,
    pub legal_basis: String,
    /// Working days a nomination is open to public comment.
    pub public_comment_days: i32,
    #[serde(skip_serializing)]
    pub name_key: String,
    #[serde(skip_serializing)]
    pub search_text: String,
    /// Grows by one on every write; the `ETag` and the `If-Match` guard.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Who can receive it.
    pub fn kinds(&self) -> Vec<RecipientKind> {
        RecipientKind::iter()
            .filter(|&kind| self.recipient_kinds.split('|').any(|word| word == <&str>::from(kind)))
            .collect()
    }
}
