//! What a file is, told by its content: names and declared types are not asked.

use std::io::{self, Read, Seek};

use entity::vocab::MediaType;

use super::archive;

/// Bytes at the beginning that tell whether a file can be of a type that is taken.
pub(super) const HEAD: usize = 16;

/// What the beginning of a file promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Promise {
    /// The beginning says it all.
    Is(MediaType),
    /// A compound file: Word and Excel until 2003, and much else.
    Compound,
    /// A zip archive: Word and Excel since 2007, and much else.
    Archive,
}

/// What the first bytes promise; `None` where the file is of no type that is taken.
pub(super) fn promise(head: &[u8]) -> Option<Promise> {
    #[rustfmt::skip]
    let signatures: [(&[u8], Promise); 11] = [
        (b"%PDF-",                              Promise::Is(MediaType::Pdf)),
        (b"\x89PNG\r\n\x1a\n",                  Promise::Is(MediaType::Png)),
        (b"\xff\xd8\xff",                       Promise::Is(MediaType::Jpeg)),
        (b"GIF87a",                             Promise::Is(MediaType::Gif)),
        (b"GIF89a",                             Promise::Is(MediaType::Gif)),
        (b"II*\0",                              Promise::Is(MediaType::Tiff)),
        (b"MM\0*",                              Promise::Is(MediaType::Tiff)),
        (b"II+\0",                              Promise::Is(MediaType::Tiff)),
        (b"MM\0+",                              Promise::Is(MediaType::Tiff)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",   Promise::Compound),
        (b"PK\x03\x04",                         Promise::Archive),
    ];
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some(Promise::Is(MediaType::Webp));
    }
    signatures.into_iter().find(|(signature, _)| head.starts_with(signature)).map(|(_, promise)| promise)
}

/// Holds the file to its promise; `None` where it is of no type that is taken.
///
/// Of Office files the table of contents decides, and only that is read: nothing is unpacked.
pub(super) fn media_type(promise: Promise, file: impl Read + Seek) -> Option<MediaType> {
    match promise {
        Promise::Is(media_type) => Some(media_type),
        Promise::Compound => compound(file).ok().flatten(),
        Promise::Archive => archive::parts(file).ok().and_then(|parts| package(&parts)),
    }
}

fn compound(file: impl Read + Seek) -> io::Result<Option<MediaType>> {
    let file = cfb::CompoundFile::open(file)?;
    let holds = |stream| file.is_stream(stream);
    Ok(if holds("/WordDocument") {
        Some(MediaType::Doc)
    } else if holds("/Workbook") || holds("/Book") {
        Some(MediaType::Xls)
    } else {
        None
    })
}

/// A document is told by its main part; one that carries macros has a type of its own, which is not taken.
fn package(parts: &[String]) -> Option<MediaType> {
    let (mut contents, mut macros, mut found) = (false, false, None);
    for part in parts {
        contents |= part == "[Content_Types].xml";
        macros |= part.ends_with("/vbaProject.bin");
        if is_main(part, "word/document") {
            found = Some(MediaType::Docx);
        } else if is_main(part, "xl/workbook") {
            found = Some(MediaType::Xlsx);
        }
    }
    found.filter(|_| contents && !macros)
}

/// `word/document.xml`, and as some programs have it `word/document2.xml`.
fn is_main(part: &str, name: &str) -> bool {
    let number = part.strip_prefix(name).and_then(|rest| rest.strip_suffix(".xml"));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn told(bytes: &[u8]) -> Option<MediaType> {
        media_type(promise(bytes.get(..HEAD).unwrap_or(bytes))?, Cursor::new(bytes))
    }

    fn zipped(parts: &[&str]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(vec![]));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for part in parts {
            archive.start_file(*part, stored).unwrap();
            archive.write_all(b"<xml/>").unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn compound_of(streams: &[&str]) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(vec![])).unwrap();
        for stream in streams {
            file.create_stream(stream).unwrap().write_all(&[7; 5000]).unwrap();
        }
        file.into_inner().into_inner()
    }

    #[test]
    fn pictures_and_pdf_are_told_by_their_first_bytes() {
        #[rustfmt::skip]
        let cases: [(&[u8], Option<MediaType>); 16] = [
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",          Some(MediaType::Pdf)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",          Some(MediaType::Png)),
            (b"\xff\xd8\xff\xe0\0\x10JFIF",             Some(MediaType::Jpeg)),
            (b"GIF89a\x01\0\x01\0",                      Some(MediaType::Gif)),
            (b"II*\0\x08\0\0\0",                         Some(MediaType::Tiff)),
            (b"RIFF\x24\0\0\0WEBPVP8 ",                  Some(MediaType::Webp)),
            (b"RIFF\x24\0\0\0WAVEfmt ",                  None),
            (b" %PDF-1.7",                               None),
            (b"<!doctype html><script>",                 None),
            (b"MZ\x90\0\x03\0\0\0\x04",                 None),
            (b"#!/bin/sh\nrm -rf",                       None),
            (b"<svg xmlns='http:",                       None),
            ("Báo cáo của tỉnh".as_bytes(),              None),
            (b"\x7fELF\x02\x01\x01",                    None),
            (b"PK\x03\x04",                              None),
            (b"",                                        None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(told(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn office_files_are_told_by_what_they_hold() {
        let word = ["_rels/.rels", "docProps/app.xml", "docProps/core.xml", "word/document.xml", "[Content_Types].xml"];
        let excel = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"];
        let macros = [&word[..], &["word/vbaProject.bin"]].concat();
        #[rustfmt::skip]
        let cases = [
            (zipped(&word),                                              Some(MediaType::Docx)),
            (zipped(&["[Content_Types].xml", "word/document2.xml"]),     Some(MediaType::Docx)),
            (zipped(&excel),                                             Some(MediaType::Xlsx)),
            (zipped(&macros),                                            None),
            (zipped(&["[Content_Types].xml", "ppt/presentation.xml"]),   None),
            (zipped(&["word/document.xml"]),                             None),
            (zipped(&["a.exe", "b.exe"]),                                None),
            (zipped(&[]),                                                None),
            (compound_of(&["/\u{1}CompObj", "/1Table", "/Data", "/WordDocument"]), Some(MediaType::Doc)),
            (compound_of(&["/Workbook"]),                                 Some(MediaType::Xls)),
            (compound_of(&["/Book"]),                                     Some(MediaType::Xls)),
            (compound_of(&["/PowerPoint Document"]),                      None),
            (compound_of(&["/EncryptedPackage"]),                         None),
            (compound_of(&[]),                                            None),
        ];
        for (place, (bytes, expected)) in cases.into_iter().enumerate() {
            assert_eq!(told(&bytes), expected, "case {place}");
            for cut in [HEAD, bytes.len() / 3, bytes.len() / 2] {
                told(bytes.get(..cut).unwrap_or_default());
            }
        }
    }
}
