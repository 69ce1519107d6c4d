//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::{CustomizeResponder, Responder, get, http::header, patch, post};
use uuid::Uuid;

use super::{
    dto::{NewUser, User, UserFilter, UserPatch, UserWithPassword},
    service::{self, Step},
};
use crate::{
    http::{Created, Ctx, IfMatch, Json, List, Listed, Page, PageQuery, Path, Routes, Tagged},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(list_users)
        .service(create_user)
        .service(get_user)
        .service(update_user)
        .service(disable_user)
        .service(enable_user)
        .service(reset_user_password);
}

/// List accounts
///
/// Administrators only. By user name unless `sort` says otherwise.
#[utoipa::path(tag = "users", params(PageQuery, UserFilter), responses((status = 200, description = "One page", body = Page<User>)))]
#[get("/api/v1/users")]
async fn list_users(ctx: Ctx, List { page, filter }: List<UserFilter>) -> Result<Listed<User>, Problem> {
    Ok(Listed::new(service::list(&ctx, &page, &filter).await?, &page))
}

/// Create an account
///
/// Administrators only. The answer tells a one-time password, once. The user name is unique. A province officer needs a
/// province, an appraiser may have one, others have none.
#[utoipa::path(tag = "users", request_body = NewUser, responses((status = 201, description = "Created", body = UserWithPassword)))]
#[post("/api/v1/users")]
async fn create_user(
    ctx: Ctx,
    Json(new): Json<NewUser>,
) -> Result<CustomizeResponder<Created<UserWithPassword>>, Problem> {
    let body = service::create(&ctx, new).await?;
    let location = format!("/api/v1/users/{}", body.user.id);
    Ok(secret(Created { location, version: body.user.version, body }))
}

/// Get an account
///
/// Administrators only; everybody sees the own account at `GET /api/v1/me`.
#[utoipa::path(tag = "users", params(("id" = Uuid, Path, description = "Id of the account")), responses((status = 200, description = "The account", body = User)))]
#[get("/api/v1/users/{id}")]
async fn get_user(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Tagged<User>, Problem> {
    service::get(&ctx, id).await.map(tagged)
}

/// Change an account
///
/// Administrators only. A merge patch (RFC 7396): absent stays, null takes away. The user name never changes. Nobody
/// gives up the own administration, and the last administrator who can sign in stays one. A new role or province counts
/// from the person's next refresh on, at most 15 minutes later.
#[utoipa::path(tag = "users", params(("id" = Uuid, Path, description = "Id of the account"), IfMatch), request_body = UserPatch, responses((status = 200, description = "Changed", body = User)))]
#[patch("/api/v1/users/{id}")]
async fn update_user(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(patch): Json<UserPatch>,
) -> Result<Tagged<User>, Problem> {
    service::update(&ctx, id, &seen, patch).await.map(tagged)
}

/// Disable an account
///
/// Administrators only. The account cannot sign in or refresh any more; all its sessions end, and its last access token
/// expires within 15 minutes. Nobody disables the own account, and the last administrator who can sign in stays one.
#[utoipa::path(tag = "users", params(("id" = Uuid, Path, description = "Id of the account"), IfMatch), responses((status = 200, description = "Disabled", body = User)))]
#[post("/api/v1/users/{id}/disable")]
async fn disable_user(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<User>, Problem> {
    service::advance(&ctx, id, &seen, Step::Disable).await.map(tagged)
}

/// Enable an account
///
/// Administrators only. The account can sign in again, with the password it had.
#[utoipa::path(tag = "users", params(("id" = Uuid, Path, description = "Id of the account"), IfMatch), responses((status = 200, description = "Enabled", body = User)))]
#[post("/api/v1/users/{id}/enable")]
async fn enable_user(ctx: Ctx, Path(id): Path<Uuid>, seen: IfMatch) -> Result<Tagged<User>, Problem> {
    service::advance(&ctx, id, &seen, Step::Enable).await.map(tagged)
}

/// Give an account a one-time password
///
/// Administrators only. The answer tells the password, once; the former one is void and all sessions end.
#[utoipa::path(tag = "users", params(("id" = Uuid, Path, description = "Id of the account"), IfMatch), responses((status = 200, description = "Reset", body = UserWithPassword)))]
#[post("/api/v1/users/{id}/reset-password")]
async fn reset_user_password(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    seen: IfMatch,
) -> Result<CustomizeResponder<Tagged<UserWithPassword>>, Problem> {
    let body = service::reset_password(&ctx, id, &seen).await?;
    Ok(secret(Tagged(body.user.version, body)))
}

fn tagged(user: User) -> Tagged<User> {
    Tagged(user.version, user)
}

/// Nobody keeps a password on the way.
fn secret<T: Responder>(answer: T) -> CustomizeResponder<T> {
    answer.customize().insert_header((header::CACHE_CONTROL, "no-store"))
}
