//! What an entry says, in a line of the timeline.

use jiff::civil::Date;
use metier_core::evidence::{Claim, ClaimAbout, Confirmed, Evidence, Happening, Stance, Step};
use metier_core::journal::{Fact, ReviewPlanned};
use metier_core::person::ProfessionStatus;
use metier_core::rating::Rating;

use super::{Words, day, list, plural, role};

impl Words<'_> {
    /// What an entry says, in a line.
    pub fn fact(&self, fact: &Fact) -> String {
        match fact {
            Fact::Profession(p) => match p.status {
                ProfessionStatus::Held => format!("Profession: {}", p.name),
                ProfessionStatus::Aspired => format!("Profession wanted: {}", p.name),
            },
            Fact::Position(p) if p.organisation.is_empty() => format!("Position: {}", p.title),
            Fact::Position(p) => format!("Position: {}, {}", p.title, p.organisation),
            Fact::Aim(aim) => {
                let level = match (&aim.level, aim.own) {
                    (_, Some(own)) => super::own_aim(own),
                    (Some(level), None) => self.level(level),
                    (None, None) => "no level yet",
                };
                let by = aim.by.map_or_else(String::new, |by| format!(" by {}", day(by)));
                format!("Aim: {level}{by}")
            }
            Fact::Leave(leave) => {
                let until = leave
                    .until
                    .map_or_else(|| "now".to_owned(), |until| until.to_string());
                format!("Away from {} until {until}", leave.from)
            }
            Fact::FrameworkDrafted(f) => format!("Criteria drafted: {}, version {}", f.title, f.version),
            Fact::FrameworkPublished(f) => {
                format!("Criteria published: {}, version {}", f.title, f.version)
            }
            Fact::Evidence(evidence) => happened(evidence),
            Fact::Claim(claim) => format!("{} {}", self.quoted(&claim.evidence), self.claim(claim)),
            Fact::Confirmation(c) => {
                let of = match &c.of {
                    Confirmed::Evidence(id) => self.quoted(id),
                    Confirmed::Step(step) => self.at(step),
                };
                format!("{} ({}) confirmed {of}", c.by, role(c.role))
            }
            Fact::Crosswalk(c) => format!("{} read as {}", self.at(&c.from), self.at(&c.to)),
            Fact::CrosswalkRejected(c) => format!(
                "{} is not {}",
                self.competency(&c.from.competency),
                self.competency(&c.to.competency)
            ),
            Fact::Rating(rating) => self.rating(rating),
            Fact::Dispute(d) => format!("{} disputes {}: {}", d.by, self.at(&d.step), d.reason),
            Fact::DisputeSettled(d) => format!("{} settled a dispute: {}", d.by, d.outcome),
            Fact::FeedbackRequested(r) => self.asked_for_feedback(r),
            Fact::FeedbackGiven(g) => self.feedback_said(g),
            Fact::Gathering(said) => Self::of_gathering(said),
            Fact::FeedbackUsed(u) => format!("What came of feedback: {}", u.words),
            Fact::AgreementProposed(_)
            | Fact::AgreementConfirmed(_)
            | Fact::AgreementDeclined(_)
            | Fact::AgreementTalked(_)
            | Fact::AgreementEnded(_)
            | Fact::ReceiptKept(_)
            | Fact::Disagreement(_)
            | Fact::DisagreementEnded(_)
            | Fact::Decision(_) => self.settled(fact),
            Fact::Mastery(said) => self.of_mastery(said),
            Fact::Plan(said) => Self::of_plan(said),
            Fact::Network(said) => self.of_network(said),
            Fact::Presence(said) => Self::of_presence(said),
            Fact::Market(said) => self.of_market(said),
            Fact::LinkChecked(check) if check.works => format!("Looked: {} still works", check.url),
            Fact::LinkChecked(check) => format!("Looked: {} no longer works", check.url),
            Fact::Review(review) if review.with.is_empty() => "Review".into(),
            Fact::Review(review) => format!("Review with {}", review.with),
            Fact::ReviewPlanned(planned) => self::planned(planned, None),
            Fact::Shown(_) => "Changed who may see an entry".into(),
            // The name itself is for the page that lists them.
            Fact::KeptOut(_) => "A name to keep out of what others see".into(),
            Fact::ForOthers(other) if other.text.trim().is_empty() => "Nothing of an entry for others".into(),
            Fact::ForOthers(_) => "What others read in place of an entry".into(),
            Fact::Withdrawal(w) if w.reason.is_empty() => "Taken back".into(),
            Fact::Withdrawal(w) => format!("Taken back: {}", w.reason),
            Fact::Erasure(e) if e.reason.is_empty() => "Erased an entry for good".into(),
            Fact::Erasure(e) => format!("Erased an entry for good: {}", e.reason),
        }
    }

    /// What a claim says of its evidence: "shows Publish an article (Reliable)".
    pub fn claim(&self, claim: &Claim) -> String {
        let what = match &claim.about {
            ClaimAbout::Step(step) => self.at(step),
            ClaimAbout::Credential { credential, .. } => format!("the credential {credential}"),
        };
        match claim.stance {
            Stance::Supports => format!("shows {what}"),
            Stance::Contradicts => format!("speaks against {what}"),
        }
    }

    fn rating(&self, rating: &Rating) -> String {
        let who = match rating.role {
            metier_core::rating::Role::Oneself => "Your own view".to_owned(),
            other => format!("{} ({})", rating.rater, role(other)),
        };
        let rung = rating
            .rung
            .as_ref()
            .map_or("not yet on the first step", |rung| self.rung(rung));
        let why = match rating.reason.as_str() {
            "" => String::new(),
            reason => format!(" \u{2013} {reason}"),
        };
        format!("{who}: {}, {rung}{why}", self.competency(&rating.competency))
    }

    /// "Publish an article (Reliable)".
    fn at(&self, step: &Step) -> String {
        format!(
            "{} ({})",
            self.competency(&step.competency),
            self.rung(&step.rung)
        )
    }
}

/// The part of a happening that counts, in a few words; empty where nothing more was said.
pub fn detail(what: &Happening) -> String {
    match what {
        Happening::Attempts {
            attempts,
            clean,
            aided,
            ..
        } => {
            let aided = match aided {
                0 => String::new(),
                n => format!(", {n} with help"),
            };
            format!("{clean} of {attempts} clean{aided}")
        }
        Happening::Accomplishment {
            accepted: Some(false),
            ..
        } => "had to be done again".into(),
        Happening::Project { met, people_led, .. } => {
            let led = match people_led {
                0 => String::new(),
                n => format!(", {} led", plural(u64::from(*n), "person", "people")),
            };
            let goal = match met {
                Some(true) => "goal met",
                Some(false) => "goal missed",
                None => "whether the goal was met is not said",
            };
            format!("{goal}{led}")
        }
        Happening::Teaching { learners } => {
            let said: Vec<String> = learners
                .iter()
                .map(|l| {
                    if l.unaided {
                        format!("{} (now unaided)", l.name)
                    } else {
                        l.name.clone()
                    }
                })
                .collect();
            format!("taught {}", list(&said))
        }
        Happening::Credential { body, expires, .. } => match expires {
            Some(on) => format!("{body}, until {}", day(*on)),
            None => body.clone(),
        },
        Happening::Recognition { by, .. } => format!("by {by}"),
        _ => String::new(),
    }
}

/// A piece of evidence: its title, and the part of it that counts.
fn happened(evidence: &Evidence) -> String {
    let detail = detail(&evidence.what);
    if detail.is_empty() {
        evidence.title.clone()
    } else {
        format!("{} ({detail})", evidence.title)
    }
}

/// "Review with Edith on 3 December 2026", and how many days are left.
pub fn planned(planned: &ReviewPlanned, today: Option<Date>) -> String {
    let with = match planned.with.as_str() {
        "" => String::new(),
        name => format!(" with {name}"),
    };
    let left = today.map_or_else(String::new, |today| {
        format!(": {}", super::days_left(planned.on, today))
    });
    format!("Review{with} on {}{left}", super::day(planned.on))
}
