//! Colours that stay apart for people who see fewer of them, and on a grey print.

use plotters::style::{Color, RGBColor};

pub(super) const INK: RGBColor = RGBColor(0x1f, 0x29, 0x33);
pub(super) const QUIET: RGBColor = RGBColor(0x5f, 0x6b, 0x7a);
pub(super) const LINE: RGBColor = RGBColor(0xd8, 0xde, 0xe6);
pub(super) const BAND: RGBColor = RGBColor(0xf5, 0xf7, 0xfa);

/// One for each section; after the last they begin again.
const SECTIONS: [RGBColor; 10] = [
    RGBColor(0x2f, 0x5d, 0xa8),
    RGBColor(0xe3, 0x9b, 0x2d),
    RGBColor(0x2e, 0x8b, 0x74),
    RGBColor(0xb8, 0x4a, 0x7c),
    RGBColor(0x7d, 0xb4, 0xdd),
    RGBColor(0x6f, 0x58, 0xa6),
    RGBColor(0xa5, 0xa9, 0x3a),
    RGBColor(0x8a, 0x5a, 0x3c),
    RGBColor(0xd9, 0x6c, 0x5f),
    RGBColor(0x6d, 0x78, 0x86),
];

/// The colour of the section at a place; paler where its province does not compete.
pub(super) fn section(place: usize, competes: bool) -> RGBColor {
    let colour = SECTIONS.get(place % SECTIONS.len()).copied().unwrap_or(QUIET);
    if competes { colour } else { pale(colour) }
}

/// What can be read on a colour.
pub(super) fn on(colour: RGBColor) -> RGBColor {
    let RGBColor(red, green, blue) = colour;
    let light = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    if light > 140_000 { INK } else { RGBColor(0xff, 0xff, 0xff) }
}

/// Two thirds white.
fn pale(RGBColor(red, green, blue): RGBColor) -> RGBColor {
    let mixed = |part: u8| u8::try_from((u16::from(part) + 2 * 255) / 3).unwrap_or(u8::MAX);
    RGBColor(mixed(red), mixed(green), mixed(blue))
}

/// A line of one pixel.
pub(super) fn stroke(colour: RGBColor) -> plotters::style::ShapeStyle {
    colour.stroke_width(1)
}
