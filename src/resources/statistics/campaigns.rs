//! Who takes part in campaigns, which everybody may know.

use chrono::{Datelike, NaiveDate};
use entity::campaign_participation;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    dto::{CampaignFigures, CampaignsBy, CampaignsQuery, Statistics},
    groups::named,
    published::dimensions,
    scope::Provinces,
};
use crate::{
    domain::{
        policy::Action,
        statistics::groups::{Key, grouped},
    },
    http::{Csv, Ctx},
    problem::Problem,
};

pub(super) async fn campaigns(ctx: &Ctx, query: &CampaignsQuery) -> Result<Statistics<CampaignFigures>, Problem> {
    use campaign_participation::Column::{CampaignId, Id, JoinedOn, ProvinceId};
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let provinces = Provinces::asked(db, query.province_id.as_ref(), query.through_mergers).await?;
    let day = |year: i32, month, day| NaiveDate::from_ymd_opt(year, month, day);
    let wanted = Condition::all()
        .add_option(query.year_from.and_then(|year| day(year, 1, 1)).map(|day| JoinedOn.gte(day)))
        .add_option(query.year_to.and_then(|year| day(year, 12, 31)).map(|day| JoinedOn.lte(day)))
        .add_option(query.campaign_id.as_ref().map(|Csv(ids)| CampaignId.is_in(ids.iter().copied())))
        .add_option(provinces.among(ProvinceId));
    let rows: Vec<(Uuid, Uuid, NaiveDate, i64)> = campaign_participation::Entity::find()
        .select_only()
        .columns([CampaignId, ProvinceId, JoinedOn])
        .expr(Id.count())
        .filter(wanted)
        .group_by(CampaignId)
        .group_by(ProvinceId)
        .group_by(JoinedOn)
        .into_tuple()
        .all(db)
        .await?;
    let rows = rows.into_iter().flat_map(|(campaign_id, province_id, joined_on, count)| {
        provinces.counts_to(province_id).into_iter().map(move |id| {
            let key = Key {
                year: Some(joined_on.year()),
                province_id: Some(id),
                campaign_id: Some(campaign_id),
                ..Key::default()
            };
            (key, u64::try_from(count).unwrap_or_default())
        })
    });
    let by = dimensions(query.group_by.as_ref(), CampaignsBy::Campaign);
    let add = |tally: &mut u64, count| {
        *tally += count;
        Ok(())
    };
    let groups = grouped(rows, &by, add).map_err(Problem::internal)?;
    named(db, groups, |tally| Ok(CampaignFigures { participations: *tally })).await
}
