//! Conferences between their steps: read, planned, changed. One function is one use case is one transaction.

use entity::{conference, membership, vocab::ConferenceState};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    dto::{Conference, ConferenceExpand, ConferenceFilter, ConferencePatch, ConferenceSort, NewConference},
    view,
};
use crate::{
    db,
    domain::{
        conference::{Change as Between, check_times, may_change, may_plan},
        phrase::Phrase,
        policy::Action,
        refusal::unless_faulty,
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery, Patch, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &ConferenceFilter) -> Result<Page<Conference>, Problem> {
    use conference::Column;
    let of = |column: Column| move |Csv(ids): &Csv<Uuid>| column.is_in(ids.iter().copied());
    let wanted = Condition::all()
        .add_option(filter.cycle_id.as_ref().map(of(Column::CycleId)))
        .add_option(filter.kind.as_ref().map(|Csv(kinds)| Column::Kind.is_in(kinds.iter().copied())))
        .add_option(filter.state.as_ref().map(|Csv(states)| Column::State.is_in(states.iter().copied())))
        .add_option(filter.host_province_id.as_ref().map(of(Column::HostProvinceId)))
        .add_option(filter.starts_at_from.map(|at| Column::StartsAt.gte(at)))
        .add_option(filter.starts_at_to.map(|at| Column::StartsAt.lte(at)));
    let select = conference::Entity::find().filter(sight::visible_conferences(ctx.who)).filter(wanted);
    let db = ctx.db.reader();
    let Page { data, page } = http::page::<ConferenceSort>(db, select, filter.sort.as_ref(), page).await?;
    let expand = filter.expand.as_ref().map_or(&[][..], |Csv(expand)| expand);
    Ok(Page { data: view::many(db, data, expand).await?, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, expand: &[ConferenceExpand]) -> Result<Conference, Problem> {
    let db = ctx.db.reader();
    let seen = sight::visible_conference(ctx, db, id).await?;
    view::one(ctx, db, seen.conference, expand).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewConference) -> Result<Conference, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_cycle(ctx, tx, new.cycle_id).await;
        let (cycle, tie) = seen.map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::PlanConference(tie))?;
        may_plan(cycle.state)?;
        unless_faulty(check_times(new.starts_at, new.ends_at))?;
        check_host(tx, cycle.id, new.host_province_id).await?;
        let row = conference::Model {
            id: Uuid::now_v7(),
            cycle_id: cycle.id,
            kind: new.kind,
            title: new.title.clone(),
            state: ConferenceState::Planned,
            starts_at: new.starts_at,
            ends_at: new.ends_at,
            place: new.place.clone(),
            host_province_id: new.host_province_id,
            minutes: None,
            closed_at: None,
            cancel_reason: None,
            certainty: new.certainty,
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        let row = conference::Entity::insert(row.into_active_model().reset_all()).exec_with_returning(tx).await?;
        let change = Change::new("conference.create", "conference", row.id, row.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        view::one(ctx, tx, row, &[]).await
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &ConferencePatch,
) -> Result<Conference, Problem> {
    db::write(&ctx.db, async |tx| {
        let about = sight::visible_conference(ctx, tx, id).await?;
        let found = about.conference;
        ctx.may(Action::RunConference(about.tie))?;
        seen.allows(found.version)?;
        may_change(Between::Write, found.state)?;
        let keeps_host = matches!(patch.host_province_id, Patch::Keep);
        if patch.starts_at.is_some() || patch.place.is_some() || !keeps_host {
            may_change(Between::Arrange, found.state)?;
        }
        let row = conference::Model {
            title: patch.title.clone().unwrap_or_else(|| found.title.clone()),
            starts_at: patch.starts_at.unwrap_or(found.starts_at),
            ends_at: patch.ends_at.over(found.ends_at),
            place: patch.place.clone().unwrap_or_else(|| found.place.clone()),
            host_province_id: patch.host_province_id.over(found.host_province_id),
            minutes: patch.minutes.clone().over(found.minutes.clone()),
            certainty: patch.certainty.unwrap_or(found.certainty),
            ..found.clone()
        };
        unless_faulty(check_times(row.starts_at, row.ends_at))?;
        if !keeps_host {
            check_host(tx, found.cycle_id, row.host_province_id).await?;
        }
        let saved = store(ctx, tx, "conference.update", &found, row).await?;
        view::one(ctx, tx, saved, &[]).await
    })
    .await
}

/// A host is a member of the cycle.
async fn check_host(tx: &impl ConnectionTrait, cycle_id: Uuid, host: Option<Uuid>) -> Result<(), Problem> {
    let Some(host) = host else { return Ok(()) };
    let seats = membership::Entity::find()
        .filter(membership::Column::CycleId.eq(cycle_id))
        .filter(membership::Column::ProvinceId.eq(host));
    if seats.count(tx).await? > 0 {
        return Ok(());
    }
    let message = Phrase::new("is no member of the cycle", "không phải thành viên của năm thi đua");
    Err(Problem::fault("/host_province_id", "not_a_member", message))
}

/// Stores what changed as the next version, unless somebody was faster.
pub(super) async fn store(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    action: &str,
    found: &conference::Model,
    row: conference::Model,
) -> Result<conference::Model, Problem> {
    let saved = save(ctx, tx, found, row).await?;
    let change = Change::new(action, "conference", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    Ok(saved)
}

/// Another list of parts makes another version of the conference.
pub(super) async fn replace(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    found: &conference::Model,
    (action, before, after): (&str, Value, Value),
) -> Result<conference::Model, Problem> {
    let saved = save(ctx, tx, found, found.clone()).await?;
    let change = Change::new(action, "conference", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(&before)?.after(&after)?).await?;
    Ok(saved)
}

async fn save(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    found: &conference::Model,
    row: conference::Model,
) -> Result<conference::Model, Problem> {
    let mut row = row.into_active_model().reset_all();
    row.version = Set(found.version + 1);
    row.updated_at = Set(ctx.now);
    let guarded = conference::Entity::update(row).validate()?;
    Ok(guarded.filter(conference::Column::Version.eq(found.version)).exec(tx).await?)
}
