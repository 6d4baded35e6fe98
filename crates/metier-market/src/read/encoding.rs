//! Bytes to text: what a file says of its encoding, what its first bytes show, and what can be told from the
//! bytes themselves.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The encoding of a file whose first bytes show it: a byte order mark, or every second byte zero.
pub(super) fn shown(start: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Some(encoding);
    }
    let start = &start[..start.len().min(512)];
    let zeros = |odd: usize| {
        start
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = start.len() / 5;
    match (even, odd) {
        (0, odd) if start.len() >= 8 && odd > many => Some(UTF_16LE),
        (even, 0) if start.len() >= 8 && even > many => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes are no text: zeros, or more than one in ten control characters.
pub(super) fn is_binary(start: &[u8]) -> bool {
    let start = &start[..start.len().min(8_192)];
    let control = start
        .iter()
        .filter(|byte| matches!(byte, 0x01..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f))
        .count();
    start.contains(&0) || control * 10 > start.len()
}

/// Text from bytes. With no encoding told it is UTF-8; bytes that are not UTF-8 are read as Windows-1252 where
/// they look like it: single letters with accents, typographic signs, among many plain letters.
///
/// # Errors
/// If the bytes are not text of that encoding.
pub(super) fn decode<'a>(bytes: &'a [u8], told: Option<&'static Encoding>) -> Result<Cow<'a, str>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match told.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) => encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .ok_or_else(|| format!("its bytes are not {}, which it is said to be in", encoding.name())),
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) if is_western(bytes) => Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0),
            Err(broken) => Err(format!(
                "byte {} is not UTF-8, nor does the text look like Windows-1252; name the encoding it is in",
                broken.valid_up_to() + 1
            )),
        },
    }
}

/// Whether bytes look like Western European text in Windows-1252.
fn is_western(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let letter = |byte: u8| {
        matches!(
            byte,
            0x80 | 0x82 | 0x84 | 0x85 | 0x8a | 0x8c | 0x8e | 0x91..=0x97 | 0x99 | 0x9a | 0x9c | 0x9e | 0x9f
                | 0xa0 | 0xa1 | 0xa3 | 0xa7 | 0xa9 | 0xaa | 0xab | 0xad | 0xae | 0xb0 | 0xb2 | 0xb3 | 0xb4
                | 0xb7 | 0xba | 0xbb | 0xbc..=0xbf | 0xc0..=0xff
        )
    };
    high * 6 < bytes.len() && !is_binary(bytes) && bytes.iter().all(|byte| *byte < 0x80 || letter(*byte))
}

/// The encoding a page names in its first kilobyte: `<meta charset=...>`, or in `content`.
pub(super) fn of_page(start: &[u8]) -> Option<&'static Encoding> {
    let start = start[..start.len().min(1_024)].to_ascii_lowercase();
    let mut rest = start.as_slice();
    while let Some(at) = memchr::memmem::find(rest, b"charset") {
        rest = &rest[at + b"charset".len()..];
        let value = rest.trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else {
            continue;
        };
        let value = value.trim_ascii_start();
        let value = value
            .strip_prefix(b"\"")
            .or(value.strip_prefix(b"'"))
            .unwrap_or(value);
        let end = value
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')))
            .unwrap_or(value.len());
        // A page that can be read so far is not in UTF-16, whatever it says.
        return Encoding::for_label(&value[..end]).map(|encoding| {
            if encoding == UTF_16LE || encoding == UTF_16BE {
                UTF_8
            } else {
                encoding
            }
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_told_by_its_bytes_or_not_at_all() {
        assert_eq!(shown(b"\xef\xbb\xbfText"), Some(UTF_8));
        assert_eq!(shown(b"T\0e\0x\0t\0.\0"), Some(UTF_16LE));
        assert_eq!(shown(b"\0T\0e\0x\0t\0."), Some(UTF_16BE));
        assert_eq!(shown(b"Text of an advert"), None);
        let text = |bytes| decode(bytes, None);
        assert_eq!(text("f\u{fc}r".as_bytes()).as_deref(), Ok("f\u{fc}r"));
        let western = b"Wir suchen f\xfcr unsere K\xfcche \x84jemanden\x93 mit Erfahrung";
        assert_eq!(
            text(western).as_deref(),
            Ok("Wir suchen f\u{fc}r unsere K\u{fc}che \u{201e}jemanden\u{201c} mit Erfahrung")
        );
        // Cyrillic in Windows-1251: nearly every letter is above ASCII.
        assert!(
            text(b"\xc8\xf9\xe5\xec \xef\xee\xe2\xe0\xf0\xe0 \xe2 \xf0\xe5\xf1\xf2\xee\xf0\xe0\xed").is_err()
        );
        assert!(text(b"plain text with one byte \x81 that stands for nothing").is_err());
        assert_eq!(
            decode(b"\xe4\xee\xec", Some(encoding_rs::WINDOWS_1251)).as_deref(),
            Ok("\u{434}\u{43e}\u{43c}")
        );
        assert_eq!(
            of_page(b"<html><meta charset='windows-1251'>"),
            Some(encoding_rs::WINDOWS_1251)
        );
        assert_eq!(
            of_page(b"<meta content=\"text/html; charset=iso-8859-1\">"),
            Some(WINDOWS_1252)
        );
        assert!(is_binary(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
        assert!(!is_binary(b"Tabs\tand\r\nlines"));
    }
}
