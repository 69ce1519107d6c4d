//! Lines of all scorecards as one flat collection.

use entity::{criterion, score, scorecard};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use super::dto::{CriterionBrief, Score, ScoreFilter, ScoreSort};
use crate::{
    http::{self, Ctx, Page, PageQuery, sight},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &ScoreFilter) -> Result<Page<Score>, Problem> {
    let seen = sight::visible_scorecards(ctx.who);
    let mut cards = scorecard::Entity::find().select_only().column(scorecard::Column::Id).filter(seen);
    if let Some(cycles) = &filter.cycle_id {
        cards = cards.filter(scorecard::Column::CycleId.is_in(cycles.0.iter().copied()));
    }
    if let Some(provinces) = &filter.province_id {
        cards = cards.filter(scorecard::Column::ProvinceId.is_in(provinces.0.iter().copied()));
    }
    let mut select = score::Entity::find().filter(score::Column::ScorecardId.in_subquery(cards.into_query()));
    if let Some(ids) = &filter.scorecard_id {
        select = select.filter(score::Column::ScorecardId.is_in(ids.0.iter().copied()));
    }
    if let Some(ids) = &filter.criterion_id {
        select = select.filter(score::Column::CriterionId.is_in(ids.0.iter().copied()));
    }
    for (column, missing) in
        [(score::Column::SelfPoints, filter.unscored), (score::Column::AppraisedPoints, filter.unappraised)]
    {
        select = match missing {
            Some(true) => select.filter(column.is_null()),
            Some(false) => select.filter(column.is_not_null()),
            None => select,
        };
    }
    let contested = Condition::all().add(score::Column::Explanation.is_not_null());
    let unanswered = contested.clone().add(score::Column::Answer.is_null());
    for (holds, wanted) in [(contested, filter.contested), (unanswered, filter.unanswered)] {
        select = match wanted {
            Some(true) => select.filter(holds),
            Some(false) => select.filter(holds.not()),
            None => select,
        };
    }
    let db = ctx.db.reader();
    let Page { data, page } = http::page::<ScoreSort>(db, select, filter.sort.as_ref(), page).await?;
    let ids = data.iter().map(|row| row.criterion_id);
    let criteria = criterion::Entity::find().filter(criterion::Column::Id.is_in(ids)).all(db).await?;
    let criteria: std::collections::HashMap<Uuid, CriterionBrief> =
        criteria.into_iter().map(|row| (row.id, row.into())).collect();
    let data = data
        .into_iter()
        .map(|row| {
            let criterion = criteria.get(&row.criterion_id).cloned();
            let criterion = criterion.ok_or_else(|| Problem::internal("a line without a criterion"))?;
            Ok(Score::new(row, criterion))
        })
        .collect::<Result<_, Problem>>()?;
    Ok(Page { data, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Score, Problem> {
    let db = ctx.db.reader();
    let row = sight::visible_line(ctx, db, id).await?.score;
    let criterion = criterion::Entity::find_by_id(row.criterion_id).one(db).await?.ok_or_else(Problem::not_found)?;
    Ok(Score::new(row, criterion.into()))
}
