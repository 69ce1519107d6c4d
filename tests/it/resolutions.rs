//! Stories of what conferences resolve, and of the ranking that is published because they did.

use entity::vocab::{ConferenceState, CycleState};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    fixtures::{self, Deputy, Head, Member, move_cycle, officer_of},
    nominations::stage,
    results::Year,
    support::{House, NOBODY, Reply, auditor, secretary},
};

async fn resolve(house: &House, conference: &Reply, subject: Value) -> Reply {
    let body = json!({ "text": "Thống nhất", "subject": subject });
    house.post(secretary(), &format!("/conferences/{}/resolutions", conference.id()), body).await
}

/// A carried election of the first member as head of another cycle of the cluster.
async fn election(house: &House, cycle_id: Uuid, elects: Uuid, voters: &[Uuid]) -> Reply {
    let subject =
        json!({ "kind": "election", "elects_cycle_id": elects, "office": "head", "candidate_ids": [voters[0]] });
    let rules = json!({ "secret": true, "quorum_percent": 50, "threshold_percent": 50, "threshold_base": "present" });
    let ballot = json!({ "cycle_id": cycle_id, "title": "Bầu cụm trưởng", "subject": subject, "rules": rules });
    let ballot = house.post(secretary(), "/ballots", ballot).await.expect(201);
    let path = format!("/ballots/{}", ballot.id());
    house.step(secretary(), &format!("{path}/open"), "*", Value::Null).await.expect(200);
    for voter in voters {
        // Nobody votes for the own province.
        let own = *voter == voters[0];
        let vote = if own { json!({ "choice": "abstain" }) } else { json!({ "candidate_id": voters[0] }) };
        house.post(officer_of(*voter), &format!("{path}/votes"), vote).await.expect(201);
    }
    house.step(secretary(), &format!("{path}/close"), "*", Value::Null).await.expect(200)
}

#[actix_web::test]
async fn each_kind_has_exactly_its_link() {
    let stage = stage(CycleState::Finalized).await;
    let house = &stage.house;
    let cluster = house.get(secretary(), &format!("/cycles/{}", stage.cycle_id)).await.text("/cluster/id");
    let members = [(stage.first, Member, None), (stage.second, Member, None)];
    let next = fixtures::cycle_of(house, cluster.parse().unwrap(), CycleState::Draft, 2024, &members).await;
    let foreign = fixtures::cycle(house, CycleState::Finalized, 2025, &[(stage.third, Head, None)]).await;
    let foreign_ranking = fixtures::ranking(house, foreign, &[(stage.third, Some(1))]).await;
    let foreign_nomination = fixtures::nomination(house, foreign, stage.third, stage.diploma).await;
    let nomination = fixtures::nomination(house, stage.cycle_id, stage.second, stage.diploma).await;
    let draft = fixtures::ballot(house, stage.cycle_id, nomination).await;
    let voters = [stage.first, stage.second, stage.third, stage.excluded];
    let elected = election(house, stage.cycle_id, next, &voters).await;
    assert_eq!(elected.text("/outcome"), "carried");

    let year_end = fixtures::year_end(house, stage.cycle_id).await;
    #[rustfmt::skip]
    let refused = [
        (json!({ "kind": "election", "ballot_id": Uuid::nil() }),                  "/subject/ballot_id unknown_reference"),
        (json!({ "kind": "election", "ballot_id": draft }),                        "/subject/ballot_id wrong_kind"),
        (json!({ "kind": "ranking_approval", "ranking_id": foreign_ranking }),     "/subject/ranking_id unknown_reference"),
        (json!({ "kind": "nomination", "nomination_id": foreign_nomination }),     "/subject/nomination_id unknown_reference"),
        (json!({ "kind": "pledge_signing", "signed_cycle_id": foreign }),          "/subject/signed_cycle_id other_cluster"),
        (json!({ "kind": "pledge_signing", "signed_cycle_id": Uuid::nil() }),      "/subject/signed_cycle_id unknown_reference"),
        (json!({ "kind": "pledge_signing" }),                                      "/subject/signed_cycle_id required"),
        (json!({ "kind": "other", "ballot_id": draft }),                           "/subject/ballot_id unknown_member"),
        (json!({ "kind": "nomination", "nomination_id": nomination, "ranking_id": stage.ranking_id }), "/subject/ranking_id unknown_member"),
        (json!({ "kind": "lunch" }),                                               "/subject/kind unknown_value"),
    ];
    for (subject, fault) in refused {
        assert_eq!(resolve(house, &year_end, subject.clone()).await.problem(422, "invalid"), [fault], "{subject}");
    }
    #[rustfmt::skip]
    let made = [
        ("ranking_id",      json!({ "kind": "ranking_approval", "ranking_id": stage.ranking_id })),
        ("nomination_id",   json!({ "kind": "nomination", "nomination_id": nomination })),
        ("ballot_id",       json!({ "kind": "election", "ballot_id": elected.id() })),
        ("signed_cycle_id", json!({ "kind": "pledge_signing", "signed_cycle_id": next })),
        ("",                json!({ "kind": "other" })),
    ];
    for ((member, subject), number) in made.into_iter().zip(1..) {
        let resolution = resolve(house, &year_end, subject.clone()).await.expect(201);
        assert_eq!((&resolution.body["number"], &resolution.body["kind"]), (&json!(number), &subject["kind"]));
        for link in ["ballot_id", "ranking_id", "signed_cycle_id", "nomination_id"] {
            let expected = if link == member { &subject[link] } else { &Value::Null };
            assert_eq!(&resolution.body[link], expected, "{subject}");
        }
        let again = resolve(house, &year_end, subject).await;
        if member.is_empty() {
            again.expect(201)
        } else {
            again.expect(409)
        };
    }
    // The last two are alike, and each has a number of its own.
    let list = house.get(secretary(), &format!("/resolutions?conference_id={}&sort=-number", year_end.id())).await;
    assert_eq!(list.expect(200).column("number"), [6, 5, 4, 3, 2, 1]);
    let others = house.get(secretary(), "/resolutions?kind=other,election&sort=number").await.expect(200);
    assert_eq!(others.column("kind"), ["election", "other", "other"]);

    // Only a year-end conference approves a ranking.
    let mid_year = fixtures::conference(house, stage.cycle_id, stage.third, ConferenceState::Open).await;
    let approval =
        json!({ "text": "Thông qua", "subject": { "kind": "ranking_approval", "ranking_id": stage.ranking_id } });
    let path = format!("/conferences/{mid_year}/resolutions");
    let refused = house.post(secretary(), &path, approval.clone()).await.problem(422, "invalid");
    assert_eq!(refused, ["/subject/kind year_end_only"]);
    // A host runs its conference, and links what it may see.
    let blind = house.post(officer_of(stage.third), &path, approval).await.problem(422, "invalid");
    assert_eq!(blind, ["/subject/ranking_id unknown_reference"]);
    let other = json!({ "text": "Thống nhất", "subject": { "kind": "other" } });
    house.post(officer_of(stage.third), &path, other.clone()).await.expect(201);
    house.post(officer_of(stage.excluded), &path, other.clone()).await.problem(403, "forbidden");
    house.post(auditor(), &path, other.clone()).await.problem(403, "forbidden");
    house.post(NOBODY, &path, other).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn resolutions_are_made_while_the_conference_is_open() {
    let year = Year::appraised().await;
    let house = &year.house;
    let other = json!({ "text": "Thống nhất", "subject": { "kind": "other" } });
    let plan = json!({
        "cycle_id": year.cycle_id, "kind": "thematic", "title": "Chuyên đề", "place": "Hà Nội", "starts_at": "2024-03-01T00:00:00Z",
    });
    let planned = house.post(secretary(), "/conferences", plan).await.expect(201);
    let path = format!("/conferences/{}", planned.id());
    house.post(secretary(), &format!("{path}/resolutions"), other.clone()).await.problem(409, "wrong-state");
    house.step(secretary(), &format!("{path}/open"), "*", Value::Null).await.expect(200);
    let first = house.post(secretary(), &format!("{path}/resolutions"), other.clone()).await.expect(201);
    let second = house.post(secretary(), &format!("{path}/resolutions"), other.clone()).await.expect(201);
    let one = format!("/resolutions/{}", first.id());
    assert_eq!(first.header("location"), format!("/api/v1{one}"));
    let reason = json!({ "reason": "Bão" });
    let refused = house.step(secretary(), &format!("{path}/cancel"), "*", reason.clone()).await.blockers();
    assert_eq!(refused, ["resolutions_made"]);

    let text = json!({ "text": "Nhất trí" });
    let member = officer_of(year.provinces[2]);
    house.patch(member, &one, "*", text.clone()).await.problem(403, "forbidden");
    let changed = house.patch(secretary(), &one, first.etag(), text.clone()).await.expect(200);
    assert_eq!((changed.text("/text"), &changed.body["version"]), ("Nhất trí".into(), &json!(2)));
    house.patch(secretary(), &one, first.etag(), text.clone()).await.problem(412, "stale");
    let fixed = json!({ "kind": "election" });
    assert_eq!(house.patch(secretary(), &one, "*", fixed).await.problem(422, "invalid"), ["/kind unknown_member"]);
    house.delete(member, &one, "*").await.problem(403, "forbidden");
    house.delete(secretary(), &one, first.etag()).await.problem(412, "stale");
    house.delete(secretary(), &one, changed.etag()).await.expect(204);
    // The numbers of the others stay.
    let third = house.post(secretary(), &format!("{path}/resolutions"), other.clone()).await.expect(201);
    assert_eq!((&second.body["number"], &third.body["number"]), (&json!(2), &json!(3)));

    let parts = json!({ "participants": [{ "role": "chair", "title": "Chủ tịch" }] });
    house.put(secretary(), &format!("{path}/participants"), "*", parts).await.expect(200);
    house.patch(secretary(), &path, "*", json!({ "minutes": "Biên bản" })).await.expect(200);
    house.step(secretary(), &format!("{path}/close"), "*", Value::Null).await.expect(200);
    house.post(secretary(), &format!("{path}/resolutions"), other).await.problem(409, "wrong-state");
    let one = format!("/resolutions/{}", second.id());
    house.patch(secretary(), &one, "*", text).await.problem(409, "wrong-state");
    house.delete(secretary(), &one, "*").await.problem(409, "wrong-state");
    let entries = house.get(auditor(), "/journal?resource_type=resolution&sort=at").await.expect(200);
    let verbs = ["create", "create", "update", "delete", "create"];
    assert_eq!(entries.column("action"), verbs.map(|verb| json!(format!("resolution.{verb}"))));
}

#[actix_web::test]
async fn a_ranking_is_published_by_the_conference_that_approved_it() {
    let year = Year::appraised().await;
    let house = &year.house;
    let publish = format!("/cycles/{}/publish", year.cycle_id);
    let first = year.finalize().await;
    let refused = house.step(secretary(), &publish, "*", Value::Null).await;
    assert_eq!(refused.body["blockers"][0]["subject"], json!({ "kind": "ranking", "id": first.id() }));
    assert_eq!(refused.blockers(), ["ranking_not_approved"]);
    let held = fixtures::approve(house, year.cycle_id).await;
    let ready = house.get(secretary(), &format!("/cycles/{}/readiness", year.cycle_id)).await.expect(200);
    assert_eq!((&ready.body["ready"], &ready.body["step"]), (&json!(true), &json!("publish")));

    // The approval of the old ranking is none of the new one.
    let reopen = format!("/cycles/{}/reopen", year.cycle_id);
    house.step(secretary(), &reopen, "*", json!({ "reason": "Chấm lại" })).await.expect(200);
    let second = year.finalize().await;
    assert_ne!(first.id(), second.id());
    assert_eq!(house.step(secretary(), &publish, "*", Value::Null).await.blockers(), ["ranking_not_approved"]);
    let stale = json!({ "kind": "ranking_approval", "ranking_id": first.id() });
    assert_eq!(resolve(house, &held, stale).await.problem(422, "invalid"), ["/subject/ranking_id not_provisional"]);
    // Nor does the year-end conference part without it.
    let path = format!("/conferences/{}", held.id());
    let missing = house.step(secretary(), &format!("{path}/close"), "*", Value::Null).await.blockers();
    assert_eq!(missing, ["minutes_missing", "chair_missing", "ranking_not_approved"]);

    let subject = json!({ "kind": "ranking_approval", "ranking_id": second.id() });
    let approval = resolve(house, &held, subject.clone()).await.expect(201);
    // One that is taken back does not count.
    let one = format!("/resolutions/{}", approval.id());
    house.delete(secretary(), &one, "*").await.expect(204);
    assert_eq!(house.step(secretary(), &publish, "*", Value::Null).await.blockers(), ["ranking_not_approved"]);
    let approval = resolve(house, &held, subject).await.expect(201);
    let published = house.step(secretary(), &publish, "*", Value::Null).await.expect(200);
    let told = (published.text("/conference_on"), published.text("/conference_place"));
    assert_eq!(told, ("2024-03-01".into(), "Bắc Kạn".into()));
    // What was published on it stays.
    house.delete(secretary(), &format!("/resolutions/{}", approval.id()), "*").await.problem(409, "wrong-state");

    // A correction needs no new conference, and the conference can end.
    let correction = json!({ "reason": "Cộng nhầm", "scores": [{
        "scorecard_id": year.cards[&year.provinces[0]], "criterion_id": year.criterion("I.2"), "final_points": 20,
        "reason": "Cộng nhầm",
    }]});
    house.step(secretary(), &format!("/rankings/{}/correct", second.id()), "*", correction).await.expect(201);
    let parts = json!({ "participants": [{ "role": "chair", "title": "Chủ tịch" }] });
    house.put(secretary(), &format!("{path}/participants"), "*", parts).await.expect(200);
    house.patch(secretary(), &path, "*", json!({ "minutes": "Biên bản" })).await.expect(200);
    house.step(secretary(), &format!("{path}/close"), "*", Value::Null).await.expect(200);
}

#[actix_web::test]
async fn a_conference_that_is_over_has_approved_what_it_approved() {
    let year = Year::appraised().await;
    let house = &year.house;
    year.finalize().await;
    house.at("2024-03-01T18:00:00Z");
    let held = fixtures::approve(house, year.cycle_id).await;
    let path = format!("/conferences/{}", held.id());
    let parts = json!({ "participants": [{ "role": "chair", "title": "Chủ tịch" }] });
    house.put(secretary(), &format!("{path}/participants"), "*", parts).await.expect(200);
    house.patch(secretary(), &path, "*", json!({ "minutes": "Biên bản" })).await.expect(200);
    house.step(secretary(), &format!("{path}/close"), "*", Value::Null).await.expect(200);
    let publish = format!("/cycles/{}/publish", year.cycle_id);
    let published = house.step(officer_of(year.provinces[0]), &publish, "*", Value::Null).await.expect(200);
    assert_eq!(published.text("/conference_on"), "2024-03-02", "the day it is in Vietnam");
}

#[actix_web::test]
async fn a_link_shows_only_to_those_who_see_what_it_leads_to() {
    let stage = stage(CycleState::Finalized).await;
    let house = &stage.house;
    let cluster = house.get(secretary(), &format!("/cycles/{}", stage.cycle_id)).await.text("/cluster/id");
    let members = [(stage.first, Deputy, Some(1)), (stage.second, Member, None)];
    let next = fixtures::cycle_of(house, cluster.parse().unwrap(), CycleState::Draft, 2024, &members).await;
    let nomination = stage.proposed(stage.second).await.id();
    let voters = [stage.first, stage.second, stage.third, stage.excluded];
    let elected = election(house, stage.cycle_id, next, &voters).await;
    let held = fixtures::approve(house, stage.cycle_id).await;
    for subject in [
        json!({ "kind": "nomination", "nomination_id": nomination }),
        json!({ "kind": "election", "ballot_id": elected.id() }),
        json!({ "kind": "pledge_signing", "signed_cycle_id": next }),
    ] {
        resolve(house, &held, subject).await.expect(201);
    }
    let all = [true; 4];
    #[rustfmt::skip]
    let callers = [
        // who                          before publication            after it: ranking, nomination, ballot, cycle
        (secretary(),                   Some(all),                         all),
        (auditor(),                     Some(all),                         all),
        (officer_of(stage.first),       Some(all),                         all),
        (officer_of(stage.second),      Some([false, true, true, true]),   all),
        (officer_of(stage.third),       Some([false, false, true, false]), [true, true, true, false]),
        (NOBODY,                        None,                              [true, false, false, false]),
    ];
    for published in [false, true] {
        if published {
            house.step(secretary(), &format!("/cycles/{}/publish", stage.cycle_id), "*", Value::Null).await.expect(200);
        }
        for (who, before, after) in callers {
            let Some(expected) = (if published { Some(after) } else { before }) else { continue };
            let list = format!("/resolutions?conference_id={}&sort=number", held.id());
            let (listed, statements) = house.counting(house.get(who, &list)).await;
            let listed = listed.expect(200);
            assert!(statements <= 6, "{statements}");
            let links = ["ranking_id", "nomination_id", "ballot_id", "signed_cycle_id"];
            for ((row, link), seen) in listed.body["data"].as_array().unwrap().iter().zip(links).zip(expected) {
                assert_eq!(row[link].is_string(), seen, "{who:?}, {link}, {published}");
                assert!(row["text"].is_string());
                let one = house.get(who, &format!("/resolutions/{}", row["id"].as_str().unwrap())).await.expect(200);
                assert_eq!(one.body, *row);
            }
        }
    }
    // What the public may see later shows then.
    fixtures::display(house, &nomination).await;
    let list = format!("/resolutions?conference_id={}&kind=nomination", held.id());
    assert_eq!(house.get(NOBODY, &list).await.expect(200).column("nomination_id"), [json!(nomination)]);
    move_cycle(house, next, CycleState::Published).await;
    let list = format!("/resolutions?conference_id={}&kind=pledge_signing", held.id());
    assert_eq!(house.get(NOBODY, &list).await.expect(200).column("signed_cycle_id"), [json!(next)]);
}
