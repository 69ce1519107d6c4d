//! Stories of figures over the years: what everybody may count, and what only those who see it.

use entity::{
    ranking, ranking_entry,
    vocab::{CycleState, PledgeState},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use thidua::db;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Head, Member, officer_of},
    support::{House, NOBODY, administrator, auditor, house},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                               nobody officer appraiser auditor secretary administrator
    ("GET", "/api/v1/statistics/results",            [200,  200,    200,      200,    200,      200]),
    ("GET", "/api/v1/statistics/awards",             [200,  200,    200,      200,    200,      200]),
    ("GET", "/api/v1/statistics/targets",            [401,  200,    200,      200,    200,      200]),
    ("GET", "/api/v1/statistics/campaigns",          [200,  200,    200,      200,    200,      200]),
    ("GET", "/api/v1/provinces/{id}/statistics",     [404,  404,    404,      404,    404,      404]),
];

/// Two provinces over two published years and one that is not: places 1 and 2, then 2 and 1.
struct Decade {
    house: House,
    provinces: [Uuid; 2],
    cycles: Vec<Uuid>,
}

impl Decade {
    async fn new() -> Self {
        let house = house().await;
        let provinces =
            [fixtures::province(&house, "S1", "Ân Sơn").await, fixtures::province(&house, "S2", "Bình Sơn").await];
        let [one, two] = provinces;
        let cluster = fixtures::cluster(&house, "Cụm thống kê").await;
        let mut cycles = vec![];
        let years = [
            (2031, CycleState::Published, [Some(1), Some(2)]),
            (2032, CycleState::Published, [Some(2), Some(1)]),
            (2033, CycleState::Finalized, [Some(1), None]),
        ];
        for (year, state, [first, second]) in years {
            let members = [(one, Head, None), (two, Member, None)];
            let cycle = fixtures::cycle_of(&house, cluster, state, year, &members).await;
            fixtures::ranking(&house, cycle, &[(one, first), (two, second)]).await;
            if state == CycleState::Published {
                publish(&house, cycle).await;
            }
            fixtures::pledge_with_target(&house, cycle, one, PledgeState::Concluded).await;
            cycles.push(cycle);
        }
        Self { house, provinces, cycles }
    }
}

/// The ranking is out, with 100 points in all: 90 for the first place, 80 for the second.
async fn publish(house: &House, cycle: Uuid) {
    let found = ranking::Entity::find().filter(ranking::Column::CycleId.eq(cycle)).one(house.state.db.reader());
    let id = found.await.unwrap().unwrap().id;
    db::write(&house.state.db, async |tx| {
        ranking::Entity::update_many()
            .col_expr(ranking::Column::State, Expr::value("published"))
            .col_expr(ranking::Column::PublishedAt, Expr::value(house.state.clock.now()))
            .col_expr(ranking::Column::TotalPoints, Expr::value(1_000_000_i64))
            .filter(ranking::Column::Id.eq(id))
            .exec(tx)
            .await?;
        for (place, total) in [(1, 900_000_i64), (2, 800_000)] {
            ranking_entry::Entity::update_many()
                .col_expr(ranking_entry::Column::Total, Expr::value(total))
                .filter(ranking_entry::Column::RankingId.eq(id))
                .filter(ranking_entry::Column::Place.eq(place))
                .exec(tx)
                .await?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

fn figures(reply: &super::support::Reply, member: &str) -> Vec<Value> {
    reply.body["groups"].as_array().unwrap().iter().map(|group| group["figures"][member].clone()).collect()
}

#[actix_web::test]
async fn results_are_counted_by_year_cluster_and_province() {
    let decade = Decade::new().await;
    let get = async |query: &str| decade.house.get(NOBODY, &format!("/statistics/results?{query}")).await.expect(200);
    let by_year = get("year_from=2031&year_to=2039").await;
    let years: Vec<_> = by_year.body["groups"].as_array().unwrap().iter().map(|group| group["year"].clone()).collect();
    assert_eq!(years, [json!(2031), json!(2032)], "what is not published is not counted");
    assert_eq!(figures(&by_year, "mean_percent"), [json!(85), json!(85)]);
    assert_eq!(figures(&by_year, "highest_percent"), [json!(90), json!(90)]);
    let by_province = get("group_by=province&year_from=2031").await;
    let names: Vec<_> =
        by_province.body["groups"].as_array().unwrap().iter().map(|one| one["province"]["name"].clone()).collect();
    assert_eq!(names, [json!("Ân Sơn"), json!("Bình Sơn")]);
    assert_eq!(figures(&by_province, "mean_place"), [json!(1.5), json!(1.5)]);
    assert_eq!(figures(&by_province, "first_places"), [json!(1), json!(1)]);
    let both = get("group_by=year,cluster,province&year_from=2031").await;
    assert_eq!(both.body["groups"].as_array().unwrap().len(), 4);
    assert_eq!(both.body["groups"][0]["cluster"]["name"], "Cụm thống kê");
    let narrow = get(&format!("group_by=year&province_id={}&year_to=2031&year_from=2031", decade.provinces[1])).await;
    assert_eq!((figures(&narrow, "ranked"), figures(&narrow, "best_place")), (vec![json!(1)], vec![json!(2)]));
    decade.house.get(NOBODY, "/statistics/results?group_by=month").await.problem(400, "bad-parameter");
    decade.house.get(NOBODY, "/statistics/results?by=year").await.problem(400, "bad-parameter");
    decade.house.get(NOBODY, "/statistics/results?year_from=MMXX").await.problem(400, "bad-parameter");
}

#[actix_web::test]
async fn a_province_sees_its_years_and_through_mergers_those_it_followed() {
    let decade = Decade::new().await;
    let [one, two] = decade.provinces;
    let path = format!("/provinces/{one}/statistics");
    let own = decade.house.get(NOBODY, &path).await.expect(200);
    let column = |reply: &super::support::Reply, member: &str| -> Vec<Value> {
        reply.body["years"].as_array().unwrap().iter().map(|year| year[member].clone()).collect()
    };
    assert_eq!(
        (column(&own, "year"), column(&own, "place")),
        (vec![json!(2031), json!(2032)], vec![json!(1), json!(2)])
    );
    assert_eq!(
        (column(&own, "percent"), column(&own, "ranked")),
        (vec![json!(90), json!(80)], vec![json!(2), json!(2)])
    );
    assert_eq!(column(&own, "targets"), [Value::Null, Value::Null], "pledges are not for the public");
    let seen = decade.house.get(officer_of(two), &path).await.expect(200);
    assert_eq!(
        seen.body["years"][0]["targets"],
        json!({ "registered": 1, "met": 0, "exceeded": 0, "missed": 0, "open": 1 })
    );

    let merger = json!({
        "kind": "merger", "effective_on": "2034-01-01", "predecessor_ids": [one, two],
        "successors": [{ "code": "97", "name": "Hợp Sơn", "name_en": "United", "kind": "province" }],
    });
    let event = decade.house.post(administrator(), "/province-events", merger).await.expect(201);
    let heir = event.text("/successors/0/id");
    let alone = decade.house.get(NOBODY, &format!("/provinces/{heir}/statistics")).await.expect(200);
    assert_eq!(column(&alone, "year"), [Value::Null; 0]);
    let through =
        decade.house.get(NOBODY, &format!("/provinces/{heir}/statistics?through_mergers=true")).await.expect(200);
    assert_eq!(column(&through, "year"), [json!(2031), json!(2031), json!(2032), json!(2032)]);
    assert_eq!(through.body["predecessors"].as_array().unwrap().len(), 2);
    let path = format!("/statistics/results?group_by=province&province_id={heir}&through_mergers=true");
    let counted = decade.house.get(NOBODY, &path).await.expect(200);
    assert_eq!((figures(&counted, "first_places"), figures(&counted, "ranked")), (vec![json!(2)], vec![json!(4)]));
    assert_eq!(counted.body["groups"][0]["province"]["name"], "Hợp Sơn");
}

#[actix_web::test]
async fn targets_are_counted_for_those_who_may_read_the_pledge() {
    let decade = Decade::new().await;
    let [one, two] = decade.provinces;
    let path = "/statistics/targets?year_from=2031";
    let counted = async |who| figures(&decade.house.get(who, path).await.expect(200), "registered");
    assert_eq!(counted(auditor()).await, [json!(1), json!(1), json!(1)]);
    assert_eq!(counted(officer_of(one)).await, [json!(1), json!(1), json!(1)]);
    assert_eq!(counted(officer_of(two)).await.len(), 3, "concluded pledges are for all members");
    let stranger = fixtures::province(&decade.house, "S3", "Cao Sơn").await;
    assert_eq!(counted(officer_of(stranger)).await, [Value::Null; 0]);
    decade.house.get(NOBODY, path).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn awards_are_counted_with_their_money() {
    let decade = Decade::new().await;
    let [one, _] = decade.provinces;
    for (cycle, code) in [(decade.cycles[0], "BKTTG"), (decade.cycles[1], "CTDCP")] {
        fixtures::award(&decade.house, cycle, one, code, "2033-04-01").await;
    }
    let get = async |query: &str| decade.house.get(NOBODY, &format!("/statistics/awards?{query}")).await.expect(200);
    let by_year = get("year_from=2031").await;
    assert_eq!(
        (figures(&by_year, "awarded"), figures(&by_year, "revoked")),
        (vec![json!(1), json!(1)], vec![json!(0), json!(0)])
    );
    let by_type = get("year_from=2031&group_by=award_type").await;
    let codes: Vec<_> =
        by_type.body["groups"].as_array().unwrap().iter().map(|one| one["award_type"]["code"].clone()).collect();
    assert_eq!(codes, [json!("BKTTG"), json!("CTDCP")]);
    let all = get("year_from=2031&group_by=province").await;
    let sum: f64 = figures(&by_type, "reward_amount").iter().map(|amount| amount.as_f64().unwrap()).sum();
    assert_eq!(figures(&all, "reward_amount")[0].as_f64(), Some(sum));
    let id = fixtures::award_type(&decade.house, "BKTTG").await;
    assert_eq!(figures(&get(&format!("award_type_id={id}&year_from=2031")).await, "awarded"), [json!(1)]);
    let own = decade.house.get(NOBODY, &format!("/provinces/{one}/statistics")).await.expect(200);
    assert_eq!(own.body["years"][0]["awards"]["awarded"], 1);
}

#[actix_web::test]
async fn participations_are_counted_by_campaign_and_province() {
    let decade = Decade::new().await;
    let campaigns = decade.house.get(NOBODY, "/campaigns?sort=code&limit=2").await.expect(200);
    let ids = campaigns.column("id");
    for (campaign, province) in
        [(&ids[0], decade.provinces[0]), (&ids[0], decade.provinces[1]), (&ids[1], decade.provinces[0])]
    {
        let join = json!({ "campaign_id": campaign, "province_id": province, "joined_on": "2031-02-01" });
        decade.house.post(officer_of(province), "/campaign-participations", join).await.expect(201);
    }
    let get = async |query: &str| decade.house.get(NOBODY, &format!("/statistics/campaigns?{query}")).await.expect(200);
    let by_campaign = get(&format!("year_from=2031&campaign_id={}", ids[0].as_str().unwrap())).await;
    assert_eq!(figures(&by_campaign, "participations"), [json!(2)]);
    assert_eq!(by_campaign.body["groups"][0]["campaign"]["id"], ids[0]);
    assert_eq!(figures(&get("year_from=2031&year_to=2031&group_by=year").await, "participations"), [json!(3)]);
    assert_eq!(figures(&get("year_from=2031&group_by=province").await, "participations"), [json!(2), json!(1)]);
}

#[actix_web::test]
async fn the_number_of_statements_does_not_grow() {
    let decade = Decade::new().await;
    let [one, two] = decade.provinces;
    let paths = [
        "/statistics/results?group_by=year,cluster,province".to_owned(),
        "/statistics/awards?group_by=year,cluster,province,award_type".to_owned(),
        "/statistics/targets?group_by=year,cluster,province".to_owned(),
        "/statistics/campaigns?group_by=year,province,campaign".to_owned(),
        format!("/provinces/{one}/statistics?through_mergers=true"),
    ];
    let count = async || {
        let mut all = vec![];
        for path in &paths {
            let (reply, statements) = decade.house.counting(decade.house.get(auditor(), path)).await;
            reply.expect(200);
            all.push(statements);
        }
        all
    };
    fixtures::award(&decade.house, decade.cycles[0], one, "BKTTG", "2033-04-01").await;
    let before = count().await;
    for year in 2040..2045 {
        let cycle =
            fixtures::cycle(&decade.house, CycleState::Published, year, &[(one, Head, None), (two, Member, None)])
                .await;
        fixtures::ranking(&decade.house, cycle, &[(one, Some(1)), (two, Some(2))]).await;
        publish(&decade.house, cycle).await;
        fixtures::pledge_with_target(&decade.house, cycle, two, PledgeState::Signed).await;
        fixtures::award(&decade.house, cycle, two, "CTDCP", &format!("{}-04-01", year + 1)).await;
    }
    assert_eq!(count().await, before);
    assert!(before.iter().all(|statements| *statements <= 8), "{before:?}");
}
