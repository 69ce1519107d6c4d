//! How decisions about cycles are read: as visible as the cycles.

use entity::carry_over;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{CarryOver, CarryOverFilter, CarryOverSort};
use crate::{
    http::{self, Csv, Ctx, Page, PageQuery, sight},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &CarryOverFilter) -> Result<Page<CarryOver>, Problem> {
    use carry_over::Column;
    let wanted = Condition::all()
        .add(sight::in_visible_cycles(ctx.who, Column::CycleId))
        .add_option(filter.event_id.as_ref().map(|Csv(ids)| Column::EventId.is_in(ids.iter().copied())))
        .add_option(filter.cycle_id.as_ref().map(|Csv(ids)| Column::CycleId.is_in(ids.iter().copied())))
        .add_option(filter.way.as_ref().map(|Csv(ways)| Column::Way.is_in(ways.iter().copied())));
    let select = carry_over::Entity::find().filter(wanted);
    let Page { data, page } = http::page::<CarryOverSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await?;
    Ok(Page { data: data.into_iter().map(CarryOver::try_from).collect::<Result<_, _>>()?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<CarryOver, Problem> {
    let db = ctx.db.reader();
    let row = carry_over::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    sight::visible_cycle(ctx, db, row.cycle_id).await?;
    row.try_into()
}
