//! Credentials, tokens and keys on the wire. What holds a secret has no `Debug`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    http::{Short, short},
    identity::{PASSWORD_MAX, PASSWORD_MIN, PublicKey},
};

/// Who signs in
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "username": "administrator", "password": "correct horse battery staple" }))]
pub(super) struct SignIn {
    /// User name; capitals do not matter
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub username: String,
    /// Password, or the one-time password of a new account
    #[validate(length(min = 1, max = PASSWORD_MAX))]
    #[schema(min_length = 1, max_length = 200, format = Password)]
    pub password: String,
}

/// A refresh token, as it was given
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "refresh_token": "Zk3vYt0s0oQm1r8x5w2b7d9f4h6j8k1l3n5p7q9s2u4" }))]
pub(super) struct RefreshToken {
    /// `refresh_token` of the last sign-in or refresh
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub refresh_token: String,
}

/// A change of the own password
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "current_password": "correct horse battery staple", "new_password": "đồng lúa xanh bên sông Hồng",
}))]
pub(super) struct PasswordChange {
    /// The password as it is
    #[validate(length(min = 1, max = PASSWORD_MAX))]
    #[schema(min_length = 1, max_length = 200, format = Password)]
    pub current_password: String,
    /// The password from now on: 12 to 200 characters, not the present one
    #[validate(length(min = PASSWORD_MIN, max = PASSWORD_MAX))]
    #[schema(min_length = 12, max_length = 200, format = Password)]
    pub new_password: String,
}

/// What a sign-in or a refresh gives
#[derive(Serialize, ToSchema)]
pub(super) struct Tokens {
    /// JWT to send as `Authorization: Bearer`
    pub access_token: String,
    /// How to send it: always `Bearer`
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds the access token lives
    #[schema(minimum = 1, example = 900)]
    pub expires_in: i64,
    /// For the next refresh, once
    pub refresh_token: String,
    /// When the refresh token expires
    pub refresh_expires_at: DateTime<Utc>,
    /// The password is a one-time password: until it is changed, `POST /api/v1/auth/password` and `GET /api/v1/me` are
    /// all that the access token opens
    pub must_change_password: bool,
}

/// The keys that access tokens are signed with (RFC 7517)
#[derive(Serialize, ToSchema)]
pub(super) struct JwkSet {
    /// The key that signs now, and those whose tokens are honoured too
    pub keys: Vec<Jwk>,
}

/// The public half of an Ed25519 key (RFC 8037)
#[derive(Serialize, ToSchema)]
pub(super) struct Jwk {
    /// Name of the key: its thumbprint (RFC 7638), the `kid` of the tokens it signs
    pub kid: String,
    /// Key type: always `OKP`
    #[schema(example = "OKP")]
    pub kty: &'static str,
    /// Curve: always `Ed25519`
    #[schema(example = "Ed25519")]
    pub crv: &'static str,
    /// Algorithm: always `EdDSA`
    #[schema(example = "EdDSA")]
    pub alg: &'static str,
    /// Use: always `sig`
    #[schema(example = "sig")]
    pub r#use: &'static str,
    /// The public key, base64url
    pub x: String,
}

impl From<&PublicKey> for Jwk {
    fn from(key: &PublicKey) -> Self {
        let PublicKey { kid, x } = key.clone();
        Self { kid, kty: "OKP", crv: "Ed25519", alg: "EdDSA", r#use: "sig", x }
    }
}
