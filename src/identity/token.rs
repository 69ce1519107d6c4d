//! Access tokens: JWT signed with Ed25519, 15 minutes.

use chrono::{DateTime, TimeDelta, Utc};
use entity::vocab::Role;
use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys::Keys;
use crate::{domain::policy::Account, problem::Problem};

/// Minutes an access token lives.
pub const ACCESS_MINUTES: i64 = 15;
/// Seconds by which the clocks of two replicas may differ.
const SKEW: i64 = 30;

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    exp: i64,
    nbf: i64,
    iat: i64,
    jti: Uuid,
    role: Role,
    province_id: Option<Uuid>,
    must_change_password: bool,
}

/// What a verified token says.
#[derive(Clone, Copy, Debug)]
pub struct Bearer {
    pub account: Account,
    pub must_change_password: bool,
    not_before: i64,
    expires: i64,
}

impl Bearer {
    pub(super) fn lives_at(&self, now: DateTime<Utc>) -> bool {
        let now = now.timestamp();
        self.not_before <= now + SKEW && now < self.expires
    }
}

/// The audience of every token: this API.
const AUDIENCE: &str = "thidua";

pub(super) fn issue(
    keys: &Keys,
    issuer: &str,
    account: Account,
    must_change_password: bool,
    now: DateTime<Utc>,
) -> Result<(String, DateTime<Utc>), Problem> {
    let expires = now + TimeDelta::minutes(ACCESS_MINUTES);
    let claims = Claims {
        iss: issuer.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: account.id,
        exp: expires.timestamp(),
        nbf: now.timestamp(),
        iat: now.timestamp(),
        jti: Uuid::now_v7(),
        role: account.role,
        province_id: account.province_id,
        must_change_password,
    };
    let header = Header { kid: Some(keys.kid.clone()), ..Header::new(Algorithm::EdDSA) };
    let token = encode(&header, &claims, &keys.signing).map_err(Problem::internal)?;
    Ok((token, expires))
}

pub(super) fn verify(keys: &Keys, issuer: &str, token: &str) -> Result<Bearer, Problem> {
    let header = decode_header(token).map_err(|err| Problem::unauthenticated().caused_by(err))?;
    // Keys come from here and nowhere else, whatever a token recommends.
    let foreign = header.jku.is_some() || header.x5u.is_some() || header.jwk.is_some() || header.x5c.is_some();
    // An extension its sender calls critical must be understood (RFC 7515, 4.1.11), and we know none.
    let foreign = foreign || header.crit.is_some();
    let key = header.kid.as_ref().and_then(|kid| keys.verifying.get(kid));
    let Some(key) = key.filter(|_| !foreign && header.alg == Algorithm::EdDSA) else {
        return Err(Problem::unauthenticated());
    };
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    // Time is checked against our own clock, at every use, by `Bearer::lives_at`.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let claims =
        decode::<Claims>(token, key, &validation).map_err(|err| Problem::unauthenticated().caused_by(err))?.claims;
    Ok(Bearer {
        account: Account { id: claims.sub, role: claims.role, province_id: claims.province_id },
        must_change_password: claims.must_change_password,
        not_before: claims.nbf,
        expires: claims.exp,
    })
}
