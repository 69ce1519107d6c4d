//! Stories of a ranking's picture.

use actix_web::{http::header, test::TestRequest};
use entity::{
    criterion, decimal::Decimal, ranking, ranking_entry, ranking_section, vocab::Certainty, vocab::CycleState,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use thidua::db;
use unicode_normalization::is_nfc;
use uuid::Uuid;

use super::{
    authz::Door,
    fixtures::{self, Deputy, Head, Member, officer_of},
    support::{House, NOBODY, Reply, auditor, house, secretary},
};

#[rustfmt::skip]
pub(crate) const DOORS: &[Door] = &[
    //                                          nobody officer appraiser auditor secretary administrator
    ("GET", "/api/v1/rankings/{id}/chart.svg",  [404,  404,    404,      404,    404,      404]),
];

struct Stage {
    house: House,
    cycle: Uuid,
    ranking: Uuid,
    provinces: [Uuid; 3],
}

/// A provisional ranking of three provinces, one of them excluded, with sections that give and take.
async fn stage() -> Stage {
    let house = house().await;
    let mut provinces = [Uuid::nil(); 3];
    for (place, (code, name)) in
        provinces.iter_mut().zip([("T1", "Yên Bái thử"), ("T2", "Tỉnh <\"Hai\"> & Ba"), ("T3", "Hòa Bình thử")])
    {
        *place = fixtures::province(&house, code, name).await;
    }
    let [first, second, third] = provinces;
    let members = [(first, Head, None), (second, Deputy, Some(1)), (third, Member, None)];
    let cycle = fixtures::cycle(&house, CycleState::Finalized, 2031, &members).await;
    let ranking = fixtures::ranking(&house, cycle, &[(first, Some(1)), (second, Some(2)), (third, None)]).await;
    let stage = Stage { house, cycle, ranking, provinces };
    stage.sections(&[("I", "Kinh tế - xã hội", Some("Economy & society")), ("II", "Thi đua", None)]).await;
    stage
}

impl Stage {
    /// The first section gives every province 500 and a half, the second takes 12.25 from it.
    async fn sections(&self, sections: &[(&str, &str, Option<&str>)]) {
        let db = self.house.state.db.reader();
        let found = ranking::Entity::find_by_id(self.ranking).one(db).await.unwrap().unwrap();
        let entries = ranking_entry::Entity::find().filter(ranking_entry::Column::RankingId.eq(self.ranking));
        let entries = entries.order_by_asc(ranking_entry::Column::Position).all(db).await.unwrap();
        db::write(&self.house.state.db, async |tx| {
            for (position, (code, name, name_en)) in (1..).zip(sections) {
                let criterion_id = Uuid::now_v7();
                let row = criterion::ActiveModel {
                    id: Set(criterion_id),
                    criteria_set_id: Set(found.criteria_set_id),
                    parent_id: Set(None),
                    position: Set(position),
                    code: Set((*code).to_owned()),
                    name: Set((*name).to_owned()),
                    name_en: Set(name_en.map(ToOwned::to_owned)),
                    max_points: Set(Some(Decimal::whole(500))),
                    certainty: Set(Certainty::Invented),
                    evidence_required: Set(false),
                    search_text: Set(String::new()),
                    version: Set(1),
                    created_at: Set(found.created_at),
                    updated_at: Set(found.created_at),
                    ..Default::default()
                };
                row.insert(tx).await?;
                for entry in &entries {
                    let points = if position == 1 { "500.5" } else { "-12.25" };
                    let row = ranking_section::ActiveModel {
                        id: Set(Uuid::now_v7()),
                        entry_id: Set(entry.id),
                        criterion_id: Set(criterion_id),
                        position: Set(position),
                        code: Set((*code).to_owned()),
                        name: Set((*name).to_owned()),
                        max_points: Set(Some(Decimal::whole(500))),
                        points: Set(points.parse().unwrap()),
                    };
                    row.insert(tx).await?;
                }
            }
            Ok(())
        })
        .await
        .unwrap();
    }

    fn path(&self) -> String {
        format!("/rankings/{}/chart.svg", self.ranking)
    }

    async fn publish(&self) {
        fixtures::move_cycle(&self.house, self.cycle, CycleState::Published).await;
        let published = ranking::ActiveModel {
            id: Set(self.ranking),
            state: Set(entity::vocab::RankingState::Published),
            published_at: Set(Some("2032-02-29T18:00:00Z".parse().unwrap())),
            ..Default::default()
        };
        db::write(&self.house.state.db, async |tx| Ok(published.clone().update(tx).await?)).await.unwrap();
    }

    async fn in_language(&self, language: &'static str) -> Reply {
        let request = TestRequest::get().uri(&format!("/api/v1{}", self.path()));
        self.house.send(NOBODY, request.insert_header((header::ACCEPT_LANGUAGE, language))).await.expect(200)
    }
}

/// What the picture says, text by text, as a reader sees it.
fn texts(picture: &Reply) -> Vec<String> {
    let svg = std::str::from_utf8(&picture.bytes).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    assert!(is_nfc(svg));
    svg.split("<text ")
        .skip(1)
        .map(|rest| {
            let text = rest.split_once(">\n").unwrap().1.split_once("</text>").unwrap().0.trim();
            assert!(!text.contains(['<', '>', '"']), "{text}");
            let unescaped = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
            unescaped.into_iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
        })
        .collect()
}

#[actix_web::test]
async fn the_picture_is_as_visible_as_the_ranking() {
    let stage = stage().await;
    let provisional = [stage.provinces[0], stage.provinces[1]].map(officer_of);
    for (who, status) in
        [(NOBODY, 404), (provisional[1], 404), (provisional[0], 200), (secretary(), 200), (auditor(), 200)]
    {
        let ranking = stage.house.get(who, &format!("/rankings/{}", stage.ranking)).await;
        let picture = stage.house.get(who, &stage.path()).await;
        assert_eq!((ranking.status, picture.status), (status, status));
    }
    stage.publish().await;
    let (picture, statements) = stage.house.counting(stage.house.get(NOBODY, &stage.path())).await;
    let picture = picture.expect(200);
    assert_eq!(statements, 8);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert_eq!(picture.header("content-security-policy"), "default-src 'none'; style-src 'unsafe-inline'");
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert_eq!(picture.header("cache-control"), "private, no-cache");

    let ask = |name: header::HeaderName, value: String| {
        let request = TestRequest::get().uri(&format!("/api/v1{}", stage.path()));
        stage.house.send(NOBODY, request.insert_header((name, value)))
    };
    let same = ask(header::IF_NONE_MATCH, picture.etag().to_owned()).await.expect(304);
    assert_eq!((same.bytes.len(), same.etag()), (0, picture.etag()));
    // As a page, as an element of a page, and as a program asks for it.
    for accept in ["image/svg+xml", "image/avif,image/webp,image/*;q=0.8", "text/html,*/*;q=0.1", "application/json"] {
        assert_eq!(ask(header::ACCEPT, accept.to_owned()).await.expect(200).bytes, picture.bytes);
    }
    stage.house.get(NOBODY, &format!("{}?width=10", stage.path())).await.problem(400, "bad-parameter");
    stage.house.get(NOBODY, &format!("/rankings/{}/chart.png", stage.ranking)).await.problem(404, "not-found");
}

#[actix_web::test]
async fn the_picture_speaks_the_language_of_its_reader() {
    let stage = stage().await;
    stage.publish().await;
    let (vi, en) = (stage.in_language("vi").await, stage.in_language("en").await);
    assert_ne!(vi.etag(), en.etag());
    let (vi, en) = (texts(&vi), texts(&en));
    #[rustfmt::skip]
    let said = [
        ("Xếp hạng năm thi đua 2031",   "Ranking of the emulation year 2031"),
        ("Cụm thử nghiệm",              "Cụm thử nghiệm"),
        ("Công bố ngày 01/03/2032",     "Published on 2032-03-01"),
        ("I. Kinh tế - xã hội",         "I. Economy & society"),
        ("II. Thi đua",                 "II. Thi đua"),
        ("Yên Bái thử",                 "Yên Bái thử"),
        ("Tỉnh <\"Hai\"> & Ba",         "Tỉnh <\"Hai\"> & Ba"),
        ("Không xếp hạng",              "Not ranked"),
        ("500,5",                       "500.5"),
        ("899",                         "899"),
        ("Không nộp báo cáo",           "Không nộp báo cáo"),
    ];
    for (in_vietnamese, in_english) in said {
        assert!(vi.iter().any(|text| text == in_vietnamese), "{in_vietnamese}: {vi:?}");
        assert!(en.iter().any(|text| text == in_english), "{in_english}: {en:?}");
    }
    // Ranked first, the excluded at the end under their heading, without a rank.
    let place = |text: &str| vi.iter().position(|one| one == text).unwrap();
    assert!(place("Yên Bái thử") < place("Tỉnh <\"Hai\"> & Ba"));
    assert!(place("Không xếp hạng") < place("Hòa Bình thử"));
    assert_eq!(vi[place("Yên Bái thử") - 1], "1");
    assert_eq!(vi[place("Hòa Bình thử") - 1], "–");
}

#[actix_web::test]
async fn a_ranking_that_was_replaced_says_so() {
    let stage = stage().await;
    let provisional = stage.house.get(secretary(), &stage.path()).await.expect(200);
    assert!(texts(&provisional).iter().any(|text| text == "Provisional, not published"));
    stage.publish().await;
    fixtures::ranking(&stage.house, stage.cycle, &[(stage.provinces[0], Some(1))]).await;
    let replaced = stage.in_language("en").await;
    assert!(texts(&replaced).iter().any(|text| text == "Published on 2032-03-01, since replaced"));
}

#[actix_web::test]
async fn a_ranking_of_nobody_is_still_a_picture() {
    let house = house().await;
    let cycle = fixtures::cycle(&house, CycleState::Finalized, 2031, &[]).await;
    let ranking = fixtures::ranking(&house, cycle, &[]).await;
    let picture = house.get(secretary(), &format!("/rankings/{ranking}/chart.svg")).await.expect(200);
    assert_eq!(texts(&picture)[0], "Ranking of the emulation year 2031");
    assert_eq!(picture.body, Value::Null, "it is no JSON");
}
