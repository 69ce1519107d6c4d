//! How decisions are made and revoked. One function is one use case is one transaction.

use uuid::Uuid;

use super::{
    bare, deciding,
    dto::{Decision, DecisionRevocation, NewDecision},
    read::{awards_of, require, whole},
    revoking,
};
use crate::{
    db,
    domain::{
        decision::{self as rules, Form},
        policy::Action,
    },
    http::{Ctx, IfMatch},
    problem::Problem,
};

pub(super) async fn create(ctx: &Ctx, new: &NewDecision) -> Result<Decision, Problem> {
    ctx.may(Action::DecideAward)?;
    let order = deciding::Order {
        form: Form::Listed,
        // A number is found again however it was typed.
        number: new.number.trim(),
        decided_on: new.decided_on,
        authority: Some(new.authority),
        signatory_name: &new.signatory_name,
        signatory_title: &new.signatory_title,
        title: Some(&new.title),
        awards: new.awards.iter().map(|one| (one.nomination_id, one.citation.as_str())).collect(),
    };
    db::write(&ctx.db, async |tx| {
        let deciding::Made { decision, awards } = deciding::decide(ctx, tx, &order).await?;
        let awards = awards.into_iter().map(|row| bare(ctx, row, &decision)).collect();
        whole(ctx, tx, decision, Some(awards)).await
    })
    .await
}

/// Reverses all awards that stand, or those that are named; the answer shows these, each with what is to be paid back.
pub(super) async fn revoke(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    revocation: &DecisionRevocation,
) -> Result<Decision, Problem> {
    let order = revoking::Order {
        reason: &revocation.reason,
        revoked_on: revocation.revoked_on,
        number: Some(&revocation.decision_number),
    };
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        ctx.may(Action::DecideAward)?;
        seen.allows(found.version)?;
        let mut awards = awards_of(tx, id).await?;
        let states: Vec<_> = awards.iter().map(|award| (award.id, award.state)).collect();
        let chosen = rules::to_revoke(&states, revocation.award_ids.as_deref())?;
        awards.retain(|award| chosen.contains(&award.id));
        let (saved, revoked) = revoking::revoke(ctx, tx, &found, &awards, &order).await?;
        let revoked = revoked.into_iter().map(|row| bare(ctx, row, &saved)).collect();
        whole(ctx, tx, saved, Some(revoked)).await
    })
    .await
}
