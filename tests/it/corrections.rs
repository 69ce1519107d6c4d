//! Stories of corrected results: a new ranking with a reason, and what it means for nominations.

use entity::{journal_entry, nomination, ranking, ranking_proof, vocab::NominationState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use thidua::db;
use uuid::Uuid;

use super::{
    fixtures::{self, award_type, exclude, officer_of},
    results::{Year, shown},
    support::{NOBODY, Reply, auditor, secretary},
};

/// A published ranking, 1, 1 and 3, of 90, 90 and 65 points.
async fn published() -> (Year, Reply) {
    let year = Year::appraised().await;
    let ranking = year.finalize().await;
    fixtures::publish(&year.house, year.cycle_id).await;
    let ranking = year.house.get(NOBODY, &format!("/rankings/{}", ranking.id())).await.expect(200);
    (year, ranking)
}

/// The final points of the judged line of a province.
fn line(year: &Year, province: usize, points: i32) -> Value {
    json!({
        "scorecard_id": year.cards[&year.provinces[province]], "criterion_id": year.criterion("I.2"),
        "final_points": points, "reason": "Cộng nhầm",
    })
}

async fn correct(year: &Year, ranking: &Reply, seen: &str, lines: Vec<Value>) -> Reply {
    let body = json!({ "reason": "Kết luận giải quyết khiếu nại số 12/KL", "scores": lines });
    year.house.step(secretary(), &format!("/rankings/{}/correct", ranking.id()), seen, body).await
}

async fn nominate(year: &Year, province: usize, code: &str) -> Reply {
    let body = json!({
        "cycle_id": year.cycle_id, "province_id": year.provinces[province],
        "award_type_id": award_type(&year.house, code).await, "reason": "Thành tích xuất sắc",
        "achievement_kind": "thematic", "achievement": format!("Chuyên đề {code}"),
    });
    year.house.post(secretary(), "/nominations", body).await.expect(201)
}

/// Finding, ranks before and now, and the words, for each nomination in the order they were made.
fn found(corrected: &Reply) -> Vec<Value> {
    let one = |one: &Value| json!([one["finding"], one["place_before"], one["place_now"], one["how"]]);
    corrected.body["nominations"].as_array().unwrap().iter().map(one).collect()
}

#[actix_web::test]
async fn a_correction_is_a_new_ranking_that_names_the_old_one_and_the_reason() {
    let (year, first) = published().await;
    let stored = async |id: String| {
        let id: Uuid = id.parse().unwrap();
        let db = year.house.state.db.reader();
        let proof = ranking_proof::Entity::find().filter(ranking_proof::Column::RankingId.eq(id)).one(db).await;
        let row = ranking::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
        (row.total_points, row.proof_sha256, proof.unwrap().unwrap().content)
    };
    let before = stored(first.id()).await;
    correct(&year, &first, "\"1\"", vec![line(&year, 1, 20)]).await.problem(412, "stale");
    let second = correct(&year, &first, first.etag(), vec![line(&year, 1, 20)]).await.expect(201);
    assert_eq!(second.header("location"), format!("/api/v1/rankings/{}", second.id()));
    let named = ["number", "state", "supersedes_id", "reason"].map(|name| second.body[name].clone());
    assert_eq!(json!(named), json!([2, "published", first.id(), "Kết luận giải quyết khiếu nại số 12/KL"]));
    let places = |ranking: &Reply| shown(ranking).into_iter().map(|(place, total, _)| json!([place, total])).collect();
    let placed: Vec<Value> = places(&second);
    assert_eq!(placed, [json!([1, 90]), json!([2, 70]), json!([3, 65])]);
    assert_eq!(second.body["nominations"], json!([]));

    let old = year.house.get(NOBODY, &format!("/rankings/{}", first.id())).await.expect(200);
    assert_eq!((&old.body["state"], shown(&old)), (&json!("superseded"), shown(&first)));
    assert_eq!(stored(first.id()).await, before, "what was published is what it was");
    for ranking in [&first, &second] {
        let proven = year.house.post(secretary(), &format!("/rankings/{}/verify", ranking.id()), Value::Null).await;
        assert_eq!(proven.body["holds"], true);
    }
    let lines = year.house.get(auditor(), &format!("/scores?cycle_id={}&limit=200", year.cycle_id)).await.expect(200);
    let corrected: Vec<_> = lines
        .column("final")
        .into_iter()
        .filter(|one| one["reason"] == "Cộng nhầm")
        .map(|one| one["points"].clone())
        .collect();
    assert_eq!(corrected, [20]);

    // Only the ranking in force can be corrected, by the secretary alone.
    correct(&year, &first, "*", vec![]).await.problem(409, "wrong-state");
    let path = format!("/rankings/{}/correct", second.id());
    let body = json!({ "reason": "Đính chính", "scores": [] });
    for who in [auditor(), officer_of(year.provinces[0])] {
        year.house.step(who, &path, "*", body.clone()).await.problem(403, "forbidden");
    }
}

#[actix_web::test]
async fn faults_of_a_correction_are_named() {
    let (year, ranking) = published().await;
    let with = |name: &str, value: Value| {
        let mut line = line(&year, 1, 20);
        line[name] = value;
        line
    };
    let nobody = json!(Uuid::now_v7());
    #[rustfmt::skip]
    let cases = [
        (vec![line(&year, 1, 41)],                              "/scores/0/final_points above_maximum"),
        (vec![line(&year, 1, -1)],                              "/scores/0/final_points below_minimum"),
        (vec![line(&year, 1, 20), line(&year, 1, 21)],          "/scores/1/criterion_id duplicate"),
        (vec![with("scorecard_id", nobody.clone())],            "/scores/0/scorecard_id unknown_reference"),
        (vec![with("criterion_id", nobody)],                    "/scores/0/criterion_id unknown_criterion"),
        (vec![with("reason", json!(" "))],                      "/scores/0/reason blank"),
    ];
    for (lines, fault) in cases {
        assert_eq!(correct(&year, &ranking, "*", lines).await.problem(422, "invalid"), [fault]);
    }
    let unchanged = year.house.get(NOBODY, &format!("/cycles/{}/ranking", year.cycle_id)).await.expect(200);
    assert_eq!(unchanged.bytes, ranking.bytes);
}

#[actix_web::test]
async fn open_nominations_are_examined_again_and_decided_ones_are_left_alone() {
    let (year, first) = published().await;
    let kept = nominate(&year, 0, "CTDCP").await;
    let moved = nominate(&year, 1, "BKTTG").await;
    let decided = nominate(&year, 1, "HCLD1").await;
    let withdrawn = nominate(&year, 2, "BKTTG").await;
    set_state(&year, &decided, NominationState::Decided).await;
    set_state(&year, &withdrawn, NominationState::Withdrawn).await;

    let second = correct(&year, &first, "*", vec![line(&year, 1, 20)]).await.expect(201);
    let changed = json!(["rank_changed", 1, 2, "the rank has changed from 1 to 2"]);
    let stands = json!(["stands", 1, 1, "keeps the rank it rests on"]);
    assert_eq!(found(&second), [stands, changed.clone(), changed]);
    let named: Vec<_> = second.body["nominations"].as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
    assert_eq!(named, ["proposed", "proposed", "decided"]);

    let rests = async |reply: &Reply| {
        let now = year.house.get(secretary(), &format!("/nominations/{}", reply.id())).await.expect(200);
        (now.text("/ranking_id"), now.body["version"].as_u64().unwrap())
    };
    assert_eq!(rests(&kept).await, (second.id(), 2));
    for left in [&moved, &decided, &withdrawn] {
        assert_eq!(rests(left).await, (first.id(), 1), "{}", left.body);
    }
    let journal = journal_entry::Entity::find()
        .filter(journal_entry::Column::Action.eq("nomination.re_examine"))
        .order_by_asc(journal_entry::Column::Id)
        .all(year.house.state.db.reader())
        .await
        .unwrap();
    assert_eq!(journal.iter().map(|one| one.resource_id.to_string()).collect::<Vec<_>>(), [kept.id()]);

    // An exclusion alone is a reason for a new ranking, too.
    exclude(&year.house, year.cycle_id, year.provinces[0], Some("Vi phạm nghiêm trọng")).await;
    let third = correct(&year, &second, "*", vec![]).await.expect(201);
    let excluded = json!(["excluded", 1, null, "is excluded from the ranking"]);
    let back = json!(["stands", 1, 1, "keeps the rank it rests on"]);
    assert_eq!(found(&third), [excluded, back.clone(), back]);
    assert_eq!(rests(&kept).await, (second.id(), 2));
    assert_eq!(rests(&moved).await, (third.id(), 2));
    assert_eq!(rests(&decided).await, (first.id(), 1), "decided stays decided");
}

async fn set_state(year: &Year, reply: &Reply, state: NominationState) {
    let row = nomination::ActiveModel { id: Set(reply.id().parse().unwrap()), state: Set(state), ..Default::default() };
    db::write(&year.house.state.db, async |tx| Ok(row.clone().update(tx).await?)).await.unwrap();
}

#[actix_web::test]
async fn a_rule_that_is_no_longer_met_is_told() {
    let year = Year::appraised().await;
    let rule = json!({
        "cycle_id": year.cycle_id, "award_type_id": award_type(&year.house, "BKTTG").await, "place_from": 1, "place_to": 2,
        "min_total": 85, "ties": "all", "ballot_required": false, "reason": "Đạt từ 85 điểm",
    });
    year.house.post(secretary(), "/award-rules", rule).await.expect(201);
    let first = year.finalize().await;
    fixtures::publish(&year.house, year.cycle_id).await;
    let path = format!("/cycles/{}/nominations/propose", year.cycle_id);
    year.house.post(secretary(), &path, Value::Null).await.expect(200);
    let lines = vec![line(&year, 0, 20), line(&year, 1, 30)];
    let second = correct(&year, &first, "*", lines).await.expect(201);
    let unmet = json!(["rule_not_met", 1, 1, "has 80 points, and the rule asks for 85"]);
    assert_eq!(found(&second), [unmet.clone(), unmet]);
    let of = |reply: &Reply| reply.column("ranking_id");
    let rest = of(&year.house.get(secretary(), "/nominations").await.expect(200));
    assert_eq!(rest, [json!(second.id()), json!(second.id())]);
}
