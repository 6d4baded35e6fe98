//! A resume in the form of jsonresume.org (schema 1.x).
//!
//! Work and its highlights, volunteering, projects, education, certificates, awards, publications and
//! references become proposals. What is no deed (the person's particulars, skills, languages,
//! interests) is named as left out. Fields without a place of their own go into the note.

use metier_core::evidence::Happening;
use metier_core::framework::EvidenceKind;
use serde_json::Value;

use super::dates::{self, Dated, Span};
use super::json_value::{Object, Problems};
use super::{Form, Proposal, Proposed, Reading, kind, links_in, noted, passed_over, said_or, titled};
use crate::DocumentProblem;

/// Sections of the schema that tell of deeds.
const DEEDS: [&str; 8] = [
    "work",
    "volunteer",
    "projects",
    "education",
    "certificates",
    "awards",
    "publications",
    "references",
];

/// Sections of the schema that tell of none, and what they are.
const NO_DEEDS: [(&str, &str); 4] = [
    ("basics", "your particulars"),
    ("skills", "skills, which are claims until something shows them"),
    ("languages", "languages"),
    ("interests", "interests"),
];

/// True when a text that begins like JSON names a section of the schema.
pub(super) fn looks_like_it(text: &str) -> bool {
    let names = DEEDS
        .iter()
        .copied()
        .chain(NO_DEEDS.iter().map(|(name, _)| *name));
    let begins = text.trim_start();
    begins.starts_with('{')
        && names
            .into_iter()
            .any(|name| text.contains(&format!("\"{name}\"")))
        || serde_json::from_str::<Value>(begins).is_ok()
}

pub(super) fn read(text: &str) -> Result<Reading, Vec<DocumentProblem>> {
    let value: Value = serde_json::from_str(text).map_err(|error| vec![broken(&error)])?;
    let mut problems = Problems::default();
    let mut reader = Reader::default();
    if let Some(root) = Object::root(&value, &mut problems) {
        reader.resume(&root, &mut problems);
    }
    problems.done(Reading {
        form: Form::JsonResume,
        proposals: reader.proposals,
        left_out: reader.left_out,
    })
}

fn broken(error: &serde_json::Error) -> DocumentProblem {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    let problem = DocumentProblem::new(
        format!("this is no whole JSON: {what}"),
        "copy the whole file, from the first { to the last }",
    );
    match (error.line() as u64, error.column() as u64) {
        (0, _) => problem,
        (line, column) => problem.at_line(line).at_column(column.max(1)),
    }
}

#[derive(Default)]
struct Reader {
    proposals: Vec<Proposal>,
    left_out: Vec<String>,
}

/// A proposal before its fields are filled.
struct Deed<'a> {
    of: &'a Object<'a>,
    section: &'a str,
    title: String,
    day: Option<Dated>,
    doubt: String,
    what: Proposed,
}

impl Reader {
    fn resume(&mut self, root: &Object<'_>, problems: &mut Problems) {
        for one in root.objects("work", problems) {
            self.work(&one, problems);
        }
        for one in root.objects("volunteer", problems) {
            self.volunteer(&one, problems);
        }
        for one in root.objects("projects", problems) {
            self.project(&one, problems);
        }
        for one in root.objects("education", problems) {
            self.education(&one, problems);
        }
        for section in ["certificates", "awards", "publications", "references"] {
            for one in root.objects(section, problems) {
                self.dated(&one, section, problems);
            }
        }
        for (name, value) in root.names() {
            if let Some((_, what)) = NO_DEEDS.iter().find(|(section, _)| *section == name) {
                let many = value
                    .as_array()
                    .map_or(String::new(), |list| format!(" ({})", list.len()));
                self.left_out.push(format!("“{name}”{many}: {what}."));
            } else if !DEEDS.contains(&name) && name != "meta" && !name.starts_with('$') {
                self.left_out
                    .push(passed_over("A section this program does not know,", name));
            }
        }
    }

    /// A position, and each highlight as something accomplished in it.
    fn work(&mut self, job: &Object<'_>, problems: &mut Problems) {
        let position = job.text("position", problems);
        // "company" was the name of the field before version 1.
        let employer = said_or(&job.text("name", problems), &job.text("company", problems));
        let (span, doubt) = span(job, problems);
        let title = said_or(&position, "A position");
        let at = joined(&[&title, &employer]);
        if let Some(span) = &span {
            self.add(
                Deed {
                    of: job,
                    section: "work",
                    title: title.clone(),
                    day: first_day(job, problems),
                    doubt,
                    what: Proposed::Position {
                        organisation: employer,
                        from: span.from,
                        until: span.until,
                    },
                },
                &["summary", "description", "location"],
                problems,
            );
        } else if !(position.is_empty() && employer.is_empty()) {
            let doubt = said_or(
                &doubt,
                "It says no first day, so it is taken for something you did.",
            );
            let what = Proposed::Evidence(Happening::plainest(EvidenceKind::Accomplishment));
            let deed = Deed {
                of: job,
                section: "work",
                title: at.clone(),
                day: None,
                doubt,
                what,
            };
            self.add(deed, &["summary", "description", "location"], problems);
        }
        self.highlights(job, &at, span.as_ref(), problems);
    }

    fn volunteer(&mut self, role: &Object<'_>, problems: &mut Problems) {
        let position = said_or(&role.text("position", problems), "Volunteer");
        let at = joined(&[&position, &role.text("organization", problems)]);
        let (span, doubt) = span(role, problems);
        let deed = Deed {
            of: role,
            section: "volunteer",
            title: format!("{at} (volunteering)"),
            day: span.as_ref().and_then(Span::day),
            doubt: said_or(&doubt, still_lasting(span.as_ref())),
            what: Proposed::Evidence(Happening::plainest(EvidenceKind::Accomplishment)),
        };
        self.add(deed, &["summary"], problems);
        self.highlights(role, &at, span.as_ref(), problems);
    }

    fn project(&mut self, project: &Object<'_>, problems: &mut Problems) {
        let (span, doubt) = span(project, problems);
        let tasks: Vec<&str> = project
            .texts("highlights", problems)
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        let lasts = still_lasting(span.as_ref());
        let what = Happening::Project {
            tasks: tasks.join("\n"),
            deadline: None,
            goal: project.text("description", problems),
            met: None,
            people_led: 0,
        };
        let name = said_or(&project.text("name", problems), "A project");
        let deed = Deed {
            of: project,
            section: "projects",
            title: joined(&[&name, &project.text("entity", problems)]),
            day: span.as_ref().and_then(Span::day),
            doubt: said_or(&doubt, lasts),
            what: Proposed::Evidence(what),
        };
        self.add(deed, &["roles", "keywords", "type"], problems);
    }

    fn education(&mut self, school: &Object<'_>, problems: &mut Problems) {
        let (span, doubt) = span(school, problems);
        let institution = school.text("institution", problems);
        let study = school.text("studyType", problems);
        let subject = joined(&[&study, &school.text("area", problems)]);
        let what = Happening::Learning {
            form: study,
            provider: institution.clone(),
            used_for: String::new(),
        };
        let deed = Deed {
            of: school,
            section: "education",
            title: joined(&[&said_or(&subject, "Studied"), &institution]),
            day: span.as_ref().and_then(Span::day),
            doubt: said_or(&doubt, still_lasting(span.as_ref())),
            what: Proposed::Evidence(what),
        };
        self.add(deed, &["score", "courses"], problems);
    }

    /// Sections whose items have one day.
    fn dated(&mut self, item: &Object<'_>, section: &str, problems: &mut Problems) {
        let text = |name: &str, problems: &mut Problems| item.text(name, problems);
        let (title, date, what, rest): (String, String, Happening, &[&str]) = match section {
            "certificates" => (
                text("name", problems),
                text("date", problems),
                Happening::Credential {
                    body: said_or(&text("issuer", problems), "not said yet"),
                    number: String::new(),
                    expires: None,
                },
                &[],
            ),
            "awards" => (
                text("title", problems),
                text("date", problems),
                Happening::Recognition {
                    by: said_or(&text("awarder", problems), "not said yet"),
                    how: "award".into(),
                },
                &["summary"],
            ),
            "publications" => (
                joined(&[&text("name", problems), &text("publisher", problems)]),
                text("releaseDate", problems),
                Happening::plainest(EvidenceKind::Communication),
                &["summary"],
            ),
            _ => {
                let by = said_or(&text("name", problems), "not said yet");
                (
                    format!("Reference by {by}"),
                    String::new(),
                    Happening::Recognition {
                        by,
                        how: "reference".into(),
                    },
                    &["reference"],
                )
            }
        };
        let (day, doubt) = day_of(&date);
        let deed = Deed {
            of: item,
            section,
            title: said_or(&title, "Without a title"),
            day,
            doubt,
            what: Proposed::Evidence(what),
        };
        self.add(deed, rest, problems);
    }

    /// Adds a proposal; the fields named in `rest` that say something go into its note.
    fn add(&mut self, deed: Deed<'_>, rest: &[&str], problems: &mut Problems) {
        if super::full(&self.proposals) {
            return;
        }
        let (title, whole) = titled(&deed.title);
        let mut notes = vec![whole];
        for (name, value) in deed.of.names().filter(|(name, _)| rest.contains(name)) {
            notes.push(match value {
                Value::Array(_) => {
                    let texts = deed.of.texts(name, problems);
                    let texts: Vec<&str> = texts.into_iter().map(|(_, text)| text).collect();
                    format!("{}: {}", capital(name), texts.join(", "))
                }
                _ if matches!(name, "summary" | "description" | "reference") => deed.of.text(name, problems),
                _ => format!("{}: {}", capital(name), deed.of.text(name, problems)),
            });
        }
        let link = deed.of.text("url", problems);
        let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
        let said = deed.day.as_ref().map_or("", |d| d.said.as_str());
        self.proposals.push(Proposal {
            from: noted(&[&deed.title, said, &noted(&notes)]),
            place: deed.of.place().to_owned(),
            title,
            note: noted(&notes),
            day: deed.day,
            doubt: deed.doubt,
            confidential: String::new(),
            links: links_in(&link),
            because: format!("the section “{}”", deed.section),
            what: deed.what,
        });
    }

    fn highlights(&mut self, of: &Object<'_>, at: &str, span: Option<&Span>, problems: &mut Problems) {
        for (place, text) in of.texts("highlights", problems) {
            if super::full(&self.proposals) {
                return;
            }
            let taken = kind::of_words(text);
            let (title, whole) = titled(text);
            self.proposals.push(Proposal {
                from: format!("{text}\n{at}"),
                place,
                title,
                note: noted(&[&whole, at]),
                day: span.and_then(Span::day),
                doubt: still_lasting(span).to_owned(),
                confidential: String::new(),
                links: links_in(text),
                because: taken.because,
                what: Proposed::Evidence(Happening::plainest(taken.kind)),
            });
        }
    }
}

/// What to say of a thing done in a time that still lasts.
fn still_lasting(span: Option<&Span>) -> &'static str {
    match span {
        Some(Span { until: None, .. }) => "It still lasts: choose the day this was done.",
        _ => "",
    }
}

/// The time between `startDate` and `endDate`, and what to say of one that could not be read.
fn span(of: &Object<'_>, problems: &mut Problems) -> (Option<Span>, String) {
    let (from, until) = (of.text("startDate", problems), of.text("endDate", problems));
    let unread = |text: &str| !text.is_empty() && dates::whole(text).is_none() && !dates::lasts(text);
    let doubt = [&from, &until]
        .into_iter()
        .find(|text| unread(text))
        .map_or_else(String::new, |text| unread_day(text));
    // Something that only says its end is known to have ended then.
    let begun = if from.is_empty() { &until } else { &from };
    (dates::span_of(begun, &until), doubt)
}

fn first_day(of: &Object<'_>, problems: &mut Problems) -> Option<Dated> {
    let said = said_or(&of.text("startDate", problems), &of.text("endDate", problems));
    dates::whole(&said)
}

fn day_of(text: &str) -> (Option<Dated>, String) {
    match dates::whole(text) {
        None if !text.is_empty() => (None, unread_day(text)),
        day => (day, String::new()),
    }
}

fn unread_day(text: &str) -> String {
    format!("No day could be read from “{}”.", crate::problem::shown(text))
}

/// Parts with commas between; empty ones are left out.
fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    parts.join(", ")
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
