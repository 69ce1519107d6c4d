//! A recommendation as it is shown: with what the caller may do with it.

use entity::{recommendation, vocab::RecommendationState};
use sea_orm::ConnectionTrait;
use strum::IntoEnumIterator;

use super::dto::{Recommendation, RecommendationExpand};
use crate::{
    domain::{
        actions::Verdict,
        calendar,
        policy::{self, Action, Tie},
        recommendation::{Event, is_overdue, next},
    },
    http::{
        AllowedAction, Ctx, brief,
        sight::{self, SeenRecommendation},
    },
    problem::Problem,
};

/// Many recommendations that the caller may see. A constant number of statements, however many there are.
pub(super) async fn views(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    rows: Vec<recommendation::Model>,
    expand: &[RecommendationExpand],
) -> Result<Vec<Recommendation>, Problem> {
    let ties = sight::ties(ctx, db, rows.iter().map(|row| row.cycle_id)).await?;
    let show = |row: recommendation::Model| {
        let (_, tie) = ties.get(&row.cycle_id)?;
        let tie = sight::recommendation_tie(ctx.who, *tie, &row);
        Some(shown(ctx, row, tie))
    };
    let mut data: Vec<_> = rows.into_iter().filter_map(show).collect();
    embed(db, &mut data, expand).await?;
    Ok(data)
}

/// One recommendation that the caller sees.
pub(super) async fn view(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    seen: SeenRecommendation,
    expand: &[RecommendationExpand],
) -> Result<Recommendation, Problem> {
    let mut one = [shown(ctx, seen.recommendation, seen.tie)];
    embed(db, &mut one, expand).await?;
    let [one] = one;
    Ok(one)
}

async fn embed(
    db: &impl ConnectionTrait,
    data: &mut [Recommendation],
    expand: &[RecommendationExpand],
) -> Result<(), Problem> {
    if expand.contains(&RecommendationExpand::Province) {
        let found = brief::provinces(db, data.iter().map(|one| one.province_id)).await?;
        for one in data {
            one.province = found.get(&one.province_id).cloned();
        }
    }
    Ok(())
}

/// A row as the caller sees it.
pub(super) fn shown(ctx: &Ctx, row: recommendation::Model, tie: Tie) -> Recommendation {
    let overdue = is_overdue(row.state, row.due_on, calendar::vietnam_day(ctx.now));
    let actions = AllowedAction::all(&verdicts(ctx, tie, row.state), ctx.language);
    Recommendation::new(row, overdue, actions)
}

/// What the caller may do with a recommendation now.
fn verdicts(ctx: &Ctx, tie: Tie, state: RecommendationState) -> Vec<Verdict> {
    let verdict =
        |event: Event| Verdict::on(event.name()).and(policy::check(ctx.who, right(event, tie))).and(next(state, event));
    Event::iter().map(verdict).collect()
}

/// The right that a step asks for.
pub(super) fn right(event: Event, tie: Tie) -> Action {
    match event {
        Event::Forward => Action::ForwardRecommendation(tie),
        Event::Answer => Action::AnswerRecommendation(tie),
        Event::Close => Action::WriteRecommendation(tie),
        Event::Withdraw => Action::WithdrawRecommendation(tie),
    }
}
