//! Which member scores whose sheet crosswise: a plan, written as a whole.

use std::collections::HashSet;

use entity::{cycle, membership, peer_assignment};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{PeerAssignment, PeerPlan};
use crate::{
    db,
    domain::{
        cycle::{Change as Between, check_peers, may_change},
        policy::{Action, Tie},
    },
    http::{Ctx, IfMatch, sight},
    journal::{self, Change},
    problem::Problem,
};

/// Rows an insert takes at once, well within what both databases bind.
const BATCH: usize = 500;

/// The plan, for those who are tied to the cycle: a published cycle is public, who scored whom is not.
pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<(i32, PeerPlan), Problem> {
    let db = ctx.db.reader();
    let (cycle, tie) = sight::tie(ctx, db, id).await?;
    ctx.may(Action::ReadCycle(Tie { published: false, ..tie }))?;
    Ok((cycle.version, PeerPlan { peers: plan(db, id).await? }))
}

async fn plan(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Vec<PeerAssignment>, Problem> {
    let rows = peer_assignment::Entity::find()
        .filter(peer_assignment::Column::CycleId.eq(cycle_id))
        .order_by_asc(peer_assignment::Column::Id);
    let pair = |row: peer_assignment::Model| PeerAssignment { province_id: row.province_id, peer_id: row.peer_id };
    Ok(rows.all(db).await?.into_iter().map(pair).collect())
}

/// Replaces the plan as a whole; the same plan again changes nothing.
pub(super) async fn put(ctx: &Ctx, id: Uuid, seen: &IfMatch, new: &PeerPlan) -> Result<(i32, PeerPlan), Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, tie) = sight::visible_cycle(ctx, tx, id).await?;
        ctx.may(Action::AssignAppraisers(tie))?;
        seen.allows(found.version)?;
        may_change(Between::AssignAppraisers, found.state)?;
        let members = membership::Entity::find().filter(membership::Column::CycleId.eq(id)).all(tx).await?;
        let members: HashSet<Uuid> = members.into_iter().map(|member| member.province_id).collect();
        let pairs: Vec<(Uuid, Uuid)> = new.peers.iter().map(|one| (one.province_id, one.peer_id)).collect();
        check_peers(&members, &pairs)?;
        let former = plan(tx, id).await?;
        if former == new.peers {
            return Ok((found.version, PeerPlan { peers: former }));
        }
        peer_assignment::Entity::delete_many().filter(peer_assignment::Column::CycleId.eq(id)).exec(tx).await?;
        for some in pairs.chunks(BATCH) {
            let rows = some.iter().map(|(province_id, peer_id)| peer_assignment::ActiveModel {
                id: Set(Uuid::now_v7()),
                cycle_id: Set(id),
                province_id: Set(*province_id),
                peer_id: Set(*peer_id),
            });
            peer_assignment::Entity::insert_many(rows).exec_without_returning(tx).await?;
        }
        let mut row = found.clone().into_active_model();
        row.version = Set(found.version + 1);
        row.updated_at = Set(ctx.now);
        let guarded = cycle::Entity::update(row).validate()?.filter(cycle::Column::Version.eq(found.version));
        let saved = guarded.exec(tx).await?;
        let change = Change::new("cycle.put_peers", "cycle", id, saved.version).in_cycle(id);
        journal::record(tx, ctx, change.before(&former)?.after(&new.peers)?).await?;
        Ok((saved.version, PeerPlan { peers: new.peers.clone() }))
    })
    .await
}
