//! The document as Markdown.

use super::{Glance, Sheet, SheetPart};
use crate::words::{day, state};

impl Sheet {
    /// As a Markdown file: headings, paragraphs, lists and links, and no HTML.
    pub fn markdown(&self) -> String {
        let mut lines = vec![format!("# {}", plain(&self.title)), String::new()];
        for said in [&self.headline, &self.counts].into_iter().chain(&self.stands_on) {
            lines.extend([plain(said), String::new()]);
        }
        lines.extend(["## In a line each".to_owned(), String::new()]);
        let Glance { told, open, blank } = self.glance();
        for part in told {
            let strongest = match part.strongest.as_str() {
                "" => String::new(),
                said => format!(" Strongest proof: {}.", plain(said)),
            };
            lines.push(format!(
                "- **{}** ({}): {}.{strongest}",
                plain(&part.name),
                plain(&part.asked),
                plain(&part.brief)
            ));
        }
        lines.push(String::new());
        for (title, parts) in [
            ("Recorded, and not enough to tell", open),
            ("Nothing recorded", blank),
        ] {
            if !parts.is_empty() {
                let names: Vec<String> = parts.iter().map(|part| plain(&part.name)).collect();
                lines.extend([
                    format!("{title} ({}): {}.", names.len(), names.join("; ")),
                    String::new(),
                ]);
            }
        }
        for (title, said) in [
            ("## Where people differ", self.differ()),
            ("## What to ask", self.ask_first()),
        ] {
            if !said.is_empty() {
                lines.extend([title.to_owned(), String::new()]);
                lines.extend(said.iter().map(|(_, line)| format!("- {}", plain(line))));
                lines.push(String::new());
            }
        }
        lines.extend(["# Annex".to_owned(), String::new()]);
        if !self.changed.is_empty() {
            lines.extend(["## What changed".to_owned(), String::new()]);
            lines.extend(self.changed.iter().map(|said| format!("- {}", plain(said))));
            lines.push(String::new());
        }
        let mut practice = "";
        for part in &self.parts {
            if part.practice != practice {
                practice = &part.practice;
                lines.extend([format!("## {}", plain(practice)), String::new()]);
            }
            part.markdown(&mut lines);
        }
        if !self.witnesses.is_empty() {
            lines.extend(["## Whose answer came after what".to_owned(), String::new()]);
            lines.extend(self.witnesses.iter().map(|said| format!("- {}", plain(said))));
            lines.push(String::new());
        }
        lines.extend(["---".to_owned(), String::new(), plain(&self.basis)]);
        lines.join("\n") + "\n"
    }
}

impl SheetPart {
    fn markdown(&self, lines: &mut Vec<String>) {
        lines.extend([format!("### {}", plain(&self.name)), String::new()]);
        if self.bare() {
            lines.extend([
                format!("Asked for: {}. {}", plain(&self.asked), plain(&self.verdict)),
                String::new(),
            ]);
            return;
        }
        if !self.looks_like.is_empty() {
            lines.extend([plain(&self.looks_like), String::new()]);
        }
        lines.extend([
            format!("Asked for: {}. **{}**", plain(&self.asked), plain(&self.verdict)),
            String::new(),
        ]);
        for step in &self.steps {
            let why = if step.why.is_empty() {
                String::new()
            } else {
                format!(". {}", plain(&step.why))
            };
            lines.push(format!(
                "- {}: *{}*{why}",
                plain(&step.title),
                state(step.state, step.grade)
            ));
        }
        let evidence = self.proofs.iter().map(|proof| {
            if proof.again {
                return format!(
                    "- No. {}, {}, told above. {}.",
                    proof.number,
                    plain(&proof.title),
                    plain(&proof.behind)
                );
            }
            let detail = if proof.detail.is_empty() {
                String::new()
            } else {
                format!(" ({})", plain(&proof.detail))
            };
            let addresses: String = proof
                .links
                .iter()
                .map(|url| format!(" <{}>", target(url)))
                .collect();
            format!(
                "- No. {}: **{}**{detail}, {}. {}.{addresses}",
                proof.number,
                plain(&proof.title),
                day(proof.on),
                plain(&proof.behind)
            )
        });
        let counted = self.counted.iter().map(|said| format!("- {}", plain(said)));
        section("Evidence:", evidence.chain(counted), lines);
        let people = self.people.iter().map(|word| {
            let because = if word.because.is_empty() {
                String::new()
            } else {
                format!(" \u{201c}{}\u{201d}", plain(&word.because))
            };
            format!(
                "- {}: **{}**.{because} ({})",
                plain(&word.who),
                plain(&word.sees),
                plain(&word.how)
            )
        });
        section("What people say:", people, lines);
        lines.push(String::new());
        if let Some(said) = &self.apart {
            lines.extend([plain(said), String::new()]);
        }
        section(
            "Contested:",
            self.disputes.iter().map(|said| format!("- {}", plain(said))),
            lines,
        );
        section(
            "Ask for:",
            self.ask.iter().map(|said| format!("- {}", plain(said))),
            lines,
        );
        if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
    }
}

fn section(title: &str, items: impl Iterator<Item = String>, lines: &mut Vec<String>) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    if lines.last().is_some_and(|last| !last.is_empty()) {
        lines.push(String::new());
    }
    lines.extend([title.to_owned(), String::new()]);
    lines.extend(items);
}

/// A text on one line in which no sign means anything to Markdown.
fn plain(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !said.is_empty() {
            said.push(' ');
        }
        for c in word.chars() {
            if matches!(
                c,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
            ) {
                said.push('\\');
            }
            said.push(c);
        }
    }
    // What would begin a list or a rule at the start of a line.
    if said.starts_with(['-', '+', '='])
        || said
            .split_once(['.', ')'])
            .is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    {
        said.insert(0, '\u{2060}');
    }
    said
}

/// An address between angle brackets.
fn target(url: &str) -> String {
    url.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .flat_map(|c| match c {
            '<' => vec!['%', '3', 'C'],
            '>' => vec!['%', '3', 'E'],
            c => vec![c],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_anybody_wrote_is_taken_for_markup() {
        assert_eq!(
            plain("a *bold* <script> [x](y)\n# not a heading"),
            "a \\*bold\\* \\<script\\> \\[x\\](y) \\# not a heading"
        );
        assert!(!plain("- not a list").starts_with('-'));
        assert!(!plain("1. not a list").starts_with('1'));
        assert_eq!(
            plain("1.5 hours saved").trim_start_matches('\u{2060}'),
            "1.5 hours saved"
        );
        assert_eq!(target("https://a.example/<x> y"), "https://a.example/%3Cx%3Ey");
    }
}
