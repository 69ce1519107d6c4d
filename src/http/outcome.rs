//! What became of targets, as SQL: the rule of [`crate::domain::target::outcome`], for filters and counts.

use std::collections::HashMap;

use entity::{
    target::{
        self,
        Column::{Actual, Direction as Way, PledgeId, TargetValue},
    },
    vocab::{
        Direction::{HigherIsBetter, LowerIsBetter},
        TargetOutcome::{Exceeded, Met, Missed, Open},
    },
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect,
    sea_query::{CaseStatement, ExprTrait, Func, SimpleExpr},
};
use uuid::Uuid;

use crate::{domain::target::Summary, problem::Problem};

/// The outcome of each row of `target`, as the text of its `TargetOutcome`.
pub fn outcome() -> SimpleExpr {
    let text = |outcome| -> &'static str { entity::vocab::TargetOutcome::into(outcome) };
    CaseStatement::new()
        .case(Actual.is_null(), text(Open))
        .case(exact(), text(Met))
        .case(better(), text(Exceeded))
        .finally(text(Missed))
        .into()
}

/// What became of the targets of pledges: counted by the database along one index, however many targets there are.
pub async fn summaries(db: &impl ConnectionTrait, of_pledges: SimpleExpr) -> Result<HashMap<Uuid, Summary>, Problem> {
    let where_it = |condition: SimpleExpr| SimpleExpr::from(Func::count(CaseStatement::new().case(condition, 1)));
    let counts: Vec<(Uuid, i64, i64, i64, i64)> = target::Entity::find()
        .select_only()
        .column(PledgeId)
        .column_as(PledgeId.count(), "total")
        .column_as(Actual.count(), "told")
        .column_as(where_it(exact()), "exact")
        .column_as(where_it(better().into()), "better")
        .filter(of_pledges)
        .group_by(PledgeId)
        .into_tuple()
        .all(db)
        .await?;
    let count = |count: i64| u32::try_from(count).map_err(Problem::internal);
    let summary = |(pledge_id, total, told, exact, better)| {
        Ok((pledge_id, Summary::counted(count(total)?, count(told)?, count(exact)?, count(better)?)))
    };
    counts.into_iter().map(summary).collect()
}

fn exact() -> SimpleExpr {
    Actual.into_simple_expr().eq(TargetValue.into_simple_expr())
}

fn better() -> Condition {
    let actual = || Actual.into_simple_expr();
    let target = || TargetValue.into_simple_expr();
    Condition::any()
        .add(Condition::all().add(Way.eq(HigherIsBetter)).add(actual().gt(target())))
        .add(Condition::all().add(Way.eq(LowerIsBetter)).add(actual().lt(target())))
}
