//! Stories of the published ranking, which is kept as bytes for the public: never older than its question.

use actix_web::{http::header, test::TestRequest};
use entity::{province, vocab::CycleState};
use futures_util::future::join_all;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use thidua::db;
use uuid::Uuid;

use super::{
    fixtures::{self, move_cycle},
    results::{Year, shown},
    support::{House, NOBODY, Reply, auditor, secretary},
};

/// One statement looks whether what is kept still holds.
const KEPT: usize = 1;

/// It, the ranking, its entries, their sections and provinces; what lies behind the id or the cycle takes one more.
const MADE: usize = 5;

async fn published() -> (Year, Reply) {
    let year = Year::appraised().await;
    let ranking = year.finalize().await;
    for path in paths(&year, &ranking) {
        year.house.get(NOBODY, &path).await.problem(404, "not-found");
    }
    fixtures::publish(&year.house, year.cycle_id).await;
    (year, ranking)
}

fn paths(year: &Year, ranking: &Reply) -> [String; 2] {
    [format!("/rankings/{}", ranking.id()), format!("/cycles/{}/ranking", year.cycle_id)]
}

#[actix_web::test]
async fn everybody_reads_the_same_bytes_and_the_public_reads_them_fast() {
    let (year, ranking) = published().await;
    for path in paths(&year, &ranking) {
        let (first, statements) = year.house.counting(year.house.get(NOBODY, &path)).await;
        assert!((MADE..=MADE + 2).contains(&statements), "{statements} statements");
        let (again, statements) = year.house.counting(year.house.get(NOBODY, &path)).await;
        assert_eq!(statements, KEPT);
        let all = year.house.get(auditor(), &path).await.expect(200);
        for (one, name) in [(&first, "the first"), (&again, "the second")] {
            assert_eq!((one.status, &one.bytes, one.etag()), (200, &all.bytes, all.etag()), "{name} answer");
            assert_eq!(
                (one.header("content-type"), one.header("cache-control")),
                ("application/json", "private, no-cache")
            );
        }
        let says = |reply: &Reply| {
            ["vary", "x-content-type-options"].map(|name| reply.headers.get_all(name).cloned().collect::<Vec<_>>())
        };
        assert_eq!(says(&again), says(&all));
        assert!(!says(&again).concat().is_empty());
        assert_ne!(again.header("x-request-id"), first.header("x-request-id"));
        let request = TestRequest::get().uri(&format!("/api/v1{path}"));
        let known = request.insert_header((header::IF_NONE_MATCH, first.etag()));
        let known = year.house.send(NOBODY, known).await.expect(304);
        assert_eq!((known.bytes.len(), known.etag()), (0, first.etag()));
        year.house.get(NOBODY, &format!("{path}?width=10")).await.problem(400, "bad-parameter");
    }
}

#[actix_web::test]
async fn a_correction_and_a_renamed_province_are_seen_at_once_by_every_replica() {
    let (year, ranking) = published().await;
    let other = year.house.replica().await;
    let [by_id, of_cycle] = paths(&year, &ranking);
    let read = async |house: &House, path: &str| house.get(NOBODY, path).await.expect(200);
    for house in [&year.house, &other] {
        assert_eq!(read(house, &of_cycle).await.body["number"], 1);
        assert_eq!(read(house, &by_id).await.body["state"], "published");
    }

    let corrected = correct(&year, &ranking, 20).await;
    for house in [&year.house, &other] {
        let now = read(house, &of_cycle).await;
        assert_eq!((now.id(), now.bytes), (corrected.id(), year.house.get(auditor(), &of_cycle).await.bytes));
        assert_eq!(read(house, &by_id).await.body["state"], "superseded");
    }

    rename(&year.house, year.provinces[1], "Tỉnh đã đổi tên").await;
    for house in [&year.house, &other] {
        for path in [&by_id, &of_cycle] {
            let body = String::from_utf8(read(house, path).await.bytes).unwrap();
            assert!(body.contains("Tỉnh đã đổi tên"), "{body}");
        }
    }
}

/// The judgement of the second province, corrected by the secretary.
async fn correct(year: &Year, ranking: &Reply, points: i32) -> Reply {
    let province = year.provinces[1];
    let line = json!({
        "scorecard_id": year.cards[&province], "criterion_id": year.criterion("I.2"), "final_points": points,
        "reason": "Cộng nhầm",
    });
    let body = json!({ "reason": "Đính chính điểm", "scores": [line] });
    let path = format!("/rankings/{}/correct", ranking.id());
    year.house.step(secretary(), &path, "*", body).await.expect(201)
}

async fn rename(house: &House, id: Uuid, name: &str) {
    let renamed = province::Entity::update_many()
        .col_expr(province::Column::Name, Expr::value(name))
        .col_expr(province::Column::Version, Expr::col(province::Column::Version).add(1))
        .filter(province::Column::Id.eq(id));
    db::write(&house.state.db, async |tx| Ok(renamed.clone().exec(tx).await?)).await.unwrap();
}

#[actix_web::test]
async fn however_many_ask_at_once_one_of_them_looks() {
    let (year, ranking) = published().await;
    let [_, path] = paths(&year, &ranking);
    let many = join_all((0..50).map(|_| year.house.get(NOBODY, &path)));
    let (answers, statements) = year.house.counting(many).await;
    let bytes = &answers[0].bytes;
    assert!(answers.iter().all(|one| one.status == 200 && one.bytes == *bytes));
    // The first makes it; those who came before it looked share that very look.
    assert_eq!(statements, MADE);
}

#[actix_web::test]
async fn who_hangs_up_leaves_nobody_waiting() {
    let (year, ranking) = published().await;
    let [_, path] = paths(&year, &ranking);
    for patience in 0..20 {
        let impatient = year.house.get(NOBODY, &path);
        let gone = tokio::time::timeout(std::time::Duration::from_micros(patience * 100), impatient).await;
        let patient = join_all((0..3).map(|_| year.house.get(NOBODY, &path))).await;
        assert!(patient.iter().all(|one| one.status == 200), "after {:?}", gone.map(|one| one.status));
    }
}

#[actix_web::test]
async fn a_ranking_that_is_not_published_is_kept_from_the_public() {
    let year = Year::appraised().await;
    let ranking = year.finalize().await;
    for path in paths(&year, &ranking) {
        let head = super::fixtures::officer_of(year.provinces[0]);
        assert_eq!(shown(&year.house.get(head, &path).await.expect(200)), shown(&ranking));
        // Whoever asks before and after finds nothing, as of a ranking that never was.
        for _ in 0..2 {
            year.house.get(NOBODY, &path).await.problem(404, "not-found");
        }
    }
    let nowhere = year.house.get(NOBODY, &format!("/rankings/{}", Uuid::now_v7())).await;
    let hidden = year.house.get(NOBODY, &format!("/rankings/{}", ranking.id())).await;
    let alike = |reply: &Reply| {
        let mut body = reply.body.clone();
        body["instance"] = Value::Null;
        body["request_id"] = Value::Null;
        (reply.status, body)
    };
    assert_eq!(alike(&hidden), alike(&nowhere));
    move_cycle(&year.house, year.cycle_id, CycleState::Appraisal).await;
    year.house.get(NOBODY, &format!("/cycles/{}/ranking", year.cycle_id)).await.problem(404, "not-found");
}
