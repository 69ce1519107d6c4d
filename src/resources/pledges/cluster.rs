//! The cluster's pledge: the pledges of all members of a cycle side by side, and as a paper to be signed.

use std::collections::HashMap;

use entity::{cycle, membership, pledge, pledge_amendment, province, target};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{ClusterPledge, MemberPledge};
use crate::{
    domain::{
        calendar::vietnam_day,
        pledge::is_signed,
        policy::{Action, Tie},
    },
    http::{
        Ctx,
        brief::{self, ClusterBrief},
        sight,
    },
    paper::{Commitment, PledgePaper, Promise, Signature},
    problem::Problem,
};

/// Everything that the paper tells.
struct Gathered {
    cycle: cycle::Model,
    tie: Tie,
    cluster: ClusterBrief,
    members: Vec<(membership::Model, province::Model)>,
    /// By province.
    pledges: HashMap<Uuid, pledge::Model>,
    /// By pledge, the earliest first.
    amendments: HashMap<Uuid, Vec<pledge_amendment::Model>>,
}

pub(super) async fn read(ctx: &Ctx, cycle_id: Uuid) -> Result<ClusterPledge, Problem> {
    let gathered = Gathered::load(ctx, ctx.db.reader(), cycle_id).await?;
    let members: Vec<MemberPledge> =
        gathered.members.iter().map(|(row, province)| gathered.member(ctx, row, province)).collect();
    let signed = members.iter().filter(|member| member.signed).count();
    Ok(ClusterPledge {
        complete: signed == members.len(),
        signed,
        members,
        cluster: gathered.cluster,
        cycle: gathered.cycle.into(),
    })
}

/// The name of the paper, and its bytes.
pub(super) async fn paper(ctx: &Ctx, cycle_id: Uuid) -> Result<(String, Vec<u8>), Problem> {
    let db = ctx.db.reader();
    let gathered = Gathered::load(ctx, db, cycle_id).await?;
    let seen: Vec<Uuid> = gathered.seen(ctx).map(|pledge| pledge.id).collect();
    let mut targets: HashMap<Uuid, Vec<target::Model>> = HashMap::new();
    let rows = target::Entity::find()
        .filter(target::Column::PledgeId.is_in(seen))
        .order_by_asc(target::Column::PledgeId)
        .order_by_asc(target::Column::Position);
    for row in rows.all(db).await? {
        targets.entry(row.pledge_id).or_default().push(row);
    }
    let commitment = |(row, province): &(membership::Model, province::Model)| Commitment {
        province: province.name.clone(),
        promise: gathered.visible(ctx, row.province_id).map(|pledge| {
            let targets = targets.remove(&pledge.id).unwrap_or_default();
            gathered.promise(pledge, targets)
        }),
    };
    let paper = PledgePaper {
        cluster: gathered.cluster.name.clone(),
        year: gathered.cycle.year,
        commitments: gathered.members.iter().map(commitment).collect(),
    };
    let bytes = paper.docx().map_err(Problem::internal)?;
    Ok((format!("giao-uoc-thi-dua-{}.docx", gathered.cycle.year), bytes))
}

impl Gathered {
    /// Seven statements at most, however many members there are.
    async fn load(ctx: &Ctx, db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Self, Problem> {
        let (cycle, tie) = sight::tie(ctx, db, cycle_id).await?;
        ctx.may(Action::ReadClusterPledge(tie))?;
        let members = membership::Entity::find()
            .filter(membership::Column::CycleId.eq(cycle_id))
            .filter(membership::Column::ExcludedAt.is_null())
            .find_also_related(province::Entity)
            .order_by_asc(province::Column::NameKey)
            .order_by_asc(membership::Column::Id)
            .all(db)
            .await?;
        let pledges = pledge::Entity::find().filter(pledge::Column::CycleId.eq(cycle_id)).all(db).await?;
        let mut amendments: HashMap<Uuid, Vec<pledge_amendment::Model>> = HashMap::new();
        let rows = pledge_amendment::Entity::find()
            .filter(pledge_amendment::Column::PledgeId.is_in(pledges.iter().map(|pledge| pledge.id)))
            .order_by_asc(pledge_amendment::Column::Number);
        for row in rows.all(db).await? {
            amendments.entry(row.pledge_id).or_default().push(row);
        }
        let cluster = brief::clusters(db, [cycle.cluster_id]).await?.remove(&cycle.cluster_id);
        Ok(Self {
            cluster: cluster.ok_or_else(|| Problem::internal("a cycle without a cluster"))?,
            cycle,
            tie,
            members: members.into_iter().filter_map(|(row, province)| Some((row, province?))).collect(),
            pledges: pledges.into_iter().map(|row| (row.province_id, row)).collect(),
            amendments,
        })
    }

    /// A member's pledge, if the caller may read it.
    fn visible(&self, ctx: &Ctx, province_id: Uuid) -> Option<&pledge::Model> {
        let pledge = self.pledges.get(&province_id)?;
        let tie = sight::pledge_tie(ctx.who, self.tie, pledge);
        ctx.may(Action::ReadPledge(tie)).ok().map(|()| pledge)
    }

    fn seen(&self, ctx: &Ctx) -> impl Iterator<Item = &pledge::Model> {
        self.members.iter().filter_map(|(row, _)| self.visible(ctx, row.province_id))
    }

    /// Whether a member signed is told to all members; what it pledges only where they may read it.
    fn member(&self, ctx: &Ctx, row: &membership::Model, province: &province::Model) -> MemberPledge {
        let seen = self.visible(ctx, row.province_id);
        let signed = self.pledges.get(&row.province_id).is_some_and(|pledge| is_signed(pledge.state));
        MemberPledge {
            province: province.clone().into(),
            role: row.role,
            deputy_rank: row.deputy_rank,
            signed,
            pledge_id: seen.map(|pledge| pledge.id),
            state: seen.map(|pledge| pledge.state),
            signed_at: seen.and_then(|pledge| pledge.signed_at),
            signed_place: seen.and_then(|pledge| pledge.signed_place.clone()),
            signatory_name: seen.and_then(|pledge| pledge.signatory_name.clone()),
            signatory_title: seen.and_then(|pledge| pledge.signatory_title.clone()),
            text: seen.map(|pledge| pledge.text.clone()),
            amendments: seen.map_or(0, |pledge| self.amendments.get(&pledge.id).map_or(0, Vec::len)),
        }
    }

    fn promise(&self, pledge: &pledge::Model, targets: Vec<target::Model>) -> Promise {
        let signature = is_signed(pledge.state).then(|| Signature {
            title: pledge.signatory_title.clone().unwrap_or_default(),
            name: pledge.signatory_name.clone().unwrap_or_default(),
            on: vietnam_day(pledge.signed_at.unwrap_or(pledge.created_at)),
            place: pledge.signed_place.clone().unwrap_or_default(),
        });
        let amendments = self.amendments.get(&pledge.id).into_iter().flatten();
        Promise {
            text: pledge.text.clone(),
            targets: targets.into_iter().map(|row| (row.name, row.unit, row.target_value)).collect(),
            signature,
            amendments: amendments.map(|row| (vietnam_day(row.amended_at), row.reason.clone())).collect(),
        }
    }
}
