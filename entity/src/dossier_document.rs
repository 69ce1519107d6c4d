//! A file or a link in the dossier of a nomination.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::vocab::{DocumentKind, MediaType};

/// A file or a link in the dossier of a nomination.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize)]
#[sea_orm(table_name = "dossier_document")]
pub struct Model {
    /// UUIDv7, so that id order is creation order on both databases.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub nomination_id: Uuid,
    pub kind: DocumentKind,
    pub title: String,
    /// Links only.
    pub url: Option<String>,
    /// SHA-256 of the content in hexadecimal, its name in the store; this and what follows: files only.
    pub file_hash: Option<String>,
    pub file_name: Option<String>,
    pub media_type: Option<MediaType>,
    pub size_bytes: Option<i64>,
    pub added_by: Uuid,
    /// Stays 1: documents are added and taken away, never changed.
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::nomination::Entity",
        from = "Column::NominationId",
        to = "super::nomination::Column::Id"
    )]
    Nomination,
}

impl Related<super::nomination::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Nomination.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
