//! Rows of conferences with what belongs to their representation.

use std::collections::HashMap;

use entity::{
    conference, conference_participant, cycle, ranking, resolution,
    vocab::{ParticipantRole, RankingState},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{
    dto::{Conference, ConferenceExpand, Minutes},
    parts::{self, AgendaItem, Participant},
};
use crate::{
    domain::{
        actions::Verdict,
        conference::{Event, Facts, blockers, next},
        policy::{self, Action, allows},
        refusal::unless_blocked,
    },
    http::{AllowedAction, Ctx, brief, sight},
    problem::Problem,
};

/// Conferences as they are listed: at most two statements, however many there are.
pub(super) async fn many(
    db: &impl ConnectionTrait,
    rows: Vec<conference::Model>,
    expand: &[ConferenceExpand],
) -> Result<Vec<Conference>, Problem> {
    let hosts = if expand.contains(&ConferenceExpand::Province) {
        brief::provinces(db, rows.iter().filter_map(|row| row.host_province_id)).await?
    } else {
        HashMap::new()
    };
    let cycles = if expand.contains(&ConferenceExpand::Cycle) {
        brief::cycles(db, rows.iter().map(|row| row.cycle_id)).await?
    } else {
        HashMap::new()
    };
    let shown = rows.into_iter().map(|row| Conference {
        host_province: row.host_province_id.and_then(|id| hosts.get(&id).cloned()),
        cycle: cycles.get(&row.cycle_id).cloned(),
        ..Conference::from(row)
    });
    Ok(shown.collect())
}

/// One conference with its parts, and what the caller may do with it now.
pub(super) async fn one(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    row: conference::Model,
    expand: &[ConferenceExpand],
) -> Result<Conference, Problem> {
    let (cycle, tie) = sight::tie(ctx, db, row.cycle_id).await?;
    let tie = sight::tie_to_conference(tie, ctx.who, &row);
    let participants = parts::participants(db, row.id).await?;
    let agenda = parts::agenda(db, row.id).await?;
    let facts = facts(db, &row, &cycle, &participants).await?;
    let verdicts: Vec<_> = Event::iter()
        .map(|event| {
            Verdict::on(event.name())
                .and(policy::check(ctx.who, Action::RunConference(tie)))
                .and(next(row.state, event))
                .and(unless_blocked(blockers(event, &facts, ctx.now)))
        })
        .collect();
    let from = if expand.contains(&ConferenceExpand::Province) {
        brief::provinces(db, participants.iter().filter_map(|one| one.province_id)).await?
    } else {
        HashMap::new()
    };
    let minutes = allows(ctx.who, Action::ReadMinutes(tie)).then(|| Minutes(row.minutes.clone()));
    let shown = many(db, vec![row], expand).await?.pop().ok_or_else(Problem::not_found)?;
    Ok(Conference {
        minutes,
        participants: Some(participants.into_iter().map(|one| Participant::new(one, &from)).collect()),
        agenda: Some(agenda.into_iter().map(AgendaItem::from).collect()),
        allowed_actions: Some(AllowedAction::all(&verdicts, ctx.language)),
        ..shown
    })
}

/// What the guards need to know: two statements.
pub(super) async fn facts(
    db: &impl ConnectionTrait,
    row: &conference::Model,
    cycle: &cycle::Model,
    participants: &[conference_participant::Model],
) -> Result<Facts, Problem> {
    let resolutions = resolution::Entity::find().filter(resolution::Column::ConferenceId.eq(row.id));
    Ok(Facts {
        id: row.id,
        kind: row.kind,
        cycle: cycle.state,
        starts_at: row.starts_at,
        minutes: row.minutes.is_some(),
        chaired: participants.iter().any(|one| one.role == ParticipantRole::Chair),
        resolutions: resolutions.count(db).await?,
        ranking_approved: approved(db, row.id).await?,
    })
}

/// Whether the conference approved a ranking that nothing has replaced.
async fn approved(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, Problem> {
    let in_force = ranking::Entity::find()
        .select_only()
        .column(ranking::Column::Id)
        .filter(ranking::Column::State.ne(RankingState::Superseded))
        .into_query();
    let approvals = resolution::Entity::find()
        .filter(resolution::Column::ConferenceId.eq(id))
        .filter(resolution::Column::RankingId.in_subquery(in_force));
    Ok(approvals.count(db).await? > 0)
}
