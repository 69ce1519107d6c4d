//! Provinces and whom they followed.

use std::collections::{BTreeSet, HashMap};

use entity::{province_event, province_succession};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::{
    domain::lineage::{self, Ancestor, Link},
    problem::Problem,
};

/// Who followed whom in the whole country: a few hundred rows, read whole and walked here.
pub struct Family {
    links: Vec<Link>,
    pub events: HashMap<Uuid, province_event::Model>,
}

impl Family {
    /// One statement.
    pub async fn load(db: &impl ConnectionTrait) -> Result<Self, Problem> {
        let rows = province_succession::Entity::find().find_also_related(province_event::Entity).all(db).await?;
        let (mut links, mut events) = (vec![], HashMap::new());
        for (row, event) in rows {
            let event = event.ok_or_else(|| Problem::internal("a succession without its event"))?;
            links.push(Link {
                on: event.effective_on,
                event_id: event.id,
                predecessor_id: row.predecessor_id,
                successor_id: row.successor_id,
            });
            events.insert(event.id, event);
        }
        Ok(Self { links, events })
    }

    pub fn ancestors(&self, province_id: Uuid) -> Vec<Ancestor> {
        lineage::ancestors(province_id, &self.links)
    }

    /// Who followed the province at once.
    pub fn successors(&self, province_id: Uuid) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(move |link| link.predecessor_id == province_id)
    }

    /// The provinces with all whom they followed, each once.
    pub fn widened(&self, ids: &[Uuid]) -> BTreeSet<Uuid> {
        let ancestors = ids.iter().flat_map(|id| self.ancestors(*id)).map(|one| one.province_id);
        ids.iter().copied().chain(ancestors).collect()
    }
}

/// The provinces a filter asks for, and through mergers all whom they followed: one statement, or none.
pub async fn asked(
    db: &impl ConnectionTrait,
    ids: Option<&[Uuid]>,
    through_mergers: bool,
) -> Result<Option<BTreeSet<Uuid>>, Problem> {
    match ids {
        Some(ids) if through_mergers => Ok(Some(Family::load(db).await?.widened(ids))),
        ids => Ok(ids.map(|ids| ids.iter().copied().collect())),
    }
}
