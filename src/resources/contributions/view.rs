//! A contribution as it is shown: with its shares and what they come to.

use std::collections::HashMap;

use entity::{contribution, contribution_share};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    dto::{Contribution, ContributionExpand},
    shares::ContributionShare,
};
use crate::{
    domain::contribution::{Share, totals},
    http::brief,
    problem::Problem,
};

/// Many contributions, each with its shares. A constant number of statements, however many there are.
pub(super) async fn views(
    db: &impl ConnectionTrait,
    rows: Vec<contribution::Model>,
    expand: &[ContributionExpand],
) -> Result<Vec<Contribution>, Problem> {
    let mut shares = shares(db, rows.iter().map(|row| row.id)).await?;
    let hosts = if expand.contains(&ContributionExpand::HostProvince) {
        brief::provinces(db, rows.iter().map(|row| row.host_province_id)).await?
    } else {
        HashMap::new()
    };
    let shown = rows.into_iter().map(|row| {
        let shares = shares.remove(&row.id).unwrap_or_default();
        let totals = totals(shares.iter().map(share_of))?;
        let host_province = hosts.get(&row.host_province_id).cloned();
        let shares = shares.into_iter().map(ContributionShare::from).collect();
        Ok(Contribution { host_province, ..Contribution::new(row, shares, totals) })
    });
    shown.collect()
}

/// One contribution.
pub(super) async fn view(
    db: &impl ConnectionTrait,
    row: contribution::Model,
    expand: &[ContributionExpand],
) -> Result<Contribution, Problem> {
    let found = views(db, vec![row], expand).await?.pop();
    found.ok_or_else(|| Problem::internal("a contribution was lost on its way to the reader"))
}

/// The shares of each contribution, in the order in which they were recorded.
pub(super) async fn shares(
    db: &impl ConnectionTrait,
    contributions: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<contribution_share::Model>>, Problem> {
    let rows = contribution_share::Entity::find()
        .filter(contribution_share::Column::ContributionId.is_in(contributions))
        .order_by_asc(contribution_share::Column::Id)
        .all(db)
        .await?;
    let mut found: HashMap<Uuid, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.contribution_id).or_default().push(row);
    }
    Ok(found)
}

/// What the rules need of a row.
pub(super) fn share_of(row: &contribution_share::Model) -> Share {
    let contribution_share::Model { pledged_amount, paid_amount, paid_on, goods, .. } = row;
    Share { pledged_amount: *pledged_amount, paid_amount: *paid_amount, paid_on: *paid_on, goods: goods.is_some() }
}
