//! What became of the assignments of a province in a year, by unit.

use entity::{assignment, province, vocab::UnitKind};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::sight::tie;
use crate::{
    domain::{
        assignment::{Counts, Summary, Task, Unit, summarise},
        calendar::vietnam_day,
        policy::Action,
    },
    http::Ctx,
    problem::Problem,
};

/// What became of the assignments of a province in a year
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AssignmentSummary {
    pub province_id: Uuid,
    #[schema(example = 2023)]
    pub year: i32,
    /// Each unit, in the Vietnamese order of the names. A unit is one however its name was typed: case, accents and spaces
    /// do not count
    pub units: Vec<AssignedUnit>,
    /// The sums over all units
    pub total: AssignmentCounts,
}

/// What became of the assignments of one unit
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AssignedUnit {
    pub unit_kind: UnitKind,
    #[schema(example = "Sở Nông nghiệp và Phát triển nông thôn")]
    pub unit_name: String,
    pub counts: AssignmentCounts,
}

/// How many assignments became what: `reported + overdue ≤ assigned`, and the rest is not due yet
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AssignmentCounts {
    /// Handed out and not withdrawn
    #[schema(example = 12)]
    pub assigned: u32,
    /// The part of `assigned` that was reported, rated or not
    #[schema(example = 10)]
    pub reported: u32,
    /// The part of `reported` that came after its due date
    #[schema(example = 1)]
    pub late: u32,
    /// The part of `assigned` that is past its due date today (in Vietnam) and not reported
    #[schema(example = 1)]
    pub overdue: u32,
    /// Withdrawn; counted nowhere else
    #[schema(example = 0)]
    pub withdrawn: u32,
    /// Reports by how they were rated
    pub ratings: RatingCounts,
}

/// Reports by how they were rated
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RatingCounts {
    #[schema(example = 3)]
    pub excellent: u32,
    #[schema(example = 5)]
    pub good: u32,
    #[schema(example = 1)]
    pub completed: u32,
    #[schema(example = 0)]
    pub not_completed: u32,
}

impl From<Counts> for AssignmentCounts {
    fn from(counts: Counts) -> Self {
        let Counts { assigned, reported, late, overdue, withdrawn, excellent, good, completed, not_completed } = counts;
        let ratings = RatingCounts { excellent, good, completed, not_completed };
        Self { assigned, reported, late, overdue, withdrawn, ratings }
    }
}

impl From<Unit> for AssignedUnit {
    fn from(Unit { kind, name, counts }: Unit) -> Self {
        Self { unit_kind: kind, unit_name: name, counts: counts.into() }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SummaryQuery {
    /// The year of the assignments
    #[param(example = 2023)]
    pub year: i32,
}

/// Two statements, however many assignments there are.
pub(super) async fn summary(ctx: &Ctx, province_id: Uuid, year: i32) -> Result<AssignmentSummary, Problem> {
    use assignment::Column;
    ctx.may(Action::ReadAssignment(tie(ctx.who, province_id)))?;
    let db = ctx.db.reader();
    if province::Entity::find_by_id(province_id).count(db).await? == 0 {
        return Err(Problem::not_found());
    }
    let rows: Vec<(UnitKind, String, _, _, _, _)> = assignment::Entity::find()
        .select_only()
        .columns([Column::UnitKind, Column::UnitName, Column::State, Column::DueOn, Column::ReportedOn, Column::Rating])
        .filter(Column::ProvinceId.eq(province_id))
        .filter(Column::Year.eq(year))
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let tasks = rows.into_iter().map(|(unit_kind, unit_name, state, due_on, reported_on, rating)| Task {
        unit_kind,
        unit_name,
        state,
        due_on,
        reported_on,
        rating,
    });
    let Summary { units, total } = summarise(tasks, vietnam_day(ctx.now));
    Ok(AssignmentSummary {
        province_id,
        year,
        units: units.into_iter().map(AssignedUnit::from).collect(),
        total: total.into(),
    })
}
