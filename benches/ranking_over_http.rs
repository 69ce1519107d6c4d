//! How long the ranking of a whole cycle takes over HTTP: 34 provinces × 120 leaves, read from the database and computed
//! twice, as it is and under one hypothetical change.
//!
//! `cargo bench --bench ranking_over_http` prints the median and the slowest; it fails above 60 ms at the median.

mod server;
mod year;

use std::time::{Duration, Instant};

use server::{Ground, Server, read};
use year::{LEAVES, SECTIONS, year};

const PROVINCES: i32 = 34;
const ROUNDS: usize = 100;
const MOST: Duration = Duration::from_millis(60);

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ground = Ground::prepare().await?;
    let cycle = year(&ground.db, PROVINCES).await?;
    let server = Server::start(ground.db.clone())?;
    let request = server.ask("POST", &format!("/api/v1/cycles/{cycle}/ranking/preview"), r#"{"changes":[]}"#);
    let mut stream = server.connect().await?;
    let mut size = read(&mut stream, &request, Duration::ZERO).await?;
    let mut times = vec![];
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        size = read(&mut stream, &request, Duration::ZERO).await?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    let (middle, slowest) = (times.get(ROUNDS / 2).copied().unwrap_or_default(), times.last().copied());
    let slowest = slowest.unwrap_or_default();
    println!("{PROVINCES} × {} lines, {size} bytes: {middle:.1?} at p50, {slowest:.1?} at most", SECTIONS * LEAVES);
    server.stop().await;
    if middle > MOST { Err(format!("more than {MOST:?}").into()) } else { Ok(()) }
}
