//! What moves from a province that ends to the one that follows, beside pledge and scorecard themselves.

use entity::{due_date_extension, peer_assignment, recommendation, recusal, target};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use uuid::Uuid;

use super::touched::open_recommendations;
use crate::{
    http::Ctx,
    journal::{self, Change},
    problem::Problem,
};

/// Moves all targets of the pledges `from` behind those of the pledge `to`; says how many they were.
pub(super) async fn targets(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    cycle_id: Uuid,
    from: &[Uuid],
    to: Uuid,
) -> Result<usize, Problem> {
    if from.is_empty() {
        return Ok(0);
    }
    let last = target::Entity::find()
        .filter(target::Column::PledgeId.eq(to))
        .order_by_desc(target::Column::Position)
        .one(tx)
        .await?;
    let free = last.map_or(0, |row| row.position) + 1;
    let rows = target::Entity::find()
        .filter(target::Column::PledgeId.is_in(from.iter().copied()))
        .order_by_asc(target::Column::PledgeId)
        .order_by_asc(target::Column::Position)
        .all(tx)
        .await?;
    let mut changes = Vec::with_capacity(rows.len());
    for (found, position) in rows.iter().zip(free..) {
        let mut row = found.clone();
        (row.pledge_id, row.position) = (to, position);
        (row.version, row.updated_at) = (found.version + 1, ctx.now);
        let guarded = target::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(target::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("target.inherit", "target", saved.id, saved.version).in_cycle(cycle_id);
        changes.push(change.before(found)?.after(&saved)?);
    }
    journal::record_all(tx, ctx, changes).await?;
    Ok(rows.len())
}

/// Moves what these provinces recommended and what is still open; says how many they were.
pub(super) async fn recommendations(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    cycle_id: Uuid,
    from: &[Uuid],
    to: Uuid,
) -> Result<usize, Problem> {
    if from.is_empty() {
        return Ok(0);
    }
    let rows = recommendation::Entity::find()
        .filter(recommendation::Column::CycleId.eq(cycle_id))
        .filter(recommendation::Column::ProvinceId.is_in(from.iter().copied()))
        .filter(open_recommendations())
        .order_by_asc(recommendation::Column::Id)
        .all(tx)
        .await?;
    let mut changes = Vec::with_capacity(rows.len());
    for found in &rows {
        let mut row = found.clone();
        (row.province_id, row.version, row.updated_at) = (to, found.version + 1, ctx.now);
        let guarded = recommendation::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(recommendation::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("recommendation.inherit", "recommendation", saved.id, saved.version);
        changes.push(change.in_cycle(cycle_id).before(found)?.after(&saved)?);
    }
    journal::record_all(tx, ctx, changes).await?;
    Ok(rows.len())
}

/// What belongs to a sheet follows it: longer due dates, who stood aside, and who scores crosswise. Nobody comes to score
/// itself.
pub(super) async fn panel(tx: &impl ConnectionTrait, cycle_id: Uuid, from: Uuid, to: Uuid) -> Result<(), Problem> {
    due_date_extension::Entity::update_many()
        .col_expr(due_date_extension::Column::ProvinceId, Expr::value(to))
        .filter(due_date_extension::Column::CycleId.eq(cycle_id))
        .filter(due_date_extension::Column::ProvinceId.eq(from))
        .exec(tx)
        .await?;
    recusal::Entity::update_many()
        .col_expr(recusal::Column::ProvinceId, Expr::value(to))
        .filter(recusal::Column::CycleId.eq(cycle_id))
        .filter(recusal::Column::ProvinceId.eq(from))
        .exec(tx)
        .await?;
    for (column, other) in [
        (peer_assignment::Column::ProvinceId, peer_assignment::Column::PeerId),
        (peer_assignment::Column::PeerId, peer_assignment::Column::ProvinceId),
    ] {
        let own =
            Condition::all().add(peer_assignment::Column::CycleId.eq(cycle_id)).add(column.eq(from)).add(other.eq(to));
        peer_assignment::Entity::delete_many().filter(own).exec(tx).await?;
        peer_assignment::Entity::update_many()
            .col_expr(column, Expr::value(to))
            .filter(peer_assignment::Column::CycleId.eq(cycle_id))
            .filter(column.eq(from))
            .exec(tx)
            .await?;
    }
    Ok(())
}
