//! A list: one thing a line, however it was bulleted, numbered or dated.

use super::dates::{self, Dated, Exactness};
use super::{Form, Proposal, Reading, links_in, of_line};

/// Reads a list.
///
/// Bullets, numbers and tick boxes are taken off. A date in front (`2026-03-04: …`, `4 March 2026 – …`,
/// `March 2026: …`) or in brackets at the end is taken as the item's date; a heading that is a date dates
/// the items under it. Other headings (a Markdown `#`, or a line that ends in a colon) are left out. A
/// line that is indented further, under one with a bullet, belongs to it.
pub(super) fn read(text: &str) -> Reading {
    read_lines((1..).zip(text.lines()))
}

/// Reads a list from lines that are numbered.
pub(super) fn read_lines<'t>(lines: impl Iterator<Item = (u64, &'t str)>) -> Reading {
    let mut reader = Reader::default();
    for (line, raw) in lines {
        if reader.items.len() > super::PROPOSALS_MAX {
            break;
        }
        reader.line(line, raw);
    }
    reader.done()
}

#[derive(Default)]
struct Reader {
    items: Vec<Item>,
    under: Option<Dated>,
    /// The indentation of the last bullet, while lines may still belong to it.
    bullet: Option<usize>,
    headings: usize,
}

struct Item {
    line: u64,
    date: Option<Dated>,
    text: String,
    more: Vec<String>,
    unticked: bool,
}

impl Reader {
    fn line(&mut self, line: u64, raw: &str) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            self.bullet = None;
            return;
        }
        let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
        let Bullet {
            rest,
            found,
            unticked,
        } = without_bullet(trimmed);
        if let Some(at) = self.bullet
            && indent > at
            && let Some(last) = self.items.last_mut()
        {
            if found {
                last.more.push(rest.to_owned());
            } else if let Some(more) = last.more.last_mut() {
                *more += &format!(" {rest}");
            } else {
                last.text += &format!(" {rest}");
            }
            return;
        }
        if !found && let Some(heading) = heading(trimmed) {
            let year = self.under.as_ref().map(|d| d.date.year());
            self.under = dates::in_heading(heading, year);
            self.bullet = None;
            self.headings += 1;
            return;
        }
        self.bullet = found.then_some(indent);
        let (date, text) = match split_date(rest) {
            Some((date, text)) => (Some(date), text),
            None => (self.under.clone(), rest),
        };
        if text.contains(char::is_alphanumeric) {
            self.items.push(Item {
                line,
                date,
                text: text.to_owned(),
                more: Vec::new(),
                unticked,
            });
        } else {
            // A rule, or a bullet with nothing behind it but perhaps a date.
            self.under = date;
        }
    }

    fn done(self) -> Reading {
        let mut left_out = Vec::new();
        if self.headings > 0 {
            left_out.push(format!(
                "Headings, which only say when or under what: {}.",
                self.headings
            ));
        }
        Reading {
            form: Form::List,
            proposals: self.items.into_iter().map(Item::proposal).collect(),
            left_out,
        }
    }
}

impl Item {
    fn proposal(self) -> Proposal {
        let mut proposal = of_line(format!("line {}", self.line), &self.text, &self.text, self.date);
        if !self.more.is_empty() {
            let more: String = self.more.iter().map(|m| format!("- {m}\n")).collect();
            proposal.from = format!("{}\n{}", self.text, more.trim_end());
            proposal.links.extend(links_in(&more));
            proposal.note = super::noted(&[&proposal.note, &more]);
        }
        if self.unticked {
            proposal.doubt = UNTICKED.into();
        }
        proposal
    }
}

/// What to say of a box that is not ticked.
pub(super) const UNTICKED: &str = "Its box is not ticked: was it done?";

/// The date at either end of a line, and the rest.
pub(super) fn split_date(line: &str) -> Option<(Dated, &str)> {
    dates::leading(line)
        .or_else(|| dates::bracketed(line))
        .or_else(|| trailing(line))
}

/// A date behind a comma or a dash at the end, which comes off, or behind "on" or "in", which belongs to
/// the sentence: "Passed the exam, 2025-11-02", "Spoke at the fair in March 2026".
fn trailing(line: &str) -> Option<(Dated, &str)> {
    const PARTED: [&str; 6] = [", ", " – ", " — ", " - ", " | ", "\t"];
    const SAID: [&str; 2] = [" on ", " in "];
    let end = line.trim_end_matches('.');
    let at = |part: &&str| {
        let (text, date) = end.rsplit_once(*part)?;
        let date = dates::whole(date)?;
        text.contains(char::is_alphanumeric)
            .then_some((date, text.trim_end()))
    };
    // "March 4, 2026" has a comma inside, and "2014 – 2017" is no day: the longest date counts.
    let parted = PARTED.iter().filter_map(at).min_by_key(|(_, text)| text.len());
    match parted {
        Some((date, text)) if dates::whole(text).is_none() && dates::span_in(line).is_none_or(one_day) => {
            Some((date, text))
        }
        Some(_) => None,
        None => SAID.iter().find_map(at).map(|(date, _)| (date, line)),
    }
}

fn one_day((span, ..): (dates::Span, &str, &str)) -> bool {
    span.until.is_some_and(|until| until == span.from)
}

/// What follows a bullet, a number or a tick box.
pub(super) struct Bullet<'a> {
    pub rest: &'a str,
    pub found: bool,
    pub unticked: bool,
}

pub(super) fn without_bullet(line: &str) -> Bullet<'_> {
    let mut bullet = Bullet {
        rest: line,
        found: false,
        unticked: false,
    };
    // "1. [x] Did it" has two of them, and nothing sensible has more than three.
    for _ in 0..3 {
        let Some(after) = mark(bullet.rest) else { break };
        bullet = Bullet {
            rest: after,
            found: true,
            unticked: bullet.unticked || bullet.rest.starts_with("[ ]"),
        };
    }
    bullet
}

fn mark(line: &str) -> Option<&str> {
    const MARKS: [&str; 15] = [
        "- ", "* ", "+ ", "o ", "• ", "◦ ", "▪ ", "· ", "– ", "— ", "‣ ", "[ ] ", "[x] ", "[X] ", "✓ ",
    ];
    let marked = MARKS.iter().find_map(|mark| {
        let tab = mark.trim_end();
        line.strip_prefix(mark)
            .or_else(|| line.strip_prefix(tab).filter(|rest| rest.starts_with('\t')))
            // "•Did it" happens when pasting from a word processor.
            .or_else(|| line.strip_prefix(tab).filter(|_| matches!(tab, "•" | "▪" | "‣")))
    });
    marked.or_else(|| numbered(line)).map(str::trim_start)
}

/// What follows `1.`, `12)`, `(3)` or `b)`.
fn numbered(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('(').unwrap_or(line);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let name = if (1..=3).contains(&digits) {
        digits
    } else {
        usize::from(inner.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let after = inner.get(name..).filter(|_| name > 0)?;
    let closed = match (digits, line.starts_with('(')) {
        (0, _) | (_, true) => after.strip_prefix(')'),
        (_, false) => after.strip_prefix(['.', ')']),
    }?;
    closed.starts_with([' ', '\t']).then_some(closed)
}

/// The text of a heading, when the line is one.
fn heading(line: &str) -> Option<&str> {
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes)
        && let Some(text) = line[hashes..].strip_prefix(' ')
    {
        return Some(text.trim().trim_end_matches(':'));
    }
    let plain = line.trim_matches('*').trim();
    let text = plain.strip_suffix(':').unwrap_or(plain);
    let only_a_date = dates::whole(text).is_some_and(|d| d.exact != Exactness::Year || text.len() == 4);
    (plain.ends_with(':') || only_a_date).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<(Option<String>, String)> {
        read(text)
            .proposals
            .into_iter()
            .map(|p| (p.day.map(|d| d.date.to_string()), p.title))
            .collect()
    }

    fn one(text: &str) -> (Option<String>, String) {
        let mut items = read_all(text);
        assert_eq!(items.len(), 1, "{text}");
        items.remove(0)
    }

    #[test]
    fn bullets_and_numbers_come_off() {
        for line in [
            "Did it",
            "- Did it",
            "  * Did it",
            "•Did it",
            "•\tDid it",
            "1. Did it",
            "12) Did it",
            "(3) Did it",
            "b) Did it",
            "- [x] Did it",
            "1. [ ] Did it",
        ] {
            assert_eq!(one(line), (None, "Did it".into()), "{line}");
        }
        assert_eq!(read("- [ ] Did it").proposals[0].doubt, UNTICKED);
        assert_eq!(read("- [x] Did it").proposals[0].doubt, "");
    }

    #[test]
    fn what_only_looks_like_a_bullet_stays() {
        for line in [
            "3.5 hours with a client",
            "-5 degrees outside",
            "a client",
            "2026 in review",
            "1234. x",
        ] {
            assert_eq!(one(line), (None, line.into()));
        }
    }

    #[test]
    fn a_date_in_front_is_taken_in_every_unambiguous_form() {
        for line in [
            "2026-03-04: did x",
            "2026-03-04 did x",
            "- 2026-03-04 – did x",
            "[2026-03-04] did x",
            "**2026-03-04:** did x",
            "2026-03-04T10:00:00Z did x",
            "4.3.2026 did x",
            "04.03.2026: did x",
            "4 March 2026 - did x",
            "4th of March 2026, did x",
            "Mar 4, 2026 | did x",
            "March 4th, 2026: did x",
            "did x (2026-03-04)",
        ] {
            assert_eq!(one(line), (Some("2026-03-04".into()), "did x".into()), "{line}");
        }
    }

    #[test]
    fn a_date_at_the_end_is_taken_where_it_is_set_apart() {
        for line in [
            "did x, 2026-03-04",
            "did x – 4 March 2026.",
            "did x | 04.03.2026",
            "did x - 2026-03-04",
        ] {
            assert_eq!(one(line), (Some("2026-03-04".into()), "did x".into()), "{line}");
        }
        for (line, day) in [
            ("did x on 4 March 2026", "2026-03-04"),
            ("did x in March 2026.", "2026-03-01"),
            ("did x in 2026", "2026-01-01"),
        ] {
            assert_eq!(one(line), (Some(day.into()), line.into()), "{line}");
        }
        assert_eq!(one("did x, 2026"), (Some("2026-01-01".into()), "did x".into()));
        for line in [
            "did x, 2014 – 2017",
            "worked there in 2014 – 2017",
            "did x, y, 20",
            "sold for 1,500",
            "moved in",
            "from March to 2026 clients",
        ] {
            assert_eq!(one(line), (None, line.into()), "{line}");
        }
    }

    #[test]
    fn a_month_stands_for_its_first_day_and_says_so() {
        for line in [
            "March 2026 - did x",
            "Mar. 2026: did x",
            "2026-03: did x",
            "did x (March 2026)",
        ] {
            assert_eq!(one(line), (Some("2026-03-01".into()), "did x".into()), "{line}");
        }
        let day = read("did x (March 2026)").proposals[0].day.clone().unwrap();
        assert_eq!((day.said.as_str(), day.exact), ("March 2026", Exactness::Month));
    }

    #[test]
    fn what_is_not_surely_a_date_stays_in_the_text() {
        for line in [
            "04/03/2026 did x",
            "May 2026 plan agreed",
            "2026-13-01: did x",
            "2026-02-30: did x",
            "Marching 2026: did x",
            "12 monkeys seen",
            "0026-03-04: did x",
        ] {
            assert_eq!(one(line), (None, line.into()));
        }
        let doubt = &read("04/03/2026 did x").proposals[0].doubt;
        assert!(doubt.contains("04/03/2026"), "{doubt}");
    }

    #[test]
    fn headings_are_left_out_and_dated_ones_date_what_is_under_them() {
        let text = "# What I did\n\nMarch 2026\n- did x\n- 2026-03-09: did y\n\n## April 2026:\n* did z\nOther things:\n- did q\n2025:\nQ3:\n- did r";
        assert_eq!(
            read_all(text),
            [
                (Some("2026-03-01".into()), "did x".into()),
                (Some("2026-03-09".into()), "did y".into()),
                (Some("2026-04-01".into()), "did z".into()),
                (None, "did q".into()),
                (Some("2025-07-01".into()), "did r".into()),
            ]
        );
        assert!(read(text).left_out[0].contains('6'));
    }

    #[test]
    fn a_wrapped_item_stays_one_item_and_a_bullet_under_a_bullet_its_detail() {
        let text =
            "- did x\n  and more of it\n    * a detail\n      of it\n- did y\nplain\n  indented plain\n";
        let items = read(text).proposals;
        let titles: Vec<&str> = items.iter().map(|i| i.title.as_str()).collect();
        assert_eq!(
            titles,
            ["did x and more of it", "did y", "plain", "indented plain"]
        );
        assert_eq!(items[0].note, "- a detail of it");
        assert_eq!(items[1].place, "line 5");
    }

    #[test]
    fn odd_characters_are_harmless() {
        assert!(read_all("\n \t\n---\n").is_empty());
        assert!(read_all("").is_empty());
        assert_eq!(one("日本語"), (None, "日本語".into()));
    }
}
