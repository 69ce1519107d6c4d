//! What can be done with resolutions. One function is one use case is one transaction.

use std::slice;

use entity::{conference, ranking, resolution};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    dto::{NewResolution, Resolution, ResolutionFilter, ResolutionPatch, ResolutionSort, ResolutionSubject},
    links,
};
use crate::{
    db,
    domain::{
        conference::{Change as Between, may_change, may_take_back},
        phrase::Phrase,
        policy::Action,
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &ResolutionFilter) -> Result<Page<Resolution>, Problem> {
    use resolution::Column;
    let conferences = conference::Entity::find()
        .select_only()
        .column(conference::Column::Id)
        .filter(sight::visible_conferences(ctx.who))
        .filter(Condition::all().add_option(
            filter.cycle_id.as_ref().map(|Csv(ids)| conference::Column::CycleId.is_in(ids.iter().copied())),
        ));
    let wanted = Condition::all()
        .add(Column::ConferenceId.in_subquery(conferences.into_query()))
        .add_option(filter.conference_id.as_ref().map(|Csv(ids)| Column::ConferenceId.is_in(ids.iter().copied())))
        .add_option(filter.kind.as_ref().map(|Csv(kinds)| Column::Kind.is_in(kinds.iter().copied())));
    let select = resolution::Entity::find().filter(wanted);
    let db = ctx.db.reader();
    let Page { data, page } = http::page::<ResolutionSort>(db, select, filter.sort.as_ref(), page).await?;
    let shown = links::shown(ctx, db, &data).await?;
    Ok(Page { data: data.into_iter().map(|row| Resolution::new(row, &shown)).collect(), page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Resolution, Problem> {
    let db = ctx.db.reader();
    let (row, _) = require(ctx, db, id).await?;
    represent(ctx, db, row).await
}

pub(super) async fn create(ctx: &Ctx, conference_id: Uuid, new: &NewResolution) -> Result<Resolution, Problem> {
    db::write(&ctx.db, async |tx| {
        let about = sight::visible_conference(ctx, tx, conference_id).await?;
        ctx.may(Action::RunConference(about.tie))?;
        may_change(Between::Resolve, about.conference.state)?;
        links::check(ctx, tx, &about.conference, (&about.cycle, about.tie), new.subject).await?;
        let blank = resolution::Model {
            id: Uuid::now_v7(),
            conference_id,
            number: next_number(tx, conference_id).await?,
            text: new.text.clone(),
            kind: new.subject.kind(),
            ballot_id: None,
            ranking_id: None,
            signed_cycle_id: None,
            nomination_id: None,
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        let row = match new.subject {
            ResolutionSubject::Election { ballot_id } => resolution::Model { ballot_id: Some(ballot_id), ..blank },
            ResolutionSubject::RankingApproval { ranking_id } => {
                resolution::Model { ranking_id: Some(ranking_id), ..blank }
            }
            ResolutionSubject::PledgeSigning { signed_cycle_id } => {
                resolution::Model { signed_cycle_id: Some(signed_cycle_id), ..blank }
            }
            ResolutionSubject::Nomination { nomination_id } => {
                resolution::Model { nomination_id: Some(nomination_id), ..blank }
            }
            ResolutionSubject::Other {} => blank,
        };
        once(tx, &row).await?;
        let row = resolution::Entity::insert(row.into_active_model().reset_all()).exec_with_returning(tx).await?;
        let change = Change::new("resolution.create", "resolution", row.id, row.version).in_cycle(about.cycle.id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        represent(ctx, tx, row).await
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &ResolutionPatch,
) -> Result<Resolution, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, about) = writable(ctx, tx, id, seen).await?;
        let mut row = found.clone().into_active_model().reset_all();
        row.text = Set(patch.text.clone().unwrap_or_else(|| found.text.clone()));
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let guarded = resolution::Entity::update(row).validate()?;
        let saved = guarded.filter(resolution::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("resolution.update", "resolution", id, saved.version).in_cycle(about.cycle.id);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        represent(ctx, tx, saved).await
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, about) = writable(ctx, tx, id, seen).await?;
        let approved = match found.ranking_id {
            Some(ranking_id) => ranking::Entity::find_by_id(ranking_id).one(tx).await?,
            None => None,
        };
        may_take_back(approved.is_some_and(|row| row.published_at.is_some()))?;
        resolution::Entity::delete_by_id(id).filter(resolution::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("resolution.delete", "resolution", id, found.version).in_cycle(about.cycle.id);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

/// A resolution the caller may read, and its conference.
async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(resolution::Model, sight::SeenConference), Problem> {
    let row = resolution::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let about = sight::visible_conference(ctx, db, row.conference_id).await?;
    Ok((row, about))
}

/// A resolution the caller may change now.
async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<(resolution::Model, sight::SeenConference), Problem> {
    let (row, about) = require(ctx, tx, id).await?;
    ctx.may(Action::RunConference(about.tie))?;
    seen.allows(row.version)?;
    may_change(Between::Resolve, about.conference.state)?;
    Ok((row, about))
}

async fn represent(ctx: &Ctx, db: &impl ConnectionTrait, row: resolution::Model) -> Result<Resolution, Problem> {
    let shown = links::shown(ctx, db, slice::from_ref(&row)).await?;
    Ok(Resolution::new(row, &shown))
}

async fn next_number(tx: &impl ConnectionTrait, conference_id: Uuid) -> Result<i32, Problem> {
    let last = resolution::Entity::find()
        .filter(resolution::Column::ConferenceId.eq(conference_id))
        .order_by_desc(resolution::Column::Number)
        .one(tx)
        .await?;
    Ok(last.map_or(0, |row| row.number) + 1)
}

/// A conference resolves on one thing once.
async fn once(tx: &impl ConnectionTrait, row: &resolution::Model) -> Result<(), Problem> {
    use resolution::Column;
    let links = [
        (Column::BallotId, row.ballot_id),
        (Column::RankingId, row.ranking_id),
        (Column::SignedCycleId, row.signed_cycle_id),
        (Column::NominationId, row.nomination_id),
    ];
    let Some((column, id)) = links.into_iter().find_map(|(column, id)| Some((column, id?))) else { return Ok(()) };
    let twins = resolution::Entity::find().filter(Column::ConferenceId.eq(row.conference_id)).filter(column.eq(id));
    if twins.count(tx).await? == 0 {
        return Ok(());
    }
    Err(Problem::conflict(Phrase::new(
        "the conference has resolved on this already",
        "hội nghị đã ra nghị quyết về nội dung này",
    )))
}
