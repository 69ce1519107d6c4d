//! Where a province came from and what became of it.

use std::collections::{BTreeSet, HashMap};

use entity::{province, province_event, province_succession};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::dto::{Lineage, Province, Succession};
use crate::{
    domain::{lineage::reached, policy::Action},
    http::Ctx,
    problem::Problem,
};

/// Four statements, however long the history. All successions of the country are a few hundred rows, so they are read
/// whole and walked here.
pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Lineage, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    province::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let links = province_succession::Entity::find().order_by_asc(province_succession::Column::Id).all(db).await?;
    let onward: Vec<_> = links.iter().map(|link| (link.predecessor_id, link.successor_id)).collect();
    let back: Vec<_> = onward.iter().map(|(predecessor, successor)| (*successor, *predecessor)).collect();
    let mut family = reached(id, &onward);
    family.extend(reached(id, &back));
    let within = |link: &&province_succession::Model| {
        family.contains(&link.predecessor_id) && family.contains(&link.successor_id)
    };
    let links: Vec<&province_succession::Model> = links.iter().filter(within).collect();
    let events: BTreeSet<Uuid> = links.iter().map(|link| link.event_id).collect();
    let events = province_event::Entity::find().filter(province_event::Column::Id.is_in(events)).all(db).await?;
    let events: HashMap<Uuid, province_event::Model> = events.into_iter().map(|event| (event.id, event)).collect();
    let rows = province::Entity::find()
        .filter(province::Column::Id.is_in(family.iter().copied()))
        .order_by_asc(province::Column::ValidFrom)
        .order_by_asc(province::Column::NameKey)
        .all(db)
        .await?;
    let successions = links.into_iter().filter_map(|link| {
        events.get(&link.event_id).map(|event| Succession {
            predecessor_id: link.predecessor_id,
            successor_id: link.successor_id,
            event_id: event.id,
            kind: event.kind,
            effective_on: event.effective_on,
            legal_act: event.legal_act.clone(),
        })
    });
    Ok(Lineage {
        province_id: id,
        successions: successions.collect(),
        provinces: rows.into_iter().map(Province::from).collect(),
    })
}
