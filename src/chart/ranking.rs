//! A ranking: a bar for each province in the order of the ranks, made of its sections.

use std::fmt::Display;

use entity::decimal::Decimal;
use plotters::{
    backend::SVGBackend,
    chart::{ChartBuilder, ChartContext, LabelAreaPosition},
    coord::{Shift, cartesian::Cartesian2d, types::RangedCoordi32, types::RangedCoordi128},
    drawing::{DrawingArea, IntoDrawingArea},
    element::{EmptyElement, PathElement, Rectangle, Text},
    style::{Color, TRANSPARENT, WHITE, text_anchor::HPos},
};

use super::{
    layout::{Face, drawable},
    palette::{self, BAND, INK, LINE, QUIET},
};
use crate::domain::phrase::{Language, Phrase};

const WIDTH: i32 = 960;
const MARGIN: i32 = 28;
/// From one bar to the next.
const PITCH: i32 = 34;
const BAR: i32 = 22;
/// What a province that does not compete needs: its bar and the reason.
const TALL: i32 = 50;
/// Between those who compete and those who do not.
const GAP: i32 = 30;
const AXIS: i32 = 30;
/// Room for the totals at the right.
const TOTAL: i32 = 76;
const RANK: i32 = 34;

const TITLE: Face = Face::new(22, INK).bold();
const SUBTITLE: Face = Face::new(14, QUIET);
const LEGEND: Face = Face::new(13, INK);
const NAME: Face = Face::new(14, INK);
const PLACE: Face = Face::new(14, INK).bold().from(HPos::Right);
const VALUE: Face = Face::new(11, INK).from(HPos::Center);
const SUM: Face = Face::new(14, INK).bold().from(HPos::Right);
const TICK: Face = Face::new(12, QUIET).from(HPos::Center);
const REASON: Face = Face::new(12, QUIET);

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

/// Where things stand.
struct Plan<'a> {
    picture: &'a Picture,
    sections: Vec<(&'a str, &'a str)>,
    title: Vec<String>,
    subtitles: Vec<String>,
    /// Each with the place of its section.
    legend: Vec<Vec<(usize, String)>>,
    /// Left end of the bars.
    left: i32,
    /// Upper end of the bars.
    top: i32,
    /// The middle of each bar, counted from the top.
    middles: Vec<i32>,
    height: i32,
    lowest: i128,
    highest: i128,
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Bars<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordi128, RangedCoordi32>>;

impl Picture {
    /// The picture as SVG. Nothing in it refers to anything outside.
    pub fn draw(&self) -> Result<String, String> {
        let plan = Plan::of(self);
        let mut svg = String::new();
        let size = (WIDTH.unsigned_abs(), plan.whole().unsigned_abs());
        {
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            root.fill(&WHITE).map_err(told)?;
            plan.heading(&root)?;
            plan.ground(&root)?;
            plan.bars(&root)?;
            plan.labels(&root)?;
            root.present().map_err(told)?;
        }
        Ok(svg)
    }
}

fn told(why: impl Display) -> String {
    why.to_string()
}

impl<'a> Plan<'a> {
    fn of(picture: &'a Picture) -> Self {
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

    fn whole(&self) -> i32 {
        self.top + self.height + AXIS + MARGIN / 2
    }

    fn heading(&self, root: &Area<'_>) -> Result<(), String> {
        let mut y = MARGIN + 8;
        for line in &self.title {
            root.draw_text(line, &TITLE.style(), (MARGIN, y)).map_err(told)?;
            y += 32;
        }
        y -= 6;
        for line in &self.subtitles {
            root.draw_text(line, &SUBTITLE.style(), (MARGIN, y)).map_err(told)?;
            y += 21;
        }
        y += 8;
        for line in &self.legend {
            let mut x = MARGIN;
            for (place, label) in line {
                let square = Rectangle::new([(x, y - 6), (x + 13, y + 7)], palette::section(*place, true).filled());
                root.draw(&square).map_err(told)?;
                root.draw_text(label, &LEGEND.style(), (x + 20, y)).map_err(told)?;
                x += entry(label);
            }
            y += 24;
        }
        Ok(())
    }

    /// Every other ranked province stands on a band, and those that are not ranked below a rule.
    fn ground(&self, root: &Area<'_>) -> Result<(), String> {
        let mut competes = true;
        for (index, (bar, middle)) in self.picture.bars.iter().zip(&self.middles).enumerate() {
            let y = self.top + middle;
            if index % 2 == 0 && bar.place.is_some() {
                let band = [(MARGIN - 8, y - PITCH / 2), (WIDTH - MARGIN + 8, y + PITCH / 2)];
                root.draw(&Rectangle::new(band, BAND.filled())).map_err(told)?;
            }
            if competes && bar.place.is_none() {
                let above = y - PITCH / 2 - GAP / 2 + 4;
                let unranked = Phrase::new("Not ranked", "Không xếp hạng");
                let unranked = unranked.say(self.picture.language);
                root.draw_text(unranked, &REASON.style(), (MARGIN, above)).map_err(told)?;
                let rule = [(MARGIN + REASON.width(unranked) + 10, above), (WIDTH - MARGIN, above)];
                root.draw(&PathElement::new(rule, palette::stroke(LINE))).map_err(told)?;
            }
            competes = bar.place.is_some();
        }
        Ok(())
    }

    /// Rank, name and total of each province, and why it is not ranked.
    fn labels(&self, root: &Area<'_>) -> Result<(), String> {
        let room = self.left - MARGIN - RANK - 12;
        for (bar, middle) in self.picture.bars.iter().zip(&self.middles) {
            let y = self.top + middle;
            let (rank, colour) = bar.place.map_or_else(|| ("–".to_owned(), QUIET), |place| (place.to_string(), INK));
            let draw = |text: &str, face: Face, x: i32, y: i32| {
                root.draw_text(text, &Face { colour, ..face }.style(), (x, y)).map_err(told)
            };
            draw(&rank, PLACE, MARGIN + RANK - 12, y)?;
            draw(&NAME.fitted(&drawable(&bar.name), room), NAME, MARGIN + RANK, y)?;
            draw(&self.picture.language.number(bar.total), SUM, WIDTH - MARGIN, y)?;
            if let Some(reason) = bar.reason.as_deref().filter(|_| bar.place.is_none()) {
                let reason = REASON.fitted(&drawable(reason), WIDTH - self.left - MARGIN);
                let (left, y) = (self.left + 1, y + BAR);
                // The lines of the axis end where there is something to read.
                let behind = [(left, y - 8), (left + REASON.width(&reason) + 6, y + 9)];
                root.draw(&Rectangle::new(behind, WHITE.filled())).map_err(told)?;
                draw(&reason, REASON, left, y)?;
            }
        }
        Ok(())
    }

    fn bars(&self, root: &Area<'_>) -> Result<(), String> {
        let area = root.clone().shrink((self.left, self.top), (WIDTH - MARGIN - TOTAL - self.left, self.height + AXIS));
        let mut chart = ChartBuilder::on(&area)
            .set_label_area_size(LabelAreaPosition::Bottom, AXIS)
            .build_cartesian_2d(self.lowest..self.highest, 0..self.height)
            .map_err(told)?;
        let language = self.picture.language;
        let tick = |points: &i128| {
            Decimal::quotient(*points, 1, entity::decimal::Rounding::HalfUp)
                .map_or_else(|_| String::new(), |points| language.number(points))
        };
        chart
            .configure_mesh()
            .disable_y_mesh()
            .disable_y_axis()
            .x_labels(8)
            .x_max_light_lines(1)
            .light_line_style(TRANSPARENT)
            .bold_line_style(palette::stroke(LINE))
            .axis_style(palette::stroke(LINE))
            .x_label_style(TICK.style())
            .x_label_formatter(&tick)
            .draw()
            .map_err(told)?;
        for (bar, middle) in self.picture.bars.iter().zip(&self.middles) {
            self.bar(&mut chart, bar, self.height - middle)?;
        }
        Ok(())
    }

    fn bar(&self, chart: &mut Bars<'_>, bar: &Bar, y: i32) -> Result<(), String> {
        let language = self.picture.language;
        let competes = bar.place.is_some();
        let (low, high) = (y - BAR / 2, y + BAR / 2);
        // What takes points away lies left of zero.
        let (mut right, mut left) = (0, 0);
        for part in &bar.parts {
            let points = i128::from(part.points.scaled());
            if points == 0 {
                continue;
            }
            let side = if points > 0 { &mut right } else { &mut left };
            let (from, to) = (*side, *side + points);
            *side = to;
            let place = self.sections.iter().position(|(code, _)| *code == part.code).unwrap_or_default();
            let colour = palette::section(place, competes);
            let block = Rectangle::new([(from, low), (to, high)], colour.filled());
            chart.draw_series([block]).map_err(told)?;
            chart.draw_series([PathElement::new([(to, low), (to, high)], palette::stroke(WHITE))]).map_err(told)?;
            let value = language.number(part.points);
            let face = Face { colour: palette::on(colour), ..VALUE };
            if face.width(&value) + 10 <= self.pixels(points) {
                let at = EmptyElement::at((from + points / 2, y)) + Text::new(value, (0, 0), face.style());
                chart.draw_series([at]).map_err(told)?;
            }
        }
        Ok(())
    }

    /// How wide points are drawn.
    fn pixels(&self, points: i128) -> i32 {
        let room = i128::from(WIDTH - MARGIN - TOTAL - self.left);
        i32::try_from(points.abs() * room / (self.highest - self.lowest)).unwrap_or_default()
    }
}

/// The width of an entry of the legend, with the blank behind it.
fn entry(label: &str) -> i32 {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(place: Option<i32>, name: &str, points: &[&str], reason: Option<&str>) -> Bar {
        let points: Vec<Decimal> = points.iter().map(|points| points.parse().unwrap()).collect();
        let part = |(place, points): (usize, &Decimal)| Part {
            code: (place + 1).to_string(),
            name: format!("Phần {}", place + 1),
            points: *points,
        };
        Bar {
            place,
            name: name.into(),
            total: Decimal::sum(points.iter().copied()).unwrap(),
            reason: reason.map(Into::into),
            parts: points.iter().enumerate().map(part).collect(),
        }
    }

    fn picture(bars: Vec<Bar>) -> Picture {
        let (title, subtitles) = ("Xếp hạng".into(), vec!["Cụm".into()]);
        Picture { language: Language::Vi, title, subtitles, total_points: Decimal::whole(1000), bars }
    }

    /// The left end and the width of each block with a colour.
    fn blocks(svg: &str, colour: &str) -> Vec<(i32, i32)> {
        let number = |line: &str, name: &str| {
            line.split_once(&format!(" {name}=\"")).unwrap().1.split_once('"').unwrap().0.parse().unwrap()
        };
        let found =
            svg.lines().filter(|line| line.starts_with("<rect") && line.contains(colour) && !line.contains("\"13\""));
        found.map(|line| (number(line, "x"), number(line, "width"))).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_points() {
        let svg = picture(vec![
            bar(Some(1), "Yên Bái", &["600", "200"], None),
            bar(Some(2), "Hòa Bình", &["300", "0"], None),
            bar(None, "Phú Thọ", &["100", "200"], Some("Vi phạm")),
        ]);
        let svg = svg.draw().unwrap();
        let [(left, six), (same, three)] = blocks(&svg, "#2F5DA8")[..] else { panic!("{svg}") };
        let [(behind, two)] = blocks(&svg, "#E39B2D")[..] else { panic!("{svg}") };
        assert_eq!((left, behind), (same, left + six), "one begins where the other ends");
        assert!((six - 2 * three).abs() <= 1 && (six - 3 * two).abs() <= 2, "{six} {three} {two}");
        let pale = (blocks(&svg, "#BAC9E2"), blocks(&svg, "#F5DDB9"));
        assert_eq!((pale.0.len(), pale.1.len()), (1, 1), "who does not compete is paler: {svg}");
    }

    #[test]
    fn what_takes_points_away_lies_left_of_zero() {
        let svg = picture(vec![bar(Some(1), "Yên Bái", &["500", "-50", "100"], None)]).draw().unwrap();
        let [(zero, five)] = blocks(&svg, "#2F5DA8")[..] else { panic!("{svg}") };
        let [(left, taken)] = blocks(&svg, "#E39B2D")[..] else { panic!("{svg}") };
        let [(behind, _)] = blocks(&svg, "#2E8B74")[..] else { panic!("{svg}") };
        assert_eq!((left + taken, behind), (zero, zero + five));
        assert!(svg.contains("\n550\n"), "the total is the sum: {svg}");
    }

    #[test]
    fn the_largest_and_the_strangest_are_drawn() {
        let most = Decimal::MAX.to_string();
        let least = Decimal::MIN.to_string();
        let long = "Tỉnh ".repeat(100);
        let bars = vec![
            bar(Some(1), &long, &[&most], Some(&long)),
            bar(Some(2), "", &[&least], None),
            bar(None, "x", &[], Some(&long)),
        ];
        let odd = Picture { title: long, total_points: Decimal::MIN, ..picture(bars) };
        assert!(odd.draw().unwrap().ends_with("</svg>\n"));
        let many = (1..=63).map(|place| bar(Some(place), "Tỉnh", &["1"; 25], None)).collect();
        assert_eq!(picture(many).draw().unwrap().matches("\nTỉnh\n").count(), 63);
    }
}
