//! What can be done with cycles besides their steps.

use entity::{
    cluster, conference, criteria_set, cycle, due_date, pledge, resolution,
    vocab::{Certainty, CycleState},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::{
    dto::{Cycle, CycleFilter, CyclePatch, CycleSort, DueDate, NewCycle},
    views,
};
use crate::{
    db,
    domain::{
        cycle::{Change as Between, may_change},
        phrase::Phrase,
        policy::Action,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &CycleFilter) -> Result<Page<Cycle>, Problem> {
    let mut select = cycle::Entity::find().filter(sight::in_visible_cycles(ctx.who, cycle::Column::Id));
    if let Some(clusters) = &filter.cluster_id {
        select = select.filter(cycle::Column::ClusterId.is_in(clusters.0.iter().copied()));
    }
    if let Some(province_id) = filter.province_id {
        select = select.filter(cycle::Column::Id.in_subquery(sight::cycles_of_member(province_id)));
    }
    if let Some(years) = &filter.year {
        select = select.filter(cycle::Column::Year.is_in(years.0.iter().copied()));
    }
    if let Some(states) = &filter.state {
        select = select.filter(cycle::Column::State.is_in(states.0.iter().copied()));
    }
    let db = ctx.db.reader();
    let Page { data, page } = http::page::<CycleSort>(db, select, filter.sort.as_ref(), page).await?;
    Ok(Page { data: views::many(db, data).await?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Cycle, Problem> {
    let db = ctx.db.reader();
    let (row, tie) = sight::visible_cycle(ctx, db, id).await?;
    views::one(ctx, db, row, tie).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewCycle) -> Result<Cycle, Problem> {
    ctx.may(Action::CreateCycle)?;
    db::write(&ctx.db, async |tx| {
        if cluster::Entity::find_by_id(new.cluster_id).count(tx).await? == 0 {
            let message = Phrase::new("there is no such cluster", "không có cụm thi đua này");
            return Err(Problem::fault("/cluster_id", "unknown_reference", message));
        }
        let twin = cycle::Entity::find()
            .filter(cycle::Column::ClusterId.eq(new.cluster_id))
            .filter(cycle::Column::Year.eq(new.year));
        if twin.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::made(
                format!("the cluster has a cycle for {} already", new.year),
                format!("cụm đã có năm thi đua {}", new.year),
            )));
        }
        let row = cycle::ActiveModel {
            id: Set(Uuid::now_v7()),
            cluster_id: Set(new.cluster_id),
            year: Set(new.year),
            title: Set(new.title.clone()),
            state: Set(CycleState::Draft),
            certainty: Set(Certainty::Verified),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
            ..Default::default()
        };
        let row = cycle::Entity::insert(row).exec_with_returning(tx).await?;
        replace_due_dates(tx, row.id, &new.due_dates).await?;
        let after = serde_json::json!({ "cycle": row, "due_dates": new.due_dates });
        let change = Change::new("cycle.create", "cycle", row.id, row.version).in_cycle(row.id);
        journal::record(tx, ctx, change.after(&after)?).await?;
        let (row, tie) = sight::tie(ctx, tx, row.id).await?;
        views::one(ctx, tx, row, tie).await
    })
    .await
}

pub(super) async fn update(ctx: &Ctx, id: Uuid, seen: &IfMatch, patch: &CyclePatch) -> Result<Cycle, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, tie) = sight::visible_cycle(ctx, tx, id).await?;
        ctx.may(Action::EditCycle(tie))?;
        seen.allows(found.version)?;
        may_change(Between::Edit, found.state)?;
        if patch.due_dates.is_some() {
            may_change(Between::MoveDueDates, found.state)?;
        }
        let mut row = found.clone().into_active_model();
        row.title = Set(patch.title.clone().unwrap_or_else(|| found.title.clone()));
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let saved =
            cycle::Entity::update(row).validate()?.filter(cycle::Column::Version.eq(found.version)).exec(tx).await?;
        let (before, after) = match &patch.due_dates {
            Some(dates) => {
                let former = due_date::Entity::find().filter(due_date::Column::CycleId.eq(id)).all(tx).await?;
                replace_due_dates(tx, id, dates).await?;
                let before = serde_json::json!({ "cycle": found, "due_dates": former });
                (before, serde_json::json!({ "cycle": saved, "due_dates": dates }))
            }
            None => (serde_json::json!({ "cycle": found }), serde_json::json!({ "cycle": saved })),
        };
        let change = Change::new("cycle.update", "cycle", id, saved.version).in_cycle(id);
        journal::record(tx, ctx, change.before(&before)?.after(&after)?).await?;
        views::one(ctx, tx, saved, tie).await
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, tie) = sight::visible_cycle(ctx, tx, id).await?;
        ctx.may(Action::EditCycle(tie))?;
        seen.allows(found.version)?;
        may_change(Between::Delete, found.state)?;
        let pledges = pledge::Entity::find().filter(pledge::Column::CycleId.eq(id)).count(tx).await?;
        let criteria = criteria_set::Entity::find().filter(criteria_set::Column::CycleId.eq(id)).count(tx).await?;
        let conferences = conference::Entity::find().filter(conference::Column::CycleId.eq(id)).count(tx).await?;
        let signings = resolution::Entity::find().filter(resolution::Column::SignedCycleId.eq(id)).count(tx).await?;
        if pledges + criteria + conferences + signings > 0 {
            return Err(Problem::conflict(Phrase::new(
                "pledges, criteria or conferences hang on the cycle",
                "năm thi đua đã có giao ước, bảng tiêu chí hoặc hội nghị",
            )));
        }
        cycle::Entity::delete_by_id(id).filter(cycle::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("cycle.delete", "cycle", id, found.version).in_cycle(id);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

async fn replace_due_dates(tx: &impl ConnectionTrait, cycle_id: Uuid, dates: &[DueDate]) -> Result<(), Problem> {
    due_date::Entity::delete_many().filter(due_date::Column::CycleId.eq(cycle_id)).exec(tx).await?;
    if dates.is_empty() {
        return Ok(());
    }
    let rows = dates.iter().map(|date| due_date::ActiveModel {
        id: Set(Uuid::now_v7()),
        cycle_id: Set(cycle_id),
        stage: Set(date.stage),
        due_at: Set(date.due_at.to_utc()),
        hard_at: Set(date.hard_due_at.map(|hard| hard.to_utc())),
        offset_minutes: Set(date.due_at.offset().local_minus_utc() / 60),
    });
    due_date::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}
