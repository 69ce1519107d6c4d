//! What the database refuses by itself, whatever the rules above it forgot.

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    cluster, criteria_set, criterion, cycle,
    decimal::Decimal,
    evidence, membership, province, score, scorecard, user_account,
    vocab::{
        Certainty, CriteriaSetState, CycleState, EvidenceKind, MediaType, MemberRole, Method, ProvinceKind, Role,
        ScorecardState,
    },
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, DatabaseConnection, DbErr, IntoActiveModel, PaginatorTrait, SqlErr, prelude::*,
};
use serde_json::json;

use super::Migrated;

fn now() -> DateTime<Utc> {
    "2024-03-01T02:30:00.25Z".parse().unwrap()
}

fn new_id() -> Uuid {
    Uuid::now_v7()
}

async fn province(db: &DatabaseConnection, code: &str) -> Uuid {
    let row = province::Model {
        id: new_id(),
        code: code.to_owned(),
        name: "Yên Bái".to_owned(),
        name_en: "Yen Bai".to_owned(),
        kind: ProvinceKind::Province,
        valid_from: NaiveDate::from_ymd_opt(2008, 8, 1).unwrap(),
        valid_to: None,
        name_key: "59".to_owned(),
        search_text: "yen bai".to_owned(),
        version: 1,
        created_at: now(),
        updated_at: now(),
    };
    row.into_active_model().insert(db).await.unwrap().id
}

async fn cycle(db: &DatabaseConnection, code: &str, year: i32) -> cycle::Model {
    let cluster = cluster::Model {
        id: new_id(),
        code: code.to_owned(),
        name: "Cụm".to_owned(),
        name_en: "Cluster".to_owned(),
        overseer_name: None,
        overseer_title: None,
        name_key: "43".to_owned(),
        search_text: "cum".to_owned(),
        version: 1,
        created_at: now(),
        updated_at: now(),
    };
    let cluster = cluster.into_active_model().insert(db).await.unwrap();
    let row = cycle::Model {
        id: new_id(),
        cluster_id: cluster.id,
        year,
        title: "Năm thi đua".to_owned(),
        state: CycleState::Draft,
        interrupted_from: None,
        state_reason: None,
        conference_on: None,
        conference_place: None,
        launched_at: None,
        finalized_at: None,
        published_at: None,
        closed_at: None,
        certainty: Certainty::Invented,
        version: 1,
        created_at: now(),
        updated_at: now(),
    };
    row.into_active_model().insert(db).await.unwrap()
}

fn member(cycle: &cycle::Model, province_id: Uuid, role: MemberRole, deputy_rank: Option<i32>) -> membership::Model {
    membership::Model {
        id: new_id(),
        cycle_id: cycle.id,
        year: cycle.year,
        province_id,
        role,
        deputy_rank,
        certainty: Certainty::Invented,
        excluded_reason: None,
        excluded_at: None,
        version: 1,
        created_at: now(),
        updated_at: now(),
    }
}

async fn join(db: &DatabaseConnection, member: membership::Model) -> Result<membership::Model, DbErr> {
    member.into_active_model().insert(db).await
}

fn is_taken<T>(result: &Result<T, DbErr>) -> bool {
    matches!(result.as_ref().err().and_then(DbErr::sql_err), Some(SqlErr::UniqueConstraintViolation(_)))
}

fn is_dangling<T>(result: &Result<T, DbErr>) -> bool {
    matches!(result.as_ref().err().and_then(DbErr::sql_err), Some(SqlErr::ForeignKeyConstraintViolation(_)))
}

#[actix_web::test]
async fn a_cycle_has_one_head_and_each_deputy_a_rank_of_its_own() {
    let migrated = Migrated::new().await;
    let db = migrated.connection();
    let (a, b, c) = (province(db, "15").await, province(db, "08").await, province(db, "17").await);
    let (cycle, next) = (cycle(db, "A", 2024).await, cycle(db, "B", 2025).await);
    join(db, member(&cycle, a, MemberRole::Head, None)).await.unwrap();
    assert!(is_taken(&join(db, member(&cycle, b, MemberRole::Head, None)).await));
    join(db, member(&next, b, MemberRole::Head, None)).await.unwrap();
    assert!(join(db, member(&cycle, b, MemberRole::Deputy, None)).await.is_err());
    assert!(join(db, member(&cycle, b, MemberRole::Member, Some(1))).await.is_err());
    join(db, member(&cycle, b, MemberRole::Deputy, Some(1))).await.unwrap();
    assert!(is_taken(&join(db, member(&cycle, c, MemberRole::Deputy, Some(1))).await));
    join(db, member(&cycle, c, MemberRole::Deputy, Some(2))).await.unwrap();
}

#[actix_web::test]
async fn a_province_is_in_one_cluster_a_year() {
    let migrated = Migrated::new().await;
    let db = migrated.connection();
    let province = province(db, "15").await;
    let (one, other) = (cycle(db, "A", 2024).await, cycle(db, "B", 2024).await);
    join(db, member(&one, province, MemberRole::Member, None)).await.unwrap();
    assert!(is_taken(&join(db, member(&other, province, MemberRole::Member, None)).await));
    let disguised = membership::Model { year: 2023, ..member(&other, province, MemberRole::Member, None) };
    assert!(is_dangling(&join(db, disguised).await));
}

#[actix_web::test]
async fn members_go_with_their_cycle_and_provinces_stay_while_they_are_members() {
    let migrated = Migrated::new().await;
    let db = migrated.connection();
    let province = province(db, "15").await;
    let cycle = cycle(db, "A", 2024).await;
    join(db, member(&cycle, province, MemberRole::Member, None)).await.unwrap();
    assert!(province::Entity::delete_by_id(province).exec(db).await.is_err());
    cycle::Entity::delete_by_id(cycle.id).exec(db).await.unwrap();
    assert_eq!(membership::Entity::find().count(db).await.unwrap(), 0);
    province::Entity::delete_by_id(province).exec(db).await.unwrap();
}

#[actix_web::test]
async fn only_who_comes_from_a_province_names_one() {
    let migrated = Migrated::new().await;
    let db = migrated.connection();
    let province = province(db, "15").await;
    let account = |username: &str, role, province_id| user_account::Model {
        id: new_id(),
        username: username.to_owned(),
        display_name: username.to_owned(),
        role,
        province_id,
        password_hash: "$argon2id$".to_owned(),
        must_change_password: false,
        disabled_at: None,
        search_text: username.to_owned(),
        version: 1,
        created_at: now(),
        updated_at: now(),
    };
    assert!(account("a", Role::ProvinceOfficer, None).into_active_model().insert(db).await.is_err());
    assert!(account("a", Role::Auditor, Some(province)).into_active_model().insert(db).await.is_err());
    account("a", Role::ProvinceOfficer, Some(province)).into_active_model().insert(db).await.unwrap();
    account("b", Role::Appraiser, Some(province)).into_active_model().insert(db).await.unwrap();
    account("c", Role::Appraiser, None).into_active_model().insert(db).await.unwrap();
    assert!(is_taken(&account("c", Role::Auditor, None).into_active_model().insert(db).await));
}

async fn issued(db: &DatabaseConnection, cycle: &cycle::Model, number: i32) -> Result<criteria_set::Model, DbErr> {
    let row = criteria_set::Model {
        id: new_id(),
        cycle_id: cycle.id,
        number,
        title: "Bảng tiêu chí".to_owned(),
        state: CriteriaSetState::Issued,
        ranking_rules: serde_json::json!({}),
        scoring_rules: serde_json::json!({}),
        total_points: Decimal::whole(1000),
        reason: None,
        cloned_from_id: None,
        certainty: Certainty::Invented,
        issued_at: Some(now()),
        issued_by: None,
        version: 1,
        created_at: now(),
        updated_at: now(),
    };
    row.into_active_model().insert(db).await
}

fn leaf(set: &criteria_set::Model, parent_id: Option<Uuid>, code: &str) -> criterion::Model {
    criterion::Model {
        id: new_id(),
        criteria_set_id: set.id,
        parent_id,
        position: 1,
        code: code.to_owned(),
        name: "Tăng trưởng".to_owned(),
        name_en: None,
        max_points: Some("12.3456".parse().unwrap()),
        method: Some(Method::Proportional),
        parameters: Some(json!({ "target": "7.5".parse::<Decimal>().unwrap(), "direction": null })),
        guidance: None,
        evidence_required: false,
        search_text: "tang truong".to_owned(),
        certainty: Certainty::Invented,
        version: 1,
        created_at: now(),
        updated_at: now(),
    }
}

#[actix_web::test]
async fn one_version_of_the_criteria_is_in_force_and_its_tree_goes_with_it() {
    let migrated = Migrated::new().await;
    let db = migrated.connection();
    let (cycle, other) = (cycle(db, "A", 2024).await, cycle(db, "B", 2024).await);
    let set = issued(db, &cycle, 1).await.unwrap();
    assert!(is_taken(&issued(db, &cycle, 2).await));
    issued(db, &other, 1).await.unwrap();
    let section = leaf(&set, None, "I").into_active_model().insert(db).await.unwrap();
    leaf(&set, Some(section.id), "I.1").into_active_model().insert(db).await.unwrap();
    criteria_set::Entity::delete_by_id(set.id).exec(db).await.unwrap();
    assert_eq!(criterion::Entity::find().count(db).await.unwrap(), 0);
}

#[actix_web::test]
async fn evidence_is_a_whole_file_or_a_link_and_stands_once_on_its_line() {
    let migrated = Migrated::new().await;
    let db = migrated.connection();
    let cycle = cycle(db, "A", 2024).await;
    let province = province(db, "15").await;
    join(db, member(&cycle, province, MemberRole::Member, None)).await.unwrap();
    let set = issued(db, &cycle, 1).await.unwrap();
    let criterion = leaf(&set, None, "I").into_active_model().insert(db).await.unwrap();
    let card = scorecard::ActiveModel {
        id: Set(new_id()),
        cycle_id: Set(cycle.id),
        province_id: Set(province),
        criteria_set_id: Set(set.id),
        state: Set(ScorecardState::Draft),
        version: Set(1),
        created_at: Set(now()),
        updated_at: Set(now()),
        ..Default::default()
    };
    let line = score::ActiveModel {
        id: Set(new_id()),
        scorecard_id: Set(card.insert(db).await.unwrap().id),
        criterion_id: Set(criterion.id),
        version: Set(1),
        created_at: Set(now()),
        updated_at: Set(now()),
        ..Default::default()
    };
    let line = line.insert(db).await.unwrap();
    assert_eq!((line.evidence_count, criterion.evidence_required), (0, false));
    let link = evidence::Model {
        id: new_id(),
        score_id: line.id,
        kind: EvidenceKind::Link,
        title: "Báo cáo".to_owned(),
        url: Some("https://yenbai.gov.vn".to_owned()),
        file_hash: None,
        file_name: None,
        media_type: None,
        size_bytes: None,
        added_by: new_id(),
        version: 1,
        created_at: now(),
        updated_at: now(),
    };
    let file = evidence::Model {
        id: new_id(),
        kind: EvidenceKind::File,
        url: None,
        file_hash: Some("9f".repeat(32)),
        file_name: Some("báo cáo.pdf".to_owned()),
        media_type: Some(MediaType::Pdf),
        size_bytes: Some(1),
        ..link.clone()
    };
    let put = async |row: &evidence::Model| row.clone().into_active_model().insert(db).await;
    let broken = [
        evidence::Model { url: None, ..link.clone() },
        evidence::Model { size_bytes: Some(1), ..link.clone() },
        evidence::Model { url: link.url.clone(), ..file.clone() },
        evidence::Model { file_hash: None, ..file.clone() },
        evidence::Model { file_hash: Some("9f".to_owned()), ..file.clone() },
        evidence::Model { file_name: None, ..file.clone() },
        evidence::Model { media_type: None, ..file.clone() },
        evidence::Model { size_bytes: Some(0), ..file.clone() },
    ];
    for row in &broken {
        assert!(put(row).await.is_err(), "{row:?}");
    }
    for row in [link, file] {
        assert_eq!(put(&row).await.unwrap(), row);
        assert!(is_taken(&put(&evidence::Model { id: new_id(), ..row }).await));
    }
    assert!(score::Entity::delete_by_id(line.id).exec(db).await.is_err(), "evidence holds its line");
}

#[actix_web::test]
async fn a_row_is_read_as_it_was_written() {
    let migrated = Migrated::new().await;
    let db = migrated.connection();
    let set = issued(db, &cycle(db, "A", 2024).await, 1).await.unwrap();
    let written = leaf(&set, None, "I");
    written.clone().into_active_model().insert(db).await.unwrap();
    assert_eq!(criterion::Entity::find_by_id(written.id).one(db).await.unwrap(), Some(written));
}
