//! The request as the service layer sees it: who asks, when, in which language, against what database.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web::Data};
use chrono::{DateTime, Utc};

use super::{KeptAnswers, edge::RequestId, query};
use crate::{
    clock::SharedClock,
    db::Db,
    domain::{
        phrase::Language,
        phrase::Phrase,
        policy::{self, Action, Who},
    },
    files::Files,
    identity::Identity,
    problem::{Code, Problem},
};

/// What the application shares between its workers.
#[derive(Clone)]
pub struct State {
    pub db: Db,
    pub clock: SharedClock,
    pub identity: Identity,
    pub files: Files,
    pub kept: KeptAnswers,
}

impl State {
    /// An application that has answered nothing yet.
    pub fn new(db: Db, clock: SharedClock, identity: Identity, files: Files) -> Self {
        Self { db, clock, identity, files, kept: KeptAnswers::default() }
    }
}

/// Who asks, when, and against what database.
///
/// It is the only way to the database, so an endpoint cannot forget to authenticate: taking a `Ctx` demands a token,
/// and an endpoint open to everybody asks for a [`Guest`] by name.
#[derive(Clone)]
pub struct Ctx {
    pub who: Who,
    pub now: DateTime<Utc>,
    pub db: Db,
    pub language: Language,
    pub request_id: String,
    pub identity: Identity,
    pub files: Files,
    pub kept: KeptAnswers,
}

impl Ctx {
    /// Asks the one table of permissions.
    pub fn may(&self, action: Action) -> Result<(), Problem> {
        Ok(policy::check(self.who, action)?)
    }
}

/// A [`Ctx`] of anybody: without a token the caller is the public, with a bad one it is nobody.
pub struct Guest(pub Ctx);

/// A [`Ctx`] of somebody who may still have to change a one-time password.
pub struct Newcomer(pub Ctx);

/// A [`Ctx`] of the public, whatever token is sent along: for signing in, which an expired token must not prevent.
pub struct Stranger(pub Ctx);

impl FromRequest for Ctx {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(signed_in(request).and_then(settled).and_then(|ctx| query::refuse_stray(request).map(|()| ctx)))
    }
}

impl FromRequest for Guest {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let ctx = if request.headers().contains_key(header::AUTHORIZATION) {
            signed_in(request).and_then(settled)
        } else {
            context(request, Who::Public)
        };
        ready(ctx.and_then(|ctx| query::refuse_stray(request).map(|()| Guest(ctx))))
    }
}

impl FromRequest for Newcomer {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(signed_in(request).and_then(|(ctx, _)| query::refuse_stray(request).map(|()| Newcomer(ctx))))
    }
}

impl FromRequest for Stranger {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let ctx = context(request, Who::Public);
        ready(ctx.and_then(|ctx| query::refuse_stray(request).map(|()| Stranger(ctx))))
    }
}

fn settled((ctx, must_change_password): (Ctx, bool)) -> Result<Ctx, Problem> {
    if must_change_password {
        let detail = Phrase::new("change it at POST /api/v1/auth/password", "hãy đổi tại POST /api/v1/auth/password");
        return Err(Problem::new(Code::PasswordChangeNeeded, detail));
    }
    Ok(ctx)
}

fn signed_in(request: &HttpRequest) -> Result<(Ctx, bool), Problem> {
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(Problem::unauthenticated)?;
    let mut ctx = context(request, Who::Public)?;
    let caller = ctx.identity.verify(token, ctx.now)?;
    tracing::Span::current().record("caller.id", tracing::field::display(caller.account.id));
    ctx.who = Who::Account(caller.account);
    Ok((ctx, caller.must_change_password))
}

fn context(request: &HttpRequest, who: Who) -> Result<Ctx, Problem> {
    let state = request.app_data::<Data<State>>().ok_or_else(|| Problem::internal("no State in the application"))?;
    let request_id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    Ok(Ctx {
        who,
        now: state.clock.now(),
        db: state.db.clone(),
        language: language(request),
        request_id,
        identity: state.identity.clone(),
        files: state.files.clone(),
        kept: state.kept.clone(),
    })
}

/// The first language of `Accept-Language` that the service speaks, by preference; English where there is none.
pub(super) fn language(request: &HttpRequest) -> Language {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let mut best = (0, Language::En);
    for part in wanted.split(',') {
        let mut pieces = part.trim().split(';');
        let tag = pieces.next().unwrap_or("").trim().to_ascii_lowercase();
        let quality =
            pieces.find_map(|piece| piece.trim().strip_prefix("q=")).map_or(Some(1000), thousandths).unwrap_or(0);
        let language = match tag.split('-').next() {
            Some("vi") => Language::Vi,
            Some("en") => Language::En,
            _ => continue,
        };
        if quality > best.0 {
            best = (quality, language);
        }
    }
    best.1
}

/// A quality value (RFC 9110, 12.4.2) in thousandths.
fn thousandths(quality: &str) -> Option<u32> {
    let (whole, decimals) = quality.split_once('.').unwrap_or((quality, ""));
    let decimals: u32 = format!("{decimals:0<3}").get(..3)?.parse().ok()?;
    Some(whole.parse::<u32>().ok()?.min(1) * 1000 + decimals)
}
