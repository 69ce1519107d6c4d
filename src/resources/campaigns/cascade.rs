//! A campaign is carried on by a province: a campaign of its own that belongs to it, and its participation.

use chrono::NaiveDate;
use entity::{
    campaign, campaign_participation,
    vocab::{Certainty, Launcher},
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{
    launcher,
    service::{period, require, search_text, taken},
};
use crate::{
    db,
    domain::{
        campaign::{misdated, stage::may_change},
        refusal::unless_faulty,
        text,
    },
    http::{Ctx, Line, Prose, Short, line, prose, short},
    journal::{self, Change},
    problem::Problem,
};

/// A province carries a campaign on
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "province_id": "01978f0e-7c1a-7c3e-9a54-0d3f5a1c2b4e", "code": "NTM-2025-YB", "launched_on": "2023-02-01",
    "legal_act": "Kế hoạch 15/KH-UBND",
}))]
pub(super) struct NewCascade {
    pub province_id: Uuid,
    /// Unique; it never changes
    #[validate(custom(function = short))]
    #[schema(value_type = Short)]
    pub code: String,
    /// Name in Vietnamese; that of the campaign above where nothing is said
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub name: Option<String>,
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub description: Option<String>,
    #[validate(custom(function = line))]
    #[schema(value_type = Option<Line>)]
    pub legal_act: Option<String>,
    /// The day it is announced in the province
    pub launched_on: NaiveDate,
    /// `verified` where nothing is said
    pub certainty: Option<Certainty>,
}

/// The new campaign lasts as long as the one it belongs to; the province takes part in that one from now on, if it did not.
pub(super) async fn cascade(ctx: &Ctx, id: Uuid, new: &NewCascade) -> Result<campaign::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let above = require(tx, id).await?;
        launcher::allows(ctx, tx, Launcher::Province, Some(new.province_id), None).await?;
        may_change(super::service::concluded(tx, id).await?)?;
        let name = new.name.clone().unwrap_or_else(|| above.name.clone());
        let row = campaign::Model {
            id: Uuid::now_v7(),
            code: new.code.clone(),
            name_key: text::sort_key(&name),
            search_text: search_text(&new.code, &name, above.name_en.as_deref()),
            name,
            name_en: new.name.is_none().then(|| above.name_en.clone()).flatten(),
            description: new.description.clone(),
            launched_by: Launcher::Province,
            province_id: Some(new.province_id),
            cluster_id: None,
            legal_act: new.legal_act.clone(),
            launched_on: new.launched_on,
            starts_on: above.starts_on,
            ends_on: above.ends_on,
            parent_id: Some(id),
            criteria: json!([]),
            certainty: new.certainty.unwrap_or(Certainty::Verified),
            version: 1,
            created_at: ctx.now,
            updated_at: ctx.now,
        };
        unless_faulty(misdated(period(&row)))?;
        launcher::exists(tx, row.province_id, None, row.launched_on).await?;
        if campaign::Entity::find().filter(campaign::Column::Code.eq(&row.code)).count(tx).await? > 0 {
            return Err(taken(&row.code));
        }
        let row = campaign::Entity::insert(row.into_active_model()).exec_with_returning(tx).await?;
        let mut changes = vec![Change::new("campaign.create", "campaign", row.id, row.version).after(&row)?];
        let joined = campaign_participation::Entity::find()
            .filter(campaign_participation::Column::CampaignId.eq(id))
            .filter(campaign_participation::Column::ProvinceId.eq(new.province_id));
        if joined.count(tx).await? == 0 {
            let part = campaign_participation::Model {
                id: Uuid::now_v7(),
                campaign_id: id,
                province_id: new.province_id,
                joined_on: new.launched_on,
                report: None,
                figures: json!([]),
                marks: json!([]),
                version: 1,
                created_at: ctx.now,
                updated_at: ctx.now,
            };
            let part = campaign_participation::Entity::insert(part.into_active_model()).exec_with_returning(tx).await?;
            let change = Change::new("campaign_participation.create", "campaign_participation", part.id, part.version);
            changes.push(change.after(&part)?);
        }
        journal::record_all(tx, ctx, changes).await?;
        Ok(row)
    })
    .await
}
