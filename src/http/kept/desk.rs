//! Where those meet who ask the same.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::OnceCell;

use super::{KeptAnswer, Look, Mark};
use crate::{
    http::{Tagged, reply::tag},
    problem::Problem,
};

/// One question, its last answer, and those who ask it now.
pub(super) struct Desk {
    pub(super) route: &'static str,
    look: Look,
    /// The round that has not begun yet. Who comes while another one runs waits for the next: what that one finds was
    /// read after the question came.
    next: Mutex<Option<Arc<OnceCell<Found>>>>,
    /// One round at a time.
    turn: tokio::sync::Mutex<()>,
    last: Mutex<Option<(Mark, KeptAnswer)>>,
}

/// What a round found, for all who waited for it.
#[derive(Clone)]
enum Found {
    Nothing,
    Answer(KeptAnswer),
    /// What is kept holds no more, and who looked had nothing to make it anew with.
    Stale,
}

impl Desk {
    pub(super) fn new(route: &'static str, look: Look) -> Self {
        Self { route, look, next: Mutex::default(), turn: tokio::sync::Mutex::default(), last: Mutex::default() }
    }

    /// The answer as it is now, made where the one that is kept holds no more; `None` where there is nothing.
    pub(super) async fn answer<T: Serialize>(
        &self,
        make: impl AsyncFn() -> Result<Tagged<T>, Problem>,
    ) -> Result<Option<KeptAnswer>, Problem> {
        let made = async |mark| {
            let Tagged(version, value) = make().await?;
            let body = serde_json::to_vec(&value).map_err(Problem::internal)?;
            let answer = KeptAnswer { tag: tag(&body, Some(version)).into(), body: body.into() };
            *locked(&self.last) = Some((mark, answer.clone()));
            Ok(Found::Answer(answer))
        };
        loop {
            match self.found(&made).await? {
                Found::Answer(answer) => return Ok(Some(answer)),
                Found::Nothing => return Ok(None),
                Found::Stale => {}
            }
        }
    }

    /// The answer that is kept, if it holds.
    pub(super) async fn held(&self) -> Result<Option<KeptAnswer>, Problem> {
        if locked(&self.last).is_none() {
            return Ok(None);
        }
        match self.found(async |_| Ok(Found::Stale)).await? {
            Found::Answer(answer) => Ok(Some(answer)),
            Found::Nothing | Found::Stale => Ok(None),
        }
    }

    /// What the next round finds. However many ask at once, one of them looks.
    async fn found(&self, changed: impl AsyncFnOnce(Mark) -> Result<Found, Problem>) -> Result<Found, Problem> {
        let round = Arc::clone(locked(&self.next).get_or_insert_default());
        let find = || async {
            let _turn = self.turn.lock().await;
            // Whoever is about to ask joins this round.
            tokio::task::yield_now().await;
            locked(&self.next).take_if(|next| Arc::ptr_eq(next, &round));
            let Some(mark) = (self.look)().await? else { return Ok(Found::Nothing) };
            let kept = locked(&self.last).as_ref().filter(|(of, _)| *of == mark).map(|(_, answer)| answer.clone());
            match kept {
                Some(answer) => Ok(Found::Answer(answer)),
                None => changed(mark).await,
            }
        };
        round.get_or_try_init(find).await.cloned()
    }
}

/// Nothing is left half done under these locks, whoever panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
