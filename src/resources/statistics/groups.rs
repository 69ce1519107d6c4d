//! Groups get the names of what they are counted by: one statement for each kind.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::campaign;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

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
    let clusters =
        Names::of(brief::clusters(db, groups.keys().filter_map(|key| key.cluster_id)).await?, |one| &one.name);
    let provinces =
        Names::of(brief::provinces(db, groups.keys().filter_map(|key| key.province_id)).await?, |one| &one.name);
    let types =
        Names::of(brief::award_types(db, groups.keys().filter_map(|key| key.award_type_id)).await?, |one| &one.name);
    let campaigns = Names::of(campaigns(db, groups.keys().filter_map(|key| key.campaign_id)).await?, |one| &one.name);
    let mut rows: Vec<_> = groups.iter().collect();
    rows.sort_by_key(|(key, _)| {
        let places = (clusters.place(key.cluster_id), provinces.place(key.province_id));
        (key.year, places, types.place(key.award_type_id), campaigns.place(key.campaign_id))
    });
    let named = |(key, tally): (&Key, &T)| {
        Ok(Group {
            year: key.year,
            cluster: clusters.get(key.cluster_id),
            province: provinces.get(key.province_id),
            award_type: types.get(key.award_type_id),
            campaign: campaigns.get(key.campaign_id),
            figures: figures(tally)?,
        })
    };
    Ok(Statistics { groups: rows.into_iter().map(named).collect::<Result<_, Problem>>()? })
}

/// Things of one kind, each with its place among their names.
struct Names<B>(HashMap<Uuid, (usize, B)>);

impl<B: Clone> Names<B> {
    fn of(briefs: HashMap<Uuid, B>, name: impl Fn(&B) -> &str) -> Self {
        let mut briefs: Vec<_> = briefs.into_iter().collect();
        briefs.sort_by_cached_key(|(id, brief)| (text::sort_key(name(brief)), *id));
        Self(briefs.into_iter().enumerate().map(|(place, (id, brief))| (id, (place, brief))).collect())
    }

    fn place(&self, id: Option<Uuid>) -> Option<usize> {
        self.0.get(&id?).map(|(place, _)| *place)
    }

    fn get(&self, id: Option<Uuid>) -> Option<B> {
        self.0.get(&id?).map(|(_, brief)| brief.clone())
    }
}

async fn campaigns(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, CampaignBrief>, Problem> {
    let ids: BTreeSet<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = campaign::Entity::find().filter(campaign::Column::Id.is_in(ids)).all(db).await?;
    let brief =
        |row: campaign::Model| CampaignBrief { id: row.id, code: row.code, name: row.name, name_en: row.name_en };
    Ok(rows.into_iter().map(|row| (row.id, brief(row))).collect())
}
