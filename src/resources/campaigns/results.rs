//! The result of a campaign: who took part, what each reported, and its points and place where the campaign has criteria of
//! its own.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use entity::{
    campaign, campaign_participation, campaign_report, campaign_review, cluster, cycle, decimal::Decimal, membership,
    province,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    marks::CampaignMark,
    service::{criteria, require},
};
use crate::{
    domain::{
        calendar::vietnam_day,
        campaign::result::{Marked, places},
        policy::Action,
    },
    http::{
        Ctx,
        brief::{ClusterBrief, ProvinceBrief},
        sight,
    },
    problem::Problem,
};

/// The result of a campaign across clusters
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CampaignResults {
    pub campaign_id: Uuid,
    /// The day of its final review; null before it: then the result is provisional
    #[schema(required = true)]
    pub concluded_on: Option<NaiveDate>,
    /// What can be reached in all; null without criteria of its own
    #[schema(required = true, example = 100)]
    pub total_points: Option<Decimal>,
    /// Campaigns that belong to it
    #[schema(minimum = 0)]
    pub sub_campaigns: u64,
    /// By place, then by name
    pub entries: Vec<CampaignResult>,
}

/// What one province reached in a campaign
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CampaignResult {
    pub participation_id: Uuid,
    pub province: ProvinceBrief,
    /// The cluster it was in, in the year of the final review or this year; null where the caller may not know
    #[schema(required = true)]
    pub cluster: Option<ClusterBrief>,
    /// Null while nothing is marked. Equal totals share a place and leave a gap
    #[schema(required = true, minimum = 1)]
    pub place: Option<i32>,
    /// The place within its cluster
    #[schema(required = true, minimum = 1)]
    pub place_in_cluster: Option<i32>,
    /// Points in all; null while nothing is marked
    #[schema(required = true, example = 92.5)]
    pub total: Option<Decimal>,
    /// How many reports it made
    #[schema(minimum = 0)]
    pub reports: u64,
    /// The figures of all its reports, added up by name and unit
    pub figures: Vec<SummedFigure>,
}

/// Figures of the same name and unit
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SummedFigure {
    #[schema(example = "Số xã đạt chuẩn nông thôn mới")]
    pub name: String,
    #[schema(example = "xã")]
    pub unit: String,
    #[schema(example = 103)]
    pub value: Decimal,
}

/// A figure as a report keeps it.
#[derive(Deserialize)]
struct Figure {
    name: String,
    unit: String,
    value: Decimal,
}

/// Those who take part, by name, with their marks. One statement.
pub(super) async fn marked(
    db: &impl ConnectionTrait,
    campaign_id: Uuid,
) -> Result<(Vec<province::Model>, Vec<Marked>), Problem> {
    let rows = campaign_participation::Entity::find()
        .filter(campaign_participation::Column::CampaignId.eq(campaign_id))
        .find_also_related(province::Entity)
        .order_by_asc(province::Column::NameKey)
        .order_by_asc(campaign_participation::Column::Id)
        .all(db)
        .await?;
    let (mut provinces, mut all) = (vec![], vec![]);
    for (row, province) in rows {
        let province = province.ok_or_else(|| Problem::internal("a participation without a province"))?;
        let marks: Vec<CampaignMark> = serde_json::from_value(row.marks).map_err(Problem::internal)?;
        let marks = marks.into_iter().map(|mark| mark.points).collect();
        all.push(Marked { participation_id: row.id, province: province.name.clone(), marks });
        provinces.push(province);
    }
    Ok((provinces, all))
}

/// Six statements, however many provinces take part.
pub(super) async fn read(ctx: &Ctx, id: Uuid) -> Result<CampaignResults, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let found = require(db, id).await?;
    let concluded_on = campaign_review::Entity::concluding(id).one(db).await?.map(|review| review.held_on);
    let (provinces, all) = marked(db, id).await?;
    let reported = reported(db, id).await?;
    let year = concluded_on.unwrap_or_else(|| vietnam_day(ctx.now)).year();
    let clusters = clusters(ctx, db, &provinces, year).await?;
    let within = within_clusters(&all, &provinces, &clusters)?;
    let criteria = criteria(&found)?;
    let total_points = Decimal::sum(criteria.iter().map(|one| one.max_points)).map_err(Problem::internal)?;
    let sub_campaigns = campaign::Entity::find().filter(campaign::Column::ParentId.eq(id)).count(db).await?;
    let scored = places(&all).map_err(Problem::internal)?;
    let mut entries = vec![];
    for ((one, province), (place, total)) in all.iter().zip(provinces).zip(scored) {
        let (reports, figures) = reported.get(&one.participation_id).map_or((0, vec![]), |(count, figures)| {
            let figure = |((name, unit), value): (&(String, String), &Decimal)| SummedFigure {
                name: name.clone(),
                unit: unit.clone(),
                value: *value,
            };
            (*count, figures.iter().map(figure).collect())
        });
        entries.push(CampaignResult {
            participation_id: one.participation_id,
            cluster: clusters.get(&province.id).cloned(),
            place,
            place_in_cluster: within.get(&one.participation_id).copied().flatten(),
            total: place.map(|_| total),
            reports,
            figures,
            province: province.into(),
        });
    }
    // They came by name, and the sort keeps that among equals.
    entries.sort_by_key(|entry| entry.place.unwrap_or(i32::MAX));
    Ok(CampaignResults {
        campaign_id: id,
        concluded_on,
        total_points: (!criteria.is_empty()).then_some(total_points),
        sub_campaigns,
        entries,
    })
}

/// By participation: how many reports, and their figures added up by name and unit.
type Reported = HashMap<Uuid, (u64, BTreeMap<(String, String), Decimal>)>;

async fn reported(db: &impl ConnectionTrait, campaign_id: Uuid) -> Result<Reported, Problem> {
    let rows = campaign_report::Entity::find()
        .join(JoinType::InnerJoin, campaign_report::Relation::CampaignParticipation.def())
        .filter(campaign_participation::Column::CampaignId.eq(campaign_id))
        .all(db)
        .await?;
    let mut found = Reported::new();
    for row in rows {
        let (count, sums) = found.entry(row.participation_id).or_default();
        *count += 1;
        let figures: Vec<Figure> = serde_json::from_value(row.figures).map_err(Problem::internal)?;
        for Figure { name, unit, value } in figures {
            let sum = sums.entry((name, unit)).or_default();
            *sum = sum.plus(value).map_err(Problem::internal)?;
        }
    }
    Ok(found)
}

/// In which cluster each province was that year, as far as the caller may know.
async fn clusters(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    provinces: &[province::Model],
    year: i32,
) -> Result<HashMap<Uuid, ClusterBrief>, Problem> {
    let seats: Vec<(Uuid, Uuid)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::ProvinceId)
        .column(cycle::Column::ClusterId)
        .join(JoinType::InnerJoin, membership_cycle())
        .filter(membership::Column::Year.eq(year))
        .filter(membership::Column::ProvinceId.is_in(provinces.iter().map(|province| province.id)))
        .filter(sight::in_visible_cycles(ctx.who, membership::Column::CycleId))
        .into_tuple()
        .all(db)
        .await?;
    let rows =
        cluster::Entity::find().filter(cluster::Column::Id.is_in(seats.iter().map(|(_, id)| *id))).all(db).await?;
    let briefs: HashMap<Uuid, ClusterBrief> = rows.into_iter().map(|row| (row.id, row.into())).collect();
    Ok(seats.into_iter().filter_map(|(province, cluster)| Some((province, briefs.get(&cluster).cloned()?))).collect())
}

fn membership_cycle() -> sea_orm::RelationDef {
    membership::Entity::belongs_to(cycle::Entity).from(membership::Column::CycleId).to(cycle::Column::Id).into()
}

/// The place of each within its cluster.
fn within_clusters(
    all: &[Marked],
    provinces: &[province::Model],
    clusters: &HashMap<Uuid, ClusterBrief>,
) -> Result<HashMap<Uuid, Option<i32>>, Problem> {
    let mut parts: HashMap<Uuid, Vec<Marked>> = HashMap::new();
    for (one, province) in all.iter().zip(provinces) {
        if let Some(cluster) = clusters.get(&province.id) {
            parts.entry(cluster.id).or_default().push(one.clone());
        }
    }
    let mut found = HashMap::new();
    for part in parts.into_values() {
        let scored = places(&part).map_err(Problem::internal)?;
        found.extend(part.iter().zip(scored).map(|(one, (place, _))| (one.participation_id, place)));
    }
    Ok(found)
}
