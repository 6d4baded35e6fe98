//! Feedback: asking for it, taking in an answer, saying what came of it.

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::canonical::Digest;
use metier_core::evidence::{Confirmation, Confirmed};
use metier_core::feedback::{
    COMPETENCIES_OF_MAIL, Channel, FeedbackAbout, FeedbackGiven, FeedbackRequest, FeedbackSaid, FeedbackUsed,
    NextTime, OfCompetency, Use, judged_step,
};
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::invitation::LinkPurpose;
use metier_core::journal::{Audience, Entry, Fact, Purpose, view};
use metier_core::rating::{Rating, Role};
use serde::Serialize;

use crate::error::AppError;
use crate::evidence::{competency_of, rung_of};
use crate::home::{Metier, Whole};
use crate::invitations::NewLink;
use crate::record::Writing;

/// Feedback to be asked for.
#[derive(Debug, Clone)]
pub struct AskFeedback {
    /// Whom.
    pub to: String,
    /// Who they are to the person.
    pub role: Role,
    /// How the person does these, by id or name; empty: what `work` was worth.
    pub competencies: Vec<String>,
    /// A piece of work.
    pub work: Option<EntryId>,
    /// What the answer may be used for.
    pub purpose: Purpose,
    /// Who will see it besides the person.
    pub seen_by: Vec<String>,
    /// The last day for an answer.
    pub until: Date,
    /// The way it goes.
    pub channel: Channel,
    /// A few words to the giver.
    pub note: String,
}

/// A request that was recorded.
#[derive(Debug, Clone)]
pub struct Requested {
    /// Its entry.
    pub id: EntryId,
    /// What was asked.
    pub request: FeedbackRequest,
    /// Its link, when it goes by link.
    pub link: Option<NewLink>,
}

/// What taking in an answer recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The entry of the answer.
    pub id: EntryId,
    /// Ratings and confirmations recorded beside it.
    pub beside: Vec<EntryId>,
    /// False when it had been recorded before.
    pub new: bool,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// An answer may still come.
    Open,
    /// It was answered.
    Answered,
    /// Its last day is over.
    Expired,
}

/// A request with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequestSeen {
    /// Its entry.
    pub id: EntryId,
    /// When it was made.
    pub on: Date,
    /// What was asked.
    pub request: FeedbackRequest,
    /// Where it stands.
    pub state: RequestState,
    /// The entries of its answers.
    pub answers: Vec<EntryId>,
}

/// Feedback with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeedbackSeen {
    /// Its entry.
    pub id: EntryId,
    /// When it was given.
    pub on: Date,
    /// What was said.
    pub given: FeedbackGiven,
    /// What it may be used for.
    pub purpose: Purpose,
    /// What came of it, oldest first.
    pub used: Vec<(Date, FeedbackUsed)>,
}

/// What was asked, what was said, what came of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FeedbackBook {
    /// Requests, latest first.
    pub requests: Vec<RequestSeen>,
    /// Feedback, latest first.
    pub given: Vec<FeedbackSeen>,
}

impl FeedbackBook {
    /// What the entries tell, on a day.
    pub fn of(entries: &[Entry], today: Date) -> Self {
        let mut book = Self::default();
        for fact in view(entries, Timestamp::MAX).facts {
            let (id, on) = (fact.root, fact.occurred_on());
            match fact.fact() {
                Fact::FeedbackRequested(request) => book.requests.push(RequestSeen {
                    id,
                    on,
                    state: if today > request.until {
                        RequestState::Expired
                    } else {
                        RequestState::Open
                    },
                    request: (**request).clone(),
                    answers: Vec::new(),
                }),
                Fact::FeedbackGiven(given) => {
                    let asked = book.requests.iter_mut().find(|r| Some(r.id) == given.request);
                    if let Some(asked) = asked {
                        asked.state = RequestState::Answered;
                        asked.answers.push(id);
                    }
                    book.given.push(FeedbackSeen {
                        id,
                        on,
                        given: (**given).clone(),
                        purpose: fact.payload().purpose,
                        used: Vec::new(),
                    });
                }
                Fact::FeedbackUsed(used) => {
                    if let Some(given) = book.given.iter_mut().find(|g| g.id == used.feedback) {
                        given.used.push((on, used.clone()));
                    }
                }
                _ => {}
            }
        }
        book.requests.reverse();
        book.given.reverse();
        book
    }
}

impl Metier {
    /// Records a request, and makes its link when it goes by link.
    ///
    /// # Errors
    /// When nobody is named, nothing is asked about, a competency or piece of work is not there, or the
    /// last day does not lie ahead; nothing is then recorded.
    pub async fn ask_feedback(&self, ask: AskFeedback) -> Result<Requested, AppError> {
        self.open_until(ask.until)?;
        // Who answers is told who sees it; what nobody who decides may see is of no use in a decision.
        if ask.purpose == Purpose::Administrative && tidy(&ask.seen_by).is_empty() {
            return Err(AppError::input("nobody is named who decides")
                .hint("Say who will see it besides you, or ask for yourself to get better."));
        }
        let about = self.asked_about(&ask).await?;
        if let (Channel::Mail, FeedbackAbout::Competencies { competencies, .. }) = (ask.channel, &about)
            && competencies.len() > COMPETENCIES_OF_MAIL
        {
            return Err(AppError::input(format!(
                "{} competencies are too many for a mail: it asks of each by itself, and of at most {COMPETENCIES_OF_MAIL}, \
                 so that it takes five minutes",
                competencies.len()
            ))
            .hint("Choose the ones this person saw most of, or ask by a link or a file."));
        }
        let request = FeedbackRequest {
            to: ask.to.trim().to_owned(),
            role: ask.role,
            about,
            purpose: ask.purpose,
            seen_by: tidy(&ask.seen_by),
            until: ask.until,
            channel: ask.channel,
            note: ask.note.trim().to_owned(),
        };
        // What the giver will read has to be there, and to be theirs to read.
        self.shown_to_giver(&request).await?;
        let mut writing = self.writing(Fact::FeedbackRequested(Box::new(request.clone())));
        writing.draft.purpose = request.purpose;
        let id = self.record(vec![writing]).await?[0];
        let link = match request.channel {
            Channel::Link => {
                let purpose = link_purpose(&request);
                Some(self.invite(purpose, id, &request.to, request.until).await?)
            }
            Channel::File | Channel::Mail | Channel::Told => None,
        };
        Ok(Requested { id, request, link })
    }

    async fn asked_about(&self, ask: &AskFeedback) -> Result<FeedbackAbout, AppError> {
        let (entries, life) = self.read().await?;
        if let Some(work) = ask.work {
            let stands = view(&entries, Timestamp::MAX);
            let there = stands
                .facts
                .iter()
                .any(|f| f.root == work && matches!(f.fact(), Fact::Evidence(_)));
            if !there {
                return Err(crate::record::no_entry(work));
            }
        }
        match (ask.competencies.as_slice(), ask.work) {
            ([], Some(work)) => Ok(FeedbackAbout::Recognition { work }),
            (words, work) => {
                let version = life.needed()?;
                let mut competencies: Vec<CompetencyId> = Vec::new();
                for word in words {
                    let competency = competency_of(&version.framework, word)?;
                    if !competencies.contains(&competency) {
                        competencies.push(competency);
                    }
                }
                Ok(FeedbackAbout::Competencies {
                    family: version.framework.family.clone(),
                    version: version.digest,
                    competencies,
                    work,
                })
            }
        }
    }

    /// The request of an id.
    ///
    /// # Errors
    /// When there is none that stands.
    pub async fn feedback_request(&self, id: EntryId) -> Result<RequestSeen, AppError> {
        let entries = self.whole().await?.entries;
        let book = FeedbackBook::of(&entries, self.surroundings.today());
        book.requests
            .into_iter()
            .find(|r| r.id == id)
            .ok_or_else(|| crate::record::no_entry(id))
    }

    /// Makes a new link for a request; those made before open no longer.
    ///
    /// # Errors
    /// When the request was answered, or its last day is over.
    pub async fn renew_link(&self, id: EntryId) -> Result<NewLink, AppError> {
        let seen = self.feedback_request(id).await?;
        match seen.state {
            RequestState::Open => {}
            RequestState::Answered => {
                return Err(AppError::input(format!("{} has answered", seen.request.to))
                    .hint("Ask again if there is more to say."));
            }
            RequestState::Expired => {
                return Err(
                    AppError::input(format!("its last day was {}", seen.request.until))
                        .hint("Ask again with a later day."),
                );
            }
        }
        self.revoke_links(id).await?;
        self.invite(
            link_purpose(&seen.request),
            id,
            &seen.request.to,
            seen.request.until,
        )
        .await
    }

    /// Takes in an answer under an id of its own, with the ratings and confirmations it bears: a step
    /// that the giver chose is a rating; "yes, unsupervised" confirms the step whose criterion asks
    /// that. All of it carries the purpose and the audience that the giver was told. One that was taken
    /// in before is not taken in again.
    ///
    /// # Errors
    /// When nothing was answered, or the answer names what was not asked about; nothing is then recorded.
    pub async fn take_feedback(&self, id: EntryId, given: FeedbackGiven) -> Result<Answered, AppError> {
        let Whole { entries, life, .. } = self.whole().await?;
        if entries.iter().any(|e| e.link.id == id) {
            return Ok(Answered {
                id,
                beside: Vec::new(),
                new: false,
            });
        }
        let request = match given.request {
            Some(request) => Some(self.feedback_request(request).await?.request),
            None => None,
        };
        let (purpose, seen_by) = request.as_ref().map_or((Purpose::Development, &[][..]), |r| {
            (r.purpose, r.seen_by.as_slice())
        });
        let mut facts = vec![Fact::FeedbackGiven(Box::new(given.clone()))];
        if let (FeedbackSaid::Observed(observed), Some(FeedbackAbout::Competencies { version, work, .. })) =
            (&given.said, request.as_ref().map(|r| &r.about))
        {
            let version = life
                .version(version)
                .ok_or_else(|| AppError::not_found("the criteria that were asked about are not here"))?;
            let beside = Beside {
                answer: id,
                given: &given,
                framework: &version.framework,
                version: version.digest,
                work: *work,
            };
            for of in &observed.of {
                facts.extend(beside.rating(of, &observed.saw)?.map(Fact::Rating));
                facts.extend(beside.confirmation(of, &observed.saw).map(Fact::Confirmation));
            }
        }
        let mut writings: Vec<Writing> = facts.into_iter().map(|fact| self.writing(fact)).collect();
        for writing in &mut writings {
            writing.draft.purpose = purpose;
            if !seen_by.is_empty() {
                writing.draft.audience = Audience::Parties(seen_by.to_vec());
            }
        }
        if let Some(first) = writings.first_mut() {
            first.id = id;
        }
        let ids = self.record(writings).await?;
        Ok(Answered {
            id,
            beside: ids.into_iter().skip(1).collect(),
            new: true,
        })
    }

    /// Records what came of feedback.
    ///
    /// # Errors
    /// When there is no such feedback, or nothing is said.
    pub async fn use_feedback(&self, feedback: EntryId, how: Use, words: &str) -> Result<EntryId, AppError> {
        let entries = self.whole().await?.entries;
        let book = FeedbackBook::of(&entries, self.surroundings.today());
        if !book.given.iter().any(|g| g.id == feedback) {
            return Err(crate::record::no_entry(feedback));
        }
        let used = FeedbackUsed {
            feedback,
            how,
            words: words.trim().to_owned(),
        };
        self.record(vec![self.writing(Fact::FeedbackUsed(used))])
            .await
            .map(|ids| ids[0])
    }

    /// Takes a request back: its links open no longer, and an answer by file is no longer taken in.
    ///
    /// # Errors
    /// When there is no such request.
    pub async fn withdraw_request(&self, request: EntryId, reason: &str) -> Result<EntryId, AppError> {
        self.feedback_request(request).await?;
        self.revoke_links(request).await?;
        self.withdraw(request, reason).await
    }
}

/// What bears on standing, beside an answer.
struct Beside<'a> {
    answer: EntryId,
    given: &'a FeedbackGiven,
    framework: &'a Framework,
    version: Digest,
    work: Option<EntryId>,
}

impl Beside<'_> {
    fn rating(&self, of: &OfCompetency, saw: &str) -> Result<Option<Rating>, AppError> {
        let competency = competency_of(self.framework, of.competency.as_str())?;
        let Some(step) = &of.step else { return Ok(None) };
        Ok(Some(Rating {
            family: self.framework.family.clone(),
            version: self.version,
            competency,
            rung: Some(rung_of(self.framework, step.as_str())?),
            role: self.given.role,
            rater: self.given.by.clone(),
            reason: saw.to_owned(),
            evidence: self.work.into_iter().collect(),
            arrival: self.given.channel.arrival(),
            answer: Some(self.answer),
        }))
    }

    fn confirmation(&self, of: &OfCompetency, saw: &str) -> Option<Confirmation> {
        if of.next_time != NextTime::Unsupervised {
            return None;
        }
        Some(Confirmation {
            of: Confirmed::Step(judged_step(self.framework, &of.competency)?),
            by: self.given.by.clone(),
            role: self.given.role,
            words: saw.to_owned(),
            arrival: self.given.channel.arrival(),
            answer: Some(self.answer),
        })
    }
}

/// The purpose of a request's link.
fn link_purpose(request: &FeedbackRequest) -> LinkPurpose {
    match request.about {
        FeedbackAbout::Competencies { .. } => LinkPurpose::Feedback,
        FeedbackAbout::Recognition { .. } => LinkPurpose::Recognition,
    }
}

fn tidy(names: &[String]) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        if !tidy.iter().any(|n| n == name) {
            tidy.push(name.to_owned());
        }
    }
    tidy
}

#[cfg(test)]
mod tests;
