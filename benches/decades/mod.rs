//! Twenty years of 63 provinces in nine clusters: a published ranking of each cluster and year, thirty targets and two
//! awards of each province.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    award, award_type, cluster, criteria_set, cycle,
    decimal::Decimal,
    decision, membership, nomination, pledge, province, ranking, ranking_entry, target,
    vocab::{
        AchievementKind, Authority, AwardCategory, AwardState, Certainty, CriteriaSetState, CycleState, Direction,
        MemberRole, NominationState, NomineeKind, PledgeState, ProvinceKind, RankingState, RecipientKind,
    },
};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, ModelTrait};
use serde_json::json;
use thidua::{
    clock::{Clock, SystemClock},
    db::{self, Db},
    problem::Problem,
};
use uuid::Uuid;

pub(crate) const PROVINCES: usize = 63;
pub(crate) const YEARS: usize = 20;
const CLUSTER: usize = 7;
const TARGETS: i32 = 30;
const BEGIN: i32 = 2005;
/// Rows that go in at a time: fewer parameters than a statement takes.
const BATCH: usize = 1_000;

/// Puts it in; gives one of the provinces.
pub(crate) async fn decades(db: &Db) -> Result<Uuid, Problem> {
    let now = SystemClock.now();
    db::write(db, async |tx| {
        let provinces: Vec<_> = (0..PROVINCES).map(|index| province_row(index, now)).collect();
        let ids: Vec<Uuid> = provinces.iter().map(|row| row.id).collect();
        put(tx, provinces).await?;
        let types: Vec<_> = (0..2).map(|index| type_row(index, now)).collect();
        let type_ids: Vec<Uuid> = types.iter().map(|row| row.id).collect();
        put(tx, types).await?;
        for (index, members) in ids.chunks(CLUSTER).enumerate() {
            let cluster = cluster_row(index, now);
            let cluster_id = cluster.id;
            put(tx, vec![cluster]).await?;
            for year in years() {
                play(tx, (cluster_id, year), members, &type_ids, now).await?;
            }
        }
        ids.first().copied().ok_or_else(|| Problem::internal("no province"))
    })
    .await
}

fn years() -> Range<i32> {
    BEGIN..BEGIN + i32::try_from(YEARS).unwrap_or_default()
}

/// Rows in batches.
async fn put<M>(tx: &DatabaseTransaction, rows: Vec<M>) -> Result<(), Problem>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    let mut rows = rows.into_iter().map(|row| row.into_active_model().reset_all()).peekable();
    while rows.peek().is_some() {
        let some: Vec<_> = rows.by_ref().take(BATCH).collect();
        M::Entity::insert_many(some).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// One year of one cluster.
async fn play(
    tx: &DatabaseTransaction,
    (cluster_id, year): (Uuid, i32),
    members: &[Uuid],
    types: &[Uuid],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let cycle = cycle_row(cluster_id, year, now);
    let cycle_id = cycle.id;
    put(tx, vec![cycle]).await?;
    put(tx, members.iter().map(|id| member_row(cycle_id, year, *id, now)).collect()).await?;
    let set = set_row(cycle_id, now);
    let ranking = ranking_row(cycle_id, set.id, now);
    let ranking_id = ranking.id;
    put(tx, vec![set]).await?;
    put(tx, vec![ranking]).await?;
    let order = members.iter().cycle().skip(usize::try_from(year).unwrap_or_default() % CLUSTER).take(members.len());
    put(tx, order.zip(1..).map(|(id, place)| entry_row(ranking_id, *id, place)).collect()).await?;
    let pledges: Vec<_> = members.iter().map(|id| pledge_row(cycle_id, *id, now)).collect();
    let targets = pledges.iter().flat_map(|pledge| (1..=TARGETS).map(|number| target_row(pledge.id, number, now)));
    let targets: Vec<_> = targets.collect();
    put(tx, pledges).await?;
    put(tx, targets).await?;
    let decision = decision_row(cluster_id, year, now);
    let (mut nominations, mut awards) = (vec![], vec![]);
    for province_id in members {
        for award_type_id in types {
            let nomination = nomination_row((cycle_id, *province_id, *award_type_id), now);
            awards.push(award_row(&decision, &nomination, now));
            nominations.push(nomination);
        }
    }
    put(tx, nominations).await?;
    put(tx, vec![decision]).await?;
    put(tx, awards).await
}

fn province_row(index: usize, now: DateTime<Utc>) -> province::Model {
    province::Model {
        id: Uuid::now_v7(),
        code: format!("{index:02}"),
        name: format!("Tỉnh thứ {index}"),
        name_en: format!("Province {index}"),
        kind: ProvinceKind::Province,
        valid_from: NaiveDate::default(),
        valid_to: None,
        name_key: format!("{index:03}"),
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn type_row(index: usize, now: DateTime<Utc>) -> award_type::Model {
    award_type::Model {
        id: Uuid::now_v7(),
        code: format!("B{index}"),
        name: format!("Hình thức khen thưởng thứ {index}"),
        name_en: format!("Commendation {index}"),
        category: AwardCategory::Commendation,
        authority: Authority::Government,
        recipient_kinds: "collective".to_owned(),
        legal_basis: "Luật 06/2022/QH15".to_owned(),
        public_comment_days: 10,
        name_key: format!("{index:03}"),
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn cluster_row(index: usize, now: DateTime<Utc>) -> cluster::Model {
    cluster::Model {
        id: Uuid::now_v7(),
        code: format!("BENCH-{index}"),
        name: format!("Cụm thứ {index}"),
        name_en: format!("Cluster {index}"),
        overseer_name: None,
        overseer_title: None,
        name_key: format!("{index:03}"),
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn cycle_row(cluster_id: Uuid, year: i32, now: DateTime<Utc>) -> cycle::Model {
    cycle::Model {
        id: Uuid::now_v7(),
        cluster_id,
        year,
        title: format!("Năm thi đua {year}"),
        state: CycleState::Closed,
        interrupted_from: None,
        state_reason: None,
        conference_on: None,
        conference_place: None,
        launched_at: Some(now),
        finalized_at: Some(now),
        published_at: Some(now),
        closed_at: Some(now),
        certainty: Certainty::Invented,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn member_row(cycle_id: Uuid, year: i32, province_id: Uuid, now: DateTime<Utc>) -> membership::Model {
    membership::Model {
        id: Uuid::now_v7(),
        cycle_id,
        year,
        province_id,
        role: MemberRole::Member,
        deputy_rank: None,
        certainty: Certainty::Invented,
        excluded_reason: None,
        excluded_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn set_row(cycle_id: Uuid, now: DateTime<Utc>) -> criteria_set::Model {
    criteria_set::Model {
        id: Uuid::now_v7(),
        cycle_id,
        number: 1,
        title: "Bảng tiêu chí".to_owned(),
        state: CriteriaSetState::Issued,
        total_points: Decimal::whole(1000),
        ranking_rules: json!({ "tie_breakers": [], "classification": null }),
        scoring_rules: json!({}),
        reason: None,
        cloned_from_id: None,
        certainty: Certainty::Invented,
        issued_at: Some(now),
        issued_by: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn ranking_row(cycle_id: Uuid, criteria_set_id: Uuid, now: DateTime<Utc>) -> ranking::Model {
    ranking::Model {
        id: Uuid::now_v7(),
        cycle_id,
        number: 1,
        state: RankingState::Published,
        criteria_set_id,
        supersedes_id: None,
        reason: None,
        total_points: Decimal::whole(1000),
        algorithm: 1,
        proof_sha256: "0".repeat(64),
        computed_at: now,
        published_at: Some(now),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn entry_row(ranking_id: Uuid, province_id: Uuid, place: i32) -> ranking_entry::Model {
    ranking_entry::Model {
        id: Uuid::now_v7(),
        ranking_id,
        province_id,
        position: place,
        place: Some(place),
        total: Decimal::whole(960 - place),
        classification: None,
        classification_en: None,
        tie_breaks: json!([]),
        adjustments: json!([]),
        excluded_reason: None,
    }
}

fn pledge_row(cycle_id: Uuid, province_id: Uuid, now: DateTime<Utc>) -> pledge::Model {
    pledge::Model {
        id: Uuid::now_v7(),
        cycle_id,
        province_id,
        text: "Cam kết".to_owned(),
        signatory_name: Some("Nguyễn Văn A".to_owned()),
        signatory_title: Some("Chủ tịch".to_owned()),
        signed_at: Some(now),
        signed_place: Some("Bắc Kạn".to_owned()),
        state: PledgeState::Concluded,
        concluded_at: Some(now),
        certainty: Certainty::Invented,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn target_row(pledge_id: Uuid, number: i32, now: DateTime<Utc>) -> target::Model {
    target::Model {
        id: Uuid::now_v7(),
        pledge_id,
        position: number,
        name: format!("Chỉ tiêu {number}"),
        unit: "%".to_owned(),
        direction: Direction::HigherIsBetter,
        baseline: None,
        target_value: Decimal::whole(20),
        actual: Some(Decimal::whole(number)),
        source: None,
        certainty: Certainty::Invented,
        name_key: format!("{number:03}"),
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn decision_row(cluster_id: Uuid, year: i32, now: DateTime<Utc>) -> decision::Model {
    decision::Model {
        id: Uuid::now_v7(),
        authority: Authority::Government,
        decision_year: year + 1,
        number: format!("{cluster_id}/QĐ"),
        decided_on: NaiveDate::from_ymd_opt(year + 1, 4, 1).unwrap_or_default(),
        signatory_name: "Nguyễn Văn A".to_owned(),
        signatory_title: "Phó Thủ tướng".to_owned(),
        title: "Về việc khen thưởng".to_owned(),
        file_hash: None,
        file_name: None,
        media_type: None,
        size_bytes: None,
        file_reason: None,
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn nomination_row((cycle_id, province_id, award_type_id): (Uuid, Uuid, Uuid), now: DateTime<Utc>) -> nomination::Model {
    let id = Uuid::now_v7();
    nomination::Model {
        id,
        cycle_id,
        province_id,
        nominee_kind: NomineeKind::Province,
        nominee_name: None,
        nominee_position: None,
        nominee_key: String::new(),
        achievement_kind: AchievementKind::Thematic,
        achievement: Some(id.to_string()),
        achievement_key: id.to_string(),
        award_type_id,
        ranking_id: None,
        place: None,
        reason: "Thành tích".to_owned(),
        state: NominationState::Decided,
        state_reason: None,
        held_from: None,
        hold_ground: None,
        submitted_at: Some(now),
        appraisal_opinion: None,
        appraised_at: None,
        public_comment_from: None,
        public_comment_until: None,
        closed_at: Some(now),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn award_row(decision: &decision::Model, nomination: &nomination::Model, now: DateTime<Utc>) -> award::Model {
    award::Model {
        id: Uuid::now_v7(),
        nomination_id: nomination.id,
        cycle_id: nomination.cycle_id,
        province_id: nomination.province_id,
        award_type_id: nomination.award_type_id,
        recipient_kind: RecipientKind::Collective,
        recipient_name: None,
        recipient_position: None,
        decision_id: decision.id,
        decision_year: decision.decision_year,
        decided_on: decision.decided_on,
        authority: decision.authority,
        citation: "Đã có thành tích xuất sắc.".to_owned(),
        coefficient: None,
        base_salary: None,
        reward_amount: Some(Decimal::whole(21_600_000)),
        state: AwardState::Decided,
        revoked_on: None,
        revocation_number: None,
        revocation_reason: None,
        amount_to_recover: None,
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}
