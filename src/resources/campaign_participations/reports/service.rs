//! What can be done with reports. One function is one use case is one transaction.

use chrono::NaiveDate;
use entity::{campaign_participation, campaign_report, campaign_review, campaign_stage, document};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    dto::{CampaignReportFilter, CampaignReportPatch, CampaignReportSort, NewCampaignReport},
    may_report, stored,
};
use crate::{
    db,
    domain::{
        calendar::vietnam_day,
        campaign::{absurd, stage::may_change},
        phrase::Phrase,
        policy::Action,
        refusal::{Fault, unless_faulty},
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CampaignReportFilter,
) -> Result<Page<campaign_report::Model>, Problem> {
    use campaign_participation::Column as Part;
    use campaign_report::Column;
    ctx.may(Action::ReadOpen)?;
    let among = |column: Part, ids: &Csv<Uuid>| {
        let parts = campaign_participation::Entity::find().select_only().column(Part::Id);
        Column::ParticipationId.in_subquery(parts.filter(column.is_in(ids.0.iter().copied())).into_query())
    };
    let wanted = Condition::all()
        .add_option(filter.campaign_id.as_ref().map(|ids| among(Part::CampaignId, ids)))
        .add_option(filter.province_id.as_ref().map(|ids| among(Part::ProvinceId, ids)))
        .add_option(filter.participation_id.as_ref().map(|Csv(ids)| Column::ParticipationId.is_in(ids.iter().copied())))
        .add_option(filter.stage_id.as_ref().map(|Csv(ids)| Column::StageId.is_in(ids.iter().copied())))
        .add_option(filter.period_to_from.map(|day| Column::PeriodTo.gte(day)))
        .add_option(filter.period_to_to.map(|day| Column::PeriodTo.lte(day)));
    let select = campaign_report::Entity::find().filter(wanted);
    http::page::<CampaignReportSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<campaign_report::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    campaign_report::Entity::find_by_id(id).one(ctx.db.reader()).await?.ok_or_else(Problem::not_found)
}

pub(super) async fn create(
    ctx: &Ctx,
    participation_id: Uuid,
    new: &NewCampaignReport,
) -> Result<campaign_report::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let part = writable(ctx, tx, participation_id).await?;
        let today = vietnam_day(ctx.now);
        unless_faulty(misdated(new.period_from, new.period_to, today))?;
        if let Some(stage_id) = new.stage_id {
            let stage = campaign_stage::Entity::find_by_id(stage_id).one(tx).await?;
            if stage.is_none_or(|stage| stage.campaign_id != part.campaign_id) {
                return Err(Problem::unknown_reference("/stage_id"));
            }
        }
        let twins = campaign_report::Entity::find()
            .filter(campaign_report::Column::ParticipationId.eq(participation_id))
            .filter(campaign_report::Column::PeriodFrom.eq(new.period_from))
            .filter(campaign_report::Column::PeriodTo.eq(new.period_to));
        if twins.count(tx).await? > 0 {
            let detail = Phrase::new("the province has reported on this period", "đã có báo cáo về kỳ này");
            return Err(Problem::conflict(detail));
        }
        let row = campaign_report::Model {
            id: Uuid::now_v7(),
            participation_id,
            stage_id: new.stage_id,
            period_from: new.period_from,
            period_to: new.period_to,
            report: new.report.clone(),
            figures: stored(&new.figures)?,
            reported_on: today,
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        let row = campaign_report::Entity::insert(row.into_active_model()).exec_with_returning(tx).await?;
        let change = Change::new("campaign_report.create", "campaign_report", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &CampaignReportPatch,
) -> Result<campaign_report::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        writable(ctx, tx, found.participation_id).await?;
        seen.allows(found.version)?;
        let mut row = found.clone();
        row.report = patch.report.clone().unwrap_or(row.report);
        if let Some(figures) = &patch.figures {
            row.figures = stored(figures)?;
        }
        (row.version, row.updated_at) = (found.version + 1, ctx.now);
        let guarded = campaign_report::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(campaign_report::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign_report.update", "campaign_report", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        Ok(saved)
    })
    .await
}

/// Its documents go with it.
pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = require(tx, id).await?;
        writable(ctx, tx, found.participation_id).await?;
        seen.allows(found.version)?;
        let documents = journal::documents_go(tx, document::Column::CampaignReportId.eq(id)).await?;
        let gone = campaign_report::Entity::delete_by_id(id);
        gone.filter(campaign_report::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign_report.delete", "campaign_report", id, found.version);
        let mut changes = vec![change.before(&found)?];
        changes.extend(documents);
        journal::record_all(tx, ctx, changes).await
    })
    .await
}

async fn require(db: &impl ConnectionTrait, id: Uuid) -> Result<campaign_report::Model, Problem> {
    campaign_report::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)
}

/// A participation on which the caller may report now: not after the campaign's final review.
async fn writable(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    participation_id: Uuid,
) -> Result<campaign_participation::Model, Problem> {
    let part = campaign_participation::Entity::find_by_id(participation_id).one(db).await?;
    let part = part.ok_or_else(Problem::not_found)?;
    may_report(ctx, part.province_id)?;
    may_change(campaign_review::Entity::concluding(part.campaign_id).count(db).await? > 0)?;
    Ok(part)
}

/// A report is about days that were.
fn misdated(from: NaiveDate, to: NaiveDate, today: NaiveDate) -> Vec<Fault> {
    let mut faults: Vec<Fault> =
        [absurd("/period_from", from), absurd("/period_to", to)].into_iter().flatten().collect();
    if to < from {
        let message = Phrase::new("must not be earlier than the start", "không được trước ngày bắt đầu");
        faults.push(Fault::new("/period_to", "before_start", message));
    }
    if to > today {
        let message = Phrase::new("the period is not over yet", "kỳ báo cáo chưa kết thúc");
        faults.push(Fault::new("/period_to", "in_the_future", message));
    }
    faults
}
