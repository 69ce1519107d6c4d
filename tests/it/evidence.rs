//! Stories of evidence: files and links that support the lines of scorecards, and the lines that demand them.

use std::fs;

use actix_cors::Cors;
use actix_web::{
    HttpServer,
    http::{Method, header},
    test::TestRequest,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::vocab::CycleState;
use futures_util::future::join;
use serde_json::{Value, json};
use tempfile::TempDir;
use thidua::{
    app,
    clock::{Clock, SystemClock},
    domain::policy::Account,
    files::{self, FILE_LIMIT, Files},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, officer_of},
    form::{GIF, PDF, Part, file, form, text},
    scorecards::{cards, launched},
    support::{House, NOBODY, Reply, administrator, auditor, house, house_with, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                                   nobody officer appraiser auditor secretary administrator
    ("GET",    "/api/v1/evidence",                       [401,  200,    200,      200,    200,      200]),
    ("GET",    "/api/v1/evidence/{id}",                  [401,  404,    404,      404,    404,      404]),
    ("GET",    "/api/v1/evidence/{id}/content",          [401,  404,    404,      404,    404,      404]),
    ("DELETE", "/api/v1/evidence/{id}",                  [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/scores/{id}/evidence",           [401,  404,    404,      404,    404,      404]),
    ("POST",   "/api/v1/scores/{id}/evidence-files",     [401,  404,    404,      404,    404,      404]),
];

/// A sheet in self-scoring with three lines, the first of which demands evidence.
pub(crate) struct Desk {
    pub(crate) house: House,
    folder: TempDir,
    cycle: Uuid,
    provinces: [Uuid; 3],
    pub(crate) officer: Option<Account>,
    card: String,
    criteria: Vec<String>,
    /// The paths of the lines.
    lines: Vec<String>,
}

impl Desk {
    pub(crate) async fn set() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path().to_str().unwrap(), []).unwrap();
        let house = house_with(files).await;
        let (cycle, provinces, set) = launched(&house).await;
        let leaf = |code: &str, points: i32| json!({ "code": code, "name": format!("Tiêu chí {code}"), "max_points": points, "method": "expert" });
        let mut first = leaf("I.1", 40);
        first["evidence_required"] = json!(true);
        let children = [first, leaf("I.2", 30), leaf("I.3", 30)];
        let tree = json!({ "nodes": [{ "code": "I", "name": "Phần một", "max_points": 100, "children": children }] });
        let ids = cards(&house, cycle, provinces, &set, tree).await;
        let officer = officer_of(provinces[1]);
        let card = format!("/scorecards/{}", ids[1]);
        let read = house.get(officer, &card).await.expect(200);
        let member = |name: &str| {
            let scores = read.body["scores"].as_array().unwrap().iter();
            scores.map(|score| score[name].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let lines = member("id").iter().map(|id| format!("/scores/{id}")).collect();
        Self { criteria: member("criterion_id"), lines, folder, house, cycle, provinces, officer, card }
    }

    async fn link(&self, who: Option<Account>, line: usize, url: &str) -> Reply {
        let body = json!({ "title": "Báo cáo số 12/BC-UBND", "url": url });
        self.house.post(who, &format!("{}/evidence", self.lines[line]), body).await
    }

    pub(crate) async fn file(&self, who: Option<Account>, line: usize, parts: &[Part]) -> Reply {
        self.house.upload(who, &format!("{}/evidence-files", self.lines[line]), form(parts)).await
    }

    /// The first line with a note, and the rest without.
    async fn score(&self, points: i32, note: Option<&str>) -> Reply {
        let lines = self.criteria.iter().enumerate().map(|(place, id)| {
            let note = note.filter(|_| place == 0);
            json!({ "criterion_id": id, "self_points": points, "self_note": note })
        });
        let body = json!({ "scores": lines.collect::<Vec<_>>() });
        self.house.put(self.officer, &format!("{}/scores", self.card), "*", body).await.expect(200)
    }

    async fn submit(&self) -> Reply {
        self.house.step(self.officer, &format!("{}/submit", self.card), "*", Value::Null).await
    }

    /// How many files there are in the folder, whole or not.
    fn kept(&self) -> usize {
        let shelves = fs::read_dir(self.folder.path()).unwrap();
        shelves.map(|shelf| fs::read_dir(shelf.unwrap().path()).unwrap().count()).sum()
    }

    async fn sweep(&self, before: DateTime<Utc>) -> usize {
        files::sweep(&self.house.state.db, &self.house.state.files, before).await.unwrap()
    }

    async fn count(&self, line: usize) -> Value {
        self.house.get(self.officer, &self.lines[line]).await.expect(200).body["evidence_count"].clone()
    }
}

#[actix_web::test]
async fn evidence_comes_and_goes_with_its_line() {
    let desk = Desk::set().await;
    let Desk { house, officer, .. } = &desk;
    let added = desk.link(*officer, 0, "https://yenbai.gov.vn/báo-cáo?số=12").await.expect(201);
    assert_eq!(added.header("location"), format!("/api/v1/evidence/{}", added.id()));
    assert_eq!((added.text("/url"), &added.body["file"]), ("https://yenbai.gov.vn/báo-cáo?số=12".into(), &Value::Null));
    let named = [text("title", "Quyết định khen thưởng"), file("Quyết định 587.pdf", PDF)];
    let sent = desk.file(*officer, 0, &named).await.expect(201);
    let unnamed = desk.file(*officer, 0, &[file("anh/ảnh chụp.jpg", GIF)]).await.expect(201);
    assert_eq!(unnamed.text("/title"), "ảnh chụp.jpg.gif", "what it is called, and what it is");
    let described = json!({
        "name": "Quyết định 587.pdf", "media_type": "application/pdf", "size_bytes": PDF.len(),
        "sha256": sent.body["file"]["sha256"],
    });
    assert_eq!((&sent.body["file"], sent.text("/title")), (&described, "Quyết định khen thưởng".into()));
    assert_eq!(sent.body["added_by"], json!(officer.unwrap().id));
    assert_eq!((desk.count(0).await, desk.count(1).await, desk.kept()), (json!(3), json!(0), 2));
    let card = house.get(*officer, &desk.card).await.expect(200);
    assert_eq!(card.body["scores"][0]["evidence_count"], 3);
    assert_eq!(card.body["scores"][0]["criterion"]["evidence_required"], true);

    let path = format!("/evidence/{}", sent.id());
    assert_eq!(house.get(*officer, &path).await.expect(200).body, sent.body);
    let content = house.get(*officer, &format!("{path}/content")).await.expect(200);
    assert_eq!(content.bytes, PDF);
    assert_eq!(content.header("content-type"), "application/pdf");
    let named = "attachment; filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%20587.pdf";
    assert_eq!(content.header("content-disposition"), named);
    assert_eq!(content.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(
        (content.header("x-content-type-options"), content.header("cache-control")),
        ("nosniff", "private, no-cache")
    );
    let again = TestRequest::get().uri(&format!("/api/v1{path}/content"));
    let again = house.send(*officer, again.insert_header((header::IF_NONE_MATCH, content.etag()))).await.expect(304);
    assert_eq!((again.bytes.len(), again.etag()), (0, content.etag()));
    let pictures = TestRequest::get().uri(&format!("/api/v1{path}/content"));
    house.send(*officer, pictures.insert_header((header::ACCEPT, "application/pdf, image/*"))).await.expect(200);
    house.get(*officer, &format!("/evidence/{}/content", added.id())).await.problem(404, "not-found");

    house.delete(*officer, &path, "\"7\"").await.problem(412, "stale");
    let bare = TestRequest::with_uri(&format!("/api/v1{path}")).method(Method::DELETE);
    house.send(*officer, bare).await.problem(428, "precondition-required");
    house.delete(*officer, &path, sent.etag()).await.expect(204);
    house.get(*officer, &path).await.problem(404, "not-found");
    assert_eq!((desk.count(0).await, desk.kept()), (json!(2), 2), "the content stays until it is swept");
    let journal = house.get(auditor(), "/journal?resource_type=evidence&sort=at").await.expect(200);
    assert_eq!(journal.column("action"), ["evidence.create", "evidence.create", "evidence.create", "evidence.delete"]);
    assert_eq!(journal.body["data"][3]["before"]["file_hash"], described["sha256"]);
    assert_eq!(journal.column("cycle_id"), vec![json!(desk.cycle); 4]);
}

#[actix_web::test]
async fn what_is_no_evidence_is_refused() {
    let desk = Desk::set().await;
    let good = || file("báo cáo.pdf", PDF);
    let unnamed = || Part("; name=\"file\"".to_owned(), PDF.to_vec());
    let html = b"<!doctype html><script>alert(1)</script>";
    let long = "x".repeat(70_000);
    #[rustfmt::skip]
    let cases: [(Vec<Part>, &[&str]); 18] = [
        (vec![],                                                                          &["/file required"]),
        (vec![text("title", "Báo cáo")],                                                  &["/file required"]),
        (vec![file("báo cáo.pdf", b"")],                                                  &["/file empty"]),
        (vec![file("báo cáo.pdf", b"x")],                                                 &["/file unknown_type"]),
        (vec![file("báo cáo.pdf", "Số liệu của tỉnh".as_bytes())],                        &["/file unknown_type"]),
        (vec![file("báo cáo.pdf", html)],                                                 &["/file unknown_type"]),
        (vec![file("báo cáo.pdf", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0")],          &["/file unknown_type"]),
        (vec![file("báo cáo.docx", b"PK\x03\x04 and then nothing of a document")],        &["/file unknown_type"]),
        (vec![file("báo cáo.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing")], &["/file unknown_type"]),
        (vec![unnamed()],                                                                 &["/file required"]),
        (vec![file("", PDF)],                                                             &["/file blank"]),
        (vec![file(&"x".repeat(201), PDF)],                                               &["/file too_long"]),
        (vec![good(), good()],                                                            &["/file duplicate_member"]),
        (vec![text("title", " "), good()],                                                &["/title blank"]),
        (vec![text("title", &"x".repeat(301)), good()],                                   &["/title too_long"]),
        (vec![text("title", "a\0b"), good()],                                             &["/title control_character"]),
        (vec![good(), text("nmae", "x")],                                                 &["/nmae unknown_member"]),
        (vec![good(), text("title", &long)],                                              &["/title too_long"]),
    ];
    for (place, (parts, faults)) in cases.into_iter().enumerate() {
        let refused = desk.file(desk.officer, 0, &parts).await;
        assert_eq!(refused.problem(422, "invalid"), faults, "case {place}");
    }
    let twice = [text("title", "a"), text("title", "b"), good()];
    assert_eq!(desk.file(desk.officer, 0, &twice).await.problem(422, "invalid"), ["/title duplicate_member"]);
    let garbled = Part("; name=\"title\"".to_owned(), b"\xff\xfe".to_vec());
    assert_eq!(desk.file(desk.officer, 0, &[garbled, good()]).await.problem(422, "invalid"), ["/title wrong_type"]);
    let many: Vec<Part> = (0..30).map(|n| text(&format!("n{n}"), "x")).collect();
    assert_eq!(desk.file(desk.officer, 0, &many).await.problem(422, "invalid"), [" too_many"]);
    let (kind, whole) = form(&[good()]);
    let path = format!("{}/evidence-files", desk.lines[0]);
    let half = whole[..whole.len() / 2].to_vec();
    desk.house.upload(desk.officer, &path, (kind, half)).await.problem(400, "malformed");
    desk.house
        .upload(desk.officer, &path, ("application/pdf".into(), PDF.into()))
        .await
        .problem(415, "unsupported-media-type");

    #[rustfmt::skip]
    let addresses = [
        "yenbai.gov.vn", "//yenbai.gov.vn", "ftp://yenbai.gov.vn", "javascript:alert(1)", "data:text/html,x", "https://",
        "https:///path", " https://yenbai.gov.vn", "https://yenbai.gov.vn/a b", "https://a:b@yenbai.gov.vn", "http://a@b", "",
        "https://[::1", "HTTPS://yenbai.gov.vn", "mailto:a@b.vn", "file:///etc/passwd", "https://yen\u{feff}bai.vn",
    ];
    for address in addresses {
        let refused = desk.link(desk.officer, 0, address).await;
        assert_eq!(refused.problem(422, "invalid"), ["/url web_address"], "{address}");
    }
    let long = format!("https://yenbai.gov.vn/{}", "x".repeat(2_000));
    assert_eq!(desk.link(desk.officer, 0, &long).await.problem(422, "invalid"), ["/url too_long"]);
    assert_eq!((desk.count(0).await, desk.kept()), (json!(0), 0), "nothing of it was kept");
}

#[actix_web::test]
async fn a_file_weighs_20_mib_at_most() {
    let desk = Desk::set().await;
    let weighing = |size: u64| {
        let mut content = PDF.to_vec();
        content.resize(usize::try_from(size).unwrap(), b' ');
        [file("báo cáo.pdf", &content)]
    };
    desk.file(desk.officer, 0, &weighing(FILE_LIMIT + 1)).await.problem(413, "too-large");
    assert_eq!((desk.count(0).await, desk.kept()), (json!(0), 0));
    let sent = desk.file(desk.officer, 0, &weighing(FILE_LIMIT)).await.expect(201);
    assert_eq!(sent.body["file"]["size_bytes"], FILE_LIMIT);
    let content = desk.house.get(desk.officer, &format!("/evidence/{}/content", sent.id())).await.expect(200);
    assert_eq!(content.bytes.len() as u64, FILE_LIMIT);
    // Before anything is read.
    let path = format!("/api/v1{}/evidence-files", desk.lines[0]);
    let announced = TestRequest::post().uri(&path).insert_header((header::CONTENT_LENGTH, FILE_LIMIT + (1 << 20)));
    let announced = announced.insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=x"));
    desk.house.send(desk.officer, announced).await.problem(413, "too-large");
    // In front of the first part anything may stand, but not without end.
    let endless = [vec![b'x'; 21 << 20], form(&[file("a.pdf", PDF)]).1].concat();
    let kind = form(&[]).0;
    let path = format!("{}/evidence-files", desk.lines[0]);
    desk.house.upload(desk.officer, &path, (kind, endless)).await.problem(413, "too-large");
    // Elsewhere a body has 1 MiB, as ever.
    desk.link(desk.officer, 0, &format!("https://yenbai.gov.vn/{}", "x".repeat(2 << 20)))
        .await
        .problem(413, "too-large");
}

#[actix_web::test]
async fn an_upload_that_is_cut_off_leaves_nothing_behind() {
    let desk = Desk::set().await;
    let state = desk.house.state.clone();
    let server = HttpServer::new(move || app::app(state.clone(), Cors::default())).workers(1).disable_signals();
    let server = server.bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let (kind, whole) = form(&[file("báo cáo.pdf", &[PDF, &vec![b' '; 3 << 20]].concat())]);
    let head = format!(
        "POST /api/v1{}/evidence-files HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: {kind}\r\n\
         Content-Length: {}\r\n\r\n",
        desk.lines[0],
        desk.house.token(desk.officer.unwrap()),
        whole.len(),
    );
    for cut in [0, 100, 1 << 20, whole.len() - 1] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&whole[..cut]).await.unwrap();
        drop(stream);
    }
    // Whoever is refused hears why, although half of the form is still on its way.
    let mut stream = TcpStream::connect(address).await.unwrap();
    let refused = head.replace(&format!("Content-Length: {}", whole.len()), "Content-Length: 50000000");
    stream.write_all(refused.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    drop(stream);
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!((desk.count(0).await, desk.kept()), (json!(0), 0));
    // The same in one piece.
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(&[head.as_bytes(), &whole].concat()).await.unwrap();
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 201");
    assert_eq!((desk.count(0).await, desk.kept()), (json!(1), 1));
    handle.stop(false).await;
}

#[actix_web::test]
async fn the_same_content_is_kept_once() {
    let desk = Desk::set().await;
    let first = desk.file(desk.officer, 0, &[file("một.pdf", PDF)]).await.expect(201);
    desk.file(desk.officer, 0, &[file("hai.pdf", PDF)]).await.problem(409, "conflict");
    desk.link(desk.officer, 0, "https://yenbai.gov.vn").await.expect(201);
    desk.link(desk.officer, 0, "https://yenbai.gov.vn").await.problem(409, "conflict");
    let other = desk.file(desk.officer, 1, &[file("hai.pdf", PDF)]).await.expect(201);
    assert_eq!((other.text("/file/sha256"), desk.kept()), (first.text("/file/sha256"), 1));
    desk.house.delete(desk.officer, &format!("/evidence/{}", first.id()), "*").await.expect(204);
    assert_eq!(desk.sweep(SystemClock.now() + TimeDelta::days(1)).await, 0, "the other line refers to it");
    let content = format!("/evidence/{}/content", other.id());
    assert_eq!(desk.house.get(desk.officer, &content).await.expect(200).bytes, PDF);
}

#[actix_web::test]
async fn a_line_takes_fifty_pieces() {
    let desk = Desk::set().await;
    for number in 0..50 {
        desk.link(desk.officer, 0, &format!("https://yenbai.gov.vn/{number}")).await.expect(201);
    }
    desk.link(desk.officer, 0, "https://yenbai.gov.vn/50").await.problem(409, "conflict");
    desk.file(desk.officer, 0, &[file("a.pdf", PDF)]).await.problem(409, "conflict");
    desk.link(desk.officer, 1, "https://yenbai.gov.vn/50").await.expect(201);
    assert_eq!(desk.count(0).await, 50);
    let few = async |limit: usize| {
        desk.house.counting(desk.house.get(desk.officer, &format!("/evidence?limit={limit}&total=true"))).await
    };
    let ((one, statements), (all, as_many)) = (few(1).await, few(200).await);
    assert_eq!((one.body["page"]["total"].clone(), all.body["data"].as_array().unwrap().len()), (json!(51), 51));
    assert_eq!(statements, as_many);
}

#[actix_web::test]
async fn evidence_shows_to_those_who_may_see_the_line() {
    let desk = Desk::set().await;
    let Desk { house, officer, provinces, cycle, .. } = &desk;
    let sent = desk.file(*officer, 0, &[file("báo cáo.pdf", PDF)]).await.expect(201);
    desk.link(*officer, 1, "https://yenbai.gov.vn").await.expect(201);
    let path = format!("/evidence/{}", sent.id());
    let assigned = fixtures::appraiser(house, *cycle, None).await;
    let interested = fixtures::appraiser(house, *cycle, Some(provinces[1])).await;
    let (head, neighbour) = (officer_of(provinces[0]), officer_of(provinces[2]));

    for who in [*officer, head, assigned, auditor(), secretary(), administrator()] {
        house.get(who, &path).await.expect(200);
        assert_eq!(house.get(who, &format!("{path}/content")).await.expect(200).bytes, PDF);
        let list = house.get(who, "/evidence?total=true").await.expect(200);
        assert_eq!((list.column("id").len(), &list.body["page"]["total"]), (2, &json!(2)));
    }
    for who in [neighbour, interested] {
        for path in [path.clone(), format!("{path}/content")] {
            house.get(who, &path).await.problem(404, "not-found");
        }
        house.delete(who, &path, "*").await.problem(404, "not-found");
        desk.link(who, 0, "https://x.vn").await.problem(404, "not-found");
        desk.file(who, 0, &[file("a.pdf", GIF)]).await.problem(404, "not-found");
        let list = house.get(who, "/evidence?total=true").await.expect(200);
        assert_eq!((list.column("id").len(), &list.body["page"]["total"]), (0, &json!(0)));
    }
    for who in [head, assigned, auditor(), secretary(), administrator()] {
        house.delete(who, &path, "*").await.problem(403, "forbidden");
        desk.link(who, 0, "https://x.vn").await.problem(403, "forbidden");
        desk.file(who, 0, &[file("a.pdf", GIF)]).await.problem(403, "forbidden");
    }
    house.get(NOBODY, &format!("{path}/content")).await.problem(401, "unauthenticated");

    let score = desk.lines[0].trim_start_matches("/scores/");
    let card = desk.card.trim_start_matches("/scorecards/");
    let nothing = Uuid::now_v7();
    #[rustfmt::skip]
    let filters = [
        (format!("score_id={score}"), 1), (format!("scorecard_id={card}"), 2), (format!("cycle_id={cycle}"), 2),
        (format!("criterion_id={}", desk.criteria[1]), 1), (format!("province_id={}", provinces[1]), 2),
        (format!("province_id={}", provinces[0]), 0), ("kind=link".to_owned(), 1), ("kind=file,link".to_owned(), 2),
        (format!("cycle_id={nothing}"), 0), (format!("score_id={nothing},{score}&kind=link"), 0),
    ];
    for (filter, expected) in filters {
        let list = house.get(*officer, &format!("/evidence?total=true&{filter}")).await.expect(200);
        assert_eq!((list.column("id").len(), &list.body["page"]["total"]), (expected, &json!(expected)), "{filter}");
    }

    fixtures::move_cycle(house, *cycle, CycleState::Published).await;
    assert_eq!(house.get(neighbour, &format!("{path}/content")).await.expect(200).bytes, PDF);
    house.get(interested, &path).await.problem(404, "not-found");
    desk.link(*officer, 0, "https://x.vn").await.problem(409, "wrong-state");
}

#[actix_web::test]
async fn a_line_that_demands_evidence_is_handed_in_with_it_or_with_an_explanation() {
    let desk = Desk::set().await;
    let Desk { house, officer, .. } = &desk;
    desk.score(10, None).await;
    let refused = desk.submit().await;
    assert_eq!(refused.body["blockers"][0]["subject"], json!({ "kind": "criterion", "id": desk.criteria[0] }));
    assert!(refused.text("/blockers/0/message").contains("I.1"));
    assert_eq!(refused.blockers(), ["line_without_evidence"]);
    let card = house.get(*officer, &desk.card).await.expect(200);
    let submit = card.body["allowed_actions"].as_array().unwrap().iter().find(|one| one["name"] == "submit").unwrap();
    assert_eq!(submit["allowed"], false);

    let again = async || {
        let why = json!({ "reason": "Bổ sung minh chứng" });
        house.step(secretary(), &format!("{}/return", desk.card), "*", why).await.expect(200)
    };
    desk.score(10, Some("Số liệu chính thức chưa được công bố")).await;
    desk.submit().await.expect(200);
    again().await;
    desk.score(10, None).await;
    assert_eq!(desk.submit().await.blockers(), ["line_without_evidence"]);
    let sent = desk.file(*officer, 0, &[file("báo cáo.pdf", PDF)]).await.expect(201);
    desk.submit().await.expect(200);

    let path = format!("/evidence/{}", sent.id());
    house.delete(*officer, &path, "*").await.problem(409, "wrong-state");
    desk.link(*officer, 0, "https://yenbai.gov.vn").await.problem(409, "wrong-state");
    desk.file(*officer, 0, &[file("a.gif", GIF)]).await.problem(409, "wrong-state");
    again().await;
    house.delete(*officer, &path, "*").await.expect(204);
    assert_eq!(desk.submit().await.blockers(), ["line_without_evidence"]);
    desk.link(*officer, 0, "https://yenbai.gov.vn").await.expect(201);
    desk.submit().await.expect(200);
}

#[actix_web::test]
async fn a_criterion_says_whether_it_demands_evidence() {
    let house = house().await;
    let (cycle, provinces, set) = launched(&house).await;
    let head = officer_of(provinces[0]);
    let new = |code: &str, evidence: Value| {
        let mut body = json!({ "criteria_set_id": set.id(), "code": code, "name": "Tiêu chí" });
        body.as_object_mut().unwrap().extend(evidence.as_object().unwrap().clone());
        body
    };
    let section = house.post(head, "/criteria", new("I", json!({ "evidence_required": true }))).await.expect(201);
    let leaf = json!({ "parent_id": section.id(), "max_points": 100, "method": "expert" });
    let leaf = house.post(head, "/criteria", new("I.1", leaf)).await.expect(201);
    assert_eq!((&section.body["evidence_required"], &leaf.body["evidence_required"]), (&json!(true), &json!(false)));
    let null = house.post(head, "/criteria", new("I.2", json!({ "evidence_required": null }))).await;
    assert_eq!(null.problem(422, "invalid"), ["/evidence_required wrong_type"]);
    let path = format!("/criteria-sets/{}", set.id());
    let issue = async || house.step(head, &format!("{path}/issue"), "*", Value::Null).await;
    assert_eq!(issue().await.blockers(), ["parent_with_evidence"]);
    for (criterion, required) in [(&section, false), (&leaf, true)] {
        let patch = json!({ "evidence_required": required });
        let patched = house.patch(head, &format!("/criteria/{}", criterion.id()), criterion.etag(), patch).await;
        assert_eq!(patched.expect(200).body["evidence_required"], required);
    }
    issue().await.expect(200);
    let demanding = format!("/criteria?criteria_set_id={}&evidence_required=true", set.id());
    assert_eq!(house.get(head, &demanding).await.column("code"), ["I.1"]);
    let copy = json!({
        "cycle_id": cycle, "title": "Bản sửa", "total_points": 100, "clone_from_id": set.id(), "reason": "Sửa lỗi",
    });
    let copy = house.post(head, "/criteria-sets", copy).await.expect(201);
    let tree = house.get(head, &format!("/criteria-sets/{}/tree", copy.id())).await.expect(200);
    assert_eq!(tree.body["nodes"][0]["evidence_required"], false);
    assert_eq!(tree.body["nodes"][0]["children"][0]["evidence_required"], true);
}

#[actix_web::test]
async fn two_who_add_at_once_are_both_counted() {
    let desk = Desk::set().await;
    for round in 0..20 {
        let url = |name: &str| format!("https://yenbai.gov.vn/{round}/{name}");
        let (a, b) = (url("a"), url("b"));
        let (first, second) = join(desk.link(desk.officer, 0, &a), desk.link(desk.officer, 0, &b)).await;
        let (first, second) = (first.expect(201), second.expect(201));
        let twins = join(desk.link(desk.officer, 1, &a), desk.link(desk.officer, 1, &a)).await;
        let mut statuses = [twins.0.status, twins.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "round {round}");
        assert_eq!((desk.count(0).await, desk.count(1).await), (json!(2), json!(round + 1)), "round {round}");
        let gone = async |reply: Reply| {
            desk.house.delete(desk.officer, &format!("/evidence/{}", reply.id()), "*").await.expect(204)
        };
        join(gone(first), gone(second)).await;
        assert_eq!(desk.count(0).await, 0, "round {round}");
    }
}

#[actix_web::test]
async fn a_sheet_is_never_handed_in_without_what_it_must_have() {
    let desk = Desk::set().await;
    desk.score(10, None).await;
    for round in 0..20 {
        let sent = desk.link(desk.officer, 0, &format!("https://yenbai.gov.vn/{round}")).await.expect(201);
        let path = format!("/evidence/{}", sent.id());
        let (submitted, deleted) = join(desk.submit(), desk.house.delete(desk.officer, &path, "*")).await;
        match (submitted.status, deleted.status) {
            (200, 409) => {
                assert_eq!(desk.count(0).await, 1, "round {round}");
                let why = json!({ "reason": "Làm lại" });
                desk.house.step(secretary(), &format!("{}/return", desk.card), "*", why).await.expect(200);
                desk.house.delete(desk.officer, &path, "*").await.expect(204);
            }
            (409, 204) => assert_eq!(submitted.blockers(), ["line_without_evidence"], "round {round}"),
            other => panic!("round {round}: {other:?}"),
        }
        assert_eq!(desk.count(0).await, 0, "round {round}");
    }
}

#[actix_web::test]
async fn what_nothing_refers_to_is_swept() {
    let desk = Desk::set().await;
    let tomorrow = SystemClock.now() + TimeDelta::days(1);
    let sent = desk.file(desk.officer, 0, &[file("báo cáo.pdf", PDF)]).await.expect(201);
    desk.file(desk.officer, 0, &[file("ảnh.gif", GIF)]).await.expect(201);
    let hash = sent.text("/file/sha256");
    let shelf = desk.folder.path().join(&hash[..2]);
    fs::write(shelf.join(format!("{hash}#1")), b"%PDF-1.7 and then the power failed").unwrap();
    fs::write(desk.folder.path().join("README"), b"not ours").unwrap();
    fs::create_dir_all(desk.folder.path().join("zz")).unwrap();
    fs::write(desk.folder.path().join("zz/somebody-elses.pdf"), PDF).unwrap();
    assert_eq!(desk.sweep(SystemClock.now() - TimeDelta::hours(1)).await, 0, "all of it is young");
    assert_eq!(desk.sweep(tomorrow).await, 1, "what was half written");
    desk.house.delete(desk.officer, &format!("/evidence/{}", sent.id()), "*").await.expect(204);
    assert_eq!(desk.sweep(tomorrow).await, 1);
    assert!(!shelf.join(&hash).exists() && desk.folder.path().join("README").exists());
    assert!(desk.folder.path().join("zz/somebody-elses.pdf").exists());
    assert_eq!(desk.sweep(tomorrow).await, 0);
}

#[actix_web::test]
async fn no_sweep_takes_what_comes_back_to_be_referred_to() {
    let desk = Desk::set().await;
    let tomorrow = SystemClock.now() + TimeDelta::days(1);
    for round in 0..30 {
        // Nothing refers to the content when the sweep and the upload begin.
        let parts = [file("báo cáo.pdf", PDF)];
        let (sent, _) = join(desk.file(desk.officer, 0, &parts), desk.sweep(tomorrow)).await;
        let path = format!("/evidence/{}", sent.expect(201).id());
        let content = desk.house.get(desk.officer, &format!("{path}/content")).await.expect(200);
        assert_eq!(content.bytes, PDF, "round {round}");
        desk.house.delete(desk.officer, &path, "*").await.expect(204);
    }
}
