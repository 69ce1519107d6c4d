//! Achievements that are rewarded already, and quotas that are used.

use entity::{
    award, award_rule, award_type, nomination,
    vocab::{AwardState, NominationState},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select,
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::{
    domain::{
        award_rule::{AwardRule, room_beside},
        nomination::is_standing,
        refusal::Refusal,
    },
    problem::Problem,
    results,
};

/// Nominations that are open, or came to an award, whatever became of it.
pub(super) fn nominated() -> Select<nomination::Entity> {
    nomination::Entity::find()
        .filter(nomination::Column::State.is_in(NominationState::iter().filter(|state| is_standing(*state))))
}

/// Nominations that are open, or came to an award that stands.
fn standing() -> Select<nomination::Entity> {
    let revoked = award::Entity::find()
        .select_only()
        .column(award::Column::NominationId)
        .filter(award::Column::State.eq(AwardState::Revoked))
        .into_query();
    nominated().filter(nomination::Column::Id.not_in_subquery(revoked))
}

/// Nominations of this nominee for this achievement, in whatever year, and their awards.
pub(super) async fn of_achievement(
    tx: &impl ConnectionTrait,
    province_id: Uuid,
    nominee_key: &str,
    achievement_key: &str,
) -> Result<Vec<(nomination::Model, award_type::Model)>, Problem> {
    let found = standing()
        .find_also_related(award_type::Entity)
        .filter(nomination::Column::ProvinceId.eq(province_id))
        .filter(nomination::Column::NomineeKey.eq(nominee_key))
        .filter(nomination::Column::AchievementKey.eq(achievement_key));
    let found = found.all(tx).await?;
    Ok(found.into_iter().filter_map(|(row, award_type)| Some((row, award_type?))).collect())
}

/// Refuses a nomination beside the rules where their quotas for its award are used.
pub(super) async fn room(tx: &impl ConnectionTrait, cycle_id: Uuid, award_type_id: Uuid) -> Result<(), Problem> {
    let rules = award_rule::Entity::find()
        .filter(award_rule::Column::CycleId.eq(cycle_id))
        .filter(award_rule::Column::AwardTypeId.eq(award_type_id))
        .all(tx)
        .await?;
    let rules: Vec<AwardRule> = rules.iter().map(results::award_rule).collect();
    let taken = standing()
        .filter(nomination::Column::CycleId.eq(cycle_id))
        .filter(nomination::Column::AwardTypeId.eq(award_type_id))
        .count(tx)
        .await?;
    Ok(room_beside(&rules, taken).map_err(|fault| Refusal::Invalid(vec![fault]))?)
}
