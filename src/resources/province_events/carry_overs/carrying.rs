//! A decision for one cycle is carried out: who ends leaves the contest, who follows joins, and what was decided moves.

use std::collections::HashMap;

use entity::{
    carry_over, cycle, membership, pledge, scorecard,
    vocab::{Certainty, CycleState, MemberRole},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::{
    super::entering::FIRST,
    dto::{Inheritance, NewHeir},
    moving,
    touched::Gathered,
};
use crate::{
    domain::{
        carry_over::{Entering, Plan},
        phrase::Phrase,
    },
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
    results,
};

/// What was decided for one cycle, by whom the members follow.
pub(in crate::resources::province_events) struct Decided<'a> {
    pub(in crate::resources::province_events) event_id: Uuid,
    pub(in crate::resources::province_events) reason: &'a str,
    pub(in crate::resources::province_events) heirs: &'a [NewHeir],
    /// The successors of the event by their codes.
    pub(in crate::resources::province_events) successors: &'a HashMap<String, Uuid>,
}

pub(in crate::resources::province_events) async fn carry_out(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    gathered: &Gathered,
    plan: &Plan,
    decided: &Decided<'_>,
) -> Result<carry_over::Model, Problem> {
    let heirs = match plan {
        Plan::Keep => vec![],
        Plan::Interrupt => {
            let mut row = gathered.cycle.clone();
            row.interrupted_from = Some(row.state);
            row.state = CycleState::Interrupted;
            row.state_reason = Some(decided.reason.to_owned());
            save_cycle(tx, ctx, &gathered.cycle, row, "cycle.interrupt").await?;
            vec![]
        }
        Plan::CarryOver { leaving, entering, promoted } => {
            leave(tx, ctx, gathered, leaving, decided.reason).await?;
            promote(tx, ctx, gathered, promoted).await?;
            let heirs = join(tx, ctx, gathered, entering, decided).await?;
            save_cycle(tx, ctx, &gathered.cycle, gathered.cycle.clone(), "cycle.carry_over").await?;
            heirs
        }
    };
    let row = carry_over::Model {
        id: Uuid::now_v7(),
        event_id: decided.event_id,
        cycle_id: gathered.cycle.id,
        way: plan.way(),
        reason: decided.reason.to_owned(),
        heirs: serde_json::to_value(&heirs).map_err(Problem::internal)?,
        created_at: ctx.now,
    };
    carry_over::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    let change = Change::new("carry_over.create", "carry_over", row.id, FIRST).in_cycle(row.cycle_id);
    journal::record(tx, ctx, change.after(&row)?).await?;
    Ok(row)
}

/// Who ends stays on the list, unranked, and holds no office any more.
async fn leave(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    gathered: &Gathered,
    leaving: &[Uuid],
    reason: &str,
) -> Result<(), Problem> {
    for (found, _) in gathered.members.iter().filter(|(row, _)| leaving.contains(&row.id)) {
        let mut row = found.clone();
        (row.role, row.deputy_rank) = (MemberRole::Member, None);
        row.excluded_reason = Some(reason.to_owned());
        row.excluded_at = Some(ctx.now);
        save_member(tx, ctx, found, row, "membership.exclude").await?;
    }
    Ok(())
}

/// Deputies close up: in the order of the ranks they get, so that no two hold one at any moment.
async fn promote(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    gathered: &Gathered,
    promoted: &[(Uuid, MemberRole, Option<i32>)],
) -> Result<(), Problem> {
    let mut promoted = promoted.to_vec();
    promoted.sort_by_key(|(_, _, rank)| *rank);
    for (id, role, rank) in promoted {
        if let Some((found, _)) = gathered.members.iter().find(|(row, _)| row.id == id) {
            let mut row = found.clone();
            (row.role, row.deputy_rank) = (role, rank);
            save_member(tx, ctx, found, row, "membership.update").await?;
        }
    }
    Ok(())
}

async fn join(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    gathered: &Gathered,
    entering: &[Entering],
    decided: &Decided<'_>,
) -> Result<Vec<Inheritance>, Problem> {
    let mut heirs = vec![];
    let mut sheetless = vec![];
    for (one, asked) in entering.iter().zip(decided.heirs) {
        let province_id = *decided
            .successors
            .get(&one.successor_code)
            .ok_or_else(|| Problem::internal("an heir that is no successor passed the rule"))?;
        seat(tx, ctx, gathered, one, province_id).await?;
        if let Some(found) = one.pledge.and_then(|id| gathered.pledges.values().find(|row| row.id == id)) {
            inherit_pledge(tx, ctx, found, province_id).await?;
        }
        let targets_moved = match one.pledge {
            Some(pledge_id) => moving::targets(tx, ctx, gathered.cycle.id, &one.targets_of, pledge_id).await?,
            None => 0,
        };
        match one.scorecard.and_then(|id| gathered.scorecards.values().find(|row| row.id == id)) {
            Some(found) => inherit_sheet(tx, ctx, found, province_id).await?,
            None => sheetless.push(province_id),
        }
        let recommendations_moved =
            moving::recommendations(tx, ctx, gathered.cycle.id, &one.recommendations_of, province_id).await?;
        heirs.push(Inheritance {
            province_id,
            role: one.role,
            deputy_rank: one.deputy_rank,
            pledge_from: asked.pledge_from,
            targets_from: asked.targets_from.clone(),
            targets_moved,
            scorecard_from: asked.scorecard_from,
            recommendations_from: asked.recommendations_from.clone(),
            recommendations_moved,
        });
    }
    if !gathered.scorecards.is_empty() && !sheetless.is_empty() {
        results::open_sheets(tx, ctx, gathered.cycle.id, sheetless).await?;
    }
    Ok(heirs)
}

/// The successor's place among the members. In one year a province is in one cluster.
async fn seat(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    gathered: &Gathered,
    one: &Entering,
    province_id: Uuid,
) -> Result<(), Problem> {
    let year = gathered.cycle.year;
    let elsewhere = membership::Entity::find()
        .filter(membership::Column::ProvinceId.eq(province_id))
        .filter(membership::Column::Year.eq(year));
    if elsewhere.count(tx).await? > 0 {
        let code = &one.successor_code;
        return Err(Problem::conflict(Phrase::made(
            format!("the successor with the code {code} is a member of a cycle of {year} already"),
            format!("đơn vị kế thừa mang mã {code} đã là thành viên của một năm thi đua {year}"),
        )));
    }
    let row = membership::Model {
        id: Uuid::now_v7(),
        cycle_id: gathered.cycle.id,
        year,
        province_id,
        role: one.role,
        deputy_rank: one.deputy_rank,
        certainty: Certainty::Verified,
        excluded_reason: None,
        excluded_at: None,
        version: FIRST,
        created_at: ctx.now,
        updated_at: ctx.now,
    };
    let row = membership::Entity::insert(row.into_active_model()).exec_with_returning(tx).await?;
    let change = Change::new("membership.create", "membership", row.id, row.version).in_cycle(row.cycle_id);
    journal::record(tx, ctx, change.after(&row)?).await
}

async fn inherit_pledge(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &pledge::Model,
    province_id: Uuid,
) -> Result<(), Problem> {
    let mut row = found.clone();
    (row.province_id, row.version, row.updated_at) = (province_id, found.version + 1, ctx.now);
    let guarded = pledge::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(pledge::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new("pledge.inherit", "pledge", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await
}

async fn inherit_sheet(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &scorecard::Model,
    province_id: Uuid,
) -> Result<(), Problem> {
    let mut row = found.clone();
    (row.province_id, row.version, row.updated_at) = (province_id, found.version + 1, ctx.now);
    let guarded = scorecard::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(scorecard::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new("scorecard.inherit", "scorecard", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    moving::panel(tx, found.cycle_id, found.province_id, province_id).await
}

async fn save_member(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &membership::Model,
    mut row: membership::Model,
    action: &str,
) -> Result<(), Problem> {
    (row.version, row.updated_at) = (found.version + 1, ctx.now);
    let guarded = membership::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(membership::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new(action, "membership", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await
}

async fn save_cycle(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &cycle::Model,
    mut row: cycle::Model,
    action: &str,
) -> Result<(), Problem> {
    (row.version, row.updated_at) = (found.version + 1, ctx.now);
    let guarded = cycle::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(cycle::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new(action, "cycle", saved.id, saved.version).in_cycle(saved.id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await
}
