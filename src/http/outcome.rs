//! What became of a target, as SQL: the rule of [`crate::domain::target::outcome`], for filters and counts.

use entity::{
    target::Column::{Actual, Direction as Way, TargetValue},
    vocab::{
        Direction::{HigherIsBetter, LowerIsBetter},
        TargetOutcome::{Exceeded, Met, Missed, Open},
    },
};
use sea_orm::{
    ColumnTrait, Condition, IntoSimpleExpr,
    sea_query::{CaseStatement, ExprTrait, SimpleExpr},
};

/// The outcome of each row of `target`, as the text of its `TargetOutcome`.
pub fn outcome() -> SimpleExpr {
    let actual = || Actual.into_simple_expr();
    let target = || TargetValue.into_simple_expr();
    let better = Condition::any()
        .add(Condition::all().add(Way.eq(HigherIsBetter)).add(actual().gt(target())))
        .add(Condition::all().add(Way.eq(LowerIsBetter)).add(actual().lt(target())));
    let text = |outcome| -> &'static str { entity::vocab::TargetOutcome::into(outcome) };
    CaseStatement::new()
        .case(Actual.is_null(), text(Open))
        .case(actual().eq(target()), text(Met))
        .case(better, text(Exceeded))
        .finally(text(Missed))
        .into()
}
