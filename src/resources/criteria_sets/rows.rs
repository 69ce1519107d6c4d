//! The criteria of a set as rows: read, stored, copied.

use std::collections::{HashMap, HashSet};

use entity::criterion;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{domain::criteria::Tree, http::Ctx, problem::Problem, results};

/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 300;

/// The criteria of a set, children in order.
pub(super) async fn rows(db: &impl ConnectionTrait, set_id: Uuid) -> Result<Vec<criterion::Model>, Problem> {
    let of_set = criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(set_id));
    let ordered = of_set.order_by_asc(criterion::Column::Position).order_by_asc(criterion::Column::Id);
    Ok(ordered.all(db).await?)
}

/// Stored criteria in their order.
pub(super) fn arranged(rows: &[criterion::Model]) -> Result<Tree, Problem> {
    let nodes = rows.iter().cloned().map(results::node).collect::<Result<Vec<_>, _>>()?;
    Ok(Tree::build(nodes, |index| format!("/{index}"))?)
}

/// Copies the criteria of one set into another, with new ids.
pub(super) async fn copy(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    from: Uuid,
    to: Uuid,
) -> Result<Vec<criterion::Model>, Problem> {
    let rows = rows(tx, from).await?;
    let tree = arranged(&rows)?;
    let mut by_id: HashMap<Uuid, criterion::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let fresh: HashMap<Uuid, Uuid> = tree.nodes().iter().map(|placed| (placed.node.id, Uuid::now_v7())).collect();
    let renamed = |id: &Uuid| fresh.get(id).copied();
    let copied = |mut row: criterion::Model| {
        row.parent_id = row.parent_id.as_ref().and_then(renamed);
        row.id = renamed(&row.id)?;
        row.criteria_set_id = to;
        row.version = 1;
        row.created_at = ctx.now;
        row.updated_at = ctx.now;
        Some(row)
    };
    let copies: Vec<_> =
        tree.nodes().iter().filter_map(|placed| by_id.remove(&placed.node.id).and_then(copied)).collect();
    store(tx, &[], &copies).await?;
    Ok(copies)
}

/// Parents stand before their children, so that every batch finds what it refers to.
pub(super) async fn store(
    tx: &impl ConnectionTrait,
    before: &[criterion::Model],
    after: &[criterion::Model],
) -> Result<(), Problem> {
    let over = OnConflict::column(criterion::Column::Id)
        .update_columns([
            criterion::Column::ParentId,
            criterion::Column::Position,
            criterion::Column::Name,
            criterion::Column::NameEn,
            criterion::Column::MaxPoints,
            criterion::Column::Method,
            criterion::Column::Parameters,
            criterion::Column::Guidance,
            criterion::Column::EvidenceRequired,
            criterion::Column::Certainty,
            criterion::Column::SearchText,
            criterion::Column::Version,
            criterion::Column::UpdatedAt,
        ])
        .to_owned();
    for some in after.chunks(BATCH) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        criterion::Entity::insert_many(rows).on_conflict(over.clone()).exec_without_returning(tx).await?;
    }
    let stays: HashSet<Uuid> = after.iter().map(|row| row.id).collect();
    let gone: Vec<Uuid> = before.iter().map(|row| row.id).filter(|id| !stays.contains(id)).collect();
    if !gone.is_empty() {
        criterion::Entity::delete_many().filter(criterion::Column::Id.is_in(gone)).exec(tx).await?;
    }
    Ok(())
}
