//! What can be done with shares of contributions. One function is one use case is one transaction.

use entity::{
    contribution, contribution_share, membership, province,
    vocab::{Certainty, CycleState},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    dto::{
        ContributionShare, ContributionShareExpand, ContributionShareFilter, ContributionSharePatch,
        ContributionShareSort, NewContributionShare,
    },
    require, share_of,
};
use crate::{
    db,
    domain::{
        calendar, contribution as rules,
        phrase::Phrase,
        policy::{Action, Tie},
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery, brief, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &ContributionShareFilter,
) -> Result<Page<ContributionShare>, Problem> {
    use contribution_share::Column::{ContributionId, ProvinceId};
    let visible = contribution::Entity::find()
        .select_only()
        .column(contribution::Column::Id)
        .filter(sight::in_visible_cycles(ctx.who, contribution::Column::CycleId));
    let wanted = Condition::all()
        .add(ContributionId.in_subquery(visible.into_query()))
        .add_option(filter.contribution_id.as_ref().map(|Csv(ids)| ContributionId.is_in(ids.iter().copied())))
        .add_option(filter.province_id.as_ref().map(|Csv(ids)| ProvinceId.is_in(ids.iter().copied())));
    let db = ctx.db.reader();
    let select = contribution_share::Entity::find().filter(wanted);
    let found = http::page::<ContributionShareSort>(db, select, filter.sort.as_ref(), page).await?;
    let mut page = found.map(ContributionShare::from);
    if filter.expand.as_ref().is_some_and(|expand| expand.0.contains(&ContributionShareExpand::Province)) {
        let found = brief::provinces(db, page.data.iter().map(|one| one.province_id)).await?;
        page.data.iter_mut().for_each(|one| one.province = found.get(&one.province_id).cloned());
    }
    Ok(page)
}

/// A share the caller may know of, its contribution, and the caller's tie to it.
struct Seen {
    share: contribution_share::Model,
    contribution: contribution::Model,
    cycle_state: CycleState,
    tie: Tie,
}

async fn seen(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<Seen, Problem> {
    let share = contribution_share::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (contribution, cycle, tie) = require(ctx, db, share.contribution_id).await?;
    let tie = tie.to_province(ctx.who, share.province_id);
    Ok(Seen { share, contribution, cycle_state: cycle.state, tie })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<contribution_share::Model, Problem> {
    seen(ctx, ctx.db.reader(), id).await.map(|seen| seen.share)
}

pub(super) async fn create(ctx: &Ctx, new: &NewContributionShare) -> Result<contribution_share::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(ctx, tx, new.contribution_id).await;
        let (contribution, cycle, tie) = found.map_err(|problem| problem.of_reference("/contribution_id"))?;
        ctx.may(Action::RecordShare(tie.to_province(ctx.who, new.province_id)))?;
        require_member(tx, cycle.id, new.province_id).await?;
        rules::may_write(cycle.state)?;
        let twins = contribution_share::Entity::find()
            .filter(contribution_share::Column::ContributionId.eq(contribution.id))
            .filter(contribution_share::Column::ProvinceId.eq(new.province_id));
        if twins.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new(
                "the province has a share of this contribution already",
                "tỉnh đã có phần trong khoản hỗ trợ này",
            )));
        }
        let NewContributionShare {
            contribution_id,
            province_id,
            pledged_amount,
            paid_amount,
            paid_on,
            goods,
            certainty,
        } = new.clone();
        let row = contribution_share::Model {
            id: Uuid::now_v7(),
            contribution_id,
            province_id,
            pledged_amount,
            paid_amount,
            paid_on,
            goods,
            certainty: certainty.unwrap_or(Certainty::Verified),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        rules::check_share(contribution.form, share_of(&row), calendar::vietnam_day(ctx.now))?;
        let active = row.into_active_model().reset_all();
        let row = contribution_share::Entity::insert(active).exec_with_returning(tx).await?;
        let change = Change::new("contribution_share.create", "contribution_share", row.id, row.version);
        journal::record(tx, ctx, change.in_cycle(cycle.id).after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    version: &IfMatch,
    patch: &ContributionSharePatch,
) -> Result<contribution_share::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let Seen { share: found, contribution, cycle_state, tie } = seen(ctx, tx, id).await?;
        ctx.may(Action::RecordShare(tie))?;
        version.allows(found.version)?;
        let ContributionSharePatch { pledged_amount, paid_amount, paid_on, goods, certainty } = patch.clone();
        let mut row = found.clone();
        row.pledged_amount = pledged_amount.unwrap_or(row.pledged_amount);
        row.paid_amount = paid_amount.unwrap_or(row.paid_amount);
        row.paid_on = paid_on.over(row.paid_on);
        row.goods = goods.over(row.goods);
        row.certainty = certainty.unwrap_or(row.certainty);
        if (row.pledged_amount, &row.goods) == (found.pledged_amount, &found.goods) {
            rules::may_pay(cycle_state)?;
        } else {
            rules::may_write(cycle_state)?;
        }
        rules::check_share(contribution.form, share_of(&row), calendar::vietnam_day(ctx.now))?;
        row.version = found.version + 1;
        row.updated_at = ctx.now;
        let guarded = contribution_share::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(contribution_share::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("contribution_share.update", "contribution_share", id, saved.version);
        let change = change.in_cycle(contribution.cycle_id);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, version: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let Seen { share: found, contribution, cycle_state, tie } = seen(ctx, tx, id).await?;
        ctx.may(Action::RecordShare(tie))?;
        version.allows(found.version)?;
        rules::may_write(cycle_state)?;
        rules::may_delete([(id, share_of(&found))])?;
        let guarded = contribution_share::Entity::delete_by_id(id);
        guarded.filter(contribution_share::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("contribution_share.delete", "contribution_share", id, found.version);
        journal::record(tx, ctx, change.in_cycle(contribution.cycle_id).before(&found)?).await
    })
    .await
}

async fn require_member(tx: &impl ConnectionTrait, cycle_id: Uuid, province_id: Uuid) -> Result<(), Problem> {
    let membership = membership::Entity::find()
        .filter(membership::Column::CycleId.eq(cycle_id))
        .filter(membership::Column::ProvinceId.eq(province_id));
    if membership.count(tx).await? > 0 {
        return Ok(());
    }
    if province::Entity::find_by_id(province_id).count(tx).await? == 0 {
        return Err(Problem::unknown_reference("/province_id"));
    }
    let message =
        Phrase::new("the province is no member of the cycle", "tỉnh không phải là thành viên của năm thi đua này");
    Err(Problem::fault("/province_id", "not_a_member", message))
}
