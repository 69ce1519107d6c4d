//! Members score each other crosswise.

use std::collections::HashMap;

use uuid::Uuid;

use super::{
    Scorecard, Sheet, appraise,
    dto::PeerScores,
    opinions::{self, Seat},
    store,
};
use crate::{
    db,
    domain::{
        policy::Action,
        scorecard::{AppraisalEntry, AppraisalScore, Scorer, Write, check_sections, may_write, settle_appraisal},
    },
    http::{Ctx, IfMatch},
    problem::Problem,
};

/// Writes what the caller's province says to another one's sheet.
pub(super) async fn put(ctx: &Ctx, card_id: Uuid, seen: &IfMatch, new: &PeerScores) -> Result<Scorecard, Problem> {
    db::write(&ctx.db, async |tx| {
        let mut sheet = Sheet::load(ctx, tx, card_id).await?;
        ctx.may(Action::ScoreAsPeer(sheet.tie))?;
        seen.allows(sheet.card.version)?;
        may_write(Write::Appraisal, sheet.card.state, sheet.cycle.state)?;
        let criteria = new.scores.iter().map(|line| line.criterion_id);
        check_sections(&sheet.form, &sheet.rules, Scorer::Peer, "scores", criteria)?;
        let entries: Vec<AppraisalEntry> = new.scores.iter().map(|line| line.clone().into()).collect();
        let said: HashMap<Uuid, AppraisalScore> = settle_appraisal(&sheet.form, &sheet.lines(), &entries)?
            .into_iter()
            .map(|one| (one.criterion_id, one))
            .collect();
        let seat = Seat { peer: ctx.who.officer_of(), ..Seat::default() };
        let written = opinions::write(tx, ctx, &mut sheet, &seat, &said).await?;
        let (now, by) = (Some(ctx.now), ctx.who.id());
        store(tx, ctx, sheet, ("scorecard.put_peer_scores", written.changed), |row| {
            let Some(one) = written.common.get(&row.criterion_id) else { return };
            appraise(row, one, (by, now));
        })
        .await
    })
    .await
}
