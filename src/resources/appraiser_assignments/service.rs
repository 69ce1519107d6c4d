//! What can be done with assignments. One function is one use case is one transaction.

use entity::{appraiser_assignment, user_account, vocab::Role};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::dto::{AppraiserAssignmentPatch, AssignmentFilter, AssignmentSort, NewAppraiserAssignment};
use crate::{
    db,
    domain::{
        cycle::{Change as Between, may_change},
        phrase::Phrase,
        policy::{Action, Tie},
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
};

/// Assignments name people: they show to the council, auditors and the cycle's members and appraisers.
pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &AssignmentFilter,
) -> Result<Page<appraiser_assignment::Model>, Problem> {
    let mut select = appraiser_assignment::Entity::find()
        .filter(sight::in_own_cycles(ctx.who, appraiser_assignment::Column::CycleId));
    if let Some(cycles) = &filter.cycle_id {
        select = select.filter(appraiser_assignment::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(users) = &filter.user_id {
        select = select.filter(appraiser_assignment::Column::UserId.is_in(users.0.iter().copied()));
    }
    http::page::<AssignmentSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<appraiser_assignment::Model, Problem> {
    require(ctx, ctx.db.reader(), id).await.map(|(row, _)| row)
}

async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(appraiser_assignment::Model, Tie), Problem> {
    let row = appraiser_assignment::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (_, tie) = sight::tie(ctx, db, row.cycle_id).await?;
    // A published cycle is public, its appraisers are not.
    ctx.may(Action::ReadCycle(Tie { published: false, ..tie }))?;
    Ok((row, tie))
}

pub(super) async fn create(ctx: &Ctx, new: &NewAppraiserAssignment) -> Result<appraiser_assignment::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (cycle, tie) =
            sight::tie(ctx, tx, new.cycle_id).await.map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::ReadCycle(tie)).map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::AssignAppraisers(tie))?;
        may_change(Between::AssignAppraisers, cycle.state)?;
        let user = user_account::Entity::find_by_id(new.user_id).one(tx).await?;
        if user.is_none_or(|user| user.role != Role::Appraiser || user.disabled_at.is_some()) {
            let message =
                Phrase::new("there is no such enabled appraiser", "không có thẩm định viên đang hoạt động này");
            return Err(Problem::fault("/user_id", "unknown_reference", message));
        }
        let twin = appraiser_assignment::Entity::find()
            .filter(appraiser_assignment::Column::CycleId.eq(cycle.id))
            .filter(appraiser_assignment::Column::UserId.eq(new.user_id));
        if twin.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new(
                "the appraiser is assigned to the cycle already",
                "thẩm định viên đã được phân công cho năm thi đua này",
            )));
        }
        let row = appraiser_assignment::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle.id),
            user_id: Set(new.user_id),
            sections: Set(json!(new.sections)),
            lead: Set(new.lead),
            version: Set(1),
            created_at: Set(ctx.now),
        };
        let row = appraiser_assignment::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("appraiser_assignment.create", "appraiser_assignment", row.id, row.version);
        journal::record(tx, ctx, change.in_cycle(cycle.id).after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &AppraiserAssignmentPatch,
) -> Result<appraiser_assignment::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::AssignAppraisers(tie))?;
        seen.allows(found.version)?;
        let (cycle, _) = sight::tie(ctx, tx, found.cycle_id).await?;
        may_change(Between::AssignAppraisers, cycle.state)?;
        let mut row = found.clone().into_active_model();
        row.sections = Set(patch.sections.as_ref().map_or_else(|| found.sections.clone(), |codes| json!(codes)));
        row.lead = Set(patch.lead.unwrap_or(found.lead));
        row.version = Set(found.version + 1);
        let guarded = appraiser_assignment::Entity::update(row)
            .validate()?
            .filter(appraiser_assignment::Column::Version.eq(found.version));
        let saved = guarded.exec(tx).await?;
        let change = Change::new("appraiser_assignment.update", "appraiser_assignment", id, saved.version);
        journal::record(tx, ctx, change.in_cycle(cycle.id).before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::AssignAppraisers(tie))?;
        seen.allows(found.version)?;
        let (cycle, _) = sight::tie(ctx, tx, found.cycle_id).await?;
        may_change(Between::AssignAppraisers, cycle.state)?;
        appraiser_assignment::Entity::delete_by_id(id).exec(tx).await?;
        let change = Change::new("appraiser_assignment.delete", "appraiser_assignment", id, found.version);
        journal::record(tx, ctx, change.in_cycle(cycle.id).before(&found)?).await
    })
    .await
}
