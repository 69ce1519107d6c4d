//! Where signing keys are kept: in the database, unless the settings bring them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::signing_key::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder};
use uuid::Uuid;

use super::{ACCESS_MINUTES, KeyPair, Keys};
use crate::problem::Problem;

/// Minutes from the publication of a new key to its first signature: whoever remembers the key set learns of it in time.
const NOTICE_MINUTES: i64 = 5;
/// Minutes a former key goes on verifying after its last signature: longer than any token it signed.
const FAREWELL_MINUTES: i64 = ACCESS_MINUTES + 5;

/// What a rotation did.
pub struct Rotation {
    pub new: Model,
    /// The keys it replaces: as they were, and as they are.
    pub former: Vec<(Model, Model)>,
}

/// All keys that ever were, oldest first.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Model>, Problem> {
    Ok(Entity::find().order_by_asc(Column::ActiveFrom).order_by_asc(Column::Id).all(db).await?)
}

/// Makes a key where there is none to sign with; tells which.
pub async fn ensure(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Option<Model>, Problem> {
    if list(tx).await?.iter().any(|key| valid(key, now)) {
        return Ok(None);
    }
    insert(tx, now, now).await.map(Some)
}

/// The keys to sign and verify with at this moment.
pub async fn load(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Keys, Problem> {
    let valid: Vec<Model> = list(db).await?.into_iter().filter(|key| valid(key, now)).collect();
    let signer = signer(&valid, now).ok_or_else(|| Problem::internal("there is no signing key"))?;
    let others = valid.iter().filter(|key| key.id != signer.id).map(|key| KeyPair::from_pem(&key.private_pem));
    Keys::new(&KeyPair::from_pem(&signer.private_pem)?, &others.collect::<Result<Vec<_>, _>>()?)
}

/// Adds a key that signs in a few minutes, and sends the former into retirement.
pub async fn rotate(tx: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Rotation, Problem> {
    let active_from = now + TimeDelta::minutes(NOTICE_MINUTES);
    let mut former = vec![];
    for key in list(tx).await?.into_iter().filter(|key| key.retired_at.is_none()) {
        let mut row = key.clone().into_active_model();
        row.retired_at = Set(Some(active_from + TimeDelta::minutes(FAREWELL_MINUTES)));
        former.push((key, Entity::update(row).validate()?.exec(tx).await?));
    }
    Ok(Rotation { new: insert(tx, active_from, now).await?, former })
}

/// Whether tokens of the key are honoured.
pub fn valid(key: &Model, now: DateTime<Utc>) -> bool {
    key.retired_at.is_none_or(|retired_at| now < retired_at)
}

/// The key that signs: the newest whose time has come. `keys` are valid, oldest first.
pub fn signer(keys: &[Model], now: DateTime<Utc>) -> Option<&Model> {
    keys.iter().rfind(|key| key.active_from <= now).or_else(|| keys.first())
}

async fn insert(tx: &impl ConnectionTrait, active_from: DateTime<Utc>, now: DateTime<Utc>) -> Result<Model, Problem> {
    let pair = KeyPair::generate();
    let row = ActiveModel {
        id: Set(Uuid::now_v7()),
        kid: Set(pair.kid.clone()),
        private_pem: Set(pair.to_pem()?),
        active_from: Set(active_from),
        retired_at: Set(None),
        created_at: Set(now),
    };
    Ok(Entity::insert(row).exec_with_returning(tx).await?)
}
