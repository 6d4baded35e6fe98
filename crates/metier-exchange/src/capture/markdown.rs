//! A brag document in Markdown: headings say when or under what, bullets what was done.

use metier_core::evidence::Happening;
use metier_core::framework::EvidenceKind;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::dates::{self, Dated};
use super::list::{UNTICKED, split_date};
use super::{Form, Proposal, Proposed, Reading, noted, of_line, passed_over};

/// Lists inside lists deeper than this are told on one level.
const DEPTH_MAX: usize = 6;

/// Words of headings under which plans stand, not deeds.
const PLANS: [&str; 9] = [
    "goals",
    "plans",
    "plan for",
    "to do",
    "todo",
    "next steps",
    "next year",
    "next quarter",
    "ideas",
];

/// True when a text has headings, links or emphasis as Markdown writes them.
pub(super) fn looks_like_it(text: &str) -> bool {
    let mut before = "";
    text.lines().any(|line| {
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        let atx = (1..=6).contains(&hashes) && line[hashes..].starts_with(' ');
        let ruled = line.len() >= 3 && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'));
        let setext = ruled && before.contains(char::is_alphanumeric);
        before = line.trim();
        atx || setext || line.contains("](") || line.contains("**")
    })
}

pub(super) fn read(text: &str) -> Reading {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader {
        lines: Lines { text, at: 0, line: 1 },
        ..Reader::default()
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        if super::full(&reader.proposals) {
            break;
        }
        reader.event(event, range.start);
    }
    reader.done()
}

/// Counts lines up to a place that only moves on.
#[derive(Default)]
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, to: usize) -> u64 {
        if let Some(passed) = self.text.get(self.at..to) {
            self.line += passed.bytes().filter(|b| *b == b'\n').count() as u64;
            self.at = to;
        }
        self.line
    }
}

/// A heading that holds for what follows.
struct Heading {
    level: u8,
    text: String,
    date: Option<Dated>,
    /// It heads the whole document.
    title: bool,
}

/// A bullet, a paragraph or a row that is being read.
#[derive(Default)]
struct Piece {
    line: u64,
    text: String,
    details: Vec<String>,
    links: Vec<String>,
    unticked: bool,
}

#[derive(Default)]
struct Reader<'t> {
    proposals: Vec<Proposal>,
    lines: Lines<'t>,
    headings: Vec<Heading>,
    count: usize,
    passed_over: Vec<&'static str>,
    /// The heading, paragraph or top bullet that is open.
    piece: Option<Piece>,
    /// How many lists are open around us.
    depth: usize,
    quoted: usize,
    skipping: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.say(&text),
            Event::SoftBreak | Event::HardBreak => self.say(" "),
            Event::TaskListMarker(ticked) => {
                if let Some(piece) = &mut self.piece {
                    piece.unticked |= !ticked && piece.details.is_empty();
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: usize) {
        match tag {
            Tag::List(_) => self.depth = (self.depth + 1).min(DEPTH_MAX),
            Tag::Item if self.piece.is_some() && self.depth > 1 => {
                let indent = "  ".repeat(self.depth.saturating_sub(2));
                if let Some(piece) = &mut self.piece {
                    piece.details.push(format!("{indent}- "));
                }
            }
            Tag::Paragraph if self.piece.is_some() => self.say(" "),
            Tag::Heading { .. } | Tag::Paragraph | Tag::Item | Tag::TableRow | Tag::TableHead => {
                self.finish();
                self.piece = Some(Piece {
                    line: self.lines.of(at),
                    ..Piece::default()
                });
            }
            Tag::TableCell => {
                let begun = self.piece.as_ref().is_some_and(|p| !p.text.is_empty());
                if begun {
                    self.say(" – ");
                }
            }
            Tag::Link { dest_url, .. } => {
                let web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
                if let Some(piece) = self.piece.as_mut().filter(|_| web) {
                    piece.links.push(dest_url.into_string());
                }
            }
            Tag::BlockQuote(_) => self.quoted += 1,
            Tag::CodeBlock(_) => self.skip("A block of code"),
            Tag::HtmlBlock => self.skip("A piece of HTML"),
            _ => {}
        }
    }

    fn skip(&mut self, what: &'static str) {
        self.skipping += 1;
        if !self.passed_over.contains(&what) {
            self.passed_over.push(what);
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::List(_) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.finish();
                }
            }
            TagEnd::Item if self.depth <= 1 => self.finish(),
            TagEnd::Paragraph if self.depth == 0 => self.finish(),
            TagEnd::TableRow => self.finish(),
            // Names of columns are no deed.
            TagEnd::TableHead => self.piece = None,
            TagEnd::BlockQuote(_) => self.quoted = self.quoted.saturating_sub(1),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.skipping = self.skipping.saturating_sub(1),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if self.skipping > 0 {
            return;
        }
        if let Some(piece) = &mut self.piece {
            piece.details.last_mut().unwrap_or(&mut piece.text).push_str(text);
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        if let Some(piece) = self.piece.take() {
            self.under(level as u8, piece.text.trim());
        }
    }

    fn under(&mut self, level: u8, text: &str) {
        while self.headings.last().is_some_and(|h| h.level >= level) {
            self.headings.pop();
        }
        let date = dates::in_heading(text, self.date().map(|d| d.date.year()));
        self.count += 1;
        self.headings.push(Heading {
            level,
            text: text.to_owned(),
            date,
            title: self.count == 1 && level == 1,
        });
    }

    /// The date of the nearest heading that has one.
    fn date(&self) -> Option<&Dated> {
        self.headings.iter().rev().find_map(|h| h.date.as_ref())
    }

    /// The nearest heading that is more than a date.
    fn topic(&self) -> Option<&str> {
        let topics = self.headings.iter().rev().filter(|h| !h.title);
        topics
            .map(|h| h.text.as_str())
            .filter(|text| dates::whole(text).is_none() && text.contains(char::is_alphabetic))
            .find(|text| !is_part_of_year(text))
    }

    /// Uses the piece that is open.
    fn finish(&mut self) {
        let Some(mut piece) = self.piece.take() else {
            return;
        };
        let says = |text: &str| text.contains(char::is_alphanumeric);
        if !says(&piece.text) {
            // A bullet that holds only bullets: the first of them stands for it.
            let Some(first) = piece.details.iter().position(|d| says(d)) else {
                return;
            };
            let detail = piece.details.remove(first);
            detail.trim_start_matches(['-', ' ']).clone_into(&mut piece.text);
        }
        let text = piece.text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A line of its own that is a date, or ends in a colon, is a heading in all but name.
        if self.depth == 0
            && piece.details.is_empty()
            && (dates::whole(&text).is_some() || text.ends_with(':'))
        {
            self.under(7, text.trim_end_matches(':'));
            return;
        }
        let (day, said) = match split_date(&text) {
            Some((day, rest)) if rest.contains(char::is_alphanumeric) => (Some(day), rest),
            _ => (self.date().cloned(), text.as_str()),
        };
        let details = piece
            .details
            .iter()
            .map(|d| d.trim_end())
            .collect::<Vec<_>>()
            .join("\n");
        let topic = self.topic().unwrap_or_default();
        let mut proposal = of_line(
            format!("line {}", piece.line),
            &noted(&[&text, &details]),
            said,
            day,
        );
        proposal.note = noted(&[&proposal.note, &details, topic]);
        proposal.links.extend(super::links_in(&details));
        for link in piece.links {
            if proposal.links.len() < super::LINKS_MAX && !proposal.links.contains(&link) {
                proposal.links.push(link);
            }
        }
        if self.quoted > 0 && proposal.because.is_empty() {
            proposal.because = "a quotation".into();
            proposal.what = Proposed::Evidence(Happening::plainest(EvidenceKind::Recognition));
        }
        let lower = topic.to_lowercase();
        if piece.unticked {
            proposal.doubt = UNTICKED.into();
        } else if PLANS.iter().any(|plan| lower.contains(plan)) {
            proposal.doubt = format!("“{topic}” tells of plans: was it done?");
        }
        self.proposals.push(proposal);
    }

    fn done(mut self) -> Reading {
        self.finish();
        let mut left_out: Vec<String> = self.passed_over.iter().map(|what| format!("{what}.")).collect();
        if self.count > 0 {
            left_out.push(format!(
                "Headings, which only say when or under what: {}.",
                self.count
            ));
        }
        if let Some(last) = self.headings.last().filter(|_| self.proposals.is_empty()) {
            left_out.push(passed_over("Nothing stands under the last heading,", &last.text));
        }
        Reading {
            form: Form::Markdown,
            proposals: self.proposals,
            left_out,
        }
    }
}

/// True for a heading that is only a month, a quarter or a half.
fn is_part_of_year(text: &str) -> bool {
    dates::in_heading(text, Some(2000)).is_some_and(|d| d.said.len() == text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::Exactness;

    const BRAG: &str = "\
# Brag document

Things worth remembering.

## 2026

### Q1

- Launched the spring campaign
  - eight articles
  - on time
- **2026-03-04:** Coached Bo, see [the plan](https://example.org/plan)

### April: Atlas

* [ ] Retire the old wiki
* [x] Moved 300 pages

> You saved the release. (Edith)

## Goals for next year

- Speak at a conference

| When | What |
|---|---|
| 2026-05-02 | Judged the essay prize |

```
- not this
```
";

    #[test]
    fn headings_date_what_stands_under_them() {
        let reading = read(BRAG);
        let told: Vec<(String, String)> = reading
            .proposals
            .iter()
            .map(|p| {
                let day = p.day.as_ref().map(|d| format!("{} {:?}", d.date, d.exact));
                (p.title.clone(), day.unwrap_or_default())
            })
            .collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(t, d)| (t.as_str(), d.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Things worth remembering.", ""),
                ("Launched the spring campaign", "2026-01-01 Quarter"),
                ("Coached Bo, see the plan", "2026-03-04 Day"),
                ("Retire the old wiki", "2026-04-01 Month"),
                ("Moved 300 pages", "2026-04-01 Month"),
                ("You saved the release. (Edith)", "2026-04-01 Month"),
                ("Speak at a conference", ""),
                ("Judged the essay prize", "2026-05-02 Day"),
            ]
        );
        assert!(
            reading.left_out.iter().any(|l| l.contains("code")),
            "{:?}",
            reading.left_out
        );
    }

    #[test]
    fn a_bullet_keeps_its_details_its_link_and_what_to_doubt() {
        let p = read(BRAG).proposals;
        assert_eq!(p[1].note, "- eight articles\n- on time");
        assert_eq!(p[1].place, "line 9");
        assert_eq!(p[2].links, ["https://example.org/plan"]);
        assert_eq!(p[3].doubt, UNTICKED);
        assert_eq!(p[4].doubt, "");
        assert!(p[4].note.ends_with("April: Atlas"));
        assert_eq!(p[5].what.kind(), Some(EvidenceKind::Recognition));
        assert!(p[6].doubt.contains("Goals for next year"));
    }

    #[test]
    fn a_bullet_that_holds_only_bullets_goes_by_the_first_of_them() {
        let p = read("# x\n\n* - *did x\n  - did y\n").proposals;
        assert_eq!(
            (p.len(), p[0].title.as_str(), p[0].note.as_str()),
            (1, "*did x", "- did y")
        );
        assert!(read("# x\n\n* - *\n").proposals.is_empty());
    }

    #[test]
    fn a_line_that_is_a_date_is_a_heading_too() {
        let p = read("# Did\n\nMarch 2026\n- did x\n\nOther things:\n- did y\n").proposals;
        assert_eq!(p[0].day.as_ref().unwrap().exact, Exactness::Month);
        assert_eq!((p[1].title.as_str(), &p[1].day), ("did y", &None));
    }
}
