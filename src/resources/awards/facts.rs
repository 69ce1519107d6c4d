//! What a decision needs to know of the nominations it is about, gathered for all of them at once.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    award_type, base_salary, cycle, membership, nomination, nomination_comment, province, ranking_entry,
    reward_coefficient, vocab::RecipientKind,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    domain::{
        nomination::{Nominee, Standing},
        nominee::{Named, recipient_kind},
        refusal::Refusal,
        reward::{self, Price},
    },
    problem::Problem,
};

/// A nomination and what surrounds it.
pub(super) struct Facts {
    pub(super) nomination: nomination::Model,
    pub(super) cycle: cycle::Model,
    pub(super) province: province::Model,
    pub(super) nominee: Nominee,
    pub(super) award_type: award_type::Model,
    /// Comments of the public that nobody has answered yet.
    pub(super) unanswered: u64,
}

/// The nominations that exist, by id. Six statements, however many there are.
pub(super) async fn gather(tx: &impl ConnectionTrait, ids: &[Uuid]) -> Result<HashMap<Uuid, Facts>, Problem> {
    let rows = nomination::Entity::find().filter(nomination::Column::Id.is_in(ids.iter().copied())).all(tx).await?;
    let cycles = cycle::Entity::find().filter(cycle::Column::Id.is_in(rows.iter().map(|row| row.cycle_id)));
    let cycles: HashMap<Uuid, _> = cycles.all(tx).await?.into_iter().map(|row| (row.id, row)).collect();
    let members = membership::Entity::find()
        .find_also_related(province::Entity)
        .filter(membership::Column::CycleId.is_in(cycles.keys().copied()))
        .filter(membership::Column::ProvinceId.is_in(rows.iter().map(|row| row.province_id)))
        .all(tx)
        .await?;
    let members: HashMap<_, _> =
        members.into_iter().map(|(row, province)| ((row.cycle_id, row.province_id), (row, province))).collect();
    let ranked = ranking_entry::Entity::in_force(cycles.keys().copied())
        .filter(ranking_entry::Column::ProvinceId.is_in(rows.iter().map(|row| row.province_id)))
        .all(tx)
        .await?;
    let places: HashMap<_, _> = ranked
        .into_iter()
        .filter_map(|(entry, ranking)| Some(((ranking?.cycle_id, entry.province_id), entry.place)))
        .collect();
    let types =
        award_type::Entity::find().filter(award_type::Column::Id.is_in(rows.iter().map(|row| row.award_type_id)));
    let types: HashMap<Uuid, _> = types.all(tx).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut unanswered = nomination_comment::Entity::count_unanswered(tx, rows.iter().map(|row| row.id)).await?;
    let lost = |what: &str| Problem::internal(format!("a nomination without its {what}"));
    let facts = |nomination: nomination::Model| {
        let at = (nomination.cycle_id, nomination.province_id);
        let cycle = cycles.get(&nomination.cycle_id).cloned().ok_or_else(|| lost("cycle"))?;
        let Some((member, Some(province))) = members.get(&at).cloned() else { return Err(lost("member")) };
        let award_type = types.get(&nomination.award_type_id).cloned().ok_or_else(|| lost("award type"))?;
        let nominee = Nominee {
            membership_id: member.id,
            province: province.name.clone(),
            excluded: member.excluded_reason.is_some(),
            place: places.get(&at).copied().flatten(),
        };
        let unanswered = unanswered.remove(&nomination.id).unwrap_or_default();
        Ok((nomination.id, Facts { nomination, cycle, province, nominee, award_type, unanswered }))
    };
    rows.into_iter().map(facts).collect()
}

impl Facts {
    /// Whom the law sees in the nominee.
    pub(super) fn recipient(&self) -> RecipientKind {
        recipient_kind(self.nomination.nominee_kind)
    }

    /// The nominee by name.
    pub(super) fn named(&self) -> Named<'_> {
        let nomination::Model { nominee_kind, nominee_name, nominee_position, .. } = &self.nomination;
        Named { kind: *nominee_kind, name: nominee_name.as_deref(), position: nominee_position.as_deref() }
    }

    /// Where the nomination stands. Its ballot and its dossier were looked at in earlier steps.
    pub(super) fn standing(&self, today: NaiveDate) -> Standing<'_> {
        Standing {
            state: self.nomination.state,
            held_from: self.nomination.held_from,
            place: self.nomination.place,
            cycle: self.cycle.state,
            nominee: &self.nominee,
            nominee_kind: self.nomination.nominee_kind,
            ballot_required: false,
            missing: &[],
            earlier: &[],
            comment_until: self.nomination.public_comment_until,
            unanswered: self.unanswered,
            today,
        }
    }
}

/// What the catalogues of the day say of money.
pub(super) struct Prices {
    day: NaiveDate,
    coefficients: Vec<reward_coefficient::Model>,
    salaries: Vec<base_salary::Model>,
}

impl Prices {
    /// Two statements, however many award types there are.
    pub(super) async fn of(
        tx: &impl ConnectionTrait,
        award_types: impl Iterator<Item = Uuid>,
        day: NaiveDate,
    ) -> Result<Self, Problem> {
        let coefficients = reward_coefficient::Entity::find()
            .filter(reward_coefficient::Column::AwardTypeId.is_in(award_types))
            .all(tx)
            .await?;
        let salaries = base_salary::Entity::find().filter(base_salary::Column::ValidFrom.lte(day)).all(tx).await?;
        Ok(Self { day, coefficients, salaries })
    }

    /// The money that goes with an award of this type to such a recipient.
    pub(super) fn price(&self, award_type_id: Uuid, recipient: RecipientKind) -> Result<Option<Price>, Refusal> {
        let of_it =
            |row: &&reward_coefficient::Model| (row.award_type_id, row.recipient_kind) == (award_type_id, recipient);
        let coefficients = self.coefficients.iter().filter(of_it);
        let coefficient = reward::valid_on(coefficients, self.day, |row| (row.valid_from, row.valid_to));
        let salary = reward::valid_on(&self.salaries, self.day, |row| (row.valid_from, row.valid_to));
        reward::price(coefficient.map(|row| row.coefficient), salary.map(|row| row.amount))
    }
}
