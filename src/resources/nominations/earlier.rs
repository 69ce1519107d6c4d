//! Which awards must come before others, and which of them nominees have.

use std::collections::{BTreeSet, HashMap};

use entity::{
    award, award_requirement, award_type, cycle, nomination,
    vocab::{AchievementKind, AwardState, RecipientKind},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};
use uuid::Uuid;

use crate::{
    domain::{
        earlier_awards::{self, Requirement},
        nominee::recipient_kind,
        refusal::Blocker,
    },
    problem::Problem,
    results::Family,
};

/// Conditions of awards, and the yearly awards that count for them.
#[derive(Default)]
pub(super) struct Earlier {
    /// Of which award, to which recipients.
    conditions: Vec<(Uuid, RecipientKind, Requirement)>,
    /// Province and key of the nominee, and what it has.
    awards: Vec<(Uuid, String, earlier_awards::Earlier)>,
    /// The years of the cycles.
    years: Vec<(Uuid, i32)>,
    /// Each province with all whom it followed: what a predecessor was given counts.
    lines: HashMap<Uuid, BTreeSet<Uuid>>,
}

impl Earlier {
    /// One statement, and three more where an award asks such a nominee for earlier ones.
    pub(super) async fn load(db: &impl ConnectionTrait, rows: &[nomination::Model]) -> Result<Self, Problem> {
        let types: BTreeSet<Uuid> = rows.iter().map(|row| row.award_type_id).collect();
        let found = award_requirement::Entity::find()
            .join(JoinType::LeftJoin, award_requirement::Relation::Needed.def())
            .select_also(award_type::Entity)
            .filter(award_requirement::Column::AwardTypeId.is_in(types))
            .all(db)
            .await?;
        let condition = |(row, needed): (award_requirement::Model, Option<award_type::Model>)| {
            let requirement = Requirement {
                id: row.id,
                needed_award_type_id: row.needed_award_type_id,
                needed: needed?.name,
                times: row.times,
                within_years: row.within_years,
            };
            Some((row.award_type_id, row.recipient_kind, requirement))
        };
        let asked: BTreeSet<_> = rows.iter().map(|row| (row.award_type_id, recipient_kind(row.nominee_kind))).collect();
        let conditions: Vec<_> =
            found.into_iter().filter_map(condition).filter(|(id, kind, _)| asked.contains(&(*id, *kind))).collect();
        if conditions.is_empty() {
            return Ok(Self::default());
        }
        let keys: BTreeSet<&str> = rows.iter().map(|row| row.nominee_key.as_str()).collect();
        let family = Family::load(db).await?;
        let lines: HashMap<Uuid, BTreeSet<Uuid>> =
            rows.iter().map(|row| (row.province_id, family.widened(&[row.province_id]))).collect();
        let provinces: BTreeSet<Uuid> = lines.values().flatten().copied().collect();
        let had: Vec<(Uuid, String, Uuid, i32)> = award::Entity::find()
            .select_only()
            .column(nomination::Column::ProvinceId)
            .column(nomination::Column::NomineeKey)
            .column(award::Column::AwardTypeId)
            .column(cycle::Column::Year)
            .join(JoinType::InnerJoin, award::Relation::Nomination.def())
            .join(JoinType::InnerJoin, award::Relation::Cycle.def())
            .filter(award::Column::State.eq(AwardState::Decided))
            .filter(nomination::Column::AchievementKind.eq(AchievementKind::Yearly))
            .filter(nomination::Column::NomineeKey.is_in(keys))
            .filter(nomination::Column::ProvinceId.is_in(provinces))
            .into_tuple()
            .all(db)
            .await?;
        let award = |(province_id, key, award_type_id, year)| {
            (province_id, key, earlier_awards::Earlier { award_type_id, year })
        };
        let cycles: BTreeSet<Uuid> = rows.iter().map(|row| row.cycle_id).collect();
        let years = cycle::Entity::find()
            .select_only()
            .column(cycle::Column::Id)
            .column(cycle::Column::Year)
            .filter(cycle::Column::Id.is_in(cycles))
            .into_tuple()
            .all(db)
            .await?;
        Ok(Self { conditions, awards: had.into_iter().map(award).collect(), years, lines })
    }

    /// The conditions that a nomination does not meet.
    pub(super) fn missing(&self, row: &nomination::Model, certificate: bool) -> Vec<Blocker> {
        let Some((_, year)) = self.years.iter().find(|(id, _)| *id == row.cycle_id) else { return vec![] };
        let kind = recipient_kind(row.nominee_kind);
        let asked = self.conditions.iter().filter(|(id, of, _)| (*id, *of) == (row.award_type_id, kind));
        let asked: Vec<_> = asked.map(|(.., requirement)| requirement.clone()).collect();
        let line = self.lines.get(&row.province_id);
        let of_it = |id: &Uuid| line.is_some_and(|line| line.contains(id));
        let had = self.awards.iter().filter(|(id, key, _)| of_it(id) && *key == row.nominee_key);
        let had: Vec<_> = had.map(|(.., one)| *one).collect();
        earlier_awards::missing(&asked, *year, &had, certificate)
    }
}
