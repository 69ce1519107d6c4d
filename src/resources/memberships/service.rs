//! What can be done with memberships. One function is one use case is one transaction.

use entity::{
    cluster, cycle, membership, province,
    vocab::{Certainty, MemberRole},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::dto::{Membership, MembershipExpand, MembershipFilter, MembershipPatch, MembershipSort, NewMembership};
use crate::{
    db,
    domain::{
        membership::{Change as Kind, check_province, check_rank, may_change},
        phrase::Phrase,
        policy::{Action, Tie},
        refusal::unless_faulty,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, brief, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &MembershipFilter) -> Result<Page<Membership>, Problem> {
    let mut select = membership::Entity::find().filter(sight::in_visible_cycles(ctx.who, membership::Column::CycleId));
    if let Some(cycles) = &filter.cycle_id {
        select = select.filter(membership::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(cluster_id) = filter.cluster_id {
        let cycles = cycle::Entity::find().select_only().column(cycle::Column::Id);
        let cycles = cycles.filter(cycle::Column::ClusterId.eq(cluster_id)).into_query();
        select = select.filter(membership::Column::CycleId.in_subquery(cycles));
    }
    if let Some(provinces) = &filter.province_id {
        select = select.filter(membership::Column::ProvinceId.is_in(provinces.0.iter().copied()));
    }
    if let Some(years) = &filter.year {
        select = select.filter(membership::Column::Year.is_in(years.0.iter().copied()));
    }
    if let Some(roles) = &filter.role {
        select = select.filter(membership::Column::Role.is_in(roles.0.iter().copied()));
    }
    let db = ctx.db.reader();
    let page = http::page::<MembershipSort>(db, select, filter.sort.as_ref(), page).await?;
    let expand = filter.expand.as_ref().map(|expand| expand.0.as_slice()).unwrap_or_default();
    expanded(db, page.map(Membership::from), expand).await
}

async fn expanded(
    db: &impl ConnectionTrait,
    mut page: Page<Membership>,
    expand: &[MembershipExpand],
) -> Result<Page<Membership>, Problem> {
    if expand.contains(&MembershipExpand::Province) {
        let found = brief::provinces(db, page.data.iter().map(|one| one.province_id)).await?;
        page.data.iter_mut().for_each(|one| one.province = found.get(&one.province_id).cloned());
    }
    if expand.contains(&MembershipExpand::Cycle) {
        let found = brief::cycles(db, page.data.iter().map(|one| one.cycle_id)).await?;
        page.data.iter_mut().for_each(|one| one.cycle = found.get(&one.cycle_id).cloned());
    }
    Ok(page)
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<membership::Model, Problem> {
    require(ctx, ctx.db.reader(), id).await.map(|(row, ..)| row)
}

/// A membership the caller may know of, its cycle, and the caller's tie to it.
pub(super) async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(membership::Model, cycle::Model, Tie), Problem> {
    let row = membership::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (cycle, tie) = sight::visible_cycle(ctx, db, row.cycle_id).await?;
    Ok((row, cycle, tie))
}

pub(super) async fn create(ctx: &Ctx, new: &NewMembership) -> Result<membership::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (cycle, tie) =
            sight::tie(ctx, tx, new.cycle_id).await.map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::ReadCycle(tie)).map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::EditCycle(tie))?;
        may_change(Kind::Add, cycle.state)?;
        let province = province::Entity::find_by_id(new.province_id).one(tx).await?.ok_or_else(no_province)?;
        let mut faults: Vec<_> = check_rank(new.role, new.deputy_rank).into_iter().collect();
        faults.extend(check_province(cycle.year, province.valid_from, province.valid_to));
        unless_faulty(faults)?;
        free_that_year(tx, &cycle, &province).await?;
        free_seat(tx, cycle.id, None, new.role, new.deputy_rank).await?;
        let row = membership::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle.id),
            year: Set(cycle.year),
            province_id: Set(new.province_id),
            role: Set(new.role),
            deputy_rank: Set(new.deputy_rank),
            certainty: Set(new.certainty.unwrap_or(Certainty::Verified)),
            excluded_reason: Set(None),
            excluded_at: Set(None),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = membership::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("membership.create", "membership", row.id, row.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &MembershipPatch,
) -> Result<membership::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, cycle, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::EditCycle(tie))?;
        seen.allows(found.version)?;
        may_change(Kind::Alter, cycle.state)?;
        let role = patch.role.unwrap_or(found.role);
        let deputy_rank = patch.deputy_rank.over(found.deputy_rank);
        unless_faulty(check_rank(role, deputy_rank).into_iter().collect())?;
        free_seat(tx, cycle.id, Some(id), role, deputy_rank).await?;
        let mut row = found.clone();
        row.role = role;
        row.deputy_rank = deputy_rank;
        row.certainty = patch.certainty.unwrap_or(found.certainty);
        save(tx, ctx, "membership.update", &found, row).await
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, cycle, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::EditCycle(tie))?;
        seen.allows(found.version)?;
        may_change(Kind::Remove, cycle.state)?;
        membership::Entity::delete_by_id(id).filter(membership::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("membership.delete", "membership", id, found.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

/// Stores a changed membership under the version it was read at, and journals the change.
pub(super) async fn save(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    action: &str,
    found: &membership::Model,
    mut row: membership::Model,
) -> Result<membership::Model, Problem> {
    row.version = found.version + 1;
    row.updated_at = ctx.now;
    let guarded = membership::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(membership::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new(action, "membership", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    Ok(saved)
}

/// In one year a province is in one cluster.
async fn free_that_year(
    tx: &impl ConnectionTrait,
    cycle: &cycle::Model,
    province: &province::Model,
) -> Result<(), Problem> {
    let taken = membership::Entity::find()
        .filter(membership::Column::ProvinceId.eq(province.id))
        .filter(membership::Column::Year.eq(cycle.year))
        .one(tx)
        .await?;
    let Some(taken) = taken else { return Ok(()) };
    let elsewhere = cycle::Entity::find_by_id(taken.cycle_id).find_also_related(cluster::Entity).one(tx).await?;
    let cluster = elsewhere.and_then(|(_, cluster)| cluster).map(|cluster| cluster.name).unwrap_or_default();
    let (name, year) = (&province.name, cycle.year);
    Err(Problem::conflict(Phrase::made(
        format!("in {year} {name} is in “{cluster}” already"),
        format!("năm {year}, {name} đã thuộc “{cluster}”"),
    )))
}

/// A cycle has one head, and each rank of its deputies once.
async fn free_seat(
    tx: &impl ConnectionTrait,
    cycle_id: Uuid,
    but: Option<Uuid>,
    role: MemberRole,
    deputy_rank: Option<i32>,
) -> Result<(), Problem> {
    let mut others = membership::Entity::find().filter(membership::Column::CycleId.eq(cycle_id));
    if let Some(id) = but {
        others = others.filter(membership::Column::Id.ne(id));
    }
    for other in others.all(tx).await? {
        if role == MemberRole::Head && other.role == MemberRole::Head {
            return Err(Problem::conflict(Phrase::new("the cycle has a head already", "năm thi đua đã có cụm trưởng")));
        }
        if deputy_rank.is_some() && other.deputy_rank == deputy_rank {
            return Err(Problem::conflict(Phrase::new(
                "the rank is another deputy's",
                "thứ hạng cụm phó này đã có đơn vị khác giữ",
            )));
        }
    }
    Ok(())
}

fn no_province() -> Problem {
    let message = Phrase::new("there is no such province", "không có tỉnh, thành phố này");
    Problem::fault("/province_id", "unknown_reference", message)
}
