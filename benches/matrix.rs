//! What the largest matrix costs: 63 provinces × 120 leaves at every stage, over HTTP from the database, read slowly.
//!
//! `cargo bench --bench matrix` prints the size of the answer, its time, and by how much the memory of the process grew
//! at most, by the first answer and by all: later ones fill the page caches of further connections to the database. It
//! fails above 20 MB.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_cors::Cors;
use actix_web::HttpServer;
use chrono::{DateTime, Utc};
use entity::{
    cluster, criteria_set, criterion, cycle,
    decimal::Decimal,
    membership, province, score, scorecard,
    vocab::{Certainty, CriteriaSetState, CycleState, MemberRole, Method, ProvinceKind, Role, ScorecardState},
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
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

const PROVINCES: i32 = 63;
const SECTIONS: i32 = 3;
const LEAVES: i32 = 40;
const READS: usize = 20;
/// What the memory may grow by, in kB.
const MOST: u64 = 20_000;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let db = Db::open(&format!("sqlite://{}", folder.path().join("bench.db").display()), 8).await?;
    db.migrate().await?;
    let cycle = year(&db).await?;
    let identity = Identity::new("bench".into(), Keys::new(&KeyPair::generate(), &[])?);
    let account = Account { id: Uuid::now_v7(), role: Role::Auditor, province_id: None };
    let (token, _) = identity.issue(account, false, SystemClock.now())?;
    let state = State { db, clock: Arc::new(SystemClock), identity, files: Files::in_memory() };
    let server = HttpServer::new(move || app::app(state.clone(), Cors::default())).workers(1).bind("127.0.0.1:0")?;
    let at = *server.addrs().first().ok_or("no address")?;
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);

    let ask = |path: &str| {
        format!("GET /api/v1/cycles/{cycle}/{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n\r\n")
    };
    // What every request costs once is not the matrix's.
    let mut stream = TcpStream::connect(at).await?;
    read(&mut stream, &ask("readiness"), Duration::ZERO).await?;
    let before = memory("VmRSS")?;
    fs::write("/proc/self/clear_refs", "5")?;
    let (mut times, mut size, mut first) = (vec![], 0, None);
    for _ in 0..READS {
        let begun = Instant::now();
        size = read(&mut stream, &ask("matrix?detail=leaves"), Duration::ZERO).await?;
        times.push(begun.elapsed());
        first.get_or_insert(memory("VmHWM")?.saturating_sub(before));
    }
    // A reader that takes a breath after every piece.
    read(&mut stream, &ask("matrix?detail=leaves"), Duration::from_millis(5)).await?;
    let grown = memory("VmHWM")?.saturating_sub(before);
    times.sort_unstable();
    let middle = times.get(READS / 2).copied().unwrap_or_default();
    println!("{PROVINCES} × {} cells, {size} bytes, {middle:.1?} in the middle of {READS}", SECTIONS * LEAVES);
    let first = first.unwrap_or_default();
    println!("memory before: {before} kB; grown at most by {first} kB in the first answer, by {grown} kB in all");
    handle.stop(false).await;
    if grown > MOST { Err(format!("more than {MOST} kB").into()) } else { Ok(()) }
}

/// A figure of this process, in kB.
fn memory(name: &str) -> Result<u64, Box<dyn std::error::Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).ok_or("no such figure")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// Reads one answer with a `Content-Length` and throws it away; gives its size.
async fn read(stream: &mut TcpStream, request: &str, pause: Duration) -> std::io::Result<usize> {
    let broken = |why: &str| std::io::Error::other(why.to_owned());
    stream.write_all(request.as_bytes()).await?;
    let mut head = vec![];
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    if !head.starts_with("http/1.1 200") {
        return Err(broken(head.lines().next().unwrap_or_default()));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
    let length = length.ok_or_else(|| broken("no length"))?;
    let (mut left, mut buffer) = (length, vec![0; 16 * 1024]);
    while left > 0 {
        let taken = stream.read(&mut buffer).await?;
        if taken == 0 {
            return Err(broken("the server hung up"));
        }
        left = left.saturating_sub(taken);
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
    }
    Ok(length)
}

/// A cycle in appraisal with every line scored and appraised.
async fn year(db: &Db) -> Result<Uuid, Problem> {
    let now = SystemClock.now();
    db::write(db, async |tx| {
        let cycle_id = cycle_row(tx, now).await?;
        let (set, leaves) = criteria(tx, cycle_id, now).await?;
        for place in 0..PROVINCES {
            sheet(tx, (cycle_id, set), place, &leaves, now).await?;
        }
        Ok(cycle_id)
    })
    .await
}

async fn cycle_row(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Uuid, Problem> {
    let (cluster_id, cycle_id) = (Uuid::now_v7(), Uuid::now_v7());
    let row = cluster::ActiveModel {
        id: Set(cluster_id),
        code: Set("BENCH".into()),
        name: Set("Cụm".into()),
        name_en: Set("Cluster".into()),
        name_key: Set(String::new()),
        search_text: Set(String::new()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    cluster::Entity::insert(row).exec_without_returning(tx).await?;
    let row = cycle::ActiveModel {
        id: Set(cycle_id),
        cluster_id: Set(cluster_id),
        year: Set(2023),
        title: Set("Năm thi đua 2023".into()),
        state: Set(CycleState::Appraisal),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    cycle::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(cycle_id)
}

async fn criteria(tx: &DatabaseTransaction, cycle_id: Uuid, now: DateTime<Utc>) -> Result<(Uuid, Vec<Uuid>), Problem> {
    let set = Uuid::now_v7();
    let row = criteria_set::ActiveModel {
        id: Set(set),
        cycle_id: Set(cycle_id),
        number: Set(1),
        title: Set("Bảng tiêu chí".into()),
        state: Set(CriteriaSetState::Issued),
        ranking_rules: Set(serde_json::json!({ "tie_breakers": [], "classification": null })),
        total_points: Set(Decimal::whole(SECTIONS * LEAVES * 10)),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    criteria_set::Entity::insert(row).exec_without_returning(tx).await?;
    let node = |parent: Option<Uuid>, position: i32, code: String| criterion::ActiveModel {
        id: Set(Uuid::now_v7()),
        criteria_set_id: Set(set),
        parent_id: Set(parent),
        position: Set(position),
        name: Set(format!("Tiêu chí {code}")),
        code: Set(code),
        max_points: Set(parent.map(|_| Decimal::whole(10))),
        method: Set(parent.map(|_| Method::Expert)),
        parameters: Set(parent.map(|_| serde_json::json!({}))),
        evidence_required: Set(false),
        certainty: Set(Certainty::Invented),
        search_text: Set(String::new()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let mut leaves = vec![];
    for section in 1..=SECTIONS {
        let row = node(None, section, section.to_string());
        let parent = row.id.clone().unwrap();
        criterion::Entity::insert(row).exec_without_returning(tx).await?;
        for leaf in 1..=LEAVES {
            let row = node(Some(parent), leaf, format!("{section}.{leaf}"));
            leaves.push(row.id.clone().unwrap());
            criterion::Entity::insert(row).exec_without_returning(tx).await?;
        }
    }
    Ok((set, leaves))
}

async fn sheet(
    tx: &DatabaseTransaction,
    (cycle_id, set): (Uuid, Uuid),
    place: i32,
    leaves: &[Uuid],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let (province_id, card_id) = (Uuid::now_v7(), Uuid::now_v7());
    let row = province::ActiveModel {
        id: Set(province_id),
        code: Set(format!("B{place}")),
        name: Set(format!("Tỉnh thứ {place}")),
        name_en: Set(format!("Province {place}")),
        kind: Set(ProvinceKind::Province),
        valid_from: Set(now.date_naive()),
        valid_to: Set(None),
        name_key: Set(format!("{place:03}")),
        search_text: Set(String::new()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    province::Entity::insert(row).exec_without_returning(tx).await?;
    let row = membership::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        year: Set(2023),
        province_id: Set(province_id),
        role: Set(MemberRole::Member),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    membership::Entity::insert(row).exec_without_returning(tx).await?;
    let row = scorecard::ActiveModel {
        id: Set(card_id),
        cycle_id: Set(cycle_id),
        province_id: Set(province_id),
        criteria_set_id: Set(set),
        state: Set(ScorecardState::Submitted),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    scorecard::Entity::insert(row).exec_without_returning(tx).await?;
    // The note is what a province writes; the matrix leaves it where it is.
    let note = "Báo cáo số 12/BC-UBND ngày 20 tháng 12. ".repeat(20);
    let lines = leaves.iter().map(|leaf| score::ActiveModel {
        id: Set(Uuid::now_v7()),
        scorecard_id: Set(card_id),
        criterion_id: Set(*leaf),
        self_points: Set(Some(Decimal::from_scaled(92_500).unwrap_or_default())),
        self_note: Set(Some(note.clone())),
        appraised_points: Set(Some(Decimal::from_scaled(87_525).unwrap_or_default())),
        final_points: Set(Some(Decimal::from_scaled(87_525).unwrap_or_default())),
        evidence_count: Set(0),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    });
    score::Entity::insert_many(lines).exec_without_returning(tx).await?;
    Ok(())
}
