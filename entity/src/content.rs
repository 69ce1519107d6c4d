//! Which rows refer to the contents of files: one list for all tables that do.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use crate::{decision, document, dossier_document, evidence};

/// Those of these contents that a row refers to. Every table with the hash of a file has its line here.
pub async fn referred(db: &impl ConnectionTrait, hashes: &[&str]) -> Result<HashSet<String>, DbErr> {
    let held = [
        held::<evidence::Entity>(db, evidence::Column::FileHash, hashes).await?,
        held::<decision::Entity>(db, decision::Column::FileHash, hashes).await?,
        held::<document::Entity>(db, document::Column::FileHash, hashes).await?,
        held::<dossier_document::Entity>(db, dossier_document::Column::FileHash, hashes).await?,
    ];
    Ok(held.into_iter().flatten().flatten().collect())
}

async fn held<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    hashes: &[&str],
) -> Result<Vec<Option<String>>, DbErr> {
    let found = E::find().select_only().column(column).distinct().filter(column.is_in(hashes.iter().copied()));
    found.into_tuple().all(db).await
}
