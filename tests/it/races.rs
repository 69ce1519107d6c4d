//! Stories of many who write one scorecard at once: two appraisers, the head and the province, before two replicas of the
//! service.

use std::{collections::BTreeSet, time::Duration};

use entity::{journal_entry, vocab::CycleState};
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use tokio::time::timeout;

use super::{
    appraisal::{Stage, line, stage},
    fixtures::{self, move_cycle},
    support::{House, Reply},
};

const ROUNDS: usize = 50;

/// Who waits longer than this for all rounds together stands in a deadlock.
const PATIENCE: Duration = Duration::from_mins(1);

/// Lines that are written; each story looks at all five.
const CODES: [&str; 5] = ["I.1", "I.2", "II.1", "II.2", "II.3"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Writer {
    One,
    Two,
    Head,
    Province,
}

use Writer::{Head, One, Province, Two};

/// A sheet, the writers, and what each of those who were told `200` has written.
struct Arena {
    stage: Stage,
    replica: House,
    second: Option<Account>,
    expected: Value,
    log: Vec<(i32, &'static str)>,
}

/// What a sheet says of the things the writers change.
fn told(card: &Reply) -> Value {
    let mut told = json!({});
    for name in ["version", "state", "return_reason"] {
        told[name] = card.body[name].clone();
    }
    for code in CODES {
        let found = line(card, code);
        told[code] = json!({
            "self": [found["self"]["points"], found["self"]["note"]],
            "appraised": [found["appraised"]["points"], found["appraised"]["reason"]],
        });
    }
    told
}

impl Arena {
    async fn open() -> Self {
        let stage = stage().await;
        let card = stage.submitted().await;
        move_cycle(&stage.house, stage.cycle_id, CycleState::Appraisal).await;
        let second = fixtures::appraiser(&stage.house, stage.cycle_id, None).await;
        let log = vec![(2, "scorecard.put_scores"), (3, "scorecard.submit")];
        Self { replica: stage.house.replica().await, second, expected: told(&card), stage, log }
    }

    /// What a writer asks for in a round. The two appraisers share a line.
    fn body(&self, writer: Writer, round: usize) -> Value {
        let judged = |points: Value| json!({ "appraised_points": points, "appraisal_reason": words(writer, round) });
        match writer {
            One => self.stage.lines(&[("I.2", judged(json!(round % 20))), ("II.3", judged(json!(-1)))]),
            Two => self.stage.lines(&[("II.2", judged(json!(round % 5))), ("II.3", judged(json!(-2)))]),
            Head => json!({ "reason": words(writer, round) }),
            Province => {
                let own = json!({ "self_points": round % 20, "self_note": words(writer, round) });
                self.stage.lines(&[("I.2", own)])
            }
        }
    }

    async fn write(&self, writer: Writer, round: usize, etag: &str) -> Reply {
        let (first, card, body) = (&self.stage.house, self.stage.card(), self.body(writer, round));
        match writer {
            One => first.put(self.stage.appraiser, &format!("{card}/appraisal"), etag, body).await,
            Two => self.replica.put(self.second, &format!("{card}/appraisal"), etag, body).await,
            Head => first.step(self.stage.head(), &format!("{card}/return"), etag, body).await,
            Province => self.replica.put(self.stage.officer(), &format!("{card}/scores"), etag, body).await,
        }
    }

    /// Takes down what a writer has been told is stored.
    fn note(&mut self, writer: Writer, round: usize) {
        let (words, expected) = (json!(words(writer, round)), &mut self.expected);
        let action = match writer {
            One => {
                expected["I.2"]["appraised"] = json!([round % 20, words]);
                expected["II.3"]["appraised"] = json!([-1, words]);
                "scorecard.put_appraisal"
            }
            Two => {
                expected["II.2"]["appraised"] = json!([round % 5, words]);
                expected["II.3"]["appraised"] = json!([-2, words]);
                "scorecard.put_appraisal"
            }
            Head => {
                expected["state"] = json!("returned");
                expected["return_reason"] = words;
                "scorecard.return"
            }
            Province => {
                expected["I.2"]["self"] = json!([round % 20, words]);
                "scorecard.put_scores"
            }
        };
        self.happened(action);
    }

    fn happened(&mut self, action: &'static str) {
        let version = self.version() + 1;
        self.expected["version"] = json!(version);
        self.log.push((version, action));
    }

    fn version(&self) -> i32 {
        self.expected["version"].as_i64().unwrap().try_into().unwrap()
    }

    /// Rounds begin in turn with a sheet the appraisers have and one the province has.
    async fn prepare(&mut self, round: usize) {
        let (state, wanted) = (self.expected["state"] == "submitted", round.is_multiple_of(2));
        if wanted && !state {
            let officer = self.stage.officer();
            let path = format!("{}/submit", self.stage.card());
            self.stage.house.step(officer, &path, "*", Value::Null).await.expect(200);
            self.expected["state"] = json!("submitted");
            self.happened("scorecard.submit");
        } else if !wanted && state {
            // A round's number apart from those of the races.
            self.write(Head, ROUNDS + round, "*").await.expect(200);
            self.note(Head, ROUNDS + round);
        }
    }

    /// All write at once; who was told `200`, in the order of the versions they were told.
    async fn race(&mut self, round: usize, writers: &[Writer], blind: bool) -> Vec<Writer> {
        let first = round / 2 % writers.len();
        let mut writers = writers.to_vec();
        writers.rotate_left(first);
        let seen = join_all(writers.iter().map(async |_| self.stage.read().await)).await;
        let etags: BTreeSet<&str> = seen.iter().map(|card| card.etag().split('-').next().unwrap()).collect();
        assert_eq!((told(&seen[0]), etags.len()), (self.expected.clone(), 1), "round {round}");
        let tags = seen.iter().map(|card| if blind { "*" } else { card.etag() });
        let replies = join_all(writers.iter().zip(tags).map(|(who, etag)| self.write(*who, round, etag))).await;
        let mut won = vec![];
        for (writer, reply) in writers.into_iter().zip(replies) {
            if reply.status == 200 {
                won.push((reply.body["version"].as_i64().unwrap(), writer, reply));
                continue;
            }
            let found = (reply.status, reply.body["type"].as_str().unwrap_or_default());
            let clear = found == (409, "/problems/wrong-state") || (!blind && found == (412, "/problems/stale"));
            assert!(clear, "round {round}, {writer:?}: {:#}", reply.body);
        }
        won.sort_by_key(|(version, ..)| *version);
        for (_, writer, reply) in &won {
            self.note(*writer, round);
            assert_eq!(told(reply), self.expected, "round {round}: {writer:?} was told something else than it wrote");
        }
        assert_eq!(told(&self.stage.read().await), self.expected, "round {round}: what was acknowledged is stored");
        won.into_iter().map(|(_, writer, _)| writer).collect()
    }

    /// Every write that was acknowledged, and no other, is in the journal.
    async fn close(self) {
        let card = self.stage.cards.values().copied();
        let entries = journal_entry::Entity::find()
            .filter(journal_entry::Column::ResourceType.eq("scorecard"))
            .filter(journal_entry::Column::ResourceId.is_in(card))
            .order_by_asc(journal_entry::Column::ResourceVersion);
        let entries = entries.all(self.stage.house.state.db.reader()).await.unwrap();
        let found: Vec<_> = entries.iter().map(|entry| (entry.resource_version, entry.action.as_str())).collect();
        assert_eq!(found, self.log);
        assert_eq!(self.log.len(), usize::try_from(self.version()).unwrap() - 1, "one version for each");
    }
}

/// What a writer writes in a round, and nobody else ever.
fn words(writer: Writer, round: usize) -> String {
    format!("{writer:?}, lần {round}")
}

#[actix_web::test]
async fn of_four_who_saw_one_version_one_wins() {
    let mut arena = Arena::open().await;
    let rounds = async {
        for round in 0..ROUNDS {
            arena.prepare(round).await;
            let theirs = arena.expected["state"] == "submitted";
            let won = arena.race(round, &[One, Two, Head, Province], false).await;
            assert_eq!((won.len(), won == [Province]), (1, !theirs), "round {round}: {won:?}");
        }
    };
    timeout(PATIENCE, rounds).await.unwrap();
    arena.close().await;
}

#[actix_web::test]
async fn of_four_who_write_whatever_there_is_none_is_lost() {
    let mut arena = Arena::open().await;
    let rounds = async {
        for round in 0..ROUNDS {
            arena.prepare(round).await;
            let theirs = arena.expected["state"] == "submitted";
            // In every fourth round the head leaves the sheet where it is.
            let stays = round.is_multiple_of(4);
            let writers: &[Writer] = if stays { &[One, Two, Province] } else { &[One, Two, Head, Province] };
            let won = arena.race(round, writers, true).await;
            // Nobody is refused without a cause: the appraisers have the sheet until it goes back, then the province.
            let sorted: BTreeSet<Writer> = won.iter().copied().collect();
            match won.iter().position(|writer| *writer == Head) {
                None if theirs => assert_eq!((sorted, stays), ([One, Two].into(), true), "round {round}"),
                None => assert_eq!(won, [Province], "round {round}"),
                Some(back) => {
                    let (before, after) = won.split_at(back);
                    assert!(
                        theirs && before.iter().all(|writer| [One, Two].contains(writer)),
                        "round {round}: {won:?}"
                    );
                    assert!(after[1..].iter().all(|writer| *writer == Province), "round {round}: {won:?}");
                }
            }
        }
    };
    timeout(PATIENCE, rounds).await.unwrap();
    arena.close().await;
}
