//! Who voted how: nobody finds out from the database, and no vote is lost or counted twice while many vote at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use entity::{ballot_urn, ballot_voter, journal_entry, vocab::CycleState};
use futures_util::future::{join, join_all};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement};
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use super::{
    ballots::{opened, step, vote},
    fixtures::{self, Head, Member, officer_of},
    support::{House, house, secretary},
};

const ROUNDS: usize = 50;
const VOTERS: usize = 20;
const PATIENCE: Duration = Duration::from_mins(4);

/// Members of a published cycle, a draft of the next one, all as candidates.
async fn electorate(house: &House, count: usize) -> (Uuid, Value, Vec<Uuid>) {
    let mut provinces = vec![];
    for number in 0..count {
        provinces.push(fixtures::province(house, &format!("S{number}"), &format!("Tỉnh {number:02}")).await);
    }
    let cluster = fixtures::cluster(house, "Cụm bỏ phiếu").await;
    let seats: Vec<_> =
        provinces.iter().enumerate().map(|(at, id)| (*id, if at == 0 { Head } else { Member }, None)).collect();
    let ending = fixtures::cycle_of(house, cluster, CycleState::Published, 2035, &seats).await;
    let next = fixtures::cycle_of(house, cluster, CycleState::Draft, 2036, &seats).await;
    let subject = json!({ "kind": "election", "elects_cycle_id": next, "office": "head", "candidate_ids": provinces });
    (ending, subject, provinces)
}

fn rules(secret: bool) -> Value {
    json!({
        "secret": secret, "quorum_percent": 0, "threshold_percent": 50, "threshold_base": "all", "own_province_votes": true,
    })
}

/// Every row of every table as text, in the order in which the database keeps them.
async fn dump(house: &House) -> BTreeMap<String, Vec<String>> {
    let db = house.state.db.reader();
    let backend = db.get_database_backend();
    let names = match backend {
        DbBackend::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        _ => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema()",
    };
    let names = db.query_all_raw(Statement::from_string(backend, names)).await.unwrap();
    let mut found = BTreeMap::new();
    for name in names.iter().map(|row| row.try_get::<String>("", "name").unwrap()) {
        let columns = match backend {
            DbBackend::Sqlite => {
                let sql = format!(
                    "SELECT group_concat('coalesce(CASE typeof(\"' || name || '\") WHEN ''blob'' THEN hex(\"' || name || '\") \
                     ELSE \"' || name || '\" END, '''')', ' || '' '' || ') AS one FROM pragma_table_info('{name}')"
                );
                let row = db.query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
                row.try_get::<String>("", "one").unwrap()
            }
            _ => format!("\"{name}\"::text"),
        };
        let sql = format!("SELECT {columns} AS one FROM \"{name}\"");
        let rows = db.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
        let text =
            |row: &sea_orm::QueryResult| row.try_get::<String>("", "one").unwrap().to_lowercase().replace('-', "");
        found.insert(name, rows.iter().map(text).collect());
    }
    found
}

fn bare(id: Uuid) -> String {
    id.simple().to_string()
}

#[actix_web::test]
async fn a_secret_ballot_keeps_votes_and_voters_apart() {
    const REPEATS: usize = 12;
    let house = house().await;
    let (cycle, subject, p) = electorate(&house, 7).await;
    let mut places = BTreeSet::new();
    for _ in 0..REPEATS {
        let ballot = opened(&house, cycle, subject.clone(), rules(true)).await;
        // Always in the same order, each for the next: whoever could tell the order could tell the vote.
        let mut hashes = vec![];
        for (at, voter) in p.iter().enumerate() {
            house.at(&format!("2024-03-01T08:00:{at:02}Z"));
            let receipt = vote(&house, officer_of(*voter), &ballot, json!({ "candidate_id": p[(at + 1) % 7] })).await;
            hashes.push(receipt.expect(201).text("/receipt_sha256"));
        }
        let found = dump(&house).await;
        let id: Uuid = ballot.id().parse().unwrap();
        let urn: Vec<_> = found["ballot_urn"].iter().filter(|row| row.contains(&bare(id))).collect();
        assert_eq!(urn.len(), 1, "one row for all votes: rows of their own would lie in the order in which they came");
        for (table, rows) in &found {
            for row in rows.iter().filter(|row| hashes.iter().any(|hash| row.contains(hash))) {
                assert_eq!(table, "ballot_urn", "a vote outside of the urn: {row}");
                assert!(!row.contains("20240301"), "a vote with a time: {row}");
            }
        }
        let voters = ballot_voter::Entity::find().filter(ballot_voter::Column::BallotId.eq(id));
        let voters = voters.all(house.state.db.reader()).await.unwrap();
        assert!(
            voters.iter().all(|voter| voter.voted && !urn[0].contains(&bare(voter.id))),
            "no voter's id beside a vote"
        );
        let entries = journal_entry::Entity::find().filter(journal_entry::Column::Action.eq("ballot.vote"));
        for entry in entries.all(house.state.db.reader()).await.unwrap() {
            let told = entry.after.unwrap();
            assert_eq!(
                (&told["vote"], told.as_object().unwrap().len()),
                (&Value::Null, 3),
                "the journal knows that, not how"
            );
        }
        let stored = ballot_urn::Entity::find().filter(ballot_urn::Column::BallotId.eq(id));
        let stored = stored.one(house.state.db.reader()).await.unwrap().unwrap().votes;
        let order: Vec<&str> =
            stored.as_array().unwrap().iter().map(|one| one["receipt_sha256"].as_str().unwrap()).collect();
        assert!(order.is_sorted(), "the order of the urn is that of random receipts");
        places.insert(order.iter().position(|hash| *hash == hashes[0]).unwrap());
        step(&house, secretary(), &ballot, "close", Value::Null).await.expect(200);
    }
    // By chance alone twelve first voters share one place of seven once in two thousand million runs.
    assert!(places.len() > 1, "the first vote always lies in the same place: {places:?}");
}

#[actix_web::test]
async fn the_test_of_secrecy_sees_an_open_ballot() {
    let house = house().await;
    let (cycle, subject, p) = electorate(&house, 3).await;
    let ballot = opened(&house, cycle, subject, rules(false)).await;
    vote(&house, officer_of(p[0]), &ballot, json!({ "candidate_id": p[1] })).await.expect(201);
    let id: Uuid = ballot.id().parse().unwrap();
    let voter = ballot_voter::Entity::find().filter(ballot_voter::Column::ProvinceId.eq(p[0]));
    let voter = voter.one(house.state.db.reader()).await.unwrap().unwrap();
    let found = dump(&house).await;
    assert!(found["ballot_urn"].iter().any(|row| row.contains(&bare(id)) && row.contains(&bare(voter.id))));
}

/// Twenty members vote at once, before two replicas, while the ballot is closed.
#[actix_web::test]
async fn every_vote_that_was_taken_is_counted_once() {
    let house = house().await;
    let replica = house.replica().await;
    let (cycle, subject, p) = electorate(&house, VOTERS).await;
    let mut all = 0;
    let rounds = async {
        for round in 0..ROUNDS {
            let ballot = opened(&house, cycle, subject.clone(), rules(round % 2 == 0)).await;
            let ballot = &ballot;
            let cast = join_all(p.iter().enumerate().map(async |(at, voter)| {
                let at_door = if at % 2 == 0 { &house } else { &replica };
                vote(at_door, officer_of(*voter), ballot, json!({ "candidate_id": p[(at + round) % VOTERS] })).await
            }));
            let close = async {
                // Later in some rounds than in others.
                tokio::time::sleep(Duration::from_millis(u64::try_from(round % 10).unwrap() * 15)).await;
                step(&house, secretary(), ballot, "close", Value::Null).await
            };
            let (votes, closed) = join(cast, close).await;
            let closed = closed.expect(200);
            let mut taken = BTreeSet::new();
            for reply in votes {
                match reply.status {
                    201 => assert!(taken.insert(reply.text("/receipt_sha256"))),
                    _ => assert_eq!(reply.problem(409, "wrong-state"), [""; 0]),
                }
            }
            let path = format!("/ballots/{}", ballot.id());
            let counted = house.get(secretary(), &format!("{path}/votes")).await.expect(200);
            let counted: Vec<_> = counted.body["votes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["receipt_sha256"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(counted.iter().cloned().collect::<BTreeSet<_>>(), taken, "round {round}: nothing lost");
            assert_eq!(counted.len(), taken.len(), "round {round}: nothing double");
            let shown = house.get(secretary(), &path).await.expect(200);
            let voted = shown.body["voters"].as_array().unwrap().iter().filter(|voter| voter["voted"] == true).count();
            assert_eq!(
                (&closed.body["result"]["took_part"], voted),
                (&json!(taken.len()), taken.len()),
                "round {round}"
            );
            all += taken.len();
        }
    };
    timeout(PATIENCE, rounds).await.unwrap();
    assert!(all > 0, "in some round somebody came before the ballot was closed");
}
