//! The closed list of things a journal can hold.
//!
//! To add one: add a variant here with a struct in the module of its concept, check it in
//! [`Fact::check`], and read it where it matters. Variants are never renamed and never removed;
//! a new form of one is a new variant, so that old journals are read for ever.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::{Audience, Purpose};
use crate::agreement::{
    Agreement, AgreementConfirmed, AgreementDeclined, AgreementEnded, AgreementTalked, ReceiptKept,
};
use crate::decision::CareerDecision;
use crate::disagreement::{Disagreement, DisagreementEnded};
use crate::disclosure::{ForOthers, KeptOut};
use crate::evidence::{Artefact, Claim, Confirmation, Crosswalk, CrosswalkRejected, Evidence, Happening};
use crate::feedback::{FeedbackGiven, FeedbackRequest, FeedbackUsed};
use crate::framework::{self, Framework};
use crate::gathering::GatheringFact;
use crate::id::EntryId;
use crate::market::MarketFact;
use crate::mastery::MasteryFact;
use crate::network::NetworkFact;
use crate::person::{Aim, Leave, Position, Profession};
use crate::plan::PlanFact;
use crate::presence::PresenceFact;
use crate::rating::{Dispute, DisputeSettled, Rating};

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// A profession, held or aspired to.
    Profession(Profession),
    /// A position.
    Position(Position),
    /// What is aimed at.
    Aim(Aim),
    /// Time away.
    Leave(Leave),
    /// A framework being written.
    FrameworkDrafted(Box<Framework>),
    /// A framework version that never changes again.
    FrameworkPublished(Box<Framework>),
    /// Something that happened.
    Evidence(Box<Evidence>),
    /// What evidence bears on.
    Claim(Claim),
    /// Someone else says so.
    Confirmation(Confirmation),
    /// Steps of two families that mean the same.
    Crosswalk(Crosswalk),
    /// Competencies of two families that do not mean the same, whatever their words.
    CrosswalkRejected(CrosswalkRejected),
    /// Someone's judgement.
    Rating(Rating),
    /// A contested step.
    Dispute(Dispute),
    /// A dispute answered.
    DisputeSettled(DisputeSettled),
    /// Somebody is asked what they saw.
    FeedbackRequested(Box<FeedbackRequest>),
    /// Somebody said what they saw.
    FeedbackGiven(Box<FeedbackGiven>),
    /// What was done with it.
    FeedbackUsed(FeedbackUsed),
    /// What peers say without their names, asked for, gathered or released.
    Gathering(Box<GatheringFact>),
    /// Criteria, target and day that somebody is asked to agree to.
    AgreementProposed(Box<Agreement>),
    /// They agreed.
    AgreementConfirmed(Box<AgreementConfirmed>),
    /// They said no.
    AgreementDeclined(Box<AgreementDeclined>),
    /// What was said between the two after a no.
    AgreementTalked(AgreementTalked),
    /// An agreement came to its end.
    AgreementEnded(AgreementEnded),
    /// What one keeps of an agreement somebody else proposed.
    ReceiptKept(Box<ReceiptKept>),
    /// People see something differently.
    Disagreement(Box<Disagreement>),
    /// How a disagreement ended.
    DisagreementEnded(DisagreementEnded),
    /// Somebody decided about the person.
    Decision(CareerDecision),
    /// What mastery is to the person.
    Mastery(Box<MasteryFact>),
    /// What is planned, and what came of it.
    Plan(Box<PlanFact>),
    /// Who helps, and whom one helps.
    Network(Box<NetworkFact>),
    /// Where one shows, and as what.
    Presence(Box<PresenceFact>),
    /// What employers ask for, and what one follows.
    Market(Box<MarketFact>),
    /// Somebody looked whether a link still works.
    LinkChecked(LinkChecked),
    /// A review took place.
    Review(Review),
    /// A review lies ahead.
    ReviewPlanned(ReviewPlanned),
    /// Who may see an earlier entry, from now on.
    Shown(Shown),
    /// A name that stays out of everything others see.
    KeptOut(KeptOut),
    /// What others read in place of an earlier entry.
    ForOthers(ForOthers),
    /// The entry this one corrects is taken back.
    Withdrawal(Withdrawal),
    /// The content of an entry was erased.
    Erasure(Erasure),
}

/// Somebody looked, on the day of the entry, whether a link still works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkChecked {
    /// The evidence that names the link.
    pub evidence: EntryId,
    /// The link.
    pub url: String,
    /// Whether it works.
    pub works: bool,
}

/// A review: a date to look back from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// With whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub with: String,
    /// What was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A review that lies ahead, as the person knows of it; nobody agreed to anything by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewPlanned {
    /// The day it is to be.
    pub on: Date,
    /// With whom.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub with: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A change of who may see an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Which entry.
    pub entry: EntryId,
    /// Who may see it from now on.
    pub audience: Audience,
    /// What it may be used for from now on.
    pub purpose: Purpose,
}

/// The entry this one corrects is taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// The tombstone of an erased entry: the envelope says who and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// Which entry.
    pub entry: EntryId,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// How something said by another reached the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    /// Signed with the author's own key.
    Signed,
    /// Through a link the owner sent.
    ByLink,
    /// In a file the owner sent and got back.
    ByFile,
    /// Written down by the owner.
    #[default]
    Relayed,
}

/// How large things may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one text.
    pub text: usize,
    /// Bytes of one attachment.
    pub attachment: u64,
}

/// The limits in force unless configured otherwise: 1 MiB a text, 25 MiB an attachment.
pub const LIMITS: Limits = Limits {
    text: 1 << 20,
    attachment: 25 << 20,
};

/// Why a fact is not well formed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct FactError {
    /// Which field, as a person would call it.
    pub field: String,
    /// What is wrong with it and what to do.
    pub problem: String,
}

impl FactError {
    /// A problem with one field.
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            problem: problem.into(),
        }
    }
}

impl Fact {
    /// The version of the form this fact is written in: the lowest that can say it, so that programs which
    /// know no later one read as much as they can. Every version is read for ever.
    ///
    /// 2 where how something came out is not said, or a rating or confirmation names the feedback it came with.
    pub fn form(&self) -> u32 {
        let second = match self {
            Self::Evidence(evidence) => evidence.leaves_unsaid(),
            Self::Rating(rating) => rating.answer.is_some(),
            Self::Confirmation(confirmation) => confirmation.answer.is_some(),
            _ => false,
        };
        if second { 2 } else { 1 }
    }

    /// Checks what the types alone do not say: nothing empty that is needed, no numbers that
    /// contradict each other, no text or attachment over the limits.
    ///
    /// # Errors
    /// The first problem found.
    pub fn check(&self, limits: &Limits) -> Result<(), FactError> {
        self.check_texts(limits)?;
        match self {
            Self::Profession(p) => {
                filled("profession", &p.name)?;
                in_order("profession", p.from, p.until)
            }
            Self::Position(p) => {
                filled("position", &p.title)?;
                in_order("position", Some(p.from), p.until)
            }
            Self::Leave(l) => in_order("leave", Some(l.from), l.until),
            Self::FrameworkPublished(f) | Self::FrameworkDrafted(f) => {
                let published = matches!(self, Self::FrameworkPublished(_));
                match framework::check(f).first() {
                    Some(problem) if published => {
                        Err(FactError::new(problem.place.clone(), problem.what.clone()))
                    }
                    _ => Ok(()),
                }
            }
            Self::Evidence(evidence) => check_evidence(evidence, limits),
            Self::Confirmation(c) => filled("who confirms", &c.by),
            Self::Crosswalk(c) if !(c.confidence > 0.0 && c.confidence <= 1.0) => {
                Err(FactError::new("confidence", "give a number above 0 and up to 1"))
            }
            Self::Rating(r) => filled("who rates", &r.rater),
            Self::Dispute(d) => filled("reason", &d.reason),
            Self::DisputeSettled(d) => filled("outcome", &d.outcome),
            Self::FeedbackRequested(r) => r.check(),
            Self::FeedbackGiven(g) => g.check(),
            Self::FeedbackUsed(u) => u.check(),
            Self::Gathering(said) => said.check(),
            Self::KeptOut(kept) => check_name(&kept.name),
            Self::AgreementProposed(a) => a.check(),
            Self::AgreementConfirmed(c) => c.check(),
            Self::AgreementDeclined(d) => d.check(),
            Self::AgreementTalked(t) => t.check(),
            Self::AgreementEnded(e) => filled("who ended it", &e.by),
            Self::ReceiptKept(kept) => filled("who answers", &kept.receipt.answer.by),
            Self::Disagreement(d) => d.check(),
            Self::DisagreementEnded(e) => filled("reason", &e.reason),
            Self::Decision(d) => filled("who decided", &d.by),
            Self::Mastery(said) => said.check(),
            Self::Plan(said) => said.check(),
            Self::Network(said) => said.check(),
            Self::Presence(said) => said.check(),
            Self::Market(said) => said.check(),
            Self::Aim(_)
            | Self::Claim(_)
            | Self::Crosswalk(_)
            | Self::CrosswalkRejected(_)
            | Self::LinkChecked(_)
            | Self::Review(_)
            | Self::ReviewPlanned(_)
            | Self::Shown(_)
            | Self::ForOthers(_)
            | Self::Withdrawal(_)
            | Self::Erasure(_) => Ok(()),
        }
    }

    fn check_texts(&self, limits: &Limits) -> Result<(), FactError> {
        let value = serde_json::to_value(self).map_err(|e| FactError::new("content", e.to_string()))?;
        longest_text(&value, "content", limits.text)
    }
}

fn longest_text(value: &serde_json::Value, field: &str, limit: usize) -> Result<(), FactError> {
    use serde_json::Value;
    match value {
        Value::String(text) if text.len() > limit => Err(FactError::new(
            field,
            format!(
                "{} bytes of text; at most {limit} are kept in one field. Attach it as a file.",
                text.len()
            ),
        )),
        Value::Array(items) => items.iter().try_for_each(|item| longest_text(item, field, limit)),
        Value::Object(fields) => fields
            .iter()
            .try_for_each(|(name, item)| longest_text(item, name, limit)),
        _ => Ok(()),
    }
}

pub(crate) fn filled(field: &str, text: &str) -> Result<(), FactError> {
    if text.trim().is_empty() {
        Err(FactError::new(field, "is empty; say it in a few words"))
    } else {
        Ok(())
    }
}

fn in_order(
    field: &str,
    from: Option<jiff::civil::Date>,
    until: Option<jiff::civil::Date>,
) -> Result<(), FactError> {
    match (from, until) {
        (Some(from), Some(until)) if until < from => Err(FactError::new(
            field,
            format!("ends on {until}, before it begins on {from}"),
        )),
        _ => Ok(()),
    }
}

/// A name that would take out half of every text is none.
fn check_name(name: &str) -> Result<(), FactError> {
    const LONGEST: usize = 200;
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    match name.chars().count() {
        _ if letters < 2 => Err(FactError::new("name", "give at least two letters")),
        n if n > LONGEST => Err(FactError::new(
            "name",
            format!("{n} characters; a name has at most {LONGEST}"),
        )),
        _ => Ok(()),
    }
}

fn check_evidence(evidence: &Evidence, limits: &Limits) -> Result<(), FactError> {
    filled("title", &evidence.title)?;
    if evidence.hours.is_some_and(|h| !(0.0..=100_000.0).contains(&h)) {
        return Err(FactError::new("hours", "give a number from 0 to 100000"));
    }
    for artefact in &evidence.artefacts {
        match artefact {
            Artefact::Attachment { name, size, .. } if *size > limits.attachment => {
                let limit = limits.attachment;
                return Err(FactError::new(
                    format!("attachment {name}"),
                    format!("{size} bytes; at most {limit} are kept. Link to it instead."),
                ));
            }
            Artefact::Link { url, .. } if !(url.starts_with("https://") || url.starts_with("http://")) => {
                return Err(FactError::new("link", "start it with https:// or http://"));
            }
            _ => {}
        }
    }
    match &evidence.what {
        Happening::Attempts { attempts, .. } if *attempts > 100_000 => Err(FactError::new(
            "attempts",
            "a session has at most 100000; log several sessions",
        )),
        Happening::Attempts { attempts: 0, .. } => {
            Err(FactError::new("attempts", "log at least one attempt"))
        }
        Happening::Attempts {
            attempts,
            clean,
            aided,
            ..
        } if u64::from(*clean) + u64::from(*aided) > u64::from(*attempts) => Err(FactError::new(
            "attempts",
            format!("{clean} clean and {aided} with help are more than the {attempts} attempts"),
        )),
        Happening::Teaching { learners } if learners.is_empty() => {
            Err(FactError::new("learners", "name at least one person you taught"))
        }
        Happening::Credential { body, .. } => filled("who gave it", body),
        Happening::Recognition { by, .. } => filled("who recognised it", by),
        _ => Ok(()),
    }
}
