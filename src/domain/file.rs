//! Files as people know them: by a name whose ending tells what they are.

use entity::vocab::MediaType;

use super::{phrase::Phrase, refusal::Fault, text};

/// Characters of a file's name.
const LONGEST_NAME: usize = 200;

/// The endings a file of this type has; the first is the usual one.
pub const fn endings(media_type: MediaType) -> &'static [&'static str] {
    match media_type {
        MediaType::Pdf => &["pdf"],
        MediaType::Doc => &["doc"],
        MediaType::Docx => &["docx"],
        MediaType::Xls => &["xls"],
        MediaType::Xlsx => &["xlsx"],
        MediaType::Png => &["png"],
        MediaType::Jpeg => &["jpg", "jpeg"],
        MediaType::Webp => &["webp"],
        MediaType::Gif => &["gif"],
        MediaType::Tiff => &["tif", "tiff"],
    }
}

/// The name a file is kept and handed out under: without folders, and with an ending that tells what it is, so that
/// what comes out as `report.exe` is never run.
pub fn file_name(given: &str, media_type: MediaType) -> Result<String, Fault> {
    let given = text::nfc(given);
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    if name.chars().any(char::is_control) {
        let message = Phrase::new("control characters are not allowed", "không được chứa ký tự điều khiển");
        return Err(Fault::new("/file", "control_character", message));
    }
    if name.trim_matches('.').is_empty() {
        return Err(Fault::new("/file", "blank", Phrase::new("the file needs a name", "tệp phải có tên")));
    }
    if name.chars().count() > LONGEST_NAME {
        let message = Phrase::made(
            format!("the file's name has more than {LONGEST_NAME} characters"),
            format!("tên tệp dài quá {LONGEST_NAME} ký tự"),
        );
        return Err(Fault::new("/file", "too_long", message));
    }
    let endings = endings(media_type);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    if ending.is_some_and(|ending| endings.contains(&ending.as_str())) {
        return Ok(name.to_owned());
    }
    Ok(endings.first().map_or_else(|| name.to_owned(), |usual| format!("{name}.{usual}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_what_it_is() {
        #[rustfmt::skip]
        let cases = [
            ("Báo cáo số 12.pdf",        MediaType::Pdf,  Ok("Báo cáo số 12.pdf")),
            ("Ba\u{301}o ca\u{301}o.PDF", MediaType::Pdf,  Ok("Báo cáo.PDF")),
            ("C:\\Users\\x\\báo cáo.xlsx", MediaType::Xlsx, Ok("báo cáo.xlsx")),
            ("../../etc/passwd",         MediaType::Pdf,  Ok("passwd.pdf")),
            ("ảnh.jpeg",                 MediaType::Jpeg, Ok("ảnh.jpeg")),
            ("ảnh.jpg",                  MediaType::Png,  Ok("ảnh.jpg.png")),
            ("report.exe",               MediaType::Docx, Ok("report.exe.docx")),
            ("12.BC-UBND",               MediaType::Tiff, Ok("12.BC-UBND.tif")),
            ("",                         MediaType::Pdf,  Err("blank")),
            ("folder/",                  MediaType::Pdf,  Err("blank")),
            (" .. ",                     MediaType::Pdf,  Err("blank")),
            ("a\nb.pdf",                 MediaType::Pdf,  Err("control_character")),
        ];
        for (given, media_type, expected) in cases {
            let found = file_name(given, media_type);
            assert_eq!(found.as_deref().map_err(|fault| fault.code), expected, "{given}");
        }
        let long = "ố".repeat(LONGEST_NAME);
        assert_eq!(file_name(&long, MediaType::Gif), Ok(format!("{long}.gif")));
        assert_eq!(file_name(&format!("{long}ố"), MediaType::Gif).map_err(|fault| fault.code), Err("too_long"));
    }
}
