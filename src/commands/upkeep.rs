//! What a running server throws away: sessions and wrong passwords that no answer depends on any more, and files that
//! nothing refers to.
//!
//! Not journaled: the journal told when the sessions began, went on and ended, and which file came and went.

use std::{error::Error, time::Duration};

use crate::{
    clock::SharedClock,
    db::{self, Db},
    files::{self, Files},
    identity::{sessions, throttle},
    resources::campaigns,
    telemetry,
};

const EVERY: Duration = Duration::from_hours(1);

/// How long figures may pile up.
const SUM_UP_EVERY: Duration = Duration::from_secs(5);

/// How long a file may lie in the store before something refers to it: its upload is still running.
const GRACE: chrono::TimeDelta = chrono::TimeDelta::hours(1);

pub(super) fn start(db: &Db, files: &Files, clock: &SharedClock) {
    let (db, files, clock) = (db.clone(), files.clone(), clock.clone());
    actix_web::rt::spawn(async {
        loop {
            tokio::time::sleep(SUM_UP_EVERY).await;
            telemetry::sum_up();
        }
    });
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
            match campaigns::remind(&db, now).await {
                Ok(reminded) => tracing::debug!(reminded, "provinces reminded of their reports"),
                Err(problem) => {
                    tracing::warn!(cause = problem.source().map(ToString::to_string), "nobody was reminded");
                }
            }
            match files::sweep(&db, &files, now - GRACE).await {
                Ok(swept) => tracing::debug!(swept, "files swept"),
                Err(problem) => {
                    tracing::warn!(cause = problem.source().map(ToString::to_string), "files were not swept");
                }
            }
        }
    });
}
