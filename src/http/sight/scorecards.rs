//! Who sees which scorecard, and with it its lines and their evidence.

use entity::{cycle, score, scorecard, scorecard::Column::CycleId, scorecard::Column::ProvinceId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{appraiser, cycles_of_appraiser, cycles_of_head, cycles_of_member, public_cycles, tie};
use crate::{
    domain::policy::{Action, Tie, Who},
    http::Ctx,
    problem::Problem,
};

/// One line, the scorecard and the cycle it belongs to, and how the caller is tied to them.
#[derive(Clone, Debug)]
pub struct SeenLine {
    pub score: score::Model,
    pub card: scorecard::Model,
    pub cycle: cycle::Model,
    pub tie: Tie,
}

/// A line of a scorecard the caller may read.
pub async fn visible_line(ctx: &Ctx, db: &impl ConnectionTrait, score_id: Uuid) -> Result<SeenLine, Problem> {
    let found = score::Entity::find_by_id(score_id).find_also_related(scorecard::Entity).one(db).await?;
    let Some((score, Some(card))) = found else { return Err(Problem::not_found()) };
    let (cycle, tie) = tie(ctx, db, card.cycle_id).await?;
    let tie = tie.to_province(ctx.who, card.province_id);
    ctx.may(Action::ReadScorecard(tie))?;
    Ok(SeenLine { score, card, cycle, tie })
}

/// `ReadScorecard` as SQL: the own province's, those of cycles the own province heads, those assigned (never of the
/// province the appraiser comes from), and among members those of published cycles.
pub fn visible_scorecards(who: Who) -> Condition {
    if who.sees_all() {
        return Condition::all();
    }
    let nobody = Condition::any().add(scorecard::Column::Id.is_null());
    if let Some(province_id) = who.officer_of() {
        let published = Condition::all()
            .add(CycleId.in_subquery(public_cycles()))
            .add(CycleId.in_subquery(cycles_of_member(province_id)));
        return nobody
            .add(ProvinceId.eq(province_id))
            .add(CycleId.in_subquery(cycles_of_head(province_id)))
            .add(published);
    }
    match appraiser(who) {
        Some(user_id) => {
            let mut assigned = Condition::all().add(CycleId.in_subquery(cycles_of_appraiser(user_id)));
            if let Some(home) = who.account().and_then(|account| account.province_id) {
                assigned = assigned.add(ProvinceId.ne(home));
            }
            nobody.add(assigned)
        }
        None => nobody,
    }
}
