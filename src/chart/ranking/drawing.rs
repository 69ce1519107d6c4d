//! The picture, drawn where the plan says.

use std::fmt::Display;

use entity::decimal::{Decimal, Rounding};
use plotters::{
    backend::SVGBackend,
    chart::{ChartBuilder, ChartContext, LabelAreaPosition},
    coord::{Shift, cartesian::Cartesian2d, types::RangedCoordi32, types::RangedCoordi128},
    drawing::{DrawingArea, IntoDrawingArea},
    element::{EmptyElement, PathElement, Rectangle, Text},
    style::{Color, TRANSPARENT, WHITE},
};

use super::{
    Bar,
    plan::{
        AXIS, BAR, GAP, LEGEND, MARGIN, NAME, PITCH, PLACE, Plan, RANK, REASON, SUBTITLE, SUM, TICK, TITLE, TOTAL,
        VALUE, WIDTH, entry,
    },
};
use crate::{
    chart::{
        layout::{Face, drawable},
        palette::{self, BAND, INK, LINE, QUIET},
    },
    domain::phrase::Phrase,
};

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Bars<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordi128, RangedCoordi32>>;

fn told(why: impl Display) -> String {
    why.to_string()
}

impl Plan<'_> {
    /// The picture as SVG.
    pub(super) fn draw(&self) -> Result<String, String> {
        let mut svg = String::new();
        let size = (WIDTH.unsigned_abs(), self.whole().unsigned_abs());
        {
            let root = SVGBackend::with_string(&mut svg, size).into_drawing_area();
            root.fill(&WHITE).map_err(told)?;
            self.heading(&root)?;
            self.ground(&root)?;
            self.bars(&root)?;
            self.labels(&root)?;
            root.present().map_err(told)?;
        }
        Ok(svg)
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
            Decimal::quotient(*points, 1, Rounding::HalfUp)
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
}
