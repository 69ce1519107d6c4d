//! What the layers cost: one item read through all of them (authentication, policy, SQL, JSON, metrics)
//! against a bare actix-web and sea-orm handler that reads the same row, same database, same process, turn by turn.
//!
//! `cargo bench --bench one_item` prints the requests a second of each turn and the median ratio.

mod load;

use std::sync::Arc;

use actix_cors::Cors;
use actix_web::{App, HttpResponse, HttpServer, dev::ServerHandle, web};
use entity::{cluster, vocab::Role};
use load::{compare, get, started};
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
use uuid::Uuid;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&format!("sqlite://{}", folder.path().join("bench.db").display()), 8).await?;
    db.migrate().await?;
    let id = row(&db).await?;
    let identity = Identity::new("bench".into(), Keys::new(&KeyPair::generate(), &[])?);
    let account = Account { id: Uuid::now_v7(), role: Role::Auditor, province_id: None };
    let (token, _) = identity.issue(account, false, SystemClock.now())?;
    let state = State::new(db.clone(), Arc::new(SystemClock), identity, Files::in_memory());

    let (layers, layers_at) = serve_layers(state)?;
    let (plain, plain_at) = serve_bare(db)?;
    let through = format!("GET /api/v1/clusters/{id} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n");
    let around = format!("GET /bare/{id} HTTP/1.1\r\nHost: bench\r\n\r\n");
    for (at, request) in [(layers_at, &through), (plain_at, &around)] {
        let row: serde_json::Value = serde_json::from_slice(&get(at, request).await?)?;
        println!("{at} reads {:?}", row.get("id"));
    }
    compare((layers_at, &through), (plain_at, &around)).await?;
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
