//! The steps of an assignment: what each takes, and all of them through one door.

use chrono::NaiveDate;
use entity::{assignment, vocab::AssignmentRating};
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use strum::IntoEnumIterator;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{
    service::store,
    sight::{tie, visible},
};
use crate::{
    db,
    domain::{
        actions::Verdict,
        assignment::{Event, misrated, misreported, next},
        calendar::vietnam_day,
        policy::{self, Action},
        refusal::unless_faulty,
    },
    http::{Ctx, IfMatch, Prose, prose},
    problem::Problem,
};

/// What a unit delivers
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "result": "Trồng mới 16.200 ha, đã nghiệm thu.", "reported_on": "2023-12-10" }))]
pub(super) struct AssignmentReport {
    /// In words
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub result: String,
    /// In the year of the task or later, not in the future (in Vietnam); today where nothing is said
    pub reported_on: Option<NaiveDate>,
}

/// How a report is judged
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "rating": "excellent", "rated_on": "2023-12-28" }))]
pub(super) struct AssignmentJudgement {
    pub rating: AssignmentRating,
    /// Not before the report, not in the future (in Vietnam); today where nothing is said
    pub rated_on: Option<NaiveDate>,
    /// Takes the place of the note there is
    #[validate(custom(function = prose))]
    #[schema(value_type = Option<Prose>)]
    pub note: Option<String>,
}

/// Why a task is taken back
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Nhiệm vụ được chuyển sang đơn vị khác." }))]
pub(super) struct AssignmentWithdrawal {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What is written down in a step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Report(&'a AssignmentReport),
    Rate(&'a AssignmentJudgement),
    Withdraw(&'a AssignmentWithdrawal),
}

impl Step<'_> {
    fn event(self) -> Event {
        match self {
            Self::Report(_) => Event::Report,
            Self::Rate(_) => Event::Rate,
            Self::Withdraw(_) => Event::Withdraw,
        }
    }
}

pub(super) async fn take(ctx: &Ctx, id: Uuid, seen: &IfMatch, step: Step<'_>) -> Result<assignment::Model, Problem> {
    let today = vietnam_day(ctx.now);
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let state = next(found.state, step.event())?;
        let mut row = assignment::Model { state, ..found.clone() };
        match step {
            Step::Report(told) => {
                let day = told.reported_on.unwrap_or(today);
                unless_faulty(misreported(found.year, day, today).into_iter().collect())?;
                (row.result, row.reported_on) = (Some(told.result.clone()), Some(day));
            }
            Step::Rate(told) => {
                let day = told.rated_on.unwrap_or(today);
                unless_faulty(misrated(found.reported_on, day, today).into_iter().collect())?;
                (row.rating, row.rated_on) = (Some(told.rating), Some(day));
                row.note = told.note.clone().or(row.note);
            }
            Step::Withdraw(told) => row.withdrawal_reason = Some(told.reason.clone()),
        }
        store(ctx, tx, &found, row, &format!("assignment.{}", step.event().name())).await
    })
    .await
}

/// The assignment, if the caller may write it and has seen its present version.
pub(super) async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<assignment::Model, Problem> {
    let found = visible(ctx, tx, id).await?;
    ctx.may(Action::WriteAssignment(tie(ctx.who, found.province_id)))?;
    seen.allows(found.version)?;
    Ok(found)
}

/// What the caller may do with an assignment now.
pub(super) fn verdicts(ctx: &Ctx, row: &assignment::Model) -> Vec<Verdict> {
    let verdict = |event: Event| {
        let permitted = policy::check(ctx.who, Action::WriteAssignment(tie(ctx.who, row.province_id)));
        Verdict::on(event.name()).and(permitted).and(next(row.state, event))
    };
    Event::iter().map(verdict).collect()
}
