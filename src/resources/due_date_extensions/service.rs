//! What can be done with extensions. One function is one use case is one transaction.

use entity::{due_date_extension, membership};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{DueDateExtension, ExtensionFilter, ExtensionSort, NewDueDateExtension};
use crate::{
    db,
    domain::{
        cycle::{Change as Between, may_change},
        deadline::Due,
        phrase::Phrase,
        policy::{Action, Tie},
        refusal::unless_faulty,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
    results::Deadlines,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &ExtensionFilter,
) -> Result<Page<DueDateExtension>, Problem> {
    let mut select = due_date_extension::Entity::find().filter(visible(ctx));
    if let Some(cycles) = &filter.cycle_id {
        select = select.filter(due_date_extension::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(provinces) = &filter.province_id {
        select = select.filter(due_date_extension::Column::ProvinceId.is_in(provinces.0.iter().copied()));
    }
    if let Some(stages) = &filter.stage {
        select = select.filter(due_date_extension::Column::Stage.is_in(stages.0.iter().copied()));
    }
    let Page { data, page } = http::page::<ExtensionSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await?;
    Ok(Page { data: data.into_iter().map(TryInto::try_into).collect::<Result<_, Problem>>()?, page })
}

/// `ReadExtension` as SQL.
fn visible(ctx: &Ctx) -> Condition {
    if ctx.who.sees_all() {
        return Condition::all();
    }
    let nobody = Condition::any().add(due_date_extension::Column::Id.is_null());
    match ctx.who.officer_of() {
        Some(province_id) => nobody
            .add(due_date_extension::Column::ProvinceId.eq(province_id))
            .add(due_date_extension::Column::CycleId.in_subquery(sight::cycles_of_head(province_id))),
        None => nobody,
    }
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<due_date_extension::Model, Problem> {
    require(ctx, ctx.db.reader(), id).await.map(|(row, _)| row)
}

async fn require(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<(due_date_extension::Model, Tie), Problem> {
    let row = due_date_extension::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (_, tie) = sight::tie(ctx, db, row.cycle_id).await?;
    let tie = tie.to_province(ctx.who, row.province_id);
    ctx.may(Action::ReadExtension(tie))?;
    Ok((row, tie))
}

pub(super) async fn create(ctx: &Ctx, new: &NewDueDateExtension) -> Result<due_date_extension::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_cycle(ctx, tx, new.cycle_id).await;
        let (cycle, tie) = seen.map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::EditCycle(tie))?;
        may_change(Between::MoveDueDates, cycle.state)?;
        let (due_at, hard_at) = (new.due_at.to_utc(), new.hard_due_at.map(|hard| hard.to_utc()));
        let dates = Deadlines::load(tx, [cycle.id]).await?;
        let Some(all) = dates.of_all(cycle.id, new.stage) else {
            let message = Phrase::new("has no due date in the cycle", "năm thi đua không đặt thời hạn cho bước này");
            return Err(Problem::fault("/stage", "not_due", message));
        };
        unless_faulty(all.shorter(Due { at: new.due_at, hard_at }))?;
        if hard_at.is_some_and(|hard| hard < due_at) {
            let message = Phrase::new("lies before `due_at`", "sớm hơn `due_at`");
            return Err(Problem::fault("/hard_due_at", "before_due", message));
        }
        let of_cycle = membership::Entity::find()
            .filter(membership::Column::CycleId.eq(cycle.id))
            .filter(membership::Column::ProvinceId.eq(new.province_id));
        if of_cycle.count(tx).await? == 0 {
            let message = Phrase::new("is no member of the cycle", "không phải thành viên của năm thi đua");
            return Err(Problem::fault("/province_id", "unknown_reference", message));
        }
        let twin = due_date_extension::Entity::find()
            .filter(due_date_extension::Column::CycleId.eq(cycle.id))
            .filter(due_date_extension::Column::ProvinceId.eq(new.province_id))
            .filter(due_date_extension::Column::Stage.eq(new.stage));
        if twin.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new(
                "the province has an extension for this stage; take it back first",
                "tỉnh đã được gia hạn ở bước này; hãy hủy gia hạn cũ trước",
            )));
        }
        let row = due_date_extension::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle.id),
            province_id: Set(new.province_id),
            stage: Set(new.stage),
            due_at: Set(due_at),
            hard_at: Set(hard_at),
            offset_minutes: Set(new.due_at.offset().local_minus_utc() / 60),
            reason: Set(new.reason.clone()),
            granted_by: Set(ctx.who.id().unwrap_or_default()),
            version: Set(1),
            created_at: Set(ctx.now),
        };
        let row = due_date_extension::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("due_date_extension.create", "due_date_extension", row.id, row.version);
        journal::record(tx, ctx, change.in_cycle(cycle.id).after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::EditCycle(tie))?;
        seen.allows(found.version)?;
        let (cycle, _) = sight::tie(ctx, tx, found.cycle_id).await?;
        may_change(Between::MoveDueDates, cycle.state)?;
        due_date_extension::Entity::delete_by_id(id).exec(tx).await?;
        let change = Change::new("due_date_extension.delete", "due_date_extension", id, found.version);
        journal::record(tx, ctx, change.in_cycle(cycle.id).before(&found)?).await
    })
    .await
}
