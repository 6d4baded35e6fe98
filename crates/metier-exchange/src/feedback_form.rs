//! The feedback form as a file: plain text that any program can open and any mail can carry.
//!
//! Lines that begin with `|` are the form's own; a line `== [name]` opens a place, and whatever stands
//! under it is the answer. The last place holds a code: it names the one request the form was made for.
//! See `docs/feedback.md`.

use crate::problem::DocumentProblem;

/// The most bytes a form may have.
pub const FORM_MAX: usize = 256 << 10;

/// The first line of a form of this version.
pub const FIRST_LINE: &str = "| METIER FEEDBACK FORM 1";

/// Columns of a line of the form's own: mail programs wrap longer ones.
const COLUMNS: usize = 70;

/// The place that holds the code.
const CODE: &str = "code";

/// A form being written.
#[derive(Debug, Clone)]
pub struct FormText(String);

impl Default for FormText {
    fn default() -> Self {
        Self(format!("{FIRST_LINE}\n"))
    }
}

impl FormText {
    /// Adds a paragraph of the form's own.
    pub fn say(&mut self, text: &str) {
        for paragraph in text.lines() {
            let mut line = String::from("|");
            for word in paragraph.split_whitespace() {
                if line.chars().count() + word.chars().count() >= COLUMNS {
                    self.0 += &format!("{line}\n");
                    line = String::from("|");
                }
                line.push(' ');
                line += word;
            }
            self.0 += &format!("{line}\n");
        }
    }

    /// Adds a place, with what already stands in it.
    pub fn place(&mut self, name: &str, filled: &str) {
        self.0 += &format!("== [{name}]\n{filled}\n\n");
    }

    /// The whole form, with its code.
    pub fn done(mut self, code: &str) -> String {
        self.say("The code below belongs to this form alone. Please leave it as it is.");
        self.0 += &format!("== [{CODE}]\n{code}\n");
        self.0
    }
}

/// A form that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRead {
    /// What names the request it was made for.
    pub code: String,
    /// Each place with its answer and the line it begins on.
    pub places: Vec<Place>,
    /// The form's own lines, white space made even, with the line each stands on.
    pub own: Vec<(u64, String)>,
}

/// A part of a form, as somebody reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormPart<'f> {
    /// A paragraph of the form's own.
    Said(String),
    /// A place to write in.
    Place(&'f Place),
}

/// A place of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// The line it begins on.
    pub line: u64,
    /// What was written under it.
    pub answer: String,
}

impl FormRead {
    /// The answer at a place; empty when nothing was written.
    pub fn answer(&self, name: &str) -> &str {
        self.place(name).map_or("", |p| p.answer.as_str())
    }

    /// A place.
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.places.iter().find(|p| p.name == name)
    }

    /// The form as somebody reads it: its own paragraphs, whole again, and the places to write in, in order.
    pub fn parts(&self) -> Vec<FormPart<'_>> {
        let mut parts: Vec<(u64, FormPart<'_>)> =
            self.places.iter().map(|p| (p.line, FormPart::Place(p))).collect();
        let mut last: Option<(u64, usize)> = None;
        for (line, own) in &self.own {
            let said = own.trim_start_matches('|').trim();
            let first = said.split(' ').next().unwrap_or_default().chars().count();
            // The first word stands on a line of its own only where it had no room on the one before.
            let goes_on = last.is_some_and(|(at, columns)| at + 1 == *line && columns + first >= COLUMNS);
            last = (!said.is_empty()).then(|| (*line, own.chars().count()));
            match parts.last_mut() {
                Some((_, FormPart::Said(whole))) if goes_on => *whole += &format!(" {said}"),
                _ if said.is_empty() || own == FIRST_LINE => {}
                _ => parts.push((*line, FormPart::Said(said.to_owned()))),
            }
        }
        parts.sort_by_key(|(line, _)| *line);
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// The same form with other answers; places that are not named keep theirs.
    pub fn filled(&self, answers: &[(String, String)]) -> String {
        let mut text = String::new();
        let mut places = self.places.iter().peekable();
        let mut open = |before: u64, text: &mut String| {
            while let Some(place) = places.next_if(|p| p.line < before) {
                let answer = answers.iter().find(|(name, _)| *name == place.name);
                let answer = answer.map_or(place.answer.as_str(), |(_, answer)| answer.as_str());
                *text += &format!("== [{}]\n", place.name);
                for line in answer.trim().lines() {
                    // A line of an answer is none of the form's own, whatever it begins with.
                    let own = line.trim_start();
                    let mark = if own.starts_with('|') || own.starts_with("==") {
                        "- "
                    } else {
                        ""
                    };
                    *text += &format!("{mark}{line}\n");
                }
                text.push('\n');
            }
        };
        for (line, own) in &self.own {
            open(*line, &mut text);
            text += &format!("{own}\n");
        }
        open(u64::MAX, &mut text);
        text + &format!("== [{CODE}]\n{}\n", self.code)
    }

    /// The first line of the form's own that is not as it was sent.
    pub fn altered(&self, sent: &Self) -> Option<(u64, String)> {
        for (place, (_, line)) in sent.own.iter().enumerate() {
            match self.own.get(place) {
                Some((_, came)) if came == line => {}
                came => return Some((came.map_or(0, |(n, _)| *n), line.clone())),
            }
        }
        self.own.get(sent.own.len()).map(|(n, _)| (*n, String::new()))
    }
}

/// The most places that are read.
const PLACES_MAX: usize = 64;

/// Reads a form.
///
/// # Errors
/// When it is too large, is no form, or its places or its code are damaged: each with its line.
pub fn read_form(bytes: &[u8]) -> Result<FormRead, Vec<DocumentProblem>> {
    if bytes.len() > FORM_MAX {
        let what = format!("{} bytes; a form has at most {FORM_MAX}", bytes.len());
        return Err(vec![DocumentProblem::new(
            what,
            "save it as plain text, without pictures",
        )]);
    }
    let text = decoded(bytes);
    let lines = unquoted(&text);
    let Some(begin) = lines.iter().position(|l| even(l) == FIRST_LINE) else {
        let what = format!("this is no feedback form: the line “{FIRST_LINE}” is missing");
        return Err(vec![DocumentProblem::new(
            what,
            "take the file that came back, as plain text",
        )]);
    };
    let mut form = FormRead {
        code: String::new(),
        places: Vec::new(),
        own: Vec::new(),
    };
    let mut problems = Vec::new();
    for (number, line) in (1_u64..).zip(&lines).skip(begin) {
        let line = line.trim_end();
        if let Some(name) = place_of(line) {
            // A form has sixteen places at most; this bounds what each further one is compared with.
            if form.places.len() == PLACES_MAX {
                let what = format!("there are more than {PLACES_MAX} places; a form has fewer");
                problems.push(DocumentProblem::new(what, "ask for the form as it was sent").at_line(number));
                break;
            }
            if form.places.iter().any(|p| p.name == name) {
                let what = format!("the place [{name}] is there twice");
                problems.push(DocumentProblem::new(what, "leave each once").at_line(number));
            }
            form.places.push(Place {
                name: name.to_owned(),
                line: number,
                answer: String::new(),
            });
        } else if line.trim_start().starts_with('|') {
            form.own.push((number, even(line)));
        } else if let Some(place) = form.places.last_mut() {
            place.answer += line;
            place.answer.push('\n');
        } else if !line.trim().is_empty() {
            let what = "something is written above the first place";
            problems
                .push(DocumentProblem::new(what, "write under a line that begins with ==").at_line(number));
        }
    }
    for place in &mut form.places {
        place.answer = place.answer.trim().to_owned();
    }
    match form.places.iter().position(|p| p.name == CODE) {
        Some(at) => {
            let code = form.places.remove(at).answer;
            // What follows the code is a mail's own: a signature, a footer.
            code.split_whitespace()
                .next()
                .unwrap_or_default()
                .clone_into(&mut form.code);
        }
        None => problems.push(DocumentProblem::new(
            "the code at the end is missing: the form was cut off on its way",
            "ask for the whole file",
        )),
    }
    if problems.is_empty() {
        Ok(form)
    } else {
        Err(problems)
    }
}

/// The text of a file as editors save it: UTF-8 or UTF-16 by its mark, else Windows-1252.
fn decoded(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|two| unit([two[0], two[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|&b| windows_1252(b)).collect(),
        },
    }
}

/// A character of Windows-1252: Latin-1 but for the 32 that editors put where Latin-1 has controls.
fn windows_1252(byte: u8) -> char {
    const MOVED: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let moved = usize::from(byte).checked_sub(0x80).and_then(|at| MOVED.get(at));
    moved.copied().unwrap_or(char::from(byte))
}

/// The lines, without the marks of quoting that a mail put before all of them.
fn unquoted(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let quoted = lines.iter().any(|l| {
        let bare = l.trim_start_matches(['>', ' ']);
        l.starts_with('>') && even(bare) == FIRST_LINE
    });
    if !quoted {
        return lines;
    }
    let bare = |line: &&'_ str| line.starts_with('>');
    let mut stripped = Vec::with_capacity(lines.len());
    for line in lines {
        stripped.push(if bare(&line) {
            line.trim_start_matches('>').trim_start_matches(' ')
        } else {
            line
        });
    }
    stripped
}

/// The name of the place that a line opens.
fn place_of(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("==")?.trim_start();
    let (name, after) = rest.strip_prefix('[')?.split_once(']')?;
    (after.trim().is_empty() && !name.is_empty()).then_some(name.trim())
}

fn even(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent() -> String {
        let mut form = FormText::default();
        form.say("Ada asks Bo what you saw of how she publishes an article to house standard, week by week.");
        form.say("What did you see them do?");
        form.place("saw", "");
        form.place("next:publish", "");
        form.done("abc")
    }

    fn filled() -> String {
        sent().replace("== [saw]\n", "== [saw]\nShe rewrote the lead.\n\nTwice.\n")
    }

    #[test]
    fn a_form_of_more_places_than_forms_have_is_refused_at_the_first_too_many() {
        let mut text = format!("{FIRST_LINE}\n");
        for n in 0..10_000 {
            text += &format!("== [place-{n}]\n");
        }
        let problems = read_form(text.as_bytes()).unwrap_err();
        assert!(
            problems[0].what.contains("more than 64 places"),
            "{}",
            problems[0]
        );
        assert_eq!(problems[0].line, Some(1 + PLACES_MAX as u64 + 1));
    }

    #[test]
    fn what_stands_under_a_place_is_its_answer() {
        let read = read_form(filled().as_bytes()).unwrap();
        assert_eq!(read.code, "abc");
        assert_eq!(read.answer("saw"), "She rewrote the lead.\n\nTwice.");
        assert_eq!(read.answer("next:publish"), "");
        assert_eq!(read.altered(&read_form(sent().as_bytes()).unwrap()), None);
        assert!(sent().lines().all(|l| l.chars().count() <= COLUMNS));
    }

    #[test]
    fn a_form_is_read_as_editors_and_mails_bring_it() {
        let plain = read_form(filled().as_bytes()).unwrap();
        let same = |bytes: &[u8]| {
            let read = read_form(bytes).unwrap();
            assert_eq!((read.code, read.places.len()), (plain.code.clone(), 2));
            assert_eq!(read.places[0].answer, plain.places[0].answer);
        };
        same(filled().replace('\n', "\r\n").as_bytes());
        same(&[&[0xef, 0xbb, 0xbf], filled().as_bytes()].concat());
        let wide: Vec<u8> = filled().encode_utf16().flat_map(u16::to_le_bytes).collect();
        same(&[&[0xff, 0xfe], wide.as_slice()].concat());
        let quoted: String = filled().lines().map(|l| format!("> {l}\n")).collect();
        same(format!("Hi Ada,\nhere it is.\n\n{quoted}\n-- \nBo").as_bytes());
        let old = filled().replace("She", "Zoe");
        let old: Vec<u8> = old.bytes().map(|b| if b == b'Z' { 0x93 } else { b }).collect();
        assert!(read_form(&old).unwrap().answer("saw").starts_with("\u{201c}oe"));
    }

    #[test]
    fn what_was_altered_is_named_with_its_line() {
        let sent = read_form(sent().as_bytes()).unwrap();
        let other = filled().replace("see them do", "see them break");
        let read = read_form(other.as_bytes()).unwrap();
        assert_eq!(
            read.altered(&sent),
            Some((4, "| What did you see them do?".into()))
        );
        let more = filled().replace("== [code]", "| And their salary?\n== [code]");
        assert_eq!(
            read_form(more.as_bytes()).unwrap().altered(&sent),
            Some((15, String::new()))
        );
    }

    #[test]
    fn a_form_is_read_in_paragraphs_and_filled_without_a_change_of_its_own_lines() {
        let read = read_form(sent().as_bytes()).unwrap();
        let parts: Vec<String> = read
            .parts()
            .iter()
            .map(|part| match part {
                FormPart::Said(text) => text.clone(),
                FormPart::Place(place) => format!("[{}]", place.name),
            })
            .collect();
        assert_eq!(
            parts,
            [
                "Ada asks Bo what you saw of how she publishes an article to house standard, week by week.",
                "What did you see them do?",
                "[saw]",
                "[next:publish]",
                "The code below belongs to this form alone. Please leave it as it is.",
            ]
        );
        let answer = "She rewrote it.\n| as a table |\n== [code]\nstolen";
        let filled = read.filled(&[("saw".into(), answer.into())]);
        let again = read_form(filled.as_bytes()).unwrap();
        assert_eq!(again.altered(&read), None);
        assert_eq!(again.code, "abc");
        assert_eq!(
            again.answer("saw"),
            "She rewrote it.\n- | as a table |\n- == [code]\nstolen"
        );
    }

    #[test]
    fn what_is_damaged_is_refused_with_its_place() {
        let said = |text: &str| read_form(text.as_bytes()).unwrap_err()[0].to_string();
        assert!(said("").contains("no feedback form"));
        assert!(said(filled().split("== [code]").next().unwrap()).contains("cut off"));
        let twice = filled().replace("== [next:publish]", "== [saw]");
        assert!(said(&twice).contains("twice"));
        assert!(said(&"x".repeat(FORM_MAX + 1)).contains("at most"));
    }
}
