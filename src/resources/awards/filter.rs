//! Which awards a list is about.

use std::collections::BTreeSet;

use entity::{award, award_type, cycle};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SimpleExpr};
use uuid::Uuid;

use super::dto::AwardFilter;
use crate::http::{self, Csv};

/// The awards that are wanted: those for which `all` holds, and one of `parts` where there are any.
pub(super) struct Wanted {
    pub(super) all: Condition,
    pub(super) parts: Vec<Condition>,
}

/// `provinces` are those of the filter, widened or not.
///
/// The first filter with several values makes the parts of the list, one for each value; every one of these columns leads
/// an index along the order of the list.
pub(super) fn wanted(filter: &AwardFilter, provinces: Option<&BTreeSet<Uuid>>) -> Wanted {
    use award::Column;
    let of = |column: Column| move |Csv(ids): &Csv<Uuid>| each(column, ids.iter().copied());
    let indexed = [
        provinces.map(|ids| each(Column::ProvinceId, ids.iter().copied())),
        filter.award_type_id.as_ref().map(of(Column::AwardTypeId)),
        filter.cycle_id.as_ref().map(of(Column::CycleId)),
        filter.authority.as_ref().map(|Csv(some)| each(Column::Authority, some.iter().copied())),
        filter.year.as_ref().map(|Csv(years)| each(Column::DecisionYear, years.iter().copied())),
        filter.state.as_ref().map(|Csv(states)| each(Column::State, states.iter().copied())),
    ];
    let mut wanted = Wanted { all: others(filter), parts: vec![] };
    for values in indexed.into_iter().flatten() {
        if values.len() > 1 && wanted.parts.is_empty() {
            wanted.parts = values.into_iter().map(|one| Condition::all().add(one)).collect();
        } else {
            wanted.all = wanted.all.add(values.into_iter().fold(Condition::any(), Condition::add));
        }
    }
    wanted
}

/// A condition for each value, and none of them twice.
fn each<V: Into<sea_orm::Value> + Ord>(column: award::Column, values: impl Iterator<Item = V>) -> Vec<SimpleExpr> {
    values.collect::<BTreeSet<V>>().into_iter().map(|value| column.eq(value)).collect()
}

fn others(filter: &AwardFilter) -> Condition {
    use award::Column;
    let types = |Csv(categories): &Csv<_>| {
        let types = award_type::Entity::find().select_only().column(award_type::Column::Id);
        let types = types.filter(award_type::Column::Category.is_in(categories.iter().copied()));
        Column::AwardTypeId.in_subquery(types.into_query())
    };
    let cycles = |Csv(clusters): &Csv<Uuid>| {
        let cycles = cycle::Entity::find().select_only().column(cycle::Column::Id);
        let cycles = cycles.filter(cycle::Column::ClusterId.is_in(clusters.iter().copied()));
        Column::CycleId.in_subquery(cycles.into_query())
    };
    Condition::all()
        .add_option(filter.q.as_ref().map(|q| http::contains(Column::SearchText, q)))
        .add_option(filter.category.as_ref().map(types))
        .add_option(filter.cluster_id.as_ref().map(cycles))
        .add_option(filter.decided_on_from.map(|day| Column::DecidedOn.gte(day)))
        .add_option(filter.decided_on_to.map(|day| Column::DecidedOn.lte(day)))
}
