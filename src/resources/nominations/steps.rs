//! The steps of a nomination's life.

use entity::vocab::HoldGround;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

use super::{
    dto::Nomination,
    papers::comment_until,
    scene::right,
    service::{bare, require, store},
};
use crate::{
    db,
    domain::{
        calendar,
        nomination::{self as rules, Event},
    },
    http::{Ctx, IfMatch},
    problem::Problem,
};

/// What is said with a step.
#[derive(Clone, Copy, Default)]
pub(super) struct Words<'a> {
    pub(super) reason: Option<&'a str>,
    pub(super) ground: Option<HoldGround>,
    pub(super) opinion: Option<&'a str>,
}

/// Every step of a nomination's life but the ballot and the award itself.
pub(super) async fn advance(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    event: Event,
    words: Words<'_>,
) -> Result<Nomination, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, scene, papers) = require(ctx, tx, id).await?;
        ctx.may(right(event, scene.tie_to(ctx, &found), found.nominee_kind))?;
        seen.allows(found.version)?;
        let to = scene.take(ctx, event, &found, &papers)?;
        let mut row = found.clone().into_active_model();
        row.state = Set(to);
        row.state_reason = Set(words.reason.map(str::to_owned));
        row.held_from = Set((event == Event::Hold).then_some(found.state));
        row.hold_ground = Set(words.ground);
        match event {
            Event::Submit => row.submitted_at = Set(Some(ctx.now)),
            Event::Appraise => {
                row.appraisal_opinion = Set(words.opinion.map(str::to_owned));
                row.appraised_at = Set(Some(ctx.now));
            }
            Event::OpenPublicComment => {
                let today = calendar::vietnam_day(ctx.now);
                row.public_comment_from = Set(Some(today));
                row.public_comment_until = Set(Some(comment_until(tx, found.award_type_id, today).await?));
            }
            Event::Ballot
            | Event::CompleteDossier
            | Event::Hold
            | Event::Release
            | Event::Decide
            | Event::Reject
            | Event::Withdraw => {}
        }
        if !rules::is_open(to) {
            row.closed_at = Set(Some(ctx.now));
        }
        let saved = store(ctx, tx, &format!("nomination.{}", event.name()), &found, row).await?;
        Ok(bare(ctx, saved, &scene, &papers))
    })
    .await
}
