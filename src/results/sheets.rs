//! The sheets of a cycle as the rules see them.

use std::collections::HashMap;

use entity::{criterion, score, scorecard};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    domain::{
        criteria::{Form, Node, Rule, Tree},
        scoring::{Line, Sheet, Stages},
    },
    problem::Problem,
};

/// All scorecards of a cycle with their lines, and the form they are written on.
pub struct Sheets {
    pub criteria_set_id: Uuid,
    pub form: Form,
    pub cards: Vec<(scorecard::Model, Vec<score::Model>)>,
}

/// The criteria of an issued set as a form.
pub fn form(rows: Vec<criterion::Model>) -> Result<Form, Problem> {
    let nodes = rows.into_iter().map(node).collect::<Result<Vec<_>, Problem>>()?;
    Ok(Form::of(&Tree::build(nodes, |index| format!("/{index}"))?)?)
}

/// A stored criterion as the rules see it.
pub fn node(row: criterion::Model) -> Result<Node, Problem> {
    let rule = match row.method {
        Some(method) => Some(Rule::from_parts(method, row.parameters.as_ref(), "")?),
        None => None,
    };
    Ok(Node {
        id: row.id,
        parent: row.parent_id,
        position: row.position,
        code: row.code,
        name: row.name,
        max_points: row.max_points,
        rule,
        evidence_required: row.evidence_required,
    })
}

impl Sheets {
    /// Three statements, however many provinces and lines there are.
    pub async fn load(db: &impl ConnectionTrait, cycle_id: Uuid) -> Result<Self, Problem> {
        let cards = scorecard::Entity::find()
            .filter(scorecard::Column::CycleId.eq(cycle_id))
            .order_by_asc(scorecard::Column::Id)
            .find_with_related(score::Entity)
            .all(db)
            .await?;
        let criteria_set_id = cards.first().map(|(card, _)| card.criteria_set_id).ok_or_else(Problem::not_found)?;
        let criteria =
            criterion::Entity::find().filter(criterion::Column::CriteriaSetId.eq(criteria_set_id)).all(db).await?;
        Ok(Self { criteria_set_id, form: form(criteria)?, cards })
    }

    /// One province's sheet, with its sums.
    pub fn sheet(&self, scores: &[score::Model]) -> Result<Sheet, Problem> {
        let lines: Vec<Line> = scores.iter().map(line).collect();
        Ok(Sheet::of(&self.form, &lines)?)
    }

    /// Every province's final points by section.
    pub fn by_province(&self) -> HashMap<Uuid, &[score::Model]> {
        self.cards.iter().map(|(card, scores)| (card.province_id, scores.as_slice())).collect()
    }
}

/// A stored line as the rules see it.
pub fn line(row: &score::Model) -> Line {
    Line {
        criterion_id: row.criterion_id,
        attained: row.attained,
        target: row.target,
        points: Stages { self_scored: row.self_points, appraised: row.appraised_points, finalized: row.final_points },
        appraisal_reason: row.appraisal_reason.clone(),
        self_note: row.self_note.clone(),
        evidence_count: row.evidence_count,
    }
}
