//! The ranking of a cycle of 34 provinces as the public reads it on the day of publication, against a bare actix-web
//! handler that returns the same bytes, same process, turn by turn.
//!
//! `cargo bench --bench published_ranking` prints the requests a second of each turn and the median ratio; it fails below
//! one half.

mod load;
mod year;

use std::{error::Error, sync::Arc};

use actix_cors::Cors;
use actix_web::{App, HttpResponse, HttpServer, web};
use entity::vocab::RankingState;
use load::{compare, get, started};
use thidua::{
    app,
    clock::{Clock, SystemClock},
    db::{self, Db},
    domain::result::compute,
    files::Files,
    http::State,
    identity::{Identity, KeyPair, Keys},
    journal::Author,
    problem::Problem,
    results::{NewRanking, Sheets, store},
};
use uuid::Uuid;
use year::year;

const PROVINCES: i32 = 34;
const LEAST_PERCENT: u64 = 50;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&format!("sqlite://{}", folder.path().join("bench.db").display()), 8).await?;
    db.migrate().await?;
    let cycle = year(&db, PROVINCES).await?;
    publish(&db, cycle).await?;
    let identity = Identity::new("bench".into(), Keys::new(&KeyPair::generate(), &[])?);
    let state = State::new(db, Arc::new(SystemClock), identity, Files::in_memory());
    let server = HttpServer::new(move || app::app(state.clone(), Cors::default())).workers(1).bind("127.0.0.1:0")?;
    let (layers, layers_at) = started(&server.addrs(), server.run())?;
    let ours = format!("GET /api/v1/cycles/{cycle}/ranking HTTP/1.1\r\nHost: bench\r\n\r\n");

    let body = web::Bytes::from(get(layers_at, &ours).await?);
    println!("{PROVINCES} provinces, {} bytes", body.len());
    let server = HttpServer::new(move || {
        let body = body.clone();
        let answer = move || {
            let body = body.clone();
            async move { HttpResponse::Ok().content_type("application/json").body(body) }
        };
        App::new().route("/bare", web::get().to(answer))
    });
    let server = server.workers(1).bind("127.0.0.1:0")?;
    let (plain, plain_at) = started(&server.addrs(), server.run())?;
    let percent = compare((layers_at, &ours), (plain_at, "GET /bare HTTP/1.1\r\nHost: bench\r\n\r\n")).await?;
    layers.stop(false).await;
    plain.stop(false).await;
    if percent < LEAST_PERCENT { Err(format!("less than {LEAST_PERCENT} %").into()) } else { Ok(()) }
}

/// The ranking of the sheets as they are, published.
async fn publish(db: &Db, cycle: Uuid) -> Result<(), Problem> {
    let now = SystemClock.now();
    let (inputs, _) = Sheets::figures(db.reader(), cycle).await?.provisional()?;
    let outcome = compute(&inputs)?;
    db::write(db, async |tx| {
        let new = NewRanking {
            state: RankingState::Published,
            supersedes_id: None,
            reason: None,
            inputs: &inputs,
            outcome: &outcome,
        };
        store(tx, Author::system("bench", now), new, now).await.map(drop)
    })
    .await
}
