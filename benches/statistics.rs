//! Statistics over 20 years of 63 provinces, over HTTP.
//!
//! `cargo bench --bench statistics` prints the median of each question; it fails above 50 ms. That the number of statements
//! is constant is a story of the tests.

mod decades;
mod server;

use std::{
    error::Error,
    time::{Duration, Instant},
};

use decades::{PROVINCES, YEARS, decades};
use server::{Ground, Server, read};

const ROUNDS: usize = 100;
/// Rounds before these, which are not counted.
const WARM: usize = 10;
const MOST: Duration = Duration::from_millis(50);

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ground = Ground::prepare().await?;
    let begun = Instant::now();
    let province = decades(&ground.db).await?;
    println!("{YEARS} years of {PROVINCES} provinces, put in within {:.1?}", begun.elapsed());
    let server = Server::start(ground.db.clone())?;
    let mut stream = server.connect().await?;
    let mut slowest = Duration::ZERO;
    for path in [
        "/api/v1/statistics/results".to_owned(),
        "/api/v1/statistics/results?group_by=province".to_owned(),
        "/api/v1/statistics/results?group_by=year,cluster,province".to_owned(),
        "/api/v1/statistics/targets?group_by=year,cluster".to_owned(),
        "/api/v1/statistics/targets?group_by=year,province".to_owned(),
        "/api/v1/statistics/awards?group_by=year,award_type".to_owned(),
        "/api/v1/statistics/awards?group_by=year,cluster,province,award_type".to_owned(),
        format!("/api/v1/provinces/{province}/statistics?through_mergers=true"),
    ] {
        let ask = server.ask("GET", &path, "");
        let mut times = vec![];
        let mut bytes = 0;
        for round in 0..ROUNDS + WARM {
            let begun = Instant::now();
            bytes = read(&mut stream, &ask, Duration::ZERO).await?;
            if round >= WARM {
                times.push(begun.elapsed());
            }
        }
        times.sort_unstable();
        let median = times.get(ROUNDS / 2).copied().unwrap_or_default();
        println!("{path}: {median:.1?} at p50, {bytes} bytes");
        slowest = slowest.max(median);
    }
    server.stop().await;
    if slowest > MOST { Err(format!("{slowest:.1?} at p50").into()) } else { Ok(()) }
}
