//! Groups get the names of what they are counted by: one statement for each kind.

use std::collections::BTreeMap;

use entity::campaign;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::dto::{CampaignBrief, Group, Statistics};
use crate::{
    domain::{statistics::groups::Key, text},
    http::brief,
    problem::Problem,
};

/// By year, then by the names of what they are counted by, the Vietnamese way.
pub(super) async fn named<T, F>(
    db: &impl ConnectionTrait,
    groups: BTreeMap<Key, T>,
    figures: impl Fn(&T) -> Result<F, Problem>,
) -> Result<Statistics<F>, Problem> {
    let clusters = brief::clusters(db, groups.keys().filter_map(|key| key.cluster_id)).await?;
    let provinces = brief::provinces(db, groups.keys().filter_map(|key| key.province_id)).await?;
    let types = brief::award_types(db, groups.keys().filter_map(|key| key.award_type_id)).await?;
    let campaigns = campaigns(db, &groups).await?;
    let named = groups.iter().map(|(key, tally)| {
        Ok(Group {
            year: key.year,
            cluster: key.cluster_id.and_then(|id| clusters.get(&id).cloned()),
            province: key.province_id.and_then(|id| provinces.get(&id).cloned()),
            award_type: key.award_type_id.and_then(|id| types.get(&id).cloned()),
            campaign: key.campaign_id.and_then(|id| campaigns.iter().find(|one| one.id == id).cloned()),
            figures: figures(tally)?,
        })
    });
    let mut groups = named.collect::<Result<Vec<_>, Problem>>()?;
    groups.sort_by_cached_key(|group| {
        let names = [
            group.cluster.as_ref().map(|one| &one.name),
            group.province.as_ref().map(|one| &one.name),
            group.award_type.as_ref().map(|one| &one.name),
            group.campaign.as_ref().map(|one| &one.name),
        ];
        (group.year, names.map(|name| name.map(|name| text::sort_key(name))))
    });
    Ok(Statistics { groups })
}

async fn campaigns<T>(db: &impl ConnectionTrait, groups: &BTreeMap<Key, T>) -> Result<Vec<CampaignBrief>, Problem> {
    let ids: Vec<_> = groups.keys().filter_map(|key| key.campaign_id).collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let rows = campaign::Entity::find().filter(campaign::Column::Id.is_in(ids)).all(db).await?;
    let brief =
        |row: campaign::Model| CampaignBrief { id: row.id, code: row.code, name: row.name, name_en: row.name_en };
    Ok(rows.into_iter().map(brief).collect())
}
