//! Passwords: Argon2id, never stored, never logged.

use std::sync::LazyLock;

use actix_web::web;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use rand::{RngExt, distr::Alphanumeric};

use crate::problem::Problem;

/// The fewest characters of a password.
pub const PASSWORD_MIN: u64 = 12;
/// The most characters of a password.
pub const PASSWORD_MAX: u64 = 200;

/// OWASP's recommendation for Argon2id: 19 MiB, 2 passes, 1 lane.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or_default())
}

/// The hash of a password, off the workers' threads: it takes tens of milliseconds.
pub async fn hash_password(password: String) -> Result<String, Problem> {
    let hashed = web::block(move || hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string())).await;
    hashed.map_err(Problem::internal)?.map_err(|err| Problem::internal(err.to_string()))
}

/// Whether `password` is the one behind `hash`. Without a hash (an unknown user) it takes the same time and says no.
pub async fn password_matches(password: String, hash: Option<String>) -> Result<bool, Problem> {
    static NOBODY: LazyLock<String> = LazyLock::new(|| {
        hasher().hash_password(b"nobody has this password").map_or_else(|_| String::new(), |hash| hash.to_string())
    });
    let matches = move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.clone());
        let matches =
            PasswordHash::new(&hash).is_ok_and(|parsed| hasher().verify_password(password.as_bytes(), &parsed).is_ok());
        known && matches
    };
    web::block(matches).await.map_err(Problem::internal)
}

/// A random password to be changed at the first sign-in.
pub fn one_time_password() -> String {
    rand::rng().sample_iter(Alphanumeric).take(20).map(char::from).collect()
}
