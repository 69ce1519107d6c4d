//! Clusters, their years, and who belonged to them.

use std::collections::{HashMap, HashSet};

use entity::{cluster, cycle, membership, vocab::CycleState};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{
    provinces::Units,
    shelf::{FIRST, Shelf, entry},
};
use crate::{
    domain::text,
    problem::Problem,
    reference::{Cluster, Cycle},
};

/// The clusters by code.
pub(super) type Clusters = HashMap<String, cluster::Model>;

pub(super) async fn clusters(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    clusters: &[Cluster],
) -> Result<Clusters, Problem> {
    let found = cluster::Entity::find().all(shelf.tx).await?;
    let mut known: Clusters = found.into_iter().map(|row| (row.code.clone(), row)).collect();
    let now = shelf.now();
    let rows: Vec<_> = clusters
        .iter()
        .filter(|it| !known.contains_key(&it.code))
        .map(|it| cluster::Model {
            id: Uuid::now_v7(),
            code: it.code.clone(),
            name: it.name.clone(),
            name_en: it.name_en.clone(),
            overseer_name: None,
            overseer_title: None,
            name_key: text::sort_key(&it.name),
            search_text: text::search_text(&[&it.name, &it.name_en, &it.code]),
            version: FIRST,
            created_at: now,
            updated_at: now,
        })
        .collect();
    known.extend(rows.iter().map(|row| (row.code.clone(), row.clone())));
    shelf.put::<cluster::Entity>(rows, |row| entry("cluster", row.id).after(row)).await?;
    Ok(known)
}

/// The years come as drafts: who led most of them is not known. A year that exists already keeps its members.
pub(super) async fn cycles(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    cycles: &[Cycle],
    clusters: &Clusters,
    units: &Units,
) -> Result<(), Problem> {
    let known: HashSet<_> =
        cycle::Entity::find().all(shelf.tx).await?.into_iter().map(|row| (row.cluster_id, row.year)).collect();
    let taken: HashSet<_> =
        membership::Entity::find().all(shelf.tx).await?.into_iter().map(|row| (row.province_id, row.year)).collect();
    let now = shelf.now();
    let mut rows = Vec::new();
    let mut members = Vec::new();
    for it in cycles {
        let Some(cluster) = clusters.get(&it.cluster_code).filter(|cluster| !known.contains(&(cluster.id, it.year)))
        else {
            continue;
        };
        let cycle_id = Uuid::now_v7();
        rows.push(cycle::Model {
            id: cycle_id,
            cluster_id: cluster.id,
            year: it.year,
            title: format!("{} năm {}", cluster.name, it.year),
            state: CycleState::Draft,
            interrupted_from: None,
            state_reason: None,
            conference_on: None,
            conference_place: None,
            launched_at: None,
            finalized_at: None,
            published_at: None,
            closed_at: None,
            certainty: it.certainty(),
            version: FIRST,
            created_at: now,
            updated_at: now,
        });
        let free = it.members.iter().filter_map(|member| Some((member, *units.get(&member.province)?)));
        let free = free.filter(|(_, province_id)| !taken.contains(&(*province_id, it.year)));
        members.extend(free.map(|(member, province_id)| membership::Model {
            id: Uuid::now_v7(),
            cycle_id,
            year: it.year,
            province_id,
            role: member.role,
            deputy_rank: member.deputy_rank,
            certainty: member.certainty,
            excluded_reason: None,
            excluded_at: None,
            version: FIRST,
            created_at: now,
            updated_at: now,
        }));
    }
    shelf.put::<cycle::Entity>(rows, |row| entry("cycle", row.id).in_cycle(row.id).after(row)).await?;
    shelf.put::<membership::Entity>(members, |row| entry("membership", row.id).in_cycle(row.cycle_id).after(row)).await
}
