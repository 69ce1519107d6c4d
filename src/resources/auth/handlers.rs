//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{CustomizeResponder, Responder, get, http::header, post};

use super::{
    dto::{Jwk, JwkSet, PasswordChange, RefreshToken, SignIn, Tokens},
    service,
};
use crate::{
    http::{Ctx, Json, Newcomer, NoContent, Reply, Routes, Stranger},
    problem::Problem,
};

/// Shorter than the notice a new key gives before it signs: no remembered key set misses it.
const KEYS_CACHED: &str = "public, max-age=120";

pub fn routes(to: &mut impl Routes) {
    to.service(sign_in)
        .service(refresh)
        .service(sign_out)
        .service(change_password)
        .service(get_jwks)
        .service(get_well_known_jwks);
}

/// Sign in
///
/// Open to everybody; a token that is sent along is not looked at. The access token lives 15 minutes, the refresh token
/// 14 days. An unknown user, a disabled one and a wrong password get the same 401. From the fifth failure in a row on
/// there is a wait (429 with `Retry-After`) that grows to 15 minutes.
#[utoipa::path(tag = "auth", security(()), request_body = SignIn, responses((status = 200, description = "Signed in", body = Tokens)))]
#[post("/api/v1/auth/sign-in")]
async fn sign_in(
    Stranger(ctx): Stranger,
    Json(body): Json<SignIn>,
) -> Result<CustomizeResponder<Reply<Tokens>>, Problem> {
    service::sign_in(&ctx, body).await.map(secret)
}

/// Refresh the tokens
///
/// Open to whoever holds the refresh token; an access token that is sent along is not looked at. A refresh token is good
/// once: the answer brings the next one. Bringing a used one ends the session, for one of its two holders is a thief.
/// Unknown, used, expired and revoked tokens get the same 401. Role and province are read anew.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshToken, responses((status = 200, description = "Refreshed", body = Tokens)))]
#[post("/api/v1/auth/refresh")]
async fn refresh(
    Stranger(ctx): Stranger,
    Json(body): Json<RefreshToken>,
) -> Result<CustomizeResponder<Reply<Tokens>>, Problem> {
    service::refresh(&ctx, &body.refresh_token).await.map(secret)
}

/// Sign out
///
/// Ends the session that the refresh token belongs to, also if the token was used already. A token that belongs to none
/// gets the same 204. The access token lives on until it expires.
#[utoipa::path(tag = "auth", security(()), request_body = RefreshToken, responses((status = 204, description = "Signed out")))]
#[post("/api/v1/auth/sign-out")]
async fn sign_out(Stranger(ctx): Stranger, Json(body): Json<RefreshToken>) -> Result<NoContent, Problem> {
    service::sign_out(&ctx, &body.refresh_token).await?;
    Ok(NoContent)
}

/// Change the own password
///
/// For everybody who is signed in, with a one-time password too. It ends all sessions of the account: sign in again with
/// the new password. From the fifth wrong `current_password` in a row on there is a wait, as at sign-in.
#[utoipa::path(tag = "auth", request_body = PasswordChange, responses((status = 204, description = "Changed")))]
#[post("/api/v1/auth/password")]
async fn change_password(Newcomer(ctx): Newcomer, Json(body): Json<PasswordChange>) -> Result<NoContent, Problem> {
    service::change_password(&ctx, body).await?;
    Ok(NoContent)
}

/// Get the signing keys
///
/// Open to everybody: the public keys with which anybody can check an access token, as a JSON Web Key Set. Read it again
/// when a token names a `kid` you do not know; a new key is published some minutes before it signs.
#[utoipa::path(tag = "auth", security(()), responses((status = 200, description = "The keys", body = JwkSet)))]
#[get("/api/v1/auth/jwks")]
async fn get_jwks(Stranger(ctx): Stranger) -> CustomizeResponder<Reply<JwkSet>> {
    keys(&ctx)
}

/// Get the signing keys at their well-known address
///
/// Open to everybody: the same set as `GET /api/v1/auth/jwks`.
#[utoipa::path(tag = "auth", security(()), responses((status = 200, description = "The keys", body = JwkSet)))]
#[get("/.well-known/jwks.json")]
async fn get_well_known_jwks(Stranger(ctx): Stranger) -> CustomizeResponder<Reply<JwkSet>> {
    keys(&ctx)
}

fn keys(ctx: &Ctx) -> CustomizeResponder<Reply<JwkSet>> {
    let keys = ctx.identity.keys().published().iter().map(Jwk::from).collect();
    Reply(JwkSet { keys }).customize().insert_header((header::CACHE_CONTROL, KEYS_CACHED))
}

/// Nobody keeps tokens on the way (RFC 6749, 5.1).
fn secret(tokens: Tokens) -> CustomizeResponder<Reply<Tokens>> {
    Reply(tokens).customize().insert_header((header::CACHE_CONTROL, "no-store"))
}
