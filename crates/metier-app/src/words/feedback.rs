//! Feedback in words: what is asked, who will see it, what was said.

use metier_core::feedback::{
    Channel, FeedbackAbout, FeedbackGiven, FeedbackRequest, FeedbackSaid, NextTime, Use,
};
use metier_core::journal::Purpose;

use super::{Words, capital, list, plural, role};

/// The question that is asked of each competency.
pub const NEXT_TIME: &str = "Would you let them do it unsupervised next time?";

/// What is asked first.
pub const SAW: &str = "What did you see them do? One occasion, as a camera would have seen it: what they did, and what came of it.";

/// What is asked of the worth of an accomplishment.
pub const WORTH: [&str; 3] = [
    "What was it, in your own words?",
    "How hard was it, compared with what you usually see?",
    "What would have happened otherwise?",
];

/// What is said where answers of so many people wait for the person's own view.
pub fn answers_wait(people: usize) -> String {
    let whose = plural(
        people as u64,
        "person\u{2019}s answer waits",
        "people\u{2019}s answers wait",
    );
    format!("{} until you have said where you see yourself.", capital(&whose))
}

/// Why it waits, and what holds it.
pub const OWN_VIEW_FIRST: &str = "Your own view comes first, so that it is yours. Until then such an answer counts in nothing you are shown. It lies in your own journal: waiting is a courtesy to yourself, and nothing locks it away.";

/// The answers to [`NEXT_TIME`], as they can be written.
pub fn next_times() -> String {
    let all: Vec<&str> = NextTime::ALL.into_iter().map(next_time).collect();
    all.join(" / ")
}

/// What a mail asks, in the first person: each competency by itself, by the `names` its reader sees.
pub fn mail_questions(about: &FeedbackAbout, names: &[String]) -> Vec<String> {
    let FeedbackAbout::Competencies { .. } = about else {
        return WORTH.map(str::to_owned).to_vec();
    };
    let mut asked = vec![
        "What did you see me do? One occasion is enough.".to_owned(),
        "When was that? A month is enough.".to_owned(),
    ];
    for (n, name) in names.iter().enumerate() {
        // Names kept out may leave two alike: what is asked must still be told apart.
        let again = match names[..n].iter().filter(|other| *other == name).count() {
            0 => String::new(),
            before => format!(" ({})", before + 1),
        };
        asked.push(format!(
            "{name}{again}: would you let me do it unsupervised next time? (yes / with somebody beside me / not yet / cannot say)"
        ));
    }
    asked.push("What do I do well?".to_owned());
    asked.push("What is the one thing I should change?".to_owned());
    asked
}

/// [`who_sees`], as the person writes it in a mail.
pub fn i_see(seen_by: &[String]) -> String {
    if seen_by.is_empty() {
        return "Only I see what you write.".into();
    }
    let mut all = seen_by.to_vec();
    all.push("I".into());
    format!("{} see what you write, with your name.", list(&all))
}

/// [`what_for`], as the person writes it in a mail.
pub fn for_me(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Development => {
            "It is for me to get better, and goes into no paper made for a decision about me."
        }
        Purpose::Administrative => {
            "It may be used in a decision about me, such as a review, a promotion or a raise."
        }
    }
}

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
