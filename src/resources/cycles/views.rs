//! Rows of cycles with what belongs to their representation.

use std::collections::HashMap;

use chrono::FixedOffset;
use entity::{cycle, due_date};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{
    dto::{Cycle, DueDate},
    facts,
    steps::action,
};
use crate::{
    domain::{
        actions::Verdict,
        cycle::{self as rules, Event},
        policy::{self, Tie},
        refusal::unless_blocked,
    },
    http::{
        AllowedAction, Ctx,
        brief::{self, ClusterBrief},
    },
    problem::Problem,
};

/// Cycles as they are listed: three statements, however many there are.
pub(super) async fn many(db: &impl ConnectionTrait, rows: Vec<cycle::Model>) -> Result<Vec<Cycle>, Problem> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let clusters = brief::clusters(db, rows.iter().map(|row| row.cluster_id)).await?;
    let mut dates = due_dates(db, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let cluster = clusters.get(&row.cluster_id).cloned();
            let cluster = cluster.ok_or_else(|| Problem::internal("a cycle without a cluster"))?;
            let dates = dates.remove(&row.id).unwrap_or_default();
            Ok(represent(row, cluster, dates))
        })
        .collect()
}

/// One cycle, with what the caller may do with it now.
pub(super) async fn one(ctx: &Ctx, db: &impl ConnectionTrait, row: cycle::Model, tie: Tie) -> Result<Cycle, Problem> {
    let facts = facts::gather(db, &row).await?;
    let verdicts: Vec<Verdict> = Event::iter()
        .map(|event| {
            Verdict::on(event.name())
                .and(policy::check(ctx.who, action(event, tie)))
                .and(rules::next(row.state, row.interrupted_from, event))
                .and(unless_blocked(rules::blockers(event, &facts)))
        })
        .collect();
    let mut cycle = many(db, vec![row]).await?.pop().ok_or_else(Problem::not_found)?;
    cycle.allowed_actions = Some(AllowedAction::all(&verdicts, ctx.language));
    Ok(cycle)
}

async fn due_dates(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<DueDate>>, Problem> {
    let rows = due_date::Entity::find()
        .filter(due_date::Column::CycleId.is_in(ids.iter().copied()))
        .order_by_asc(due_date::Column::DueAt)
        .order_by_asc(due_date::Column::Id)
        .all(db)
        .await?;
    let mut dates: HashMap<Uuid, Vec<DueDate>> = HashMap::new();
    for row in rows {
        let offset = FixedOffset::east_opt(row.offset_minutes * 60);
        let offset = offset.ok_or_else(|| Problem::internal("an offset out of range"))?;
        let date = DueDate {
            stage: row.stage,
            due_at: row.due_at.with_timezone(&offset),
            hard_due_at: row.hard_at.map(|hard| hard.with_timezone(&offset)),
        };
        dates.entry(row.cycle_id).or_default().push(date);
    }
    Ok(dates)
}

fn represent(row: cycle::Model, cluster: ClusterBrief, due_dates: Vec<DueDate>) -> Cycle {
    let cycle::Model {
        id,
        cluster_id: _,
        year,
        title,
        state,
        interrupted_from,
        state_reason,
        conference_on,
        conference_place,
        launched_at,
        finalized_at,
        published_at,
        closed_at,
        certainty,
        version,
        created_at,
        updated_at,
    } = row;
    Cycle {
        id,
        cluster,
        year,
        title,
        state,
        interrupted_from,
        state_reason,
        due_dates,
        conference_on,
        conference_place,
        launched_at,
        finalized_at,
        published_at,
        closed_at,
        certainty,
        allowed_actions: None,
        version,
        created_at,
        updated_at,
    }
}
