//! Stories of the pledges of all members side by side, and of the paper they sign.

use std::io::{Cursor, Read};

use entity::vocab::{CycleState, PledgeState};
use serde_json::{Value, json};
use uuid::Uuid;
use zip::ZipArchive;

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member, officer_of},
    support::{House, NOBODY, administrator, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                          nobody officer appraiser auditor secretary administrator
    ("GET", "/api/v1/cycles/{id}/pledge",         [401,  404,    404,      404,    404,      404]),
    ("GET", "/api/v1/cycles/{id}/pledge/content", [401,  404,    404,      404,    404,      404]),
];

/// Signed, a draft, and none yet.
async fn launched() -> (House, Uuid, [Uuid; 3], [Uuid; 2]) {
    let house = house().await;
    let mut provinces = [Uuid::nil(); 3];
    for (place, (code, name)) in provinces.iter_mut().zip([("P1", "Ân Sơn"), ("P2", "Bình Sơn"), ("P3", "Cao Sơn")])
    {
        *place = fixtures::province(&house, code, name).await;
    }
    let [one, two, three] = provinces;
    let members = [(one, Head, None), (two, Deputy, Some(1)), (three, Member, None)];
    let cycle = fixtures::cycle(&house, CycleState::Launched, 2031, &members).await;
    let signed = fixtures::pledge_with_target(&house, cycle, one, PledgeState::Signed).await;
    let draft = fixtures::pledge_with_target(&house, cycle, two, PledgeState::Draft).await;
    (house, cycle, provinces, [signed, draft])
}

#[actix_web::test]
async fn members_see_who_has_signed_and_what_they_may_read() {
    let (house, cycle, [one, two, three], [signed, draft]) = launched().await;
    let path = format!("/cycles/{cycle}/pledge");
    let seen = async |who| {
        let reply = house.get(who, &path).await.expect(200);
        let members = reply.body["members"].as_array().unwrap().clone();
        (reply.body["complete"].clone(), reply.body["signed"].clone(), members)
    };
    let (complete, count, members) = seen(officer_of(three)).await;
    assert_eq!((complete, count), (json!(false), json!(1)));
    let names: Vec<_> = members.iter().map(|one| one["province"]["name"].clone()).collect();
    assert_eq!(names, [json!("Ân Sơn"), json!("Bình Sơn"), json!("Cao Sơn")]);
    assert_eq!((&members[0]["signed"], &members[0]["pledge_id"]), (&json!(true), &json!(signed)));
    assert_eq!(members[0]["signatory_name"], "Người ký");
    assert_eq!(
        (&members[1]["signed"], &members[1]["pledge_id"], &members[1]["text"]),
        (&json!(false), &Value::Null, &Value::Null)
    );
    let (.., own) = seen(officer_of(two)).await;
    assert_eq!((&own[1]["pledge_id"], &own[1]["text"]), (&json!(draft), &json!("Cam kết")));
    for who in [officer_of(one), secretary(), administrator(), auditor()] {
        assert_eq!(seen(who).await.2[1]["pledge_id"], json!(draft));
    }
    let stranger = fixtures::province(&house, "P9", "Xa").await;
    house.get(officer_of(stranger), &path).await.problem(404, "not-found");
    house.get(NOBODY, &path).await.problem(401, "unauthenticated");
    fixtures::move_cycle(&house, cycle, CycleState::Published).await;
    house.get(officer_of(stranger), &path).await.problem(404, "not-found");
}

/// The words of a Word document.
fn words(bytes: Vec<u8>) -> String {
    let mut paper = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    paper.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[actix_web::test]
async fn the_paper_tells_what_is_pledged_and_who_signed() {
    let (house, cycle, [_, two, three], [signed, _]) = launched().await;
    let path = format!("/cycles/{cycle}/pledge/content");
    let amend =
        json!({ "reason": "Điều chỉnh theo Nghị quyết <mới> & khác", "text": "Cam kết hoàn thành 100% chỉ tiêu" });
    house.step(secretary(), &format!("/pledges/{signed}/amend"), "*", amend).await.expect(200);
    let paper = house.get(officer_of(three), &path).await.expect(200);
    assert_eq!(
        (paper.header("content-type"), paper.header("content-disposition")),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment; filename*=UTF-8''giao-uoc-thi-dua-2031.docx"
        )
    );
    assert_eq!(paper.header("content-security-policy"), "default-src 'none'; sandbox");
    let text = words(paper.bytes.clone());
    for expected in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIAO ƯỚC THI ĐUA",
        "Năm 2031",
        "1. Ân Sơn",
        "Cam kết hoàn thành 100% chỉ tiêu",
        "Điều chỉnh theo Nghị quyết &lt;mới&gt; &amp; khác",
        "Chủ tịch Người ký",
        "(chưa ký)",
    ] {
        assert!(text.contains(expected), "{expected} is not in the paper");
    }
    let own = words(house.get(officer_of(two), &path).await.expect(200).bytes);
    assert_eq!(
        (text.matches("Cam kết").count(), own.matches("Cam kết").count()),
        (1, 2),
        "a draft is for its province"
    );
    let again = house.get(officer_of(three), &path).await.expect(200);
    assert_eq!(
        (again.bytes, again.headers.get("etag")),
        (paper.bytes, paper.headers.get("etag")),
        "the same paper twice"
    );
}
