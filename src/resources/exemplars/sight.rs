//! Who sees which exemplar: the policy for a single one, and the same as SQL for lists.

use entity::exemplar;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::{
    domain::policy::{Action, Tie, Who},
    http::Ctx,
    problem::Problem,
};

/// How the caller is tied to an exemplar.
pub(super) fn tie(who: Who, row: &exemplar::Model) -> Tie {
    Tie::default().to_province(who, row.province_id).sharing(row.released_at.is_some())
}

/// An exemplar the caller may read.
pub(super) async fn visible(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<exemplar::Model, Problem> {
    let found = exemplar::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    ctx.may(Action::ReadExemplar(tie(ctx.who, &found)))?;
    Ok(found)
}

/// `ReadExemplar` as SQL.
pub(super) fn visible_to(who: Who) -> Condition {
    if who.sees_all() {
        return Condition::all();
    }
    let own = who.officer_of().map(|province_id| exemplar::Column::ProvinceId.eq(province_id));
    Condition::any().add(exemplar::Column::ReleasedAt.is_not_null()).add_option(own)
}
