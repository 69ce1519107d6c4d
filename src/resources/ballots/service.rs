//! Ballots between their steps: read, prepared, changed, deleted. One function is one use case is one transaction.

use entity::{
    ballot, ballot_candidate, ballot_voter, user_account,
    vocab::{BallotState, Role},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    dto::{Ballot, BallotFilter, BallotPatch, BallotSort, NewBallot},
    scene::Scene,
    subject,
};
use crate::{
    db,
    domain::{
        ballot::{BallotRules, may_edit, may_hold},
        phrase::Phrase,
        policy::Action,
        refusal::{Fault, unless_faulty},
    },
    http::{self, Csv, Ctx, IfMatch, Page, PageQuery, sight},
    journal::{self, Change},
    problem::Problem,
};

pub(super) async fn list(ctx: &Ctx, page: &PageQuery, filter: &BallotFilter) -> Result<Page<Ballot>, Problem> {
    use ballot::Column;
    let of = |column: Column| move |Csv(ids): &Csv<Uuid>| column.is_in(ids.iter().copied());
    let wanted = Condition::all()
        .add_option(filter.cycle_id.as_ref().map(of(Column::CycleId)))
        .add_option(filter.nomination_id.as_ref().map(of(Column::NominationId)))
        .add_option(filter.kind.as_ref().map(|Csv(kinds)| Column::Kind.is_in(kinds.iter().copied())))
        .add_option(filter.state.as_ref().map(|Csv(states)| Column::State.is_in(states.iter().copied())));
    let select = ballot::Entity::find().filter(visible(ctx)).filter(wanted);
    let Page { data, page } = http::page::<BallotSort>(ctx.db.reader(), select, filter.sort.as_ref(), page).await?;
    let shown = data.into_iter().map(|row| Ballot::new(row, ctx.language));
    Ok(Page { data: shown.collect::<Result<_, Problem>>()?, page })
}

/// `ReadBallot` as SQL.
fn visible(ctx: &Ctx) -> Condition {
    if ctx.who.sees_all() {
        return Condition::all();
    }
    let nobody = Condition::any().add(ballot::Column::Id.is_null());
    let Some(province_id) = ctx.who.officer_of() else { return nobody };
    let announced = Condition::all()
        .add(ballot::Column::CycleId.in_subquery(sight::cycles_of_member(province_id)))
        .add(ballot::Column::State.ne(BallotState::Draft));
    nobody.add(announced).add(ballot::Column::CycleId.in_subquery(sight::cycles_of_head(province_id)))
}

pub(super) async fn get(ctx: &Ctx, id: Uuid) -> Result<Ballot, Problem> {
    let db = ctx.db.reader();
    Scene::require(ctx, db, id).await?.represent(ctx, db).await
}

pub(super) async fn create(ctx: &Ctx, new: &NewBallot) -> Result<Ballot, Problem> {
    db::write(&ctx.db, async |tx| {
        let seen = sight::visible_cycle(ctx, tx, new.cycle_id).await;
        let (cycle, tie) = seen.map_err(|problem| problem.of_reference("/cycle_id"))?;
        ctx.may(Action::RunBallot(tie))?;
        may_hold(new.subject.kind(), cycle.state)?;
        unless_faulty(new.rules.faults("/rules"))?;
        in_order(new.opens_at, new.closes_at)?;
        let about = subject::read(tx, &cycle, new).await?;
        let voters = named(tx, &new.voter_ids).await?;
        let row = ballot::ActiveModel {
            id: Set(Uuid::now_v7()),
            cycle_id: Set(cycle.id),
            kind: Set(about.kind),
            title: Set(new.title.clone()),
            state: Set(BallotState::Draft),
            state_reason: Set(None),
            nomination_id: Set(about.nomination_id),
            elects_cycle_id: Set(about.elects_cycle_id),
            office: Set(about.office),
            deputy_rank: Set(about.deputy_rank),
            follows_id: Set(new.follows_id),
            rules: Set(json!(new.rules)),
            opens_at: Set(new.opens_at),
            closes_at: Set(new.closes_at),
            opened_at: Set(None),
            closed_at: Set(None),
            outcome: Set(None),
            result: Set(None),
            version: Set(1),
            created_at: Set(ctx.now),
            updated_at: Set(ctx.now),
        };
        let row = ballot::Entity::insert(row).exec_with_returning(tx).await?;
        stand(tx, row.id, &about.candidates).await?;
        if !voters.is_empty() {
            let rows = voters.iter().map(|user| voter(row.id, None, Some(user.id), &user.display_name));
            ballot_voter::Entity::insert_many(rows).exec_without_returning(tx).await?;
        }
        let after = json!({ "ballot": row, "candidates": about.candidates, "voters": new.voter_ids });
        let change = Change::new("ballot.create", "ballot", row.id, row.version).in_cycle(cycle.id);
        journal::record(tx, ctx, change.after(&after)?).await?;
        Scene::of(ctx, tx, row).await?.represent(ctx, tx).await
    })
    .await
}

pub(super) async fn update(ctx: &Ctx, id: Uuid, seen: &IfMatch, patch: &BallotPatch) -> Result<Ballot, Problem> {
    db::write(&ctx.db, async |tx| {
        let Scene { ballot: found, tie, rules, .. } = Scene::require(ctx, tx, id).await?;
        ctx.may(Action::RunBallot(tie))?;
        seen.allows(found.version)?;
        may_edit(found.state)?;
        let rules: BallotRules = patch.rules.unwrap_or(rules);
        unless_faulty(rules.faults("/rules"))?;
        let row = ballot::Model {
            title: patch.title.clone().unwrap_or_else(|| found.title.clone()),
            rules: json!(rules),
            opens_at: patch.opens_at.over(found.opens_at),
            closes_at: patch.closes_at.over(found.closes_at),
            ..found.clone()
        };
        in_order(row.opens_at, row.closes_at)?;
        let saved = store(ctx, tx, "ballot.update", &found, row).await?;
        Scene::of(ctx, tx, saved).await?.represent(ctx, tx).await
    })
    .await
}

pub(super) async fn delete(ctx: &Ctx, id: Uuid, seen: &IfMatch) -> Result<(), Problem> {
    db::write(&ctx.db, async |tx| {
        let Scene { ballot: found, tie, .. } = Scene::require(ctx, tx, id).await?;
        ctx.may(Action::RunBallot(tie))?;
        seen.allows(found.version)?;
        may_edit(found.state)?;
        ballot::Entity::delete_by_id(id).filter(ballot::Column::Version.eq(found.version)).exec(tx).await?;
        let change = Change::new("ballot.delete", "ballot", id, found.version).in_cycle(found.cycle_id);
        journal::record(tx, ctx, change.before(&found)?).await
    })
    .await
}

/// Stores what changed as the next version, unless somebody was faster.
pub(super) async fn store(
    ctx: &Ctx,
    tx: &impl ConnectionTrait,
    action: &str,
    found: &ballot::Model,
    row: ballot::Model,
) -> Result<ballot::Model, Problem> {
    let row = ballot::Model { version: found.version + 1, updated_at: ctx.now, ..row };
    let saved = ballot::Entity::update(row.into_active_model().reset_all())
        .validate()?
        .filter(ballot::Column::Version.eq(found.version))
        .exec(tx)
        .await?;
    let change = Change::new(action, "ballot", saved.id, saved.version).in_cycle(saved.cycle_id);
    journal::record(tx, ctx, change.before(found)?.after(&saved)?).await?;
    Ok(saved)
}

/// A row of the electorate.
pub(super) fn voter(
    ballot_id: Uuid,
    province_id: Option<Uuid>,
    user_id: Option<Uuid>,
    name: &str,
) -> ballot_voter::ActiveModel {
    ballot_voter::ActiveModel {
        id: Set(Uuid::now_v7()),
        ballot_id: Set(ballot_id),
        province_id: Set(province_id),
        user_id: Set(user_id),
        name: Set(name.to_owned()),
        voted: Set(false),
        by_post: Set(false),
    }
}

async fn stand(tx: &impl ConnectionTrait, ballot_id: Uuid, candidates: &[Uuid]) -> Result<(), Problem> {
    if candidates.is_empty() {
        return Ok(());
    }
    let rows = (1..).zip(candidates).map(|(position, province_id)| ballot_candidate::ActiveModel {
        id: Set(Uuid::now_v7()),
        ballot_id: Set(ballot_id),
        province_id: Set(*province_id),
        position: Set(position),
    });
    ballot_candidate::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

/// The named members of the council.
async fn named(tx: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<user_account::Model>, Problem> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let found =
        user_account::Entity::find().filter(user_account::Column::Id.is_in(ids.iter().copied())).all(tx).await?;
    let faulty = |(index, id): (usize, &Uuid)| {
        let at = format!("/voter_ids/{index}");
        if ids.iter().take(index).any(|other| other == id) {
            return Some(Fault::new(at, "duplicate", Phrase::new("is named already", "đã được nêu")));
        }
        let known = found.iter().any(|user| user.id == *id && user.role == Role::CouncilSecretary);
        let message = Phrase::new("is no account of a council secretary", "không phải tài khoản thư ký hội đồng");
        (!known).then(|| Fault::new(at, "unknown_reference", message))
    };
    unless_faulty(ids.iter().enumerate().filter_map(faulty).collect())?;
    Ok(found)
}

fn in_order(
    opens_at: Option<chrono::DateTime<chrono::Utc>>,
    closes_at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), Problem> {
    if opens_at.zip(closes_at).is_some_and(|(opens, closes)| closes <= opens) {
        let message = Phrase::new("does not lie after `opens_at`", "phải sau `opens_at`");
        return Err(Problem::fault("/closes_at", "before_opening", message));
    }
    Ok(())
}
