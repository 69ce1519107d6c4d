//! Answers to the public that are kept as bytes, and never given without asking whether they still hold.

mod desk;
mod shortcut;

use std::{fmt::Display, sync::Arc};

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header, web::Bytes};
use futures_util::future::BoxFuture;
use quick_cache::sync::Cache;
use serde::Serialize;
use uuid::Uuid;

use super::{
    Tagged,
    reply::{known, unchanged},
};
use crate::problem::Problem;
use desk::Desk;

pub use shortcut::answer_kept;

/// How many answers are kept: some tens of kilobytes each.
const KEPT: usize = 200;

/// What an answer was made from: a row, its version, and the versions of what it names. Another mark, another answer.
pub type Mark = (Uuid, i32, Option<i64>);

/// Reads the mark as it is now; `None` where there is nothing for the public.
pub type Look = Box<dyn Fn() -> BoxFuture<'static, Result<Option<Mark>, Problem>> + Send + Sync>;

/// The answers that are kept, each under the path it answers. Cheap to clone; all clones share them.
#[derive(Clone)]
pub struct KeptAnswers(Arc<Cache<String, Arc<Desk>>>);

/// A 200 whose bytes are shared with everybody who asked the same.
#[derive(Clone)]
pub struct KeptAnswer {
    tag: Arc<str>,
    body: Bytes,
}

impl Default for KeptAnswers {
    fn default() -> Self {
        Self(Arc::new(Cache::new(KEPT)))
    }
}

impl KeptAnswers {
    /// The answer at `route`, whose `{id}` is `id`; `None` where `look` finds nothing. Only a mark that changed has it
    /// made anew. No answer is older than its question.
    pub async fn get<T: Serialize>(
        &self,
        route: &'static str,
        id: impl Display,
        look: impl FnOnce() -> Look,
        make: impl AsyncFn() -> Result<Tagged<T>, Problem>,
    ) -> Result<Option<KeptAnswer>, Problem> {
        let path = route.replace("{id}", &id.to_string());
        let desk = self.0.get_or_insert_with(&path, || Ok::<_, Problem>(Arc::new(Desk::new(route, look()))))?;
        desk.answer(make).await
    }
}

impl Responder for KeptAnswer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<BoxBody> {
        if known(request, &self.tag) {
            return unchanged(&self.tag);
        }
        HttpResponse::Ok().insert_header((header::ETAG, &*self.tag)).content_type("application/json").body(self.body)
    }
}
