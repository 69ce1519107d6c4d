//! The steps of a scorecard's life that people take: submit, return, complete the appraisal, explain, answer.

use chrono::{DateTime, Utc};
use entity::{scorecard, vocab::Stage};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{dto::Scorecard, read::Sheet};
use crate::{
    db,
    domain::{
        actions::Verdict,
        deadline::Due,
        policy::{self, Action, Tie},
        refusal::{Blocker, unless_blocked},
        scorecard::{Event, appraisal_blockers, explanation_blockers, second_appraisal_blockers, submit_blockers},
    },
    http::{Ctx, IfMatch},
    journal::{self, Change},
    problem::Problem,
};

/// A step people take; finalising and reopening belong to the cycle.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Submit,
    Return,
    CompleteAppraisal,
    SubmitExplanations,
    CompleteSecondAppraisal,
}

impl Step {
    const ALL: [Self; 5] =
        [Self::Submit, Self::Return, Self::CompleteAppraisal, Self::SubmitExplanations, Self::CompleteSecondAppraisal];

    const fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Return => "return",
            Self::CompleteAppraisal => "complete-appraisal",
            Self::SubmitExplanations => "submit-explanations",
            Self::CompleteSecondAppraisal => "complete-second-appraisal",
        }
    }

    const fn event(self) -> Event {
        match self {
            Self::Submit => Event::Submit,
            Self::Return => Event::Return,
            Self::CompleteAppraisal => Event::CompleteAppraisal,
            Self::SubmitExplanations => Event::Explain,
            Self::CompleteSecondAppraisal => Event::CompleteSecondAppraisal,
        }
    }

    const fn action(self, tie: Tie) -> Action {
        match self {
            Self::Submit | Self::SubmitExplanations => Action::FillScorecard(tie),
            Self::Return => Action::ReturnScorecard(tie),
            Self::CompleteAppraisal | Self::CompleteSecondAppraisal => Action::AppraiseScorecard(tie),
        }
    }

    /// What a step is due with. What was returned comes again when it comes.
    const fn stage(self, sheet: &Sheet) -> Option<Stage> {
        match self {
            Self::Submit if sheet.card.first_submitted_at.is_none() => Some(Stage::SelfScoring),
            Self::CompleteAppraisal => Some(Stage::Appraisal),
            Self::SubmitExplanations => Some(Stage::Explanation),
            Self::Submit | Self::Return | Self::CompleteSecondAppraisal => None,
        }
    }

    fn blockers(self, sheet: &Sheet, now: DateTime<Utc>) -> Vec<Blocker> {
        let due =
            self.stage(sheet).and_then(|stage| sheet.deadlines.due(sheet.card.cycle_id, stage, sheet.card.province_id));
        let mut blockers = Due::blockers(due, now);
        blockers.extend(self.gaps(sheet));
        blockers
    }

    fn gaps(self, sheet: &Sheet) -> Vec<Blocker> {
        match self {
            Self::Submit => submit_blockers(&sheet.form, &sheet.lines()),
            Self::Return => vec![],
            Self::CompleteAppraisal => appraisal_blockers(&sheet.form, &sheet.lines()),
            Self::SubmitExplanations => explanation_blockers(&sheet.lines()),
            Self::CompleteSecondAppraisal => second_appraisal_blockers(&sheet.form, &sheet.lines()),
        }
    }
}

/// What the caller may do with a sheet now.
pub(super) fn verdicts(ctx: &Ctx, sheet: &Sheet) -> Vec<Verdict> {
    let verdict = |step: Step| {
        Verdict::on(step.name())
            .and(policy::check(ctx.who, step.action(sheet.tie)))
            .and(sheet.next(step.event()))
            .and(unless_blocked(step.blockers(sheet, ctx.now)))
    };
    Step::ALL.map(verdict).into()
}

pub(super) async fn advance(
    ctx: &Ctx,
    id: Uuid,
    step: Step,
    reason: Option<&str>,
    seen: &IfMatch,
) -> Result<Scorecard, Problem> {
    db::write(&ctx.db, async |tx| {
        let mut sheet = Sheet::load(ctx, tx, id).await?;
        ctx.may(step.action(sheet.tie))?;
        seen.allows(sheet.card.version)?;
        let state = sheet.next(step.event())?;
        unless_blocked(step.blockers(&sheet, ctx.now))?;
        let found = sheet.card.clone();
        let card = &mut sheet.card;
        card.state = state;
        let (now, by) = (Some(ctx.now), ctx.who.id());
        match step {
            Step::Submit => {
                (card.submitted_at, card.submitted_by) = (now, by);
                card.first_submitted_at = card.first_submitted_at.or(now);
            }
            Step::Return => {
                (card.returned_at, card.returned_by) = (now, by);
                card.return_reason = reason.map(ToOwned::to_owned);
            }
            Step::CompleteAppraisal => (card.appraised_at, card.appraised_by) = (now, by),
            Step::SubmitExplanations => (card.explained_at, card.explained_by) = (now, by),
            Step::CompleteSecondAppraisal => (card.reappraised_at, card.reappraised_by) = (now, by),
        }
        sheet.card = save(tx, ctx, &found, sheet.card).await?;
        let action = format!("scorecard.{}", step.name());
        let change = Change::new(&action, "scorecard", id, sheet.card.version).in_cycle(found.cycle_id);
        journal::record(tx, ctx, change.before(&found)?.after(&sheet.card)?).await?;
        Ok(sheet.represent(ctx))
    })
    .await
}

/// Stores the sheet itself under the version it was read at.
pub(super) async fn save(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    found: &scorecard::Model,
    mut card: scorecard::Model,
) -> Result<scorecard::Model, Problem> {
    card.version = found.version + 1;
    card.updated_at = ctx.now;
    let guarded = scorecard::Entity::update(card.into_active_model().reset_all()).validate()?;
    Ok(guarded.filter(scorecard::Column::Version.eq(found.version)).exec(tx).await?)
}
