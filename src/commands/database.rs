//! A database that is up to date: every migration applied, the catalogues stored.

use std::error::Error;

use chrono::{DateTime, Utc};

use crate::{
    db::{self, Db},
    reference,
    settings::DatabaseSettings,
};

pub(super) async fn ready(settings: &DatabaseSettings, now: DateTime<Utc>) -> Result<Db, Box<dyn Error>> {
    let db = Db::open(&settings.database_url, settings.database_connections).await?;
    db.migrate().await?;
    let loaded = db::write(&db, async |tx| reference::load(tx, now).await).await?;
    for (resource, count) in &loaded.0 {
        tracing::info!(resource, count, "reference data: {count} of {resource} stored");
    }
    Ok(db)
}
