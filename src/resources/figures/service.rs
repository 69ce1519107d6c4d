//! Whose figures somebody sees.

use uuid::Uuid;

use crate::{
    domain::policy::{self, Action},
    http::{Ctx, sight},
    problem::Problem,
    results,
};

/// The sheets of a cycle that the caller may see: the same rule as for single scorecards. At most six statements. With
/// whether the caller sees what each of several appraisers says.
pub(super) async fn seen(ctx: &Ctx, cycle_id: Uuid) -> Result<(results::Matrix, bool), Problem> {
    let db = ctx.db.reader();
    let (_, tie) = sight::tie(ctx, db, cycle_id).await?;
    ctx.may(Action::ReadMatrix(tie))?;
    let seen = results::Seen {
        sheets: sight::visible_scorecards(ctx.who),
        all: policy::check(ctx.who, Action::ReadSheets(tie)).is_ok(),
    };
    let opinions = policy::check(ctx.who, Action::ReadOpinions(tie)).is_ok();
    Ok((results::Matrix::load(db, cycle_id, seen).await?, opinions))
}
