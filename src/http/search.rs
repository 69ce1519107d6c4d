//! Search in names: accents and case do not matter.

use sea_orm::{
    ColumnTrait, IntoSimpleExpr,
    sea_query::{ExprTrait, LikeExpr, SimpleExpr},
};

use crate::domain::text;

/// Rows whose folded text (`search_text`) contains the words of `q`.
pub fn contains(column: impl ColumnTrait, q: &str) -> SimpleExpr {
    column.into_simple_expr().like(LikeExpr::new(text::like_pattern(q)).escape(text::LIKE_ESCAPE))
}
