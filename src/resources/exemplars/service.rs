//! What can be done with exemplars. One function is one use case is one transaction.

use entity::{
    campaign, exemplar,
    vocab::{Certainty, ExemplarState},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use super::{
    dto::{Exemplar, ExemplarExpand, ExemplarFilter, ExemplarPatch, ExemplarSort, NewExemplar},
    sight::{visible, visible_to},
    steps::{verdicts, writable},
};
use crate::{
    db,
    domain::{
        exemplar::{Standing, Touched, check_touched, may_change},
        policy::{Action, Tie},
        text,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, brief},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &ExemplarFilter) -> Result<Page<Exemplar>, Problem> {
    use exemplar::Column;
    let released = |yes| if yes { Column::ReleasedAt.is_not_null() } else { Column::ReleasedAt.is_null() };
    let wanted = visible_to(ctx.who);
    let wanted = Condition::all()
        .add(wanted)
        .add_option(filter.q.as_ref().map(|q| http::contains(Column::SearchText, q)))
        .add_option(filter.province_id.as_ref().map(|ids| Column::ProvinceId.is_in(ids.0.iter().copied())))
        .add_option(filter.campaign_id.as_ref().map(|ids| Column::CampaignId.is_in(ids.0.iter().copied())))
        .add_option(filter.year.as_ref().map(|years| Column::Year.is_in(years.0.iter().copied())))
        .add_option(filter.state.as_ref().map(|states| Column::State.is_in(states.0.iter().copied())))
        .add_option(filter.kind.as_ref().map(|kinds| Column::Kind.is_in(kinds.0.iter().copied())))
        .add_option(filter.released.map(released));
    let select = exemplar::Entity::find().filter(wanted);
    let db = ctx.db.reader();
    let found = http::page::<ExemplarSort>(db, select, filter.sort.as_ref(), page).await?;
    let mut found = found.map(|row| shown(ctx, row));
    if filter.expand.as_ref().is_some_and(|expand| expand.0.contains(&ExemplarExpand::Province)) {
        let provinces = brief::provinces(db, found.data.iter().map(|one| one.province_id)).await?;
        for one in &mut found.data {
            one.province = provinces.get(&one.province_id).cloned();
        }
    }
    Ok(found)
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<exemplar::Model, Problem> {
    visible(ctx, ctx.db.reader(), id).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewExemplar) -> Result<exemplar::Model, Problem> {
    ctx.may(Action::BeginExemplar(Tie::default().to_province(ctx.who, new.province_id)))?;
    let new = new.clone();
    let row = exemplar::Model {
        id: Uuid::now_v7(),
        province_id: new.province_id,
        campaign_id: new.campaign_id,
        year: new.year,
        kind: new.kind,
        name_key: text::sort_key(&new.name),
        search_text: search_text(&new.name, new.unit.as_deref(), new.field.as_deref()),
        name: new.name,
        unit: new.unit,
        field: new.field,
        story: new.story,
        state: ExemplarState::Discovered,
        fostering: None,
        review: None,
        spreading: None,
        released_at: None,
        withheld_reason: None,
        certainty: new.certainty.unwrap_or(Certainty::Verified),
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    };
    db::write(&ctx.db, async |tx| {
        http::province_in_year(tx, row.province_id, row.year).await?;
        require_campaign(tx, row.campaign_id).await?;
        let row = exemplar::Entity::insert(row.clone().into_active_model()).exec_with_returning(tx).await?;
        let change = Change::new("exemplar.create", "exemplar", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &ExemplarPatch,
) -> Result<exemplar::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        may_change(standing(&found))?;
        let touched = Touched {
            fostering: patch.fostering.is_some(),
            review: patch.review.is_some(),
            spreading: patch.spreading.is_some(),
        };
        check_touched(found.state, touched)?;
        let row = patched(&found, patch);
        if row.campaign_id != found.campaign_id {
            require_campaign(tx, row.campaign_id).await?;
        }
        store(ctx, tx, &found, row, "exemplar.update").await
    })
    .await
}

fn patched(found: &exemplar::Model, patch: &ExemplarPatch) -> exemplar::Model {
    let ExemplarPatch { campaign_id, kind, name, unit, field, story, fostering, review, spreading, certainty } =
        patch.clone();
    let before = found.clone();
    let name = name.unwrap_or(before.name);
    let (unit, field) = (unit.over(before.unit), field.over(before.field));
    exemplar::Model {
        campaign_id: campaign_id.over(before.campaign_id),
        kind: kind.unwrap_or(before.kind),
        name_key: text::sort_key(&name),
        search_text: search_text(&name, unit.as_deref(), field.as_deref()),
        name,
        unit,
        field,
        story: story.unwrap_or(before.story),
        fostering: fostering.or(before.fostering),
        review: review.or(before.review),
        spreading: spreading.or(before.spreading),
        certainty: certainty.unwrap_or(before.certainty),
        withheld_reason: before.withheld_reason,
        ..*found
    }
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        may_change(standing(&found))?;
        let gone = exemplar::Entity::delete_by_id(id).filter(exemplar::Column::Version.eq(found.version)).exec(tx);
        if gone.await?.rows_affected == 0 {
            return Err(Problem::stale());
        }
        let change = Change::new("exemplar.delete", "exemplar", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

/// An exemplar as the caller sees it.
pub(super) fn shown(ctx: &Ctx, row: exemplar::Model) -> Exemplar {
    let verdicts = verdicts(ctx, &row);
    Exemplar::new(row, &verdicts, ctx.language)
}

pub(super) fn standing(row: &exemplar::Model) -> Standing {
    Standing { state: row.state, released: row.released_at.is_some() }
}

/// Stores what became of an exemplar as its next version, with its entry in the journal.
pub(super) async fn store(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    found: &exemplar::Model,
    row: exemplar::Model,
    action: &str,
) -> Result<exemplar::Model, Problem> {
    let row = exemplar::Model { version: found.version + 1, updated_at: ctx.now, ..row };
    // The version guards the row even where the database lets two writers in at once.
    let guarded = exemplar::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(exemplar::Column::Version.eq(found.version)).exec(tx).await?;
    let change = Change::new(action, "exemplar", saved.id, saved.version);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    Ok(saved)
}

async fn require_campaign(db: &impl ConnectionTrait, id: Option<Uuid>) -> Result<(), Problem> {
    match id {
        Some(id) if campaign::Entity::find_by_id(id).count(db).await? == 0 => {
            Err(Problem::unknown_reference("/campaign_id"))
        }
        _ => Ok(()),
    }
}

fn search_text(name: &str, unit: Option<&str>, field: Option<&str>) -> String {
    text::search_text(&[name, unit.unwrap_or_default(), field.unwrap_or_default()])
}
