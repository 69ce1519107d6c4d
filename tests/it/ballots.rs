//! Stories of ballots: on a nomination, on the offices of the next year, and between those who share a rank.

use entity::{
    membership,
    vocab::{CycleState, MemberRole, Role},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member, officer_of},
    nominations::{allowed, stage, why_not},
    people,
    results::{Year, shown},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary, someone},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                            nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/ballots",                 [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/ballots",                 [401,  422,    422,      422,    422,      422]),
    ("GET",    "/api/v1/ballots/{id}",            [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/ballots/{id}",            [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/ballots/{id}",            [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/ballots/{id}/open",       [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/ballots/{id}/close",      [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/ballots/{id}/cancel",     [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/ballots/{id}/votes",      [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/ballots/{id}/votes",      [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/ballots/{id}/find-vote",  [401,  404,    404,      404,    404,      404]),
];

/// Secret, two thirds take part, 80 % of all.
pub(crate) fn rules() -> Value {
    json!({ "secret": true, "quorum_percent": 66.67, "threshold_percent": 80, "threshold_base": "all" })
}

pub(crate) async fn step(house: &House, who: Option<Account>, ballot: &Reply, step: &str, body: Value) -> Reply {
    house.step(who, &format!("/ballots/{}/{step}", ballot.id()), "*", body).await
}

pub(crate) async fn vote(house: &House, who: Option<Account>, ballot: &Reply, vote: Value) -> Reply {
    house.post(who, &format!("/ballots/{}/votes", ballot.id()), vote).await
}

fn choose(choice: &str) -> Value {
    json!({ "choice": choice })
}

fn pick(candidate: Uuid) -> Value {
    json!({ "candidate_id": candidate })
}

/// Prepared by the council secretary, and opened.
pub(crate) async fn opened(house: &House, cycle_id: Uuid, subject: Value, rules: Value) -> Reply {
    let body = json!({ "cycle_id": cycle_id, "title": "Bỏ phiếu", "subject": subject, "rules": rules });
    let draft = house.post(secretary(), "/ballots", body).await.expect(201);
    step(house, secretary(), &draft, "open", Value::Null).await.expect(200)
}

#[actix_web::test]
async fn the_members_vote_on_a_nomination() {
    let stage = stage(CycleState::Finalized).await;
    let house = &stage.house;
    let proposed = stage.proposed(stage.second).await;
    let subject = json!({ "kind": "nomination", "nomination_id": proposed.id() });
    let body = json!({ "cycle_id": stage.cycle_id, "title": "Suy tôn Yên Bái", "subject": subject, "rules": rules() });
    house.post(officer_of(stage.third), "/ballots", body.clone()).await.problem(403, "forbidden");
    let draft = house.post(stage.head(), "/ballots", body).await.expect(201);
    let path = format!("/ballots/{}", draft.id());
    assert_eq!(draft.header("location"), format!("/api/v1{path}"));
    assert_eq!(
        (&draft.body["state"], &draft.body["voters"], &draft.body["result"]),
        (&json!("draft"), &json!([]), &Value::Null)
    );
    // A draft is the business of who prepares it.
    house.get(officer_of(stage.third), &path).await.problem(404, "not-found");
    let early = vote(house, stage.head(), &draft, choose("yes")).await;
    early.problem(403, "forbidden");

    let open = step(house, stage.head(), &draft, "open", Value::Null).await.expect(200);
    let names: Vec<&str> =
        open.body["voters"].as_array().unwrap().iter().map(|v| v["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Hòa Bình thử", "Phú Thọ thử", "Tuyên Quang thử"], "nobody votes on the own province");
    house.patch(stage.head(), &path, "*", json!({ "title": "Khác" })).await.problem(409, "wrong-state");
    house.delete(stage.head(), &path, "*").await.problem(409, "wrong-state");
    vote(house, officer_of(stage.second), &open, choose("yes")).await.problem(403, "forbidden");
    vote(house, secretary(), &open, choose("yes")).await.problem(403, "forbidden");
    vote(house, NOBODY, &open, choose("yes")).await.problem(401, "unauthenticated");
    let outsider = fixtures::province(house, "Z9", "Ngoài cụm").await;
    vote(house, officer_of(outsider), &open, choose("yes")).await.problem(404, "not-found");
    for (said, fault) in [
        (json!({}), "/choice required"),
        (json!({ "candidate_id": stage.second }), "/candidate_id no_candidates"),
        (json!({ "choice": "yes", "by_post": true }), "/by_post not_by_post"),
        (json!({ "choice": "maybe" }), "/choice unknown_value"),
        (json!({ "choice": "yes", "weight": 2 }), "/weight unknown_member"),
    ] {
        assert_eq!(vote(house, stage.head(), &open, said.clone()).await.problem(422, "invalid"), [fault], "{said}");
    }

    let first = vote(house, stage.head(), &open, choose("yes")).await.expect(201);
    let told = vote(house, someone(Role::ProvinceOfficer, Some(stage.first)), &open, choose("no")).await;
    told.problem(409, "conflict");
    let now = house.get(stage.head(), &path).await.expect(200);
    let voted: Vec<&Value> = now.body["voters"].as_array().unwrap().iter().map(|voter| &voter["voted"]).collect();
    assert_eq!(voted, [&json!(false), &json!(false), &json!(true)], "one province, one vote");
    assert_eq!(why_not(&now, "vote"), "this vote has been cast already");
    // No tally before closing, for nobody.
    for who in [secretary(), auditor(), stage.head()] {
        let read = house.get(who, &path).await.expect(200);
        assert_eq!((&read.body["result"], &read.body["how"]), (&Value::Null, &Value::Null));
        let votes = house.get(who, &format!("{path}/votes")).await.expect(200);
        assert_eq!(votes.body["votes"], Value::Null);
        let receipt = json!({ "receipt": first.text("/receipt") });
        house.post(who, &format!("{path}/find-vote"), receipt).await.problem(409, "wrong-state");
    }
    vote(house, officer_of(stage.third), &open, choose("yes")).await.expect(201);
    let last = vote(house, officer_of(stage.excluded), &open, choose("yes")).await.expect(201);

    step(house, officer_of(stage.third), &open, "close", Value::Null).await.problem(403, "forbidden");
    let closed = step(house, stage.head(), &open, "close", Value::Null).await.expect(200);
    let result = &closed.body["result"];
    let counts =
        ["electorate", "took_part", "yes", "no", "abstained", "quorum", "threshold"].map(|name| result[name].clone());
    // 66.67 % of 3 are 2.0001, so 3; 80 % of 3 are 2.4, so 3.
    assert_eq!(counts, [3, 3, 3, 0, 0, 3, 3].map(|count| json!(count)));
    assert_eq!((&closed.body["outcome"], &result["outcome"]), (&json!("carried"), &json!("carried")));
    assert_eq!(
        closed.text("/how"),
        "3 of 3 took part, 3 needed (66.67 %); 3 voted for it, 3 needed (80 % of 3, all who may vote): carried"
    );
    let nomination = house.get(stage.head(), &format!("/nominations/{}", proposed.id())).await.expect(200);
    assert_eq!((&nomination.body["state"], &nomination.body["version"]), (&json!("balloted"), &json!(2)));
    assert!(!allowed(&nomination).contains(&"ballot".to_owned()));

    let votes = house.get(officer_of(stage.third), &format!("{path}/votes")).await.expect(200);
    let listed = votes.body["votes"].as_array().unwrap();
    assert!(listed.iter().all(|one| one["voter"] == Value::Null && one["choice"] == "yes"));
    for receipt in [&first, &last] {
        let hash = receipt.body["receipt_sha256"].clone();
        assert_eq!(listed.iter().filter(|one| one["receipt_sha256"] == hash).count(), 1);
        let hand = json!({ "receipt": receipt.text("/receipt").to_uppercase() });
        let found = house.post(stage.head(), &format!("{path}/find-vote"), hand).await.expect(200);
        assert_eq!((&found.body["found"], &found.body["vote"]["receipt_sha256"]), (&json!(true), &hash));
    }
    for forged in [first.text("/receipt_sha256"), "0".repeat(32), "🗳".into()] {
        let found =
            house.post(stage.head(), &format!("{path}/find-vote"), json!({ "receipt": forged })).await.expect(200);
        assert_eq!((&found.body["found"], &found.body["vote"]), (&json!(false), &Value::Null), "{forged}");
    }
    step(house, stage.head(), &open, "close", Value::Null).await.problem(409, "wrong-state");
    vote(house, stage.head(), &open, choose("yes")).await.problem(409, "wrong-state");
    let again = json!({ "cycle_id": stage.cycle_id, "title": "Lần nữa", "rules": rules(), "subject": subject });
    house.post(stage.head(), "/ballots", again).await.problem(409, "conflict");
    let list = format!("/ballots?nomination_id={}&state=closed&kind=nomination&total=true", proposed.id());
    for (who, count) in [(officer_of(stage.second), 1), (auditor(), 1), (officer_of(outsider), 0), (NOBODY, 0)] {
        let found = house.get(who, &list).await;
        if who.is_none() {
            found.problem(401, "unauthenticated");
        } else {
            assert_eq!(found.expect(200).body["page"]["total"], count, "{who:?}");
        }
    }
}

#[actix_web::test]
async fn what_is_not_carried_changes_nothing() {
    let stage = stage(CycleState::Published).await;
    let house = &stage.house;
    let proposed = stage.proposed(stage.second).await;
    let subject = json!({ "kind": "nomination", "nomination_id": proposed.id() });
    let open = opened(house, stage.cycle_id, subject.clone(), rules()).await;
    vote(house, stage.head(), &open, choose("yes")).await.expect(201);
    vote(house, officer_of(stage.third), &open, choose("no")).await.expect(201);
    let closed = step(house, secretary(), &open, "close", Value::Null).await.expect(200);
    assert_eq!(closed.body["outcome"], "no_quorum");
    let mut open_vote = rules();
    open_vote["secret"] = json!(false);
    open_vote["quorum_percent"] = json!(0);
    open_vote["postal"] = json!(true);
    open_vote["own_province_votes"] = json!(true);
    let second = opened(house, stage.cycle_id, subject.clone(), open_vote).await;
    assert_eq!(second.body["voters"].as_array().unwrap().len(), 4, "the setting lets the province vote");
    vote(house, officer_of(stage.second), &second, choose("yes")).await.expect(201);
    vote(house, officer_of(stage.third), &second, json!({ "choice": "abstain", "by_post": true })).await.expect(201);
    let closed = step(house, secretary(), &second, "close", Value::Null).await.expect(200);
    assert_eq!((&closed.body["outcome"], &closed.body["result"]["by_post"]), (&json!("not_carried"), &json!(1)));
    let votes = house.get(auditor(), &format!("/ballots/{}/votes", second.id())).await.expect(200);
    let mut names: Vec<_> = votes.body["votes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["voter"].as_str(), one["choice"].as_str()))
        .collect();
    names.sort_unstable();
    assert_eq!(names, [(Some("Hòa Bình thử"), Some("abstain")), (Some("Yên Bái thử"), Some("yes"))]);
    let nomination = house.get(secretary(), &format!("/nominations/{}", proposed.id())).await.expect(200);
    assert_eq!((&nomination.body["state"], &nomination.body["version"]), (&json!("proposed"), &json!(1)));

    let third = opened(house, stage.cycle_id, subject, rules()).await;
    vote(house, stage.head(), &third, choose("yes")).await.expect(201);
    let told = step(house, secretary(), &third, "cancel", json!({ "reason": " " })).await;
    assert_eq!(told.problem(422, "invalid"), ["/reason blank"]);
    let gone = step(house, secretary(), &third, "cancel", json!({ "reason": "Sai danh sách" })).await.expect(200);
    assert_eq!((&gone.body["state"], &gone.body["state_reason"]), (&json!("cancelled"), &json!("Sai danh sách")));
    let votes = house.get(secretary(), &format!("/ballots/{}/votes", third.id())).await.expect(200);
    assert_eq!(votes.body["votes"], Value::Null);
}

/// Seven provinces of one cluster: the cycle that ends, and the next one, still a draft.
async fn two_years(house: &House) -> (Uuid, Uuid, Vec<Uuid>) {
    let mut provinces = vec![];
    for number in 1..=7 {
        provinces.push(fixtures::province(house, &format!("E{number}"), &format!("Tỉnh {number}")).await);
    }
    let cluster = fixtures::cluster(house, "Cụm bầu cử").await;
    let role = |place: usize| match place {
        0 => (Head, None),
        1 => (Deputy, Some(1)),
        _ => (Member, None),
    };
    let seats: Vec<_> = provinces.iter().enumerate().map(|(at, id)| (*id, role(at).0, role(at).1)).collect();
    let ending = fixtures::cycle_of(house, cluster, CycleState::Published, 2033, &seats).await;
    let plain: Vec<_> = provinces.iter().map(|id| (*id, Member, None)).collect();
    let next = fixtures::cycle_of(house, cluster, CycleState::Draft, 2034, &plain).await;
    (ending, next, provinces)
}

async fn seats(house: &House, cycle_id: Uuid) -> Vec<(Uuid, MemberRole, Option<i32>)> {
    let rows = membership::Entity::find().filter(membership::Column::CycleId.eq(cycle_id));
    let rows = rows.all(house.state.db.reader()).await.unwrap();
    let mut found: Vec<_> = rows
        .into_iter()
        .filter(|row| row.role != Member)
        .map(|row| (row.province_id, row.role, row.deputy_rank))
        .collect();
    found.sort_by_key(|(_, role, rank)| (*role, *rank));
    found
}

#[actix_web::test]
async fn head_and_deputies_of_the_next_year_are_elected_into_their_seats() {
    let house = house().await;
    let (ending, next, p) = two_years(&house).await;
    let election = |office: &str, rank: Option<i32>, candidates: &[Uuid]| {
        let mut subject =
            json!({ "kind": "election", "elects_cycle_id": next, "office": office, "candidate_ids": candidates });
        if let Some(rank) = rank {
            subject["deputy_rank"] = json!(rank);
        }
        subject
    };
    let new =
        |subject: Value| json!({ "cycle_id": ending, "title": "Bầu cụm trưởng", "subject": subject, "rules": rules() });
    for (subject, fault) in [
        (election("member", None, &p[..2]), "/subject/office no_office"),
        (election("deputy", None, &p[..2]), "/subject/deputy_rank required"),
        (election("head", Some(1), &p[..2]), "/subject/deputy_rank only_for_deputies"),
        (election("head", None, &[p[0], Uuid::nil()]), "/subject/candidate_ids/1 not_a_member"),
        (election("head", None, &[p[0], p[0]]), "/subject/candidate_ids/1 duplicate"),
    ] {
        let told = house.post(secretary(), "/ballots", new(subject.clone())).await;
        assert_eq!(told.problem(422, "invalid"), [fault], "{subject}");
    }
    let empty = house.post(secretary(), "/ballots", new(election("head", None, &[]))).await.expect(201);
    assert_eq!(step(&house, secretary(), &empty, "open", Value::Null).await.blockers(), ["too_few_candidates"]);
    house.delete(officer_of(p[0]), &format!("/ballots/{}", empty.id()), "*").await.expect(204);

    let head = opened(&house, ending, election("head", None, &p[2..5]), rules()).await;
    let own = vote(&house, officer_of(p[2]), &head, pick(p[2])).await;
    assert_eq!(own.problem(422, "invalid"), ["/candidate_id own_province"]);
    for (voter, candidate) in [(0, 2), (1, 2), (3, 2), (4, 2), (5, 2), (6, 2), (2, 3)] {
        vote(&house, officer_of(p[voter]), &head, pick(p[candidate])).await.expect(201);
    }
    let closed = step(&house, officer_of(p[0]), &head, "close", Value::Null).await.expect(200);
    // 80 % of 7 are 5.6, so 6.
    assert_eq!((&closed.body["outcome"], &closed.body["result"]["elected_id"]), (&json!("carried"), &json!(p[2])));
    assert_eq!(seats(&house, next).await, [(p[2], Head, None)]);

    // The first deputy: three to three and an abstention; the second ballot decides.
    let mut half = rules();
    half["threshold_percent"] = json!(50);
    let deputy = opened(&house, ending, election("deputy", Some(1), &[p[0], p[1], p[3]]), half.clone()).await;
    for (voter, candidate) in [(1, 0), (2, 0), (3, 0), (0, 1), (4, 1), (5, 1)] {
        vote(&house, officer_of(p[voter]), &deputy, pick(p[candidate])).await.expect(201);
    }
    vote(&house, officer_of(p[6]), &deputy, choose("abstain")).await.expect(201);
    let tied = step(&house, secretary(), &deputy, "close", Value::Null).await.expect(200);
    assert_eq!((&tied.body["outcome"], &tied.body["result"]["elected_id"]), (&json!("tied"), &Value::Null));
    let second = |candidates: &[Uuid], follows: &Reply| {
        let mut body = new(election("deputy", Some(1), candidates));
        body["rules"] = half.clone();
        body["follows_id"] = json!(follows.id());
        body
    };
    let told = house.post(secretary(), "/ballots", second(&[p[0], p[3]], &deputy)).await;
    assert_eq!(told.problem(422, "invalid"), ["/subject/candidate_ids not_tied"]);
    let told = house.post(secretary(), "/ballots", second(&p[..2], &head)).await;
    assert_eq!(told.problem(422, "invalid"), ["/follows_id not_tied"]);
    let draft = house.post(secretary(), "/ballots", second(&p[..2], &deputy)).await.expect(201);
    let again = step(&house, secretary(), &draft, "open", Value::Null).await.expect(200);
    for (voter, candidate) in [(1, 0), (2, 0), (3, 0), (0, 1), (4, 0)] {
        vote(&house, officer_of(p[voter]), &again, pick(p[candidate])).await.expect(201);
    }
    step(&house, secretary(), &again, "close", Value::Null).await.expect(200);
    assert_eq!(seats(&house, next).await, [(p[2], Head, None), (p[0], MemberRole::Deputy, Some(1))]);

    // Elected once more, this time as head: the former head is an ordinary member, the deputy's seat is free.
    let anew = opened(&house, ending, election("head", None, &[p[0]]), half.clone()).await;
    for voter in [1, 2, 3, 4, 5] {
        vote(&house, officer_of(p[voter]), &anew, pick(p[0])).await.expect(201);
    }
    let running = opened(&house, ending, election("head", None, &[p[5]]), half.clone()).await;
    step(&house, secretary(), &anew, "close", Value::Null).await.expect(200);
    assert_eq!(seats(&house, next).await, [(p[0], Head, None)]);
    let roles = house.get(auditor(), &format!("/journal?cycle_id={next}&action=membership.elect")).await.expect(200);
    assert_eq!(roles.column("action").len(), 4, "every change of a seat is in the journal");

    // Once the next year is launched nobody is elected any more, and the ballot stays open and whole.
    for voter in 0..5 {
        vote(&house, officer_of(p[voter]), &running, pick(p[5])).await.expect(201);
    }
    let gone = house.get(secretary(), &format!("/memberships?cycle_id={next}&province_id={}", p[5])).await.expect(200);
    house.delete(secretary(), &format!("/memberships/{}", gone.text("/data/0/id")), "*").await.expect(204);
    step(&house, secretary(), &running, "close", Value::Null).await.problem(409, "conflict");
    fixtures::move_cycle(&house, next, CycleState::Launched).await;
    step(&house, secretary(), &running, "close", Value::Null).await.problem(409, "wrong-state");
    let left = house.get(secretary(), &format!("/ballots/{}", running.id())).await.expect(200);
    assert_eq!((&left.body["state"], &left.body["result"]), (&json!("open"), &Value::Null));
    house.post(secretary(), "/ballots", new(election("head", None, &p[..1]))).await.problem(409, "conflict");
}

#[actix_web::test]
async fn the_clock_and_the_rules_of_a_ballot_hold() {
    let house = house().await;
    let (ending, next, p) = two_years(&house).await;
    let subject = json!({ "kind": "election", "elects_cycle_id": next, "office": "head", "candidate_ids": &p[..2] });
    let mut new = json!({
        "cycle_id": ending, "title": "Bầu cụm trưởng", "subject": subject, "rules": rules(),
        "opens_at": "2024-03-01T15:00:00+07:00", "closes_at": "2024-03-01T15:00:00+07:00",
    });
    let told = house.post(secretary(), "/ballots", new.clone()).await;
    assert_eq!(told.problem(422, "invalid"), ["/closes_at before_opening"]);
    new["closes_at"] = json!("2024-03-01T16:00:00+07:00");
    for (member, value, fault) in [
        ("quorum_percent", json!(100.0001), "/rules/quorum_percent out_of_range"),
        ("quorum_percent", json!(-1), "/rules/quorum_percent out_of_range"),
        ("threshold_percent", json!(0), "/rules/threshold_percent out_of_range"),
        ("threshold_base", json!("some"), "/rules/threshold_base unknown_value"),
        ("weight", json!(1), "/rules/weight unknown_member"),
    ] {
        let mut wrong = new.clone();
        wrong["rules"][member] = value;
        assert_eq!(house.post(secretary(), "/ballots", wrong).await.problem(422, "invalid"), [fault]);
    }
    let draft = house.post(secretary(), "/ballots", new).await.expect(201);
    let path = format!("/ballots/{}", draft.id());
    house.patch(secretary(), &path, "\"9\"", json!({ "title": "Bầu" })).await.problem(412, "stale");
    let told = house.patch(secretary(), &path, "*", json!({ "opens_at": "2024-03-02T15:00:00+07:00" })).await;
    assert_eq!(told.problem(422, "invalid"), ["/closes_at before_opening"]);
    let changed = house.patch(secretary(), &path, draft.etag(), json!({ "title": "Bầu cụm trưởng năm 2034" })).await;
    assert_eq!(changed.expect(200).body["version"], 2);
    let open = step(&house, secretary(), &draft, "open", Value::Null).await.expect(200);

    house.at("2024-03-01T14:59:59+07:00");
    assert_eq!(why_not(&house.get(officer_of(p[2]), &path).await, "vote"), "voting begins at 2024-03-01T08:00:00Z");
    vote(&house, officer_of(p[2]), &open, pick(p[0])).await.problem(409, "wrong-state");
    house.at("2024-03-01T16:00:00+07:00");
    vote(&house, officer_of(p[2]), &open, pick(p[0])).await.expect(201);
    assert_eq!(step(&house, secretary(), &open, "close", Value::Null).await.blockers(), ["voting_not_over"]);
    house.at("2024-03-01T16:00:01+07:00");
    vote(&house, officer_of(p[3]), &open, pick(p[0])).await.problem(409, "wrong-state");
    step(&house, secretary(), &open, "close", Value::Null).await.expect(200);
}

#[actix_web::test]
async fn named_members_of_the_council_can_be_the_electorate() {
    let stage = stage(CycleState::Finalized).await;
    let house = &stage.house;
    let proposed = stage.proposed(stage.second).await;
    let council = [secretary(), secretary()];
    for account in council.into_iter().flatten() {
        people::enrol(house, account).await;
    }
    let other = administrator();
    people::enrol(house, other.unwrap()).await;
    let ids: Vec<Uuid> = council.iter().map(|account| account.unwrap().id).collect();
    let new = |voters: &[Uuid]| {
        json!({
            "cycle_id": stage.cycle_id, "title": "Hội đồng bỏ phiếu", "rules": rules(), "voter_ids": voters,
            "subject": { "kind": "nomination", "nomination_id": proposed.id() },
        })
    };
    let told = house.post(secretary(), "/ballots", new(&[ids[0], other.unwrap().id, ids[0]])).await;
    assert_eq!(told.problem(422, "invalid"), ["/voter_ids/1 unknown_reference", "/voter_ids/2 duplicate"]);
    let draft = house.post(secretary(), "/ballots", new(&ids)).await.expect(201);
    let open = step(house, secretary(), &draft, "open", Value::Null).await.expect(200);
    let voters: Vec<&Value> = open.body["voters"].as_array().unwrap().iter().map(|one| &one["user_id"]).collect();
    assert_eq!(voters.len(), 2);
    vote(house, stage.head(), &open, choose("yes")).await.problem(403, "forbidden");
    for account in council {
        vote(house, account, &open, choose("yes")).await.expect(201);
    }
    let closed = step(house, secretary(), &open, "close", Value::Null).await.expect(200);
    assert_eq!((&closed.body["outcome"], &closed.body["result"]["electorate"]), (&json!("carried"), &json!(2)));
}

#[actix_web::test]
async fn a_ballot_between_those_who_share_a_rank_ends_the_tie() {
    let year = Year::appraised().await;
    let [first, second, third] = year.provinces;
    let house = &year.house;
    let rules_of = json!({ "tie_breakers": [{ "by": "section_points", "section": "I" }, { "by": "ballot" }], "classification": null });
    fixtures::ranking_rules(house, year.cycle_id, rules_of).await;
    let ranking = year.finalize().await;
    let places = |ranking: &Reply| shown(ranking).into_iter().map(|(place, ..)| place).collect::<Vec<_>>();
    // 40 + 30 and 30 + 40 in section I: alike in everything but a ballot.
    assert_eq!(places(&ranking), [json!(1), json!(1), json!(3)]);
    let step_of = |ranking: &Reply, entry: usize| ranking.body["entries"][entry]["tie_breaks"][1].clone();
    assert_eq!(step_of(&ranking, 0)["value"], Value::Null, "no ballot was held yet");

    let tie = |candidates: &[Uuid]| json!({ "kind": "tie", "candidate_ids": candidates });
    let mut half = rules();
    half["threshold_percent"] = json!(50);
    half["quorum_percent"] = json!(50);
    let new = |candidates: &[Uuid]| json!({ "cycle_id": year.cycle_id, "title": "Phân định đồng hạng", "subject": tie(candidates), "rules": half.clone() });
    for wrong in [&[first][..], &[first, third], &[first, second, third], &[third]] {
        let told = house.post(secretary(), "/ballots", new(wrong)).await;
        if wrong == [third] {
            // Alone on its rank, and alone in the ballot.
            let told = step(house, secretary(), &told.expect(201), "open", Value::Null).await;
            assert_eq!(told.blockers(), ["too_few_candidates"]);
        } else {
            assert_eq!(told.problem(422, "invalid"), ["/subject/candidate_ids not_tied"]);
        }
    }
    let ballot = opened(house, year.cycle_id, tie(&[first, second]), half.clone()).await;
    vote(house, officer_of(first), &ballot, pick(second)).await.expect(201);
    vote(house, officer_of(second), &ballot, pick(first)).await.expect(201);
    let tied = step(house, secretary(), &ballot, "close", Value::Null).await.expect(200);
    assert_eq!(tied.body["outcome"], "tied");
    let same = house.get(secretary(), &format!("/cycles/{}/ranking", year.cycle_id)).await.expect(200);
    assert_eq!(same.id(), ranking.id(), "nothing was decided");

    let mut again = new(&[first, second]);
    again["follows_id"] = json!(ballot.id());
    let draft = house.post(officer_of(first), "/ballots", again).await.expect(201);
    let again = step(house, secretary(), &draft, "open", Value::Null).await.expect(200);
    vote(house, officer_of(first), &again, pick(second)).await.expect(201);
    vote(house, officer_of(third), &again, pick(second)).await.expect(201);
    step(house, secretary(), &again, "close", Value::Null).await.expect(200);
    let settled = house.get(secretary(), &format!("/cycles/{}/ranking", year.cycle_id)).await.expect(200);
    assert_eq!(places(&settled), [json!(1), json!(2), json!(3)]);
    assert_eq!(settled.body["entries"][0]["province"]["id"], json!(second));
    assert_eq!((&step_of(&settled, 0)["value"], &step_of(&settled, 0)["separated"]), (&json!("2"), &json!(true)));
    assert_eq!(
        (&settled.body["supersedes_id"], &settled.body["reason"]),
        (&json!(ranking.id()), &json!("Phân định đồng hạng"))
    );
    let proof = house.get(secretary(), &format!("/rankings/{}/proof", settled.id())).await.expect(200);
    assert_eq!(proof.body["content"]["algorithm"], 3);
    assert_eq!(proof.body["content"]["inputs"]["ballots"][0], json!({ first.to_string(): 0, second.to_string(): 2 }));
    let held = house.post(auditor(), &format!("/rankings/{}/verify", settled.id()), Value::Null).await.expect(200);
    assert_eq!(held.body["holds"], true);
    let late = house.post(secretary(), "/ballots", new(&[first, second])).await;
    assert_eq!(late.problem(422, "invalid"), ["/subject/candidate_ids not_tied"]);
}

#[actix_web::test]
async fn without_the_tie_breaker_no_ballot_decides_a_tie() {
    let year = Year::appraised().await;
    year.finalize().await;
    let subject = json!({ "kind": "tie", "candidate_ids": &year.provinces[..2] });
    let body = json!({ "cycle_id": year.cycle_id, "title": "Phân định", "subject": subject, "rules": rules() });
    year.house.post(secretary(), "/ballots", body).await.problem(409, "conflict");
}
