//! Text in a picture. There is no font here to measure it with: the reader's decides, so room is left.

use plotters::style::{
    Color, FontFamily, FontStyle, RGBColor, TextStyle,
    text_anchor::{HPos, Pos, VPos},
};

/// What the reader's system writes its own texts with; it knows Vietnamese wherever Vietnamese is read.
const FAMILY: &str = "system-ui, sans-serif";

/// What the crate divides a size by, so that pixels come out as pixels.
const EM: f64 = 1.24;

/// How a text stands at its point.
#[derive(Clone, Copy)]
pub(super) struct Face {
    pub size: i32,
    pub bold: bool,
    pub colour: RGBColor,
    pub from: HPos,
}

impl Face {
    pub(super) const fn new(size: i32, colour: RGBColor) -> Self {
        Self { size, bold: false, colour, from: HPos::Left }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The point is the middle of the text, or its end.
    pub(super) const fn from(self, from: HPos) -> Self {
        Self { from, ..self }
    }

    /// The style, with the point halfway up the text.
    pub(super) fn style(self) -> TextStyle<'static> {
        let weight = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        let font = (FontFamily::Name(FAMILY), f64::from(self.size) * EM, weight);
        TextStyle { color: self.colour.to_backend_color(), pos: Pos::new(self.from, VPos::Center), ..font.into() }
    }

    /// About how wide a text is, rather too wide than too narrow.
    pub(super) fn width(self, text: &str) -> i32 {
        let per_mille = if self.bold { 610 } else { 560 };
        i32::try_from(text.chars().count()).unwrap_or(i32::MAX).saturating_mul(self.size).saturating_mul(per_mille)
            / 1000
    }

    /// The text, cut off where there is no more room.
    pub(super) fn fitted(self, text: &str, room: i32) -> String {
        if self.width(text) <= room {
            return text.to_owned();
        }
        let fits = |taken: &&str| self.width(taken) + self.size <= room;
        let ends = text.char_indices().map(|(end, _)| end);
        let kept = ends.filter_map(|end| text.get(..end)).take_while(|taken| fits(taken)).last().unwrap_or_default();
        format!("{}…", kept.trim_end())
    }

    /// The text in lines, broken between words.
    pub(super) fn lines(self, text: &str, room: i32) -> Vec<String> {
        let mut lines: Vec<String> = vec![];
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(line) + self.width(word) + self.size / 2 <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

/// What of a text XML can hold.
pub(super) fn drawable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::palette::INK;

    #[test]
    fn a_text_is_cut_where_the_room_ends() {
        let face = Face::new(10, INK);
        assert_eq!(face.fitted("Yên Bái", 100), "Yên Bái");
        assert_eq!(face.fitted("Yên Bái", 39), "Yên Bái");
        assert_eq!(face.fitted("Yên Bái", 38), "Yên B…");
        assert_eq!(face.fitted("Yên Bái", 30), "Yên…", "no blank before the dots");
        assert_eq!(face.fitted("Yên Bái", 0), "…");
    }

    #[test]
    fn a_text_is_broken_between_words() {
        let face = Face::new(10, INK);
        assert_eq!(face.lines("Bà Rịa  - Vũng Tàu", 60), ["Bà Rịa -", "Vũng Tàu"]);
        assert_eq!(face.lines("Thanhphohochiminh", 10), ["Thanhphohochiminh"], "a word stays whole");
        assert_eq!(face.lines(" ", 10), Vec::<String>::new());
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(drawable("Y\u{0}ê\u{1b}n\u{ffff} <Bái> & 🎏"), "Yên <Bái> & 🎏");
    }
}
