//! Stories of a campaign from its launch to its result: stages, reports, reminders, reviews, marks, and what provinces carry
//! on.

use entity::{journal_entry, vocab::CycleState};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use thidua::resources::campaigns::remind;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Head, Member, officer_of},
    support::{House, NOBODY, Reply, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                           nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/campaign-stages",                        [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/campaigns/{id}/stages",                  [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/campaign-stages/{id}",                   [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/campaign-stages/{id}",                   [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/campaign-stages/{id}",                   [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/campaign-reviews",                       [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/campaigns/{id}/reviews",                 [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/campaign-reviews/{id}",                  [404,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/campaigns/{id}/cascade",                 [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/campaigns/{id}/results",                 [404,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/campaign-participations/{id}/marks",     [404,  404,    404,      404,    404,      404]),
    ("PUT",    "/api/v1/campaign-participations/{id}/marks",     [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/campaign-reports",                       [200,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/campaign-participations/{id}/reports",   [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/campaign-reports/{id}",                  [404,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/campaign-reports/{id}",                  [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/campaign-reports/{id}",                  [401,  404,    404,      404,    404,      404]),
];

/// A campaign of 2023 with two criteria, and three provinces that take part; two of them are members of one cluster.
struct Campaign {
    house: House,
    id: String,
    provinces: [Uuid; 3],
    parts: Vec<String>,
}

impl Campaign {
    async fn launched() -> Self {
        let house = house().await;
        house.at("2023-07-01T08:00:00+07:00");
        let mut provinces = [Uuid::nil(); 3];
        for (place, (code, name)) in provinces.iter_mut().zip([("C1", "Ân Sơn"), ("C2", "Bình Sơn"), ("C3", "Cao Sơn")])
        {
            *place = fixtures::province(&house, code, name).await;
        }
        let members = [(provinces[0], Head, None), (provinces[1], Member, None)];
        fixtures::cycle(&house, CycleState::Published, 2023, &members).await;
        let campaign = json!({
            "code": "LAM-DUONG", "name": "Thi đua làm đường", "launched_by": "prime_minister",
            "launched_on": "2023-01-15", "starts_on": "2023-01-01", "ends_on": "2023-12-31",
            "criteria": [
                { "code": "1", "name": "Số km đường", "max_points": 60 }, { "code": "2", "name": "Cách làm", "max_points": 40 },
            ],
        });
        let id = house.post(secretary(), "/campaigns", campaign).await.expect(201).id();
        let mut parts = vec![];
        for province in provinces {
            let join = json!({ "campaign_id": id, "province_id": province, "joined_on": "2023-02-01" });
            parts.push(house.post(officer_of(province), "/campaign-participations", join).await.expect(201).id());
        }
        Self { house, id, provinces, parts }
    }

    async fn report(&self, nth: usize, to: &str, kilometres: i32) -> Reply {
        let body = json!({
            "period_from": "2023-01-01", "period_to": to, "report": "Đã làm đường",
            "figures": [{ "name": "Đường đã làm", "unit": "km", "value": kilometres }],
        });
        let path = format!("/campaign-participations/{}/reports", self.parts[nth]);
        self.house.post(officer_of(self.provinces[nth]), &path, body).await
    }

    async fn mark(&self, nth: usize, points: [f64; 2]) -> Reply {
        let marks = json!({ "marks": [{ "code": "1", "points": points[0] }, { "code": "2", "points": points[1] }] });
        self.house.put(secretary(), &format!("/campaign-participations/{}/marks", self.parts[nth]), "*", marks).await
    }

    async fn review(&self, kind: &str, day: &str) -> Reply {
        let body = json!({ "kind": kind, "held_on": day, "conclusions": "Các tỉnh đã hoàn thành kế hoạch" });
        self.house.post(secretary(), &format!("/campaigns/{}/reviews", self.id), body).await
    }

    async fn stage(&self, body: Value) -> Reply {
        self.house.post(secretary(), &format!("/campaigns/{}/stages", self.id), body).await
    }
}

fn half() -> Value {
    json!({
        "name": "Sáu tháng đầu năm", "starts_on": "2023-01-01", "ends_on": "2023-06-30", "report_due_on": "2023-07-10",
        "remind_days": 5,
    })
}

#[actix_web::test]
async fn from_the_launch_to_the_result_across_clusters() {
    let campaign = Campaign::launched().await;
    campaign.report(0, "2023-03-31", 10).await.expect(201);
    campaign.report(0, "2023-06-30", 25).await.expect(201);
    campaign.report(1, "2023-06-30", 40).await.expect(201);
    campaign.review("interim", "2023-06-30").await.expect(201);
    let path = format!("/campaigns/{}/results", campaign.id);
    let before = campaign.house.get(NOBODY, &path).await.expect(200);
    assert_eq!((&before.body["concluded_on"], &before.body["total_points"]), (&Value::Null, &json!(100)));
    assert_eq!(before.body["entries"][0]["figures"], json!([{ "name": "Đường đã làm", "unit": "km", "value": 35 }]));
    assert_eq!(before.body["entries"][0]["place"], Value::Null);

    campaign.mark(0, [50.5, 30.0]).await.expect(200);
    campaign.mark(1, [60.0, 20.5]).await.expect(200);
    let missing = campaign.review("final", "2023-12-20").await;
    assert_eq!(missing.blockers(), ["marks_missing"]);
    campaign.mark(2, [60.0, 35.0]).await.expect(200);
    campaign.review("final", "2023-12-20").await.expect(201);

    let (results, statements) = campaign.house.counting(campaign.house.get(NOBODY, &path)).await;
    assert_eq!(statements, 7);
    let entries = results.body["entries"].as_array().unwrap();
    let told: Vec<_> = entries
        .iter()
        .map(|one| {
            (
                one["province"]["name"].clone(),
                one["place"].clone(),
                one["place_in_cluster"].clone(),
                one["total"].clone(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (json!("Cao Sơn"), json!(1), Value::Null, json!(95)),
            (json!("Ân Sơn"), json!(2), json!(1), json!(80.5)),
            (json!("Bình Sơn"), json!(2), json!(1), json!(80.5)),
        ]
    );
    assert_eq!(entries[1]["cluster"]["name"], "Cụm thử nghiệm");
    assert_eq!(results.body["concluded_on"], "2023-12-20");

    // After the final review nothing changes any more.
    campaign.report(2, "2023-06-30", 1).await.problem(409, "wrong-state");
    campaign.mark(0, [60.0, 40.0]).await.problem(409, "wrong-state");
    campaign.stage(half()).await.problem(409, "wrong-state");
    campaign.review("interim", "2023-12-21").await.problem(409, "wrong-state");
    campaign.review("final", "2023-12-21").await.problem(409, "wrong-state");
    let path = format!("/campaigns/{}", campaign.id);
    let patch = json!({ "criteria": [] });
    campaign.house.patch(secretary(), &path, "*", patch).await.problem(409, "wrong-state");
    let reviews =
        campaign.house.get(NOBODY, &format!("/campaign-reviews?campaign_id={}", campaign.id)).await.expect(200);
    assert_eq!(reviews.column("kind"), [json!("final"), json!("interim")]);
    let one =
        campaign.house.get(NOBODY, &format!("/campaign-reviews/{}", reviews.text("/data/0/id"))).await.expect(200);
    assert_eq!(one.body, reviews.body["data"][0]);
}

#[actix_web::test]
async fn stages_lie_within_the_campaign_and_are_kept_by_those_who_launched_it() {
    let campaign = Campaign::launched().await;
    let stage = campaign.stage(half()).await.expect(201);
    let path = format!("/campaign-stages/{}", stage.id());
    let changed = campaign.house.patch(secretary(), &path, stage.etag(), json!({ "name": "Đợt 1" })).await.expect(200);
    assert_eq!((changed.text("/name"), changed.body["version"].clone()), ("Đợt 1".into(), json!(2)));
    campaign.house.patch(secretary(), &path, stage.etag(), json!({ "name": "Đợt 2" })).await.problem(412, "stale");
    let faults = [
        (json!({ "starts_on": "2022-12-31" }), "/starts_on outside_campaign"),
        (json!({ "ends_on": "2024-01-01" }), "/ends_on outside_campaign"),
        (json!({ "report_due_on": null }), "/report_due_on required"),
        (json!({ "remind_days": 366 }), "/remind_days range"),
    ];
    for (patch, fault) in faults {
        let faults = campaign.house.patch(secretary(), &path, "*", patch.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{patch}");
    }
    let province = officer_of(campaign.provinces[0]);
    campaign.house.patch(province, &path, "*", json!({ "name": "Đợt 2" })).await.problem(403, "forbidden");
    let page = campaign.house.get(NOBODY, &format!("/campaign-stages?campaign_id={}", campaign.id)).await.expect(200);
    assert_eq!(page.column("name"), [json!("Đợt 1")]);
    let due = campaign.house.get(NOBODY, "/campaign-stages?report_due_on_from=2023-07-11").await.expect(200);
    assert_eq!(due.column("id"), [Value::Null; 0]);
    campaign.house.delete(secretary(), &path, changed.etag()).await.expect(204);
    campaign.house.get(NOBODY, &path).await.problem(404, "not-found");
}

#[actix_web::test]
async fn who_has_not_reported_is_reminded_once_before_the_day() {
    let campaign = Campaign::launched().await;
    let stage = campaign.stage(half()).await.expect(201);
    let at = |time: &str| campaign.house.at(time).state.clock.now();
    let body =
        json!({ "stage_id": stage.id(), "period_from": "2023-01-01", "period_to": "2023-06-30", "report": "Xong" });
    let reports = |nth: usize| format!("/campaign-participations/{}/reports", campaign.parts[nth]);
    campaign.house.post(officer_of(campaign.provinces[0]), &reports(0), body).await.expect(201);
    let db = &campaign.house.state.db;
    assert_eq!(remind(db, at("2023-07-04T23:59:59+07:00")).await.unwrap(), 0, "a second too early");
    assert_eq!(remind(db, at("2023-07-05T00:00:00+07:00")).await.unwrap(), 2);
    assert_eq!(remind(db, at("2023-07-06T08:00:00+07:00")).await.unwrap(), 0, "once is enough");
    let told = journal_entry::Entity::find().filter(journal_entry::Column::Action.eq("campaign_participation.remind"));
    assert_eq!(told.count(db.reader()).await.unwrap(), 2);
    let read = campaign.house.get(NOBODY, &format!("/campaign-stages/{}", stage.id())).await.expect(200);
    assert!(!read.body["reminded_at"].is_null());
    // Another day lets them be reminded again.
    let path = format!("/campaign-stages/{}", stage.id());
    campaign.house.patch(secretary(), &path, read.etag(), json!({ "report_due_on": "2023-07-20" })).await.expect(200);
    assert_eq!(remind(db, at("2023-07-16T08:00:00+07:00")).await.unwrap(), 2);
    campaign.house.delete(secretary(), &path, "*").await.problem(409, "conflict");
}

#[actix_web::test]
async fn a_province_reports_on_days_that_were_for_itself() {
    let campaign = Campaign::launched().await;
    let made = campaign.report(0, "2023-06-30", 25).await.expect(201);
    campaign.report(0, "2023-06-30", 26).await.problem(409, "conflict");
    assert_eq!(campaign.report(0, "2023-07-02", 1).await.problem(422, "invalid"), ["/period_to in_the_future"]);
    assert_eq!(campaign.report(0, "2022-12-31", 1).await.problem(422, "invalid"), ["/period_to before_start"]);
    let other = officer_of(campaign.provinces[1]);
    let path = format!("/campaign-participations/{}/reports", campaign.parts[0]);
    let body = json!({ "period_from": "2023-01-01", "period_to": "2023-05-31", "report": "Của tỉnh khác" });
    campaign.house.post(other, &path, body.clone()).await.problem(403, "forbidden");
    let mut foreign = body;
    foreign["stage_id"] = json!(Uuid::nil());
    let own = officer_of(campaign.provinces[0]);
    let unknown = campaign.house.post(own, &path, foreign).await.problem(422, "invalid");
    assert_eq!(unknown, ["/stage_id unknown_reference"]);
    let one = format!("/campaign-reports/{}", made.id());
    let changed = campaign.house.patch(own, &one, made.etag(), json!({ "figures": [] })).await.expect(200);
    assert_eq!((&changed.body["figures"], &changed.body["reported_on"]), (&json!([]), &json!("2023-07-01")));
    campaign.house.patch(other, &one, "*", json!({ "report": "Khác" })).await.problem(403, "forbidden");
    let page = campaign.house.get(NOBODY, &format!("/campaign-reports?province_id={}", campaign.provinces[0])).await;
    assert_eq!(page.expect(200).column("id"), [json!(made.id())]);
    let none = campaign
        .house
        .get(NOBODY, &format!("/campaign-reports?campaign_id={}&period_to_to=2023-06-29", campaign.id))
        .await;
    assert_eq!(none.expect(200).column("id"), [Value::Null; 0]);
    campaign.house.delete(own, &one, changed.etag()).await.expect(204);
}

#[actix_web::test]
async fn marks_keep_to_the_criteria_and_criteria_to_sense() {
    let campaign = Campaign::launched().await;
    let path = format!("/campaign-participations/{}/marks", campaign.parts[0]);
    let put = async |who, marks: Value| campaign.house.put(who, &path, "*", json!({ "marks": marks })).await;
    let mark = |code: &str, points: f64| json!({ "code": code, "points": points });
    let cases = [
        (json!([mark("3", 1.0)]), "/marks/0/code unknown_reference"),
        (json!([mark("1", 1.0), mark("1", 2.0)]), "/marks/1/code duplicate"),
        (json!([mark("1", 60.5)]), "/marks/0/points out_of_range"),
        (json!([mark("2", -1.0)]), "/marks/0/points out_of_range"),
    ];
    for (marks, fault) in cases {
        assert_eq!(put(secretary(), marks.clone()).await.problem(422, "invalid"), [fault], "{marks}");
    }
    put(officer_of(campaign.provinces[0]), json!([])).await.problem(403, "forbidden");
    let written = put(secretary(), json!([mark("1", 12.5)])).await.expect(200);
    let again = put(secretary(), json!([mark("1", 12.5)])).await.expect(200);
    assert_eq!((again.etag(), &again.body), (written.etag(), &written.body));
    assert_eq!(campaign.house.get(auditor(), &path).await.expect(200).body["marks"][0]["points"], 12.5);
    let path = format!("/campaigns/{}", campaign.id);
    let twice = json!({ "criteria": [
        { "code": "1", "name": "A", "max_points": 10 }, { "code": "1", "name": "B", "max_points": 0 },
    ]});
    assert_eq!(
        campaign.house.patch(secretary(), &path, "*", twice).await.problem(422, "invalid"),
        ["/criteria/1/code duplicate"]
    );
    let marked = json!({ "criteria": [{ "code": "2", "name": "Cách làm", "max_points": 100 }] });
    campaign.house.patch(secretary(), &path, "*", marked).await.problem(409, "conflict");
}

#[actix_web::test]
async fn a_province_carries_the_campaign_on() {
    let campaign = Campaign::launched().await;
    let newcomer = fixtures::province(&campaign.house, "C4", "Đông Sơn").await;
    let path = format!("/campaigns/{}/cascade", campaign.id);
    let body = json!({ "province_id": newcomer, "code": "LAM-DUONG-DS", "launched_on": "2023-03-01" });
    campaign.house.post(officer_of(campaign.provinces[0]), &path, body.clone()).await.problem(403, "forbidden");
    let made = campaign.house.post(officer_of(newcomer), &path, body.clone()).await.expect(201);
    assert_eq!(
        (made.text("/parent_id"), made.text("/name"), made.text("/ends_on"), made.text("/launched_by")),
        (campaign.id.clone(), "Thi đua làm đường".into(), "2023-12-31".into(), "province".into())
    );
    campaign.house.post(officer_of(newcomer), &path, body).await.problem(409, "conflict");
    let path = format!("/campaign-participations?campaign_id={}&province_id={newcomer}", campaign.id);
    let joined = campaign.house.get(NOBODY, &path).await.expect(200);
    assert_eq!(joined.column("joined_on"), [json!("2023-03-01")]);
    let results = campaign.house.get(NOBODY, &format!("/campaigns/{}/results", campaign.id)).await.expect(200);
    assert_eq!(results.body["sub_campaigns"], 1);
    let below = campaign.house.get(NOBODY, &format!("/campaigns?parent_id={}", campaign.id)).await.expect(200);
    assert_eq!(below.column("code"), [json!("LAM-DUONG-DS")]);
}
