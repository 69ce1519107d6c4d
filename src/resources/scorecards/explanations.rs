//! What a province contests, and what the second appraisal answers.

use std::collections::HashMap;

use entity::vocab::ScorecardState;
use uuid::Uuid;

use super::{
    dto::{Answers, Explanations, Scorecard},
    panel::Seat,
    read::Sheet,
    write::store,
};
use crate::{
    db,
    domain::{
        policy::Action,
        scorecard::{
            Answer, AnswerEntry, ExplanationEntry, Scorer, Write, check_sections, may_write, settle_answers,
            settle_explanations,
        },
    },
    http::{Ctx, IfMatch},
    problem::Problem,
};

/// What the province contests.
pub(super) async fn put(ctx: &Ctx, id: Uuid, seen: &IfMatch, new: &Explanations) -> Result<Scorecard, Problem> {
    db::write(&ctx.db, async |tx| {
        let sheet = Sheet::load(ctx, tx, id).await?;
        ctx.may(Action::FillScorecard(sheet.tie))?;
        seen.allows(sheet.card.version)?;
        may_write(Write::Explanations, sheet.card.state, sheet.cycle.state)?;
        let entries: Vec<ExplanationEntry> = new
            .explanations
            .iter()
            .map(|line| ExplanationEntry { criterion_id: line.criterion_id, text: line.explanation.clone() })
            .collect();
        let settled = settle_explanations(&sheet.form, &sheet.lines(), &entries)?;
        let settled: HashMap<Uuid, Option<String>> =
            settled.into_iter().map(|one| (one.criterion_id, one.text)).collect();
        let (now, by) = (Some(ctx.now), ctx.who.id());
        store(tx, ctx, sheet, ("scorecard.put_explanations", false), |row| {
            let Some(text) = settled.get(&row.criterion_id) else { return };
            if row.explanation != *text {
                row.explanation.clone_from(text);
                (row.explained_by, row.explained_at) = (by, now);
            }
        })
        .await
    })
    .await
}

/// What the second appraisal says to that.
pub(super) async fn answer(ctx: &Ctx, id: Uuid, seen: &IfMatch, new: &Answers) -> Result<Scorecard, Problem> {
    db::write(&ctx.db, async |tx| {
        let sheet = Sheet::load(ctx, tx, id).await?;
        ctx.may(Action::AppraiseScorecard(sheet.tie))?;
        seen.allows(sheet.card.version)?;
        may_write(Write::Answers, sheet.card.state, sheet.cycle.state)?;
        let seat = Seat::of(ctx, tx, sheet.card.cycle_id).await?;
        let criteria = new.answers.iter().map(|line| line.criterion_id);
        check_sections(&sheet.form, &sheet.rules, Scorer::Appraiser(&seat.sections), "answers", criteria)?;
        let entries: Vec<AnswerEntry> = new
            .answers
            .iter()
            .map(|line| AnswerEntry {
                criterion_id: line.criterion_id,
                text: line.answer.clone(),
                attained: line.second_attained,
                points: line.second_points,
            })
            .collect();
        let complete = sheet.card.state == ScorecardState::Reappraised;
        let settled = settle_answers(&sheet.form, &sheet.lines(), &entries, complete)?;
        let settled: HashMap<Uuid, Answer> = settled.into_iter().map(|one| (one.criterion_id, one)).collect();
        let (now, by) = (Some(ctx.now), ctx.who.id());
        store(tx, ctx, sheet, ("scorecard.put_answers", false), |row| {
            let Some(one) = settled.get(&row.criterion_id) else { return };
            let same = (row.second_attained, row.second_points, &row.answer) == (one.attained, one.points, &one.text);
            if !same {
                (row.second_attained, row.second_points) = (one.attained, one.points);
                row.answer.clone_from(&one.text);
                (row.answered_by, row.answered_at) = (by, now);
            }
        })
        .await
    })
    .await
}
