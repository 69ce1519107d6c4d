//! An appraiser stands aside from one sheet.

use entity::{appraiser_assignment, opinion, recusal};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{Sheet, appraise, dto::NewRecusal, opinions::settled, store};
use crate::{
    db,
    domain::{
        phrase::Phrase,
        policy::Action,
        scorecard::{AppraisalScore, may_recuse},
    },
    http::{Ctx, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn create(ctx: &Ctx, card_id: Uuid, new: &NewRecusal) -> Result<recusal::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let sheet = Sheet::load(ctx, tx, card_id).await?;
        let own = sight::appraiser(ctx.who);
        let named = new.user_id.or(own);
        let may = if named.is_some() && named == own { Action::AppraiseScorecard } else { Action::AssignAppraisers };
        ctx.may(may(sheet.tie))?;
        let user_id = named.ok_or_else(|| {
            Problem::fault("/user_id", "required", Phrase::new("say which appraiser", "hãy nêu người thẩm định"))
        })?;
        may_recuse(sheet.card.state, sheet.cycle.state)?;
        assigned(tx, sheet.card.cycle_id, user_id).await?;
        let twin = recusal::Entity::find()
            .filter(recusal::Column::CycleId.eq(sheet.card.cycle_id))
            .filter(recusal::Column::ProvinceId.eq(sheet.card.province_id))
            .filter(recusal::Column::UserId.eq(user_id));
        if twin.count(tx).await? > 0 {
            return Err(Problem::conflict(Phrase::new(
                "the appraiser has stood aside already",
                "người thẩm định đã từ chối thẩm định phiếu này",
            )));
        }
        let row = recusal::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(sheet.card.cycle_id),
            user_id: Set(user_id),
            province_id: Set(sheet.card.province_id),
            reason: Set(new.reason.clone()),
            recorded_by: Set(ctx.who.id().unwrap_or(user_id)),
            version: Set(1),
            created_at: Set(ctx.now),
        };
        let row = recusal::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("recusal.create", "recusal", row.id, row.version).in_cycle(row.cycle_id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        withdraw(tx, ctx, sheet, user_id).await?;
        Ok(row)
    })
    .await
}

async fn assigned(tx: &impl ConnectionTrait, cycle_id: Uuid, user_id: Uuid) -> Result<(), Problem> {
    let found = appraiser_assignment::Entity::find()
        .filter(appraiser_assignment::Column::CycleId.eq(cycle_id))
        .filter(appraiser_assignment::Column::UserId.eq(user_id));
    if found.count(tx).await? == 0 {
        let message = Phrase::new("is not assigned to the cycle", "không được phân công thẩm định năm thi đua này");
        return Err(Problem::fault("/user_id", "unknown_reference", message));
    }
    Ok(())
}

/// Takes back what the appraiser alone said to the sheet; the others' opinions stand.
async fn withdraw(tx: &impl ConnectionTrait, ctx: &Ctx, mut sheet: Sheet, user_id: Uuid) -> Result<(), Problem> {
    let (gone, stay): (Vec<_>, Vec<_>) = std::mem::take(&mut sheet.opinions)
        .into_iter()
        .partition(|one| one.province_id.is_none() && one.user_id == user_id);
    sheet.opinions = stay;
    if gone.is_empty() {
        return Ok(());
    }
    let ids = gone.iter().map(|one| one.id);
    opinion::Entity::delete_many().filter(opinion::Column::Id.is_in(ids)).exec(tx).await?;
    let change = Change::new("scorecard.take_back_opinions", "scorecard", sheet.card.id, sheet.card.version);
    journal::record(tx, ctx, change.in_cycle(sheet.card.cycle_id).before(&json!({ "opinions": gone }))?).await?;
    let touched = sheet.scores.iter().filter(|row| gone.iter().any(|one| one.score_id == row.id));
    let common = touched.map(|row| settled(&sheet, row.criterion_id)).collect::<Result<Vec<AppraisalScore>, _>>()?;
    let (now, by) = (Some(ctx.now), ctx.who.id());
    let stored = store(tx, ctx, sheet, ("scorecard.recuse", true), |row| {
        let Some(one) = common.iter().find(|one| one.criterion_id == row.criterion_id) else { return };
        appraise(row, one, (by, now));
    });
    stored.await.map(drop)
}
