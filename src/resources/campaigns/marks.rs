//! What a province is marked with on the criteria of a campaign: written as a whole by those who launched it.

use entity::{campaign_participation, decimal::Decimal};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::service::{changeable, criteria, require};
use crate::{
    db,
    domain::{campaign::result::mismarked, policy::Action, refusal::unless_faulty},
    http::{Ctx, IfMatch, Short, short},
    journal::{self, Change},
    problem::Problem,
};

/// The most criteria of a campaign.
const MOST: u64 = 100;

/// What a province is marked with on the criteria of a campaign
#[derive(Clone, Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "marks": [{ "code": "1", "points": 57.5 }, { "code": "2", "points": 35 }] }))]
pub(super) struct CampaignMarks {
    /// One for each criterion that is marked
    #[validate(length(max = MOST), nested)]
    #[schema(max_items = 100)]
    pub marks: Vec<CampaignMark>,
}

/// Points on one criterion
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CampaignMark {
    /// Code of the criterion
    #[validate(custom(function = short))]
    #[schema(value_type = Short, example = "1")]
    pub code: String,
    /// From 0 to the criterion's maximum
    #[schema(example = 57.5)]
    pub points: Decimal,
}

/// The marks with the version of the participation.
pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<(i32, CampaignMarks), Problem> {
    ctx.may(Action::ReadOpen)?;
    let row = campaign_participation::Entity::find_by_id(id).one(ctx.db.reader()).await?;
    told(row.ok_or_else(Problem::not_found)?)
}

/// Replaces the marks as a whole; the same again changes nothing.
pub(super) async fn put(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    new: &CampaignMarks,
) -> Result<(i32, CampaignMarks), Problem> {
    db::write(&ctx.db, async |tx| {
        let found = campaign_participation::Entity::find_by_id(id).one(tx).await?.ok_or_else(Problem::not_found)?;
        let campaign = require(tx, found.campaign_id).await?;
        changeable(ctx, tx, &campaign).await?;
        seen.allows(found.version)?;
        let pairs: Vec<(String, Decimal)> = new.marks.iter().map(|mark| (mark.code.clone(), mark.points)).collect();
        unless_faulty(mismarked(&criteria(&campaign)?, &pairs))?;
        let marks = serde_json::to_value(&new.marks).map_err(Problem::internal)?;
        if marks == found.marks {
            return told(found);
        }
        let mut row = found.clone();
        (row.marks, row.version, row.updated_at) = (marks, found.version + 1, ctx.now);
        let guarded = campaign_participation::Entity::update(row.into_active_model().reset_all()).validate()?;
        let saved = guarded.filter(campaign_participation::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("campaign_participation.mark", "campaign_participation", id, saved.version);
        journal::record(tx, ctx, change.before(&found)?.after(&saved)?).await?;
        told(saved)
    })
    .await
}

fn told(row: campaign_participation::Model) -> Result<(i32, CampaignMarks), Problem> {
    Ok((row.version, CampaignMarks { marks: serde_json::from_value(row.marks).map_err(Problem::internal)? }))
}
