//! The steps of a recommendation's life.

use entity::recommendation;
use uuid::Uuid;

use super::{
    dto::{
        Recommendation, RecommendationAnswer, RecommendationClosing, RecommendationForwarding, RecommendationWithdrawal,
    },
    service::store,
    view::right,
};
use crate::{
    db,
    domain::{
        calendar,
        recommendation::{self as rules, Event},
    },
    http::{Ctx, IfMatch, sight},
    problem::Problem,
};

/// A step, with what is said with it.
pub(super) enum Step {
    Forward(RecommendationForwarding),
    Answer(RecommendationAnswer),
    Close(RecommendationClosing),
    Withdraw(RecommendationWithdrawal),
}

impl Step {
    fn event(&self) -> Event {
        match self {
            Self::Forward(_) => Event::Forward,
            Self::Answer(_) => Event::Answer,
            Self::Close(_) => Event::Close,
            Self::Withdraw(_) => Event::Withdraw,
        }
    }
}

/// Every step of a recommendation's life.
pub(super) async fn advance(ctx: &Ctx, id: Uuid, seen: &IfMatch, step: &Step) -> Result<Recommendation, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = sight::visible_recommendation(ctx, tx, id).await?;
        let event = step.event();
        ctx.may(right(event, found.tie))?;
        seen.allows(found.recommendation.version)?;
        let state = rules::next(found.recommendation.state, event)?;
        let after = recommendation::Model { state, ..taken(ctx, step, found.recommendation.clone())? };
        store(ctx, tx, found, after, &format!("recommendation.{}", event.name())).await
    })
    .await
}

/// The row with what is said with a step.
fn taken(ctx: &Ctx, step: &Step, mut row: recommendation::Model) -> Result<recommendation::Model, Problem> {
    let today = calendar::vietnam_day(ctx.now);
    match step {
        Step::Forward(RecommendationForwarding { forwarded_on, forwarded_to, due_on }) => {
            rules::check_forwarded(row.raised_on, *forwarded_on, *due_on, today)?;
            row.forwarded_on = Some(*forwarded_on);
            row.forwarded_to.clone_from(forwarded_to);
            row.due_on = Some(*due_on);
            row.due_key = rules::due_key(row.due_on);
        }
        Step::Answer(RecommendationAnswer { answer, answered_by, answered_on }) => {
            rules::check_answered(row.forwarded_on, *answered_on, today)?;
            row.answer = Some(answer.clone());
            row.answered_by = Some(answered_by.clone());
            row.answered_on = Some(*answered_on);
        }
        Step::Close(RecommendationClosing { closed_on, closing_note }) => {
            rules::check_closed(row.answered_on, *closed_on, today)?;
            row.closed_on = Some(*closed_on);
            row.closing_note.clone_from(closing_note);
        }
        Step::Withdraw(RecommendationWithdrawal { reason }) => row.withdrawn_reason = Some(reason.clone()),
    }
    Ok(row)
}
