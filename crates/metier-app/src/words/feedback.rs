//! Feedback in words: what is asked, who will see it, what was said.

use metier_core::feedback::{
    Channel, FeedbackAbout, FeedbackGiven, FeedbackRequest, FeedbackSaid, NextTime, Use,
};
use metier_core::journal::Purpose;

use super::{Words, capital, list, role};

/// The question that is asked of each competency.
pub const NEXT_TIME: &str = "Would you let them do it unsupervised next time?";

/// An answer to [`NEXT_TIME`].
pub fn next_time(answer: NextTime) -> &'static str {
    match answer {
        NextTime::Unsupervised => "yes",
        NextTime::Beside => "with somebody beside them",
        NextTime::NotYet => "not yet",
        NextTime::CannotSay => "cannot say",
    }
}

/// What came of feedback.
pub fn used(how: Use) -> &'static str {
    match how {
        Use::Changed => "did something differently",
        Use::Planned => "put it into the plan",
        Use::TalkedOver => "talked it over",
        Use::SetAside => "set it aside",
    }
}

/// The way feedback came.
pub fn came(channel: Channel) -> &'static str {
    match channel {
        Channel::Link => "by link",
        Channel::File => "by file",
        Channel::Mail => "by mail, pasted by you",
        Channel::Told => "told to you, written down by you",
    }
}

/// Who will see an answer, as the giver reads it first: "Only Ada sees what you write."
pub fn who_sees(name: &str, seen_by: &[String]) -> String {
    if seen_by.is_empty() {
        return format!("Only {name} sees what you write.");
    }
    let mut all = vec![name.to_owned()];
    all.extend(seen_by.iter().cloned());
    format!("{} see what you write, with your name.", list(&all))
}

/// What an answer is for, as the giver reads it first.
pub fn what_for(name: &str, purpose: Purpose) -> String {
    match purpose {
        Purpose::Development => format!(
            "It is for {name} to get better. Metier shows it in no paper that is made for a decision about them."
        ),
        Purpose::Administrative => {
            format!("It may be used in a decision about {name}, such as a review, a promotion or a raise.")
        }
    }
}

impl Words<'_> {
    /// What a request asks about: "Publish an article and Edit a draft".
    pub fn asked_about(&self, about: &FeedbackAbout) -> String {
        match about {
            FeedbackAbout::Competencies { competencies, .. } => {
                let names: Vec<String> = competencies
                    .iter()
                    .map(|c| self.competency(c).to_owned())
                    .collect();
                list(&names)
            }
            FeedbackAbout::Recognition { work } => format!("what “{}” was worth", self.evidence(work)),
        }
    }

    /// A request in a line.
    pub fn asked_for_feedback(&self, request: &FeedbackRequest) -> String {
        format!(
            "Asked {} ({}) about {}",
            request.to,
            role(request.role),
            self.asked_about(&request.about)
        )
    }

    /// Feedback in a line.
    pub fn feedback_said(&self, given: &FeedbackGiven) -> String {
        let who = format!("{} ({}) said", given.by, role(given.role));
        match &given.said {
            FeedbackSaid::Recognised(r) => format!("{who}: {}", r.what),
            FeedbackSaid::Observed(o) => {
                let words = [&o.saw, &o.strengths, &o.change];
                let first = words.into_iter().find(|w| !w.is_empty());
                let of = o.of.first().map(|of| {
                    let answer = capital(next_time(of.next_time));
                    format!("{}: unsupervised? {answer}", self.competency(&of.competency))
                });
                let what = first.cloned().or(of).unwrap_or_default();
                format!("{who}: {what}")
            }
        }
    }
}
