//! What can be done with campaigns. One function is one use case is one transaction.

use std::collections::HashMap;

use entity::{campaign, campaign_participation, campaign_review, campaign_stage, exemplar, vocab::Certainty};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect,
};
use uuid::Uuid;

use super::{
    dto::{self, CampaignFilter, CampaignPatch, CampaignSort, NewCampaign},
    launcher,
    results::marked,
};
use crate::{
    db,
    domain::{
        campaign::{
            Period, check_parent, misattributed, misdated,
            result::{CampaignCriterion, misdefined},
            stage::may_change,
        },
        phrase::Phrase,
        policy::Action,
        refusal::unless_faulty,
        text,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CampaignFilter,
) -> Result<Page<campaign::Model>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let mut select = campaign::Entity::find();
    if let Some(q) = &filter.q {
        select = select.filter(http::contains(campaign::Column::SearchText, q));
    }
    if let Some(codes) = &filter.code {
        select = select.filter(campaign::Column::Code.is_in(codes.0.iter().map(String::as_str)));
    }
    if let Some(launchers) = &filter.launched_by {
        select = select.filter(campaign::Column::LaunchedBy.is_in(launchers.0.iter().copied()));
    }
    let references = [
        (campaign::Column::ProvinceId, &filter.province_id),
        (campaign::Column::ClusterId, &filter.cluster_id),
        (campaign::Column::ParentId, &filter.parent_id),
    ];
    for (column, ids) in references {
        if let Some(ids) = ids {
            select = select.filter(column.is_in(ids.0.iter().copied()));
        }
    }
    if let Some(day) = filter.as_of {
        let open = Condition::any().add(campaign::Column::EndsOn.is_null()).add(campaign::Column::EndsOn.gte(day));
        select = select.filter(campaign::Column::StartsOn.lte(day)).filter(open);
    }
    http::page::<CampaignSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<campaign::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    require(ctx.db.reader(), id).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewCampaign) -> Result<campaign::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let row = campaign::Model {
            id: Uuid::now_v7(),
            code: new.code.clone(),
            name: new.name.clone(),
            name_en: new.name_en.clone(),
            description: new.description.clone(),
            launched_by: new.launched_by,
            province_id: new.province_id,
            cluster_id: new.cluster_id,
            legal_act: new.legal_act.clone(),
            launched_on: new.launched_on,
            starts_on: new.starts_on,
            ends_on: new.ends_on,
            parent_id: new.parent_id,
            criteria: stored(&new.criteria)?,
            certainty: new.certainty.unwrap_or(Certainty::Verified),
            name_key: text::sort_key(&new.name),
            search_text: search_text(&new.code, &new.name, new.name_en.as_deref()),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        launcher::allows(ctx, tx, row.launched_by, row.province_id, row.cluster_id).await?;
        let mut faults = misattributed(row.launched_by, row.province_id, row.cluster_id);
        faults.extend(misdated(period(&row)));
        faults.extend(misdefined(&criteria(&row)?));
        unless_faulty(faults)?;
        launcher::exists(tx, row.province_id, row.cluster_id, row.launched_on).await?;
        belongs(tx, &row).await?;
        if campaign::Entity::find().filter(campaign::Column::Code.eq(&row.code)).count(tx).await? > 0 {
            return Err(taken(&row.code));
        }
        let row = campaign::Entity::insert(row.into_active_model()).exec_with_returning(tx).await?;
        let change = Change::new("campaign.create", "campaign", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &CampaignPatch,
) -> Result<campaign::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        launcher::allows(ctx, tx, found.launched_by, found.province_id, found.cluster_id).await?;
        seen.allows(found.version)?;
        may_change(concluded(tx, id).await?)?;
        let mut row = patched(ctx, &found, patch);
        let mut faults = misdated(period(&row));
        if let Some(new) = &patch.criteria {
            row.criteria = stored(new)?;
            faults.extend(misdefined(&criteria(&row)?));
        }
        unless_faulty(faults)?;
        if row.criteria != found.criteria {
            nobody_marked(tx, id).await?;
        }
        if row.launched_on != found.launched_on {
            launcher::exists(tx, row.province_id, None, row.launched_on).await?;
        }
        if row.parent_id != found.parent_id {
            belongs(tx, &row).await?;
        }
        // The version guards the row even where the database lets two writers in at once.
        let guarded = campaign::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(campaign::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign.update", "campaign", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

fn patched(ctx: &Ctx, found: &campaign::Model, patch: &CampaignPatch) -> campaign::Model {
    let mut row = found.clone();
    row.name = patch.name.clone().unwrap_or(row.name);
    row.name_en = patch.name_en.clone().over(row.name_en);
    row.description = patch.description.clone().over(row.description);
    row.legal_act = patch.legal_act.clone().over(row.legal_act);
    row.launched_on = patch.launched_on.unwrap_or(row.launched_on);
    row.starts_on = patch.starts_on.unwrap_or(row.starts_on);
    row.ends_on = patch.ends_on.over(row.ends_on);
    row.parent_id = patch.parent_id.over(row.parent_id);
    row.certainty = patch.certainty.unwrap_or(row.certainty);
    row.name_key = text::sort_key(&row.name);
    row.search_text = search_text(&row.code, &row.name, row.name_en.as_deref());
    row.version = found.version + 1;
    row.updated_at = ctx.now;
    row
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        launcher::allows(ctx, tx, found.launched_by, found.province_id, found.cluster_id).await?;
        seen.allows(found.version)?;
        let joined = campaign_participation::Entity::find().filter(campaign_participation::Column::CampaignId.eq(id));
        if joined.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new("provinces take part in it", "đã có tỉnh, thành phố tham gia")));
        }
        if campaign::Entity::find().filter(campaign::Column::ParentId.eq(id)).count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new("campaigns belong to it", "đã có phong trào thuộc về nó")));
        }
        let stages = campaign_stage::Entity::find().filter(campaign_stage::Column::CampaignId.eq(id));
        let reviews = campaign_review::Entity::find().filter(campaign_review::Column::CampaignId.eq(id));
        if stages.count(tx).await? + reviews.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new(
                "it has stages or reviews",
                "phong trào đã có đợt hoặc đã sơ kết",
            )));
        }
        // Who may delete a campaign may not see the exemplars that name it, so the reason names nothing.
        if exemplar::Entity::find().filter(exemplar::Column::CampaignId.eq(id)).count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new("something refers to it", "đang được nơi khác tham chiếu")));
        }
        campaign::Entity::delete_by_id(id).filter(campaign::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign.delete", "campaign", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

/// Refuses who may not launch the campaign, and everybody after its final review.
pub(super) async fn changeable(ctx: &Ctx, db: &impl ConnectionTrait, row: &campaign::Model) -> Result<(), Problem> {
    launcher::allows(ctx, db, row.launched_by, row.province_id, row.cluster_id).await?;
    Ok(may_change(concluded(db, row.id).await?)?)
}

/// Whether the campaign had its final review.
pub(super) async fn concluded(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, Problem> {
    Ok(campaign_review::Entity::concluding(id).count(db).await? > 0)
}

/// The campaign's own criteria, as the rules see them.
pub(super) fn criteria(row: &campaign::Model) -> Result<Vec<CampaignCriterion>, Problem> {
    let stored: Vec<dto::CampaignCriterion> =
        serde_json::from_value(row.criteria.clone()).map_err(Problem::internal)?;
    Ok(stored.into_iter().map(|one| CampaignCriterion { code: one.code, max_points: one.max_points }).collect())
}

fn stored(criteria: &[dto::CampaignCriterion]) -> Result<serde_json::Value, Problem> {
    serde_json::to_value(criteria).map_err(Problem::internal)
}

/// Marks are made on criteria that stand.
async fn nobody_marked(db: &impl ConnectionTrait, id: Uuid) -> Result<(), Problem> {
    let (_, all) = marked(db, id).await?;
    if all.iter().all(|one| one.marks.is_empty()) {
        return Ok(());
    }
    let detail =
        Phrase::new("provinces are marked on the criteria already", "đã có tỉnh, thành phố được chấm theo tiêu chí");
    Err(Problem::conflict(detail))
}

pub(super) async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<campaign::Model, Problem> {
    campaign::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

/// Checks what the campaign belongs to. All campaigns are a few hundred rows, so the way up is walked here.
async fn belongs(db: &impl ConnectionTrait, row: &campaign::Model) -> Result<(), Problem> {
    let Some(parent_id) = row.parent_id else { return Ok(()) };
    let parents: Vec<(Uuid, Option<Uuid>)> = campaign::Entity::find()
        .select_only()
        .columns([campaign::Column::Id, campaign::Column::ParentId])
        .into_tuple()
        .all(db)
        .await?;
    let parents: HashMap<_, _> = parents.into_iter().collect();
    Ok(check_parent(row.id, parent_id, &parents)?)
}

pub(super) fn period(row: &campaign::Model) -> Period {
    Period { launched_on: row.launched_on, starts_on: row.starts_on, ends_on: row.ends_on }
}

pub(super) fn search_text(code: &str, name: &str, name_en: Option<&str>) -> String {
    text::search_text(&[name, name_en.unwrap_or_default(), code])
}

pub(super) fn taken(code: &str) -> Problem {
    Problem::conflict(Phrase::made(format!("the code {code} is taken"), format!("mã {code} đã được dùng")))
}
