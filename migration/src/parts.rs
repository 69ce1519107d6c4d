//! Parts of statements that many tables share.

use sea_orm_migration::prelude::*;

/// The column holds one of these words.
pub(crate) fn one_of(column: &'static str, words: &[&'static str]) -> SimpleExpr {
    Expr::col(column).is_in(words.iter().copied())
}

/// An index named after its table and columns.
pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(format!("ix_{table}_{}", columns.join("_"))).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}
