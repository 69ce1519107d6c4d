//! Assignments (giao nhiệm vụ, khoán sản phẩm): what a province asks of its departments, agencies and districts in a year.
//!
//! ```text
//! Assigned ──Report──▶ Reported ──Rate──▶ Rated
//!     └─────Withdraw──▶ Withdrawn
//! ```
//!
//! Practice of Yên Bái since 2019; the words of the rating are a choice of this service. Late and overdue follow from the
//! dates and are stored nowhere.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use entity::vocab::{AssignmentRating, AssignmentState, UnitKind};
use strum::{EnumIter, IntoStaticStr};

use super::{
    phrase::Phrase,
    refusal::{Fault, Refusal},
    text,
};

/// What can happen to an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Event {
    /// The unit says what it delivers.
    Report,
    /// The province judges it.
    Rate,
    /// Taken back, with a reason.
    Withdraw,
}

impl Event {
    /// The word that names the step in a path.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// What can be written beside the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Write {
    /// Unit, task, product, due date.
    Task,
    /// What was delivered.
    Result,
    /// The note, and how well all of it is known.
    Note,
}

/// The whole state machine. What is not listed is refused.
pub fn next(from: AssignmentState, event: Event) -> Result<AssignmentState, Refusal> {
    use AssignmentState::*;
    match (from, event) {
        (Assigned, Event::Report) => Ok(Reported),
        (Reported, Event::Rate) => Ok(Rated),
        (Assigned, Event::Withdraw) => Ok(Withdrawn),

        (Withdrawn, _) => withdrawn(),
        (Reported | Rated, Event::Report) => {
            refused("the assignment has been reported already", "nhiệm vụ đã được báo cáo kết quả")
        }
        (Assigned, Event::Rate) => {
            refused("there is no report to rate yet", "nhiệm vụ chưa có báo cáo kết quả để đánh giá")
        }
        (Rated, Event::Rate) => refused("the assignment has been rated already", "nhiệm vụ đã được đánh giá"),
        (Reported | Rated, Event::Withdraw) => {
            refused("what has been reported is not withdrawn", "không thu hồi được nhiệm vụ đã báo cáo kết quả")
        }
    }
}

/// Whether something may be written: a task until it is reported, its result until it is rated.
pub fn may_write(write: Write, state: AssignmentState) -> Result<(), Refusal> {
    use AssignmentState::*;
    match (write, state) {
        (Write::Task, Assigned) | (Write::Result, Reported) | (Write::Note, Assigned | Reported | Rated) => Ok(()),
        (_, Withdrawn) => withdrawn(),
        (Write::Task, Reported | Rated) => refused(
            "the task has been reported: it changes no more",
            "nhiệm vụ đã báo cáo kết quả nên không thay đổi được nữa",
        ),
        (Write::Result, Assigned) => refused("the result is written by `report`", "kết quả được ghi khi báo cáo"),
        (Write::Result, Rated) => refused(
            "the result has been rated: it changes no more",
            "kết quả đã được đánh giá nên không thay đổi được nữa",
        ),
    }
}

/// A task of a year is due in it, or in the next, when what took the whole year is put together.
pub fn misdue(year: i32, due_on: NaiveDate) -> Option<Fault> {
    (due_on.year() != year && due_on.year() != year.saturating_add(1)).then(|| {
        let message = Phrase::new("in the year of the task or the next", "trong năm giao nhiệm vụ hoặc năm sau");
        Fault::new("/due_on", "out_of_year", message)
    })
}

/// A report comes in the year or later, and not in the future.
pub fn misreported(year: i32, reported_on: NaiveDate, today: NaiveDate) -> Option<Fault> {
    if reported_on.year() < year {
        let message = Phrase::new("not before the year of the task", "không trước năm giao nhiệm vụ");
        return Some(Fault::new("/reported_on", "too_early", message));
    }
    future("/reported_on", reported_on, today)
}

/// A rating follows its report, and not in the future.
pub fn misrated(reported_on: Option<NaiveDate>, rated_on: NaiveDate, today: NaiveDate) -> Option<Fault> {
    if reported_on.is_some_and(|reported| rated_on < reported) {
        let message = Phrase::new("not before the report", "không trước ngày báo cáo");
        return Some(Fault::new("/rated_on", "too_early", message));
    }
    future("/rated_on", rated_on, today)
}

fn future(pointer: &str, day: NaiveDate, today: NaiveDate) -> Option<Fault> {
    (day > today).then(|| Fault::new(pointer, "in_future", Phrase::new("lies in the future", "nằm trong tương lai")))
}

/// Whether the report came after the due date.
pub fn is_late(due_on: NaiveDate, reported_on: Option<NaiveDate>) -> bool {
    reported_on.is_some_and(|reported| reported > due_on)
}

/// Whether the due date has passed and there is no report.
pub fn is_overdue(state: AssignmentState, due_on: NaiveDate, today: NaiveDate) -> bool {
    state == AssignmentState::Assigned && due_on < today
}

/// An assignment, as far as a summary counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub unit_kind: UnitKind,
    pub unit_name: String,
    pub state: AssignmentState,
    pub due_on: NaiveDate,
    pub reported_on: Option<NaiveDate>,
    pub rating: Option<AssignmentRating>,
}

/// How many assignments became what. Those that were withdrawn count nowhere but in `withdrawn`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub assigned: u32,
    /// The part of `assigned` that was reported, rated or not.
    pub reported: u32,
    /// The part of `reported` that came after its due date.
    pub late: u32,
    /// The part of `assigned` that is not reported and past its due date.
    pub overdue: u32,
    pub withdrawn: u32,
    pub excellent: u32,
    pub good: u32,
    pub completed: u32,
    pub not_completed: u32,
}

impl Counts {
    fn count(&mut self, task: &Task, today: NaiveDate) {
        let add = |count: &mut u32, counts: bool| *count = count.saturating_add(u32::from(counts));
        if task.state == AssignmentState::Withdrawn {
            add(&mut self.withdrawn, true);
            return;
        }
        add(&mut self.assigned, true);
        add(&mut self.reported, task.reported_on.is_some());
        add(&mut self.late, is_late(task.due_on, task.reported_on));
        add(&mut self.overdue, is_overdue(task.state, task.due_on, today));
        match task.rating {
            Some(AssignmentRating::Excellent) => add(&mut self.excellent, true),
            Some(AssignmentRating::Good) => add(&mut self.good, true),
            Some(AssignmentRating::Completed) => add(&mut self.completed, true),
            Some(AssignmentRating::NotCompleted) => add(&mut self.not_completed, true),
            None => {}
        }
    }
}

/// What became of the assignments of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub kind: UnitKind,
    /// As it was typed first.
    pub name: String,
    pub counts: Counts,
}

/// What became of the assignments of a province in a year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// In the Vietnamese order of their names.
    pub units: Vec<Unit>,
    pub total: Counts,
}

/// Counts tasks by unit. A unit is one however its name was typed: case, accents and spaces do not count.
pub fn summarise(tasks: impl IntoIterator<Item = Task>, today: NaiveDate) -> Summary {
    let mut units: BTreeMap<(String, UnitKind), Unit> = BTreeMap::new();
    let mut total = Counts::default();
    for task in tasks {
        total.count(&task, today);
        let unit = units.entry((text::fold(&task.unit_name), task.unit_kind)).or_insert_with(|| Unit {
            kind: task.unit_kind,
            name: task.unit_name.clone(),
            counts: Counts::default(),
        });
        unit.counts.count(&task, today);
    }
    let mut units: Vec<Unit> = units.into_values().collect();
    units.sort_by_cached_key(|unit| (text::sort_key(&unit.name), unit.kind));
    Summary { units, total }
}

fn withdrawn<T>() -> Result<T, Refusal> {
    refused(
        "the assignment was withdrawn; nothing changes any more",
        "nhiệm vụ đã được thu hồi, không thay đổi được nữa",
    )
}

fn refused<T>(en: &'static str, vi: &'static str) -> Result<T, Refusal> {
    Err(Refusal::WrongState(Phrase::new(en, vi)))
}

#[cfg(test)]
mod tests;
