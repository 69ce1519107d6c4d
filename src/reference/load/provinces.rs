//! Provinces, and the events that made them.

use std::collections::{HashMap, HashSet};

use entity::{province, province_event, province_succession};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use super::shelf::{FIRST, Shelf, entry};
use crate::{
    domain::text,
    problem::Problem,
    reference::{Province, ProvinceEvent, ProvinceKey},
};

/// The ids of all provinces of the book.
pub(super) type Units = HashMap<ProvinceKey, Uuid>;

pub(super) async fn provinces(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    provinces: &[Province],
) -> Result<Units, Problem> {
    let found = province::Entity::find().all(shelf.tx).await?;
    let mut units: Units =
        found.into_iter().map(|row| (ProvinceKey { code: row.code, valid_from: row.valid_from }, row.id)).collect();
    let now = shelf.now();
    let missing: Vec<_> = provinces.iter().filter(|it| !units.contains_key(&it.key)).collect();
    let rows: Vec<_> = missing
        .iter()
        .map(|it| province::Model {
            id: Uuid::now_v7(),
            code: it.key.code.clone(),
            name: it.name.clone(),
            name_en: it.name_en.clone(),
            kind: it.kind,
            valid_from: it.key.valid_from,
            valid_to: it.valid_to,
            name_key: text::sort_key(&it.name),
            search_text: text::search_text(&[&it.name, &it.name_en, &it.key.code]),
            version: FIRST,
            created_at: now,
            updated_at: now,
        })
        .collect();
    units.extend(missing.iter().zip(&rows).map(|(it, row)| (it.key.clone(), row.id)));
    shelf.put::<province::Entity>(rows, |row| entry("province", row.id).after(row)).await?;
    Ok(units)
}

/// An event is missing while nothing led to its successors.
pub(super) async fn events(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    events: &[ProvinceEvent],
    units: &Units,
) -> Result<(), Problem> {
    let found = province_succession::Entity::find().all(shelf.tx).await?;
    let begotten: HashSet<Uuid> = found.into_iter().map(|row| row.successor_id).collect();
    let mut rows = Vec::new();
    let mut successions = Vec::new();
    for it in events {
        let ids = |keys: &[ProvinceKey]| keys.iter().filter_map(|key| units.get(key).copied()).collect::<Vec<_>>();
        let (before, after) = (ids(&it.predecessors), ids(&it.successors));
        if after.iter().any(|id| begotten.contains(id)) {
            continue;
        }
        let event_id = Uuid::now_v7();
        rows.push(province_event::Model {
            id: event_id,
            kind: it.kind,
            effective_on: it.effective_on,
            legal_act: it.legal_act.clone(),
            note: None,
            created_at: shelf.now(),
        });
        successions.extend(before.iter().flat_map(|&predecessor_id| {
            after.iter().map(move |&successor_id| province_succession::Model {
                id: Uuid::now_v7(),
                event_id,
                predecessor_id,
                successor_id,
            })
        }));
    }
    let of =
        |event: &province_event::Model| successions.iter().filter(|it| it.event_id == event.id).collect::<Vec<_>>();
    shelf
        .put::<province_event::Entity>(rows, |row| {
            entry("province_event", row.id).after(&json!({ "event": row, "successions": of(row) }))
        })
        .await?;
    shelf.insert::<province_succession::Entity>(successions).await
}
