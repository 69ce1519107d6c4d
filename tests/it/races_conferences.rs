//! Stories of many who run one conference at once, before two replicas of the service.

use std::time::Duration;

use entity::{journal_entry, vocab::CycleState};
use futures_util::future::{join, join_all};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use tokio::time::timeout;
use uuid::Uuid;

use super::{
    fixtures::{self, Deputy, Head, Member, officer_of},
    support::{House, Reply, house, secretary},
};

const ROUNDS: usize = 20;

/// Who waits longer than this for all rounds together stands in a deadlock.
const PATIENCE: Duration = Duration::from_mins(2);

/// Two deputies, each before a replica of its own.
struct Arena {
    house: House,
    replica: House,
    cycle_id: Uuid,
    deputies: [Option<Account>; 2],
}

impl Arena {
    async fn open() -> Self {
        let house = house().await;
        let mut ids = vec![];
        for code in ["R1", "R2", "R3", "R4"] {
            ids.push(fixtures::province(&house, code, &format!("Tỉnh {code}")).await);
        }
        let seats =
            [(ids[0], Head, None), (ids[1], Deputy, Some(1)), (ids[2], Deputy, Some(2)), (ids[3], Member, None)];
        let cycle_id = fixtures::cycle(&house, CycleState::Active, 2031, &seats).await;
        let deputies = [officer_of(ids[1]), officer_of(ids[2])];
        Self { replica: house.replica().await, house, cycle_id, deputies }
    }

    /// A conference that can be closed, as it is read.
    async fn ready(&self) -> Reply {
        let plan = json!({
            "cycle_id": self.cycle_id, "kind": "mid_year", "title": "Hội nghị sơ kết", "place": "Hòa Bình",
            "starts_at": "2024-03-01T08:00:00+07:00",
        });
        let path =
            format!("/conferences/{}", self.house.post(secretary(), "/conferences", plan).await.expect(201).id());
        let chairs = json!({ "participants": [{ "role": "chair", "title": "Chủ tịch" }] });
        self.house.put(secretary(), &format!("{path}/participants"), "*", chairs).await.expect(200);
        self.house.patch(secretary(), &path, "*", json!({ "minutes": "Biên bản" })).await.expect(200);
        self.house.step(secretary(), &format!("{path}/open"), "*", Value::Null).await.expect(200)
    }

    /// Entries of the journal on things of one kind.
    async fn told(&self, action: &str) -> u64 {
        let entries = journal_entry::Entity::find().filter(journal_entry::Column::Action.eq(action));
        entries.count(self.house.state.db.reader()).await.unwrap()
    }
}

#[track_caller]
fn assert_clear(refused: &Reply, round: usize) {
    let found = (refused.status, refused.body["type"].as_str().unwrap_or_default());
    let clear = [(409, "/problems/wrong-state"), (412, "/problems/stale")];
    assert!(clear.contains(&found), "round {round}: {:#}", refused.body);
}

#[actix_web::test]
async fn of_two_deputies_who_close_one_conference_one_does() {
    let arena = Arena::open().await;
    let rounds = async {
        for round in 0..ROUNDS {
            let open = arena.ready().await;
            let path = format!("/conferences/{}/close", open.id());
            // In every other round nobody looks at the version.
            let seen = if round.is_multiple_of(2) { open.etag() } else { "*" };
            let (one, two) = join(
                arena.house.step(arena.deputies[0], &path, seen, Value::Null),
                arena.replica.step(arena.deputies[1], &path, seen, Value::Null),
            )
            .await;
            let (won, lost) = if one.status == 200 { (one, two) } else { (two, one) };
            let won = won.expect(200);
            assert_eq!((won.text("/state"), &won.body["version"]), ("closed".into(), &json!(5)), "round {round}");
            assert_clear(&lost, round);
            let read = arena.house.get(secretary(), &format!("/conferences/{}", open.id())).await.expect(200);
            assert_eq!((&read.body["state"], &read.body["version"]), (&json!("closed"), &json!(5)));
            assert_eq!(arena.told("conference.close").await, round as u64 + 1, "one entry for each that was closed");
        }
    };
    timeout(PATIENCE, rounds).await.unwrap();
}

/// Each has a number of its own; none comes after the end.
#[actix_web::test]
async fn resolutions_of_many_are_numbered_one_by_one() {
    let arena = Arena::open().await;
    let rounds = async {
        let (mut made, mut late) = (0, 0);
        for round in 0..ROUNDS {
            let open = arena.ready().await;
            let path = format!("/conferences/{}", open.id());
            let resolve = async |index: usize| {
                let body = json!({ "text": format!("Nghị quyết {index}"), "subject": { "kind": "other" } });
                let at = if index.is_multiple_of(2) { &arena.house } else { &arena.replica };
                at.post(arena.deputies[index % 2], &format!("{path}/resolutions"), body).await
            };
            let resolving = join_all((0..4).map(resolve));
            let end = format!("{path}/close");
            let closing = arena.replica.step(arena.deputies[1], &end, "*", Value::Null);
            let (resolved, closed) = join(resolving, closing).await;
            closed.expect(200);
            let mut told = vec![];
            for reply in resolved {
                if reply.status == 201 {
                    told.push(reply.body["number"].as_i64().unwrap());
                } else {
                    assert_clear(&reply, round);
                    late += 1;
                }
            }
            told.sort_unstable();
            assert_eq!(told, (1..=i64::try_from(told.len()).unwrap()).collect::<Vec<_>>(), "round {round}");
            let list = format!("/resolutions?conference_id={}&sort=number", open.id());
            let stored = arena.house.get(secretary(), &list).await.expect(200).column("number");
            assert_eq!(stored, told.iter().map(|number| json!(number)).collect::<Vec<_>>(), "round {round}");
            made += told.len() as u64;
        }
        assert_eq!((arena.told("resolution.create").await, made + late), (made, 4 * ROUNDS as u64));
    };
    timeout(PATIENCE, rounds).await.unwrap();
}
