//! Who launches a campaign, and whether the caller may do it in their name.

use entity::{
    cluster, cycle, membership, province,
    vocab::{CycleState, Launcher, MemberRole},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    domain::{
        campaign::absent,
        phrase::Phrase,
        policy::{Action, Tie},
    },
    http::Ctx,
    problem::Problem,
};

/// Refuses who may not speak for the launcher.
pub(super) async fn allows(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    launched_by: Launcher,
    province_id: Option<Uuid>,
    cluster_id: Option<Uuid>,
) -> Result<(), Problem> {
    let own = match (ctx.who.officer_of(), launched_by) {
        (_, Launcher::PrimeMinister) => return ctx.may(Action::LaunchCampaign),
        (None, _) => false,
        (Some(own), Launcher::Province) => province_id == Some(own),
        (Some(own), Launcher::Cluster) => match cluster_id {
            Some(cluster_id) => heads(db, cluster_id, own).await?,
            None => false,
        },
    };
    ctx.may(Action::LaunchOwnCampaign(Tie { own, ..Tie::default() }))
}

/// Whether the province is head of the cluster's latest cycle that is not closed.
async fn heads(db: &impl ConnectionTrait, cluster_id: Uuid, province_id: Uuid) -> Result<bool, Problem> {
    let present = cycle::Entity::find()
        .filter(cycle::Column::ClusterId.eq(cluster_id))
        .filter(cycle::Column::State.ne(CycleState::Closed))
        .order_by_desc(cycle::Column::Year)
        .one(db)
        .await?;
    let Some(present) = present else { return Ok(false) };
    let seats = membership::Entity::find()
        .filter(membership::Column::CycleId.eq(present.id))
        .filter(membership::Column::ProvinceId.eq(province_id))
        .filter(membership::Column::Role.eq(MemberRole::Head))
        .count(db)
        .await?;
    Ok(seats > 0)
}

/// Checks that whoever launches it exists, a province on the very day.
pub(super) async fn exists(
    db: &impl ConnectionTrait,
    province_id: Option<Uuid>,
    cluster_id: Option<Uuid>,
    launched_on: chrono::NaiveDate,
) -> Result<(), Problem> {
    if let Some(id) = province_id {
        let province = province::Entity::find_by_id(id).one(db).await?.ok_or_else(|| {
            let message = Phrase::new("no such province", "không có tỉnh, thành phố này");
            Problem::fault("/province_id", "unknown_reference", message)
        })?;
        if let Some(fault) = absent(province.valid_from, province.valid_to, launched_on) {
            return Err(Problem::invalid(vec![fault]));
        }
    }
    if let Some(id) = cluster_id
        && cluster::Entity::find_by_id(id).count(db).await? == 0
    {
        let message = Phrase::new("no such cluster", "không có cụm thi đua này");
        return Err(Problem::fault("/cluster_id", "unknown_reference", message));
    }
    Ok(())
}
