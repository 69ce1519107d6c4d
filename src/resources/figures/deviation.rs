//! How far several appraisers, or peers, lie apart.

use std::collections::{BTreeMap, HashMap};

use entity::{decimal::Decimal, opinion, score, scorecard};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::dto::{Deviation, WideLine};
use crate::{
    domain::{
        criteria::Form,
        refusal::Refusal,
        statistics::{distances, range},
    },
    http::{Ctx, brief::ProvinceBrief, sight},
    problem::Problem,
};

/// So many lines are told, the widest first.
const MOST_TOLD: usize = 20;

#[derive(FromQueryResult)]
struct Said {
    province_id: Uuid,
    criterion_id: Uuid,
    points: Decimal,
}

/// Of the lines on which two or more say something, on the sheets that the caller judges or oversees. One statement.
pub(super) async fn of(
    ctx: &Ctx,
    cycle_id: Uuid,
    form: &Form,
    provinces: &HashMap<Uuid, ProvinceBrief>,
) -> Result<Deviation, Problem> {
    let said: Vec<Said> = opinion::Entity::find()
        .join(JoinType::InnerJoin, opinion::Relation::Score.def())
        .join(JoinType::InnerJoin, score::Relation::Scorecard.def())
        .filter(scorecard::Column::CycleId.eq(cycle_id))
        .filter(sight::judged_scorecards(ctx.who))
        .filter(opinion::Column::Points.is_not_null())
        .select_only()
        .column(scorecard::Column::ProvinceId)
        .column(score::Column::CriterionId)
        .column(opinion::Column::Points)
        .into_model()
        .all(ctx.db.reader())
        .await?;
    let mut lines: BTreeMap<(Uuid, Uuid), Vec<Decimal>> = BTreeMap::new();
    for one in said {
        lines.entry((one.province_id, one.criterion_id)).or_default().push(one.points);
    }
    let mut wide = vec![];
    for ((province_id, criterion_id), points) in lines.into_iter().filter(|(_, points)| points.len() > 1) {
        let (Some(province), Some(leaf)) = (provinces.get(&province_id), form.leaf(criterion_id)) else { continue };
        let (Some(lowest), Some(highest)) = (points.iter().min(), points.iter().max()) else { continue };
        wide.push(WideLine {
            province: province.clone(),
            criterion_id,
            code: leaf.code.clone(),
            opinions: points.len(),
            lowest: *lowest,
            highest: *highest,
            range: range(&points).map_err(Refusal::from)?,
        });
    }
    let ranges: Vec<Decimal> = wide.iter().map(|line| line.range).collect();
    let found = distances(&ranges);
    wide.sort_by(|one, other| {
        let key = |line: &WideLine| (std::cmp::Reverse(line.range), line.code.clone(), line.province.id);
        key(one).cmp(&key(other))
    });
    wide.retain(|line| !line.range.is_zero());
    wide.truncate(MOST_TOLD);
    Ok(Deviation {
        lines: ranges.len(),
        mean_range: found.as_ref().map(|found| found.mean),
        largest_range: found.as_ref().map(|found| found.largest),
        widest: wide,
    })
}
