//! How reward coefficients are read.

use entity::reward_coefficient;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::dto::{RewardCoefficientFilter, RewardCoefficientSort};
use crate::{
    domain::policy::Action,
    http::{self, Ctx, Page, PageQuery},
    problem::Problem,
};

pub(super) async fn list(
    ctx: &Ctx,
    page: &PageQuery,
    filter: &RewardCoefficientFilter,
) -> Result<Page<reward_coefficient::Model>, Problem> {
    ctx.may(Action::ReadOpen)?;
    let mut select = reward_coefficient::Entity::find();
    if let Some(types) = &filter.award_type_id {
        select = select.filter(reward_coefficient::Column::AwardTypeId.is_in(types.0.iter().copied()));
    }
    if let Some(kinds) = &filter.recipient_kind {
        select = select.filter(reward_coefficient::Column::RecipientKind.is_in(kinds.0.iter().copied()));
    }
    if let Some(day) = filter.as_of {
        let open = Condition::any()
            .add(reward_coefficient::Column::ValidTo.is_null())
            .add(reward_coefficient::Column::ValidTo.gte(day));
        select = select.filter(reward_coefficient::Column::ValidFrom.lte(day)).filter(open);
    }
    http::page::<RewardCoefficientSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<reward_coefficient::Model, Problem> {
    ctx.may(Action::ReadOpen)?;
    reward_coefficient::Entity::find_by_id(id).one(ctx.db.reader()).await?.ok_or_else(Problem::not_found)
}
