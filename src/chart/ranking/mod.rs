//! A ranking: a bar for each province in the order of the ranks, made of its sections.

mod drawing;
mod plan;
#[cfg(test)]
mod tests;

use entity::decimal::Decimal;

use self::plan::Plan;
use crate::domain::phrase::Language;

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    pub language: Language,
    pub title: String,
    /// Smaller lines below the title.
    pub subtitles: Vec<String>,
    /// Up to where the axis goes at least: the most that can be had, bonus aside.
    pub total_points: Decimal,
    /// In display order.
    pub bars: Vec<Bar>,
}

/// One province.
#[derive(Clone, Debug)]
pub struct Bar {
    /// `None` where it is not ranked.
    pub place: Option<i32>,
    pub name: String,
    pub total: Decimal,
    /// Why it is not ranked.
    pub reason: Option<String>,
    pub parts: Vec<Part>,
}

/// The points of one section.
#[derive(Clone, Debug)]
pub struct Part {
    pub code: String,
    pub name: String,
    pub points: Decimal,
}

impl Picture {
    /// The picture as SVG. Nothing in it refers to anything outside.
    pub fn draw(&self) -> Result<String, String> {
        Plan::of(self).draw()
    }
}
