//! What the service knows of the caller. One statement a relation, and only for those who can have it.

use entity::{cycle, membership, province, user_account, vocab::MemberRole};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::SelectStatement};

use super::dto::Me;
use crate::{
    domain::policy::{self, Account, Tie, Who},
    http::{Ctx, brief::CycleBrief, sight},
    problem::Problem,
};

pub(super) async fn get(ctx: &Ctx) -> Result<Me, Problem> {
    let id = ctx.who.id().ok_or_else(Problem::unauthenticated)?;
    let user = user_account::Entity::find_by_id(id).one(ctx.db.reader()).await?;
    let user = user.filter(|user| user.disabled_at.is_none()).ok_or_else(Problem::unauthenticated)?;
    let who = Who::Account(Account { id, role: user.role, province_id: user.province_id });
    let province = match user.province_id {
        Some(province_id) => province::Entity::find_by_id(province_id).one(ctx.db.reader()).await?,
        None => None,
    };
    let (mut head_of, mut member_of, mut appraiser_of) = (vec![], vec![], vec![]);
    let mut deputy = false;
    if let Some(province_id) = who.officer_of() {
        head_of = cycles(ctx, sight::cycles_of_head(province_id)).await?;
        member_of = cycles(ctx, sight::cycles_of_member(province_id)).await?;
        let seats = membership::Entity::find()
            .filter(membership::Column::ProvinceId.eq(province_id))
            .filter(membership::Column::Role.eq(MemberRole::Deputy));
        deputy = seats.count(ctx.db.reader()).await? > 0;
    } else if let Some(user_id) = sight::appraiser(who) {
        appraiser_of = cycles(ctx, sight::cycles_of_appraiser(user_id)).await?;
    }
    let strongest = Tie {
        head: !head_of.is_empty(),
        deputy,
        member: !member_of.is_empty(),
        appraiser: !appraiser_of.is_empty(),
        own: who.officer_of().is_some(),
        ..Tie::default()
    };
    let permissions = if user.must_change_password { vec![] } else { policy::permissions(who, strongest) };
    Ok(Me {
        id,
        username: user.username,
        display_name: user.display_name,
        role: user.role,
        province: province.map(Into::into),
        must_change_password: user.must_change_password,
        head_of,
        member_of,
        appraiser_of,
        permissions,
        created_at: user.created_at,
    })
}

async fn cycles(ctx: &Ctx, ids: SelectStatement) -> Result<Vec<CycleBrief>, Problem> {
    let found = cycle::Entity::find()
        .filter(cycle::Column::Id.in_subquery(ids))
        .order_by_desc(cycle::Column::Year)
        .order_by_desc(cycle::Column::Id)
        .all(ctx.db.reader())
        .await?;
    Ok(found.into_iter().map(CycleBrief::from).collect())
}
