//! What can be done with targets. One function is one use case is one transaction.

use std::collections::HashMap;

use entity::{pledge, target};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::ExprTrait,
};
use uuid::Uuid;

use super::dto::{NewTarget, TargetFilter, TargetPatch, TargetSort};
use crate::{
    db,
    domain::{
        phrase::Phrase,
        pledge::{Write, may_write},
        policy::Action,
        text,
    },
    http::{
        self, Ctx, IfMatch, Page, PageQuery,
        sight::{self, SeenPledge},
    },
    journal::{self, Change},
    problem::Problem,
};

/// A target, and what is shown beside it.
#[derive(Debug)]
pub(super) struct View {
    pub target: target::Model,
    pub pledge: Option<pledge::Model>,
}

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &TargetFilter) -> Result<Page<View>, Problem> {
    use target::Column::{Direction, PledgeId, SearchText};
    let mut select = target::Entity::find();
    if let Some(q) = &filter.q {
        select = select.filter(http::contains(SearchText, q));
    }
    if let Some(ids) = &filter.pledge_id {
        select = select.filter(PledgeId.is_in(ids.0.iter().copied()));
    }
    if let Some(outcomes) = &filter.outcome {
        let wanted = outcomes.0.iter().map(|outcome| <&'static str>::from(*outcome));
        select = select.filter(http::outcome().is_in(wanted));
    }
    if let Some(directions) = &filter.direction {
        select = select.filter(Direction.is_in(directions.0.iter().copied()));
    }
    let mut pledges = pledge::Entity::find().select_only().column(pledge::Column::Id);
    pledges = pledges.filter(sight::visible_pledges(ctx.who));
    if let Some(ids) = &filter.cycle_id {
        pledges = pledges.filter(pledge::Column::CycleId.is_in(ids.0.iter().copied()));
    }
    if let Some(ids) = &filter.province_id {
        pledges = pledges.filter(pledge::Column::ProvinceId.is_in(ids.0.iter().copied()));
    }
    let select = select.filter(PledgeId.in_subquery(pledges.into_query()));
    let db = ctx.db.reader();
    let found = http::page::<TargetSort>(db, select, filter.sort.as_ref(), page).await?;
    let pledges = match filter.expand {
        Some(_) => pledges_of(db, &found.data).await?,
        None => HashMap::new(),
    };
    Ok(found.map(|target| View { pledge: pledges.get(&target.pledge_id).cloned(), target }))
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, with_pledge: bool) -> Result<View, Problem> {
    let (target, seen) = visible(ctx, ctx.db.reader(), id).await?;
    Ok(View { target, pledge: with_pledge.then_some(seen.pledge) })
}

pub(super) async fn create(ctx: &Ctx, new: &NewTarget) -> Result<View, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = sight::visible_pledge(ctx, tx, new.pledge_id).await;
        let SeenPledge { pledge, cycle, tie } = found.map_err(|problem| problem.of_reference("/pledge_id"))?;
        ctx.may(Action::WritePledge(tie))?;
        may_write(Write::AddTarget, pledge.state, cycle.state)?;
        let position = match new.position {
            Some(position) => free(tx, pledge.id, position).await?,
            None => end(tx, pledge.id).await?,
        };
        let NewTarget { pledge_id, position: _, name, unit, direction, baseline, target, certainty } = new.clone();
        let row = target::ActiveModel {
            id: Set(Uuid::now_v7()),
            pledge_id: Set(pledge_id),
            position: Set(position),
            name_key: Set(text::sort_key(&name)),
            search_text: Set(text::search_text(&[&name])),
            name: Set(name),
            unit: Set(unit),
            direction: Set(direction),
            baseline: Set(baseline),
            target_value: Set(target),
            actual: Set(None),
            source: Set(None),
            certainty: Set(certainty),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = target::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("target.create", "target", row.id, row.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(View { target: row, pledge: None })
    })
    .await
}

pub(super) async fn update(ctx: &Ctx, id: Uuid, seen: &IfMatch, patch: &TargetPatch) -> Result<View, Problem> {
    db::write(&ctx.db, async |tx| {
        let (before, SeenPledge { pledge, cycle, .. }) = writable(ctx, tx, id, seen).await?;
        let after = patched(&before, patch);
        // What a patch says again, as it is, is no change.
        if after == before {
            return Ok(View { target: before, pledge: None });
        }
        let promise = target::Model { actual: before.actual, source: before.source.clone(), ..after.clone() };
        if promise != before {
            may_write(Write::AlterTarget, pledge.state, cycle.state)?;
        }
        if (after.actual, &after.source) != (before.actual, &before.source) {
            may_write(Write::Actual, pledge.state, cycle.state)?;
        }
        if after.position != before.position {
            free(tx, pledge.id, after.position).await?;
        }
        let after = target::Model { version: before.version + 1, updated_at: ctx.now, ..after };
        let saved = target::Entity::update(after.into_active_model().reset_all())
            .validate()?
            .filter(target::Column::Version.eq(before.version))
            .exec(tx)
            .await?;
        let change = Change::new("target.update", "target", id, saved.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.before(&before)?.after(&saved)?).await?;
        Ok(View { target: saved, pledge: None })
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (target, SeenPledge { pledge, cycle, .. }) = writable(ctx, tx, id, seen).await?;
        may_write(Write::AlterTarget, pledge.state, cycle.state)?;
        let gone = target::Entity::delete_by_id(id).filter(target::Column::Version.eq(target.version)).exec(tx).await?;
        if gone.rows_affected == 0 {
            return Err(Problem::stale());
        }
        let change = Change::new("target.delete", "target", id, target.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.before(&target)?).await
    })
    .await
}

fn patched(target: &target::Model, patch: &TargetPatch) -> target::Model {
    let TargetPatch { position, name, unit, direction, baseline, target: figure, actual, source, certainty } =
        patch.clone();
    let before = target.clone();
    let name = name.unwrap_or(before.name);
    target::Model {
        position: position.unwrap_or(before.position),
        name_key: text::sort_key(&name),
        search_text: text::search_text(&[&name]),
        name,
        unit: unit.unwrap_or(before.unit),
        direction: direction.unwrap_or(before.direction),
        baseline: baseline.over(before.baseline),
        target_value: figure.unwrap_or(before.target_value),
        actual: actual.over(before.actual),
        source: source.over(before.source),
        certainty: certainty.unwrap_or(before.certainty),
        ..target.clone()
    }
}

/// A target of a pledge the caller may know of.
async fn visible(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<(target::Model, SeenPledge), Problem> {
    let target = target::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let seen = sight::visible_pledge(ctx, db, target.pledge_id).await?;
    Ok((target, seen))
}

/// The target, if the caller may write its pledge and has seen its present version.
async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<(target::Model, SeenPledge), Problem> {
    let (target, found) = visible(ctx, tx, id).await?;
    ctx.may(Action::WritePledge(found.tie))?;
    seen.allows(target.version)?;
    Ok((target, found))
}

async fn pledges_of(
    db: &impl ConnectionTrait,
    targets: &[target::Model],
) -> Result<HashMap<Uuid, pledge::Model>, Problem> {
    let ids = targets.iter().map(|target| target.pledge_id);
    let pledges = pledge::Entity::find().filter(pledge::Column::Id.is_in(ids)).all(db).await?;
    Ok(pledges.into_iter().map(|pledge| (pledge.id, pledge)).collect())
}

/// The position, if nothing stands there.
async fn free(tx: &impl ConnectionTrait, pledge_id: Uuid, position: i32) -> Result<i32, Problem> {
    let there = target::Entity::find()
        .filter(target::Column::PledgeId.eq(pledge_id))
        .filter(target::Column::Position.eq(position));
    if there.count(tx).await? > 0 {
        return Err(Problem::conflict(Phrase::made(
            format!("another target stands at position {position}"),
            format!("vị trí {position} đã có chỉ tiêu khác"),
        )));
    }
    Ok(position)
}

/// The position behind the last.
async fn end(tx: &impl ConnectionTrait, pledge_id: Uuid) -> Result<i32, Problem> {
    let last = target::Entity::find()
        .filter(target::Column::PledgeId.eq(pledge_id))
        .order_by_desc(target::Column::Position)
        .one(tx)
        .await?;
    Ok(last.map_or(1, |last| last.position + 1))
}
