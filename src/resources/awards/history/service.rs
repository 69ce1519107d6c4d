//! How the award history of a province is read.

use std::collections::{BTreeSet, HashMap};

use entity::{award, province};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    Award, AwardSort,
    dto::{HistoricAward, HistoryFilter, Passage},
    shown,
};
use crate::{
    domain::{lineage::Ancestor, policy::Action},
    http::{
        self, Csv, Ctx, Page, PageQuery,
        brief::{self, ProvinceBrief},
    },
    problem::Problem,
    results::Family,
};

/// A page, and what stands beside it.
pub(super) struct History {
    pub(super) province: ProvinceBrief,
    pub(super) succeeded: Option<Passage>,
    pub(super) awards: Page<HistoricAward>,
}

/// Five statements and one for each relation that is embedded, however long the history.
pub(super) async fn read(ctx: &Ctx, id: Uuid, page: &PageQuery, filter: &HistoryFilter) -> Result<History, Problem> {
    ctx.may(Action::ReadOpen)?;
    let db = ctx.db.reader();
    let province = province::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let family = Family::load(db).await?;
    let ancestors: HashMap<Uuid, Ancestor> =
        family.ancestors(id).into_iter().map(|one| (one.province_id, one)).collect();
    let followers: BTreeSet<Uuid> = family.successors(id).map(|link| link.successor_id).collect();

    let recipients: BTreeSet<Uuid> = ancestors.keys().copied().chain([id]).collect();
    let each = recipients.iter().map(|id| Condition::all().add(award::Column::ProvinceId.eq(*id))).collect();
    let states = filter.state.as_ref().map(|Csv(states)| award::Column::State.is_in(states.iter().copied()));
    let select = award::Entity::find().filter(Condition::all().add_option(states));
    let Page { data, page } = http::page_of_parts::<AwardSort>(db, select, each, None, page).await?;
    let awards = shown(ctx, db, data, filter.expand.as_ref()).await?;

    let into = ancestors.values().flat_map(|one| one.into.iter().copied());
    let provinces =
        brief::provinces(db, recipients.iter().copied().chain(into).chain(followers.iter().copied())).await?;
    let passage = |event_id: Uuid, into: &mut dyn Iterator<Item = Uuid>| {
        let event = family.events.get(&event_id)?;
        Some(Passage {
            event_id,
            kind: event.kind,
            effective_on: event.effective_on,
            legal_act: event.legal_act.clone(),
            into: into.filter_map(|id| provinces.get(&id).cloned()).collect(),
        })
    };
    let entry = |award: Award| {
        let through = ancestors.get(&award.province_id);
        Some(HistoricAward {
            recipient_province: provinces.get(&award.province_id).cloned()?,
            as_predecessor: through.is_some(),
            through: through.and_then(|one| passage(one.event_id, &mut one.into.iter().copied())),
            award,
        })
    };
    let ended = family.successors(id).map(|link| link.event_id).next();
    Ok(History {
        province: province.into(),
        succeeded: ended.and_then(|event_id| passage(event_id, &mut followers.iter().copied())),
        awards: Page { data: awards.into_iter().filter_map(entry).collect(), page },
    })
}
