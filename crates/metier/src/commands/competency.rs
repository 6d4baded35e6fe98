//! `standing COMPETENCY`: one competency, and why it stands as it does.

use metier_app::words::{self, Words, capital};
use metier_app::{AppError, Carried, Sight};
use metier_core::evidence::ClaimAbout;
use metier_core::framework::{Competency, Criterion, Frequency};
use metier_core::id::{CompetencyId, EntryId};
use metier_core::journal::{Entry, Fact, View};
use metier_core::standing::{CompetencyStanding, Convince, RungStanding, State, Verdict};
use serde::Serialize;

use super::recorded::Touched;
use super::short;
use crate::answer::Answer;
use crate::map::shape;
use crate::paper::{Paper, pad};
use crate::session::Session;

/// How many pieces of evidence are weighed by leaving them out.
const WEIGHED: usize = 5;

#[derive(Debug, Serialize)]
struct Looked<'a> {
    standing: &'a CompetencyStanding,
    carried: Vec<Carried>,
    #[serde(skip_serializing_if = "Option::is_none")]
    would_settle: Option<Convince>,
}

/// Answers with one competency; `waits` says which answers wait for one's own view.
pub fn answer(session: &Session, sight: &Sight, id: &CompetencyId, waits: &str) -> Result<Answer, AppError> {
    let framework = &sight.version.framework;
    let (Some(competency), Some(standing)) = (framework.competency(id), sight.standing.competency(id)) else {
        return Err(AppError::not_found(format!("no competency goes by `{id}`")));
    };
    let looked = Looked {
        standing,
        carried: sight.carried(id, WEIGHED)?,
        would_settle: sight.convince(id)?,
    };
    session.answer(&looked, |paper| {
        let words = Words::new(framework, &sight.entries, sight.standing.at);
        let page = Page {
            sight,
            competency,
            standing,
            words: &words,
            paper,
        };
        page.head()
            + &page.steps()
            + &page.people()
            + waits
            + &page.settle(looked.would_settle.as_ref())
            + &page.carried(&looked.carried)
            + &page.foot()
    })
}

struct Page<'a> {
    sight: &'a Sight,
    competency: &'a Competency,
    standing: &'a CompetencyStanding,
    words: &'a Words<'a>,
    paper: Paper,
}

impl Page<'_> {
    fn head(&self) -> String {
        let (words, paper, standing) = (self.words, self.paper, self.standing);
        let mut text = format!(
            "{}\n{}\n",
            paper.strong(&self.competency.name),
            paper.faint(&format!(
                "{}{}",
                words.practice(&self.competency.practice),
                often(self.competency)
            ))
        );
        if !self.competency.looks_like.is_empty() {
            text += &format!("{}\n", paper.paragraph("", 0, &self.competency.looks_like));
        }
        text.push('\n');
        let proven = match (&standing.proven, standing.grade) {
            (Some(rung), grade) => format!(
                "{} ({})",
                words.rung_title(rung),
                words::state(State::Proven, grade)
            ),
            (None, _) => "nothing yet".into(),
        };
        text += &format!("{}\n", paper.paragraph("Proven:", 11, &proven));
        if !standing.blank() {
            let most = match &standing.probably.most {
                Some(rung) => format!(", most likely {}", words.rung(rung)),
                None => String::new(),
            };
            let probably = format!("{}{most}", words.probably(&standing.probably));
            text += &format!("{}\n", paper.paragraph("Probably:", 11, &probably));
        }
        if let (Some(expected), Some(target)) = (&standing.expected, &self.sight.standing.target) {
            let asked = format!(
                "{} ({} asks for it). {}",
                words.rung_title(&expected.rung),
                target.name,
                words.verdict(standing)
            );
            text += &format!("{}\n", paper.paragraph("Asked for:", 11, &asked));
        }
        text.push('\n');
        text
    }

    fn steps(&self) -> String {
        (1..)
            .zip(&self.standing.rungs)
            .map(|(n, rung)| self.step(n, rung))
            .collect()
    }

    fn step(&self, n: usize, rung: &RungStanding) -> String {
        let (words, paper) = (self.words, self.paper);
        let state = words::state(rung.state, rung.grade);
        let target = self
            .standing
            .expected
            .as_ref()
            .is_some_and(|e| e.rung == rung.rung && self.standing.verdict != Verdict::NotAsked);
        let mut text = format!(
            "{} {n} {} {state}{}\n",
            shape(rung.state, rung.grade),
            paper.strong(&pad(words.rung_title(&rung.rung), 26)),
            if target { "  *" } else { "" },
        );
        let indented = |said: &str| format!("{}\n", paper.paragraph("", 6, said));
        if rung.state == State::NoRecord {
            let asks = format!("Asks for: {}", lower(&words.criterion(&rung.criterion)));
            return text + &paper.faint(&indented(&asks));
        }
        for reason in &rung.reasons {
            text += &indented(&words.reason(reason));
        }
        if !matches!(rung.state, State::Proven) || !rung.missing.is_empty() {
            let criterion = words.criterion(&rung.criterion);
            if !matches!(rung.criterion, Criterion::Accuracy { .. }) || rung.missing.is_empty() {
                text += &paper.faint(&indented(&format!("Asks for: {}", lower(&criterion))));
            }
        }
        for missing in &rung.missing {
            text += &format!("{}\n", paper.paragraph("    →", 6, &words.missing(missing)));
        }
        for evidence in rung.evidence.iter().rev().take(3) {
            let day = words
                .happened_on(evidence)
                .map_or_else(String::new, |d| format!(", {d}"));
            let said = format!("{} [{}{day}]", words.evidence(evidence), short(*evidence));
            text += &paper.faint(&format!("{}\n", paper.paragraph("      -", 8, &said)));
        }
        if rung.evidence.len() > 3 {
            text += &paper.faint(&format!("        and {} more\n", rung.evidence.len() - 3));
        }
        text
    }

    fn people(&self) -> String {
        let (words, paper) = (self.words, self.paper);
        if self.standing.ratings.is_empty() {
            return String::new();
        }
        let mut text = format!("\n{}\n", paper.strong("What people say"));
        for said in &self.standing.ratings {
            let rung = said
                .rung
                .as_ref()
                .map_or("not yet on the first step", |r| words.rung(r));
            let why = match said.reason.as_str() {
                "" => String::new(),
                reason => format!(" \u{2013} {reason}"),
            };
            let who = format!("  {} ({})", said.rater, words::role(said.role));
            text += &format!(
                "{}\n",
                paper.paragraph(&pad(&who, 26), 26, &format!("{rung}{why}"))
            );
        }
        if let Some(said) = words.people(self.standing) {
            text += &format!("{}\n", paper.paragraph("", 2, &said));
        }
        if let Some(said) = words.from_ratings(self.standing) {
            text += &format!("{}\n", paper.paragraph("", 2, &said));
        }
        if self.standing.apart.as_ref().is_some_and(|a| a.steps > 1) {
            text += "  Ask: what would convince you?\n";
        }
        text
    }

    fn settle(&self, found: Option<&Convince>) -> String {
        found
            .and_then(|found| self.words.would_settle(self.standing, found))
            .map_or_else(String::new, |said| {
                let text = format!("What would settle it most: {}. {}", said.most, said.because);
                format!("\n{}\n", self.paper.paragraph("", 0, &text))
            })
    }

    fn carried(&self, carried: &[Carried]) -> String {
        let mut lines = String::new();
        for one in carried {
            if let Some(said) = self.words.carried(one) {
                let said = format!("“{}”: {}", self.words.evidence(&one.evidence), said);
                lines += &format!("{}\n", self.paper.paragraph("  -", 4, &said));
            }
        }
        if lines.is_empty() {
            lines
        } else {
            format!("\n{}\n{lines}", self.paper.strong("What carries it"))
        }
    }

    fn foot(&self) -> String {
        let mut text = String::from("\n");
        if let Some(used) = &self.standing.last_used {
            let ago = words::ago(used.on, self.sight.standing.at);
            text += &format!("Last used {ago}. ");
        }
        text += &self.words.effort(&self.standing.effort);
        text = format!("{}\n", text.trim_end());
        let next = self.sight.next().filter(|next| {
            next.step
                .closes
                .iter()
                .any(|c| c.competency == self.competency.id)
        });
        if let Some(next) = next {
            let said = format!(
                "{} {}",
                self.words.step(&next.step),
                self.words.step_why(&next.step)
            );
            text += &format!("{}\n", self.paper.paragraph("Next:", 6, &capital(&said)));
        }
        text
    }
}

/// How often it is done, where that can be counted.
fn often(competency: &Competency) -> String {
    match competency.frequency {
        Frequency::Rarer | Frequency::NotCountable => String::new(),
        countable => format!(", {}", words::frequency(countable)),
    }
}

/// A sentence after a colon.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The steps that claims of one piece of evidence name, each once.
pub fn claimed_by(entries: &[Entry], evidence: EntryId) -> Vec<Touched> {
    let roots = View::roots(entries);
    let root = |id: EntryId| roots.get(&id).copied().unwrap_or(id);
    let mut claimed = Vec::new();
    for entry in entries {
        if let Fact::Claim(claim) = &entry.payload.fact
            && root(claim.evidence) == root(evidence)
            && let ClaimAbout::Step(step) = &claim.about
        {
            let step = Touched::Step(step.competency.clone(), step.rung.clone());
            if !claimed.contains(&step) {
                claimed.push(step);
            }
        }
    }
    claimed
}
