//! What can be done with contributions. One function is one use case is one transaction.

use entity::{contribution, contribution_share, cycle, document, province, vocab::Certainty};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    dto::{Contribution, ContributionExpand, ContributionFilter, ContributionPatch, ContributionSort, NewContribution},
    view::{share_of, shares, view, views},
};
use crate::{
    db,
    domain::{
        calendar, contribution as rules,
        policy::{Action, Tie},
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &ContributionFilter,
) -> Result<Page<Contribution>, Problem> {
    use contribution::Column::{CycleId, Form, HostProvinceId};
    let of_years = |Csv(years): &Csv<i32>| {
        let cycles = cycle::Entity::find().select_only().column(cycle::Column::Id);
        CycleId.in_subquery(cycles.filter(cycle::Column::Year.is_in(years.iter().copied())).into_query())
    };
    let wanted = Condition::all()
        .add(sight::in_visible_cycles(ctx.who, CycleId))
        .add_option(filter.cycle_id.as_ref().map(|Csv(ids)| CycleId.is_in(ids.iter().copied())))
        .add_option(filter.host_province_id.as_ref().map(|Csv(ids)| HostProvinceId.is_in(ids.iter().copied())))
        .add_option(filter.form.as_ref().map(|Csv(forms)| Form.is_in(forms.iter().copied())))
        .add_option(filter.year.as_ref().map(of_years));
    let db = ctx.db.reader();
    let select = contribution::Entity::find().filter(wanted);
    let Page { data, page } = http::page::<ContributionSort>(db, select, filter.sort.as_ref(), page).await?;
    let expand = filter.expand.as_ref().map_or(&[][..], |expand| &expand.0);
    Ok(Page { data: views(db, data, expand).await?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, expand: &[ContributionExpand]) -> Result<Contribution, Problem> {
    let db = ctx.db.reader();
    let (row, ..) = require(ctx, db, id).await?;
    view(db, row, expand).await
}

/// A contribution the caller may know of, its cycle, and the caller's tie to it.
pub(super) async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(contribution::Model, cycle::Model, Tie), Problem> {
    let row = contribution::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = sight::visible_cycle(ctx, db, row.cycle_id).await?;
    Ok((row, cycle, tie))
}

pub(super) async fn create(ctx: &Ctx, new: &NewContribution) -> Result<Contribution, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_cycle(ctx, tx, new.cycle_id).await;
        let (cycle, tie) = seen.map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::WriteContribution(tie))?;
        require_province(tx, new.host_province_id).await?;
        rules::may_write(cycle.state)?;
        let NewContribution {
            cycle_id,
            purpose,
            beneficiary,
            host_province_id,
            form,
            announced_amount,
            goods,
            decided_on,
            note,
            certainty,
        } = new.clone();
        rules::check_contribution(form, goods.as_deref(), decided_on, calendar::vietnam_day(ctx.now))?;
        let row = contribution::Model {
            id: Uuid::now_v7(),
            cycle_id,
            purpose,
            beneficiary,
            host_province_id,
            form,
            announced_amount,
            goods,
            decided_on,
            note,
            certainty: certainty.unwrap_or(Certainty::Verified),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        let active = row.into_active_model().reset_all();
        let row = contribution::Entity::insert(active).exec_with_returning(tx).await?;
        let change = Change::new("contribution.create", "contribution", row.id, row.version);
        journal::record(tx, ctx, change.in_cycle(cycle_id).after(&row)?).await?;
        view(tx, row, &[]).await
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &ContributionPatch,
) -> Result<Contribution, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let ContributionPatch {
            purpose,
            beneficiary,
            host_province_id,
            announced_amount,
            goods,
            decided_on,
            note,
            certainty,
        } = patch.clone();
        let mut row = found.clone();
        row.purpose = purpose.unwrap_or(row.purpose);
        row.beneficiary = beneficiary.unwrap_or(row.beneficiary);
        row.host_province_id = host_province_id.unwrap_or(row.host_province_id);
        row.announced_amount = announced_amount.over(row.announced_amount);
        row.goods = goods.over(row.goods);
        row.decided_on = decided_on.unwrap_or(row.decided_on);
        row.note = note.over(row.note);
        row.certainty = certainty.unwrap_or(row.certainty);
        if row.host_province_id != found.host_province_id {
            require_province(tx, row.host_province_id).await?;
        }
        let today = calendar::vietnam_day(ctx.now);
        rules::check_contribution(row.form, row.goods.as_deref(), row.decided_on, today)?;
        row.version = found.version + 1;
        row.updated_at = ctx.now;
        let guarded = contribution::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(contribution::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("contribution.update", "contribution", id, saved.version).in_cycle(saved.cycle_id);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        view(tx, saved, &[]).await
    })
    .await
}

/// Its shares and documents go with it, as long as nothing of them was handed over.
pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let shares = shares(tx, [id].into_iter()).await?.remove(&id).unwrap_or_default();
        rules::may_delete(shares.iter().map(|share| (share.id, share_of(share))))?;
        let of_this = contribution_share::Column::ContributionId.eq(id);
        contribution_share::Entity::delete_many().filter(of_this).exec(tx).await?;
        let documents = journal::documents_go(tx, document::Column::ContributionId.eq(id)).await?;
        let guarded = contribution::Entity::delete_by_id(id);
        guarded.filter(contribution::Column::Version.eq(found.version)).exec(tx).await?;
        let mut changes = vec![Change::new("contribution.delete", "contribution", id, found.version).before(&found)?];
        for share in &shares {
            let change = Change::new("contribution_share.delete", "contribution_share", share.id, share.version);
            changes.push(change.before(share)?);
        }
        changes.extend(documents);
        let changes = changes.into_iter().map(|change| change.in_cycle(found.cycle_id)).collect();
        journal::record_all(tx, ctx, changes).await
    })
    .await
}

/// The contribution, if the caller may write it now and has seen its present version.
async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<contribution::Model, Problem> {
    let (found, cycle, tie) = require(ctx, tx, id).await?;
    ctx.may(Action::WriteContribution(tie))?;
    seen.allows(found.version)?;
    rules::may_write(cycle.state)?;
    Ok(found)
}

async fn require_province(tx: &impl ConnectionTrait, id: Uuid) -> Result<(), Problem> {
    if province::Entity::find_by_id(id).count(tx).await? == 0 {
        return Err(Problem::unknown_reference("/host_province_id"));
    }
    Ok(())
}
