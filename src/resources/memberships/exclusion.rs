//! A province can be shown unranked: no year-end report, a serious violation (fixed rule of practice).

use entity::{membership, scorecard};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::service::{require, save};
use crate::{
    db,
    domain::{
        membership::{may_exclude, may_readmit},
        policy::Action,
    },
    http::{Ctx, IfMatch},
    problem::Problem,
};

pub(super) async fn exclude(ctx: &Ctx, id: Uuid, seen: &IfMatch, reason: &str) -> Result<membership::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, cycle, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::EditCycle(tie))?;
        seen.allows(found.version)?;
        may_exclude(cycle.state, found.excluded_reason.is_some())?;
        let mut row = found.clone();
        row.excluded_reason = Some(reason.to_owned());
        row.excluded_at = Some(ctx.now);
        save(tx, ctx, "membership.exclude", &found, row).await
    })
    .await
}

pub(super) async fn readmit(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<membership::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, cycle, tie) = require(ctx, tx, id).await?;
        ctx.may(Action::EditCycle(tie))?;
        seen.allows(found.version)?;
        let card = scorecard::Entity::find()
            .filter(scorecard::Column::CycleId.eq(cycle.id))
            .filter(scorecard::Column::ProvinceId.eq(found.province_id))
            .one(tx)
            .await?;
        may_readmit(cycle.state, found.excluded_reason.is_some(), card.map(|card| card.state))?;
        let mut row = found.clone();
        row.excluded_reason = None;
        row.excluded_at = None;
        save(tx, ctx, "membership.readmit", &found, row).await
    })
    .await
}
