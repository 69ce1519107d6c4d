//! The demonstration year carries the facts of its report.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use thidua::demo;

use super::support::{House, NOBODY, auditor, house, secretary};

#[actix_web::test]
async fn the_year_of_the_report_is_played_in_once() {
    let house = house().await;
    let now = "2026-01-05T02:00:00Z".parse().unwrap();
    let played =
        demo::play(&house.state.db, &house.state.files, Some("demonstration 2023".into()), now).await.unwrap().unwrap();
    assert_eq!((played.people.len(), played.password.as_str()), (12, "demonstration 2023"));
    assert!(
        demo::play(&house.state.db, &house.state.files, None, now).await.unwrap().is_none(),
        "a second start changes nothing"
    );

    let cluster = house.get(NOBODY, "/clusters?code=CUM-TDMNPB").await.text("/data/0/id");
    let public = house.get(NOBODY, &format!("/cycles?cluster_id={cluster}")).await.expect(200);
    assert_eq!(public.column("year"), [2023], "the public sees what is published");
    let cycle = public.text("/data/0/id");
    let ranking = house.get(NOBODY, &format!("/cycles/{cycle}/ranking")).await.expect(200);
    let entries = ranking.body["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 7);
    assert_eq!((&entries[1]["place"], &entries[1]["province"]["name"]), (&json!(2), &json!("Yên Bái")));

    // A tie that a tie-breaker resolves, every method, and a proof that holds.
    let tied: Vec<_> = entries[2..4].iter().map(|one| (&one["place"], &one["total"])).collect();
    assert_eq!(tied, [(&json!(3), &json!(885.8)), (&json!(4), &json!(885.8))]);
    let step = &entries[2]["tie_breaks"][0];
    assert_eq!((&step["tie_breaker"]["by"], &step["separated"]), (&json!("section_points"), &json!(true)));
    let leaves = house.get(NOBODY, &format!("/criteria?cycle_id={cycle}&leaf=true&limit=200")).await.expect(200);
    let methods: BTreeSet<String> =
        leaves.column("method").iter().filter_map(|method| method.as_str().map(str::to_owned)).collect();
    assert_eq!(methods.len(), 9, "{methods:?}");
    let held = house.post(auditor(), &format!("/rankings/{}/verify", ranking.id()), Value::Null).await.expect(200);
    assert_eq!(held.body["holds"], true);

    let evidence = house.get(auditor(), &format!("/evidence?cycle_id={cycle}&kind=link")).await.expect(200);
    assert_eq!(evidence.column("title").len(), 7);
    assert!(evidence.column("title").iter().all(|title| title.as_str().unwrap().ends_with("(minh họa)")));

    let yen_bai = house.get(NOBODY, "/provinces?code=15&as_of=2023-06-01").await.text("/data/0/id");
    let pledge = house.get(auditor(), &format!("/pledges?cycle_id={cycle}&province_id={yen_bai}")).await.expect(200);
    assert_eq!(pledge.text("/data/0/targets_summary/text"), "29 of 32 met, 17 exceeded");
    let figures = format!("/achievement-figures?province_id={yen_bai}&sort=created_at");
    let figures = house.get(NOBODY, &figures).await.expect(200);
    assert_eq!(figures.column("certainty"), ["verified"; 4]);
    let ranks = ["rank_in_region", "ranked_in_region", "rank_in_country", "ranked_in_country", "value"];
    assert_eq!(
        json!(ranks.map(|name| figures.column(name))),
        json!([
            [7, 3, 1, null],
            [14, 14, null, null],
            [36, null, 4, null],
            [63, null, null, null],
            [null, null, null, 5]
        ])
    );
    let assignments = format!("/provinces/{yen_bai}/assignment-summary?year=2023");
    let assignments = house.get(auditor(), &assignments).await.expect(200);
    assert_eq!(
        assignments.body["total"],
        json!({
            "assigned": 7, "reported": 6, "late": 1, "overdue": 1, "withdrawn": 1,
            "ratings": { "excellent": 1, "good": 2, "completed": 1, "not_completed": 1 },
        })
    );
    let tasks = house.get(auditor(), "/assignments").await.expect(200);
    assert_eq!((tasks.column("certainty"), tasks.column("year")), (vec![json!("invented"); 8], vec![json!(2023); 8]));
    assert!(tasks.column("task").iter().all(|task| task.as_str().unwrap().ends_with("(minh họa)")));
    let exemplars = house.get(auditor(), "/exemplars").await.expect(200);
    assert_eq!(exemplars.column("certainty"), ["invented"; 3]);
    assert!(exemplars.column("name").iter().all(|name| name.as_str().unwrap().ends_with("(minh họa)")));
    let project = house.get(NOBODY, "/campaigns?code=DHTT-2025").await.text("/data/0/id");
    let public = house.get(NOBODY, "/exemplars").await.expect(200);
    assert_eq!((public.column("state"), public.column("campaign_id")), (vec![json!("spread")], vec![json!(project)]));
    let nominations =
        house.get(secretary(), &format!("/nominations?cycle_id={cycle}&province_id={yen_bai}&expand=award_type")).await;
    assert_eq!(
        (nominations.text("/data/0/award_type/code"), nominations.text("/data/0/state")),
        ("BKTTG".into(), "public_comment".into())
    );
    assert_eq!(nominations.text("/data/0/public_comment_until"), "2024-06-03");
    let id = nominations.text("/data/0/id");
    let dossier = house.get(auditor(), &format!("/nominations/{id}/dossier")).await.expect(200);
    assert_eq!(dossier.body["complete"], true);
    let documents = house.get(auditor(), &format!("/dossier-documents?nomination_id={id}")).await.expect(200);
    assert!(documents.column("title").iter().all(|title| title.as_str().unwrap().ends_with("(minh họa)")));
    let shown = house.get(NOBODY, &format!("/nominations?cycle_id={cycle}")).await.expect(200);
    assert_eq!(shown.column("id"), [json!(id)], "the public sees what is open to comment");
    let decision = json!({
        "nomination_id": id, "decision_number": "DEMO-1/QĐ-TTg", "decided_on": "2024-06-20",
        "signatory_name": "Người ký (minh họa)", "signatory_title": "Phó Thủ tướng", "citation": "Xếp thứ hai",
    });
    house.at("2026-01-05T02:00:00Z").post(secretary(), "/awards", decision).await.expect(201);

    // The leader's award was revoked: no rule proposes it again.
    let propose = format!("/cycles/{cycle}/nominations/propose");
    let again = house.post(secretary(), &propose, Value::Null).await.expect(200);
    assert_eq!(again.text("/findings/0/provinces/0/finding"), "nominated_already");
    // By ballots of the conference: the nominations, the head and the deputy of the next year.
    let ballots = house.get(auditor(), &format!("/ballots?cycle_id={cycle}&sort=created_at")).await.expect(200);
    assert_eq!(ballots.column("kind"), ["nomination", "nomination", "election", "election"]);
    assert_eq!(ballots.column("outcome"), ["carried"; 4]);
    assert!(ballots.column("opened_at").iter().all(|at| at.as_str().unwrap().starts_with("2024-03-01")));
    let revoked = house.get(NOBODY, &format!("/awards?cycle_id={cycle}&state=revoked")).await.expect(200);
    assert_eq!(revoked.body.pointer("/data/0/amount_to_recover"), Some(&json!(21_600_000)));
    assert_eq!(revoked.column("decision_number"), ["DEMO-0/QĐ-CP"]);
    let decision = house.get(NOBODY, &format!("/decisions?cycle_id={cycle}&authority=government")).await.expect(200);
    let names = ["number", "standing_count", "to_recover_total"];
    let told = names.map(|name| decision.body["data"][0][name].clone());
    assert_eq!(json!(told), json!(["DEMO-0/QĐ-CP", 0, 21_600_000]));

    let recommended = format!("/recommendations?cycle_id={cycle}&province_id={yen_bai}&sort=created_at");
    let recommended = house.get(auditor(), &recommended).await.expect(200);
    let invented = recommended.body["data"].as_array().unwrap().iter().filter(|one| one["certainty"] == "invented");
    let invented: Vec<_> = invented.map(|one| (&one["state"], one["title"].as_str().unwrap())).collect();
    assert_eq!(invented, [(&json!("closed"), "Hướng dẫn chấm điểm thi đua (minh họa)")]);
    let letters = house.get(auditor(), "/documents").await.expect(200);
    assert_eq!(letters.column("title"), ["Công văn trả lời (minh họa)"]);
    for (addressee, count) in [("central_level", 4), ("members", 2)] {
        let of = recommended.body["data"].as_array().unwrap().iter().filter(|one| {
            (&one["certainty"], &one["state"], &one["addressee"], &one["raised_on"])
                == (&json!("verified"), &json!("raised"), &json!(addressee), &json!("2024-03-01"))
        });
        assert_eq!(of.count(), count, "what became of it is not reported: {addressee}");
    }

    let given = house.get(NOBODY, &format!("/contributions?cycle_id={cycle}&expand=host_province")).await.expect(200);
    let told = ["announced_amount", "certainty", "shares"].map(|name| given.body["data"][0][name].clone());
    assert_eq!(json!(told), json!([350_000_000, "verified", []]), "who gave how much is not reported");
    assert_eq!((given.column("id").len(), given.text("/data/0/host_province/name")), (1, "Bắc Kạn".into()));
    the_year_end_conference(&house, &cycle).await;

    let next = house.get(secretary(), &format!("/cycles?cluster_id={cluster}&year=2024")).await.expect(200);
    assert_eq!(next.text("/data/0/state"), "launched");
    let next = next.text("/data/0/id");
    let seats = house.get(secretary(), &format!("/memberships?cycle_id={next}&role=head,deputy&expand=province")).await;
    let mut seats: Vec<Value> = seats.body["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|seat| json!([seat["role"], seat["province"]["name"]]))
        .collect();
    seats.sort_by_key(ToString::to_string);
    assert_eq!(json!(seats), json!([["deputy", "Hòa Bình"], ["head", "Tuyên Quang"]]));
    let pledges = house.get(secretary(), &format!("/pledges?cycle_id={next}")).await.expect(200);
    assert_eq!(pledges.column("state"), vec![json!("signed"); 7]);
    assert!(pledges.column("signed_at").iter().all(|at| at.as_str().unwrap().starts_with("2024-03-01")));
}

/// Day, place, chairs and what was resolved are those of the report; nobody's name is.
async fn the_year_end_conference(house: &House, cycle: &str) {
    let published = house.get(NOBODY, &format!("/cycles/{cycle}")).await.expect(200);
    let told = (published.text("/conference_on"), published.text("/conference_place"));
    assert_eq!(told, ("2024-03-01".into(), "Bắc Kạn".into()));
    let held = house.get(NOBODY, &format!("/conferences?cycle_id={cycle}&kind=year_end")).await.expect(200);
    assert_eq!(held.column("state"), ["closed"]);
    let id = held.text("/data/0/id");
    let held = house.get(NOBODY, &format!("/conferences/{id}?expand=province")).await.expect(200);
    let participants = held.body["participants"].as_array().unwrap();
    let chairs: Vec<_> =
        participants.iter().map(|one| (&one["role"], &one["name"], &one["province"]["name"])).collect();
    let (chair, nobody) = (json!("chair"), Value::Null);
    let (bac_kan, tuyen_quang) = (json!("Bắc Kạn"), json!("Tuyên Quang"));
    let expected = [(&chair, &nobody, &nobody), (&chair, &nobody, &bac_kan), (&chair, &nobody, &tuyen_quang)];
    assert_eq!(chairs, expected);
    let agenda = held.body["agenda"].as_array().unwrap();
    assert!(agenda.iter().all(|item| item["title"].as_str().unwrap().contains("minh họa")), "{agenda:?}");
    let list = format!("/resolutions?conference_id={id}&sort=number");
    let resolved = house.get(auditor(), &list).await.expect(200);
    let kinds = ["ranking_approval", "nomination", "nomination", "election", "election", "other", "pledge_signing"];
    assert_eq!(resolved.column("kind"), kinds);
    assert!(resolved.column("text").iter().all(|text| text.as_str().unwrap().ends_with("(lời văn minh họa)")));
    let seen = house.get(NOBODY, &list).await.expect(200);
    assert_eq!(seen.column("text"), resolved.column("text"));
    assert_eq!((seen.column("ballot_id"), seen.column("signed_cycle_id")), (vec![nobody.clone(); 7], vec![nobody; 7]));
    let speeches = house.get(NOBODY, &format!("/speeches?conference_id={id}")).await.expect(200);
    assert!(speeches.column("title").iter().all(|title| title.as_str().unwrap().ends_with("(minh họa)")));
}
