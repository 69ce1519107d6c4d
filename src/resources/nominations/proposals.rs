//! What the award rules of a cycle propose, and what they do not, each with the reason.

use std::collections::HashSet;

use entity::{
    award_rule, nomination, ranking_entry,
    vocab::{AchievementKind, NominationState, NomineeKind},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::taken;
use crate::{
    db,
    domain::{
        achievement::{self, Achievement},
        award_rule::{Finding, Ranked},
        nomination as rules,
        policy::Action,
    },
    http::{
        Ctx,
        brief::{self, AwardTypeBrief, ProvinceBrief},
        sight,
    },
    journal::{self, Change},
    problem::Problem,
    results,
};

/// What the rules of a cycle come to
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Proposals {
    pub cycle_id: Uuid,
    /// For each rule every member of the ranking in force, in its order
    pub findings: Vec<RuleFindings>,
}

/// What one rule comes to
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RuleFindings {
    pub award_rule_id: Uuid,
    pub award_type: AwardTypeBrief,
    pub provinces: Vec<ProvinceFinding>,
}

/// What a rule finds of a province
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProvinceFinding {
    pub province: ProvinceBrief,
    #[schema(required = true, minimum = 1, example = 2)]
    pub place: Option<i32>,
    /// `proposed`, or why not: `nominated_already`, `excluded`, `place_outside`, `other_class`, `total_below`, `tied_at_quota`,
    /// `quota_used`, `achievement_rewarded`
    #[schema(example = "proposed")]
    pub finding: &'static str,
    /// The same in words, in the caller's language
    #[schema(example = "meets every condition of the rule")]
    pub how: String,
    /// The nomination that was made; null where none was
    #[schema(required = true)]
    pub nomination_id: Option<Uuid>,
}

pub(super) async fn propose(ctx: &Ctx, cycle_id: Uuid) -> Result<Proposals, Problem> {
    db::write(&ctx.db, async |tx| {
        let (cycle, tie) = sight::visible_cycle(ctx, tx, cycle_id).await?;
        ctx.may(Action::ProposeNomination(tie))?;
        rules::may_propose(cycle.state)?;
        let rows = award_rule::Entity::find()
            .filter(award_rule::Column::CycleId.eq(cycle_id))
            .order_by_asc(award_rule::Column::Id)
            .all(tx)
            .await?;
        let entries =
            ranking_entry::Entity::in_force([cycle_id]).order_by_asc(ranking_entry::Column::Position).all(tx).await?;
        let entries: Vec<ranking_entry::Model> = entries.into_iter().map(|(entry, _)| entry).collect();
        let mut taken = nominated(tx, cycle_id).await?;
        let award_types = brief::award_types(tx, rows.iter().map(|row| row.award_type_id)).await?;
        let provinces = brief::provinces(tx, entries.iter().map(|entry| entry.province_id)).await?;
        let (mut findings, mut made) = (vec![], vec![]);
        for row in rows {
            let ranked: Vec<Ranked> = entries.iter().map(|entry| ranked(&row, entry, &taken)).collect();
            let found = results::award_rule(&row).propose(&ranked);
            let one = |(entry, finding): (&ranking_entry::Model, Finding)| {
                let nomination = (finding == Finding::Proposed).then(|| new(ctx, cycle.year, &row, entry));
                let nomination_id = nomination.as_ref().map(|nomination| nomination.id);
                taken.extend(nomination.as_ref().map(|nomination| (row.award_type_id, nomination.province_id)));
                made.extend(nomination);
                Some(ProvinceFinding {
                    province: provinces.get(&entry.province_id).cloned()?,
                    place: entry.place,
                    finding: finding.code(),
                    how: finding.how().say(ctx.language).to_owned(),
                    nomination_id,
                })
            };
            let shown = entries.iter().zip(found).filter_map(one).collect();
            let award_type = award_types.get(&row.award_type_id).cloned();
            findings.push(RuleFindings {
                award_rule_id: row.id,
                award_type: award_type.ok_or_else(|| Problem::internal("a rule without its award"))?,
                provinces: shown,
            });
        }
        store(ctx, tx, made).await?;
        Ok(Proposals { cycle_id, findings })
    })
    .await
}

/// Award and province of every nomination of a province for its year that is open, or came to an award. Whose award was
/// revoked is not proposed again by a rule.
async fn nominated(tx: &impl ConnectionTrait, cycle_id: Uuid) -> Result<HashSet<(Uuid, Uuid)>, Problem> {
    let found = taken::nominated()
        .filter(nomination::Column::CycleId.eq(cycle_id))
        .filter(nomination::Column::NomineeKind.eq(NomineeKind::Province))
        .filter(nomination::Column::AchievementKind.eq(AchievementKind::Yearly))
        .all(tx)
        .await?;
    let standing = found.into_iter().filter(|row| rules::is_standing(row.state));
    Ok(standing.map(|row| (row.award_type_id, row.province_id)).collect())
}

fn ranked(row: &award_rule::Model, entry: &ranking_entry::Model, taken: &HashSet<(Uuid, Uuid)>) -> Ranked {
    let nominated = taken.contains(&(row.award_type_id, entry.province_id));
    Ranked {
        province_id: entry.province_id,
        place: entry.place,
        total: entry.total,
        classification: entry.classification.clone(),
        nominated,
        rewarded: !nominated && taken.iter().any(|(_, province_id)| *province_id == entry.province_id),
    }
}

fn new(ctx: &Ctx, year: i32, row: &award_rule::Model, entry: &ranking_entry::Model) -> nomination::Model {
    let of_the_year = Achievement { kind: AchievementKind::Yearly, text: None };
    nomination::Model {
        id: Uuid::now_v7(),
        cycle_id: row.cycle_id,
        province_id: entry.province_id,
        nominee_kind: NomineeKind::Province,
        nominee_name: None,
        nominee_position: None,
        nominee_key: String::new(),
        achievement_kind: of_the_year.kind,
        achievement: None,
        achievement_key: achievement::key(of_the_year, year),
        award_type_id: row.award_type_id,
        ranking_id: Some(entry.ranking_id),
        place: entry.place,
        reason: row.reason.clone(),
        state: NominationState::Proposed,
        state_reason: None,
        held_from: None,
        hold_ground: None,
        submitted_at: None,
        appraisal_opinion: None,
        appraised_at: None,
        public_comment_from: None,
        public_comment_until: None,
        closed_at: None,
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    }
}

async fn store(ctx: &Ctx, tx: &impl ConnectionTrait, made: Vec<nomination::Model>) -> Result<(), Problem> {
    if made.is_empty() {
        return Ok(());
    }
    let changes = made.iter().map(|row| {
        Change::new("nomination.propose", "nomination", row.id, row.version).in_cycle(row.cycle_id).after(row)
    });
    let changes = changes.collect::<Result<Vec<_>, Problem>>()?;
    let rows = made.into_iter().map(|row| row.into_active_model().reset_all());
    nomination::Entity::insert_many(rows).exec_without_returning(tx).await?;
    journal::record_all(tx, ctx, changes).await
}
