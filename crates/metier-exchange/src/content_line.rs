//! Content lines: what calendars (RFC 5545) and cards (RFC 6350 and its elders) are made of.
//!
//! `name;parameter=value:value`, broken after 75 octets by a line break and a blank.

use crate::DocumentProblem;
use crate::problem::shown;

/// The most octets of a line on paper, without its line break.
const OCTETS_MAX: usize = 75;

/// One line, unfolded. Its value is raw: escapes are still in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentLine {
    /// The line of the file it begins on, from 1.
    pub line: u64,
    /// The name in capitals, without the group before its dot.
    pub name: String,
    /// The parameters in their order: name in capitals, value without quotation marks.
    pub parameters: Vec<(String, String)>,
    /// What stands after the colon.
    pub value: String,
}

impl ContentLine {
    /// The values of a parameter; those separated by commas are told apart.
    pub fn parameter<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.parameters
            .iter()
            .filter(move |(known, _)| known == name)
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// Whether a parameter has this value, in any case of letters.
    pub fn says(&self, name: &str, value: &str) -> bool {
        self.parameter(name).any(|v| v.eq_ignore_ascii_case(value))
    }
}

/// The lines of a text, each unfolded as it is asked for.
pub(crate) struct ContentLines<'a> {
    rest: std::iter::Peekable<std::iter::Enumerate<std::str::Lines<'a>>>,
}

impl<'a> ContentLines<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            rest: text.lines().enumerate().peekable(),
        }
    }

    /// Takes the next line of the file when `belongs` says that it goes on the one before.
    fn next_if(&mut self, belongs: impl Fn(&str) -> bool) -> Option<&'a str> {
        self.rest.next_if(|(_, line)| belongs(line)).map(|(_, line)| line)
    }
}

impl Iterator for ContentLines<'_> {
    type Item = Result<ContentLine, DocumentProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        let (index, first) = self.rest.by_ref().find(|(_, line)| !line.trim().is_empty())?;
        let line = index as u64 + 1;
        let mut whole = first.to_owned();
        // A part of a long run of blanks is nothing but blanks, and goes on all the same. After a `=` at the
        // end of quoted-printable the blank belongs to the text.
        while let Some(more) = self.next_if(|l| l.starts_with([' ', '\t'])) {
            if whole.ends_with('=') && is_printable(&whole) {
                whole.pop();
                whole.push_str(more);
            } else {
                whole.push_str(&more[1..]);
            }
        }
        let mut read = match parse(&whole, line) {
            Ok(read) => read,
            Err(problem) => return Some(Err(problem)),
        };
        // Version 2.1 went on after a `=` at the end, and let pictures run on without a blank.
        if read.says("ENCODING", "QUOTED-PRINTABLE") {
            while read.value.ends_with('=') {
                let Some(more) = self.next_if(|_| true) else { break };
                read.value.pop();
                read.value.push_str(more);
            }
        } else if read.says("ENCODING", "BASE64") {
            while self
                .next_if(|l| !l.trim().is_empty() && !l.contains(':'))
                .is_some()
            {}
        }
        Some(Ok(read))
    }
}

/// Whether what stands before the value says that it is quoted-printable.
fn is_printable(whole: &str) -> bool {
    let head = split_at_colon(whole).map_or("", |(head, _)| head);
    head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

fn parse(whole: &str, line: u64) -> Result<ContentLine, DocumentProblem> {
    let problem = |what: String| {
        DocumentProblem::new(
            what,
            "a line is a name, a colon and a value; export the file again, or delete the line",
        )
        .at_line(line)
    };
    let (before, value) =
        split_at_colon(whole).ok_or_else(|| problem(format!("`{}` has no colon", shown(whole))))?;
    let mut parts = split_unquoted(before, ';').into_iter();
    let name = parts.next().unwrap_or_default().trim();
    let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
    if name.is_empty()
        || !name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    {
        return Err(problem(format!("`{}` is no name of a property", shown(before))));
    }
    Ok(ContentLine {
        line,
        name: name.to_ascii_uppercase(),
        parameters: parts.flat_map(parameter).collect(),
        value: value.to_owned(),
    })
}

/// A parameter; version 2.1 wrote `CELL` for `TYPE=CELL`.
fn parameter(text: &str) -> Vec<(String, String)> {
    if let Some((name, value)) = text.split_once('=') {
        let name = name.trim().to_ascii_uppercase();
        return split_unquoted(value, ',')
            .into_iter()
            .map(|value| (name.clone(), value.trim().trim_matches('"').to_owned()))
            .collect();
    }
    let value = text.trim();
    let encoding = ["QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT"]
        .iter()
        .any(|known| value.eq_ignore_ascii_case(known));
    let name = if encoding { "ENCODING" } else { "TYPE" };
    vec![(name.to_owned(), value.to_owned())]
}

/// What stands before and after the first colon that no quotation marks enclose.
fn split_at_colon(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let place = text.bytes().position(|b| {
        quoted ^= b == b'"';
        b == b':' && !quoted
    });
    // Marks that never close enclose nothing.
    let place = place.or_else(|| text.find(':'))?;
    Some((&text[..place], &text[place + 1..]))
}

fn split_unquoted(text: &str, separator: char) -> Vec<&str> {
    let mut quoted = false;
    text.split(|c| {
        quoted ^= c == '"';
        c == separator && !quoted
    })
    .collect()
}

/// The parts of a value between separators that no backslash stands before, unescaped.
pub(crate) fn parts(value: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        let part = match parts.last_mut() {
            Some(part) if letter != separator => part,
            _ => {
                parts.push(String::new());
                continue;
            }
        };
        if letter != '\\' {
            part.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 'N') => part.push('\n'),
            Some(escaped @ ('\\' | ';' | ',' | ':' | '"')) => part.push(escaped),
            // No escape that any version knows: it was meant as it stands.
            Some(other) => part.extend(['\\', other]),
            None => part.push('\\'),
        }
    }
    parts
}

/// A value that is one text, unescaped.
pub(crate) fn text(value: &str) -> String {
    // A separator that cannot occur: lines are split at line breaks.
    parts(value, '\n').swap_remove(0)
}

/// A text as it stands in a value: escaped, line breaks as `\n`, without other control characters.
pub(crate) fn escape(text: &str) -> String {
    escaped(text, &['\\', ';', ','])
}

/// The same where a semicolon separates nothing and need not be escaped: widely used readers of version 4.0
/// cards leave its backslash in the text.
pub(crate) fn escape_but_semicolons(text: &str) -> String {
    escaped(text, &['\\', ','])
}

fn escaped(text: &str, special: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                escaped.push_str("\\n");
            }
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            _ if letter.is_control() => {}
            _ if special.contains(&letter) => escaped.extend(['\\', letter]),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Writes `name:value`, folded, with the line break at its end. The value is escaped already.
pub(crate) fn write(out: &mut String, name: &str, value: &str) {
    let mut octets = 0;
    for letter in name.chars().chain([':']).chain(value.chars()) {
        if octets + letter.len_utf8() > OCTETS_MAX {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(letter);
        octets += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<ContentLine> {
        ContentLines::new(text).collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn folded_lines_are_put_together_and_know_where_they_began() {
        let lines = lines("\r\nNOTE:one\r\n  two\r\n\tthree\r\n\r\nitem1.tel;type=\"a,b:c\",d:1\n");
        assert_eq!((lines[0].line, lines[0].value.as_str()), (2, "one twothree"));
        assert_eq!((lines[1].line, lines[1].name.as_str()), (6, "TEL"));
        assert_eq!(
            lines[1].parameters,
            [
                ("TYPE".to_owned(), "a,b:c".to_owned()),
                ("TYPE".to_owned(), "d".to_owned())
            ]
        );
    }

    #[test]
    fn the_old_ways_of_version_2_1_are_read() {
        let lines = lines("NOTE;QUOTED-PRINTABLE:a=\nb=\nc\nPHOTO;BASE64:AA\nBBBB\n\nTEL;CELL:1\n");
        assert_eq!(lines[0].value, "abc");
        assert_eq!(lines[1].name, "PHOTO");
        assert!(lines[2].says("TYPE", "cell"));
    }

    #[test]
    fn a_blank_after_a_soft_break_of_quoted_printable_is_part_of_the_text() {
        let lines = lines("NOTE;ENCODING=QUOTED-PRINTABLE:one=\n two=\nthree\nFN:a\n b\n");
        assert_eq!(
            (lines[0].value.as_str(), lines[1].value.as_str()),
            ("one twothree", "ab")
        );
    }

    #[test]
    fn a_line_without_a_colon_or_a_name_is_refused_with_its_place() {
        let problem = ContentLines::new("A:1\nno colon\n").nth(1).unwrap().unwrap_err();
        assert_eq!(
            (problem.line, problem.what.as_str()),
            (Some(2), "`no colon` has no colon")
        );
        assert!(ContentLines::new(";x=1:2").next().unwrap().is_err());
    }

    #[test]
    fn escapes_are_written_and_read_back() {
        let nasty = "a\\b;c,d\ne\tf\\n \u{1f600}";
        assert_eq!(text(&escape(nasty)), nasty);
        assert_eq!(escape("a\r\nb\rc\u{7}"), "a\\nb\\nc");
        assert_eq!(parts("a\\,b,c\\;d", ','), ["a,b", "c;d"]);
        assert_eq!(text("c:\\dir\\"), "c:\\dir\\");
    }

    #[test]
    fn no_line_on_paper_is_longer_than_75_octets_and_no_letter_is_cut() {
        let mut out = String::new();
        let value = "\u{e9}\u{1f600}x".repeat(60);
        write(&mut out, "NOTE", &value);
        assert!(out.ends_with("\r\n"));
        assert!(out.split("\r\n").all(|line| line.len() <= OCTETS_MAX), "{out}");
        assert_eq!(lines(&out)[0].value, value);
    }

    #[test]
    fn a_run_of_blanks_longer_than_a_line_is_folded_and_read_back() {
        for blank in [" ", "\t"] {
            let mut out = String::new();
            let value = format!("a{}\\b", blank.repeat(400));
            write(&mut out, "NOTE", &value);
            write(&mut out, "FN", "after");
            let read = lines(&out);
            assert_eq!((read.len(), read[0].value.as_str()), (2, value.as_str()));
        }
    }
}
