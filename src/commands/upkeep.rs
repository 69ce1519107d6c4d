//! What a running server throws away: sessions and wrong passwords that no answer depends on any more.
//!
//! Not journaled: the journal told when the sessions began, went on and ended.

use std::{error::Error, time::Duration};

use crate::{
    clock::SharedClock,
    db::{self, Db},
    identity::{sessions, throttle},
};

const EVERY: Duration = Duration::from_hours(1);

pub(super) fn start(db: &Db, clock: &SharedClock) {
    let (db, clock) = (db.clone(), clock.clone());
    actix_web::rt::spawn(async move {
        loop {
            tokio::time::sleep(EVERY).await;
            let now = clock.now();
            let done = db::write(&db, async |tx| {
                Ok((sessions::forget_expired(tx, now).await?, throttle::forget_old(tx, now).await?))
            });
            match done.await {
                Ok((tokens, attempts)) => tracing::debug!(tokens, attempts, "forgotten"),
                Err(problem) => {
                    tracing::warn!(cause = problem.source().map(ToString::to_string), "nothing was forgotten");
                }
            }
        }
    });
}
