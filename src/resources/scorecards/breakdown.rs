//! How a scorecard came about, line by line.

use std::collections::HashMap;

use chrono::{Offset, Utc};
use entity::{decimal::Decimal, score, vocab::Stage};
use uuid::Uuid;

use super::{
    dto::{
        Breakdown, BreakdownAdjustment, BreakdownExtension, BreakdownLine, BreakdownSection, BreakdownStage, StageSums,
        StageTotal,
    },
    read,
};
use crate::{
    domain::{
        phrase::Language,
        policy::{self, Action},
        refusal::Refusal,
        scoring::{Adjustment, Best, Bound, Sheet, SheetLine, StagePoints, StageSum, Stages},
    },
    http::Ctx,
    problem::Problem,
    results::Sheets,
};

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Breakdown, Problem> {
    let stored = read::Sheet::load(ctx, ctx.db.reader(), id).await?;
    let best = best(ctx, &stored).await?;
    let Sheet { lines, sections, total, max_points } = Sheet::of(&stored.form, &stored.lines(), &best)?;
    let adjustments = adjustments(&stored, &lines)?;
    let taken = Decimal::sum(adjustments.iter().map(Adjustment::points)).map_err(Refusal::from)?;
    let last = total.finalized;
    let ranked_total = (last.open == 0).then(|| last.points.plus(taken)).transpose().map_err(Refusal::from)?;
    let offset = stored.due().map_or(Utc.fix(), |due| *due.at.offset());
    let rows: HashMap<Uuid, &score::Model> = stored.scores.iter().map(|row| (row.criterion_id, row)).collect();
    Ok(Breakdown {
        scorecard_id: stored.card.id,
        version: stored.card.version,
        lines: lines.into_iter().map(|line| told(line, &rows, ctx.language)).collect(),
        sections: sections
            .into_iter()
            .map(|sum| BreakdownSection {
                criterion_id: sum.section.id,
                code: sum.section.code,
                name: sum.section.name,
                max_points: sum.section.max_points,
                sums: sums(sum.sums),
            })
            .collect(),
        total: sums(total),
        adjustments: adjustments
            .into_iter()
            .map(|one| BreakdownAdjustment {
                points: one.points(),
                how: one.how(offset).say(ctx.language).to_owned(),
                extension: extension(&stored, &one),
                basis: one,
            })
            .collect(),
        ranked_total,
        max_points,
    })
}

/// What the settings take beside the lines, as far as it is known.
fn adjustments(stored: &read::Sheet, lines: &[SheetLine]) -> Result<Vec<Adjustment>, Problem> {
    let claimed = lines.iter().filter_map(|line| {
        let last = line.stages.finalized.points.filter(|_| stored.card.finalized_at.is_some());
        Some((line.stages.self_scored.points?, last.or(line.stages.second.points)?))
    });
    Ok(stored.rules.adjustments(stored.came(), claimed).map_err(Refusal::from)?)
}

/// What moved the due date that an adjustment counts from.
fn extension(stored: &read::Sheet, adjustment: &Adjustment) -> Option<BreakdownExtension> {
    let Adjustment::Lateness { .. } = adjustment else { return None };
    let granted = stored.deadlines.extension(stored.card.cycle_id, Stage::SelfScoring, stored.card.province_id)?;
    Some(BreakdownExtension { due_date_extension_id: granted.id, reason: granted.reason.clone() })
}

/// The best figures of the cluster, where a criterion asks for them and the caller may see all sheets.
async fn best(ctx: &Ctx, stored: &read::Sheet) -> Result<Best, Problem> {
    let asked = stored.form.leaves().iter().any(|leaf| leaf.rule.is_relative());
    if !asked || policy::check(ctx.who, Action::ReadSheets(stored.tie)).is_err() {
        return Ok(Best::default());
    }
    Ok(Sheets::figures(ctx.db.reader(), stored.card.cycle_id).await?.best(&stored.form))
}

fn told(line: SheetLine, rows: &HashMap<Uuid, &score::Model>, language: Language) -> BreakdownLine {
    let row = rows.get(&line.leaf.id);
    let working = line.working.as_ref();
    let stage = |at: StagePoints| BreakdownStage { points: at.points, how: at.how.say(language).to_owned() };
    let Stages { self_scored, appraised, second, finalized } = line.stages;
    BreakdownLine {
        criterion_id: line.leaf.id,
        section_id: line.leaf.section_id,
        method: line.leaf.rule.method(),
        max_points: line.leaf.max_points,
        attained: row.and_then(|row| row.attained),
        target: working.and_then(|working| working.target).or(row.and_then(|row| row.target)),
        best: working.and_then(|working| working.best),
        formula: working.map(|working| working.formula.say(language).to_owned()),
        round_digits: working.and_then(|working| working.round_digits),
        bound: working.and_then(|working| working.bound).map(name),
        code: line.leaf.code,
        name: line.leaf.name,
        own: stage(self_scored),
        appraised: stage(appraised),
        second: stage(second),
        last: stage(finalized),
        note: row.and_then(|row| row.self_note.clone()),
        evidence_count: row.map_or(0, |row| row.evidence_count),
    }
}

const fn name(bound: Bound) -> &'static str {
    match bound {
        Bound::Maximum => "maximum",
        Bound::Cap => "cap",
        Bound::Zero => "zero",
    }
}

fn sums(stages: Stages<StageSum>) -> StageSums {
    let total =
        |sum: StageSum| StageTotal { points: sum.points, within: sum.within, on_top: sum.on_top, open: sum.open };
    StageSums {
        own: total(stages.self_scored),
        appraised: total(stages.appraised),
        second: total(stages.second),
        last: total(stages.finalized),
    }
}
