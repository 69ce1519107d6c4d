//! Forms with files, as a browser sends them.

/// The beginning and the end of a document; enough to be told from anything else.
pub(crate) const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n";

/// A picture of one point.
pub(crate) const GIF: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

const BOUNDARY: &str = "----thidua-form";

/// A part of a form: its disposition after `form-data`, and its content.
pub(crate) struct Part(pub(crate) String, pub(crate) Vec<u8>);

pub(crate) fn text(name: &str, value: &str) -> Part {
    Part(format!("; name=\"{name}\""), value.into())
}

pub(crate) fn file(name: &str, content: &[u8]) -> Part {
    Part(format!("; name=\"file\"; filename=\"{name}\""), content.into())
}

/// The media type of a form, and the form.
pub(crate) fn form(parts: &[Part]) -> (String, Vec<u8>) {
    let mut bytes = vec![];
    for Part(disposition, content) in parts {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data{disposition}\r\n\r\n");
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(content);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), bytes)
}
