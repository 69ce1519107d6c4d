//! Who sees which scorecard, and with it its lines and their evidence.

use entity::{
    cycle, peer_assignment, recusal, score, scorecard, scorecard::Column::CycleId, scorecard::Column::ProvinceId,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
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
    let tie = tie_to_sheet(ctx, db, tie, &card).await?;
    ctx.may(Action::ReadScorecard(tie))?;
    Ok(SeenLine { score, card, cycle, tie })
}

/// A tie to a cycle, seen from one sheet of it: an appraiser who stood aside is interested in it, a member may be its
/// peer. At most one statement.
pub async fn tie_to_sheet(
    ctx: &Ctx,
    db: &impl ConnectionTrait,
    tie: Tie,
    card: &scorecard::Model,
) -> Result<Tie, Problem> {
    let tie = tie.to_province(ctx.who, card.province_id);
    if let Some(peer_id) = ctx.who.officer_of().filter(|_| tie.member && !tie.own) {
        let assigned = peer_assignment::Entity::find()
            .filter(peer_assignment::Column::CycleId.eq(card.cycle_id))
            .filter(peer_assignment::Column::ProvinceId.eq(card.province_id))
            .filter(peer_assignment::Column::PeerId.eq(peer_id));
        return Ok(Tie { peer: assigned.count(db).await? > 0, ..tie });
    }
    let Some(user_id) = appraiser(ctx.who).filter(|_| tie.appraiser && !tie.interested) else { return Ok(tie) };
    let aside = recusal::Entity::find()
        .filter(recusal::Column::CycleId.eq(card.cycle_id))
        .filter(recusal::Column::ProvinceId.eq(card.province_id))
        .filter(recusal::Column::UserId.eq(user_id));
    Ok(Tie { interested: aside.count(db).await? > 0, ..tie })
}

/// Scorecards of which the caller sees what each appraiser says: those they judge, or oversee.
pub fn judged_scorecards(who: Who) -> Condition {
    match who.officer_of() {
        Some(province_id) => Condition::all().add(CycleId.in_subquery(cycles_of_head(province_id))),
        None => visible_scorecards(who),
    }
}

/// `ReadScorecard` as SQL: the own province's, those of cycles the own province heads, those assigned (never of the
/// province the appraiser comes from, nor where they stood aside), and among members those of published cycles.
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
            .add(scorecard::Column::Id.in_subquery(of_peers(province_id)))
            .add(published);
    }
    match appraiser(who) {
        Some(user_id) => {
            let mut assigned = Condition::all().add(CycleId.in_subquery(cycles_of_appraiser(user_id)));
            if let Some(home) = who.account().and_then(|account| account.province_id) {
                assigned = assigned.add(ProvinceId.ne(home));
            }
            nobody.add(assigned.add(scorecard::Column::Id.not_in_subquery(aside(user_id))))
        }
        None => nobody,
    }
}

/// Ids of the scorecards that a province is to score as a peer.
fn of_peers(peer_id: Uuid) -> SelectStatement {
    let column = |column: peer_assignment::Column| Expr::col((peer_assignment::Entity, column));
    let same_sheet = Condition::all()
        .add(column(peer_assignment::Column::CycleId).equals((scorecard::Entity, CycleId)))
        .add(column(peer_assignment::Column::ProvinceId).equals((scorecard::Entity, ProvinceId)));
    Query::select()
        .column((scorecard::Entity, scorecard::Column::Id))
        .from(scorecard::Entity)
        .inner_join(peer_assignment::Entity, same_sheet)
        .and_where(column(peer_assignment::Column::PeerId).eq(peer_id))
        .to_owned()
}

/// Ids of the scorecards from which an appraiser stood aside.
fn aside(user_id: Uuid) -> SelectStatement {
    let same_sheet = Condition::all()
        .add(Expr::col((recusal::Entity, recusal::Column::CycleId)).equals((scorecard::Entity, CycleId)))
        .add(Expr::col((recusal::Entity, recusal::Column::ProvinceId)).equals((scorecard::Entity, ProvinceId)));
    Query::select()
        .column((scorecard::Entity, scorecard::Column::Id))
        .from(scorecard::Entity)
        .inner_join(recusal::Entity, same_sheet)
        .and_where(Expr::col((recusal::Entity, recusal::Column::UserId)).eq(user_id))
        .to_owned()
}
