//! What can be done with nominations. One function is one use case is one transaction.

use std::collections::HashMap;

use entity::{
    award_type, cycle, nomination,
    vocab::{NominationState, NomineeKind},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{
    dto::{
        Embedded, Insight, NewNomination, Nomination, NominationFilter, NominationPatch, NominationRelation,
        NominationSort, NominationView,
    },
    papers::{Papers, papers, papers_of},
    scene::{Scene, scenes},
    taken,
};
use crate::{
    db,
    domain::{
        achievement::{self, Twin},
        nomination::{self as rules, Proposal},
        nominee::{self, Named},
        policy::{self, Action},
        refusal::unless_faulty,
    },
    http::{
        self, Csv, Ctx, IfMatch, Page, PageQuery,
        brief::{self, AwardTypeBrief},
        sight,
    },
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &NominationFilter) -> Result<Page<Nomination>, Problem> {
    let db = ctx.db.reader();
    let select = nomination::Entity::find().filter(sight::visible_nominations(ctx.who)).filter(wanted(filter));
    let Page { data, page } = http::page::<NominationSort>(db, select, filter.sort.as_ref(), page).await?;
    let expand = filter.expand.as_ref();
    let places: Vec<_> = data.iter().map(|row| (row.cycle_id, row.province_id)).collect();
    let scenes = scenes(ctx, db, &places).await?;
    let papers = papers(db, &data).await?;
    let award_types = award_types(db, &data, expand).await?;
    let show = |row: nomination::Model| {
        let scene = scenes.get(&(row.cycle_id, row.province_id))?;
        let papers = papers.get(&row.id)?;
        Some(shown(ctx, row, (scene, papers), &award_types, expand))
    };
    Ok(Page { data: data.into_iter().filter_map(show).collect(), page })
}

pub(super) async fn get(ctx: &Ctx, id: Uuid, view: &NominationView) -> Result<Nomination, Problem> {
    let db = ctx.db.reader();
    let (row, scene, papers) = require(ctx, db, id).await?;
    let award_types = award_types(db, std::slice::from_ref(&row), view.expand.as_ref()).await?;
    Ok(shown(ctx, row, (&scene, &papers), &award_types, view.expand.as_ref()))
}

pub(super) async fn create(ctx: &Ctx, new: &NewNomination) -> Result<Nomination, Problem> {
    db::write(&ctx.db, async |tx| {
        let place = (new.cycle_id, new.province_id);
        let scene = scenes(ctx, tx, &[place]).await?.remove(&place);
        let Some(scene) = scene.filter(|scene| ctx.may(Action::ReadCycle(scene.tie)).is_ok()) else {
            return Err(Problem::unknown_reference("/cycle_id"));
        };
        ctx.may(match new.nominee_kind {
            NomineeKind::Province => Action::ProposeNomination(scene.tie),
            NomineeKind::Collective | NomineeKind::Person => Action::ProposeNominee(scene.tie),
        })?;
        rules::may_propose(scene.cycle.state)?;
        let award_type = award_type::Entity::find_by_id(new.award_type_id).one(tx).await?;
        let award_type = award_type.ok_or_else(|| Problem::unknown_reference("/award_type_id"))?;
        if scene.province.is_none() {
            return Err(Problem::unknown_reference("/province_id"));
        }
        let (named, achievement) = (new.named(), new.achievement());
        rules::check_proposal(&Proposal {
            member: scene.nominee.as_ref(),
            named,
            achievement,
            recipient_kinds: &award_type.kinds(),
            reason: &new.reason,
        })?;
        let achievement_key = achievement::key(achievement, scene.cycle.year);
        let nominee_key = nominee::key(named);
        let others = taken::of_achievement(tx, new.province_id, &nominee_key, &achievement_key).await?;
        let twins = others.iter().map(|(_, other)| Twin {
            nominee: new.nominee_kind,
            same_award: other.id == award_type.id,
            categories: [other.category, award_type.category],
        });
        achievement::once(&twins.collect::<Vec<_>>())?;
        taken::room(tx, new.cycle_id, new.award_type_id).await?;
        let ranked = new.nominee_kind == NomineeKind::Province;
        let row = nomination::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(new.cycle_id),
            province_id: Set(new.province_id),
            nominee_kind: Set(new.nominee_kind),
            nominee_name: Set(new.nominee_name.clone()),
            nominee_position: Set(new.nominee_position.clone()),
            nominee_key: Set(nominee_key),
            achievement_kind: Set(new.achievement_kind),
            achievement: Set(new.achievement.clone()),
            achievement_key: Set(achievement_key),
            award_type_id: Set(new.award_type_id),
            ranking_id: Set(scene.ranking_id.filter(|_| ranked)),
            place: Set(scene.nominee.as_ref().filter(|_| ranked).and_then(|nominee| nominee.place)),
            reason: Set(new.reason.clone()),
            state: Set(NominationState::Proposed),
            state_reason: Set(None),
            held_from: Set(None),
            hold_ground: Set(None),
            submitted_at: Set(None),
            appraisal_opinion: Set(None),
            appraised_at: Set(None),
            public_comment_from: Set(None),
            public_comment_until: Set(None),
            closed_at: Set(None),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = nomination::Entity::insert(row).exec_with_returning(tx).await?;
        let change = Change::new("nomination.propose", "nomination", row.id, row.version).in_cycle(row.cycle_id);
        journal::record(tx, ctx, change.after(&row)?).await?;
        let papers = papers_of(tx, &row).await?;
        Ok(bare(ctx, row, &scene, &papers))
    })
    .await
}

pub(super) async fn update(
    ctx: &Ctx,
    id: Uuid,
    seen: &IfMatch,
    patch: &NominationPatch,
) -> Result<Nomination, Problem> {
    db::write(&ctx.db, async |tx| {
        let (found, scene, papers) = require(ctx, tx, id).await?;
        let tie = scene.tie_to(ctx, &found);
        ctx.may(match found.nominee_kind {
            NomineeKind::Province => Action::EditNomination(tie),
            NomineeKind::Collective | NomineeKind::Person => Action::CareForNominee(tie),
        })?;
        seen.allows(found.version)?;
        rules::may_edit(found.state, scene.cycle.state)?;
        if let Some(reason) = &patch.reason {
            unless_faulty(rules::reason_fault(reason, named(&found)).into_iter().collect())?;
        }
        let mut row = found.clone().into_active_model();
        row.reason = Set(patch.reason.clone().unwrap_or_else(|| found.reason.clone()));
        let saved = store(ctx, tx, "nomination.update", &found, row).await?;
        Ok(bare(ctx, saved, &scene, &papers))
    })
    .await
}

/// Stores what changed as the next version, unless somebody was faster.
pub(super) async fn store(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    action: &str,
    found: &nomination::Model,
    mut row: nomination::ActiveModel,
) -> Result<nomination::Model, Problem> {
    row.version = Set(found.version + 1);
    row.updated_at = Set(ctx.now);
    let saved = nomination::Entity::update(row)
        .validate()?
        .filter(nomination::Column::Version.eq(found.version))
        .exec(tx)
        .await?;
    let change = Change::new(action, "nomination", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    Ok(saved)
}

/// A nomination the caller may see, and what surrounds it.
pub(super) async fn require(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(nomination::Model, Scene, Papers), Problem> {
    let row = nomination::Entity::find_by_id(id).one(db).await?.ok_or_else(Problem::not_found)?;
    let scene = Scene::of(ctx, db, &row).await?;
    ctx.may(Action::ReadNomination(scene.tie_to(ctx, &row)))?;
    let papers = papers_of(db, &row).await?;
    Ok((row, scene, papers))
}

fn wanted(filter: &NominationFilter) -> Condition {
    use nomination::Column;
    Condition::all()
        .add_option(filter.cycle_id.as_ref().map(|Csv(ids)| Column::CycleId.is_in(ids.iter().copied())))
        .add_option(filter.province_id.as_ref().map(|Csv(ids)| Column::ProvinceId.is_in(ids.iter().copied())))
        .add_option(filter.award_type_id.as_ref().map(|Csv(ids)| Column::AwardTypeId.is_in(ids.iter().copied())))
        .add_option(filter.nominee_kind.as_ref().map(|Csv(kinds)| Column::NomineeKind.is_in(kinds.iter().copied())))
        .add_option(
            filter.achievement_kind.as_ref().map(|Csv(kinds)| Column::AchievementKind.is_in(kinds.iter().copied())),
        )
        .add_option(filter.state.as_ref().map(|Csv(states)| Column::State.is_in(states.iter().copied())))
        .add_option(
            filter.cluster_id.as_ref().map(|Csv(ids)| {
                Column::CycleId.in_subquery(cycles(cycle::Column::ClusterId.is_in(ids.iter().copied())))
            }),
        )
        .add_option(
            filter.year.as_ref().map(|Csv(years)| {
                Column::CycleId.in_subquery(cycles(cycle::Column::Year.is_in(years.iter().copied())))
            }),
        )
}

/// Ids of the cycles that fit.
fn cycles(fitting: impl sea_orm::sea_query::IntoCondition) -> SelectStatement {
    cycle::Entity::find().select_only().column(cycle::Column::Id).filter(fitting).into_query()
}

/// The award types to embed: one statement, or none.
async fn award_types(
    db: &impl ConnectionTrait,
    rows: &[nomination::Model],
    expand: Option<&Csv<NominationRelation>>,
) -> Result<HashMap<Uuid, AwardTypeBrief>, Problem> {
    if rows.is_empty() || !wants(expand, NominationRelation::AwardType) {
        return Ok(HashMap::new());
    }
    brief::award_types(db, rows.iter().map(|row| row.award_type_id)).await
}

fn wants(expand: Option<&Csv<NominationRelation>>, relation: NominationRelation) -> bool {
    expand.is_some_and(|Csv(relations)| relations.contains(&relation))
}

/// A row as the caller sees it.
fn shown(
    ctx: &Ctx,
    row: nomination::Model,
    (scene, papers): (&Scene, &Papers),
    award_types: &HashMap<Uuid, AwardTypeBrief>,
    expand: Option<&Csv<NominationRelation>>,
) -> Nomination {
    let embedded = Embedded {
        province: scene.province.clone().filter(|_| wants(expand, NominationRelation::Province)),
        award_type: award_types.get(&row.award_type_id).cloned(),
        cycle: wants(expand, NominationRelation::Cycle).then(|| scene.cycle.clone().into()),
    };
    let actions = scene.actions(ctx, &row, papers);
    let tie = scene.tie_to(ctx, &row);
    let insight = Insight {
        course: policy::allows(ctx.who, Action::ReadNomination(tie.sharing(false))),
        opinion: policy::allows(ctx.who, Action::ReadDossier(tie)),
    };
    Nomination::new(row, insight, actions, embedded)
}

pub(super) fn bare(ctx: &Ctx, row: nomination::Model, scene: &Scene, papers: &Papers) -> Nomination {
    shown(ctx, row, (scene, papers), &HashMap::new(), None)
}

/// The nominee as the rules see it.
fn named(row: &nomination::Model) -> Named<'_> {
    Named { kind: row.nominee_kind, name: row.nominee_name.as_deref(), position: row.nominee_position.as_deref() }
}
