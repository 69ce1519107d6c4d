//! Provinces are reminded of reports that are due soon: one journal entry for each that has not reported.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use entity::{campaign_participation, campaign_report, campaign_stage};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::service::days;
use crate::{
    db::{self, Db},
    domain::{calendar::vietnam_day, campaign::stage::remind_now},
    journal::{self, Author, Change},
    problem::Problem,
};

/// Reminds of every stage whose time has come; says how many provinces were reminded. Called now and then by a running
/// server; of several replicas one reminds.
pub async fn remind(db: &Db, now: DateTime<Utc>) -> Result<usize, Problem> {
    db::write(db, async |tx| {
        let today = vietnam_day(now);
        let waiting = campaign_stage::Entity::find()
            .filter(campaign_stage::Column::RemindedAt.is_null())
            .filter(campaign_stage::Column::RemindDays.is_not_null())
            .filter(campaign_stage::Column::ReportDueOn.gte(today))
            .all(tx)
            .await?;
        let mut reminded = 0;
        for stage in waiting.into_iter().filter(|stage| remind_now(days(stage), false, today)) {
            reminded += remind_of(tx, &stage, now).await?;
        }
        Ok(reminded)
    })
    .await
}

async fn remind_of(
    tx: &impl ConnectionTrait,
    stage: &campaign_stage::Model,
    now: DateTime<Utc>,
) -> Result<usize, Problem> {
    let reported: HashSet<Uuid> = campaign_report::Entity::find()
        .filter(campaign_report::Column::StageId.eq(stage.id))
        .all(tx)
        .await?
        .into_iter()
        .map(|report| report.participation_id)
        .collect();
    let silent: Vec<campaign_participation::Model> = campaign_participation::Entity::find()
        .filter(campaign_participation::Column::CampaignId.eq(stage.campaign_id))
        .all(tx)
        .await?
        .into_iter()
        .filter(|one| !reported.contains(&one.id))
        .collect();
    let mut row = stage.clone();
    (row.reminded_at, row.version, row.updated_at) = (Some(now), stage.version + 1, now);
    let guarded = campaign_stage::Entity::update(row.into_active_model().reset_all()).validate()?;
    let saved = guarded.filter(campaign_stage::Column::Version.eq(stage.version)).exec(tx).await?;
    let mut changes = vec![
        Change::new("campaign_stage.remind", "campaign_stage", saved.id, saved.version).before(stage)?.after(&saved)?,
    ];
    for one in &silent {
        let told =
            json!({ "province_id": one.province_id, "stage_id": stage.id, "report_due_on": stage.report_due_on });
        let change = Change::new("campaign_participation.remind", "campaign_participation", one.id, one.version);
        changes.push(change.after(&told)?);
    }
    journal::record_all(tx, Author::system("reminders", now), changes).await?;
    Ok(silent.len())
}
