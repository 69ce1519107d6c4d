//! A country that gave awards for many years: 63 provinces that became 34, every award type of a small catalogue, and a
//! decision for each type and year.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use entity::{
    award, award_type, cluster, cycle, decision, membership, nomination, province, province_event, province_succession,
    vocab::{
        AchievementKind, Authority, AwardCategory, AwardState, Certainty, CycleState, MemberRole, NominationState,
        NomineeKind, ProvinceEventKind, ProvinceKind, RecipientKind,
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel, ModelTrait};
use thidua::{
    clock::{Clock, SystemClock},
    db::{self, Db},
    problem::Problem,
};
use uuid::Uuid;

/// So many awards there are.
pub(crate) const AWARDS: usize = 100_000;

const OLD: usize = 63;
const NEW: usize = 34;
const YEARS: std::ops::Range<i32> = 2000..2040;
const TYPES: usize = 27;
/// Rows that go in at a time: fewer parameters than a statement takes.
const BATCH: usize = 1_000;

/// Who can decide; the catalogue goes round.
const AUTHORITIES: [Authority; 4] =
    [Authority::PrimeMinister, Authority::President, Authority::Government, Authority::MinisterOrProvincialChair];

/// What a list can be asked for.
pub(crate) struct Country {
    pub(crate) award_type: Uuid,
    pub(crate) authority: &'static str,
    pub(crate) year: i32,
    /// A province that followed two others.
    pub(crate) heir: Uuid,
}

/// Puts it in. The same each time but for ids and times.
pub(crate) async fn country(db: &Db) -> Result<Country, Problem> {
    let now = SystemClock.now();
    db::write(db, async |tx| {
        let types = catalogue(tx, now).await?;
        let provinces = provinces(tx, now).await?;
        let cycles = cycles(tx, &provinces, now).await?;
        let mut left = AWARDS;
        let (mut nominations, mut decisions, mut awards) = (vec![], vec![], vec![]);
        for (year, cycle_id) in &cycles {
            for (index, (award_type_id, authority)) in types.iter().enumerate() {
                let day = NaiveDate::from_ymd_opt(year + 1, 1, 15).ok_or_else(|| Problem::internal("no such day"))?;
                let day = day.checked_add_days(Days::new(12 * index as u64)).unwrap_or(day);
                if left == 0 {
                    break;
                }
                let made = decided(*authority, day, index, now);
                for province_id in provinces.iter().take(left) {
                    let nomination_id = Uuid::now_v7();
                    nominations.push(nominated(nomination_id, (*cycle_id, *province_id, *award_type_id), now));
                    awards.push(given(&made, nomination_id, (*cycle_id, *province_id, *award_type_id), now));
                }
                left = left.saturating_sub(provinces.len());
                decisions.push(made);
            }
        }
        put(tx, nominations).await?;
        put(tx, decisions).await?;
        put(tx, awards).await?;
        let (award_type, authority) = types.first().copied().ok_or_else(|| Problem::internal("no award type"))?;
        let heir = provinces.get(OLD).copied().ok_or_else(|| Problem::internal("no province"))?;
        Ok(Country { award_type, authority: authority.into(), year: YEARS.start + 20, heir })
    })
    .await
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

async fn catalogue(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Vec<(Uuid, Authority)>, Problem> {
    let row = |(index, authority): (usize, &Authority)| award_type::Model {
        id: Uuid::now_v7(),
        code: format!("B{index}"),
        name: format!("Hình thức khen thưởng thứ {index}"),
        name_en: format!("Commendation {index}"),
        category: AwardCategory::Commendation,
        authority: *authority,
        recipient_kinds: "collective".to_owned(),
        legal_basis: "Luật 06/2022/QH15".to_owned(),
        public_comment_days: 10,
        name_key: format!("{index:03}"),
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let rows: Vec<_> = AUTHORITIES.iter().cycle().take(TYPES).enumerate().map(row).collect();
    let types = rows.iter().map(|row| (row.id, row.authority)).collect();
    put(tx, rows).await?;
    Ok(types)
}

/// The old ones, then the new ones; each of these followed one or two of those.
async fn provinces(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Vec<Uuid>, Problem> {
    let begun = NaiveDate::from_ymd_opt(2025, 7, 1).unwrap_or_default();
    let row = |index: usize| province::Model {
        id: Uuid::now_v7(),
        code: format!("{:02}", index % OLD),
        name: format!("Tỉnh thứ {index}"),
        name_en: format!("Province {index}"),
        kind: ProvinceKind::Province,
        valid_from: if index < OLD { NaiveDate::default() } else { begun },
        valid_to: begun.pred_opt().filter(|_| index < OLD),
        name_key: format!("{index:03}"),
        search_text: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let rows: Vec<_> = (0..OLD + NEW).map(row).collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    put(tx, rows).await?;
    let (old, new) = ids.split_at(OLD);
    let (mut events, mut links) = (vec![], vec![]);
    for (index, successor_id) in new.iter().enumerate() {
        let event = province_event::Model {
            id: Uuid::now_v7(),
            kind: ProvinceEventKind::Merger,
            effective_on: begun,
            legal_act: None,
            note: None,
            created_at: now,
        };
        for predecessor_id in old.iter().skip(2 * index).take(2) {
            links.push(province_succession::Model {
                id: Uuid::now_v7(),
                event_id: event.id,
                predecessor_id: *predecessor_id,
                successor_id: *successor_id,
            });
        }
        events.push(event);
    }
    put(tx, events).await?;
    put(tx, links).await?;
    Ok(ids)
}

/// One for each year, of which all are members.
async fn cycles(tx: &DatabaseTransaction, provinces: &[Uuid], now: DateTime<Utc>) -> Result<Vec<(i32, Uuid)>, Problem> {
    let row = cluster::ActiveModel {
        id: Set(Uuid::now_v7()),
        code: Set("BENCH".into()),
        name: Set("Cụm".into()),
        name_en: Set("Cluster".into()),
        name_key: Set(String::new()),
        search_text: Set(String::new()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    let cluster_id = row.id.clone().unwrap();
    cluster::Entity::insert(row).exec_without_returning(tx).await?;
    let (mut cycles, mut members) = (vec![], vec![]);
    for year in YEARS {
        let row = cycle::ActiveModel {
            id: Set(Uuid::now_v7()),
            cluster_id: Set(cluster_id),
            year: Set(year),
            title: Set(format!("Năm thi đua {year}")),
            state: Set(CycleState::Closed),
            certainty: Set(Certainty::Invented),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        };
        let cycle_id = row.id.clone().unwrap();
        cycle::Entity::insert(row).exec_without_returning(tx).await?;
        members.extend(provinces.iter().map(|province_id| membership::Model {
            id: Uuid::now_v7(),
            cycle_id,
            year,
            province_id: *province_id,
            role: MemberRole::Member,
            deputy_rank: None,
            certainty: Certainty::Invented,
            excluded_reason: None,
            excluded_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }));
        cycles.push((year, cycle_id));
    }
    put(tx, members).await?;
    Ok(cycles)
}

/// Cycle, province, award type.
type Subject = (Uuid, Uuid, Uuid);

fn nominated(id: Uuid, (cycle_id, province_id, award_type_id): Subject, now: DateTime<Utc>) -> nomination::Model {
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

fn decided(authority: Authority, decided_on: NaiveDate, index: usize, now: DateTime<Utc>) -> decision::Model {
    decision::Model {
        id: Uuid::now_v7(),
        authority,
        decision_year: decided_on.year(),
        number: format!("{index}/QĐ"),
        decided_on,
        signatory_name: "Nguyễn Văn A".to_owned(),
        signatory_title: "Thủ tướng Chính phủ".to_owned(),
        title: "Về việc khen thưởng".to_owned(),
        file_hash: None,
        file_name: None,
        media_type: None,
        size_bytes: None,
        file_reason: None,
        search_text: "ve viec khen thuong".to_owned(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

fn given(
    decision: &decision::Model,
    nomination_id: Uuid,
    (cycle_id, province_id, award_type_id): Subject,
    now: DateTime<Utc>,
) -> award::Model {
    award::Model {
        id: Uuid::now_v7(),
        nomination_id,
        cycle_id,
        province_id,
        award_type_id,
        recipient_kind: RecipientKind::Collective,
        recipient_name: None,
        recipient_position: None,
        decision_id: decision.id,
        decision_year: decision.decision_year,
        decided_on: decision.decided_on,
        authority: decision.authority,
        citation: "Đã có thành tích xuất sắc trong phong trào thi đua.".to_owned(),
        coefficient: None,
        base_salary: None,
        reward_amount: None,
        state: AwardState::Decided,
        revoked_on: None,
        revocation_number: None,
        revocation_reason: None,
        amount_to_recover: None,
        search_text: "da co thanh tich xuat sac trong phong trao thi dua".to_owned(),
        version: 1,
        created_at: now,
        updated_at: now,
    }
}
