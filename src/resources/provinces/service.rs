//! How provinces are read.

use entity::{province, province_succession};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{Province, ProvinceFilter, ProvinceSort};
use crate::{
    domain::policy::Action,
    http::{self, Ctx, Page, PageQuery, brief},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &ProvinceFilter,
) -> Result<Page<province::Model>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let mut select = province::Entity::find();
    if let Some(day) = filter.as_of {
        let lasts = Condition::any().add(province::Column::ValidTo.is_null()).add(province::Column::ValidTo.gte(day));
        select = select.filter(province::Column::ValidFrom.lte(day)).filter(lasts);
    }
    if let Some(codes) = &filter.code {
        select = select.filter(province::Column::Code.is_in(codes.0.iter().map(String::as_str)));
    }
    if let Some(kinds) = &filter.kind {
        select = select.filter(province::Column::Kind.is_in(kinds.0.iter().copied()));
    }
    if let Some(q) = &filter.q {
        select = select.filter(http::contains(province::Column::SearchText, q));
    }
    http::page::<ProvinceSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Province, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let row = province::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let either = Condition::any()
        .add(province_succession::Column::PredecessorId.eq(id))
        .add(province_succession::Column::SuccessorId.eq(id));
    let links = province_succession::Entity::find().filter(either).all(db).await?;
    let found = brief::provinces(db, links.iter().flat_map(|link| [link.predecessor_id, link.successor_id])).await?;
    let predecessors = links.iter().filter(|link| link.successor_id == id).map(|link| link.predecessor_id);
    let successors = links.iter().filter(|link| link.predecessor_id == id).map(|link| link.successor_id);
    Ok(Province {
        predecessors: Some(predecessors.filter_map(|id| found.get(&id).cloned()).collect()),
        successors: Some(successors.filter_map(|id| found.get(&id).cloned()).collect()),
        ..Province::from(row)
    })
}
