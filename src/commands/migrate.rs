//! `thidua migrate`: the schema, step by step.

use std::error::Error;

use crate::{
    db::Db,
    settings::{DatabaseSettings, MigrateCommand},
};

pub(super) async fn run(what: Option<MigrateCommand>, database: &DatabaseSettings) -> Result<(), Box<dyn Error>> {
    let db = Db::open(&database.database_url, database.database_connections).await?;
    match what.unwrap_or(MigrateCommand::Up) {
        MigrateCommand::Up => db.migrate().await?,
        MigrateCommand::Down { steps } => db.migrate_down(steps).await?,
        MigrateCommand::Status => {}
    }
    for (name, applied) in db.migrations().await? {
        println!("{} {name}", if applied { "applied" } else { "pending" });
    }
    Ok(())
}
