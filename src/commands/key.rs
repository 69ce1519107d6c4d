//! `thidua key`: the keys that sign access tokens.

use std::error::Error;

use chrono::{DateTime, SecondsFormat, Utc};
use entity::signing_key;

use crate::{
    clock::{Clock, SystemClock},
    db::{self, Db},
    identity::store,
    journal::{self, Author, Change},
    problem::Problem,
    settings::{DatabaseSettings, KeyCommand, KeySettings},
};

pub(super) async fn run(
    what: KeyCommand,
    keys: &KeySettings,
    database: &DatabaseSettings,
) -> Result<(), Box<dyn Error>> {
    if keys.signing_key.is_some() {
        return Err("the signing key is given in the settings: change it there".into());
    }
    let db = Db::open(&database.database_url, database.database_connections).await?;
    db.migrate().await?;
    let now = SystemClock.now();
    if matches!(what, KeyCommand::Rotate) {
        rotate(&db, now).await?;
    }
    let all = store::list(db.reader()).await?;
    let valid: Vec<_> = all.iter().filter(|key| store::valid(key, now)).cloned().collect();
    let signer = store::signer(&valid, now).map(|key| key.id);
    println!("{:<43}  {:<8}  {:<20}  retired", "kid", "state", "active from");
    for key in &all {
        let state = match key.active_from {
            _ if !store::valid(key, now) => "retired",
            _ if signer == Some(key.id) => "signs",
            from if from > now => "to come",
            _ => "verifies",
        };
        let retired = key.retired_at.map_or_else(|| "-".to_owned(), time);
        println!("{:<43}  {state:<8}  {:<20}  {retired}", key.kid, time(key.active_from));
    }
    Ok(())
}

async fn rotate(db: &Db, now: DateTime<Utc>) -> Result<(), Box<dyn Error>> {
    let done = db::write(db, async |tx| {
        let rotation = store::rotate(tx, now).await?;
        let mut changes = vec![created(&rotation.new)?];
        for (before, after) in &rotation.former {
            changes.push(Change::new("signing_key.retire", "signing_key", after.id, 2).before(before)?.after(after)?);
        }
        journal::record_all(tx, Author::system("key rotate", now), changes).await
    });
    Ok(done.await?)
}

/// The journal's word on a new key; the row keeps its private half to itself.
pub(super) fn created(key: &signing_key::Model) -> Result<Change<'static>, Problem> {
    Change::new("signing_key.create", "signing_key", key.id, 1).after(key)
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
