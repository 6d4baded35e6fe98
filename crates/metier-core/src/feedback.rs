//! Feedback: what others saw, asked for with a purpose, answered in their own words.
//!
//! Concrete behaviour comes first, because a judgement without it cannot be acted on. Of an answer only
//! two things bear on standing, each as an entry of its own beside it: a step that the giver chose is a
//! rating, and "yes, unsupervised" confirms the step whose criterion asks exactly that (see
//! [`judged_step`]). Everything else is words.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::canonical::Digest;
use crate::evidence::Step;
use crate::framework::{Criterion, Framework};
use crate::id::{CompetencyId, EntryId, FamilyId, RungId};
use crate::journal::{Arrival, FactError, Purpose};
use crate::rating::Role;

/// The most competencies one request asks about: it is to be answered within five minutes.
pub const COMPETENCIES_MAX: usize = 5;

/// The most competencies a mail asks about: each is a question by itself there, and it is to be answered within
/// five minutes without a form. Requests recorded before that may hold more.
pub const COMPETENCIES_OF_MAIL: usize = 3;

/// Somebody is asked what they saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedbackRequest {
    /// Whom.
    pub to: String,
    /// Who they are to the person.
    pub role: Role,
    /// What about.
    pub about: FeedbackAbout,
    /// What the answer may be used for; the giver is told first.
    pub purpose: Purpose,
    /// Who will see the answer besides the person; the giver is told first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen_by: Vec<String>,
    /// The last day for an answer.
    pub until: Date,
    /// The way it was sent.
    pub channel: Channel,
    /// A few words to the giver.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What feedback is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackAbout {
    /// How the person does something.
    Competencies {
        /// Family.
        family: FamilyId,
        /// The exact version whose words the giver reads.
        version: Digest,
        /// Which competencies.
        competencies: Vec<CompetencyId>,
        /// A piece of work, shown in its shared form.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        work: Option<EntryId>,
    },
    /// What an accomplishment was, how hard it was, what would have happened otherwise.
    Recognition {
        /// The accomplishment, shown in its shared form.
        work: EntryId,
    },
}

/// The way a request goes out and an answer comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A link of the running program.
    Link,
    /// A file that is sent and sent back.
    File,
    /// Questions in a mail whose answer is pasted back.
    Mail,
    /// Asked and told in person.
    Told,
}

impl Channel {
    /// How what came this way is marked beside a rating. A mail was pasted by the owner.
    pub fn arrival(self) -> Arrival {
        match self {
            Self::Link => Arrival::ByLink,
            Self::File => Arrival::ByFile,
            Self::Mail | Self::Told => Arrival::Relayed,
        }
    }
}

/// Somebody said what they saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedbackGiven {
    /// The request it answers; absent when nobody had asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<EntryId>,
    /// Who.
    pub by: String,
    /// Who they are to the person.
    pub role: Role,
    /// The way it came.
    pub channel: Channel,
    /// What was said.
    pub said: FeedbackSaid,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackSaid {
    /// Of how the person does something.
    Observed(Observed),
    /// Of what an accomplishment was worth.
    Recognised(Recognised),
}

/// What somebody saw.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// What the person did, as it was seen.
    pub saw: String,
    /// When that was, in the giver's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub when: String,
    /// Of each competency asked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<OfCompetency>,
    /// What the person does well.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub strengths: String,
    /// One thing to change.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub change: String,
}

/// What was said of one competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfCompetency {
    /// Which.
    pub competency: CompetencyId,
    /// Whether they would let the person do it unsupervised next time.
    pub next_time: NextTime,
    /// The highest step they have seen, when they chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<RungId>,
}

/// "Would you let them do it unsupervised next time?"
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextTime {
    /// Yes.
    Unsupervised,
    /// With somebody beside them.
    Beside,
    /// Not yet.
    NotYet,
    /// They cannot say.
    CannotSay,
}

impl NextTime {
    /// Every answer, from the surest.
    pub const ALL: [Self; 4] = [Self::Unsupervised, Self::Beside, Self::NotYet, Self::CannotSay];

    /// As forms and files write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unsupervised => "yes",
            Self::Beside => "beside",
            Self::NotYet => "not-yet",
            Self::CannotSay => "cannot-say",
        }
    }

    /// The answer that a form or file writes so.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.word() == word)
    }

    /// The answer somebody wrote in words of their own: what limits a yes is taken before the yes.
    /// `None` when it cannot be told.
    pub fn told(text: &str) -> Option<Self> {
        let text = text.to_lowercase().replace('\u{2019}', "'");
        let spaced: String = text
            .chars()
            .map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' })
            .collect();
        let said = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
        let any = |words: &[&str]| words.iter().any(|w| said.contains(&format!(" {w} ")));
        if any(&[
            "cannot say",
            "can't say",
            "can not say",
            "don't know",
            "hard to say",
        ]) {
            Some(Self::CannotSay)
        } else if any(&["not yet", "not unsupervised"]) || said.starts_with(" no ") {
            Some(Self::NotYet)
        } else if any(&["beside", "with somebody", "with someone", "with help"]) {
            Some(Self::Beside)
        } else if said.starts_with(" yes ") || said.starts_with(" unsupervised ") {
            Some(Self::Unsupervised)
        } else {
            None
        }
    }
}

/// What somebody said an accomplishment was worth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognised {
    /// What it was.
    pub what: String,
    /// How hard it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how_hard: String,
    /// What would have happened otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub otherwise: String,
}

/// What the person did with feedback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedbackUsed {
    /// Which feedback.
    pub feedback: EntryId,
    /// What came of it.
    pub how: Use,
    /// In a few words.
    pub words: String,
}

/// What came of feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Something was done differently.
    Changed,
    /// It went into the plan.
    Planned,
    /// It was talked over with whoever gave it.
    TalkedOver,
    /// It was considered and set aside, with the reason.
    SetAside,
}

impl Use {
    /// Every use.
    pub const ALL: [Self; 4] = [Self::Changed, Self::Planned, Self::TalkedOver, Self::SetAside];

    /// As forms and commands write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Planned => "planned",
            Self::TalkedOver => "talked-over",
            Self::SetAside => "set-aside",
        }
    }

    /// The use that a form or command writes so.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|used| used.word() == word)
    }
}

/// The step of a competency whose criterion is the question "would you let them do it unsupervised?":
/// the lowest one, because a yes says nothing of the steps above. `None` where no step asks that.
pub fn judged_step(framework: &Framework, competency: &CompetencyId) -> Option<Step> {
    let found = framework.competency(competency)?;
    let asks =
        |rung: &&crate::framework::Rung| matches!(framework.criterion(found, rung), Criterion::Judged { .. });
    let rung = framework.ladder.active().find(asks)?;
    Some(Step {
        family: framework.family.clone(),
        competency: competency.clone(),
        rung: rung.id.clone(),
    })
}

impl FeedbackRequest {
    /// Checks what the types do not say.
    pub(crate) fn check(&self) -> Result<(), FactError> {
        said("whom you ask", &self.to)?;
        if self.role == Role::Oneself {
            return Err(FactError::new(
                "whom you ask",
                "feedback is somebody else's word; your own view is a rating of yourself",
            ));
        }
        match &self.about {
            FeedbackAbout::Competencies { competencies, .. } => match competencies.len() {
                0 => Err(FactError::new(
                    "what you ask about",
                    "choose at least one competency",
                )),
                n if n > COMPETENCIES_MAX => Err(FactError::new(
                    "what you ask about",
                    format!(
                        "{n} competencies; ask about at most {COMPETENCIES_MAX}, so that it takes five minutes"
                    ),
                )),
                _ => Ok(()),
            },
            FeedbackAbout::Recognition { .. } => Ok(()),
        }
    }
}

impl FeedbackGiven {
    /// Checks what the types do not say.
    pub(crate) fn check(&self) -> Result<(), FactError> {
        said("who says it", &self.by)?;
        match &self.said {
            FeedbackSaid::Observed(o) => {
                let words = [&o.saw, &o.strengths, &o.change];
                if o.of.is_empty() && words.iter().all(|w| w.trim().is_empty()) {
                    return Err(FactError::new("what they saw", "nothing was answered"));
                }
                Ok(())
            }
            FeedbackSaid::Recognised(r) => said("what it was", &r.what),
        }
    }
}

impl FeedbackUsed {
    /// Checks what the types do not say.
    pub(crate) fn check(&self) -> Result<(), FactError> {
        said("what came of it", &self.words)
    }
}

fn said(field: &str, text: &str) -> Result<(), FactError> {
    if text.trim().is_empty() {
        return Err(FactError::new(field, "is empty; say it in a few words"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_limits_a_yes_is_taken_before_the_yes() {
        let told = NextTime::told;
        for answer in NextTime::ALL {
            assert_eq!(NextTime::of_word(answer.word()), Some(answer));
        }
        for yes in ["yes", "Yes!", "yes, any time", "Unsupervised"] {
            assert_eq!(told(yes), Some(NextTime::Unsupervised), "{yes}");
        }
        for beside in [
            "with somebody beside them",
            "Yes, but with someone beside him",
            "beside",
        ] {
            assert_eq!(told(beside), Some(NextTime::Beside), "{beside}");
        }
        for not_yet in ["not yet", "No.", "no, sorry", "not-yet"] {
            assert_eq!(told(not_yet), Some(NextTime::NotYet), "{not_yet}");
        }
        for cannot in ["cannot say", "I can\u{2019}t say", "cannot-say"] {
            assert_eq!(told(cannot), Some(NextTime::CannotSay), "{cannot}");
        }
        for other in ["", "maybe", "nobody knows", "ja"] {
            assert_eq!(told(other), None, "{other}");
        }
    }
}
