//! The keys a running server signs and verifies with, and how it learns of a rotation.

use std::{error::Error, fs, time::Duration};

use super::key;
use crate::{
    clock::SharedClock,
    db::{self, Db},
    identity::{Identity, KeyPair, Keys, store},
    journal::{self, Author},
    settings::KeySettings,
};

/// How often a server looks for new keys. Much shorter than the notice a new key gives.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// The keys of the settings, or those of the database: the first start makes one.
pub(super) async fn load(settings: &KeySettings, db: &Db, clock: &SharedClock) -> Result<Keys, Box<dyn Error>> {
    if let Some(given) = &settings.signing_key {
        let former = settings.previous_signing_key.as_deref().map(pair).transpose()?;
        return Ok(Keys::new(&pair(given)?, former.as_slice())?);
    }
    if settings.previous_signing_key.is_some() {
        return Err("THIDUA_PREVIOUS_SIGNING_KEY needs THIDUA_SIGNING_KEY".into());
    }
    let now = clock.now();
    db::write(db, async |tx| match store::ensure(tx, now).await? {
        Some(made) => journal::record(tx, Author::system("first-start", now), key::created(&made)?).await,
        None => Ok(()),
    })
    .await?;
    Ok(store::load(db.reader(), now).await?)
}

/// Keeps the keys in step with the database, as long as the server runs. Keys of the settings stay as they are.
pub(super) fn follow(settings: &KeySettings, db: &Db, clock: &SharedClock, identity: &Identity) {
    if settings.signing_key.is_some() {
        return;
    }
    let (db, clock, identity) = (db.clone(), clock.clone(), identity.clone());
    actix_web::rt::spawn(async move {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            match store::load(db.reader(), clock.now()).await {
                Ok(keys) => identity.replace_keys(keys),
                Err(problem) => tracing::warn!(
                    cause = problem.source().map(ToString::to_string),
                    "the signing keys could not be read; the former stay in use"
                ),
            }
        }
    });
}

/// A key in PEM, or in the file of this name.
fn pair(given: &str) -> Result<KeyPair, Box<dyn Error>> {
    let pem = if given.trim_start().starts_with("-----BEGIN") {
        given.to_owned()
    } else {
        fs::read_to_string(given).map_err(|err| format!("signing key {given}: {err}"))?
    };
    KeyPair::from_pem(&pem).map_err(|_| "a signing key is no Ed25519 key in PKCS #8 PEM".into())
}
