//! Stories of a cycle's matrix and its statistics.

use std::collections::HashMap;

use actix_web::{http::header, test::TestRequest};
use entity::{decimal::Decimal, score, vocab::CycleState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use thidua::{db, domain::policy::Account};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member, officer_of},
    results::Year,
    support::{House, NOBODY, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                          nobody officer appraiser auditor secretary administrator
    ("GET", "/api/v1/cycles/{id}/matrix",       [401,  404,    404,      404,    404,      404]),
    ("GET", "/api/v1/cycles/{id}/statistics",   [401,  404,    404,      404,    404,      404]),
];

/// A hundred points: 40 and 20 in section I, 40 in section II, and on top of that a bonus and a penalty.
fn form() -> Value {
    let leaf = |code: &str, max: i32| json!({ "code": code, "name": format!("Tiêu chí {code}"), "max_points": max, "method": "expert" });
    let each = json!({ "points_each": 2 });
    json!({ "nodes": [
        { "code": "I", "name": "Kinh tế", "name_en": "Economy", "children": [leaf("I.1", 40), leaf("I.2", 20)] },
        { "code": "II", "name": "Thi đua", "children": [
            leaf("II.1", 40),
            { "code": "II.2", "name": "Thưởng", "method": "bonus", "parameters": each },
            { "code": "II.3", "name": "Trừ", "method": "penalty", "parameters": each },
        ]},
    ]})
}

/// A cycle in appraisal: six provinces, the sixth excluded and not appraised.
struct Stage {
    house: House,
    cycle: Uuid,
    provinces: [Uuid; 6],
    cards: HashMap<Uuid, Uuid>,
    criteria: HashMap<String, Uuid>,
}

/// Self points of I.1, I.2, II.1 and the bonus, and the appraised ones.
#[rustfmt::skip]
const POINTS: [[[Option<&str>; 4]; 2]; 6] = [
    [[Some("38"), Some("18"), Some("36"),   None],      [Some("37"), Some("18"),   Some("36"),   None]],
    [[Some("37"), Some("18"), Some("35"),   None],      [Some("37"), Some("18"),   Some("35"),   None]],
    [[Some("36"), Some("17"), Some("36"),   None],      [Some("36"), Some("16.5"), Some("36"),   None]],
    [[Some("37"), Some("19"), Some("37"),   Some("4")], [Some("37"), Some("19"),   Some("37"),   Some("4")]],
    [[Some("10"), Some("5"),  Some("12"),   None],      [Some("10"), Some("5"),    Some("12.25"), None]],
    [[Some("40"), Some("20"), Some("40"),   None],      [None,       None,         None,         None]],
];

async fn stage() -> Stage {
    let house = house().await;
    let mut provinces = [Uuid::nil(); 6];
    let names = ["Anh thử", "Ánh thử", "Bình thử", "Cao thử", "Đà thử", "Em thử"];
    for (index, (place, name)) in provinces.iter_mut().zip(names).enumerate() {
        *place = fixtures::province(&house, &format!("T{index}"), name).await;
    }
    let [first, second, rest @ ..] = provinces;
    let mut members = vec![(first, Head, None), (second, Deputy, Some(1))];
    members.extend(rest.map(|province| (province, Member, None)));
    let cycle = fixtures::cycle(&house, CycleState::Active, 2031, &members).await;
    let set = json!({ "cycle_id": cycle, "title": "Bảng tiêu chí", "total_points": 100 });
    let set = house.post(secretary(), "/criteria-sets", set).await.expect(201);
    let path = format!("/criteria-sets/{}", set.id());
    house.put(secretary(), &format!("{path}/tree"), "*", form()).await.expect(200);
    house.step(secretary(), &format!("{path}/issue"), "*", Value::Null).await.expect(200);
    let rows = house.get(secretary(), &format!("/criteria?criteria_set_id={}", set.id())).await;
    let named = |row: &Value| (row["code"].as_str().unwrap().to_owned(), row["id"].as_str().unwrap().parse().unwrap());
    let criteria: HashMap<String, Uuid> = rows.body["data"].as_array().unwrap().iter().map(named).collect();
    let cards = fixtures::scorecards(&house, cycle, set.id().parse().unwrap()).await;
    let stage = Stage { house, cycle, provinces, cards, criteria };
    for (province, [own, appraised]) in provinces.into_iter().zip(POINTS) {
        for (code, (own, appraised)) in ["I.1", "I.2", "II.1", "II.2"].into_iter().zip(own.into_iter().zip(appraised)) {
            stage.write(province, code, [own, appraised]).await;
        }
    }
    fixtures::exclude(&stage.house, cycle, provinces[5], Some("Không nộp báo cáo")).await;
    fixtures::move_cycle(&stage.house, cycle, CycleState::Appraisal).await;
    stage
}

impl Stage {
    fn head(&self) -> Option<Account> {
        officer_of(self.provinces[0])
    }

    /// The points of a line, without any of the steps that lead there.
    async fn write(&self, province: Uuid, code: &str, points: [Option<&str>; 2]) {
        let [own, appraised] = points.map(|text| text.map(|text| text.parse::<Decimal>().unwrap()));
        db::write(&self.house.state.db, async |tx| {
            let update = score::Entity::update_many()
                .col_expr(score::Column::SelfPoints, Expr::value(own))
                .col_expr(score::Column::AppraisedPoints, Expr::value(appraised))
                .filter(score::Column::ScorecardId.eq(self.cards[&province]))
                .filter(score::Column::CriterionId.eq(self.criteria[code]));
            assert_eq!(update.exec(tx).await?.rows_affected, 1);
            Ok(())
        })
        .await
        .unwrap();
    }

    fn path(&self, what: &str) -> String {
        format!("/cycles/{}/{what}", self.cycle)
    }

    /// The names in the rows somebody sees.
    async fn seen(&self, who: Option<Account>) -> Vec<Value> {
        let matrix = self.house.get(who, &self.path("matrix")).await.expect(200);
        matrix.body["rows"].as_array().unwrap().iter().map(|row| row["province"]["name"].clone()).collect()
    }
}

/// A cell as text: self, appraised, final, distance.
fn cell(cell: &Value) -> Value {
    json!(["self", "appraised", "final", "distance"].map(|name| cell[name].clone()))
}

fn cells(row: &Value) -> Value {
    json!(row["cells"].as_array().unwrap().iter().map(cell).collect::<Vec<_>>())
}

#[actix_web::test]
async fn sections_and_leaves_stand_side_by_side() {
    let stage = stage().await;
    let (matrix, statements) = stage.house.counting(stage.house.get(stage.head(), &stage.path("matrix"))).await;
    let matrix = matrix.expect(200);
    assert_eq!(statements, 6);
    let columns = matrix.body["columns"].as_array().unwrap();
    let told: Vec<_> =
        columns.iter().map(|column| json!([column["code"], column["name_en"], column["max_points"]])).collect();
    assert_eq!(json!(told), json!([["I", "Economy", 60], ["II", null, 40]]));
    assert_eq!(columns[0]["criterion_id"], columns[0]["section_id"]);
    let rows = matrix.body["rows"].as_array().unwrap();
    let names: Vec<_> = rows.iter().map(|row| row["province"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Anh thử", "Ánh thử", "Bình thử", "Cao thử", "Đà thử", "Em thử"]);
    let told: Vec<_> = rows.iter().map(|row| json!([cell(&row["total"]), cells(row)])).collect();
    #[rustfmt::skip]
    let expected = json!([
        [[92, 91, null, 1],         [[56, 55, null, 1],     [36, 36, null, 0]]],
        [[90, 90, null, 0],         [[55, 55, null, 0],     [35, 35, null, 0]]],
        [[89, 88.5, null, 0.5],     [[53, 52.5, null, 0.5], [36, 36, null, 0]]],
        [[97, 97, null, 0],         [[56, 56, null, 0],     [41, 41, null, 0]]],
        [[27, 27.25, null, -0.25],  [[15, 15, null, 0],     [12, 12.25, null, -0.25]]],
        [[100, null, null, null],   [[60, null, null, null], [40, null, null, null]]],
    ]);
    assert_eq!(json!(told), expected);
    assert_eq!(
        rows[0]["open"],
        json!({ "self": 0, "appraised": 0, "second": 0, "final": 3 }),
        "what is not entered on top is 0"
    );
    assert_eq!(rows[5]["open"], json!({ "self": 0, "appraised": 3, "second": 3, "final": 3 }));
    assert_eq!((&rows[0]["excluded_reason"], &rows[5]["excluded_reason"]), (&Value::Null, &json!("Không nộp báo cáo")));
    assert_eq!(rows[2]["scorecard_id"], json!(stage.cards[&stage.provinces[2]]));

    let leaves = stage.path("matrix?detail=leaves");
    let (matrix, statements) = stage.house.counting(stage.house.get(stage.head(), &leaves)).await;
    let matrix = matrix.expect(200);
    assert_eq!((statements, &matrix.body["detail"]), (6, &json!("leaves")));
    let columns = matrix.body["columns"].as_array().unwrap();
    let codes: Vec<_> = columns.iter().map(|column| column["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["I.1", "I.2", "II.1", "II.2", "II.3"]);
    assert_eq!((&columns[4]["max_points"], &columns[0]["section_id"]), (&json!(0), &json!(stage.criteria["I"])));
    let expected = json!([[37, 37, null, 0], [19, 19, null, 0], [37, 37, null, 0], [4, 4, null, 0], [0, 0, 0, 0],]);
    assert_eq!(cells(&matrix.body["rows"][3]), expected);
    for wrong in ["matrix?detail=lines", "matrix?detail=", "matrix?details=leaves"] {
        stage.house.get(stage.head(), &stage.path(wrong)).await.problem(400, "bad-parameter");
    }
}

#[actix_web::test]
async fn the_pieces_are_one_answer_with_its_length_and_its_tag() {
    let stage = stage().await;
    for path in [stage.path("matrix"), stage.path("matrix?detail=leaves")] {
        let first = stage.house.get(secretary(), &path).await.expect(200);
        let again = stage.house.get(auditor(), &path).await.expect(200);
        assert_eq!((&first.bytes, first.etag()), (&again.bytes, again.etag()));
        let asked = TestRequest::get().uri(&format!("/api/v1{path}"));
        let asked = asked.insert_header((header::IF_NONE_MATCH, first.etag().to_owned()));
        let same = stage.house.send(secretary(), asked).await.expect(304);
        assert_eq!((same.bytes.len(), same.etag()), (0, first.etag()));
        stage.write(stage.provinces[1], "I.1", [Some("30"), None]).await;
        let changed = stage.house.get(secretary(), &path).await.expect(200);
        assert_ne!(changed.etag(), first.etag());
        stage.write(stage.provinces[1], "I.1", [Some("37"), Some("37")]).await;
    }
}

#[actix_web::test]
async fn everybody_sees_the_rows_of_the_sheets_they_may_read() {
    let stage = stage().await;
    let [_, second, third, ..] = stage.provinces;
    let stranger = officer_of(fixtures::province(&stage.house, "X1", "Lạ thử").await);
    let away = fixtures::cycle(&stage.house, CycleState::Active, 2032, &[]).await;
    let unassigned = fixtures::appraiser(&stage.house, away, None).await;
    let interested = fixtures::appraiser(&stage.house, stage.cycle, Some(second)).await;
    let impartial = fixtures::appraiser(&stage.house, stage.cycle, None).await;
    let all = stage.seen(secretary()).await;
    assert_eq!(all.len(), 6);
    for who in [stage.head(), administrator(), auditor(), impartial] {
        assert_eq!(stage.seen(who).await, all);
    }
    let others: Vec<_> = all.iter().filter(|name| *name != "Ánh thử").cloned().collect();
    assert_eq!(stage.seen(interested).await, others, "an appraiser never sees the own province's");
    assert_eq!(stage.seen(officer_of(third)).await, [json!("Bình thử")]);
    let closed = async || {
        for what in ["matrix", "matrix?detail=leaves", "statistics"] {
            for who in [stranger, unassigned] {
                stage.house.get(who, &stage.path(what)).await.problem(404, "not-found");
            }
            stage.house.get(NOBODY, &stage.path(what)).await.problem(401, "unauthenticated");
        }
    };
    closed().await;
    fixtures::move_cycle(&stage.house, stage.cycle, CycleState::Published).await;
    assert_eq!(stage.seen(officer_of(third)).await, all, "since publication members see each other's");
    closed().await;
}

#[actix_web::test]
async fn what_is_hidden_changes_nothing_that_is_seen() {
    let stage = stage().await;
    let member = officer_of(stage.provinces[2]);
    let ask = async || {
        let mut answers = vec![];
        for what in ["matrix", "matrix?detail=leaves", "statistics"] {
            let answer = stage.house.get(member, &stage.path(what)).await.expect(200);
            answers.push((answer.etag().to_owned(), answer.bytes));
        }
        answers
    };
    let before = ask().await;
    stage.write(stage.provinces[0], "I.1", [Some("1"), Some("40")]).await;
    stage.write(stage.provinces[5], "II.1", [None, None]).await;
    fixtures::exclude(&stage.house, stage.cycle, stage.provinces[1], Some("Vi phạm")).await;
    assert!(ask().await == before);
}

#[actix_web::test]
async fn points_relative_to_the_leader_are_told_to_those_who_see_all_sheets() {
    let year = Year::appraised().await;
    let [head, member, third] = year.provinces;
    let growth = async |who| {
        let matrix = year.house.get(who, &format!("/cycles/{}/matrix?detail=leaves", year.cycle_id)).await.expect(200);
        json!(matrix.body["rows"].as_array().unwrap().iter().map(|row| cell(&row["cells"][0])).collect::<Vec<_>>())
    };
    let all = json!([[40, 40, null, 0], [30, 30, null, 0], [10, 10, null, 0]]);
    for who in [officer_of(head), secretary(), auditor()] {
        assert_eq!(growth(who).await, all);
    }
    // Whoever sees some of the sheets could tell the leader's growth from the points of the others.
    let untold = json!([null, null, null, null]);
    let interested = fixtures::appraiser(&year.house, year.cycle_id, Some(third)).await;
    assert_eq!(growth(officer_of(member)).await, json!([untold]));
    assert_eq!(growth(interested).await, json!([untold, untold]));
    assert_eq!(growth(year.appraiser).await, json!([untold, untold, untold]));
}

#[actix_web::test]
async fn statistics_tell_the_middle_the_spread_and_who_stands_outside() {
    let stage = stage().await;
    let (told, statements) = stage.house.counting(stage.house.get(stage.head(), &stage.path("statistics"))).await;
    let told = told.expect(200);
    assert_eq!((statements, &told.body["provinces"]), (7, &json!(5)), "the excluded province counts nowhere");
    let at = |pointer: &str| told.body.pointer(pointer).unwrap().clone();
    let figures = |pointer: &str| {
        let found = at(pointer);
        let names = [
            "count",
            "lowest",
            "lower_quartile",
            "median",
            "upper_quartile",
            "highest",
            "mean",
            "standard_deviation",
            "lower_fence",
            "upper_fence",
        ];
        json!(names.map(|name| found[name].clone()))
    };
    // 15 53 55 56 56
    assert_eq!(figures("/sections/0/spread/self"), json!([5, 15, 53, 55, 56, 56, 47, 16.0375, 48.5, 60.5]));
    // 15 52.5 55 55 56
    assert_eq!(figures("/sections/0/spread/appraised"), json!([5, 15, 52.5, 55, 55, 56, 46.7, 15.8921, 48.75, 58.75]));
    // 27 89 90 92 97
    assert_eq!(figures("/total/self"), json!([5, 27, 89, 90, 92, 97, 79, 26.1457, 84.5, 96.5]));
    assert_eq!((at("/sections/0/code"), at("/sections/0/name_en")), (json!("I"), json!("Economy")));
    assert_eq!((at("/total/final"), at("/sections/1/spread/final")), (Value::Null, Value::Null), "nothing is final");
    // 1 0 0.5 0 -0.25
    let distance = at("/total/distance");
    let found =
        ["count", "mean", "mean_absolute", "largest", "lower_fence", "upper_fence"].map(|name| distance[name].clone());
    assert_eq!(json!(found), json!([5, 0.25, 0.35, 1, -0.75, 1.25]));
    let furthest: Vec<_> = distance["largest_of"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(furthest, ["Anh thử"]);

    let outliers: Vec<_> = at("/outliers")
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            json!([one["province"]["name"], one["code"], one["measure"], one["value"], one["fence"], one["bound"]])
        })
        .collect();
    #[rustfmt::skip]
    let expected = json!([
        ["Đà thử",  "I",  "self",      15,    "lower", 48.5],
        ["Đà thử",  "I",  "appraised", 15,    "lower", 48.75],
        ["Cao thử", "II", "self",      41,    "upper", 37.5],
        ["Đà thử",  "II", "self",      12,    "lower", 33.5],
        ["Cao thử", "II", "appraised", 41,    "upper", 37.5],
        ["Đà thử",  "II", "appraised", 12.25, "lower", 33.5],
        ["Đà thử",  "II", "distance",  -0.25, "lower", 0],
        ["Cao thử", null, "self",      97,    "upper", 96.5],
        ["Đà thử",  null, "self",      27,    "lower", 84.5],
        ["Cao thử", null, "appraised", 97,    "upper", 94.75],
        ["Đà thử",  null, "appraised", 27.25, "lower", 84.75],
    ]);
    assert_eq!(json!(outliers), expected);

    // A member has statistics of the one sheet it sees; a line that is open takes the sheet out of its section.
    let own = stage.house.get(officer_of(stage.provinces[4]), &stage.path("statistics")).await.expect(200);
    assert_eq!((&own.body["provinces"], &own.body["total"]["self"]["mean"]), (&json!(1), &json!(27)));
    assert_eq!((&own.body["outliers"], &own.body["total"]["self"]["standard_deviation"]), (&json!([]), &json!(0)));
    stage.write(stage.provinces[4], "I.1", [None, None]).await;
    let open = stage.house.get(auditor(), &stage.path("statistics")).await.expect(200);
    let counts = ["/sections/0/spread/self/count", "/sections/1/spread/self/count", "/total/self/count"];
    assert_eq!(counts.map(|pointer| open.body.pointer(pointer).unwrap().clone()), [json!(4), json!(5), json!(4)]);
}

#[actix_web::test]
async fn a_cycle_without_sheets_has_an_empty_matrix() {
    let house = house().await;
    let province = fixtures::province(&house, "T1", "Một thử").await;
    let cycle = fixtures::cycle(&house, CycleState::Launched, 2031, &[(province, Head, None)]).await;
    for who in [secretary(), officer_of(province)] {
        let matrix = house.get(who, &format!("/cycles/{cycle}/matrix")).await.expect(200);
        let expected =
            json!({ "cycle_id": cycle, "criteria_set_id": null, "detail": "sections", "columns": [], "rows": [] });
        assert_eq!(matrix.body, expected);
        let statistics = house.get(who, &format!("/cycles/{cycle}/statistics")).await.expect(200);
        let nothing = json!({ "self": null, "appraised": null, "second": null, "final": null, "distance": null });
        assert_eq!((&statistics.body["sections"], &statistics.body["total"]), (&json!([]), &nothing));
    }
}
