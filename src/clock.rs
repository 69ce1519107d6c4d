//! The only place that reads the time.

use std::sync::Arc;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// Tells the time; tests bring their own.
pub trait Clock: Send + Sync {
    /// Now, to the millisecond, so that both databases store exactly what was said.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock as it is shared by all workers.
pub type SharedClock = Arc<dyn Clock>;

/// The clock of the machine.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
    fn now(&self) -> DateTime<Utc> {
        let now = Utc::now();
        now.duration_trunc(TimeDelta::milliseconds(1)).unwrap_or(now)
    }
}
