//! The letters of a text file: what it says of itself, else what fits, else the usual Windows ones.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Finding;
use crate::DocumentProblem;
use crate::problem::{shown, text_of};

/// Encodings to offer somebody whose letters look wrong: name, and where it is used.
pub const ENCODINGS: [(&str, &str); 10] = [
    ("utf-8", "most files today"),
    ("windows-1252", "Western European Windows"),
    ("windows-1250", "Central European Windows"),
    ("windows-1251", "Cyrillic Windows"),
    ("windows-1253", "Greek Windows"),
    ("windows-1254", "Turkish Windows"),
    ("macintosh", "older Macs"),
    ("shift_jis", "Japanese"),
    ("gb18030", "Chinese"),
    ("utf-16le", "“Unicode text” of a spreadsheet"),
];

/// A text and how it was read.
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    encoding: &'static Encoding,
    guessed: bool,
}

impl Decoded<'_> {
    /// What somebody should know of it; nothing when it is plain UTF-8.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.encoding != UTF_8 {
            findings.push(Finding::Encoding {
                name: self.encoding.name().into(),
                guessed: self.guessed,
            });
        }
        let odd = |c: &char| matches!(*c, '\u{80}'..='\u{9f}' | '\u{fffd}');
        let count = self.text.chars().filter(odd).count();
        if count > 0 {
            findings.push(Finding::OddLetters { count });
        }
        findings
    }
}

/// Decodes a text in the encoding that was named, else the one its first bytes name, else UTF-8 when
/// it is that, else Windows-1252.
pub(super) fn decode<'a>(bytes: &'a [u8], asked: Option<&str>) -> Result<Decoded<'a>, DocumentProblem> {
    if let Some(label) = asked {
        let encoding = Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| unknown(label))?;
        let (text, encoding, damaged) = encoding.decode(bytes);
        return if damaged {
            Err(not_in(encoding))
        } else {
            text_only(text, encoding, false)
        };
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && encoding != UTF_8
    {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if damaged {
            Err(not_in(encoding))
        } else {
            text_only(text, encoding, false)
        };
    }
    match text_of(bytes) {
        Ok(text) if !text.contains('\0') => text_only(Cow::Borrowed(text), UTF_8, false),
        Ok(_) => match utf16_by_its_zeros(bytes) {
            Some(encoding) => {
                let (text, _) = encoding.decode_without_bom_handling(bytes);
                text_only(text, encoding, true)
            }
            None => Err(no_text()),
        },
        // A file that says it is UTF-8 and is not is damaged, not of another kind.
        Err(problem) if bytes.starts_with(b"\xef\xbb\xbf") => Err(problem),
        Err(_) => {
            let encoding = utf16_by_its_zeros(bytes).unwrap_or(WINDOWS_1252);
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            text_only(text, encoding, true)
        }
    }
}

/// UTF-16 without a mark shows in zeros at every other byte, as long as most letters are Latin.
fn utf16_by_its_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = start.len() / 2;
    let (first, second) = (zeros(0), zeros(1));
    if half < 2 || bytes.len() % 2 == 1 {
        None
    } else if second * 2 > half && first * 20 < half {
        Some(UTF_16LE)
    } else if first * 2 > half && second * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Refuses what is no text: one with the control characters only other data has.
fn text_only<'a>(
    text: Cow<'a, str>,
    encoding: &'static Encoding,
    guessed: bool,
) -> Result<Decoded<'a>, DocumentProblem> {
    let control = |c: char| matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}');
    if text.contains(control) {
        return Err(no_text());
    }
    Ok(Decoded {
        text,
        encoding,
        guessed,
    })
}

fn no_text() -> DocumentProblem {
    DocumentProblem::new(
        "this is neither a text nor a spreadsheet read here",
        "save it as CSV, as an Excel workbook (.xlsx), or as YAML or JSON",
    )
}

fn not_in(encoding: &'static Encoding) -> DocumentProblem {
    DocumentProblem::new(
        format!("the file is not written in {}", encoding.name()),
        "name another encoding, or save the file as UTF-8",
    )
}

fn unknown(label: &str) -> DocumentProblem {
    let known: Vec<&str> = ENCODINGS.iter().map(|(name, _)| *name).collect();
    DocumentProblem::new(
        format!("there is no encoding called `{}`", shown(label)),
        format!("use one of {}", known.join(", ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], asked: Option<&str>) -> (String, Vec<Finding>) {
        let decoded = decode(bytes, asked).unwrap_or_else(|p| panic!("{p}"));
        (decoded.text.to_string(), decoded.findings())
    }

    fn encoding(name: &str, guessed: bool) -> Vec<Finding> {
        vec![Finding::Encoding {
            name: name.into(),
            guessed,
        }]
    }

    #[test]
    fn utf8_needs_no_word_and_everything_else_is_said() {
        assert_eq!(read("é".as_bytes(), None), ("é".into(), vec![]));
        assert_eq!(read(b"\xef\xbb\xbf\xc3\xa9", None), ("é".into(), vec![]));
        assert_eq!(
            read(b"\xff\xfea\0\xe9\0", None),
            ("aé".into(), encoding("UTF-16LE", false))
        );
        assert_eq!(
            read(b"\xfe\xff\0a\0\xe9", None),
            ("aé".into(), encoding("UTF-16BE", false))
        );
        let le: Vec<u8> = "Area;Junior\né"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(
            read(&le, None),
            ("Area;Junior\né".into(), encoding("UTF-16LE", true))
        );
        let be: Vec<u8> = "Area;Junior\né"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(
            read(&be, None),
            ("Area;Junior\né".into(), encoding("UTF-16BE", true))
        );
        assert_eq!(
            read(b"caf\xe9 \x96 \x93ok\x94", None),
            ("café – “ok”".into(), encoding("windows-1252", true))
        );
    }

    #[test]
    fn a_named_encoding_is_taken_at_its_word() {
        assert_eq!(
            read(b"\xef\xf0\xe8\xe2\xe5\xf2", Some("windows-1251")),
            ("привет".into(), encoding("windows-1251", false))
        );
        assert!(decode(b"caf\xe9", Some("utf-8")).is_err());
        let problem = decode(b"a", Some("klingon")).err().unwrap();
        assert!(problem.to_string().contains("windows-1252"), "{problem}");
    }

    #[test]
    fn what_is_no_text_is_refused_and_odd_letters_are_said() {
        for bytes in [&b"a\0b\x01\0\0"[..], b"\x89PNG\r\n\x1a\n", b"a\x07b"] {
            assert!(decode(bytes, None).is_err(), "{bytes:?}");
        }
        let (_, findings) = read(b"caf\xe9 \x8d", None);
        assert_eq!(findings[1], Finding::OddLetters { count: 1 });
        assert!(decode(b"\xef\xbb\xbfcaf\xe9", None).is_err());
    }
}
