//! Whether what a body names is there.

use entity::province;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use crate::{
    domain::{province::absent_in, refusal::unless_faulty},
    problem::Problem,
};

/// Checks that `/province_id` names a province that existed in `/year`.
pub async fn province_in_year(db: &impl ConnectionTrait, province_id: Uuid, year: i32) -> Result<(), Problem> {
    let found = province::Entity::find_by_id(province_id).one(db).await?;
    let province = found.ok_or_else(|| Problem::unknown_reference("/province_id"))?;
    Ok(unless_faulty(absent_in(province.valid_from, province.valid_to, year).into_iter().collect())?)
}
