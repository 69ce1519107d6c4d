//! How long the ranking of a whole cycle takes over HTTP: 34 provinces × 120 leaves, read from the database and computed
//! twice, as it is and under one hypothetical change.
//!
//! `cargo bench --bench ranking_over_http` prints the median and the slowest; it fails above 60 ms at the median.

mod reader;
mod year;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use actix_cors::Cors;
use actix_web::HttpServer;
use entity::vocab::Role;
use reader::read;
use thidua::{
    app,
    clock::{Clock, SystemClock},
    db::Db,
    domain::policy::Account,
    files::Files,
    http::{KeptAnswers, State},
    identity::{Identity, KeyPair, Keys},
};
use tokio::net::TcpStream;
use uuid::Uuid;
use year::{LEAVES, SECTIONS, year};

const PROVINCES: i32 = 34;
const ROUNDS: usize = 100;
const MOST: Duration = Duration::from_millis(60);

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&format!("sqlite://{}", folder.path().join("bench.db").display()), 8).await?;
    db.migrate().await?;
    let cycle = year(&db, PROVINCES).await?;
    let identity = Identity::new("bench".into(), Keys::new(&KeyPair::generate(), &[])?);
    let account = Account { id: Uuid::now_v7(), role: Role::Auditor, province_id: None };
    let (token, _) = identity.issue(account, false, SystemClock.now())?;
    let state =
        State { db, clock: Arc::new(SystemClock), identity, files: Files::in_memory(), kept: KeptAnswers::default() };
    let server = HttpServer::new(move || app::app(state.clone(), Cors::default())).workers(1).bind("127.0.0.1:0")?;
    let at = *server.addrs().first().ok_or("no address")?;
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);

    let body = r#"{"changes":[]}"#;
    let request = format!(
        "POST /api/v1/cycles/{cycle}/ranking/preview HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(at).await?;
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
    handle.stop(false).await;
    if middle > MOST { Err(format!("more than {MOST:?}").into()) } else { Ok(()) }
}
