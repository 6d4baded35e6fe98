//! Feedback on paper: the request as a mail or as a file, and the answer that comes back.

use metier_core::disclosure::{Disclosure, LeftOut, Reader, View};
use metier_core::feedback::{
    Channel, FeedbackAbout, FeedbackGiven, FeedbackRequest, FeedbackSaid, NextTime, Observed, OfCompetency,
    Recognised,
};
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, EntryId};
use metier_core::invitation::{LinkPurpose, LinkState, LinkToken};
use metier_exchange::feedback_form::{FormRead, FormText, read_form};
use metier_exchange::feedback_mail::read_mail_answer;
use serde::Serialize;

use crate::error::AppError;
use crate::feedback::{Answered, RequestSeen};
use crate::home::Metier;
use crate::words;

/// A form as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormFile {
    /// A name for it.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// How a form that came back is taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lenient {
    /// Whose answer it is, where the form says another name than the one that was asked.
    pub from: Option<String>,
    /// It came after its last day.
    pub late: bool,
}

/// What a pasted mail says, to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailDraft {
    /// What it says.
    pub said: FeedbackSaid,
    /// What belongs to no question.
    pub beside: String,
    /// True when the answers could not be told apart: all of it stands under the first question.
    pub in_one: bool,
}

/// What others read of the work a request is about.
pub(crate) fn shared_work(
    disclosure: &Disclosure<'_>,
    request: &FeedbackRequest,
) -> Result<Option<String>, AppError> {
    let work = match &request.about {
        FeedbackAbout::Competencies { work, .. } => *work,
        FeedbackAbout::Recognition { work } => Some(*work),
    };
    let Some(work) = work else { return Ok(None) };
    let reader = Reader::Party(request.to.clone());
    match disclosure.if_shared(work, &reader, View::FeedbackForm) {
        Ok(shared) => Ok(Some(shared.line().to_string())),
        Err(reason) => Err(AppError::input(format!(
            "the piece of work cannot be shown to {}: {}",
            request.to,
            why_not(reason)
        ))
        .hint("Write a text for others on its page, or ask without it.")),
    }
}

fn why_not(reason: LeftOut) -> &'static str {
    match reason {
        LeftOut::NoTextForOthers => "it is confidential and has no text for others",
        LeftOut::NotThere => "it was taken back",
        LeftOut::NoPlace | LeftOut::NotShown | LeftOut::GivenForDevelopment | LeftOut::NotTold => {
            "it is not theirs to read"
        }
    }
}

impl Metier {
    /// The words that the giver of a request reads: each text as others see it.
    ///
    /// # Errors
    /// When the criteria or the piece of work asked about are not there any more.
    pub async fn shown_to_giver(&self, request: &FeedbackRequest) -> Result<ShownToGiver, AppError> {
        let (entries, life) = self.read().await?;
        let disclosure = Disclosure::of(&entries, jiff::Timestamp::MAX);
        let seen = |text: &str| disclosure.text(text).to_string();
        let mut shown = ShownToGiver {
            work: shared_work(&disclosure, request)?,
            note: seen(&request.note),
            competencies: Vec::new(),
            steps: Vec::new(),
        };
        if let FeedbackAbout::Competencies {
            version,
            competencies,
            ..
        } = &request.about
        {
            let version = life
                .version(version)
                .ok_or_else(|| AppError::not_found("the criteria that were asked about are not here"))?;
            let framework: &Framework = &version.framework;
            for id in competencies {
                let competency = framework
                    .competency(id)
                    .ok_or_else(|| AppError::not_found(format!("the criteria have no competency `{id}`")))?;
                shown.competencies.push(AskedCompetency {
                    id: id.clone(),
                    name: seen(&competency.name),
                    looks_like: seen(&competency.looks_like),
                    worded: framework
                        .ladder
                        .active()
                        .filter_map(|rung| Some((rung, framework.wording(id, &rung.id)?)))
                        .filter(|(_, wording)| !wording.text.is_empty())
                        .map(|(rung, wording)| (rung.id.as_str().to_owned(), seen(&wording.text)))
                        .collect(),
                });
            }
            for rung in framework.ladder.active() {
                shown.steps.push((
                    rung.id.as_str().to_owned(),
                    seen(&rung.title),
                    seen(&rung.statement),
                ));
            }
        }
        Ok(shown)
    }

    /// The request as a mail to copy.
    ///
    /// # Errors
    /// As [`Metier::shown_to_giver`].
    pub async fn feedback_mail(&self, request: &FeedbackRequest) -> Result<String, AppError> {
        let shown = self.shown_to_giver(request).await?;
        let names: Vec<String> = shown.competencies.iter().map(|c| c.name.clone()).collect();
        let what = match (&names[..], &shown.work) {
            ([], work) => format!("what this was worth: {}.", work.as_deref().unwrap_or_default()),
            (names, work) => {
                let work = work
                    .as_ref()
                    .map_or_else(String::new, |w| format!(", for example here: {w}"));
                format!("what you saw of how I do this: {}{work}.", words::list(names))
            }
        };
        let note = if shown.note.is_empty() {
            String::new()
        } else {
            format!("{}\n\n", shown.note)
        };
        let mut mail = format!(
            "Hello {},\n\n{note}I would like to know {what}\n\n{} {} Please answer by {}; a line or two under each question is enough.\n\n",
            request.to,
            words::i_see(&request.seen_by),
            words::for_me(request.purpose),
            words::day(request.until),
        );
        for (number, question) in (1..).zip(words::mail_questions(&request.about, &names)) {
            mail += &format!("{number}. {question}\n\n");
        }
        mail += &format!("Thank you!\n{}\n", self.name());
        Ok(mail)
    }

    /// Reads the pasted answer to a mail into a draft. Nothing is recorded.
    ///
    /// # Errors
    /// When there is no answer in it.
    pub async fn read_feedback_mail(&self, request: &RequestSeen, text: &str) -> Result<MailDraft, AppError> {
        let sent = self.feedback_mail(&request.request).await?;
        let shown = self.shown_to_giver(&request.request).await?;
        let names: Vec<String> = shown.competencies.iter().map(|c| c.name.clone()).collect();
        let questions = words::mail_questions(&request.request.about, &names);
        let questions: Vec<&str> = questions.iter().map(String::as_str).collect();
        let read = read_mail_answer(text, &sent, &questions).map_err(|problems| {
            AppError::document("the pasted mail", &problems).hint("Nothing was recorded.")
        })?;
        let mut answers = read.answers.into_iter();
        let mut next = || answers.next().unwrap_or_default();
        let said = match &request.request.about {
            FeedbackAbout::Competencies { competencies, .. } => {
                let (mut saw, when) = (next(), next());
                let mut of = Vec::new();
                for (competency, name) in competencies.iter().zip(&names) {
                    let answer = next();
                    let found = NextTime::told(&answer);
                    // What was said beside the yes or no is kept with what was seen.
                    let only_that = found.is_some() && is_bare(&answer);
                    if !answer.is_empty() && !only_that {
                        let beside = format!("{name}: {answer}");
                        saw = if saw.is_empty() {
                            beside
                        } else {
                            format!("{saw}\n\n{beside}")
                        };
                    }
                    // What was not answered stays unanswered.
                    of.extend(found.map(|next_time| OfCompetency {
                        competency: competency.clone(),
                        next_time,
                        step: None,
                    }));
                }
                FeedbackSaid::Observed(Observed {
                    saw,
                    when,
                    of,
                    strengths: next(),
                    change: next(),
                })
            }
            FeedbackAbout::Recognition { .. } => FeedbackSaid::Recognised(Recognised {
                what: next(),
                how_hard: next(),
                otherwise: next(),
            }),
        };
        Ok(MailDraft {
            said,
            beside: read.beside,
            in_one: read.in_one,
        })
    }

    /// The request as a file to send, with the code of a link of it.
    ///
    /// # Errors
    /// When there is no such request, or it cannot be shown.
    pub async fn feedback_file(&self, request: EntryId, code: &LinkToken) -> Result<FormFile, AppError> {
        let seen = self.feedback_request(request).await?;
        let text = self.form_text(&seen.request, code.as_str()).await?;
        let whom = metier_core::id::slug_of(&seen.request.to).unwrap_or_else(|| "them".into());
        Ok(FormFile {
            name: format!("feedback-for-{whom}.txt"),
            text,
        })
    }

    async fn form_text(&self, request: &FeedbackRequest, code: &str) -> Result<String, AppError> {
        let shown = self.shown_to_giver(request).await?;
        let name = self.name();
        let mut form = FormText::default();
        form.say("");
        form.say(&format!(
            "{name} asks {} ({}) what you saw.",
            request.to,
            words::role(request.role)
        ));
        form.say("");
        form.say("First, who sees it:");
        form.say(&words::who_sees(name, &request.seen_by));
        form.say(&words::what_for(name, request.purpose));
        if !shown.note.is_empty() {
            form.say("");
            form.say(&format!("{name} writes: {}", shown.note));
        }
        if let Some(work) = &shown.work {
            form.say("");
            form.say(&format!("It is about: {work}"));
        }
        form.say("");
        form.say(&format!(
            "Write under the lines that begin with ==. It takes five minutes. Then save the file as plain text and send it back by {}.",
            words::day(request.until)
        ));
        form.say("");
        form.say("Your name:");
        form.place("name", &request.to);
        let ask = |form: &mut FormText, key: &str, question: &str| {
            form.say(question);
            form.place(key, "");
        };
        match &request.about {
            FeedbackAbout::Recognition { .. } => {
                for (key, question) in ["what", "how-hard", "otherwise"].iter().zip(words::WORTH) {
                    ask(&mut form, key, question);
                }
            }
            FeedbackAbout::Competencies { .. } => {
                ask(&mut form, "saw", words::SAW);
                ask(&mut form, "when", "When was that? (if you like)");
                for competency in &shown.competencies {
                    form.say(&competency.name);
                    form.say(&competency.looks_like);
                    form.say(&format!(
                        "{} Write one: {}.",
                        words::NEXT_TIME,
                        words::next_times()
                    ));
                    form.place(&format!("next:{}", competency.id), "");
                }
                if !shown.steps.is_empty() {
                    form.say("If you like: the highest step you have seen yourself. It is kept as your rating. Write its word:");
                    for (id, title, _) in &shown.steps {
                        form.say(&format!("{id}: {title}"));
                    }
                    for competency in &shown.competencies {
                        form.say(&competency.name);
                        form.place(&format!("step:{}", competency.id), "");
                    }
                }
                ask(&mut form, "strengths", "What do they do well? (if you like)");
                ask(&mut form, "change", "One thing to change (if you like)");
            }
        }
        Ok(form.done(code))
    }

    /// Takes in a form that came back.
    ///
    /// # Errors
    /// When it is damaged or altered, of another journal, taken back, over, answered by somebody else, or
    /// empty: each says so; nothing is then recorded, and the file stays what it is.
    pub async fn read_feedback_file(&self, bytes: &[u8], lenient: &Lenient) -> Result<Answered, AppError> {
        let read = read_form(bytes)
            .map_err(|problems| AppError::document("the form", &problems).hint("Nothing was recorded."))?;
        let Some(link) = self.link(&read.code).await? else {
            return Err(AppError::input(
                "this form was not made here: its code is of another journal, or was altered",
            )
            .hint(
                "Take it to the home it was made in. If it was made here, ask for the file as it was sent.",
            ));
        };
        if link.invitation.purpose == LinkPurpose::Unnamed {
            return Err(AppError::input(
                "this form answers a round that you gather for somebody, without names",
            )
            .hint("Take it in under People, Without names; in a terminal: metier feedback gather read FILE")
            .hint("Nothing was recorded."));
        }
        let about = link.invitation.about;
        match link.state {
            LinkState::Open => {}
            LinkState::Answered => {
                return Ok(Answered {
                    id: link.invitation.answer,
                    beside: Vec::new(),
                    new: false,
                });
            }
            LinkState::Expired if lenient.late => {}
            LinkState::Expired => {
                return Err(AppError::input("this form came after its last day")
                    .hint("If you take it all the same, say so: --late on the command line, or the box on the page."));
            }
            LinkState::Revoked => {
                return Err(AppError::input(
                    "this form was taken back, or a newer one was made for the same request",
                )
                .hint("Ask for the newer form; or write its answer down as told to you."));
            }
        }
        let seen = self.feedback_request(about).await?;
        let sent = self.form_text(&seen.request, &read.code).await?;
        let sent = read_form(sent.as_bytes())
            .map_err(|problems| AppError::document("the form as it was sent", &problems))?;
        if let Some((line, was)) = read.altered(&sent) {
            let was = if was.is_empty() {
                "nothing".to_owned()
            } else {
                format!("“{was}”")
            };
            let place = if line == 0 {
                "at its end".to_owned()
            } else {
                format!("in line {line}")
            };
            return Err(AppError::input(format!("the form was altered {place}: {was} stood there"))
                .hint("An answer counts only for the question that was asked. Ask for it in the form as it was sent.")
                .hint("Lines that begin with | are the form's own. Nothing was recorded."));
        }
        let by = answered_by(&read, &seen.request, lenient)?;
        let given = FeedbackGiven {
            request: Some(about),
            by,
            role: seen.request.role,
            channel: Channel::File,
            said: self.said_in(&read, &seen.request).await?,
        };
        self.take_feedback(link.invitation.answer, given).await
    }

    async fn said_in(&self, read: &FormRead, request: &FeedbackRequest) -> Result<FeedbackSaid, AppError> {
        let text = |key: &str| read.answer(key).to_owned();
        let FeedbackAbout::Competencies { competencies, .. } = &request.about else {
            return Ok(FeedbackSaid::Recognised(Recognised {
                what: text("what"),
                how_hard: text("how-hard"),
                otherwise: text("otherwise"),
            }));
        };
        let shown = self.shown_to_giver(request).await?;
        let mut of = Vec::new();
        for competency in competencies {
            let at = |key: &str| read.place(key).map_or(0, |p| p.line);
            let key = format!("next:{competency}");
            let said = read.answer(&key);
            let Some(next_time) = NextTime::told(said) else {
                let what = if said.is_empty() {
                    "nothing is".to_owned()
                } else {
                    format!("“{said}” is")
                };
                return Err(
                    AppError::input(format!("line {}: {what} written for {key}", at(&key))).hint(format!(
                        "Write one of: {}. Nothing was recorded.",
                        words::next_times()
                    )),
                );
            };
            let key = format!("step:{competency}");
            let word = read.answer(&key).to_lowercase();
            let step = shown
                .steps
                .iter()
                .find(|(id, title, _)| *id == word || title.to_lowercase() == word);
            if step.is_none() && !word.is_empty() {
                return Err(
                    AppError::input(format!("line {}: there is no step “{word}”", at(&key)))
                        .hint("Write one of the words the form lists, or nothing. Nothing was recorded."),
                );
            }
            of.push(OfCompetency {
                competency: competency.clone(),
                next_time,
                step: step.and_then(|(id, ..)| id.parse().ok()),
            });
        }
        Ok(FeedbackSaid::Observed(Observed {
            saw: text("saw"),
            when: text("when"),
            of,
            strengths: text("strengths"),
            change: text("change"),
        }))
    }
}

/// What a giver reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownToGiver {
    /// The piece of work, as it is shown to them.
    pub work: Option<String>,
    /// A few words to them; may be empty.
    pub note: String,
    /// What is asked about.
    pub competencies: Vec<AskedCompetency>,
    /// The steps: id, title, statement.
    pub steps: Vec<(String, String, String)>,
}

/// A competency as a giver reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedCompetency {
    /// Which.
    pub id: CompetencyId,
    /// Its name.
    pub name: String,
    /// What it looks like when it is done well.
    pub looks_like: String,
    /// What the criteria say of it at a step, in words of their own: the step's id, the text.
    pub worded: Vec<(String, String)>,
}

/// Who answered a form: the one who was asked, or somebody the owner names.
fn answered_by(read: &FormRead, request: &FeedbackRequest, lenient: &Lenient) -> Result<String, AppError> {
    let said = read
        .answer("name")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    if let Some(from) = &lenient.from {
        return Ok(from.trim().to_owned());
    }
    if said.is_empty() || same(&said, &request.to) {
        return Ok(request.to.clone());
    }
    Err(AppError::input(format!("you asked {}, and {said} answered", request.to)).hint(format!(
        "If that is right, say so: --from \"{said}\" on the command line, or the field on the page. Nothing was recorded."
    )))
}

/// Whether an answer says nothing but yes, no or one of the other answers.
fn is_bare(answer: &str) -> bool {
    const WORDS: [&str; 18] = [
        "yes",
        "no",
        "not",
        "yet",
        "with",
        "somebody",
        "someone",
        "beside",
        "me",
        "you",
        "them",
        "him",
        "her",
        "cannot",
        "can",
        "t",
        "say",
        "unsupervised",
    ];
    let lower = answer.to_lowercase();
    let mut words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.all(|word| WORDS.contains(&word))
}
