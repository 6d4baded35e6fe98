//! A resume as text: sections, positions with their dates, and what stands under each.

use metier_core::evidence::Happening;
use metier_core::framework::EvidenceKind;

use super::dates::{self, Dated, Span};
use super::list::{Bullet, split_date, without_bullet};
use super::{Form, Proposal, Proposed, Reading, kind, links_in, noted, passed_over, titled};

/// What a section of a resume holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Positions, each with what was done in it.
    Positions,
    /// One thing of a kind a line or paragraph.
    Things(EvidenceKind),
    /// No deeds.
    Nothing,
}

/// The names of sections, in lower case.
const SECTIONS: &[(Holds, &[&str])] = &[
    (
        Holds::Positions,
        &[
            "experience",
            "work experience",
            "professional experience",
            "employment",
            "employment history",
            "work history",
            "career history",
            "career",
            "relevant experience",
            "positions",
        ],
    ),
    (
        Holds::Things(EvidenceKind::Learning),
        &[
            "education",
            "education and training",
            "training",
            "courses",
            "professional development",
            "continuing education",
            "academic background",
        ],
    ),
    (
        Holds::Things(EvidenceKind::Credential),
        &[
            "certifications",
            "certificates",
            "certification",
            "licenses",
            "licences",
            "licenses and certifications",
            "licenses & certifications",
            "licences and certificates",
            "registrations",
            "credentials",
            "certifications and licenses",
        ],
    ),
    (
        Holds::Things(EvidenceKind::Recognition),
        &[
            "awards",
            "honors",
            "honours",
            "honors and awards",
            "honors & awards",
            "awards and honours",
            "recognition",
        ],
    ),
    (
        Holds::Things(EvidenceKind::Communication),
        &[
            "publications",
            "presentations",
            "talks",
            "publications and talks",
            "speaking",
            "conference papers",
        ],
    ),
    (
        Holds::Things(EvidenceKind::Project),
        &["projects", "selected projects", "key projects"],
    ),
    (
        Holds::Things(EvidenceKind::Accomplishment),
        &[
            "volunteering",
            "volunteer experience",
            "volunteer work",
            "community service",
            "achievements",
            "key achievements",
            "accomplishments",
            "selected accomplishments",
            "highlights",
        ],
    ),
    (
        Holds::Nothing,
        &[
            "summary",
            "profile",
            "professional summary",
            "objective",
            "about",
            "about me",
            "skills",
            "key skills",
            "technical skills",
            "core competencies",
            "languages",
            "interests",
            "hobbies",
            "references",
            "contact",
            "personal details",
            "personal information",
        ],
    ),
];

/// Words that titles of positions have in them.
const ROLES: &[&str] = &[
    "accountant",
    "administrator",
    "advisor",
    "analyst",
    "apprentice",
    "architect",
    "assistant",
    "associate",
    "ceo",
    "chief",
    "clerk",
    "coach",
    "consultant",
    "coordinator",
    "copywriter",
    "counsel",
    "cto",
    "designer",
    "developer",
    "director",
    "editor",
    "electrician",
    "engineer",
    "executive",
    "foreman",
    "head",
    "intern",
    "journalist",
    "lead",
    "leader",
    "lecturer",
    "manager",
    "marketer",
    "mechanic",
    "midwife",
    "nurse",
    "officer",
    "operator",
    "partner",
    "physician",
    "president",
    "principal",
    "producer",
    "programmer",
    "researcher",
    "scientist",
    "secretary",
    "specialist",
    "strategist",
    "supervisor",
    "teacher",
    "technician",
    "therapist",
    "trainee",
    "tutor",
    "writer",
];

/// True when at least two lines are names of sections, one of which holds deeds.
pub(super) fn looks_like_it(text: &str) -> bool {
    let found: Vec<Holds> = text.lines().filter_map(section).collect();
    found.len() >= 2 && found.iter().any(|holds| *holds != Holds::Nothing)
}

fn section(line: &str) -> Option<Holds> {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() || bare.len() > 40 {
        return None;
    }
    let name = bare.to_lowercase();
    let found = SECTIONS.iter().find(|(_, names)| names.contains(&name.as_str()));
    found.map(|(holds, _)| *holds)
}

pub(super) fn read(text: &str) -> Reading {
    let mut reader = Reader::default();
    for (line, raw) in (1..).zip(text.lines()) {
        if super::full(&reader.proposals) {
            break;
        }
        reader.line(line, raw);
    }
    reader.flush();
    if reader.before > 0 {
        let lines = reader.before;
        reader.left_out.insert(
            0,
            format!("The lines before the first section ({lines}): your particulars."),
        );
    }
    Reading {
        form: Form::Resume,
        proposals: reader.proposals,
        left_out: reader.left_out,
    }
}

#[derive(Default)]
struct Reader {
    proposals: Vec<Proposal>,
    left_out: Vec<String>,
    section: Option<(Holds, String)>,
    /// Lines without a bullet that are not used yet, with the number of the first.
    block: Vec<String>,
    block_line: u64,
    /// Where the present position stands among the proposals, and its time.
    position: Option<(usize, Span)>,
    after_bullet: bool,
    before: usize,
}

impl Reader {
    fn line(&mut self, line: u64, raw: &str) {
        let text = raw.trim();
        if text.is_empty() {
            self.flush();
            return;
        }
        if let Some(holds) = section(text) {
            self.flush();
            self.position = None;
            let name = text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            if holds == Holds::Nothing {
                self.left_out
                    .push(passed_over("A section that tells of no deed:", &name));
            }
            self.section = Some((holds, name));
            return;
        }
        let Bullet { rest, found, .. } = without_bullet(text);
        match (self.section.as_ref().map(|(holds, _)| *holds), found) {
            (None, _) => self.before += 1,
            (Some(Holds::Nothing), _) => {}
            (Some(Holds::Positions), true) => self.bullet(line, rest),
            (Some(Holds::Things(of)), true) => {
                self.flush();
                self.thing(line, rest, of);
                self.after_bullet = true;
            }
            (Some(holds), false) => self.plain(line, text, holds),
        }
    }

    /// Something done in the present position.
    fn bullet(&mut self, line: u64, text: &str) {
        self.flush();
        let (said, text) = split_date(text).map_or((None, text), |(day, text)| (Some(day), text));
        let (at, span) = match &self.position {
            Some((place, span)) => (self.proposals.get(*place).map(at), Some(span)),
            None => (None, None),
        };
        let at = at.unwrap_or_default();
        let taken = kind::of_words(text);
        let (title, whole) = titled(text);
        let lasts = matches!(span, Some(Span { until: None, .. })) && said.is_none();
        self.proposals.push(Proposal {
            from: noted(&[text, &at]),
            place: format!("line {line}"),
            title,
            note: noted(&[&whole, &at]),
            day: said.or_else(|| span.and_then(Span::day)),
            doubt: if lasts {
                "It still lasts: choose the day this was done.".into()
            } else {
                String::new()
            },
            confidential: String::new(),
            links: links_in(text),
            because: taken.because,
            what: Proposed::Evidence(Happening::plainest(taken.kind)),
        });
        self.after_bullet = true;
    }

    fn plain(&mut self, line: u64, text: &str, holds: Holds) {
        let goes_on = self.after_bullet && text.starts_with(|c: char| c.is_lowercase());
        if goes_on && dates::span_in(text).is_none() {
            if let Some(last) = self.proposals.last_mut() {
                last.from += &format!(" {text}");
                let whole = format!("{} {text}", last.title.trim_end_matches('…'));
                last.title = titled(&whole).0;
            }
            return;
        }
        if self.block.is_empty() {
            self.block_line = line;
        }
        self.block.push(text.to_owned());
        self.after_bullet = false;
        if holds == Holds::Positions && dates::span_in(text).is_some() {
            self.begin_position();
        }
    }

    /// Uses the lines that have gathered.
    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        self.after_bullet = false;
        let Some((holds, _)) = self.section.as_ref().filter(|_| !block.is_empty()) else {
            return;
        };
        match *holds {
            Holds::Positions => match self
                .position
                .as_ref()
                .and_then(|(at, _)| self.proposals.get_mut(*at))
            {
                Some(position) => describe(position, &block),
                None => {
                    for (line, text) in (self.block_line..).zip(&block) {
                        self.thing(line, text, EvidenceKind::Accomplishment);
                    }
                }
            },
            Holds::Things(EvidenceKind::Learning) => {
                // A course of study is told in several lines.
                self.thing(self.block_line, &block.join("\n"), EvidenceKind::Learning);
            }
            Holds::Things(of) => {
                for (line, text) in (self.block_line..).zip(&block) {
                    self.thing(line, text, of);
                }
            }
            Holds::Nothing => {}
        }
    }

    /// A position, from the lines up to the one with its time.
    fn begin_position(&mut self) {
        let block = std::mem::take(&mut self.block);
        let Some((span, before, after)) = block.last().and_then(|line| dates::span_in(line)) else {
            return;
        };
        let head = block[..block.len() - 1].iter().map(String::as_str);
        let mut parts: Vec<&str> = head.chain([before, after]).flat_map(parts_of).collect();
        let role = |part: &&str| {
            let words = part.split(|c: char| !c.is_alphanumeric());
            words
                .into_iter()
                .any(|w| ROLES.contains(&w.to_lowercase().as_str()))
        };
        let named = parts.iter().position(role);
        let title = match named.unwrap_or(0) {
            at if at < parts.len() => parts.remove(at),
            _ => "A position",
        };
        let doubt = if named.is_none() {
            "Look which is the title and which the employer."
        } else {
            ""
        };
        let said = Dated {
            date: span.from,
            said: span.said.clone(),
            exact: dates::Exactness::Month,
        };
        self.position = Some((self.proposals.len(), span.clone()));
        self.proposals.push(Proposal {
            from: block.join("\n"),
            place: format!("line {}", self.block_line),
            title: titled(title).0,
            note: String::new(),
            day: Some(said),
            doubt: doubt.into(),
            confidential: String::new(),
            links: links_in(&block.join("\n")),
            because: format!("its time, “{}”", span.said),
            what: Proposed::Position {
                organisation: parts.join(", "),
                from: span.from,
                until: span.until,
            },
        });
    }

    /// One thing of a section.
    fn thing(&mut self, line: u64, text: &str, of: EvidenceKind) {
        let first = text.lines().next().unwrap_or_default();
        let span = text
            .lines()
            .find_map(|l| dates::span_in(l).map(|(span, ..)| span));
        let day = match &span {
            Some(span) => span.day(),
            None => text.lines().find_map(|l| dates::in_heading(l, None)),
        };
        let (title, whole) = titled(split_date(first).map_or(first, |(_, rest)| rest));
        let rest: Vec<&str> = text.lines().skip(1).collect();
        let name = self.section.as_ref().map_or("", |(_, name)| name.as_str());
        let taken = kind::of_words(text);
        let (of, because) = match of {
            EvidenceKind::Accomplishment if !taken.because.is_empty() => (taken.kind, taken.because),
            of => (of, format!("the section “{name}”")),
        };
        self.proposals.push(Proposal {
            from: text.to_owned(),
            place: format!("line {line}"),
            title,
            note: noted(&[&whole, &rest.join("\n")]),
            day,
            doubt: String::new(),
            confidential: String::new(),
            links: links_in(text),
            because,
            what: Proposed::Evidence(Happening::plainest(of)),
        });
    }
}

/// What stands under the head of a position: with whom it was, where that is not said yet, and the rest.
fn describe(position: &mut Proposal, block: &[String]) {
    position.from += &format!("\n{}", block.join("\n"));
    let mut rest = block;
    if let (Proposed::Position { organisation, .. }, Some((first, more))) =
        (&mut position.what, block.split_first())
        && organisation.is_empty()
        && position.note.is_empty()
        && first.chars().count() <= 60
        && !first.ends_with('.')
    {
        organisation.clone_from(first);
        rest = more;
    }
    position.note = noted(&[&position.note, &rest.join("\n")]);
}

/// "Editor, Acme": where something was done.
fn at(position: &Proposal) -> String {
    match &position.what {
        Proposed::Position { organisation, .. } if !organisation.is_empty() => {
            format!("{}, {organisation}", position.title)
        }
        _ => position.title.clone(),
    }
}

/// The parts of a line that says who was what where.
fn parts_of(line: &str) -> Vec<&str> {
    let marks = [
        " | ", " — ", " – ", " - ", " · ", " • ", "\t", "   ", ", ", " at ", " @ ",
    ];
    let mut parts = vec![line];
    for mark in marks {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let bare = parts.into_iter().map(|part| {
        part.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | ',' | '|' | '–' | '—' | '-' | '*' | ':')
        })
    });
    bare.filter(|part| part.contains(char::is_alphanumeric)).collect()
}
