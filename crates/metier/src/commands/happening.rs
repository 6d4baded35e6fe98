//! What sort of thing happened, from the details that were typed.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use metier_app::{AppError, ToClaim, happening_of, one_line};
use metier_core::evidence::{Happening, Learner, Rasci};
use metier_core::framework::{EvidenceKind, Framework};

/// Sorts of things that happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindWord {
    /// Tries at one checkable step (see `metier attempt`)
    Attempts,
    /// Something done and finished
    Accomplishment,
    /// Several tasks with a deadline or goal
    Project,
    /// Others taught
    Teaching,
    /// An article, a talk, a report
    Communication,
    /// Something went wrong and was dealt with
    Incident,
    /// An area owned
    Ownership,
    /// A certificate, a licence
    Credential,
    /// A course, a workshop, a book
    Learning,
    /// Others said what it was worth
    Recognition,
}

/// The part one has in an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PartWord {
    /// Does it
    Responsible,
    /// Answers for it
    Accountable,
    /// Helps
    Supporting,
    /// Is asked
    Consulted,
    /// Is told
    Informed,
}

/// Details of what happened. Each says by itself what sort of thing it was.
#[derive(Debug, Clone, Default, Args)]
// Each is a flag of its own on the command line.
#[allow(clippy::struct_excessive_bools)]
pub struct Details {
    /// What sort of thing it was, where the details do not say so
    #[arg(
        long,
        value_name = "KIND",
        hide_possible_values = true,
        help = "What sort of thing it was: accomplishment, project, teaching, communication, incident, ownership, credential, learning or recognition"
    )]
    pub kind: Option<KindWord>,
    /// Accomplishment: it was accepted as delivered
    #[arg(long, help_heading = "Details", conflicts_with = "rework")]
    pub accepted: bool,
    /// Accomplishment: it had to be done again
    #[arg(long, help_heading = "Details")]
    pub rework: bool,
    /// Accomplishment: how it came out
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub result: Option<String>,
    /// Accomplishment: what changed because of it, in numbers
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub impact: Option<String>,
    /// Project: its deadline or goal was met
    #[arg(long, help_heading = "Details", conflicts_with = "missed")]
    pub met: bool,
    /// Project: its deadline or goal was missed
    #[arg(long, help_heading = "Details")]
    pub missed: bool,
    /// Project: its deadline
    #[arg(long, value_name = "DATE", help_heading = "Details")]
    pub deadline: Option<Date>,
    /// Project: its goal
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub goal: Option<String>,
    /// Project: how many people worked under you
    #[arg(long, value_name = "N", help_heading = "Details")]
    pub people_led: Option<u32>,
    /// Teaching: whom; `Bo:unaided` when Bo now does it without help
    #[arg(long, value_name = "NAME[:unaided]", help_heading = "Details")]
    pub learner: Vec<String>,
    /// Communication: article, talk, report, workshop
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub form: Option<String>,
    /// Communication: whom it was for
    #[arg(long, value_name = "WHOM", help_heading = "Details")]
    pub audience: Option<String>,
    /// Communication: how many it reached
    #[arg(long, value_name = "N", help_heading = "Details")]
    pub reach: Option<u32>,
    /// Incident: what was found to be the cause
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub diagnosed: Option<String>,
    /// Incident: who was asked for help or told
    #[arg(long, value_name = "WHOM", help_heading = "Details")]
    pub reached: Option<String>,
    /// Incident: how it ended
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub outcome: Option<String>,
    /// Ownership: your part
    #[arg(
        long,
        value_name = "PART",
        help_heading = "Details",
        hide_possible_values = true,
        help = "Ownership: responsible, accountable, supporting, consulted or informed"
    )]
    pub part: Option<PartWord>,
    /// Ownership: the objective, or where it is written
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub objective: Option<String>,
    /// Credential: who gave it
    #[arg(long, value_name = "WHO", help_heading = "Details")]
    pub body: Option<String>,
    /// Credential: its number, or where it can be looked up
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub number: Option<String>,
    /// Credential: the last day it holds
    #[arg(long, value_name = "DATE", help_heading = "Details")]
    pub expires: Option<Date>,
    /// Learning: who gave the course
    #[arg(long, value_name = "WHO", help_heading = "Details")]
    pub provider: Option<String>,
    /// Learning: what was done with it at work
    #[arg(long, value_name = "TEXT", help_heading = "Details")]
    pub used_for: Option<String>,
    /// Recognition: by whom
    #[arg(long, value_name = "WHO", help_heading = "Details")]
    pub by: Option<String>,
}

impl Details {
    /// True when nothing was typed.
    pub fn none(&self) -> bool {
        self.kind.is_none() && self.told().is_empty()
    }

    /// What happened: the kind named, or the one the details tell, or the one the claimed step asks for.
    ///
    /// # Errors
    /// When the details tell of different kinds.
    pub fn happening(
        &self,
        framework: Option<&Framework>,
        claims: &[ToClaim],
    ) -> Result<Happening, AppError> {
        let told = self.told();
        let named = self.kind.map(kind);
        let first = named.or(told.first().map(|(kind, _)| *kind));
        if let Some((other, detail)) = told.iter().find(|(kind, _)| Some(*kind) != first) {
            let kind = first.map_or("something else", metier_app::words::kind);
            return Err(AppError::input(format!(
                "{detail} tells of a {}, and the rest of a {kind}",
                metier_app::words::kind(*other)
            ))
            .hint("Record them as two things, or leave one detail out."));
        }
        let mut happening = match first {
            Some(kind) => happening_of(kind),
            None => one_line(framework, claims),
        };
        self.fill(&mut happening);
        Ok(happening)
    }

    /// The kinds that the details given tell of.
    fn told(&self) -> Vec<(EvidenceKind, &'static str)> {
        use EvidenceKind as K;
        let told = [
            (self.accepted, K::Accomplishment, "--accepted"),
            (self.rework, K::Accomplishment, "--rework"),
            (self.result.is_some(), K::Accomplishment, "--result"),
            (self.impact.is_some(), K::Accomplishment, "--impact"),
            (self.met, K::Project, "--met"),
            (self.missed, K::Project, "--missed"),
            (self.deadline.is_some(), K::Project, "--deadline"),
            (self.goal.is_some(), K::Project, "--goal"),
            (self.people_led.is_some(), K::Project, "--people-led"),
            (!self.learner.is_empty(), K::Teaching, "--learner"),
            (self.form.is_some(), K::Communication, "--form"),
            (self.audience.is_some(), K::Communication, "--audience"),
            (self.reach.is_some(), K::Communication, "--reach"),
            (self.diagnosed.is_some(), K::Incident, "--diagnosed"),
            (self.reached.is_some(), K::Incident, "--reached"),
            (self.outcome.is_some(), K::Incident, "--outcome"),
            (self.part.is_some(), K::Ownership, "--part"),
            (self.objective.is_some(), K::Ownership, "--objective"),
            (self.body.is_some(), K::Credential, "--body"),
            (self.number.is_some(), K::Credential, "--number"),
            (self.expires.is_some(), K::Credential, "--expires"),
            (self.provider.is_some(), K::Learning, "--provider"),
            (self.used_for.is_some(), K::Learning, "--used-for"),
            (self.by.is_some(), K::Recognition, "--by"),
        ];
        told.iter()
            .filter(|(given, ..)| *given)
            .map(|(_, kind, name)| (*kind, *name))
            .collect()
    }

    fn fill(&self, happening: &mut Happening) {
        let put = |into: &mut String, given: &Option<String>| {
            if let Some(given) = given {
                given.trim().clone_into(into);
            }
        };
        match happening {
            Happening::Accomplishment {
                result,
                impact,
                accepted,
                ..
            } => {
                put(result, &self.result);
                put(impact, &self.impact);
                *accepted = outcome(self.accepted, self.rework).or(*accepted);
            }
            Happening::Project {
                deadline,
                goal,
                met,
                people_led,
                ..
            } => {
                *deadline = self.deadline;
                put(goal, &self.goal);
                *met = outcome(self.met, self.missed).or(*met);
                *people_led = self.people_led.unwrap_or(0);
            }
            Happening::Teaching { learners } if !self.learner.is_empty() => {
                *learners = self.learner.iter().map(|l| learner(l)).collect();
            }
            Happening::Communication {
                form,
                audience,
                reach,
            } => {
                put(form, &self.form);
                put(audience, &self.audience);
                *reach = self.reach;
            }
            Happening::Incident {
                diagnosed,
                reached,
                outcome,
            } => {
                put(diagnosed, &self.diagnosed);
                put(reached, &self.reached);
                put(outcome, &self.outcome);
            }
            Happening::Ownership { role, objective, .. } => {
                *role = self.part.map(part).or(*role);
                put(objective, &self.objective);
            }
            Happening::Credential {
                body,
                number,
                expires,
            } => {
                put(body, &self.body);
                put(number, &self.number);
                *expires = self.expires;
            }
            Happening::Learning {
                provider, used_for, ..
            } => {
                put(provider, &self.provider);
                put(used_for, &self.used_for);
            }
            Happening::Recognition { by, .. } => put(by, &self.by),
            Happening::Teaching { .. } | Happening::Attempts { .. } => {}
        }
    }
}

/// What two opposite details say; neither: not said.
fn outcome(yes: bool, no: bool) -> Option<bool> {
    (yes || no).then_some(yes)
}

fn learner(text: &str) -> Learner {
    let (name, unaided) = match text.rsplit_once(':') {
        Some((name, mark)) if mark.trim().eq_ignore_ascii_case("unaided") => (name, true),
        _ => (text, false),
    };
    Learner {
        name: name.trim().to_owned(),
        can_now: String::new(),
        unaided,
    }
}

fn kind(word: KindWord) -> EvidenceKind {
    match word {
        KindWord::Attempts => EvidenceKind::Attempts,
        KindWord::Accomplishment => EvidenceKind::Accomplishment,
        KindWord::Project => EvidenceKind::Project,
        KindWord::Teaching => EvidenceKind::Teaching,
        KindWord::Communication => EvidenceKind::Communication,
        KindWord::Incident => EvidenceKind::Incident,
        KindWord::Ownership => EvidenceKind::Ownership,
        KindWord::Credential => EvidenceKind::Credential,
        KindWord::Learning => EvidenceKind::Learning,
        KindWord::Recognition => EvidenceKind::Recognition,
    }
}

fn part(word: PartWord) -> Rasci {
    match word {
        PartWord::Responsible => Rasci::Responsible,
        PartWord::Accountable => Rasci::Accountable,
        PartWord::Supporting => Rasci::Supporting,
        PartWord::Consulted => Rasci::Consulted,
        PartWord::Informed => Rasci::Informed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn happening(details: &Details) -> Result<Happening, AppError> {
        details.happening(None, &[])
    }

    #[test]
    fn a_detail_says_what_sort_of_thing_it_was() {
        let missed = Details {
            missed: true,
            people_led: Some(3),
            ..Details::default()
        };
        assert!(matches!(
            happening(&missed),
            Ok(Happening::Project {
                met: Some(false),
                people_led: 3,
                ..
            })
        ));
        let taught = Details {
            learner: vec!["Bo:unaided".into(), "Cy".into()],
            ..Details::default()
        };
        let Ok(Happening::Teaching { learners }) = happening(&taught) else {
            panic!("not teaching")
        };
        assert_eq!((learners[0].name.as_str(), learners[0].unaided), ("Bo", true));
        assert_eq!((learners[1].name.as_str(), learners[1].unaided), ("Cy", false));
        assert!(matches!(
            happening(&Details::default()),
            Ok(Happening::Accomplishment { accepted: None, .. })
        ));
    }

    #[test]
    fn details_of_two_sorts_are_refused() {
        let both = Details {
            met: true,
            body: Some("a council".into()),
            ..Details::default()
        };
        let error = happening(&both).unwrap_err();
        assert!(error.message.contains("--body"), "{error}");
        let against_kind = Details {
            kind: Some(KindWord::Teaching),
            met: true,
            ..Details::default()
        };
        assert!(happening(&against_kind).is_err());
    }
}
