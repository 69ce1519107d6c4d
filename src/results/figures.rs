//! The figures of many lines; their texts stay where they are.

use std::collections::HashMap;

use entity::{decimal::Decimal, score};
use futures_util::TryStreamExt;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, StreamTrait};
use uuid::Uuid;

use crate::{
    domain::scoring::{Line, Stages},
    problem::Problem,
};

/// What points and ranks need of a line.
#[derive(FromQueryResult)]
pub(super) struct Figures {
    scorecard_id: Uuid,
    criterion_id: Uuid,
    attained: Option<Decimal>,
    target: Option<Decimal>,
    appraised_attained: Option<Decimal>,
    second_attained: Option<Decimal>,
    self_points: Option<Decimal>,
    appraised_points: Option<Decimal>,
    second_points: Option<Decimal>,
    final_points: Option<Decimal>,
    corrected: bool,
}

impl Figures {
    pub(super) fn line(self) -> Line {
        Line {
            attained: self.attained,
            target: self.target,
            appraised_attained: self.appraised_attained,
            second_attained: self.second_attained,
            points: Stages {
                self_scored: self.self_points,
                appraised: self.appraised_points,
                second: self.second_points,
                finalized: self.final_points,
            },
            ..Line::blank(self.criterion_id)
        }
    }

    /// The line without its final points, unless they were corrected.
    pub(super) fn settled(self) -> Line {
        let corrected = self.corrected;
        let mut line = self.line();
        line.points.finalized = line.points.finalized.filter(|_| corrected);
        line
    }
}

/// One statement. The lines come one by one and only their numbers stay.
pub(super) async fn lines(
    db: &(impl ConnectionTrait + StreamTrait),
    cards: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<Figures>>, Problem> {
    use score::Column;
    let mut found = score::Entity::find()
        .select_only()
        .columns([
            Column::ScorecardId,
            Column::CriterionId,
            Column::Attained,
            Column::Target,
            Column::AppraisedAttained,
            Column::SecondAttained,
        ])
        .columns([Column::SelfPoints, Column::AppraisedPoints, Column::SecondPoints, Column::FinalPoints])
        .expr_as(Column::FinalReason.is_not_null(), "corrected")
        .filter(Column::ScorecardId.is_in(cards))
        .into_model::<Figures>()
        .stream(db)
        .await?;
    let mut lines: HashMap<Uuid, Vec<Figures>> = HashMap::new();
    while let Some(line) = found.try_next().await? {
        lines.entry(line.scorecard_id).or_default().push(line);
    }
    Ok(lines)
}
