//! Where everything of the picture stands, before anything is drawn.

use plotters::style::text_anchor::HPos;

use super::{Bar, Picture};
use crate::chart::{
    layout::{Face, drawable},
    palette::{INK, QUIET},
};

pub(super) const WIDTH: i32 = 960;
pub(super) const MARGIN: i32 = 28;
/// From one bar to the next.
pub(super) const PITCH: i32 = 34;
pub(super) const BAR: i32 = 22;
/// What a province that does not compete needs: its bar and the reason.
pub(super) const TALL: i32 = 50;
/// Between those who compete and those who do not.
pub(super) const GAP: i32 = 30;
pub(super) const AXIS: i32 = 30;
/// Room for the totals at the right.
pub(super) const TOTAL: i32 = 76;
pub(super) const RANK: i32 = 34;

pub(super) const TITLE: Face = Face::new(22, INK).bold();
pub(super) const SUBTITLE: Face = Face::new(14, QUIET);
pub(super) const LEGEND: Face = Face::new(13, INK);
pub(super) const NAME: Face = Face::new(14, INK);
pub(super) const PLACE: Face = Face::new(14, INK).bold().from(HPos::Right);
pub(super) const VALUE: Face = Face::new(11, INK).from(HPos::Center);
pub(super) const SUM: Face = Face::new(14, INK).bold().from(HPos::Right);
pub(super) const TICK: Face = Face::new(12, QUIET).from(HPos::Center);
pub(super) const REASON: Face = Face::new(12, QUIET);

/// Where things stand.
pub(super) struct Plan<'a> {
    pub picture: &'a Picture,
    pub sections: Vec<(&'a str, &'a str)>,
    pub title: Vec<String>,
    pub subtitles: Vec<String>,
    /// Each with the place of its section.
    pub legend: Vec<Vec<(usize, String)>>,
    /// Left end of the bars.
    pub left: i32,
    /// Upper end of the bars.
    pub top: i32,
    /// The middle of each bar, counted from the top.
    pub middles: Vec<i32>,
    pub height: i32,
    pub lowest: i128,
    pub highest: i128,
}

impl<'a> Plan<'a> {
    pub(super) fn of(picture: &'a Picture) -> Self {
        let mut sections: Vec<(&str, &str)> = vec![];
        for part in picture.bars.iter().flat_map(|bar| &bar.parts) {
            if !sections.iter().any(|(code, _)| *code == part.code) {
                sections.push((&part.code, &part.name));
            }
        }
        let room = WIDTH - 2 * MARGIN;
        let title = TITLE.lines(&drawable(&picture.title), room);
        let subtitles: Vec<_> =
            picture.subtitles.iter().flat_map(|line| SUBTITLE.lines(&drawable(line), room)).collect();
        let legend = legend(&sections, room);
        let widest = picture.bars.iter().map(|bar| NAME.width(&drawable(&bar.name))).max().unwrap_or(0);
        let mut middles = vec![];
        let mut height = 0;
        let mut competes = true;
        for bar in &picture.bars {
            if competes && bar.place.is_none() {
                height += GAP;
            }
            competes = bar.place.is_some();
            middles.push(height + PITCH / 2);
            height += if competes { PITCH } else { TALL };
        }
        let sums = |sign: fn(i128) -> i128| {
            let of_bar = move |bar: &Bar| bar.parts.iter().map(|part| sign(part.points.scaled().into())).sum::<i128>();
            picture.bars.iter().map(of_bar)
        };
        let highest = sums(|points| points.max(0)).chain([picture.total_points.scaled().into()]).max().unwrap_or(0);
        Self {
            picture,
            left: MARGIN + RANK + widest.clamp(60, 250) + 12,
            top: MARGIN + 32 * count(&title) + 21 * count(&subtitles) + 24 * count(&legend) + 14,
            title,
            subtitles,
            legend,
            sections,
            middles,
            height: height.max(PITCH),
            lowest: sums(|points| points.min(0)).min().unwrap_or(0),
            highest: highest.max(10_000),
        }
    }

    pub(super) fn whole(&self) -> i32 {
        self.top + self.height + AXIS + MARGIN / 2
    }

    /// How wide points are drawn.
    pub(super) fn pixels(&self, points: i128) -> i32 {
        let room = i128::from(WIDTH - MARGIN - TOTAL - self.left);
        i32::try_from(points.abs() * room / (self.highest - self.lowest)).unwrap_or_default()
    }
}

/// The width of an entry of the legend, with the blank behind it.
pub(super) fn entry(label: &str) -> i32 {
    20 + LEGEND.width(label) + 22
}

/// The sections in lines.
fn legend(sections: &[(&str, &str)], room: i32) -> Vec<Vec<(usize, String)>> {
    let mut lines: Vec<Vec<(usize, String)>> = vec![];
    let mut used = 0;
    for (place, (code, name)) in sections.iter().enumerate() {
        let label = LEGEND.fitted(&drawable(&format!("{code}. {name}")), room - 20);
        let width = entry(&label);
        match lines.last_mut() {
            Some(line) if used + width <= room => {
                line.push((place, label));
                used += width;
            }
            _ => {
                lines.push(vec![(place, label)]);
                used = width;
            }
        }
    }
    lines
}

fn count<T>(list: &[T]) -> i32 {
    i32::try_from(list.len()).unwrap_or(i32::MAX)
}
