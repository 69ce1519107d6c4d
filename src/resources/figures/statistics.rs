//! Statistics of the matrix.

use entity::decimal::Decimal;
use uuid::Uuid;

use super::{
    deviation,
    dto::{DistanceSpread, FenceSide, Outlier, OutlierMeasure, SectionStatistics, Spread, StageSpread, Statistics},
    service,
};
use crate::{
    domain::{
        matrix::{Points, distance},
        refusal::Refusal,
        statistics::{self as rules, Fence, Summary},
    },
    http::{Ctx, brief::ProvinceBrief},
    problem::Problem,
    results::MatrixRow,
};

/// What is compared among the provinces: a section, or the total.
struct Compared<'a> {
    criterion_id: Option<Uuid>,
    code: Option<&'a str>,
    points: Vec<(&'a MatrixRow, Points)>,
}

pub(super) async fn get(ctx: &Ctx, cycle_id: Uuid) -> Result<Statistics, Problem> {
    let (found, opinions) = service::seen(ctx, cycle_id).await?;
    let (mut by_section, mut totals) = (vec![], vec![]);
    for row in found.competing() {
        by_section.push((row, row.points.sections(&found.form).map_err(Refusal::from)?));
        totals.push((row, row.points.total().map_err(Refusal::from)?));
    }
    let mut outliers = vec![];
    let mut sections = vec![];
    for (place, section) in found.form.sections().iter().enumerate() {
        let points = by_section.iter().filter_map(|(row, cells)| Some((*row, *cells.get(place)?))).collect();
        let compared = Compared { criterion_id: Some(section.id), code: Some(&section.code), points };
        sections.push(SectionStatistics {
            criterion_id: section.id,
            code: section.code.clone(),
            name: section.name.clone(),
            name_en: found.names_en.get(&section.id).cloned(),
            max_points: section.max_points,
            spread: compared.spread(&mut outliers),
        });
    }
    let provinces = totals.len();
    let total = Compared { criterion_id: None, code: None, points: totals }.spread(&mut outliers);
    let appraisers = if opinions {
        let briefs = found.rows.iter().map(|row| (row.card.province_id, brief(row))).collect();
        Some(deviation::of(ctx, cycle_id, &found.form, &briefs).await?)
    } else {
        None
    };
    Ok(Statistics {
        cycle_id,
        criteria_set_id: found.criteria_set_id,
        provinces,
        sections,
        total,
        appraisers,
        outliers,
    })
}

impl<'a> Compared<'a> {
    /// The statistics; whoever lies outside is added to `outliers`.
    fn spread(&self, outliers: &mut Vec<Outlier>) -> Spread {
        let mut stage = |measure, of: fn(Points) -> Option<Decimal>| {
            let (rows, values) = self.values(of);
            let found = rules::summary(&values)?;
            self.outside(measure, &found, &rows, &values, outliers);
            Some(stage(found))
        };
        let own = stage(OutlierMeasure::Own, |points| points.self_scored);
        let appraised = stage(OutlierMeasure::Appraised, |points| points.appraised);
        // Where nothing was contested, nobody stands outside twice.
        let contested = self.values(|points| points.second).1 != self.values(|points| points.appraised).1;
        let second = if contested { stage(OutlierMeasure::Second, |points| points.second) } else { appraised.clone() };
        let last = stage(OutlierMeasure::Final, |points| points.finalized);
        Spread { own, appraised, second, last, distance: self.distance(outliers) }
    }

    fn distance(&self, outliers: &mut Vec<Outlier>) -> Option<DistanceSpread> {
        let (rows, values) = self.values(distance);
        let (found, of_signed) = (rules::distances(&values)?, rules::summary(&values)?);
        self.outside(OutlierMeasure::Distance, &of_signed, &rows, &values, outliers);
        let as_far = |value: &Decimal| value.scaled().abs() == found.largest.scaled();
        let furthest = rows.iter().zip(&values).filter(|(_, value)| as_far(value));
        Some(DistanceSpread {
            count: found.count,
            mean: found.mean,
            mean_absolute: found.mean_absolute,
            largest: found.largest,
            largest_of: furthest.map(|(row, _)| brief(row)).collect(),
            lower_fence: of_signed.lower_fence,
            upper_fence: of_signed.upper_fence,
        })
    }

    fn values(&self, of: fn(Points) -> Option<Decimal>) -> (Vec<&'a MatrixRow>, Vec<Decimal>) {
        self.points.iter().filter_map(|(row, points)| Some((*row, of(*points)?))).unzip()
    }

    fn outside(
        &self,
        measure: OutlierMeasure,
        summary: &Summary,
        rows: &[&MatrixRow],
        values: &[Decimal],
        outliers: &mut Vec<Outlier>,
    ) {
        outliers.extend(rules::outliers(values).into_iter().filter_map(|(place, fence)| {
            let (fence, bound) = match fence {
                Fence::Lower => (FenceSide::Lower, summary.lower_fence),
                Fence::Upper => (FenceSide::Upper, summary.upper_fence),
            };
            Some(Outlier {
                province: brief(rows.get(place)?),
                criterion_id: self.criterion_id,
                code: self.code.map(ToOwned::to_owned),
                measure,
                value: *values.get(place)?,
                fence,
                bound,
            })
        }));
    }
}

fn brief(row: &MatrixRow) -> ProvinceBrief {
    row.province.clone().into()
}

fn stage(summary: Summary) -> StageSpread {
    let Summary {
        count,
        lowest,
        lower_quartile,
        median,
        upper_quartile,
        highest,
        mean,
        standard_deviation,
        lower_fence,
        upper_fence,
    } = summary;
    StageSpread {
        count,
        mean,
        median,
        lower_quartile,
        upper_quartile,
        lowest,
        highest,
        standard_deviation,
        lower_fence,
        upper_fence,
    }
}
