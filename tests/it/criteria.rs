//! Stories of criteria sets, their trees and single criteria.

use entity::{
    journal_entry,
    vocab::{CycleState, Role},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use thidua::domain::policy::Account;
use uuid::Uuid;

use super::{
    fixtures::{Deputy, Head, Member, appraiser, cycle, move_cycle, officer_of, province},
    nominations::{allowed, why_not},
    support::{House, NOBODY, Reply, administrator, auditor, house, secretary, someone},
};

/// A launched cycle: its head, a deputy and a member; and a province outside it.
struct Stage {
    house: House,
    cycle_id: Uuid,
    head: Option<Account>,
    member: Option<Account>,
    outsider: Option<Account>,
}

async fn stage() -> Stage {
    let house = house().await;
    let mut ids = vec![];
    for (code, name) in [("C1", "Tỉnh Một"), ("C2", "Tỉnh Hai"), ("C3", "Tỉnh Ba"), ("C4", "Tỉnh ngoài cụm")]
    {
        ids.push(province(&house, code, name).await);
    }
    let members = [(ids[0], Head, None), (ids[1], Deputy, Some(1)), (ids[2], Member, None)];
    let cycle_id = cycle(&house, CycleState::Launched, 2031, &members).await;
    let [head, member, outsider] = [ids[0], ids[2], ids[3]].map(officer_of);
    Stage { house, cycle_id, head, member, outsider }
}

impl Stage {
    fn body(&self) -> Value {
        json!({ "cycle_id": self.cycle_id, "title": "Bảng tiêu chí năm 2031", "total_points": 100 })
    }

    async fn draft(&self) -> Reply {
        self.house.post(self.head, "/criteria-sets", self.body()).await.expect(201)
    }

    async fn replacing(&self, reason: Option<&str>, clone_from: Option<&Reply>) -> Reply {
        let mut body = self.body();
        if let Some(reason) = reason {
            body["reason"] = json!(reason);
        }
        if let Some(source) = clone_from {
            body["clone_from_id"] = json!(source.id());
        }
        self.house.post(self.head, "/criteria-sets", body).await.expect(201)
    }

    async fn written(&self, set: &Reply, tree: Value) -> Reply {
        self.house.put(self.head, &format!("/criteria-sets/{}/tree", set.id()), set.etag(), tree).await
    }

    async fn issue(&self, set: &Reply) -> Reply {
        self.house.step(self.head, &format!("/criteria-sets/{}/issue", set.id()), "*", Value::Null).await
    }

    async fn issued(&self) -> Reply {
        let draft = self.draft().await;
        self.written(&draft, whole()).await.expect(200);
        self.issue(&draft).await.expect(200)
    }

    async fn read(&self, set: &Reply) -> Reply {
        self.house.get(self.head, &format!("/criteria-sets/{}", set.id())).await.expect(200)
    }

    async fn tree(&self, set: &Reply) -> Reply {
        self.house.get(self.head, &format!("/criteria-sets/{}/tree", set.id())).await.expect(200)
    }

    async fn criterion(&self, set: &Reply, code: &str) -> Reply {
        let found = self.house.get(self.head, &format!("/criteria?criteria_set_id={}&limit=200", set.id())).await;
        let row = found.body["data"].as_array().unwrap().iter().find(|row| row["code"] == code).unwrap().clone();
        self.house.get(self.head, &format!("/criteria/{}", row["id"].as_str().unwrap())).await.expect(200)
    }
}

/// A hundred points in two sections, with a bonus on top.
fn whole() -> Value {
    json!({ "nodes": [
        { "code": "I", "name": "Kinh tế", "name_en": "Economy", "max_points": 60, "children": [
            { "code": "I.1", "name": "Tăng trưởng", "max_points": 40, "method": "proportional",
              "parameters": { "direction": "higher_is_better", "target": 8 }, "guidance": "Theo số liệu thống kê" },
            { "code": "I.2", "name": "Xã hội", "max_points": 20, "method": "expert" },
        ]},
        { "code": "II", "name": "Thi đua", "children": [
            { "code": "II.1", "name": "Phong trào", "max_points": 40, "method": "expert", "parameters": {} },
            { "code": "II.2", "name": "Thưởng", "method": "bonus", "parameters": { "points_each": 5, "cap": 10 } },
        ]},
    ]})
}

/// Codes of a tree, in display order.
fn codes(nodes: &Value) -> Vec<String> {
    let each = |node: &Value| {
        let own = node["code"].as_str().unwrap().to_owned();
        [vec![own], codes(&node["children"])].concat()
    };
    nodes.as_array().unwrap().iter().flat_map(each).collect()
}

/// The id behind a code of a tree.
fn id_of(nodes: &Value, code: &str) -> Option<Value> {
    nodes
        .as_array()
        .unwrap()
        .iter()
        .find_map(|node| if node["code"] == code { Some(node["id"].clone()) } else { id_of(&node["children"], code) })
}

#[actix_web::test]
async fn a_set_is_drafted_changed_issued_and_replaced() {
    let stage = stage().await;
    let draft = stage.draft().await;
    let path = format!("/criteria-sets/{}", draft.id());
    assert_eq!(draft.header("location"), format!("/api/v1{path}"));
    let found = ["number", "state", "total_points", "reason", "issued_at"].map(|name| draft.body[name].clone());
    assert_eq!(found, [json!(1), json!("draft"), json!(100), Value::Null, Value::Null]);
    assert_eq!((allowed(&draft), why_not(&draft, "issue")), (vec![], "the set has no criteria".into()));

    let patch = json!({ "title": "Bảng tiêu chí", "total_points": 90.5, "reason": "Nháp" });
    let changed = stage.house.patch(stage.head, &path, draft.etag(), patch).await.expect(200);
    assert_eq!((&changed.body["total_points"], &changed.body["version"]), (&json!(90.5), &json!(2)));
    stage.house.patch(stage.head, &path, draft.etag(), json!({})).await.problem(412, "stale");
    stage.written(&changed, whole()).await.expect(200);
    let refused = stage.issue(&draft).await;
    assert_eq!(
        refused.text("/blockers/0/message"),
        "the set declares a total of 90.5 points, but its sections sum up to 100"
    );
    assert_eq!(refused.blockers(), ["total_differs"]);
    stage.house.patch(secretary(), &path, "*", json!({ "total_points": 100.0, "reason": null })).await.expect(200);
    let ready = stage.read(&draft).await;
    assert_eq!((allowed(&ready), &ready.body["reason"]), (vec!["issue".to_owned()], &Value::Null));

    stage.house.at("2031-04-02T02:00:00Z");
    let issued = stage.issue(&draft).await.expect(200);
    assert_eq!((issued.text("/state"), issued.text("/issued_at")), ("issued".into(), "2031-04-02T02:00:00Z".into()));
    assert_eq!(why_not(&issued, "issue"), "only a draft of the criteria can be issued");
    stage.issue(&draft).await.problem(409, "wrong-state");
    stage.house.patch(stage.head, &path, "*", json!({ "title": "Khác" })).await.problem(409, "wrong-state");
    stage.house.delete(stage.head, &path, "*").await.problem(409, "wrong-state");
    stage.written(&issued, whole()).await.problem(409, "wrong-state");

    let second = stage.replacing(Some("Đính chính tiêu chí I.2"), Some(&draft)).await;
    assert_eq!((&second.body["number"], &second.body["cloned_from_id"]), (&json!(2), &draft.body["id"]));
    stage.issue(&second).await.expect(200);
    let list = stage.house.get(stage.head, &format!("/criteria-sets?cycle_id={}&sort=number", stage.cycle_id)).await;
    assert_eq!(list.column("state"), ["superseded", "issued"]);
}

#[actix_web::test]
async fn a_version_that_replaces_another_says_why() {
    let stage = stage().await;
    // Both drafted before anything was issued, when no reason was needed.
    let (first, second) = (stage.draft().await, stage.draft().await);
    assert_eq!((&first.body["number"], &second.body["number"]), (&json!(1), &json!(2)));
    for set in [&first, &second] {
        stage.written(set, whole()).await.expect(200);
    }
    stage.issue(&first).await.expect(200);
    let read = stage.read(&second).await;
    assert_eq!(why_not(&read, "issue"), "another version is in force: say why this one replaces it");
    assert_eq!(stage.issue(&second).await.blockers(), ["reason_missing"]);
    let faults = stage.house.post(stage.head, "/criteria-sets", stage.body()).await.problem(422, "invalid");
    assert_eq!(faults, ["/reason required"]);
    let path = format!("/criteria-sets/{}", second.id());
    stage.house.patch(stage.head, &path, "*", json!({ "reason": "Bổ sung tiêu chí" })).await.expect(200);
    stage.issue(&second).await.expect(200);
    assert_eq!(stage.read(&first).await.text("/state"), "superseded");
}

#[actix_web::test]
async fn a_set_is_copied_into_another_cycle_and_the_copy_stands_alone() {
    let stage = stage().await;
    let source = stage.draft().await;
    let tree = stage.written(&source, whole()).await.expect(200);
    let seats = [(stage.member.unwrap().province_id.unwrap(), Head, None)];
    let other = cycle(&stage.house, CycleState::Draft, 2032, &seats).await;
    let body = json!({ "cycle_id": other, "title": "Bản sao", "total_points": 100, "clone_from_id": source.id() });
    // The member is head of the other cycle, but does not see this draft.
    let faults = stage.house.post(stage.member, "/criteria-sets", body.clone()).await.problem(422, "invalid");
    assert_eq!(faults, ["/clone_from_id unknown_reference"]);
    let copy = stage.house.post(secretary(), "/criteria-sets", body.clone()).await.expect(201);
    let copied = stage.house.get(stage.member, &format!("/criteria-sets/{}/tree", copy.id())).await.expect(200);
    let bare = |nodes: &Value| {
        nodes.to_string().split("\"id\":").map(|part| part.get(38..).unwrap_or("").to_owned()).collect::<String>()
    };
    assert_eq!(bare(&copied.body["nodes"]), bare(&tree.body["nodes"]));
    assert_eq!(codes(&copied.body["nodes"]), ["I", "I.1", "I.2", "II", "II.1", "II.2"]);
    for code in codes(&tree.body["nodes"]) {
        assert_ne!(id_of(&copied.body["nodes"], &code), id_of(&tree.body["nodes"], &code), "{code}");
    }
    // The copy names its source, which therefore stays as long as the copy does.
    let path = format!("/criteria-sets/{}", source.id());
    stage.house.delete(stage.head, &path, tree.etag()).await.problem(409, "conflict");
    stage.house.delete(stage.member, &format!("/criteria-sets/{}", copy.id()), copy.etag()).await.expect(204);
    stage.house.delete(stage.head, &path, source.etag()).await.problem(412, "stale");
    stage.house.delete(stage.head, &path, tree.etag()).await.expect(204);
    stage.house.get(stage.head, &path).await.problem(404, "not-found");
    let left = stage.house.get(auditor(), &format!("/criteria?cycle_id={},{other}&total=true", stage.cycle_id)).await;
    assert_eq!(left.body["page"]["total"], 0);
    // Once it is issued the members see it and may copy it.
    let issued = stage.issued().await;
    let mut body = body;
    body["clone_from_id"] = json!(issued.id());
    stage.house.post(stage.member, "/criteria-sets", body).await.expect(201);
}

#[actix_web::test]
async fn criteria_are_issued_between_the_launch_and_self_scoring() {
    use CycleState::*;
    let stage = stage().await;
    let draft = stage.draft().await;
    stage.written(&draft, whole()).await.expect(200);
    for state in [Draft, SelfScoring, Appraisal, Finalized, Published, Closed, Interrupted] {
        move_cycle(&stage.house, stage.cycle_id, state).await;
        stage.issue(&draft).await.problem(409, "wrong-state");
        assert_eq!(allowed(&stage.read(&draft).await), Vec::<String>::new(), "{state:?}");
    }
    move_cycle(&stage.house, stage.cycle_id, Active).await;
    stage.issue(&draft).await.expect(200);
}

#[actix_web::test]
async fn who_sees_and_who_writes_criteria() {
    let stage = stage().await;
    let assigned = appraiser(&stage.house, stage.cycle_id, None).await;
    let stranger = someone(Role::Appraiser, None);
    let issued = stage.issued().await;
    let draft = stage.replacing(Some("Sửa"), Some(&issued)).await;
    #[rustfmt::skip]
    let views = [
        // who             sets   of the draft, of the issued: status; the same after publication
        (stage.head,       2,     200, 200, 2),
        (secretary(),      2,     200, 200, 2),
        (administrator(),  2,     200, 200, 2),
        (auditor(),        2,     200, 200, 2),
        (stage.member,     1,     404, 200, 1),
        (assigned,         1,     404, 200, 1),
        (stage.outsider,   0,     404, 404, 1),
        (stranger,         0,     404, 404, 1),
        (NOBODY,           0,     404, 404, 1),
    ];
    let count = async |who, list: &str| {
        let path = format!("/{list}?cycle_id={}&total=true", stage.cycle_id);
        let list = stage.house.get(who, &path).await.expect(200);
        let total = list.body["page"]["total"].as_u64().unwrap();
        assert_eq!(list.body["data"].as_array().unwrap().len() as u64, total);
        total
    };
    let (drafted, in_force) = (stage.criterion(&draft, "I").await.id(), stage.criterion(&issued, "I").await.id());
    for (who, sets, of_draft, of_issued, _) in views {
        assert_eq!((count(who, "criteria-sets").await, count(who, "criteria").await), (sets, sets * 6), "{who:?}");
        for (set, criterion, status) in [(&draft, &drafted, of_draft), (&issued, &in_force, of_issued)] {
            let id = set.id();
            for path in
                [format!("/criteria-sets/{id}"), format!("/criteria-sets/{id}/tree"), format!("/criteria/{criterion}")]
            {
                assert_eq!(stage.house.get(who, &path).await.status, status, "{who:?} {path}");
            }
        }
    }
    #[rustfmt::skip]
    let writers = [
        // who             new set, to the issued set, to the draft
        (stage.member,     403, 403, 404),
        (assigned,         403, 403, 404),
        (auditor(),        403, 403, 403),
        (administrator(),  403, 403, 403),
        (stage.outsider,   422, 404, 404),
        (stranger,         422, 404, 404),
        (NOBODY,           401, 401, 401),
    ];
    for (who, new, to_issued, to_draft) in writers {
        assert_eq!(stage.house.post(who, "/criteria-sets", stage.body()).await.status, new, "{who:?}");
        for (set, criterion, status) in [(&issued, &in_force, to_issued), (&draft, &drafted, to_draft)] {
            // To the public everything hidden is unknown, and everything seen needs a name.
            let path = format!("/criteria-sets/{}", set.id());
            let tries = [
                stage.house.patch(who, &path, "*", json!({ "title": "x" })).await,
                stage.house.delete(who, &path, "*").await,
                stage.house.step(who, &format!("{path}/issue"), "*", Value::Null).await,
                stage.house.put(who, &format!("{path}/tree"), "*", whole()).await,
                stage.house.patch(who, &format!("/criteria/{criterion}"), "*", json!({ "name": "x" })).await,
                stage.house.delete(who, &format!("/criteria/{criterion}"), "*").await,
            ];
            assert_eq!(tries.map(|reply| reply.status), [status; 6], "{who:?}");
        }
    }
    move_cycle(&stage.house, stage.cycle_id, CycleState::Published).await;
    for (who, .., sets) in views {
        assert_eq!(count(who, "criteria-sets").await, sets, "{who:?}");
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_set_is_named() {
    let stage = stage().await;
    let nothing = Uuid::now_v7();
    #[rustfmt::skip]
    let cases = [
        ("cycle_id",      json!(nothing),            "/cycle_id unknown_reference"),
        ("cycle_id",      json!("2031"),             "/cycle_id wrong_type"),
        ("clone_from_id", json!(nothing),            "/clone_from_id unknown_reference"),
        ("clone_from_id", Value::Null,               "/clone_from_id wrong_type"),
        ("title",         json!(""),                 "/title blank"),
        ("title",         json!("a\nb"),             "/title several_lines"),
        ("title",         json!("nul\0"),            "/title control_character"),
        ("title",         json!("x".repeat(301)),    "/title too_long"),
        ("total_points",  json!(-1),                 "/total_points negative"),
        ("total_points",  json!(0.00001),            "/total_points too_precise"),
        ("total_points",  json!(1e15),               "/total_points out_of_range"),
        ("total_points",  json!("100"),              "/total_points wrong_type"),
        ("certainty",     json!("perhaps"),          "/certainty unknown_value"),
        ("reason",        json!(" \u{3000}"),        "/reason blank"),
        ("number",        json!(7),                  "/number unknown_member"),
    ];
    for (name, value, fault) in cases {
        let mut body = stage.body();
        body[name] = value;
        let faults = stage.house.post(stage.head, "/criteria-sets", body.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{body}");
    }
    let path = format!("/criteria-sets?cycle_id={}&total=true", stage.cycle_id);
    assert_eq!(stage.house.get(stage.head, &path).await.body["page"]["total"], 0);
    let mut body = stage.body();
    body["title"] = json!("Ba\u{309}ng tie\u{302}u chi\u{301} 🏆");
    let made = stage.house.post(stage.head, "/criteria-sets", body).await.expect(201);
    assert_eq!(made.text("/title"), "Bảng tiêu chí 🏆");
    #[rustfmt::skip]
    let cases = [
        ("state=open",       "state unreadable"),
        ("cycle_id=7",       "cycle_id unreadable"),
        ("sort=title",       "sort unreadable"),
        ("limit=0",          "limit range"),
        ("cycle=7",          "cycle unknown_parameter"),
    ];
    for (query, fault) in cases {
        let faults =
            stage.house.get(stage.head, &format!("/criteria-sets?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault], "{query}");
    }
}

#[actix_web::test]
async fn everything_wrong_with_a_tree_is_named_at_once_and_nothing_is_stored() {
    let stage = stage().await;
    let draft = stage.draft().await;
    let stored = stage.written(&draft, whole()).await.expect(200);
    let leaf = |code: &str| json!({ "code": code, "name": "Tiêu chí", "method": "expert", "max_points": 1 });
    let broken = json!({ "nodes": [
        { "code": "I", "name": "Một", "parameters": {}, "children": [
            { "code": "I.1", "name": "Tăng trưởng", "method": "proportional", "parameters": { "target": -1, "weight": 2 } },
            { "code": "I", "name": "Trùng", "max_points": -3 },
        ]},
        { "code": "II", "name": "Hai", "method": "penalty", "parameters": { "points_each": 0 } },
        { "code": "II", "name": "Hai nữa", "method": "expert", "max_points": 1 },
    ]});
    let refused = stage.written(&stored_as(&draft, &stored), broken).await.problem(422, "invalid");
    assert_eq!(
        refused,
        [
            "/nodes/0/parameters contradiction",
            "/nodes/0/children/0/parameters/direction required",
            "/nodes/0/children/0/parameters/target negative",
            "/nodes/0/children/0/parameters/weight unknown_member",
            "/nodes/1/parameters/points_each not_positive",
            "/nodes/0/children/1/code duplicate",
            "/nodes/0/children/1/max_points negative",
            "/nodes/2/code duplicate",
        ]
    );
    let chain = |levels: usize| {
        let links = (0..levels).rev().fold(
            json!([]),
            |children, level| json!([{ "code": format!("L{level}"), "name": "Cấp", "children": children }]),
        );
        json!({ "nodes": links })
    };
    let at = |depth: usize| format!("/nodes/0{}", "/children/0".repeat(depth));
    let refused = stage.written(&stored_as(&draft, &stored), chain(34)).await.problem(422, "invalid");
    assert_eq!(refused, [format!("{} too_deep", at(32))]);
    // Deeper than any reader of JSON goes along.
    stage.written(&stored_as(&draft, &stored), chain(100)).await.problem(400, "malformed");
    let many = |count: usize| {
        let children: Vec<Value> = (1..count).map(|n| leaf(&n.to_string())).collect();
        json!({ "nodes": [{ "code": "I", "name": "Một", "children": children }] })
    };
    assert_eq!(
        stage.written(&stored_as(&draft, &stored), many(2001)).await.problem(422, "invalid"),
        ["/nodes too_many"]
    );
    #[rustfmt::skip]
    let cases = [
        (json!({}),                                                             "/nodes required"),
        (json!({ "nodes": null }),                                              "/nodes wrong_type"),
        (json!({ "nodes": [null] }),                                            "/nodes/0 wrong_type"),
        (json!({ "nodes": [{ "code": "I" }] }),                                 "/nodes/0/name required"),
        (json!({ "nodes": [{ "code": "I\0", "name": "x" }] }),                  "/nodes/0/code control_character"),
        (json!({ "nodes": [{ "code": "x".repeat(101), "name": "x" }] }),        "/nodes/0/code too_long"),
        (json!({ "nodes": [{ "code": "I", "name": "x", "id": "7" }] }),         "/nodes/0/id unknown_member"),
        (json!({ "nodes": [{ "code": "I", "name": "x", "children": [{ "code": "I.1", "name": "" }] }] }),
                                                                                "/nodes/0/children/0/name blank"),
    ];
    for (body, fault) in cases {
        assert_eq!(stage.written(&stored_as(&draft, &stored), body).await.problem(422, "invalid"), [fault]);
    }
    assert_eq!(stage.tree(&draft).await.bytes, stored.bytes);

    let full = stage.written(&stored_as(&draft, &stored), many(2000)).await.expect(200);
    assert_eq!(codes(&full.body["nodes"]).len(), 2000);
    let one_more = json!({ "criteria_set_id": draft.id(), "code": "thừa", "name": "Thừa" });
    stage.house.post(stage.head, "/criteria", one_more).await.problem(409, "conflict");
    let deep = stage.written(&stored_as(&draft, &full), chain(32)).await.expect(200);
    assert_eq!(codes(&deep.body["nodes"]).len(), 32);
    let empty = stage.written(&stored_as(&draft, &deep), json!({ "nodes": [] })).await.expect(200);
    assert_eq!((&empty.body["nodes"], &empty.body["version"]), (&json!([]), &json!(5)));
}

/// The set as it was seen with its tree: the same id, the tree's tag.
fn stored_as(set: &Reply, tree: &Reply) -> Reply {
    Reply { status: 200, headers: tree.headers.clone(), body: set.body.clone(), bytes: vec![] }
}

#[actix_web::test]
async fn criteria_keep_their_ids_wherever_they_move() {
    let stage = stage().await;
    let draft = stage.draft().await;
    let first = stage.written(&draft, whole()).await.expect(200);
    // II.2 moves up to be a section, I moves below it, and with it the old II.
    let moved = json!({ "nodes": [{ "code": "II.2", "name": "Thưởng", "children": [
        { "code": "I", "name": "Kinh tế", "children": [
            { "code": "II", "name": "Thi đua Ye\u{302}n Ba\u{301}i 🎏" },
            { "code": "I.1", "name": "Tăng trưởng", "method": "expert", "max_points": 1 },
        ]},
    ]}]});
    let second = stage.written(&stored_as(&draft, &first), moved.clone()).await.expect(200);
    assert_eq!(codes(&second.body["nodes"]), ["II.2", "I", "II", "I.1"]);
    for code in ["II.2", "I", "II", "I.1"] {
        assert_eq!(id_of(&second.body["nodes"], code), id_of(&first.body["nodes"], code), "{code}");
    }
    assert_eq!(second.text("/nodes/0/children/0/children/0/name"), "Thi đua Yên Bái 🎏");
    let (again, statements) = stage.house.counting(stage.written(&stored_as(&draft, &second), moved)).await;
    assert_eq!((again.expect(200).bytes, statements), (second.bytes, 4), "read, compared, left alone");
    let back = stage.written(&stored_as(&draft, &stage.tree(&draft).await), whole()).await.expect(200);
    assert_eq!(codes(&back.body["nodes"]), codes(&first.body["nodes"]));
    assert_ne!(id_of(&back.body["nodes"], "II.1"), id_of(&first.body["nodes"], "II.1"), "it had been deleted");
}

#[actix_web::test]
async fn single_criteria_are_added_moved_and_deleted() {
    let stage = stage().await;
    let draft = stage.draft().await;
    stage.written(&draft, whole()).await.expect(200);
    let (one, two) = (stage.criterion(&draft, "I").await, stage.criterion(&draft, "II").await);
    let path = |row: &Reply| format!("/criteria/{}", row.id());
    let body = |extra: Value| {
        let mut body =
            json!({ "criteria_set_id": draft.id(), "code": "I.3", "name": "Môi trường", "parent_id": one.id() });
        extra.as_object().unwrap().iter().for_each(|(name, value)| body[name] = value.clone());
        body
    };
    #[rustfmt::skip]
    let cases = [
        (json!({ "criteria_set_id": Uuid::now_v7() }),                  "/criteria_set_id unknown_reference"),
        (json!({ "parent_id": Uuid::now_v7() }),                        "/parent_id unknown_parent"),
        (json!({ "code": "II.1" }),                                     "/code duplicate"),
        (json!({ "code": "" }),                                         "/code blank"),
        (json!({ "name": "x".repeat(301) }),                            "/name too_long"),
        (json!({ "position": 0 }),                                      "/position range"),
        (json!({ "position": 10_001 }),                                 "/position range"),
        (json!({ "max_points": -0.0001 }),                              "/max_points negative"),
        (json!({ "method": "guess" }),                                  "/method unknown_value"),
        (json!({ "parameters": {} }),                                   "/parameters contradiction"),
        (json!({ "method": "bonus" }),                                  "/parameters/points_each required"),
        (json!({ "method": "bonus", "parameters": [] }),                "/parameters wrong_type"),
        (json!({ "guidance": "\u{7}" }),                                "/guidance control_character"),
        (json!({ "depth": 1 }),                                         "/depth unknown_member"),
    ];
    for (extra, fault) in cases {
        let faults = stage.house.post(stage.head, "/criteria", body(extra.clone())).await.problem(422, "invalid");
        assert_eq!(faults[0], fault, "{extra}");
    }
    let version = stage.read(&draft).await.body["version"].as_i64().unwrap();
    let made = stage.house.post(
        stage.head,
        "/criteria",
        body(json!({ "method": "bonus", "parameters": { "points_each": 2.50 } })),
    );
    let made = made.await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1{}", path(&made)));
    let found = ["position", "parameters", "max_points", "version"].map(|name| made.body[name].clone());
    assert_eq!(found, [json!(3), json!({ "points_each": 2.5, "cap": null }), Value::Null, json!(1)]);
    assert_eq!(stage.read(&draft).await.body["version"], version + 1, "a change of a criterion is one of its set");

    let patch = json!({ "method": "proportional", "parameters": { "direction": "lower_is_better", "target_from_line": true },
        "max_points": 5, "name_en": "Environment", "position": 1, "parent_id": null });
    let changed = stage.house.patch(stage.head, &path(&made), made.etag(), patch).await.expect(200);
    let found = ["parent_id", "position", "name_en", "method"].map(|name| changed.body[name].clone());
    assert_eq!(found, [Value::Null, json!(1), json!("Environment"), json!("proportional")]);
    assert_eq!(changed.body["parameters"]["round_digits"], 2);
    stage.house.patch(stage.head, &path(&made), made.etag(), json!({})).await.problem(412, "stale");
    #[rustfmt::skip]
    let cases = [
        (&made, json!({ "method": null }),                              "/parameters contradiction"),
        (&made, json!({ "code": "I" }),                                 "/code duplicate"),
        (&made, json!({ "name": null }),                                "/name wrong_type"),
        (&made, json!({ "criteria_set_id": draft.id() }),               "/criteria_set_id unknown_member"),
        (&made, json!({ "parent_id": made.id() }),                      "/parent_id parent_ring"),
        (&one,  json!({ "parent_id": stage.criterion(&draft, "I.1").await.id() }), "/parent_id parent_ring"),
    ];
    for (row, patch, fault) in cases {
        let faults = stage.house.patch(stage.head, &path(row), "*", patch.clone()).await.problem(422, "invalid");
        assert_eq!(faults, [fault], "{patch}");
    }
    stage.house.patch(stage.head, &path(&one), "*", json!({ "parent_id": two.id() })).await.expect(200);
    assert_eq!(codes(&stage.tree(&draft).await.body["nodes"]), ["I.3", "II", "I", "I.1", "I.2", "II.1", "II.2"]);
    stage.house.delete(stage.head, &path(&one), one.etag()).await.problem(412, "stale");
    stage.house.delete(stage.head, &path(&one), "*").await.expect(204);
    assert_eq!(codes(&stage.tree(&draft).await.body["nodes"]), ["I.3", "II", "II.1", "II.2"], "with all its parts");
    let told = journal_entry::Entity::find().filter(journal_entry::Column::Action.eq("criterion.delete"));
    assert_eq!(told.count(stage.house.state.db.reader()).await.unwrap(), 3, "each of them in the journal");
}

#[actix_web::test]
async fn what_is_moved_too_deep_is_refused_once() {
    let stage = stage().await;
    let draft = stage.draft().await;
    let chain = |name: &str, levels: usize| {
        (0..levels).rev().fold(
            json!([]),
            |children, level| json!([{ "code": format!("{name}{level}"), "name": "Cấp", "children": children }]),
        )
    };
    let tree = json!({ "nodes": [chain("A", 30)[0], chain("B", 5)[0]] });
    stage.written(&draft, tree).await.expect(200);
    let (below, moved) = (stage.criterion(&draft, "A29").await, stage.criterion(&draft, "B0").await);
    let path = format!("/criteria/{}", moved.id());
    let patch = json!({ "parent_id": below.id() });
    let refused = stage.house.patch(stage.head, &path, moved.etag(), patch).await.problem(422, "invalid");
    assert_eq!(refused, ["/parent_id too_deep"]);
}

#[actix_web::test]
async fn filters_of_criteria() {
    let stage = stage().await;
    let issued = stage.issued().await;
    let draft = stage.replacing(Some("Sửa"), Some(&issued)).await;
    let (set, section) = (draft.id(), stage.criterion(&draft, "I").await.id());
    #[rustfmt::skip]
    let cases = [
        (format!("criteria_set_id={set}&sort=code"),                     vec!["I", "I.1", "I.2", "II", "II.1", "II.2"]),
        (format!("criteria_set_id={set}&leaf=true&sort=-code"),          vec!["II.2", "II.1", "I.2", "I.1"]),
        (format!("criteria_set_id={set}&leaf=false&sort=code"),          vec!["I", "II"]),
        (format!("parent_id={section}"),                                 vec!["I.1", "I.2"]),
        (format!("criteria_set_id={set}&method=bonus,proportional&sort=code"), vec!["I.1", "II.2"]),
        (format!("criteria_set_id={set}&q=tang%20truong"),                 vec!["I.1"]),
        (format!("criteria_set_id={set}&q=ECONOMY"),                     vec!["I"]),
        (format!("criteria_set_id={set}&q=%25"),                         vec![]),
        (format!("cycle_id={}&set_state=issued&q=II.1", stage.cycle_id), vec!["II.1"]),
        (format!("cycle_id={},{}&q=II.1", stage.cycle_id, Uuid::now_v7()), vec!["II.1", "II.1"]),
        (format!("cycle_id={}", Uuid::now_v7()),                         vec![]),
    ];
    for (query, expected) in cases {
        let (list, statements) =
            stage.house.counting(stage.house.get(stage.head, &format!("/criteria?total=true&{query}"))).await;
        assert_eq!(list.column("code"), expected, "{query}");
        assert_eq!((list.body["page"]["total"].as_u64(), statements), (Some(expected.len() as u64), 2), "{query}");
    }
    for (query, fault) in
        [("leaf=yes", "leaf unreadable"), ("method=x", "method unreadable"), ("set=1", "set unknown_parameter")]
    {
        let faults = stage.house.get(stage.head, &format!("/criteria?{query}")).await.problem(400, "bad-parameter");
        assert_eq!(faults, [fault]);
    }
    let (tree, statements) = stage.house.counting(stage.tree(&draft)).await;
    assert!(statements <= 4, "{statements} statements");
    let same = actix_web::test::TestRequest::get().uri(&format!("/api/v1/criteria-sets/{set}/tree"));
    let same = same.insert_header(("If-None-Match", tree.etag().to_owned()));
    assert_eq!(stage.house.send(stage.head, same).await.status, 304);
}

#[actix_web::test]
async fn of_concurrent_writers_of_a_set_one_wins() {
    let stage = stage().await;
    let draft = stage.draft().await;
    let mut etag = draft.etag().to_owned();
    let path = format!("/criteria-sets/{}", draft.id());
    for round in 0..20 {
        let tree = |name: &str| json!({ "nodes": [{ "code": format!("{name}{round}"), "name": name }] });
        let whole = format!("{path}/tree");
        let put = |name: &'static str| stage.house.put(stage.head, &whole, &etag, tree(name));
        let title = json!({ "title": format!("Lần {round}") });
        let (a, b, c) = tokio::join!(put("A"), put("B"), stage.house.patch(secretary(), &path, &etag, title));
        let mut statuses = [a.status, b.status, c.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412], "round {round}");
        stage.house.put(stage.head, &whole, "*", json!({ "nodes": [] })).await.expect(200);
        etag = stage.read(&draft).await.etag().to_owned();
    }
    let (a, b, c) = tokio::join!(stage.draft(), stage.draft(), stage.draft());
    let mut numbers: Vec<_> = [a, b, c].iter().map(|set| set.body["number"].as_i64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [2, 3, 4], "every version has its own number");
}
