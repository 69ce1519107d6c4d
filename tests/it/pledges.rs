//! Stories of pledges: written, signed, concluded.

use actix_web::{http::header, test::TestRequest};
use entity::{journal_entry, pledge, vocab::CycleState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use thidua::{db, domain::policy::Account};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{Deputy, Head, Member, cycle, move_cycle, officer_of, province},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                               nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/pledges",                    [401,  200,    200,      200,    200,      200]),
    ("POST",   "/api/v1/pledges",                    [401,  403,    403,      403,    422,      403]),
    ("GET",    "/api/v1/pledges/{id}",               [401,  404,    404,      404,    404,      404]),
    ("PATCH",  "/api/v1/pledges/{id}",               [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/pledges/{id}",               [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/pledges/{id}/sign",          [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/pledges/{id}/amend",         [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/pledges/{id}/conclude",      [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/pledges/{id}/amendments",    [401,  404,    404,      404,    404,      404]),
];

/// A cycle with a head, a deputy and a member; and a province that stands outside.
pub(crate) struct Year {
    pub(crate) house: House,
    pub(crate) cycle: Uuid,
    pub(crate) head: Uuid,
    pub(crate) deputy: Uuid,
    pub(crate) member: Uuid,
    pub(crate) outsider: Uuid,
}

pub(crate) async fn year(state: CycleState) -> Year {
    let house = house().await;
    let head = province(&house, "A1", "Tuyên Quang thử").await;
    let deputy = province(&house, "A2", "Hòa Bình thử").await;
    let member = province(&house, "A3", "Yên Bái thử").await;
    let outsider = province(&house, "A4", "Lào Cai thử").await;
    let members = [(head, Head, None), (deputy, Deputy, Some(1)), (member, Member, None)];
    let cycle = cycle(&house, state, 2024, &members).await;
    Year { house, cycle, head, deputy, member, outsider }
}

pub(crate) fn signature() -> Value {
    json!({
        "signatory_name": "Nguyễn Văn A", "signatory_title": "Chủ tịch", "signed_at": "2024-03-01T14:30:00+07:00",
        "signed_place": "Bắc Kạn",
    })
}

impl Year {
    pub(crate) fn body(&self, province_id: Uuid) -> Value {
        json!({ "cycle_id": self.cycle, "province_id": province_id, "text": "Cam kết hoàn thành các chỉ tiêu." })
    }

    pub(crate) async fn draft(&self, province_id: Uuid) -> Reply {
        self.house.post(officer_of(province_id), "/pledges", self.body(province_id)).await.expect(201)
    }

    pub(crate) async fn signed(&self, province_id: Uuid) -> Reply {
        let draft = self.draft(province_id).await;
        self.step(officer_of(province_id), &draft, "sign", signature()).await.expect(200)
    }

    pub(crate) async fn step(&self, who: Option<Account>, seen: &Reply, step: &str, body: Value) -> Reply {
        self.house.step(who, &format!("/pledges/{}/{step}", seen.id()), seen.etag(), body).await
    }

    pub(crate) async fn read(&self, who: Option<Account>, seen: &Reply) -> Reply {
        self.house.get(who, &format!("/pledges/{}", seen.id())).await
    }

    pub(crate) async fn patch(&self, who: Option<Account>, seen: &Reply, body: Value) -> Reply {
        self.house.patch(who, &format!("/pledges/{}", seen.id()), seen.etag(), body).await
    }

    pub(crate) async fn moves(&self, state: CycleState) {
        move_cycle(&self.house, self.cycle, state).await;
    }

    /// Makes a pledge unmade, so that the story can begin again.
    async fn forget(&self, pledge: &Reply) {
        let id: Uuid = pledge.id().parse().unwrap();
        db::write(&self.house.state.db, async |tx| Ok(pledge::Entity::delete_by_id(id).exec(tx).await?)).await.unwrap();
    }

    /// What the journal says of the cycle: `action version`.
    pub(crate) async fn journal(&self) -> Vec<String> {
        let entries = journal_entry::Entity::find()
            .filter(journal_entry::Column::CycleId.eq(self.cycle))
            .order_by_asc(journal_entry::Column::Id);
        let entries = entries.all(self.house.state.db.reader()).await.unwrap();
        entries.iter().map(|entry| format!("{} {}", entry.action, entry.resource_version)).collect()
    }
}

/// The steps a representation says are possible.
fn possible(reply: &Reply) -> Vec<&str> {
    let actions = reply.body["allowed_actions"].as_array().unwrap().iter();
    actions.filter(|action| action["allowed"] == true).map(|action| action["name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_pledge_is_written_signed_and_concluded() {
    let year = year(CycleState::Draft).await;
    let officer = officer_of(year.member);
    let draft = year.draft(year.member).await;
    assert_eq!(draft.header("location"), format!("/api/v1/pledges/{}", draft.id()));
    assert_eq!((draft.text("/state"), draft.text("/certainty")), ("draft".into(), "verified".into()));
    let summary = json!({
        "total": 0, "met": 0, "exceeded": 0, "missed": 0, "open": 0, "text": "0 of 0 met, 0 exceeded",
    });
    assert_eq!(draft.body["targets_summary"], summary);
    assert_eq!(possible(&draft), [""; 0]);

    let body = json!({ "text": "Cam kết mới.", "signatory_name": "Nguyễn Văn A", "signed_place": "Hà Nội" });
    let changed = year.patch(officer, &draft, body).await.expect(200);
    let cleared = year.patch(officer, &changed, json!({ "signed_place": null })).await.expect(200);
    assert_eq!((cleared.text("/text"), &cleared.body["signed_place"]), ("Cam kết mới.".into(), &Value::Null));
    assert_eq!((cleared.text("/signatory_name"), &cleared.body["version"]), ("Nguyễn Văn A".into(), &json!(3)));

    year.moves(CycleState::Launched).await;
    let ready = year.read(officer, &draft).await.expect(200);
    assert_eq!(possible(&ready), ["sign"]);
    let facts = json!({
        "signatory_title": "Chủ tịch", "signed_at": "2024-03-01T14:30:00.5+07:00", "signed_place": "Bắc Kạn",
    });
    let signed = year.step(officer, &ready, "sign", facts).await.expect(200);
    assert_eq!((signed.text("/state"), signed.text("/signatory_name")), ("signed".into(), "Nguyễn Văn A".into()));
    assert_eq!(signed.text("/signed_at"), "2024-03-01T07:30:00.500Z");
    assert_eq!(possible(&signed), ["amend"]);
    year.patch(officer, &signed, json!({ "text": "Khác" })).await.problem(409, "wrong-state");
    let path = format!("/pledges/{}", signed.id());
    year.house.delete(officer, &path, signed.etag()).await.problem(409, "wrong-state");

    year.moves(CycleState::Appraisal).await;
    let signed = year.read(officer, &signed).await.expect(200);
    assert_eq!(possible(&signed), ["conclude"]);
    year.house.at("2025-02-01T00:00:00Z");
    let concluded = year.step(officer, &signed, "conclude", Value::Null).await.expect(200);
    assert_eq!((concluded.text("/state"), possible(&concluded)), ("concluded".into(), vec![]));
    assert_eq!(concluded.text("/concluded_at"), "2025-02-01T00:00:00Z");
    for step in ["sign", "conclude"] {
        let body = if step == "sign" { signature() } else { Value::Null };
        year.step(officer, &concluded, step, body).await.problem(409, "wrong-state");
    }
    assert_eq!(
        year.journal().await,
        ["pledge.create 1", "pledge.update 2", "pledge.update 3", "pledge.sign 4", "pledge.conclude 5"]
    );
}

#[actix_web::test]
async fn a_draft_is_thrown_away_with_its_targets() {
    let year = year(CycleState::Active).await;
    let draft = year.draft(year.member).await;
    let target = json!({
        "pledge_id": draft.id(), "name": "Che phủ rừng", "unit": "%", "direction": "higher_is_better", "target": 63,
    });
    let target = year.house.post(secretary(), "/targets", target).await.expect(201);
    let path = format!("/pledges/{}", draft.id());
    year.house.delete(officer_of(year.member), &path, draft.etag()).await.expect(204);
    year.house.get(secretary(), &path).await.problem(404, "not-found");
    year.house.get(secretary(), &format!("/targets/{}", target.id())).await.problem(404, "not-found");
    assert_eq!(year.journal().await, ["pledge.create 1", "target.create 1", "pledge.delete 1", "target.delete 1"]);
    year.draft(year.member).await;
}

#[actix_web::test]
async fn writers_say_what_they_saw() {
    let year = year(CycleState::Active).await;
    let draft = year.draft(year.member).await;
    let path = format!("/pledges/{}", draft.id());
    let officer = officer_of(year.member);
    year.house.patch(officer, &path, "\"9\"", json!({ "text": "Khác" })).await.problem(412, "stale");
    year.house.step(officer, &format!("{path}/sign"), "\"9\"", signature()).await.problem(412, "stale");
    year.house.step(officer, &format!("{path}/conclude"), "\"9\"", Value::Null).await.problem(412, "stale");
    year.house.delete(officer, &path, "\"9\"").await.problem(412, "stale");
    let amendment = json!({ "reason": "Vì" });
    year.house.step(officer, &format!("{path}/amend"), "\"9\"", amendment.clone()).await.problem(412, "stale");
    for (step, body) in [("sign", signature()), ("amend", amendment), ("conclude", Value::Null)] {
        let blind = TestRequest::post().uri(&format!("/api/v1{path}/{step}"));
        let blind = if body.is_null() { blind } else { blind.set_json(body) };
        year.house.send(officer, blind).await.problem(428, "precondition-required");
    }
    let blind = TestRequest::patch().uri(&format!("/api/v1{path}")).set_json(json!({}));
    year.house.send(officer, blind).await.problem(428, "precondition-required");
    let blind = TestRequest::delete().uri(&format!("/api/v1{path}"));
    year.house.send(officer, blind).await.problem(428, "precondition-required");
    let had = TestRequest::get().uri(&format!("/api/v1{path}")).insert_header((header::IF_NONE_MATCH, draft.etag()));
    year.house.send(officer, had).await.expect(304);
    assert_eq!(year.journal().await, ["pledge.create 1"]);
}

#[actix_web::test]
async fn only_the_province_and_the_secretary_write() {
    let year = year(CycleState::Active).await;
    let draft = year.draft(year.member).await;
    let readers = [administrator(), auditor(), officer_of(year.head)];
    let strangers = [officer_of(year.deputy), officer_of(year.outsider)];
    for (callers, status, slug) in [(&readers[..], 403, "forbidden"), (&strangers[..], 404, "not-found")] {
        for who in callers.iter().copied() {
            let path = format!("/pledges/{}", draft.id());
            year.patch(who, &draft, json!({ "text": "Khác" })).await.problem(status, slug);
            year.step(who, &draft, "sign", signature()).await.problem(status, slug);
            year.step(who, &draft, "amend", json!({ "reason": "Vì" })).await.problem(status, slug);
            year.step(who, &draft, "conclude", Value::Null).await.problem(status, slug);
            year.house.delete(who, &path, draft.etag()).await.problem(status, slug);
            year.house.post(who, "/pledges", year.body(year.member)).await.problem(403, "forbidden");
        }
    }
    let seen = year.read(auditor(), &draft).await.expect(200);
    let refused = json!([
        { "name": "sign", "allowed": false, "reason": "your role does not allow this" },
        { "name": "amend", "allowed": false, "reason": "your role does not allow this" },
        { "name": "conclude", "allowed": false, "reason": "your role does not allow this" },
    ]);
    assert_eq!(seen.body["allowed_actions"], refused);
    let vietnamese = TestRequest::get()
        .uri(&format!("/api/v1/pledges/{}", draft.id()))
        .insert_header((header::ACCEPT_LANGUAGE, "vi"));
    let vietnamese = year.house.send(officer_of(year.member), vietnamese).await.expect(200);
    assert_eq!(
        (vietnamese.text("/targets_summary/text"), vietnamese.text("/allowed_actions/2/reason")),
        ("0/0 chỉ tiêu đạt, trong đó 0 chỉ tiêu vượt".into(), "chỉ tổng kết được giao ước thi đua đã ký".into())
    );
    year.house.post(NOBODY, "/pledges", year.body(year.head)).await.problem(401, "unauthenticated");
    year.house.post(secretary(), "/pledges", year.body(year.head)).await.expect(201);
    year.step(secretary(), &draft, "sign", signature()).await.expect(200);
}

#[actix_web::test]
async fn a_pledge_belongs_to_a_member_once() {
    let year = year(CycleState::Active).await;
    let post = async |who, body| year.house.post(who, "/pledges", body).await;
    let officer = officer_of(year.outsider);
    // A cycle that is hidden is told from none in nothing.
    assert_eq!(post(officer, year.body(year.outsider)).await.problem(422, "invalid"), ["/cycle_id unknown_reference"]);
    let mut nowhere = year.body(year.outsider);
    nowhere["cycle_id"] = json!(Uuid::now_v7());
    assert_eq!(post(officer, nowhere).await.problem(422, "invalid"), ["/cycle_id unknown_reference"]);
    let outside = post(secretary(), year.body(year.outsider)).await;
    assert_eq!(outside.problem(422, "invalid"), ["/province_id not_a_member"]);
    let nobody = post(secretary(), year.body(Uuid::now_v7())).await;
    assert_eq!(nobody.problem(422, "invalid"), ["/province_id unknown_reference"]);

    year.draft(year.member).await;
    post(officer_of(year.member), year.body(year.member)).await.problem(409, "conflict");
    for state in [CycleState::SelfScoring, CycleState::Finalized, CycleState::Closed, CycleState::Interrupted] {
        year.moves(state).await;
        post(officer_of(year.head), year.body(year.head)).await.problem(409, "wrong-state");
    }
    assert_eq!(year.journal().await, ["pledge.create 1"]);
}

#[actix_web::test]
async fn a_signature_is_complete_timely_and_of_the_present() {
    let year = year(CycleState::Draft).await;
    let officer = officer_of(year.member);
    let draft = year.draft(year.member).await;
    year.step(officer, &draft, "sign", signature()).await.problem(409, "wrong-state");
    year.moves(CycleState::Launched).await;
    let bare = json!({ "signed_at": "2024-03-01T07:00:00Z" });
    let blockers = year.step(officer, &draft, "sign", bare).await.blockers();
    assert_eq!(blockers, ["signatory_missing", "signatory_title_missing", "place_missing"]);
    let with = |at: &str| {
        let mut body = signature();
        body["signed_at"] = json!(at);
        body
    };
    let later = year.step(officer, &draft, "sign", with("2024-03-01T15:00:01+07:00")).await;
    assert_eq!(later.blockers(), ["signed_in_future"]);
    #[rustfmt::skip]
    let cases = [
        (with("1999-12-31T23:59:59Z"),      "/signed_at range"),
        (with("0001-01-01T00:00:00Z"),      "/signed_at range"),
        (with("-0044-03-15T00:00:00Z"),     "/signed_at wrong_type"),
        (with("2024-03-01"),                "/signed_at wrong_type"),
        (with("2024-03-01T14:30:00"),       "/signed_at wrong_type"),
        (json!({}),                         "/signed_at required"),
        (json!({ "signed_at": null }),      "/signed_at wrong_type"),
        (json!({ "signed_at": 1_709_253_000 }), "/signed_at wrong_type"),
    ];
    for (body, fault) in cases {
        let faults = year.step(officer, &draft, "sign", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let signed = year.step(officer, &draft, "sign", with("2024-02-29T23:59:60+00:00")).await.expect(200);
    year.step(officer, &signed, "sign", signature()).await.problem(409, "wrong-state");
    year.step(officer, &signed, "conclude", Value::Null).await.problem(409, "wrong-state");
    assert_eq!(year.journal().await, ["pledge.create 1", "pledge.sign 2"]);
}

#[actix_web::test]
async fn bad_bodies_name_their_fault_and_change_nothing() {
    let year = year(CycleState::Active).await;
    let officer = officer_of(year.member);
    let with = |name: &str, value: Value| {
        let mut body = year.body(year.member);
        body[name] = value;
        body
    };
    #[rustfmt::skip]
    let cases = [
        (json!({}),                                   "/cycle_id required"),
        (json!([]),                                   " wrong_type"),
        (with("txet", json!("x")),                    "/txet unknown_member"),
        (with("state", json!("signed")),              "/state unknown_member"),
        (with("cycle_id", json!("42")),               "/cycle_id wrong_type"),
        (with("province_id", Value::Null),            "/province_id wrong_type"),
        (with("text", json!("")),                     "/text blank"),
        (with("text", json!(" \n\u{3000}")),          "/text blank"),
        (with("text", json!("x".repeat(20_001))),     "/text too_long"),
        (with("text", json!("nul\0")),                "/text control_character"),
        (with("text", json!(["x"])),                  "/text wrong_type"),
        (with("signatory_name", json!("a\nb")),       "/signatory_name several_lines"),
        (with("signatory_title", json!("é".repeat(301))), "/signatory_title too_long"),
        (with("signed_place", json!(-1)),             "/signed_place wrong_type"),
        (with("certainty", json!("sure")),            "/certainty unknown_value"),
    ];
    for (body, fault) in cases {
        let faults = year.house.post(officer, "/pledges", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let told = with("text", json!("Ye\u{302}n Ba\u{301}i cam kết 🎏\n\nHai đoạn"));
    let draft = year.house.post(officer, "/pledges", told).await.expect(201);
    assert_eq!(draft.text("/text"), "Yên Bái cam kết 🎏\n\nHai đoạn");
    for (body, fault) in [
        (json!({ "text": null }), "/text wrong_type"),
        (json!({ "certainty": null }), "/certainty wrong_type"),
        (json!({ "signed_at": "2024-03-01T07:00:00Z" }), "/signed_at unknown_member"),
        (json!({ "signatory_name": " " }), "/signatory_name blank"),
    ] {
        assert_eq!(year.patch(officer, &draft, body.clone()).await.problem(422, "invalid"), [fault], "{body}");
    }
    assert_eq!(year.journal().await, ["pledge.create 1"]);
}

#[actix_web::test]
async fn of_twins_one_wins() {
    let year = year(CycleState::Active).await;
    for round in 0..20 {
        let officer = officer_of(year.member);
        let post = || year.house.post(officer, "/pledges", year.body(year.member));
        let (one, two) = tokio::join!(post(), post());
        let (draft, lost) = if one.status == 201 { (one, two) } else { (two, one) };
        lost.problem(409, "conflict");
        let draft = draft.expect(201);

        let patch = |text: &'static str| year.patch(officer, &draft, json!({ "text": text }));
        let (one, two) = tokio::join!(patch("Một"), patch("Hai"));
        let (changed, lost) = if one.status == 200 { (one, two) } else { (two, one) };
        lost.problem(412, "stale");
        let changed = changed.expect(200);
        assert_eq!(year.read(officer, &draft).await.body, changed.body, "round {round}");

        let sign = || year.step(officer, &changed, "sign", signature());
        let (one, two) = tokio::join!(sign(), sign());
        let (signed, lost) = if one.status == 200 { (one, two) } else { (two, one) };
        lost.problem(412, "stale");
        assert_eq!(signed.expect(200).body["version"], 3, "round {round}");
        year.forget(&draft).await;
    }
}
