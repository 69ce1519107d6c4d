//! Passwords: Argon2id, never stored, never logged.

use actix_web::web;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use rand::{RngExt, distr::Alphanumeric};
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// The fewest characters of a password.
pub const PASSWORD_MIN: u64 = 12;
/// The most characters of a password.
pub const PASSWORD_MAX: u64 = 200;

/// What an unknown user is checked against: made with the parameters of [`hasher`], of a password nobody has.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$D3GlWj0ZXyg1S2Xl8WWTBg$m9fcO1aUl5Hj+Ncg2dENPmEoU0ry8H8Jm1CB+esNE3g";

/// So many passwords are worked on at once. Each takes 19 MiB: without a bound, a crowd at the door would take it all.
static TURNS: Semaphore = Semaphore::const_new(8);

/// OWASP's recommendation for Argon2id: 19 MiB, 2 passes, 1 lane.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or_default())
}

/// The hash of a password, off the workers' threads: it takes tens of milliseconds.
pub async fn hash_password(password: String) -> Result<String, Problem> {
    let hashed = aside(move || hasher().hash_password(password.as_bytes()).map(|hash| hash.to_string())).await?;
    hashed.map_err(|err| Problem::internal(err.to_string()))
}

/// Whether `password` is the one behind `hash`. Without a hash (an unknown user) it takes the same time and says no.
pub async fn password_matches(password: String, hash: Option<String>) -> Result<bool, Problem> {
    aside(move || {
        let known = hash.is_some();
        let parsed = PasswordHash::new(hash.as_deref().unwrap_or(NOBODY));
        let matches = parsed.is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let _turn = TURNS.acquire().await.map_err(Problem::internal)?;
    web::block(work).await.map_err(Problem::internal)
}

/// A random password to be changed at the first sign-in.
pub fn one_time_password() -> String {
    rand::rng().sample_iter(Alphanumeric).take(20).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn the_unknown_user_costs_as_much_as_a_known_one() {
        let known = hash_password("correct horse battery".to_owned()).await.unwrap();
        let parameters = |hash: &str| hash.split('$').take(4).map(ToOwned::to_owned).collect::<Vec<_>>();
        assert_eq!(parameters(NOBODY), parameters(&known));
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(password_matches("correct horse battery".to_owned(), Some(known.clone())).await.unwrap());
        assert!(!password_matches("correct horse batterz".to_owned(), Some(known)).await.unwrap());
        assert!(!password_matches("correct horse battery".to_owned(), None).await.unwrap());
    }
}
