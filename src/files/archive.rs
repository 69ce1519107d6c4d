//! The table of contents of a zip archive, and nothing else of it: what is never unpacked cannot explode.

use std::io::{self, Read, Seek, SeekFrom};

/// Bytes of the record at the end of an archive, without its comment.
const END: usize = 22;

/// The most bytes a table of contents has. An Office file has a few hundred parts of some hundred bytes each.
const MOST: u64 = 1 << 20;

/// The names of all parts, in the order of the table.
pub(super) fn parts(mut archive: impl Read + Seek) -> io::Result<Vec<String>> {
    let length = archive.seek(SeekFrom::End(0))?;
    // The record at the end may be followed by a comment of up to 64 KiB.
    let from = length.saturating_sub((END + usize::from(u16::MAX)) as u64);
    let tail = read(&mut archive, from, length - from)?;
    let end = tail.windows(END).rposition(|window| window.starts_with(b"PK\x05\x06")).ok_or_else(broken)?;
    let end = tail.get(end..).unwrap_or_default();
    let (size, offset) = (number(end, 12, 4)?, number(end, 16, 4)?);
    if size > MOST {
        return Err(broken());
    }
    let table = read(&mut archive, offset, size)?;
    let mut rest = table.as_slice();
    let mut names = vec![];
    while rest.starts_with(b"PK\x01\x02") {
        let (name, extra, comment) = (length_at(rest, 28)?, length_at(rest, 30)?, length_at(rest, 32)?);
        let (head, after) = (46, 46 + name + extra + comment);
        let name = rest.get(head..head + name).ok_or_else(broken)?;
        names.push(String::from_utf8_lossy(name).into_owned());
        rest = rest.get(after..).ok_or_else(broken)?;
    }
    Ok(names)
}

fn read(archive: &mut (impl Read + Seek), from: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![];
    archive.seek(SeekFrom::Start(from))?;
    archive.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(broken()) }
}

fn length_at(bytes: &[u8], at: usize) -> io::Result<usize> {
    number(bytes, at, 2).map(|number| usize::try_from(number).unwrap_or_default())
}

/// The little-endian number of `width` bytes.
fn number(bytes: &[u8], at: usize, width: usize) -> io::Result<u64> {
    let bytes = bytes.get(at..at + width).ok_or_else(broken)?;
    Ok(bytes.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no table of contents of a zip archive")
}
