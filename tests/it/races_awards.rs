//! Stories of many who vote and decide at once, before two replicas of the service: nothing is lost, nothing is double,
//! and whoever is refused hears why.

use std::{collections::BTreeSet, time::Duration};

use entity::{journal_entry, vocab::CycleState};
use futures_util::future::{join, join_all};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::{
    ballots::opened,
    fixtures::{self, Head, Member, award_type, cycle, officer_of, province},
    support::{House, NOBODY, Reply, house, secretary},
};

const ROUNDS: usize = 50;

/// Who waits longer than this for all rounds together stands in a deadlock.
const PATIENCE: Duration = Duration::from_mins(4);

/// A cycle with so many members, before two replicas.
struct Arena {
    house: House,
    replica: House,
    cycle_id: Uuid,
    members: Vec<Uuid>,
}

impl Arena {
    async fn open(state: CycleState, members: usize) -> Self {
        let house = house().await;
        let mut seats = vec![];
        for number in 0..members {
            let id = province(&house, &format!("R{number}"), &format!("Tỉnh {number}")).await;
            seats.push((id, if number == 0 { Head } else { Member }, None));
        }
        let cycle_id = cycle(&house, state, 2023, &seats).await;
        let members = seats.into_iter().map(|(id, ..)| id).collect();
        Self { replica: house.replica().await, house, cycle_id, members }
    }

    /// A replica in turn.
    fn at(&self, turn: usize) -> &House {
        if turn.is_multiple_of(2) { &self.house } else { &self.replica }
    }

    /// A nomination that waits for its decision.
    async fn displayed(&self, province_id: Uuid, award_type_id: Uuid) -> Uuid {
        let id = fixtures::nomination(&self.house, self.cycle_id, province_id, award_type_id).await;
        fixtures::display(&self.house, &id.to_string()).await;
        id
    }

    async fn state(&self, nomination_id: Uuid) -> String {
        let read = self.house.get(secretary(), &format!("/nominations/{nomination_id}")).await.expect(200);
        read.text("/state")
    }

    async fn total(&self, list: &str) -> Value {
        let list = self.house.get(NOBODY, &format!("/{list}?total=true&limit=1")).await.expect(200);
        list.body["page"]["total"].clone()
    }

    /// The entries of the journal for an action.
    async fn told(&self, action: &str) -> u64 {
        let entries = journal_entry::Entity::find().filter(journal_entry::Column::Action.eq(action));
        entries.count(self.house.state.db.reader()).await.unwrap()
    }
}

fn deciding(number: &str, nominations: &[Uuid]) -> Value {
    let award = |id: &Uuid| json!({ "nomination_id": id, "citation": "Đã có thành tích" });
    json!({
        "number": number, "decided_on": "2024-02-28", "authority": "prime_minister",
        "signatory_name": "Nguyễn Văn A", "signatory_title": "Phó Thủ tướng", "title": "Về việc khen thưởng",
        "awards": nominations.iter().map(award).collect::<Vec<_>>(),
    })
}

fn one(number: &str, nomination: Uuid) -> Value {
    json!({
        "nomination_id": nomination, "decision_number": number, "decided_on": "2024-02-28",
        "signatory_name": "Nguyễn Văn B", "signatory_title": "Phó Thủ tướng", "citation": "Đã có thành tích",
    })
}

/// A refusal that says why: the state, or what stands in the way.
#[track_caller]
fn assert_clear(reply: &Reply, round: usize) {
    let slug = reply.body["type"].as_str().unwrap_or_default();
    let clear = [(409, "/problems/wrong-state"), (409, "/problems/blocked"), (412, "/problems/stale")];
    assert!(clear.contains(&(reply.status, slug)), "round {round}: {:#}", reply.body);
}

/// How long somebody hesitates in a round: from not at all to longer than all others need.
fn pause(round: usize, step: u64) -> Duration {
    Duration::from_millis(step * (round % 10) as u64)
}

#[actix_web::test]
async fn no_vote_is_lost_while_the_ballot_closes() {
    let arena = Arena::open(CycleState::Finalized, 21).await;
    let rules = json!({ "secret": true, "quorum_percent": 0, "threshold_percent": 50, "threshold_base": "present" });
    let types = ["BKTTG", "CTDCP", "TTLDXS"];
    let (mut counted, mut late) = (0, 0);
    let rounds = async {
        for round in 0..ROUNDS {
            let nominee = arena.members[round % arena.members.len()];
            let award = award_type(&arena.house, types[round / arena.members.len()]).await;
            let nomination = fixtures::nomination(&arena.house, arena.cycle_id, nominee, award).await;
            let subject = json!({ "kind": "nomination", "nomination_id": nomination });
            let ballot = opened(&arena.house, arena.cycle_id, subject, rules.clone()).await;
            let path = format!("/ballots/{}", ballot.id());
            let voters: Vec<Uuid> = arena.members.iter().copied().filter(|id| *id != nominee).collect();
            assert_eq!(voters.len(), 20);
            let close = async {
                sleep(pause(round, 25)).await;
                arena.at(round).step(secretary(), &format!("{path}/close"), "*", Value::Null).await
            };
            let votes = voters.iter().enumerate().map(async |(turn, voter)| {
                let choice = json!({ "choice": if turn.is_multiple_of(3) { "no" } else { "yes" } });
                arena.at(turn).post(officer_of(*voter), &format!("{path}/votes"), choice).await
            });
            let (closed, votes) = join(close, join_all(votes)).await;
            let closed = closed.expect(200);
            let mut receipts = BTreeSet::new();
            for vote in votes {
                if vote.status == 201 {
                    assert!(receipts.insert((vote.text("/receipt_sha256"), vote.text("/receipt"))));
                } else {
                    vote.problem(409, "wrong-state");
                    late += 1;
                }
            }
            let took_part = &closed.body["result"]["took_part"];
            assert_eq!(took_part, receipts.len(), "round {round}: whoever was told so is counted, and nobody else");
            let listed = arena.house.get(secretary(), &format!("{path}/votes")).await.expect(200);
            let listed: BTreeSet<&str> = listed.body["votes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|vote| vote["receipt_sha256"].as_str().unwrap())
                .collect();
            assert_eq!(listed, receipts.iter().map(|(hash, _)| hash.as_str()).collect(), "round {round}");
            if let Some((_, receipt)) = receipts.first() {
                let hand = json!({ "receipt": receipt });
                let found = arena.replica.post(secretary(), &format!("{path}/find-vote"), hand).await.expect(200);
                assert_eq!(found.body["found"], true, "round {round}: no receipt is lost");
            }
            counted += receipts.len();
        }
    };
    timeout(PATIENCE, rounds).await.unwrap();
    assert_eq!(arena.told("ballot.vote").await, counted as u64);
    assert!(counted > 0 && late > 0, "{counted} in time, {late} late");
    assert_eq!(counted + late, ROUNDS * 20);
}

/// One decides two nominations at once, the other one of the two.
#[actix_web::test]
async fn of_two_decisions_on_one_nomination_one_is_made() {
    let arena = Arena::open(CycleState::Published, 2 * ROUNDS).await;
    let diploma = award_type(&arena.house, "BKTTG").await;
    let (mut both, mut single) = (0, 0);
    let rounds = async {
        for (round, pair) in arena.members.chunks(2).enumerate() {
            let shared = arena.displayed(pair[0], diploma).await;
            let other = arena.displayed(pair[1], diploma).await;
            let first = async {
                sleep(if round % 5 == 0 { Duration::from_millis(150) } else { Duration::ZERO }).await;
                arena.house.post(secretary(), "/decisions", deciding(&format!("A{round}"), &[other, shared])).await
            };
            let second = async {
                sleep(if round % 5 == 1 { Duration::from_millis(150) } else { Duration::ZERO }).await;
                arena.replica.post(secretary(), "/awards", one(&format!("B{round}"), shared)).await
            };
            let (many, alone) = join(first, second).await;
            let states = (arena.state(shared).await, arena.state(other).await);
            match (many.status, alone.status) {
                (201, 409 | 412) => {
                    assert_eq!(states, ("decided".into(), "decided".into()), "round {round}");
                    assert_clear(&alone, round);
                    both += 1;
                }
                (409 | 412, 201) => {
                    assert_eq!(states, ("decided".into(), "public_comment".into()), "round {round}: all or nothing");
                    assert_clear(&many, round);
                    single += 1;
                }
                statuses => panic!("round {round}: {statuses:?} {:#} {:#}", many.body, alone.body),
            }
        }
    };
    timeout(PATIENCE, rounds).await.unwrap();
    assert_eq!(both + single, ROUNDS);
    assert_eq!(
        (arena.total("awards").await, arena.total("decisions").await),
        (json!(2 * both + single), json!(ROUNDS))
    );
    assert_eq!(
        (arena.told("award.decide").await, arena.told("decision.create").await),
        ((2 * both + single) as u64, ROUNDS as u64,)
    );
    assert!(both > 0 && single > 0, "{both} and {single}");
}

#[actix_web::test]
async fn what_is_held_is_not_decided_and_what_is_decided_is_not_held() {
    let arena = Arena::open(CycleState::Published, 2 * ROUNDS).await;
    let diploma = award_type(&arena.house, "BKTTG").await;
    let (mut decided, mut held) = (0, 0);
    let rounds = async {
        for (round, pair) in arena.members.chunks(2).enumerate() {
            let held_up = arena.displayed(pair[0], diploma).await;
            let other = arena.displayed(pair[1], diploma).await;
            let hold = async {
                sleep(if round % 5 == 0 { Duration::from_millis(150) } else { Duration::ZERO }).await;
                let body = json!({ "ground": "press", "reason": "Báo nêu" });
                arena.replica.step(secretary(), &format!("/nominations/{held_up}/hold"), "*", body).await
            };
            let decide = async {
                sleep(if round % 5 == 1 { Duration::from_millis(150) } else { Duration::ZERO }).await;
                arena.house.post(secretary(), "/decisions", deciding(&format!("C{round}"), &[other, held_up])).await
            };
            let (hold, decision) = join(hold, decide).await;
            let states = (arena.state(held_up).await, arena.state(other).await);
            match (hold.status, decision.status) {
                (200, 409 | 412) => {
                    assert_eq!(states, ("on_hold".into(), "public_comment".into()), "round {round}");
                    assert_clear(&decision, round);
                    held += 1;
                }
                (409 | 412, 201) => {
                    assert_eq!(states, ("decided".into(), "decided".into()), "round {round}");
                    assert_clear(&hold, round);
                    decided += 1;
                }
                statuses => panic!("round {round}: {statuses:?} {:#} {:#}", hold.body, decision.body),
            }
        }
    };
    timeout(PATIENCE, rounds).await.unwrap();
    assert_eq!(decided + held, ROUNDS);
    assert_eq!(arena.total("awards").await, 2 * decided);
    assert!(decided > 0 && held > 0, "{decided} and {held}");
}
