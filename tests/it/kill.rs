//! Stories of a program that ends in the middle of finalising, killed from outside: all is stored, or nothing.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use entity::{
    cycle, journal_entry, ranking, ranking_proof, score, scorecard,
    vocab::{CycleState, RankingState, ScorecardState},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use thidua::{
    clock::{Clock, SystemClock},
    db,
    identity::{Identity, KeyPair, Keys},
};
use uuid::Uuid;

use super::{
    results::Year,
    start::start,
    support::{House, secretary},
};

/// How long after the request the program is killed, in milliseconds.
const MOMENTS: [u64; 6] = [0, 1, 2, 5, 10, 20];

/// How many moments more are sought around the commit, where it is most delicate.
const NARROWER: usize = 16;

const SHEETS: u64 = 3;
const LINES: u64 = 15;

/// What there is of a cycle and its result.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    state: CycleState,
    version: i32,
    finalized: bool,
    final_sheets: u64,
    final_lines: u64,
    rankings: u64,
    proofs: u64,
    journal: u64,
}

/// Looks with connections of its own, behind whatever the killed program left to the database to finish.
async fn look(house: &House, cycle_id: Uuid) -> Found {
    let house = house.replica().await;
    let found = db::write(&house.state.db, async |tx| {
        // On PostgreSQL a commit may be under way although who asked for it is dead: it holds the row, so wait for it.
        let cycle = cycle::Entity::find_by_id(cycle_id).lock_exclusive().one(tx).await?.unwrap();
        let cards = scorecard::Entity::find().filter(scorecard::Column::CycleId.eq(cycle_id));
        let lines = score::Entity::find().filter(score::Column::FinalAt.is_not_null());
        let rankings = ranking::Entity::find().filter(ranking::Column::CycleId.eq(cycle_id));
        let journal = journal_entry::Entity::find().filter(journal_entry::Column::CycleId.eq(cycle_id));
        Ok(Found {
            state: cycle.state,
            version: cycle.version,
            finalized: cycle.finalized_at.is_some(),
            final_sheets: cards.filter(scorecard::Column::State.eq(ScorecardState::Final)).count(tx).await?,
            final_lines: lines.count(tx).await?,
            rankings: rankings.count(tx).await?,
            proofs: ranking_proof::Entity::find().count(tx).await?,
            journal: journal.count(tx).await?,
        })
    })
    .await
    .unwrap();
    house.state.db.close().await.unwrap();
    found
}

/// Checks that the newest ranking proves itself, then takes it all back for another try.
async fn check_and_reopen(house: &House, cycle_id: Uuid) {
    let house = house.replica().await;
    let newest = ranking::Entity::find().order_by_desc(ranking::Column::Number);
    let newest = newest.one(house.state.db.reader()).await.unwrap().unwrap();
    assert_eq!(newest.state, RankingState::Provisional);
    let verified = house.post(secretary(), &format!("/rankings/{}/verify", newest.id), Value::Null).await.expect(200);
    assert_eq!(verified.body["holds"], true, "{:#}", verified.body);
    let reason = json!({ "reason": "Lần sau" });
    house.step(secretary(), &format!("/cycles/{cycle_id}/reopen"), "*", reason).await.expect(200);
    house.state.db.close().await.unwrap();
}

/// When the program is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// The request is not yet whole.
    Early,
    /// So long after the request.
    After(Duration),
    /// Where a moment before left nothing, later; where it left all, sooner.
    Between,
    /// As soon as the answer begins.
    Answered,
}

#[actix_web::test]
async fn a_finalisation_that_is_killed_leaves_nothing_or_all() {
    let year = Year::appraised().await;
    let (house, cycle_id) = (&year.house, year.cycle_id);
    house.state.db.clone().close().await.unwrap();
    let pair = KeyPair::generate();
    let pem = pair.to_pem().unwrap();
    let identity = Identity::new("thidua".to_owned(), Keys::new(&pair, &[]).unwrap());
    let token = identity.issue(secretary().unwrap(), false, SystemClock.now()).unwrap().0;
    let request = format!(
        "POST /api/v1/cycles/{cycle_id}/finalize HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\nIf-Match: *\r\nContent-Length: 0\r\n\r\n"
    );
    // The delay after which the program has probably just committed, and the step towards a better guess.
    let (mut edge, mut step) = (Duration::ZERO, Duration::ZERO);
    let fixed = MOMENTS.map(|delay| Moment::After(Duration::from_millis(delay)));
    let moments = [Moment::Early, Moment::Answered].into_iter().chain(fixed).chain([Moment::Between; NARROWER]);
    for moment in moments {
        let before = look(house, cycle_id).await;
        assert_eq!(before.state, CycleState::Appraisal);
        let mut server = start(house.database(), &[("THIDUA_SIGNING_KEY", &pem)]);
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let mut answer = vec![];
        match moment {
            Moment::Early => stream.write_all(&request.as_bytes()[..request.len() - 2]).unwrap(),
            Moment::After(delay) => {
                stream.write_all(request.as_bytes()).unwrap();
                thread::sleep(delay);
            }
            Moment::Between => {
                stream.write_all(request.as_bytes()).unwrap();
                thread::sleep(edge);
            }
            Moment::Answered => {
                let asked = Instant::now();
                stream.write_all(request.as_bytes()).unwrap();
                answer.resize(1, 0);
                stream.read_exact(&mut answer).unwrap();
                (edge, step) = (asked.elapsed(), asked.elapsed() / 4);
            }
        }
        server.kill();
        // What was sent before the end arrives; that the connection broke is what this story is about.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split(' ').nth(1);
        let after = look(house, cycle_id).await;
        match status {
            None => {}
            Some("200") => assert_eq!(after.state, CycleState::Finalized, "{moment:?}: acknowledged, and lost"),
            Some(_) => panic!("{moment:?}: {answer}"),
        }
        match moment {
            Moment::Early => assert_eq!(after.state, CycleState::Appraisal),
            Moment::Answered => assert_eq!(status, Some("200")),
            Moment::Between => {
                let done = after.state == CycleState::Finalized;
                edge = if done { edge.saturating_sub(step) } else { edge + step };
                step = (step * 2 / 3).max(Duration::from_micros(200));
            }
            Moment::After(_) => {}
        }
        if after.state == CycleState::Appraisal {
            assert_eq!(after, before, "{moment:?}: nothing of it");
            continue;
        }
        let all = Found {
            state: CycleState::Finalized,
            version: before.version + 1,
            finalized: true,
            final_sheets: SHEETS,
            final_lines: LINES,
            rankings: before.rankings + 1,
            proofs: before.proofs + 1,
            // The sheets, the ranking, the cycle.
            journal: before.journal + SHEETS + 2,
        };
        assert_eq!(after, all, "{moment:?}: all of it");
        check_and_reopen(house, cycle_id).await;
    }
}
