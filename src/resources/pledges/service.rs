//! What can be done with pledges. One function is one use case is one transaction.

use chrono::SubsecRound;
use entity::{
    cycle, membership, pledge, pledge_amendment, province, target,
    vocab::{PledgeState, Stage},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    amendment::{AmendmentFilter, AmendmentSort},
    dto::{NewPledge, PledgeExpand, PledgeFilter, PledgePatch, PledgeSort, Signature},
    view::{View, view, views},
};
use crate::{
    db,
    domain::{
        deadline::Due,
        phrase::Phrase,
        pledge as rules,
        pledge::{Event, Write},
        policy::{Action, Tie},
        refusal::unless_blocked,
    },
    http::{
        self, Ctx, IfMatch, Page, PageQuery,
        sight::{self, SeenPledge},
    },
    journal::{self, Change},
    problem::Problem,
    results::Deadlines,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &PledgeFilter) -> Result<Page<View>, Problem> {
    use pledge::Column::{CycleId, ProvinceId, State};
    let mut select = pledge::Entity::find().filter(sight::visible_pledges(ctx.who));
    if let Some(ids) = &filter.cycle_id {
        select = select.filter(CycleId.is_in(ids.0.iter().copied()));
    }
    if let Some(ids) = &filter.province_id {
        select = select.filter(ProvinceId.is_in(ids.0.iter().copied()));
    }
    if filter.cluster_id.is_some() || filter.year.is_some() {
        let mut cycles = cycle::Entity::find().select_only().column(cycle::Column::Id);
        if let Some(ids) = &filter.cluster_id {
            cycles = cycles.filter(cycle::Column::ClusterId.is_in(ids.0.iter().copied()));
        }
        if let Some(years) = &filter.year {
            cycles = cycles.filter(cycle::Column::Year.is_in(years.0.iter().copied()));
        }
        select = select.filter(CycleId.in_subquery(cycles.into_query()));
    }
    if let Some(states) = &filter.state {
        select = select.filter(State.is_in(states.0.iter().copied()));
    }
    let db = ctx.db.reader();
    let found = http::page::<PledgeSort>(db, select, filter.sort.as_ref(), page).await?;
    let expand = filter.expand.as_ref().map_or(&[][..], |expand| &expand.0);
    Ok(Page { data: views(ctx, db, found.data, expand).await?, page: found.page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, expand: &[PledgeExpand]) -> Result<View, Problem> {
    let db = ctx.db.reader();
    let seen = sight::visible_pledge(ctx, db, id).await?;
    view(ctx, db, seen, expand).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewPledge) -> Result<View, Problem> {
    ctx.may(Action::BeginPledge(Tie::default().to_province(ctx.who, new.province_id)))?;
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_cycle(ctx, tx, new.cycle_id).await;
        let (cycle, tie) = seen.map_err(|problem| problem.of_reference("/cycle_id"))?;
        require_member(tx, new).await?;
        rules::may_create(cycle.state)?;
        let twins = pledge::Entity::find()
            .filter(pledge::Column::CycleId.eq(new.cycle_id))
            .filter(pledge::Column::ProvinceId.eq(new.province_id));
        if twins.count(tx).await? > 0 {
            let detail = Phrase::new(
                "the province has a pledge in this cycle already",
                "tỉnh đã có giao ước thi đua trong năm thi đua này",
            );
            return Err(Problem::conflict(detail));
        }
        let NewPledge { cycle_id, province_id, text, signatory_name, signatory_title, signed_place, certainty } =
            new.clone();
        let row = pledge::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle_id),
            province_id: Set(province_id),
            text: Set(text),
            signatory_name: Set(signatory_name),
            signatory_title: Set(signatory_title),
            signed_at: Set(None),
            signed_place: Set(signed_place),
            state: Set(PledgeState::Draft),
            concluded_at: Set(None),
            certainty: Set(certainty),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = pledge::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("pledge.create", "pledge", row.id, row.version);
        journal::record(tx, ctx, change.in_cycle(row.cycle_id).after(&row)?).await?;
        let tie = sight::pledge_tie(ctx.who, tie, &row);
        view(ctx, tx, SeenPledge { pledge: row, cycle, tie }, &[]).await
    })
    .await
}

pub(super) async fn update(ctx: &Ctx, id: Uuid, seen: &IfMatch, patch: &PledgePatch) -> Result<View, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        rules::may_write(Write::Text, found.pledge.state, found.cycle.state)?;
        let PledgePatch { text, signatory_name, signatory_title, signed_place, certainty } = patch.clone();
        let before = &found.pledge;
        let after = pledge::Model {
            text: text.unwrap_or_else(|| before.text.clone()),
            signatory_name: signatory_name.over(before.signatory_name.clone()),
            signatory_title: signatory_title.over(before.signatory_title.clone()),
            signed_place: signed_place.over(before.signed_place.clone()),
            certainty: certainty.unwrap_or(before.certainty),
            ..before.clone()
        };
        store(ctx, tx, found, after, "pledge.update").await
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let SeenPledge { pledge, cycle, .. } = writable(ctx, tx, id, seen).await?;
        rules::may_write(Write::Text, pledge.state, cycle.state)?;
        let targets = target::Entity::find().filter(target::Column::PledgeId.eq(id)).all(tx).await?;
        let gone = pledge::Entity::delete_by_id(id).filter(pledge::Column::Version.eq(pledge.version)).exec(tx).await?;
        if gone.rows_affected == 0 {
            return Err(Problem::stale());
        }
        let mut changes = vec![Change::new("pledge.delete", "pledge", id, pledge.version).before(&pledge)?];
        for target in &targets {
            changes.push(Change::new("target.delete", "target", target.id, target.version).before(target)?);
        }
        let changes = changes.into_iter().map(|change| change.in_cycle(cycle.id)).collect();
        journal::record_all(tx, ctx, changes).await
    })
    .await
}

pub(super) async fn sign(ctx: &Ctx, id: Uuid, seen: &IfMatch, signature: &Signature) -> Result<View, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let state = rules::next(found.pledge.state, Event::Sign, found.cycle.state)?;
        let due = Deadlines::load(tx, [found.cycle.id]).await?;
        let due = due.due(found.cycle.id, Stage::Pledge, found.pledge.province_id);
        unless_blocked(Due::blockers(due, ctx.now))?;
        let Signature { signatory_name, signatory_title, signed_at, signed_place } = signature.clone();
        let before = found.pledge.clone();
        let after = pledge::Model {
            signatory_name: signatory_name.or(before.signatory_name),
            signatory_title: signatory_title.or(before.signatory_title),
            signed_place: signed_place.or(before.signed_place),
            signed_at: Some(signed_at.trunc_subsecs(6)),
            state,
            ..found.pledge.clone()
        };
        complete(ctx, &after)?;
        store(ctx, tx, found, after, "pledge.sign").await
    })
    .await
}

pub(super) async fn conclude(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<View, Problem> {
    db::write(&ctx.db, async |tx| {
        let found = writable(ctx, tx, id, seen).await?;
        let state = rules::next(found.pledge.state, Event::Conclude, found.cycle.state)?;
        let after = pledge::Model { state, concluded_at: Some(ctx.now), ..found.pledge.clone() };
        store(ctx, tx, found, after, "pledge.conclude").await
    })
    .await
}

pub(super) async fn amendments(
    ctx: &Ctx,
    id: Uuid,
    page: &PageQuery,
    filter: &AmendmentFilter,
) -> Result<Page<pledge_amendment::Model>, Problem> {
    let db = ctx.db.reader();
    sight::visible_pledge(ctx, db, id).await?;
    let select = pledge_amendment::Entity::find().filter(pledge_amendment::Column::PledgeId.eq(id));
    http::page::<AmendmentSort>(db, select, filter.sort.as_ref(), page).await
}

/// The pledge, if the caller may write it and has seen its present version.
pub(super) async fn writable(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    id: Uuid,
    seen: &IfMatch,
) -> Result<SeenPledge, Problem> {
    let found = sight::visible_pledge(ctx, tx, id).await?;
    ctx.may(Action::WritePledge(found.tie))?;
    seen.allows(found.pledge.version)?;
    Ok(found)
}

/// Goes on only with all that a signature needs.
pub(super) fn complete(ctx: &Ctx, pledge: &pledge::Model) -> Result<(), Problem> {
    let signature = rules::Signature {
        text: &pledge.text,
        signatory_name: pledge.signatory_name.as_deref(),
        signatory_title: pledge.signatory_title.as_deref(),
        signed_place: pledge.signed_place.as_deref(),
        signed_at: pledge.signed_at,
    };
    Ok(unless_blocked(rules::sign_blockers(pledge.id, &signature, ctx.now))?)
}

/// Stores what became of a pledge as its next version, with its entry in the journal.
pub(super) async fn store(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    found: SeenPledge,
    after: pledge::Model,
    action: &str,
) -> Result<View, Problem> {
    let SeenPledge { pledge: before, cycle, tie } = found;
    let after = pledge::Model { version: before.version + 1, updated_at: ctx.now, ..after };
    let saved = pledge::Entity::update(after.into_active_model().reset_all())
        .validate()?
        .filter(pledge::Column::Version.eq(before.version))
        .exec(tx)
        .await?;
    let change = Change::new(action, "pledge", saved.id, saved.version).in_cycle(cycle.id);
    journal::record(tx, ctx, change.before(&before)?.after(&saved)?).await?;
    let tie = sight::pledge_tie(ctx.who, tie, &saved);
    view(ctx, tx, SeenPledge { pledge: saved, cycle, tie }, &[]).await
}

async fn require_member(tx: &impl ConnectionTrait, new: &NewPledge) -> Result<(), Problem> {
    let membership = membership::Entity::find()
        .filter(membership::Column::CycleId.eq(new.cycle_id))
        .filter(membership::Column::ProvinceId.eq(new.province_id));
    if membership.count(tx).await? > 0 {
        return Ok(());
    }
    if province::Entity::find_by_id(new.province_id).count(tx).await? == 0 {
        return Err(Problem::unknown_reference("/province_id"));
    }
    let message =
        Phrase::new("the province is no member of the cycle", "tỉnh không phải là thành viên của năm thi đua này");
    Err(Problem::fault("/province_id", "not_a_member", message))
}
