//! The matrix, written row by row.

use uuid::Uuid;

use super::{
    dto::{Detail, Matrix, MatrixCell, MatrixColumn, MatrixRow, OpenLines},
    service,
};
use crate::{
    domain::{
        matrix::{Points, distance},
        refusal::Refusal,
        scoring::Stages,
    },
    http::{Ctx, Pieces},
    problem::Problem,
    results,
};

/// What closes a matrix after its last row.
const END: &str = "]}";

/// A matrix on its way out: the first piece is all but the rows, then comes a row a piece, then the end.
pub(super) struct Written {
    cycle_id: Uuid,
    detail: Detail,
    found: results::Matrix,
}

pub(super) async fn get(ctx: &Ctx, cycle_id: Uuid, detail: Detail) -> Result<Written, Problem> {
    Ok(Written { cycle_id, detail, found: service::seen(ctx, cycle_id).await?.0 })
}

impl Pieces for Written {
    fn piece(&self, place: usize) -> Result<Option<Vec<u8>>, Problem> {
        let rows = &self.found.rows;
        let Some(index) = place.checked_sub(1) else { return self.begin().map(Some) };
        let Some(row) = rows.get(index) else {
            return Ok((index == rows.len()).then(|| END.into()));
        };
        let mut piece = if index == 0 { vec![] } else { vec![b','] };
        serde_json::to_writer(&mut piece, &self.row(row)?).map_err(Problem::internal)?;
        Ok(Some(piece))
    }
}

impl Written {
    /// A matrix without rows, but for its end.
    fn begin(&self) -> Result<Vec<u8>, Problem> {
        let matrix = Matrix {
            cycle_id: self.cycle_id,
            criteria_set_id: self.found.criteria_set_id,
            detail: self.detail,
            columns: self.columns(),
            rows: vec![],
        };
        let mut piece = serde_json::to_vec(&matrix).map_err(Problem::internal)?;
        if !piece.ends_with(END.as_bytes()) {
            return Err(Problem::internal("the rows are not the last member of a matrix"));
        }
        piece.truncate(piece.len() - END.len());
        Ok(piece)
    }

    fn columns(&self) -> Vec<MatrixColumn> {
        let form = &self.found.form;
        let named = |id: Uuid| self.found.names_en.get(&id).cloned();
        match self.detail {
            Detail::Sections => form
                .sections()
                .iter()
                .map(|section| MatrixColumn {
                    criterion_id: section.id,
                    section_id: section.id,
                    code: section.code.clone(),
                    name: section.name.clone(),
                    name_en: named(section.id),
                    max_points: section.max_points,
                })
                .collect(),
            Detail::Leaves => form
                .leaves()
                .iter()
                .map(|leaf| MatrixColumn {
                    criterion_id: leaf.id,
                    section_id: leaf.section_id,
                    code: leaf.code.clone(),
                    name: leaf.name.clone(),
                    name_en: named(leaf.id),
                    max_points: leaf.max_points,
                })
                .collect(),
        }
    }

    fn row(&self, row: &results::MatrixRow) -> Result<MatrixRow, Problem> {
        let total = row.points.total().map_err(Refusal::from)?;
        let cells = match self.detail {
            Detail::Leaves => row.points.leaves().iter().copied().map(cell).collect(),
            Detail::Sections => {
                row.points.sections(&self.found.form).map_err(Refusal::from)?.into_iter().map(cell).collect()
            }
        };
        let Stages { self_scored, appraised, second, finalized } = row.points.open();
        Ok(MatrixRow {
            province: row.province.clone().into(),
            scorecard_id: row.card.id,
            excluded_reason: row.excluded_reason.clone(),
            total: cell(total),
            open: OpenLines { own: self_scored, appraised, second, last: finalized },
            cells,
        })
    }
}

fn cell(points: Points) -> MatrixCell {
    let Stages { self_scored, appraised, second, finalized } = points;
    MatrixCell { own: self_scored, appraised, second, last: finalized, distance: distance(points) }
}
