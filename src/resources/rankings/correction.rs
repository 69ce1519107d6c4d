//! A published result never changes silently: a correction is a new ranking that names the former and the reason.

use std::collections::HashMap;

use entity::{ranking, score, vocab::RankingState};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::{
    dto::{CorrectedScore, Correction, Ranking, ReExaminedNomination},
    service,
};
use crate::{
    db,
    domain::{
        phrase::Phrase,
        policy::Action,
        refusal::{Fault, Refusal, unless_faulty},
        result::compute,
        scoring::outside_range,
    },
    http::{Ctx, IfMatch},
    journal::{self, Change},
    problem::Problem,
    results::{self, NewRanking, Sheets, Stored},
};

pub(super) async fn correct(ctx: &Ctx, id: Uuid, seen: &IfMatch, correction: &Correction) -> Result<Ranking, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, tie) = service::require(ctx, tx, id).await?;
        ctx.may(Action::CorrectRanking(tie))?;
        seen.allows(found.version)?;
        if found.state != RankingState::Published {
            return Err(Refusal::WrongState(Phrase::new(
                "only the published ranking in force can be corrected",
                "chỉ đính chính được bảng xếp hạng đã công bố đang có hiệu lực",
            ))
            .into());
        }
        let mut sheets = Sheets::load(tx, found.cycle_id).await?;
        rewrite(tx, ctx, &found, &mut sheets, &correction.scores).await?;
        results::supersede(tx, ctx, &found).await?;
        let inputs = sheets.inputs()?;
        let outcome = compute(&inputs)?;
        let new = NewRanking {
            state: RankingState::Published,
            supersedes_id: Some(found.id),
            reason: Some(correction.reason.clone()),
            inputs: &inputs,
            outcome: &outcome,
        };
        let Stored { ranking, nominations } = results::store(tx, ctx, new, ctx.now).await?;
        let nominations = nominations.into_iter().map(|one| ReExaminedNomination::new(one, ctx.language)).collect();
        Ok(Ranking { nominations: Some(nominations), ..service::with_entries(tx, ranking).await? })
    })
    .await
}

/// Writes the corrected final points, each with its reason; the earlier stages stay as they are.
async fn rewrite(
    tx: &impl ConnectionTrait,
    ctx: &Ctx,
    ranking: &ranking::Model,
    sheets: &mut Sheets,
    corrected: &[CorrectedScore],
) -> Result<(), Problem> {
    unless_faulty(faults(sheets, corrected))?;
    let wanted: HashMap<(Uuid, Uuid), &CorrectedScore> =
        corrected.iter().map(|one| ((one.scorecard_id, one.criterion_id), one)).collect();
    let mut changes = vec![];
    for (card, lines) in &mut sheets.cards {
        for row in lines {
            let Some(one) = wanted.get(&(card.id, row.criterion_id)) else { continue };
            let before = row.clone();
            row.final_points = Some(one.final_points);
            row.final_reason = Some(one.reason.clone());
            row.final_at = Some(ctx.now);
            row.version += 1;
            row.updated_at = ctx.now;
            score::Entity::update(row.clone().into_active_model().reset_all()).exec(tx).await?;
            let change = Change::new("score.correct", "score", row.id, row.version).in_cycle(ranking.cycle_id);
            changes.push(change.before(&before)?.after(row)?);
        }
    }
    journal::record_all(tx, ctx, changes).await
}

fn faults(sheets: &Sheets, corrected: &[CorrectedScore]) -> Vec<Fault> {
    let mut faults = vec![];
    for (index, one) in corrected.iter().enumerate() {
        let at = |member: &str| format!("/scores/{index}/{member}");
        let twin =
            |other: &CorrectedScore| other.scorecard_id == one.scorecard_id && other.criterion_id == one.criterion_id;
        if corrected.iter().take(index).any(twin) {
            let message = Phrase::new("the line is given twice", "dòng điểm bị lặp");
            faults.push(Fault::new(at("criterion_id"), "duplicate", message));
        }
        if !sheets.cards.iter().any(|(card, _)| card.id == one.scorecard_id) {
            let message =
                Phrase::new("there is no such scorecard in the cycle", "năm thi đua không có phiếu chấm điểm này");
            faults.push(Fault::new(at("scorecard_id"), "unknown_reference", message));
        }
        if let Some(leaf) = sheets.frame.form.leaf(one.criterion_id) {
            faults.extend(outside_range(leaf, one.final_points, &at("final_points")));
        } else {
            let message = Phrase::new("there is no such leaf criterion", "không có tiêu chí chấm điểm này");
            faults.push(Fault::new(at("criterion_id"), "unknown_criterion", message));
        }
    }
    faults
}
