//! Answers to the public that are kept as bytes, and never given without asking whether they still hold.

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody, http::header, web::Bytes};
use quick_cache::sync::Cache;
use serde::Serialize;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::{
    Tagged,
    reply::{known, tag},
};
use crate::problem::Problem;

/// How many answers are kept: some tens of kilobytes each.
const KEPT: usize = 200;

/// What an answer is about: the kind of question, and the id in its path.
type Key = (&'static str, Uuid);

/// What an answer was made from: a row, its version, and the versions of what it names. Another mark, another answer.
pub type Mark = (Uuid, i32, Option<i64>);

/// The answers that are kept. Cheap to clone; all clones share them.
#[derive(Clone)]
pub struct KeptAnswers(Arc<Cache<Key, Arc<Desk>>>);

/// Where those wait who ask the same.
#[derive(Default)]
struct Desk {
    /// The round that has not begun yet. Who comes while another round runs waits for the next: what that one finds
    /// was read after the question came.
    open: Mutex<Option<Arc<Round>>>,
    /// One round at a time.
    turn: tokio::sync::Mutex<()>,
    answer: Mutex<Option<(Mark, KeptAnswer)>>,
}

type Round = OnceCell<Option<KeptAnswer>>;

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
    /// The answer to the question `key`; `None` where `mark` finds nothing. However many ask at once, one of them looks
    /// at the mark, and only a mark that changed has the answer made anew. No answer is older than its question.
    pub async fn get<T: Serialize>(
        &self,
        key: Key,
        mark: impl AsyncFnOnce() -> Result<Option<Mark>, Problem>,
        make: impl AsyncFnOnce() -> Result<Tagged<T>, Problem>,
    ) -> Result<Option<KeptAnswer>, Problem> {
        let desk = self.0.get_or_insert_with(&key, || Ok::<_, Problem>(Arc::default()))?;
        let round = Arc::clone(locked(&desk.open).get_or_insert_default());
        let find = || async {
            let _turn = desk.turn.lock().await;
            locked(&desk.open).take_if(|open| Arc::ptr_eq(open, &round));
            let Some(mark) = mark().await? else { return Ok(None) };
            let kept = locked(&desk.answer).clone();
            if let Some((_, answer)) = kept.filter(|(of, _)| *of == mark) {
                return Ok(Some(answer));
            }
            let Tagged(version, value) = make().await?;
            let body = serde_json::to_vec(&value).map_err(Problem::internal)?;
            let answer = KeptAnswer { tag: tag(&body, Some(version)).into(), body: body.into() };
            *locked(&desk.answer) = Some((mark, answer.clone()));
            Ok(Some(answer))
        };
        round.get_or_try_init(find).await.cloned()
    }
}

/// Nothing is left half done under these locks, whoever panicked.
fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Responder for KeptAnswer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse<BoxBody> {
        if known(request, &self.tag) {
            return HttpResponse::NotModified().insert_header((header::ETAG, &*self.tag)).finish();
        }
        HttpResponse::Ok().insert_header((header::ETAG, &*self.tag)).content_type("application/json").body(self.body)
    }
}
