//! A cycle in a database: what the benches of rankings and of the matrix share.

use chrono::{DateTime, Utc};
use entity::{
    cluster, criteria_set, criterion, cycle,
    decimal::Decimal,
    membership, province, score, scorecard,
    vocab::{Certainty, CriteriaSetState, CycleState, MemberRole, Method, ProvinceKind, ScorecardState},
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use thidua::{
    clock::{Clock, SystemClock},
    db::{self, Db},
    problem::Problem,
};
use uuid::Uuid;

/// A leaf, and whether its points are relative to the best of the cluster.
type Leaf = (Uuid, bool);

pub(crate) const SECTIONS: i32 = 3;
pub(crate) const LEAVES: i32 = 40;

/// A cycle in appraisal with every line of so many provinces scored and appraised.
pub(crate) async fn year(db: &Db, provinces: i32) -> Result<Uuid, Problem> {
    let now = SystemClock.now();
    db::write(db, async |tx| {
        let cycle_id = cycle_row(tx, now).await?;
        let (set, leaves) = criteria(tx, cycle_id, now).await?;
        for place in 0..provinces {
            sheet(tx, (cycle_id, set), place, &leaves, now).await?;
        }
        Ok(cycle_id)
    })
    .await
}

async fn cycle_row(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Uuid, Problem> {
    let (cluster_id, cycle_id) = (Uuid::now_v7(), Uuid::now_v7());
    let row = cluster::ActiveModel {
        id: Set(cluster_id),
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
    cluster::Entity::insert(row).exec_without_returning(tx).await?;
    let row = cycle::ActiveModel {
        id: Set(cycle_id),
        cluster_id: Set(cluster_id),
        year: Set(2023),
        title: Set("Năm thi đua 2023".into()),
        state: Set(CycleState::Appraisal),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    cycle::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(cycle_id)
}

async fn criteria(tx: &DatabaseTransaction, cycle_id: Uuid, now: DateTime<Utc>) -> Result<(Uuid, Vec<Leaf>), Problem> {
    let set = Uuid::now_v7();
    let row = criteria_set::ActiveModel {
        id: Set(set),
        cycle_id: Set(cycle_id),
        number: Set(1),
        title: Set("Bảng tiêu chí".into()),
        state: Set(CriteriaSetState::Issued),
        ranking_rules: Set(serde_json::json!({ "tie_breakers": [], "classification": null })),
        total_points: Set(Decimal::whole(SECTIONS * LEAVES * 10)),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    criteria_set::Entity::insert(row).exec_without_returning(tx).await?;
    let higher = serde_json::json!({ "direction": "higher_is_better", "target": 100 });
    let methods = [(Method::Expert, serde_json::json!({})), (Method::LeaderRelative, higher)];
    let mut methods = methods.iter().cycle();
    let mut node = |parent: Option<Uuid>, position: i32, code: String| {
        let method = parent.and_then(|_| methods.next());
        criterion::ActiveModel {
            id: Set(Uuid::now_v7()),
            criteria_set_id: Set(set),
            parent_id: Set(parent),
            position: Set(position),
            name: Set(format!("Tiêu chí {code}")),
            code: Set(code),
            max_points: Set(parent.map(|_| Decimal::whole(10))),
            method: Set(method.map(|(method, _)| *method)),
            parameters: Set(method.map(|(_, parameters)| parameters.clone())),
            evidence_required: Set(false),
            certainty: Set(Certainty::Invented),
            search_text: Set(String::new()),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        }
    };
    let mut leaves = vec![];
    for section in 1..=SECTIONS {
        let row = node(None, section, section.to_string());
        let parent = row.id.clone().unwrap();
        criterion::Entity::insert(row).exec_without_returning(tx).await?;
        for leaf in 1..=LEAVES {
            let row = node(Some(parent), leaf, format!("{section}.{leaf}"));
            leaves.push((row.id.clone().unwrap(), row.method == Set(Some(Method::LeaderRelative))));
            criterion::Entity::insert(row).exec_without_returning(tx).await?;
        }
    }
    Ok((set, leaves))
}

async fn sheet(
    tx: &DatabaseTransaction,
    (cycle_id, set): (Uuid, Uuid),
    place: i32,
    leaves: &[Leaf],
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let (province_id, card_id) = (Uuid::now_v7(), Uuid::now_v7());
    let row = province::ActiveModel {
        id: Set(province_id),
        code: Set(format!("B{place}")),
        name: Set(format!("Tỉnh thứ {place}")),
        name_en: Set(format!("Province {place}")),
        kind: Set(ProvinceKind::Province),
        valid_from: Set(now.date_naive()),
        valid_to: Set(None),
        name_key: Set(format!("{place:03}")),
        search_text: Set(String::new()),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    province::Entity::insert(row).exec_without_returning(tx).await?;
    let row = membership::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        year: Set(2023),
        province_id: Set(province_id),
        role: Set(MemberRole::Member),
        certainty: Set(Certainty::Invented),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    membership::Entity::insert(row).exec_without_returning(tx).await?;
    let row = scorecard::ActiveModel {
        id: Set(card_id),
        cycle_id: Set(cycle_id),
        province_id: Set(province_id),
        criteria_set_id: Set(set),
        state: Set(ScorecardState::Submitted),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    scorecard::Entity::insert(row).exec_without_returning(tx).await?;
    // The note is what a province writes; the matrix leaves it where it is.
    let note = "Báo cáo số 12/BC-UBND ngày 20 tháng 12. ".repeat(20);
    let line = |(at, (leaf, relative)): (i32, &Leaf)| {
        let deed = (place * 7 + at * 3) % 40;
        let figure = relative.then(|| Decimal::whole(80 + deed));
        let points = (!relative).then(|| Decimal::from_scaled(92_500 - i64::from(deed) * 25).unwrap_or_default());
        score::ActiveModel {
            id: Set(Uuid::now_v7()),
            scorecard_id: Set(card_id),
            criterion_id: Set(*leaf),
            attained: Set(figure),
            appraised_attained: Set(figure),
            self_points: Set(points),
            self_note: Set(Some(note.clone())),
            appraised_points: Set(points),
            evidence_count: Set(0),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
            ..Default::default()
        }
    };
    let lines = (0..).zip(leaves).map(line);
    score::Entity::insert_many(lines).exec_without_returning(tx).await?;
    Ok(())
}
