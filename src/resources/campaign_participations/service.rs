//! What can be done with participations. One function is one use case is one transaction.

use chrono::NaiveDate;
use entity::{campaign, campaign_participation, campaign_report, province};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::dto::{
    CampaignParticipation, CampaignParticipationExpand, CampaignParticipationFilter, CampaignParticipationPatch,
    CampaignParticipationSort, Figure, NewCampaignParticipation,
};
use crate::{
    db,
    domain::{
        campaign::{absent, absurd},
        phrase::Phrase,
        policy::{Action, Tie},
        refusal::unless_faulty,
    },
    http::{self, Ctx, IfMatch, Page, PageQuery, brief},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CampaignParticipationFilter,
) -> Result<Page<CampaignParticipation>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let mut select = campaign_participation::Entity::find();
    if let Some(campaigns) = &filter.campaign_id {
        select = select.filter(campaign_participation::Column::CampaignId.is_in(campaigns.0.iter().copied()));
    }
    if let Some(provinces) = &filter.province_id {
        select = select.filter(campaign_participation::Column::ProvinceId.is_in(provinces.0.iter().copied()));
    }
    if let Some(day) = filter.joined_on_from {
        select = select.filter(campaign_participation::Column::JoinedOn.gte(day));
    }
    if let Some(day) = filter.joined_on_to {
        select = select.filter(campaign_participation::Column::JoinedOn.lte(day));
    }
    let db = ctx.db.reader();
    let sorts = filter.sort.as_ref();
    let Page { data, page } = http::page::<CampaignParticipationSort>(db, select, sorts, page).await?;
    let mut data: Vec<_> = data.into_iter().map(CampaignParticipation::try_from).collect::<Result<_, _>>()?;
    if filter.expand.as_ref().is_some_and(|expand| expand.0.contains(&CampaignParticipationExpand::Province)) {
        let found = brief::provinces(db, data.iter().map(|one| one.province_id)).await?;
        for one in &mut data {
            one.province = found.get(&one.province_id).cloned();
        }
    }
    Ok(Page { data, page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<campaign_participation::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    require(ctx.db.reader(), id).await
}

pub(super) async fn create(
    ctx: &Ctx,
    new: &NewCampaignParticipation,
) -> Result<campaign_participation::Model, Problem> {
    may_report(ctx, new.province_id)?;
    db::write(&ctx.db, async |tx| {
        if campaign::Entity::find_by_id(new.campaign_id).count(tx).await? == 0 {
            let message = Phrase::new("no such campaign", "không có phong trào này");
            return Err(Problem::fault("/campaign_id", "unknown_reference", message));
        }
        there(tx, new.province_id, new.joined_on).await?;
        let twins = campaign_participation::Entity::find()
            .filter(campaign_participation::Column::CampaignId.eq(new.campaign_id))
            .filter(campaign_participation::Column::ProvinceId.eq(new.province_id));
        if twins.count(tx).await? > 0 {
            let detail = Phrase::new("the province takes part already", "tỉnh, thành phố này đã tham gia");
            return Err(Problem::conflict(detail));
        }
        let row = campaign_participation::Model {
            id: Uuid::now_v7(),
            campaign_id: new.campaign_id,
            province_id: new.province_id,
            joined_on: new.joined_on,
            report: new.report.clone(),
            figures: stored(&new.figures)?,
            marks: serde_json::json!([]),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        let row = campaign_participation::Entity::insert(row.into_active_model()).exec_with_returning(tx).await?;
        let change = Change::new("campaign_participation.create", "campaign_participation", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &CampaignParticipationPatch,
) -> Result<campaign_participation::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        may_report(ctx, found.province_id)?;
        seen.allows(found.version)?;
        let mut row = found.clone();
        if let Some(day) = patch.joined_on {
            there(tx, found.province_id, day).await?;
            row.joined_on = day;
        }
        row.report = patch.report.clone().over(row.report);
        if let Some(figures) = &patch.figures {
            row.figures = stored(figures)?;
        }
        row.version = found.version + 1;
        row.updated_at = ctx.now;
        // The version guards the row even where the database lets two writers in at once.
        let guarded = campaign_participation::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(campaign_participation::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign_participation.update", "campaign_participation", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        may_report(ctx, found.province_id)?;
        seen.allows(found.version)?;
        let reports = campaign_report::Entity::find().filter(campaign_report::Column::ParticipationId.eq(id));
        if reports.count(tx).await? > 0 || found.marks != serde_json::json!([]) {
            let detail = Phrase::new("it has reports or marks", "đã có báo cáo hoặc điểm chấm");
            return Err(Problem::conflict(detail));
        }
        let gone = campaign_participation::Entity::delete_by_id(id);
        gone.filter(campaign_participation::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign_participation.delete", "campaign_participation", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

pub(super) fn may_report(ctx: &Ctx, province_id: Uuid) -> Result<(), Problem> {
    ctx.may(Action::ReportParticipation(Tie::default().to_province(ctx.who, province_id)))
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<campaign_participation::Model, Problem> {
    campaign_participation::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

/// Checks that the province exists, on that very day.
async fn there(db: &impl ConnectionTrait, province_id: Uuid, joined_on: NaiveDate) -> Result<(), Problem> {
    let province = province::Entity::find_by_id(province_id).one(db).await?.ok_or_else(|| {
        let message = Phrase::new("no such province", "không có tỉnh, thành phố này");
        Problem::fault("/province_id", "unknown_reference", message)
    })?;
    let absurd = absurd("/joined_on", joined_on);
    let absent = absent(province.valid_from, province.valid_to, joined_on);
    Ok(unless_faulty(absurd.or(absent).into_iter().collect())?)
}

pub(super) fn stored(figures: &[Figure]) -> Result<serde_json::Value, Problem> {
    serde_json::to_value(figures).map_err(Problem::internal)
}
