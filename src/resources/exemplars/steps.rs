//! The steps of an exemplar: what each takes, and all of them through one door.

use entity::exemplar;
use sea_orm::ConnectionTrait;
use serde::Deserialize;
use strum::IntoEnumIterator;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::{
    service::{standing, store},
    sight::{tie, visible},
};
use crate::{
    db,
    domain::{
        actions::Verdict,
        exemplar::{Event, next},
        policy::{self, Action},
    },
    http::{Ctx, IfMatch, Prose, prose},
    problem::Problem,
};

/// How an exemplar was fostered
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "fostering": "Tỉnh hỗ trợ vốn vay và tập huấn kỹ thuật." }))]
pub(super) struct ExemplarFostering {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub fostering: String,
}

/// What the review of an exemplar concluded
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "review": "Mô hình có hiệu quả, có thể nhân rộng ở các xã vùng cao." }))]
pub(super) struct ExemplarReview {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub review: String,
}

/// How an exemplar was spread
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "spreading": "Giới thiệu tại hội nghị điển hình tiên tiến; 5 xã học tập mô hình." }))]
pub(super) struct ExemplarSpreading {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub spreading: String,
}

/// Why an exemplar is taken back from the public
#[derive(Clone, Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Đang xác minh phản ánh của báo chí." }))]
pub(super) struct ExemplarWithholding {
    #[validate(custom(function = prose))]
    #[schema(value_type = Prose)]
    pub reason: String,
}

/// What is written down in a step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Foster(&'a ExemplarFostering),
    Review(&'a ExemplarReview),
    Spread(&'a ExemplarSpreading),
    Release,
    Withhold(&'a ExemplarWithholding),
}

impl Step<'_> {
    fn event(self) -> Event {
        match self {
            Self::Foster(_) => Event::Foster,
            Self::Review(_) => Event::Review,
            Self::Spread(_) => Event::Spread,
            Self::Release => Event::Release,
            Self::Withhold(_) => Event::Withhold,
        }
    }
}

pub(super) async fn take(ctx: &Ctx, id: Uuid, seen: &IfMatch, step: Step<'_>) -> Result<exemplar::Model, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let state = next(standing(&found), step.event())?.state;
        let mut row = exemplar::Model { state, ..found.clone() };
        match step {
            Step::Foster(words) => row.fostering = Some(words.fostering.clone()),
            Step::Review(words) => row.review = Some(words.review.clone()),
            Step::Spread(words) => row.spreading = Some(words.spreading.clone()),
            Step::Release => (row.released_at, row.withheld_reason) = (Some(ctx.now), None),
            Step::Withhold(words) => (row.released_at, row.withheld_reason) = (None, Some(words.reason.clone())),
        }
        store(ctx, tx, &found, row, &format!("exemplar.{}", step.event().name())).await
    })
    .await
}

/// The exemplar, if the caller may write it and has seen its present version.
pub(super) async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<exemplar::Model, Problem> {
    let found = visible(ctx, tx, id).await?;
    ctx.may(Action::WriteExemplar(tie(ctx.who, &found)))?;
    seen.allows(found.version)?;
    Ok(found)
}

/// What the caller may do with an exemplar now.
pub(super) fn verdicts(ctx: &Ctx, row: &exemplar::Model) -> Vec<Verdict> {
    let verdict = |event: Event| {
        let permitted = policy::check(ctx.who, Action::WriteExemplar(tie(ctx.who, row)));
        Verdict::on(event.name()).and(permitted).and(next(standing(row), event))
    };
    Event::iter().map(verdict).collect()
}
