//! What the largest matrix costs: 63 provinces × 120 leaves at every stage, over HTTP from the database, read slowly.
//!
//! `cargo bench --bench matrix` prints the size of the answer, its time, and by how much the memory of the process grew
//! at most, by the first answer and by all: later ones fill the page caches of further connections to the database. It
//! fails above 20 MB.

mod server;
mod year;

use std::{
    fs,
    time::{Duration, Instant},
};

use server::{Ground, Server, read};
use year::{LEAVES, SECTIONS, year};

const PROVINCES: i32 = 63;
const READS: usize = 20;
/// What the memory may grow by, in kB.
const MOST: u64 = 20_000;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ground = Ground::prepare().await?;
    let cycle = year(&ground.db, PROVINCES).await?;
    let server = Server::start(ground.db.clone())?;
    let ask = |path: &str| server.ask("GET", &format!("/api/v1/cycles/{cycle}/{path}"), "");
    // What every request costs once is not the matrix's.
    let mut stream = server.connect().await?;
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
    server.stop().await;
    if grown > MOST { Err(format!("more than {MOST} kB").into()) } else { Ok(()) }
}

/// A figure of this process, in kB.
fn memory(name: &str) -> Result<u64, Box<dyn std::error::Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).ok_or("no such figure")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
