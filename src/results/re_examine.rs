//! Nominations that rest on a ranking are examined again when it is made anew.

use entity::{
    award_rule, nomination, ranking,
    vocab::{NominationState, NomineeKind},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use strum::IntoEnumIterator;

use crate::{
    domain::{
        award_rule::{Finding, Ranked},
        nomination::{is_open, is_standing},
        ranking::Placed,
        re_examination::{Verdict, re_examine},
    },
    journal::{self, Author, Change},
    problem::Problem,
};

/// A nomination that is open or decided, and what the new ranking finds of it.
pub struct ReExamination {
    pub nomination: nomination::Model,
    /// The rank of its province in the new ranking.
    pub place: Option<i32>,
    pub verdict: Verdict,
}

/// What the new ranking finds of every nomination of its cycle that rests on a rank. An open one that keeps its rank rests on the new ranking
/// from now on; what is decided stays as it is.
pub(super) async fn nominations(
    tx: &impl ConnectionTrait,
    author: Author,
    ranking: &ranking::Model,
    placed: &[Placed],
) -> Result<Vec<ReExamination>, Problem> {
    let rows = nomination::Entity::find()
        .filter(nomination::Column::CycleId.eq(ranking.cycle_id))
        .filter(nomination::Column::NomineeKind.eq(NomineeKind::Province))
        .filter(nomination::Column::State.is_in(NominationState::iter().filter(|state| is_standing(*state))))
        .order_by_asc(nomination::Column::Id)
        .all(tx)
        .await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let rules = award_rule::Entity::find().filter(award_rule::Column::CycleId.eq(ranking.cycle_id)).all(tx).await?;
    let all: Vec<Ranked> = placed.iter().map(ranked).collect();
    let (mut examined, mut changes) = (vec![], vec![]);
    for mut row in rows {
        let found = found(&rules, &row, &all);
        let now = all.iter().find(|one| one.province_id == row.province_id);
        let place = now.and_then(|now| now.place);
        let verdict = re_examine(row.place, now, found);
        if is_open(row.state) && verdict.moves_on() {
            let before = row.clone();
            let mut moved = row.into_active_model();
            moved.ranking_id = Set(Some(ranking.id));
            moved.version = Set(before.version + 1);
            moved.updated_at = Set(author.now);
            let guarded = nomination::Entity::update(moved).validate()?;
            row = guarded.filter(nomination::Column::Version.eq(before.version)).exec(tx).await?;
            let change = Change::new("nomination.re_examine", "nomination", row.id, row.version);
            changes.push(change.in_cycle(row.cycle_id).before(&before)?.after(&row)?);
        }
        examined.push(ReExamination { nomination: row, place, verdict });
    }
    journal::record_all(tx, author, changes).await?;
    Ok(examined)
}

/// What each rule for the nomination's award finds of its province, which counts as nominated.
fn found(rules: &[award_rule::Model], row: &nomination::Model, all: &[Ranked]) -> Vec<Finding> {
    let of = |rule: &award_rule::Model| {
        let found = super::award_rule(rule).propose(all);
        all.iter().zip(found).find(|(one, _)| one.province_id == row.province_id).map(|(_, finding)| finding)
    };
    rules.iter().filter(|rule| rule.award_type_id == row.award_type_id).filter_map(of).collect()
}

fn ranked(one: &Placed) -> Ranked {
    Ranked {
        province_id: one.province_id,
        place: one.place,
        total: one.total,
        classification: one.class.as_ref().map(|(vi, _)| vi.clone()),
        nominated: false,
        rewarded: false,
    }
}
