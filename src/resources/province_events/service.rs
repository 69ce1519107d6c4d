//! How events of provinces are read.

use std::collections::BTreeSet;

use entity::{province_event, province_succession};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::dto::{ProvinceEvent, ProvinceEventFilter, ProvinceEventSort};
use crate::{
    domain::policy::Action,
    http::{self, Ctx, Page, PageQuery, brief},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &ProvinceEventFilter,
) -> Result<Page<ProvinceEvent>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let mut select = province_event::Entity::find();
    if let Some(kinds) = &filter.kind {
        select = select.filter(province_event::Column::Kind.is_in(kinds.0.iter().copied()));
    }
    if let Some(day) = filter.effective_on_from {
        select = select.filter(province_event::Column::EffectiveOn.gte(day));
    }
    if let Some(day) = filter.effective_on_to {
        select = select.filter(province_event::Column::EffectiveOn.lte(day));
    }
    if let Some(id) = filter.province_id {
        let touched = Condition::any()
            .add(province_succession::Column::PredecessorId.eq(id))
            .add(province_succession::Column::SuccessorId.eq(id));
        let events = province_succession::Entity::find().select_only().column(province_succession::Column::EventId);
        select = select.filter(province_event::Column::Id.in_subquery(events.filter(touched).into_query()));
    }
    let db = ctx.db.reader();
    let Page { data, page } = http::page::<ProvinceEventSort>(db, select, filter.sort.as_ref(), page).await?;
    Ok(Page { data: with_provinces(db, data).await?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<ProvinceEvent, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let row = province_event::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    with_provinces(db, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}

/// The events with the provinces that ended and began: two statements, however many there are.
pub(super) async fn with_provinces(
    db: &impl ConnectionTrait,
    events: Vec<province_event::Model>,
) -> Result<Vec<ProvinceEvent>, Problem> {
    let links = province_succession::Entity::find()
        .filter(province_succession::Column::EventId.is_in(events.iter().map(|event| event.id)))
        .order_by_asc(province_succession::Column::Id)
        .all(db)
        .await?;
    let found = brief::provinces(db, links.iter().flat_map(|link| [link.predecessor_id, link.successor_id])).await?;
    let told = |event: province_event::Model| {
        // Every predecessor stands once for every successor.
        let side = |end: fn(&province_succession::Model) -> Uuid| {
            let mut seen = BTreeSet::new();
            let ids = links.iter().filter(|link| link.event_id == event.id).map(end);
            ids.filter(|id| seen.insert(*id)).filter_map(|id| found.get(&id).cloned()).collect()
        };
        let (predecessors, successors) = (side(|link| link.predecessor_id), side(|link| link.successor_id));
        ProvinceEvent::of(event, predecessors, successors)
    };
    Ok(events.into_iter().map(told).collect())
}
