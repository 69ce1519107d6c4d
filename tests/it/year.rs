//! A whole year over HTTP: from the first administrator to the decided award, everybody under a token of their own.

use actix_web::{http::header, test::TestRequest};
use serde_json::{Value, json};
use thidua::resources::users;

use super::support::{House, NOBODY, Reply, house};

/// A person who signs in like everybody else.
#[derive(Clone)]
struct Person {
    username: String,
    password: String,
}

/// The year's stage: the house, and who acts in it.
struct Year {
    house: House,
    admin: Person,
    secretary: Person,
    appraiser: Person,
    /// Three provinces and their officers: head, deputy, member.
    members: Vec<(String, Person)>,
    cycle: String,
}

impl House {
    async fn signed_in(&self, person: &Person) -> String {
        let body = json!({ "username": person.username, "password": person.password });
        self.post(NOBODY, "/auth/sign-in", body).await.expect(200).text("/access_token")
    }

    /// One call under the person's own token, with `If-Match` as read just before.
    async fn act(&self, person: &Person, method: &str, path: &str, body: Value) -> Reply {
        let token = self.signed_in(person).await;
        let bearer = (header::AUTHORIZATION, format!("Bearer {token}"));
        let resource: String = path.split('?').next().unwrap().split('/').take(3).collect::<Vec<_>>().join("/");
        let mut request = TestRequest::with_uri(&format!("/api/v1{path}")).insert_header(bearer.clone());
        request = request.method(method.parse().unwrap());
        if method != "GET" && resource.matches('/').count() == 2 {
            let current = TestRequest::get().uri(&format!("/api/v1{resource}")).insert_header(bearer);
            request = request.insert_header((header::IF_MATCH, self.send(NOBODY, current).await.etag().to_owned()));
        }
        if !body.is_null() {
            request = request.set_json(body);
        }
        self.send(NOBODY, request).await
    }

    /// The one-time password is exchanged at the first sign-in.
    async fn settle(&self, username: &str, one_time: String) -> Person {
        let newcomer = Person { username: username.to_owned(), password: one_time.clone() };
        let settled = Person { username: username.to_owned(), password: format!("own password of {username}") };
        let change = json!({ "current_password": one_time, "new_password": settled.password });
        self.act(&newcomer, "POST", "/auth/password", change).await.expect(204);
        settled
    }

    async fn hire(&self, admin: &Person, username: &str, role: &str, province: Option<&str>) -> Person {
        let mut account = json!({ "username": username, "display_name": username, "role": role });
        if let Some(province) = province {
            account["province_id"] = json!(province);
        }
        let made = self.act(admin, "POST", "/users", account).await.expect(201);
        self.settle(username, made.text("/one_time_password")).await
    }
}

impl Year {
    async fn begun() -> Self {
        let house = house().await;
        house.at("2022-02-01T08:00:00+07:00");
        let first = users::ensure_first_administrator(&house.state.db, house.state.clock.now()).await.unwrap().unwrap();
        let admin = house.settle(&first.username, first.password).await;
        let secretary = house.hire(&admin, "secretary", "council_secretary", None).await;
        let appraiser = house.hire(&admin, "appraiser", "appraiser", None).await;
        let mut members = vec![];
        for (code, username) in [("01", "ha-noi"), ("31", "hai-phong"), ("48", "da-nang")] {
            let province =
                house.get(NOBODY, &format!("/provinces?code={code}&as_of=2022-06-01")).await.text("/data/0/id");
            let officer = house.hire(&admin, username, "province_officer", Some(&province)).await;
            members.push((province, officer));
        }
        let cluster = json!({ "code": "CUM-NAM", "name": "Cụm của năm", "name_en": "Cluster of the year" });
        let cluster = house.act(&admin, "POST", "/clusters", cluster).await.expect(201).id();
        let cycle = json!({ "cluster_id": cluster, "year": 2022, "title": "Năm thi đua 2022" });
        let cycle = house.act(&secretary, "POST", "/cycles", cycle).await.expect(201).id();
        Self { house, admin, secretary, appraiser, members, cycle }
    }

    fn head(&self) -> &Person {
        &self.members[0].1
    }

    async fn step(&self, person: &Person, step: &str, body: Value) -> Reply {
        self.house.act(person, "POST", &format!("/cycles/{}/{step}", self.cycle), body).await
    }

    /// The codes of what `GET /cycles/{id}/readiness` says is missing for the next step.
    async fn missing(&self) -> Vec<String> {
        let path = format!("/cycles/{}/readiness", self.cycle);
        let readiness = self.house.act(&self.secretary, "GET", &path, Value::Null).await.expect(200);
        let blockers = readiness.body["blockers"].as_array().unwrap().iter();
        blockers.map(|blocker| blocker["code"].as_str().unwrap().to_owned()).collect()
    }

    async fn members_and_head(&self) {
        assert_eq!(self.missing().await, ["too_few_members", "no_head", "no_deputy"]);
        let roles =
            [json!({ "role": "head" }), json!({ "role": "deputy", "deputy_rank": 1 }), json!({ "role": "member" })];
        for ((province, _), role) in self.members.iter().zip(roles) {
            let mut membership = role;
            membership["cycle_id"] = json!(self.cycle);
            membership["province_id"] = json!(province);
            self.house.act(&self.secretary, "POST", "/memberships", membership).await.expect(201);
        }
        assert_eq!(self.missing().await, Vec::<String>::new());
        let stranger = &self.members[2].1;
        self.step(stranger, "launch", Value::Null).await.problem(403, "forbidden");
        let launched = self.step(self.head(), "launch", Value::Null).await.expect(200);
        assert_eq!(launched.text("/state"), "launched");
    }

    async fn pledges(&self) -> Vec<String> {
        let mut pledges = vec![];
        for (province, officer) in &self.members {
            let pledge = json!({ "cycle_id": self.cycle, "province_id": province, "text": "Cam kết thi đua." });
            let id = self.house.act(officer, "POST", "/pledges", pledge).await.expect(201).id();
            let signature = json!({
                "signatory_name": "Nguyễn Văn A", "signatory_title": "Chủ tịch Ủy ban nhân dân",
                "signed_at": "2022-02-01T07:30:00+07:00", "signed_place": "Hà Nội",
            });
            let signed = self.house.act(officer, "POST", &format!("/pledges/{id}/sign"), signature).await.expect(200);
            assert_eq!(
                (signed.text("/state"), signed.text("/signed_at")),
                ("signed".into(), "2022-02-01T00:30:00Z".into())
            );
            pledges.push(id);
        }
        assert_eq!(self.missing().await, ["criteria_not_issued"]);
        pledges
    }

    async fn criteria(&self) {
        let set = json!({ "cycle_id": self.cycle, "title": "Bảng tiêu chí", "total_points": 100 });
        let set = self.house.act(self.head(), "POST", "/criteria-sets", set).await.expect(201).id();
        let tree = |third: i32| {
            json!({ "nodes": [
                { "code": "I", "name": "Kinh tế", "max_points": 60, "children": [
                    { "code": "I.1", "name": "Tăng trưởng", "max_points": 40, "method": "proportional",
                      "parameters": { "direction": "higher_is_better", "target": 8 } },
                    { "code": "I.2", "name": "Xã hội", "max_points": 20, "method": "expert", "parameters": {} },
                ]},
                { "code": "II", "name": "Thi đua", "max_points": 40, "children": [
                    { "code": "II.1", "name": "Phong trào", "max_points": third, "method": "expert", "parameters": {} },
                    { "code": "II.2", "name": "Thưởng", "method": "bonus", "parameters": { "points_each": 5, "cap": 10 } },
                ]},
            ]})
        };
        let path = format!("/criteria-sets/{set}");
        self.house.act(self.head(), "PUT", &format!("{path}/tree"), tree(30)).await.expect(200);
        let refused = self.house.act(self.head(), "POST", &format!("{path}/issue"), Value::Null).await;
        assert!(refused.body["blockers"][0]["message"].as_str().unwrap().contains("II"), "{:#}", refused.body);
        assert_eq!(refused.blockers(), ["sum_differs"]);
        self.house.act(self.head(), "PUT", &format!("{path}/tree"), tree(40)).await.expect(200);
        self.house.act(self.head(), "POST", &format!("{path}/issue"), Value::Null).await.expect(200);
        self.house.act(self.head(), "PUT", &format!("{path}/tree"), tree(30)).await.problem(409, "wrong-state");
        self.step(self.head(), "activate", Value::Null).await.expect(200);
    }

    async fn targets(&self, pledges: &[String]) {
        assert_eq!(self.missing().await, ["no_targets", "no_targets", "no_targets"]);
        for ((_, officer), pledge) in self.members.iter().zip(pledges) {
            let target = json!({
                "pledge_id": pledge, "name": "Tăng trưởng GRDP", "unit": "%", "direction": "higher_is_better", "target": 8,
            });
            let id = self.house.act(officer, "POST", "/targets", target).await.expect(201).id();
            let reached = json!({ "actual": 8.5, "source": "Cục Thống kê" });
            let reached = self.house.act(officer, "PATCH", &format!("/targets/{id}"), reached).await.expect(200);
            assert_eq!(reached.text("/outcome"), "exceeded");
        }
        self.house.at("2022-12-20T08:00:00+07:00");
        self.step(self.head(), "open-self-scoring", Value::Null).await.expect(200);
    }

    async fn card(&self, person: &Person, province: &str) -> String {
        let path = format!("/scorecards?cycle_id={}&province_id={province}", self.cycle);
        self.house.act(person, "GET", &path, Value::Null).await.expect(200).text("/data/0/id")
    }

    async fn leaf(&self, code: &str) -> String {
        let path = format!("/criteria?cycle_id={}&leaf=true", self.cycle);
        let leaves = self.house.act(self.head(), "GET", &path, Value::Null).await.expect(200);
        let leaf = leaves.body["data"].as_array().unwrap().iter().find(|leaf| leaf["code"] == code).unwrap().clone();
        leaf["id"].as_str().unwrap().to_owned()
    }

    async fn self_scores(&self) {
        let [growth, society, movement, bonus] =
            [self.leaf("I.1").await, self.leaf("I.2").await, self.leaf("II.1").await, self.leaf("II.2").await];
        // Hà Nội 40 + 20 + 37 + 10 = 107; Hải Phòng and Đà Nẵng 30 + 15 + 35 = 80 each.
        for (place, (province, officer)) in self.members.iter().enumerate() {
            let card = self.card(officer, province).await;
            let (attained, second, third, items) = if place == 0 { (9, 20, 37, 2) } else { (6, 15, 35, 0) };
            let first = json!({ "scores": [{ "criterion_id": growth, "attained": attained }] });
            self.house.act(officer, "PUT", &format!("/scorecards/{card}/scores"), first).await.expect(200);
            let early = self.house.act(officer, "POST", &format!("/scorecards/{card}/submit"), Value::Null).await;
            assert_eq!(early.blockers(), ["line_without_self_points", "line_without_self_points"]);
            let rest = json!({ "scores": [
                { "criterion_id": society, "self_points": second },
                { "criterion_id": movement, "self_points": third, "self_note": "Có minh chứng" },
                { "criterion_id": bonus, "attained": items },
            ]});
            self.house.act(officer, "PUT", &format!("/scorecards/{card}/scores"), rest).await.expect(200);
            self.house.act(officer, "POST", &format!("/scorecards/{card}/submit"), Value::Null).await.expect(200);
        }
        // Before publication nobody sees a neighbour's sheet.
        let (neighbour, officer) = (&self.members[0].0, &self.members[2].1);
        let hidden = format!("/scorecards?cycle_id={}&province_id={neighbour}&total=true", self.cycle);
        let hidden = self.house.act(officer, "GET", &hidden, Value::Null).await.expect(200);
        assert_eq!((hidden.body["data"].clone(), hidden.body["page"]["total"].clone()), (json!([]), json!(0)));
        assert_eq!(self.missing().await, ["no_appraiser"]);
    }

    async fn appraisal(&self) {
        let found = self.house.act(&self.admin, "GET", "/users?role=appraiser", Value::Null).await.text("/data/0/id");
        let assignment = json!({ "cycle_id": self.cycle, "user_id": found });
        self.house.act(&self.secretary, "POST", "/appraiser-assignments", assignment).await.expect(201);
        self.step(self.head(), "open-appraisal", Value::Null).await.expect(200);
        for (province, officer) in &self.members {
            let card = self.card(&self.appraiser, province).await;
            let path = format!("/scores?scorecard_id={card}&limit=200");
            let scores = self.house.act(&self.appraiser, "GET", &path, Value::Null).await.expect(200);
            let confirmed: Vec<Value> = scores.body["data"].as_array().unwrap().iter()
                .map(|score| json!({ "criterion_id": score["criterion_id"], "appraised_points": score["self"]["points"] }))
                .collect();
            let path = format!("/scorecards/{card}/appraisal");
            self.house
                .act(officer, "PUT", &path, json!({ "scores": confirmed.clone() }))
                .await
                .problem(403, "forbidden");
            let mut lowered = confirmed.clone();
            lowered[0]["appraised_points"] = json!(1);
            let unexplained = self.house.act(&self.appraiser, "PUT", &path, json!({ "scores": lowered })).await;
            assert_eq!(unexplained.problem(422, "invalid"), ["/scores/0/appraisal_reason reason_required"]);
            self.house.act(&self.appraiser, "PUT", &path, json!({ "scores": confirmed })).await.expect(200);
            let done = format!("/scorecards/{card}/complete-appraisal");
            self.house.act(&self.appraiser, "POST", &done, Value::Null).await.expect(200);
        }
    }

    async fn result(&self, pledges: &[String]) {
        self.house.at("2023-02-20T08:00:00+07:00");
        self.step(self.head(), "finalize", Value::Null).await.expect(200);
        self.house.get(NOBODY, &format!("/cycles/{}/ranking", self.cycle)).await.problem(404, "not-found");
        self.conference().await;
        let published = self.step(self.head(), "publish", Value::Null).await.expect(200);
        let held = (published.text("/conference_on"), published.text("/conference_place"));
        assert_eq!(held, ("2023-02-25".into(), "Hà Nội".into()));
        let ranking = self.house.get(NOBODY, &format!("/cycles/{}/ranking", self.cycle)).await.expect(200);
        let placed: Vec<Value> = ranking.body["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| json!([entry["province"]["name"], entry["place"], entry["total"]]))
            .collect();
        assert_eq!(json!(placed), json!([["Hà Nội", 1, 107], ["Đà Nẵng", 2, 80], ["Hải Phòng", 2, 80]]));
        for ((_, officer), pledge) in self.members.iter().zip(pledges) {
            let concluded = self.house.act(officer, "POST", &format!("/pledges/{pledge}/conclude"), Value::Null).await;
            assert_eq!(concluded.expect(200).text("/targets_summary/text"), "1 of 1 met, 1 exceeded");
        }
    }

    async fn conference(&self) {
        let plan = json!({
            "cycle_id": self.cycle, "kind": "year_end", "title": "Hội nghị tổng kết năm 2022", "place": "Hà Nội",
            "starts_at": "2023-02-25T00:30:00+07:00",
        });
        let planned = self.house.act(self.head(), "POST", "/conferences", plan).await.expect(201);
        let path = format!("/conferences/{}", planned.id());
        let early = self.house.act(self.head(), "POST", &format!("{path}/open"), Value::Null).await;
        assert_eq!(early.blockers(), ["before_its_day"]);
        self.house.at("2023-02-25T08:00:00+07:00");
        self.house.act(self.head(), "POST", &format!("{path}/open"), Value::Null).await.expect(200);
        assert_eq!(self.step(self.head(), "publish", Value::Null).await.blockers(), ["ranking_not_approved"]);
        let ranking = self.house.act(self.head(), "GET", &format!("/cycles/{}/ranking", self.cycle), Value::Null).await;
        let subject = json!({ "kind": "ranking_approval", "ranking_id": ranking.id() });
        let approval = json!({ "text": "Thông qua bảng xếp hạng năm 2022", "subject": subject });
        self.house.act(self.head(), "POST", &format!("{path}/resolutions"), approval).await.expect(201);
    }

    async fn award(&self) {
        let flag = self.house.get(NOBODY, "/award-types?code=CTDCP").await.text("/data/0/id");
        let leader = &self.members[0].0;
        let nomination = json!({
            "cycle_id": self.cycle, "province_id": leader, "award_type_id": flag, "reason": "Dẫn đầu Cụm",
        });
        let nominated = self.house.act(self.head(), "POST", "/nominations", nomination).await.expect(201);
        assert_eq!(nominated.body["place"], 1);
        let open = self.step(&self.secretary, "close", Value::Null).await;
        assert_eq!(open.blockers(), ["nomination_open", "conference_open"]);
        let id = nominated.id();
        for (kind, (_, officer)) in
            ["submission_letter", "achievement_report", "minutes"].iter().zip(self.members.iter().cycle())
        {
            let document = json!({ "kind": kind, "title": "Tài liệu", "url": "https://example.vn" });
            // The nominee is the head; the other members have no part in its dossier.
            let status = if officer.username == self.head().username { 201 } else { 404 };
            let path = format!("/nominations/{id}/dossier-documents");
            self.house.act(officer, "POST", &path, document.clone()).await.expect(status);
            if status == 404 {
                self.house.act(self.head(), "POST", &path, document).await.expect(201);
            }
        }
        let step = async |who, step: &str, body| {
            self.house.act(who, "POST", &format!("/nominations/{id}/{step}"), body).await.expect(200)
        };
        step(self.head(), "complete-dossier", Value::Null).await;
        step(&self.secretary, "submit", Value::Null).await;
        step(&self.secretary, "appraise", json!({ "opinion": "Đủ điều kiện" })).await;
        step(&self.secretary, "open-public-comment", Value::Null).await;
        let early = json!({
            "nomination_id": id, "decision_number": "123/QĐ-TTg", "decided_on": "2023-02-20",
            "signatory_name": "Trần Văn B", "signatory_title": "Phó Thủ tướng", "citation": "Đơn vị dẫn đầu",
        });
        let early = self.house.act(&self.secretary, "POST", "/awards", early).await;
        assert_eq!(early.blockers(), ["public_comment_running"]);
        self.house.at("2023-08-01T08:00:00+07:00");
        let decision = json!({
            "nomination_id": id, "decision_number": "123/QĐ-TTg", "decided_on": "2023-07-20",
            "signatory_name": "Trần Văn B", "signatory_title": "Phó Thủ tướng", "citation": "Đơn vị dẫn đầu",
        });
        self.house.act(self.head(), "POST", "/awards", decision.clone()).await.problem(403, "forbidden");
        let award = self.house.act(&self.secretary, "POST", "/awards", decision).await.expect(201);
        assert_eq!((award.text("/state"), &award.body["reward"]["amount"]), ("decided".into(), &json!(21_600_000)));
        let public = self.house.get(NOBODY, &format!("/awards?cycle_id={}", self.cycle)).await.expect(200);
        assert_eq!(public.column("decision_number"), ["123/QĐ-TTg"]);
        let conferences = format!("/conferences?cycle_id={}&state=open", self.cycle);
        let conference = self.house.get(NOBODY, &conferences).await.text("/data/0/id");
        let path = format!("/conferences/{conference}");
        let minutes = json!({ "minutes": "Hội nghị thông qua bảng xếp hạng." });
        self.house.act(self.head(), "PATCH", &path, minutes).await.expect(200);
        let end = format!("{path}/close");
        let bare = self.house.act(self.head(), "POST", &end, Value::Null).await;
        assert_eq!(bare.blockers(), ["chair_missing"]);
        let chaired = json!({ "participants": [{ "role": "chair", "title": "Chủ tịch Ủy ban nhân dân tỉnh" }] });
        self.house.act(self.head(), "PUT", &format!("{path}/participants"), chaired).await.expect(200);
        self.house.act(self.head(), "POST", &end, Value::Null).await.expect(200);
        let closed = self.step(&self.secretary, "close", Value::Null).await.expect(200);
        assert_eq!(closed.text("/state"), "closed");
    }
}

#[actix_web::test]
async fn one_year_of_one_cluster() {
    let year = Year::begun().await;
    year.members_and_head().await;
    let pledges = year.pledges().await;
    year.criteria().await;
    year.targets(&pledges).await;
    year.self_scores().await;
    year.appraisal().await;
    year.result(&pledges).await;
    year.award().await;
}
