//! What can be done with reviews. One function is one use case is one transaction.

use entity::{
    campaign_review,
    vocab::{Certainty, ReviewKind},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{
    changeable, criteria,
    dto::{CampaignReviewFilter, CampaignReviewSort, NewCampaignReview},
    marked, require,
};
use crate::{
    db,
    domain::{
        campaign::{absurd, result::unmarked},
        phrase::Phrase,
        policy::Action,
        refusal::{Fault, unless_blocked, unless_faulty},
    },
    http::{self, Csv, Ctx, Page, PageQuery},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &CampaignReviewFilter,
) -> Result<Page<campaign_review::Model>, Problem> {
    use campaign_review::Column;
    ctx.may(Action::ReadOpen)?;
    let wanted = Condition::all()
        .add_option(filter.campaign_id.as_ref().map(|Csv(ids)| Column::CampaignId.is_in(ids.iter().copied())))
        .add_option(filter.kind.as_ref().map(|Csv(kinds)| Column::Kind.is_in(kinds.iter().copied())));
    let select = campaign_review::Entity::find().filter(wanted);
    http::page::<CampaignReviewSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<campaign_review::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    campaign_review::Entity::find_by_id(id).one(ctx.db.reader()).await?.ok_or_else(Problem::not_found)
}

/// The final review closes the campaign; with criteria of its own everybody who takes part is marked by then.
pub(super) async fn create(
    ctx: &Ctx,
    campaign_id: Uuid,
    new: &NewCampaignReview,
) -> Result<campaign_review::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let campaign = require(tx, campaign_id).await?;
        changeable(ctx, tx, &campaign).await?;
        let early = (new.held_on < campaign.starts_on).then(|| {
            let message = Phrase::new("the campaign has not begun then", "phong trào chưa bắt đầu");
            Fault::new("/held_on", "outside_campaign", message)
        });
        unless_faulty(absurd("/held_on", new.held_on).or(early).into_iter().collect())?;
        if new.kind == ReviewKind::Final {
            let criteria = criteria(&campaign)?;
            unless_blocked(unmarked(criteria.len(), &marked(tx, campaign_id).await?.1))?;
        }
        let row = campaign_review::Model {
            id: Uuid::now_v7(),
            campaign_id,
            kind: new.kind,
            held_on: new.held_on,
            conclusions: new.conclusions.clone(),
            certainty: new.certainty.unwrap_or(Certainty::Verified),
            version: 1,
            created_at: ctx.now,
        };
        let row = campaign_review::Entity::insert(row.into_active_model()).exec_with_returning(tx).await?;
        let change = Change::new("campaign_review.create", "campaign_review", row.id, row.version);
        journal::record(tx, ctx, change.after(&row)?).await?;
        Ok(row)
    })
    .await
}
