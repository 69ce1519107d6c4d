//! What can be done with stages. One function is one use case is one transaction.

use entity::{campaign, campaign_report, campaign_stage};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

use super::{
    changeable,
    dto::{CampaignStageFilter, CampaignStagePatch, CampaignStageSort, NewCampaignStage},
    period, require_campaign,
};
use crate::{
    db,
    domain::{
        campaign::stage::{StageDays, misplaced},
        phrase::Phrase,
        policy::Action,
        refusal::unless_faulty,
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CampaignStageFilter,
) -> Result<Page<campaign_stage::Model>, Problem> {
    use campaign_stage::Column;
    ctx.may(Action::ReadOpen)?;
    let wanted = Condition::all()
        .add_option(filter.campaign_id.as_ref().map(|Csv(ids)| Column::CampaignId.is_in(ids.iter().copied())))
        .add_option(filter.report_due_on_from.map(|day| Column::ReportDueOn.gte(day)))
        .add_option(filter.report_due_on_to.map(|day| Column::ReportDueOn.lte(day)));
    let select = campaign_stage::Entity::find().filter(wanted);
    http::page::<CampaignStageSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<campaign_stage::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    require(ctx.db.reader(), id).await
}

pub(super) async fn create(
    ctx: &Ctx,
    campaign_id: Uuid,
    new: &NewCampaignStage,
) -> Result<campaign_stage::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let campaign = require_campaign(tx, campaign_id).await?;
        changeable(ctx, tx, &campaign).await?;
        let row = campaign_stage::Model {
            id: Uuid::now_v7(),
            campaign_id,
            name: new.name.clone(),
            starts_on: new.starts_on,
            ends_on: new.ends_on,
            report_due_on: new.report_due_on,
            remind_days: new.remind_days,
            reminded_at: None,
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        unless_faulty(misplaced(days(&row), period(&campaign)))?;
        let row = campaign_stage::Entity::insert(row.into_active_model()).exec_with_returning(tx).await?;
        let change = Change::new("campaign_stage.create", "campaign_stage", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &CampaignStagePatch,
) -> Result<campaign_stage::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, campaign) = of_campaign(tx, id).await?;
        changeable(ctx, tx, &campaign).await?;
        seen.allows(found.version)?;
        let mut row = found.clone();
        row.name = patch.name.clone().unwrap_or(row.name);
        row.starts_on = patch.starts_on.unwrap_or(row.starts_on);
        row.ends_on = patch.ends_on.unwrap_or(row.ends_on);
        row.report_due_on = patch.report_due_on.over(row.report_due_on);
        row.remind_days = patch.remind_days.over(row.remind_days);
        if row.report_due_on != found.report_due_on {
            row.reminded_at = None;
        }
        unless_faulty(misplaced(days(&row), period(&campaign)))?;
        (row.version, row.updated_at) = (found.version + 1, ctx.now);
        let guarded = campaign_stage::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(campaign_stage::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign_stage.update", "campaign_stage", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, campaign) = of_campaign(tx, id).await?;
        changeable(ctx, tx, &campaign).await?;
        seen.allows(found.version)?;
        let reports = campaign_report::Entity::find().filter(campaign_report::Column::StageId.eq(id));
        if reports.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new("provinces reported on it", "đã có báo cáo về đợt này")));
        }
        let gone = campaign_stage::Entity::delete_by_id(id);
        gone.filter(campaign_stage::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign_stage.delete", "campaign_stage", id, found.version);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<campaign_stage::Model, Problem> {
    campaign_stage::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

async fn of_campaign(db: &impl ConnectionTrait, id: Uuid) -> Result<(campaign_stage::Model, campaign::Model), Problem> {
    let row = require(db, id).await?;
    let campaign = require_campaign(db, row.campaign_id).await?;
    Ok((row, campaign))
}

/// The days of a stage, as the rules see them.
pub(super) fn days(row: &campaign_stage::Model) -> StageDays {
    StageDays {
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        report_due_on: row.report_due_on,
        remind_days: row.remind_days,
    }
}
