//! Stories of lists of pledges: who sees which, and what it costs.

use entity::vocab::CycleState;
use serde_json::{Value, json};
use thidua::domain::policy::Account;

use super::{
    fixtures::{Head, Member, appraiser, cycle, officer_of, province},
    pledges::{signature, year},
    support::{NOBODY, Reply, administrator, auditor, house, secretary},
};

fn sorted(mut ids: Vec<Value>) -> Vec<Value> {
    ids.sort_by_key(ToString::to_string);
    ids
}

#[actix_web::test]
async fn each_sees_what_is_theirs_everywhere() {
    let year = year(CycleState::Active).await;
    let signed = year.signed(year.head).await;
    let theirs = year.draft(year.deputy).await;
    let own = year.draft(year.member).await;
    // Beside it: a cycle nobody of these belongs to, with a pledge of its own.
    let far = province(&year.house, "B1", "Cà Mau thử").await;
    let other = cycle(&year.house, CycleState::Active, 2024, &[(far, Head, None)]).await;
    let body = json!({ "cycle_id": other, "province_id": far, "text": "Cam kết" });
    let elsewhere = year.house.post(officer_of(far), "/pledges", body).await.expect(201);
    let assigned = appraiser(&year.house, year.cycle, None).await;
    let all = [&signed, &theirs, &own, &elsewhere];

    #[rustfmt::skip]
    let active: [(&str, Option<Account>, &[&Reply]); 8] = [
        ("administrator", administrator(),               &all),
        ("secretary",     secretary(),                   &all),
        ("auditor",       auditor(),                     &all),
        ("head",          officer_of(year.head),         &[&signed, &theirs, &own]),
        ("deputy",        officer_of(year.deputy),       &[&signed, &theirs]),
        ("member",        officer_of(year.member),       &[&signed, &own]),
        ("outsider",      officer_of(year.outsider),     &[]),
        ("appraiser",     assigned,                      &[&signed, &theirs, &own]),
    ];
    #[rustfmt::skip]
    let published: [(&str, Option<Account>, &[&Reply]); 4] = [
        ("deputy",        officer_of(year.deputy),       &[&signed, &theirs, &own]),
        ("outsider",      officer_of(year.outsider),     &[]),
        ("far",           officer_of(far),               &[&elsewhere]),
        ("appraiser",     appraiser(&year.house, other, Some(far)).await, &[&elsewhere]),
    ];
    for (state, rows) in [(CycleState::Active, &active[..]), (CycleState::Published, &published[..])] {
        year.moves(state).await;
        for (name, who, seen) in rows {
            let list = year.house.get(*who, "/pledges?total=true&limit=2").await.expect(200);
            assert_eq!(list.body["page"]["total"], seen.len(), "{name} {state:?}");
            let list = year.house.get(*who, "/pledges?sort=-state,created_at").await.expect(200);
            let expected: Vec<_> = seen.iter().map(|reply| json!(reply.id())).collect();
            assert_eq!(sorted(list.column("id")), sorted(expected.clone()), "{name} {state:?}");
            for reply in all {
                let item = year.read(*who, reply).await;
                let status = if expected.contains(&json!(reply.id())) { 200 } else { 404 };
                assert_eq!(item.status, status, "{name} {state:?}");
                let amendments = year.house.get(*who, &format!("/pledges/{}/amendments", reply.id())).await;
                assert_eq!(amendments.status, status, "{name} {state:?}");
                let in_list = list.body["data"].as_array().unwrap().iter().find(|one| one["id"] == reply.id());
                if let Some(in_list) = in_list {
                    assert_eq!(*in_list, item.body, "{name} {state:?}");
                }
            }
        }
    }
    year.house.get(NOBODY, "/pledges").await.problem(401, "unauthenticated");
    year.read(NOBODY, &signed).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn lists_are_filtered_sorted_and_dressed() {
    let year = year(CycleState::Active).await;
    let signed = year.signed(year.head).await;
    let draft = year.draft(year.member).await;
    let cluster = year.house.get(secretary(), &format!("/cycles/{}", year.cycle)).await.text("/cluster/id");
    let members = [(year.head, Head, None), (year.member, Member, None)];
    let before = cycle(&year.house, CycleState::Active, 2022, &members).await;
    let body = json!({ "cycle_id": before, "province_id": year.head, "text": "Cam kết" });
    let old = year.house.post(officer_of(year.head), "/pledges", body).await.expect(201);
    let none = uuid::Uuid::now_v7();
    #[rustfmt::skip]
    let cases = [
        (String::new(),                                                vec![&signed, &draft, &old]),
        ("sort=-created_at".into(),                                    vec![&old, &draft, &signed]),
        ("sort=-state,created_at".into(),                              vec![&signed, &draft, &old]),
        (format!("cycle_id={before}"),                                 vec![&old]),
        (format!("cycle_id={before},{}", year.cycle),                  vec![&signed, &draft, &old]),
        (format!("cycle_id={none}"),                                   vec![]),
        (format!("province_id={}", year.head),                         vec![&signed, &old]),
        (format!("province_id={},{none}&year=2022", year.head),        vec![&old]),
        (format!("cluster_id={cluster}"),                              vec![&signed, &draft]),
        (format!("cluster_id={cluster}&year=2022"),                    vec![]),
        ("year=2022,2024&state=draft".into(),                          vec![&draft, &old]),
        ("state=signed,concluded".into(),                              vec![&signed]),
    ];
    for (query, expected) in cases {
        let list = year.house.get(auditor(), &format!("/pledges?total=true&{query}")).await.expect(200);
        let expected: Vec<_> = expected.iter().map(|reply| reply.id()).collect();
        assert_eq!(
            (list.column("id"), list.body["page"]["total"].clone()),
            (expected.iter().map(|id| json!(id)).collect(), json!(expected.len())),
            "{query}"
        );
    }
    let dressed = year.house.get(auditor(), "/pledges?expand=cycle,province&state=signed").await.expect(200);
    assert_eq!(dressed.text("/data/0/province/name"), "Tuyên Quang thử");
    assert_eq!(dressed.body["data"][0]["cycle"]["year"], 2024);
    let path = format!("/pledges/{}", signed.id());
    let dressed = year.house.get(auditor(), &format!("{path}?expand=province")).await.expect(200);
    assert_eq!((dressed.text("/province/code"), &dressed.body["cycle"]), ("A1".into(), &Value::Null));
    #[rustfmt::skip]
    let faults = [
        ("/pledges?state=open",             "state unreadable"),
        ("/pledges?state=",                 "state unreadable"),
        ("/pledges?cycle_id=42",            "cycle_id unreadable"),
        ("/pledges?year=99999999999",       "year unreadable"),
        ("/pledges?sort=text",              "sort unreadable"),
        ("/pledges?expand=targets",         "expand unreadable"),
        ("/pledges?provinec_id=x",          "provinec_id unknown_parameter"),
        ("/pledges?fields=id,secret",       "fields unknown_member"),
        (&format!("{path}?expand=text"),    "expand unreadable"),
        (&format!("{path}?sort=id"),        "sort unknown_parameter"),
        (&format!("{path}/amendments?sort=reason"), "sort unreadable"),
        (&format!("{path}/amendments?x=1"), "x unknown_parameter"),
    ];
    for (path, fault) in faults {
        assert_eq!(year.house.get(auditor(), path).await.problem(400, "bad-parameter"), [fault], "{path}");
    }
}

#[actix_web::test]
async fn fifty_pledges_cost_no_more_statements_than_two() {
    let house = house().await;
    let mut members = vec![];
    for number in 0..50 {
        let role = if number == 0 { Head } else { Member };
        members.push((province(&house, &format!("C{number}"), &format!("Tỉnh {number}")).await, role, None));
    }
    let cycle = cycle(&house, CycleState::Active, 2024, &members).await;
    for (province_id, ..) in &members {
        let body = json!({ "cycle_id": cycle, "province_id": province_id, "text": "Cam kết" });
        let draft = house.post(secretary(), "/pledges", body).await.expect(201);
        house.step(secretary(), &format!("/pledges/{}/sign", draft.id()), "*", signature()).await.expect(200);
        for target in [1, 2] {
            let body = json!({
                "pledge_id": draft.id(), "name": "Chỉ tiêu", "unit": "%", "direction": "lower_is_better", "target": target,
            });
            house.post(secretary(), "/targets", body).await.expect(201);
        }
    }
    for who in [auditor(), officer_of(members[7].0), appraiser(&house, cycle, None).await] {
        let mut counts = vec![];
        for limit in [2, 50] {
            let path = format!("/pledges?limit={limit}&expand=province,cycle");
            let (list, statements) = house.counting(house.get(who, &path)).await;
            let open: Vec<_> = list.column("targets_summary").iter().map(|summary| summary["open"].clone()).collect();
            assert_eq!(open, vec![json!(2); limit]);
            counts.push(statements);
        }
        // The page, its cycles, the caller's ties to them, the due dates, the summaries, the provinces.
        let whole = if who.unwrap().role == entity::vocab::Role::Auditor { 5 } else { 6 };
        assert_eq!(counts, [whole, whole]);
        let (_, statements) = house.counting(house.get(who, "/targets?limit=100&expand=pledge")).await;
        assert_eq!(statements, 2);
    }
}
