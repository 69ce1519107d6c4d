//! Award types, what they are worth, what their dossiers ask for, and which must come before which.

use std::collections::{HashMap, HashSet};

use entity::{
    award_requirement, award_type, base_salary, dossier_requirement, reward_coefficient, vocab::RecipientKind,
};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::shelf::{FIRST, Shelf, entry};
use crate::{
    domain::{public_comment::USUAL_DAYS, text},
    problem::Problem,
    reference::{AwardRequirement, AwardType, BaseSalary, DossierRequirement, RewardCoefficient},
};

/// The award types by code.
pub(super) type Types = HashMap<String, Uuid>;

pub(super) async fn types(shelf: &mut Shelf<'_, impl ConnectionTrait>, types: &[AwardType]) -> Result<Types, Problem> {
    let found = award_type::Entity::find().all(shelf.tx).await?;
    let mut known: Types = found.into_iter().map(|row| (row.code, row.id)).collect();
    let now = shelf.now();
    let rows: Vec<_> = types
        .iter()
        .filter(|it| !known.contains_key(&it.code))
        .map(|it| award_type::Model {
            id: Uuid::now_v7(),
            code: it.code.clone(),
            name: it.name.clone(),
            name_en: it.name_en.clone(),
            category: it.category,
            authority: it.authority,
            recipient_kinds: words(&it.recipient_kinds),
            legal_basis: it.legal_basis.clone(),
            public_comment_days: USUAL_DAYS,
            name_key: text::sort_key(&it.name),
            search_text: text::search_text(&[&it.name, &it.name_en, &it.code]),
            version: FIRST,
            created_at: now,
            updated_at: now,
        })
        .collect();
    known.extend(rows.iter().map(|row| (row.code.clone(), row.id)));
    shelf.put::<award_type::Entity>(rows, |row| entry("award_type", row.id).after(row)).await?;
    Ok(known)
}

/// As the column holds them: `individual|collective`.
fn words(kinds: &[RecipientKind]) -> String {
    kinds.iter().map(|&kind| <&str>::from(kind)).collect::<Vec<_>>().join("|")
}

pub(super) async fn coefficients(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    coefficients: &[RewardCoefficient],
    types: &Types,
) -> Result<(), Problem> {
    let found = reward_coefficient::Entity::find().all(shelf.tx).await?;
    let known: HashSet<_> =
        found.into_iter().map(|row| (row.award_type_id, row.recipient_kind, row.valid_from)).collect();
    let now = shelf.now();
    let rows = coefficients
        .iter()
        .filter_map(|it| Some((it, *types.get(&it.award_type_code)?)))
        .filter(|(it, award_type_id)| !known.contains(&(*award_type_id, it.recipient_kind, it.valid_from)))
        .map(|(it, award_type_id)| reward_coefficient::Model {
            id: Uuid::now_v7(),
            award_type_id,
            recipient_kind: it.recipient_kind,
            coefficient: it.coefficient,
            valid_from: it.valid_from,
            valid_to: it.valid_to,
            legal_basis: it.legal_basis.clone(),
            certainty: it.certainty,
            created_at: now,
        })
        .collect();
    shelf.put::<reward_coefficient::Entity>(rows, |row| entry("reward_coefficient", row.id).after(row)).await
}

pub(super) async fn base_salaries(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    salaries: &[BaseSalary],
) -> Result<(), Problem> {
    let found = base_salary::Entity::find().all(shelf.tx).await?;
    let known: HashSet<_> = found.into_iter().map(|row| row.valid_from).collect();
    let now = shelf.now();
    let rows = salaries
        .iter()
        .filter(|it| !known.contains(&it.valid_from))
        .map(|it| base_salary::Model {
            id: Uuid::now_v7(),
            amount: it.amount,
            valid_from: it.valid_from,
            valid_to: it.valid_to,
            legal_basis: it.legal_basis.clone(),
            certainty: it.certainty,
            version: FIRST,
            created_at: now,
            updated_at: now,
        })
        .collect();
    shelf.put::<base_salary::Entity>(rows, |row| entry("base_salary", row.id).after(row)).await
}

pub(super) async fn requirements(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    requirements: &[DossierRequirement],
    types: &Types,
) -> Result<(), Problem> {
    let found = dossier_requirement::Entity::find().all(shelf.tx).await?;
    let known: HashSet<_> = found.into_iter().map(|row| (row.award_type_id, row.document_kind)).collect();
    let now = shelf.now();
    let rows = requirements
        .iter()
        .filter_map(|it| Some((it, *types.get(&it.award_type_code)?)))
        .filter(|(it, award_type_id)| !known.contains(&(*award_type_id, it.document_kind)))
        .map(|(it, award_type_id)| dossier_requirement::Model {
            id: Uuid::now_v7(),
            award_type_id,
            document_kind: it.document_kind,
            required: it.required,
            note: it.note.clone(),
            legal_basis: it.legal_basis.clone(),
            certainty: it.certainty,
            version: FIRST,
            created_at: now,
            updated_at: now,
        })
        .collect();
    shelf.put::<dossier_requirement::Entity>(rows, |row| entry("dossier_requirement", row.id).after(row)).await
}

pub(super) async fn earlier_awards(
    shelf: &mut Shelf<'_, impl ConnectionTrait>,
    requirements: &[AwardRequirement],
    types: &Types,
) -> Result<(), Problem> {
    let found = award_requirement::Entity::find().all(shelf.tx).await?;
    let known: HashSet<_> =
        found.into_iter().map(|row| (row.award_type_id, row.recipient_kind, row.needed_award_type_id)).collect();
    let now = shelf.now();
    let rows = requirements
        .iter()
        .filter_map(|it| Some((it, *types.get(&it.award_type_code)?, *types.get(&it.needed_award_type_code)?)))
        .filter(|(it, award_type_id, needed)| !known.contains(&(*award_type_id, it.recipient_kind, *needed)))
        .map(|(it, award_type_id, needed_award_type_id)| award_requirement::Model {
            id: Uuid::now_v7(),
            award_type_id,
            recipient_kind: it.recipient_kind,
            needed_award_type_id,
            times: it.times,
            within_years: it.within_years,
            legal_basis: it.legal_basis.clone(),
            certainty: it.certainty,
            version: FIRST,
            created_at: now,
            updated_at: now,
        })
        .collect();
    shelf.put::<award_requirement::Entity>(rows, |row| entry("award_requirement", row.id).after(row)).await
}
