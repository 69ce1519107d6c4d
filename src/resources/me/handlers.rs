//! HTTP in, HTTP out. A handler reads, calls one service function, and replies.

use actix_web::get;

use super::{dto::Me, service};
use crate::{
    http::{Newcomer, Reply, Routes},
    problem::Problem,
};

pub fn routes(to: &mut impl Routes) {
    to.service(get_me);
}

/// Get the caller
///
/// For everybody who is signed in, with a one-time password too: the account, the cycles it has to do with, and what it
/// may do. Role and province are those of the account; a change of them reaches the access token at the next refresh.
/// An account that is disabled or gone gets a 401, whatever its token says.
#[utoipa::path(tag = "auth", responses((status = 200, description = "The caller", body = Me)))]
#[get("/api/v1/me")]
async fn get_me(Newcomer(ctx): Newcomer) -> Result<Reply<Me>, Problem> {
    service::get(&ctx).await.map(Reply)
}
