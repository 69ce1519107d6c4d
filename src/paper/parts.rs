//! The look of an official paper: Times New Roman, 13 points, A4, margins and heading of Decree 30/2020/NĐ-CP.

use docx_rs::{AlignmentType, Docx, PageMargin, Paragraph, Run, RunFonts, Table, TableCell, TableRow, WidthType};

const FONT: &str = "Times New Roman";

/// Half points.
const SIZE: usize = 26;

/// A4 in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);

/// What is left of its width between the margins: 30 mm and 15 mm.
const WIDTH: usize = 9_355;

const MARGINS: PageMargin =
    PageMargin { top: 1_134, left: 1_701, bottom: 1_134, right: 850, header: 567, footer: 567, gutter: 0 };

/// An empty paper with the heading of the state.
pub(super) fn official() -> Docx {
    let fonts = RunFonts::new().ascii(FONT).hi_ansi(FONT).east_asia(FONT).cs(FONT);
    Docx::new()
        .default_fonts(fonts)
        .default_size(SIZE)
        .page_size(A4.0, A4.1)
        .page_margin(MARGINS)
        .add_paragraph(centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true))
        .add_paragraph(centred("Độc lập - Tự do - Hạnh phúc", true))
        .add_paragraph(Paragraph::new())
}

pub(super) fn centred(text: &str, bold: bool) -> Paragraph {
    let run = Run::new().add_text(text);
    Paragraph::new().align(AlignmentType::Center).add_run(if bold { run.bold() } else { run })
}

/// A heading that stays with what follows.
pub(super) fn heading(text: &str) -> Paragraph {
    Paragraph::new().keep_next(true).add_run(Run::new().add_text(text).bold())
}

/// A text, one paragraph for each of its lines.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Paragraph> {
    text.lines().map(|line| Paragraph::new().align(AlignmentType::Both).add_run(Run::new().add_text(line)))
}

/// A table with a bold first row; `shares` are the widths of its columns in parts of the whole.
pub(super) fn table(shares: &[usize], head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Table {
    let whole: usize = shares.iter().sum();
    let widths: Vec<usize> = shares.iter().map(|share| WIDTH * share / whole.max(1)).collect();
    let row = |texts: Vec<String>, bold: bool| {
        let cell = |(text, width): (String, &usize)| {
            let run = Run::new().add_text(text);
            let paragraph = Paragraph::new().add_run(if bold { run.bold() } else { run });
            TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph)
        };
        TableRow::new(texts.into_iter().zip(&widths).map(cell).collect()).cant_split()
    };
    let head = row(head.iter().map(|text| (*text).to_owned()).collect(), true);
    let rows = std::iter::once(head).chain(rows.into_iter().map(|texts| row(texts, false)));
    Table::new(rows.collect()).set_grid(widths.clone()).width(WIDTH, WidthType::Dxa)
}
