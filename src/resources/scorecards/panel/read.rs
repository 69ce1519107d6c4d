//! Who reads what several appraisers say, and who stood aside.

use entity::{opinion, recusal, score, scorecard};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement};
use uuid::Uuid;

use super::dto::{OpinionFilter, OpinionSort, RecusalFilter, RecusalSort};
use crate::{
    domain::policy::{Action, Tie},
    http::{self, Ctx, Page, PageQuery, sight},
    problem::Problem,
};

pub(super) async fn opinions(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &OpinionFilter,
) -> Result<Page<opinion::Model>, Problem> {
    let mut select = opinion::Entity::find().filter(opinion::Column::ScoreId.in_subquery(lines(ctx, filter)));
    if let Some(lines) = &filter.score_id {
        select = select.filter(opinion::Column::ScoreId.is_in(lines.0.iter().copied()));
    }
    if let Some(peers) = &filter.province_id {
        select = select.filter(opinion::Column::ProvinceId.is_in(peers.0.iter().copied()));
    }
    if let Some(users) = &filter.user_id {
        select = select.filter(opinion::Column::UserId.is_in(users.0.iter().copied()));
    }
    http::page::<OpinionSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

/// Ids of the lines whose opinions the caller may read, as far as the filter wants them.
fn lines(ctx: &Ctx, filter: &OpinionFilter) -> SelectStatement {
    let mut wanted = Condition::all().add(sight::judged_scorecards(ctx.who));
    if let Some(cards) = &filter.scorecard_id {
        wanted = wanted.add(scorecard::Column::Id.is_in(cards.0.iter().copied()));
    }
    if let Some(cycles) = &filter.cycle_id {
        wanted = wanted.add(scorecard::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    let cards = scorecard::Entity::find().select_only().column(scorecard::Column::Id).filter(wanted).into_query();
    let mut lines = score::Entity::find()
        .select_only()
        .column(score::Column::Id)
        .filter(score::Column::ScorecardId.in_subquery(cards));
    if let Some(criteria) = &filter.criterion_id {
        lines = lines.filter(score::Column::CriterionId.is_in(criteria.0.iter().copied()));
    }
    lines.into_query()
}

pub(super) async fn recusals(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &RecusalFilter,
) -> Result<Page<recusal::Model>, Problem> {
    let mut select = recusal::Entity::find().filter(visible(ctx));
    if let Some(cycles) = &filter.cycle_id {
        select = select.filter(recusal::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(provinces) = &filter.province_id {
        select = select.filter(recusal::Column::ProvinceId.is_in(provinces.0.iter().copied()));
    }
    if let Some(users) = &filter.user_id {
        select = select.filter(recusal::Column::UserId.is_in(users.0.iter().copied()));
    }
    http::page::<RecusalSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

/// `ReadRecusal` as SQL.
fn visible(ctx: &Ctx) -> Condition {
    if ctx.who.sees_all() {
        return Condition::all();
    }
    let nobody = Condition::any().add(recusal::Column::Id.is_null());
    match (ctx.who.officer_of(), sight::appraiser(ctx.who)) {
        (Some(province_id), _) => nobody.add(recusal::Column::CycleId.in_subquery(sight::cycles_of_head(province_id))),
        (None, Some(user_id)) => nobody.add(recusal::Column::UserId.eq(user_id)),
        (None, None) => nobody,
    }
}

pub(super) async fn recusal(ctx: &Ctx, id: Uuid) -> Result<recusal::Model, Problem> {
    let db = ctx.db.reader();
    let row = recusal::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let (_, tie) = sight::tie(ctx, db, row.cycle_id).await?;
    ctx.may(Action::ReadRecusal(Tie { own: sight::appraiser(ctx.who) == Some(row.user_id), ..tie }))?;
    Ok(row)
}
