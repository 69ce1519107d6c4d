//! Reading the journal. Nobody writes it but the changes themselves.

use entity::journal_entry::{Column, Entity, Model};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{JournalFilter, JournalSort};
use crate::{
    domain::policy::Action,
    http::{self, Ctx, Page, PageQuery},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &JournalFilter) -> Result<Page<Model>, Problem> {
    ctx.may(Action::ReadJournal)?;
    let mut select = Entity::find();
    if let Some(types) = &filter.resource_type {
        select = select.filter(Column::ResourceType.is_in(&types.0));
    }
    if let Some(ids) = &filter.resource_id {
        select = select.filter(Column::ResourceId.is_in(ids.0.iter().copied()));
    }
    if let Some(ids) = &filter.actor_id {
        select = select.filter(Column::ActorId.is_in(ids.0.iter().copied()));
    }
    if let Some(actions) = &filter.action {
        select = select.filter(Column::Action.is_in(&actions.0));
    }
    if let Some(ids) = &filter.cycle_id {
        select = select.filter(Column::CycleId.is_in(ids.0.iter().copied()));
    }
    if let Some(request_id) = &filter.request_id {
        select = select.filter(Column::RequestId.eq(request_id));
    }
    if let Some(from) = filter.at_from {
        select = select.filter(Column::At.gte(from));
    }
    if let Some(to) = filter.at_to {
        select = select.filter(Column::At.lte(to));
    }
    http::page::<JournalSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Model, Problem> {
    ctx.may(Action::ReadJournal)?;
    Entity::find_by_id(id).one(ctx.db.reader()).await?.ok_or_else(Problem::not_found)
}
