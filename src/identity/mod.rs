//! Who is asking: signing keys, access tokens, sessions, passwords.

mod keys;
mod password;
pub mod sessions;
pub mod store;
pub mod throttle;
mod token;

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

pub use keys::{KeyPair, Keys, PublicKey};
pub use password::{PASSWORD_MAX, PASSWORD_MIN, hash_password, one_time_password, password_matches};
pub use token::{ACCESS_MINUTES, Bearer};

use crate::{domain::policy::Account, problem::Problem};

/// Tokens already verified that are remembered. A signature costs as much as a query; a token is checked once.
const REMEMBERED: usize = 10_000;

/// Issues and verifies access tokens. Cheap to clone; all clones share keys and memory.
#[derive(Clone)]
pub struct Identity(Arc<Shared>);

struct Shared {
    issuer: String,
    keys: RwLock<Arc<Keys>>,
    verified: Cache<[u8; 32], Bearer>,
}

impl Identity {
    pub fn new(issuer: String, keys: Keys) -> Self {
        Self(Arc::new(Shared { issuer, keys: RwLock::new(Arc::new(keys)), verified: Cache::new(REMEMBERED) }))
    }

    /// The keys in use now.
    pub fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes other keys into use: after a rotation, without a restart. What a key verified is forgotten with it.
    pub fn replace_keys(&self, keys: Keys) {
        let keys = Arc::new(keys);
        let former = {
            let mut present = self.0.keys.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *present, Arc::clone(&keys))
        };
        if !former.all_in(&keys) {
            self.0.verified.clear();
        }
    }

    /// A new access token, and when it expires.
    pub fn issue(
        &self,
        account: Account,
        must_change_password: bool,
        now: DateTime<Utc>,
    ) -> Result<(String, DateTime<Utc>), Problem> {
        token::issue(&self.keys(), &self.0.issuer, account, must_change_password, now)
    }

    /// Who a token speaks for. Whatever is wrong with it, the answer is the same 401.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Bearer, Problem> {
        let mark: [u8; 32] = Sha256::digest(token).into();
        let bearer = if let Some(known) = self.0.verified.get(&mark) {
            known
        } else {
            let bearer = token::verify(&self.keys(), &self.0.issuer, token)?;
            self.0.verified.insert(mark, bearer);
            bearer
        };
        if bearer.lives_at(now) { Ok(bearer) } else { Err(Problem::unauthenticated()) }
    }
}
