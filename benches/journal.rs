//! How long a page of the journal takes out of 1,000,000 entries: the first, one in the middle and the last, under each
//! filter.
//!
//! `cargo bench --bench journal` prints the median of each page over HTTP; it fails where one list has a page that takes
//! more than 1.5 times as long as another one.

mod paging;
mod server;

use std::{error::Error, time::Instant};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{journal_entry, vocab::ActorKind};
use paging::compare;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use server::{Ground, Server};
use thidua::db;
use uuid::Uuid;

const ENTRIES: usize = 1_000_000;
/// Entries of one statement, within what both databases bind.
const BATCH: usize = 1_000;
/// Batches of one transaction.
const AT_ONCE: usize = 20;
/// Cycles, actors and kinds of things that the entries are about, in turn.
const CYCLES: u128 = 100;
const ACTORS: u128 = 50;
const KINDS: [&str; 5] = ["score", "scorecard", "pledge", "target", "membership"];

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ground = Ground::prepare().await?;
    let begun = Instant::now();
    fill(&ground).await?;
    println!("{ENTRIES} entries, put in within {:.1?}", begun.elapsed());
    let server = Server::start(ground.db.clone())?;
    let lists = [
        ("all", String::new()),
        ("oldest first", "&sort=at".to_owned()),
        ("of one kind of thing", "&resource_type=score".to_owned()),
        ("of one action", "&action=pledge.update".to_owned()),
        ("of one cycle", format!("&cycle_id={}", Uuid::from_u128(7))),
        ("by one person", format!("&actor_id={}", Uuid::from_u128(7))),
    ];
    let compared = compare(&server, "/api/v1/journal", lists).await;
    server.stop().await;
    compared
}

/// One entry a second.
async fn fill(ground: &Ground) -> Result<(), Box<dyn Error>> {
    let start: DateTime<Utc> = "2024-01-01T00:00:00Z".parse()?;
    let numbers: Vec<usize> = (0..ENTRIES).collect();
    for many in numbers.chunks(BATCH * AT_ONCE) {
        db::write(&ground.db, async |tx| {
            for some in many.chunks(BATCH) {
                let rows = some.iter().map(|number| entry(*number, start));
                journal_entry::Entity::insert_many(rows).exec_without_returning(tx).await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

fn entry(number: usize, start: DateTime<Utc>) -> journal_entry::ActiveModel {
    let nth = u128::try_from(number).unwrap_or_default();
    let kind = KINDS.get(number % KINDS.len()).copied().unwrap_or_default();
    let seconds = TimeDelta::seconds(i64::try_from(number).unwrap_or_default());
    journal_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        at: Set(start + seconds),
        actor_kind: Set(ActorKind::User),
        actor_id: Set(Some(Uuid::from_u128(nth % ACTORS))),
        request_id: Set(format!("request-{number}")),
        action: Set(format!("{kind}.update")),
        resource_type: Set(kind.to_owned()),
        resource_id: Set(Uuid::from_u128(nth / 10)),
        resource_version: Set(2),
        cycle_id: Set(Some(Uuid::from_u128(nth % CYCLES))),
        before: Set(Some(json!({ "version": 1, "self_points": 18.5 }))),
        after: Set(Some(json!({ "version": 2, "self_points": 19.25 }))),
    }
}
