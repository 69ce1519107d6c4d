//! The steps of a conference's life: every one of every endpoint comes through [`advance`].

use entity::conference;
use uuid::Uuid;

use super::{dto::Conference, parts, service::store, view};
use crate::{
    db,
    domain::{
        conference::{Event, blockers, next},
        policy::Action,
        refusal::unless_blocked,
    },
    http::{Ctx, IfMatch, sight},
    problem::Problem,
};

/// Moves a conference one step along its life; it is cancelled with a reason.
pub(super) async fn advance(
    ctx: &Ctx,
    id: Uuid,
    event: Event,
    reason: Option<&str>,
    seen: &IfMatch,
) -> Result<Conference, Problem> {
    db::write(&ctx.db, async |tx| {
        let about = sight::visible_conference(ctx, tx, id).await?;
        let found = about.conference;
        ctx.may(Action::RunConference(about.tie))?;
        seen.allows(found.version)?;
        let state = next(found.state, event)?;
        let participants = parts::participants(tx, id).await?;
        let facts = view::facts(tx, &found, &about.cycle, &participants).await?;
        unless_blocked(blockers(event, &facts, ctx.now))?;
        let row = match event {
            Event::Open => conference::Model { state, ..found.clone() },
            Event::Close => conference::Model { state, closed_at: Some(ctx.now), ..found.clone() },
            Event::Cancel => conference::Model { state, cancel_reason: reason.map(str::to_owned), ..found.clone() },
        };
        let saved = store(ctx, tx, &format!("conference.{}", event.name()), &found, row).await?;
        view::one(ctx, tx, saved, &[]).await
    })
    .await
}
