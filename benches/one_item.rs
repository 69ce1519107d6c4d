//! What the layers cost: one item read through all of them (authentication, policy, SQL, JSON, metrics)
//! against a bare actix-web and sea-orm handler that reads the same row, same database, same process, turn by turn.
//!
//! `cargo bench --bench one_item` prints the requests a second of each turn and the median ratio.

#![expect(clippy::indexing_slicing, reason = "the harness reads into buffers it sized itself")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use actix_cors::Cors;
use actix_web::{App, HttpResponse, HttpServer, dev::ServerHandle, web};
use entity::{cluster, vocab::Role};
use sea_orm::{ActiveValue::Set, EntityTrait};
use thidua::{
    app,
    clock::{Clock, SystemClock},
    db::{self, Db},
    domain::policy::Account,
    files::Files,
    http::State,
    identity::{Identity, KeyPair, Keys},
    problem::Problem,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

const TURNS: usize = 7;
const TURN: Duration = Duration::from_secs(3);
const CONNECTIONS: usize = 16;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&format!("sqlite://{}", folder.path().join("bench.db").display()), 8).await?;
    db.migrate().await?;
    let id = row(&db).await?;
    let identity = Identity::new("bench".into(), Keys::new(&KeyPair::generate(), &[])?);
    let account = Account { id: Uuid::now_v7(), role: Role::Auditor, province_id: None };
    let (token, _) = identity.issue(account, false, SystemClock.now())?;
    let state = State { db: db.clone(), clock: Arc::new(SystemClock), identity, files: Files::in_memory() };

    let (layers, layers_at) = serve_layers(state)?;
    let (plain, plain_at) = serve_bare(db)?;
    let through = format!("GET /api/v1/clusters/{id} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n");
    let around = format!("GET /bare/{id} HTTP/1.1\r\nHost: bench\r\n\r\n");
    hammer(layers_at, &through, Duration::from_secs(1)).await?;
    hammer(plain_at, &around, Duration::from_secs(1)).await?;
    let mut ratios = vec![];
    for turn in 1..=TURNS {
        let a = hammer(layers_at, &through, TURN).await?;
        let b = hammer(plain_at, &around, TURN).await?;
        let percent = a * 100 / b.max(1);
        println!("turn {turn}: all layers {a} requests/s, bare handler {b} requests/s, {percent} %");
        ratios.push(percent);
    }
    ratios.sort_unstable();
    println!("median: {} % of the bare handler", ratios[TURNS / 2]);
    layers.stop(false).await;
    plain.stop(false).await;
    Ok(())
}

async fn row(db: &Db) -> Result<Uuid, Problem> {
    let now = SystemClock.now();
    db::write(db, async |tx| {
        let id = Uuid::now_v7();
        let row = cluster::ActiveModel {
            id: Set(id),
            code: Set("BENCH".into()),
            name: Set("Cụm thi đua các tỉnh Trung du và miền núi phía Bắc".into()),
            name_en: Set("Cluster of Northern midland and mountainous provinces".into()),
            overseer_name: Set(None),
            overseer_title: Set(None),
            name_key: Set(String::new()),
            search_text: Set(String::new()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        };
        cluster::Entity::insert(row).exec_without_returning(tx).await?;
        Ok(id)
    })
    .await
}

fn serve_layers(state: State) -> std::io::Result<(ServerHandle, std::net::SocketAddr)> {
    let server = HttpServer::new(move || app::app(state.clone(), Cors::default())).workers(1).bind("127.0.0.1:0")?;
    started(&server.addrs(), server.run())
}

/// What a newcomer to both crates would write.
fn serve_bare(db: Db) -> std::io::Result<(ServerHandle, std::net::SocketAddr)> {
    let server = HttpServer::new(move || {
        let db = db.clone();
        App::new().route(
            "/bare/{id}",
            web::get().to(move |request: actix_web::HttpRequest| {
                let db = db.clone();
                async move {
                    let id = request.match_info().query("id").parse::<Uuid>().unwrap_or_default();
                    match cluster::Entity::find_by_id(id).one(db.reader()).await {
                        Ok(Some(row)) => HttpResponse::Ok().json(row),
                        _ => HttpResponse::NotFound().finish(),
                    }
                }
            }),
        )
    });
    let server = server.workers(1).bind("127.0.0.1:0")?;
    started(&server.addrs(), server.run())
}

fn started(
    at: &[std::net::SocketAddr],
    server: actix_web::dev::Server,
) -> std::io::Result<(ServerHandle, std::net::SocketAddr)> {
    let handle = server.handle();
    actix_web::rt::spawn(server);
    at.first().map(|at| (handle, *at)).ok_or_else(|| std::io::Error::other("no address"))
}

/// Requests a second over keep-alive connections; every answer must be a 200.
async fn hammer(at: std::net::SocketAddr, request: &str, how_long: Duration) -> std::io::Result<u64> {
    let (over, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let begun = Instant::now();
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| {
            let (over, answered, request) = (Arc::clone(&over), Arc::clone(&answered), request.to_owned());
            actix_web::rt::spawn(async move {
                let mut stream = TcpStream::connect(at).await?;
                let mut buffer = vec![0; 16 * 1024];
                while !over.load(Ordering::Relaxed) {
                    stream.write_all(request.as_bytes()).await?;
                    read_answer(&mut stream, &mut buffer).await?;
                    answered.fetch_add(1, Ordering::Relaxed);
                }
                std::io::Result::Ok(())
            })
        })
        .collect();
    tokio::time::sleep(how_long).await;
    over.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.map_err(std::io::Error::other)??;
    }
    let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(answered.load(Ordering::Relaxed) * 1000 / milliseconds.max(1))
}

/// Reads one answer with a `Content-Length`.
async fn read_answer(stream: &mut TcpStream, buffer: &mut [u8]) -> std::io::Result<()> {
    let mut have = 0;
    loop {
        let read = stream.read(&mut buffer[have..]).await?;
        if read == 0 {
            return Err(std::io::Error::other("the server hung up"));
        }
        have += read;
        let text = String::from_utf8_lossy(&buffer[..have]);
        let Some(end) = text.find("\r\n\r\n") else { continue };
        if !text.starts_with("HTTP/1.1 200") {
            return Err(std::io::Error::other(text.lines().next().unwrap_or_default().to_owned()));
        }
        let length = text.to_ascii_lowercase();
        let length =
            length.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
        if have >= end + 4 + length.unwrap_or(0) {
            return Ok(());
        }
    }
}
