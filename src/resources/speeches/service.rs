//! What can be done with speeches. One function is one use case is one transaction.

use entity::{conference, province, speech};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::dto::{NewSpeech, Speech, SpeechExpand, SpeechFilter, SpeechPatch, SpeechSort};
use crate::{
    db,
    domain::{
        conference::{Change as Between, may_change},
        phrase::Phrase,
        policy::{Action, Tie},
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery, brief, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &SpeechFilter) -> Result<Page<Speech>, Problem> {
    use speech::Column;
    let of = |column: Column| move |Csv(ids): &Csv<Uuid>| column.is_in(ids.iter().copied());
    let conferences = conference::Entity::find()
        .select_only()
        .column(conference::Column::Id)
        .filter(sight::visible_conferences(ctx.who))
        .filter(Condition::all().add_option(
            filter.cycle_id.as_ref().map(|Csv(ids)| conference::Column::CycleId.is_in(ids.iter().copied())),
        ));
    let wanted = Condition::all()
        .add(Column::ConferenceId.in_subquery(conferences.into_query()))
        .add_option(filter.conference_id.as_ref().map(of(Column::ConferenceId)))
        .add_option(filter.province_id.as_ref().map(of(Column::ProvinceId)));
    let select = speech::Entity::find().filter(wanted);
    let db = ctx.db.reader();
    let Page { data, page } = http::page::<SpeechSort>(db, select, filter.sort.as_ref(), page).await?;
    let mut data: Vec<Speech> = data.into_iter().map(Speech::from).collect();
    if filter.expand.as_ref().is_some_and(|Csv(expand)| expand.contains(&SpeechExpand::Province)) {
        let found = brief::provinces(db, data.iter().filter_map(|one| one.province_id)).await?;
        for one in &mut data {
            one.province = one.province_id.and_then(|id| found.get(&id).cloned());
        }
    }
    Ok(Page { data, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Speech, Problem> {
    Ok(require(ctx, ctx.db.reader(), id).await?.0.into())
}

pub(super) async fn create(ctx: &Ctx, conference_id: Uuid, new: &NewSpeech) -> Result<Speech, Problem> {
    db::write(&ctx.db, async |tx| {
        let about = sight::visible_conference(ctx, tx, conference_id).await?;
        ctx.may(Action::WriteSpeech(spoken_for(ctx, about.tie, new.province_id)))?;
        may_change(Between::Write, about.conference.state)?;
        if let Some(province_id) = new.province_id
            && province::Entity::find_by_id(province_id).count(tx).await? == 0
        {
            let message = Phrase::new("there is no such province", "không có tỉnh, thành phố này");
            return Err(Problem::fault("/province_id", "unknown_reference", message));
        }
        let row = speech::Model {
            id: Uuid::now_v7(),
            conference_id,
            title: new.title.clone(),
            speaker_name: new.speaker_name.clone(),
            speaker_title: new.speaker_title.clone(),
            province_id: new.province_id,
            text: new.text.clone(),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        let row = speech::Entity::insert(row.into_active_model().reset_all()).exec_with_returning(tx).await?;
        let change = Change::new("speech.create", "speech", row.id, row.version).in_cycle(about.cycle.id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row.into())
    })
    .await
}

pub(super) async fn update(ctx: &Ctx, id: Uuid, seen: &IfMatch, patch: &SpeechPatch) -> Result<Speech, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, about) = writable(ctx, tx, id, seen).await?;
        let row = speech::Model {
            title: patch.title.clone().unwrap_or_else(|| found.title.clone()),
            speaker_name: patch.speaker_name.clone().unwrap_or_else(|| found.speaker_name.clone()),
            speaker_title: patch.speaker_title.clone().over(found.speaker_title.clone()),
            text: patch.text.clone().over(found.text.clone()),
            ..found.clone()
        };
        let mut row = row.into_active_model().reset_all();
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let guarded = speech::Entity::update(row).validate()?;
        let saved = guarded.filter(speech::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("speech.update", "speech", id, saved.version).in_cycle(about.cycle.id);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved.into())
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, about) = writable(ctx, tx, id, seen).await?;
        speech::Entity::delete_by_id(id).filter(speech::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("speech.delete", "speech", id, found.version).in_cycle(about.cycle.id);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

/// A speech the caller may read, and its conference.
async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(speech::Model, sight::SeenConference), Problem> {
    let row = speech::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let about = sight::visible_conference(ctx, db, row.conference_id).await?;
    Ok((row, about))
}

/// A speech the caller may change now.
async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<(speech::Model, sight::SeenConference), Problem> {
    let (row, about) = require(ctx, tx, id).await?;
    ctx.may(Action::WriteSpeech(spoken_for(ctx, about.tie, row.province_id)))?;
    seen.allows(row.version)?;
    may_change(Between::Write, about.conference.state)?;
    Ok((row, about))
}

/// The tie to a conference, seen from a speech for a province, or for none.
fn spoken_for(ctx: &Ctx, tie: Tie, province_id: Option<Uuid>) -> Tie {
    province_id.map_or(tie, |id| tie.to_province(ctx.who, id))
}
