//! Who sees which assignment: the policy for a single one, and the same as SQL for lists.

use entity::assignment;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::{
    domain::policy::{Action, Tie, Who},
    http::Ctx,
    problem::Problem,
};

/// How the caller is tied to the assignments of a province.
pub(super) fn tie(who: Who, province_id: Uuid) -> Tie {
    Tie::default().to_province(who, province_id)
}

/// An assignment the caller may read.
pub(super) async fn visible(ctx: &Ctx, db: &impl ConnectionTrait, id: Uuid) -> Result<assignment::Model, Problem> {
    let found = assignment::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    ctx.may(Action::ReadAssignment(tie(ctx.who, found.province_id)))?;
    Ok(found)
}

/// `ReadAssignment` as SQL.
pub(super) fn visible_to(who: Who) -> Condition {
    match who.officer_of() {
        _ if who.sees_all() => Condition::all(),
        Some(province_id) => Condition::all().add(assignment::Column::ProvinceId.eq(province_id)),
        None => Condition::all().add(assignment::Column::Id.is_null()),
    }
}
