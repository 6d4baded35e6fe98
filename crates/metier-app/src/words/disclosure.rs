//! What others would see, in words: why something is left out, what a part of a text looks like.

use metier_core::disclosure::{LeftOut, Like, View, What, Whose};
use metier_core::rating::Role;

use super::capture::with_article;
use super::{capital, kind, role};

/// A view others look at: "a packet".
pub fn view(view: View) -> &'static str {
    match view {
        View::Packet => "a packet",
        View::FeedbackForm => "a feedback form",
        View::Receipt => "a receipt",
        View::Public => "a public page",
    }
}

/// Why something is not seen, as a sentence.
pub fn left_out(reason: LeftOut) -> &'static str {
    match reason {
        LeftOut::NotThere => "It was taken back, so nobody sees it.",
        LeftOut::NotShown => "It is private: nobody else sees it.",
        LeftOut::GivenForDevelopment => "It was given for development, so nobody who decides sees it.",
        LeftOut::NotTold => "Who said it was not told that these would see it, so they do not.",
        LeftOut::NoTextForOthers => "It is confidential and has no text for others, so it is left out.",
        LeftOut::NoPlace => "Such a view tells nothing of it.",
    }
}

/// What sort of thing it is: "a rating by your manager".
pub fn sort(what: &What) -> String {
    match what {
        What::Evidence { evidence } => with_article(kind(*evidence)),
        What::Confirmation { role: by, .. } => format!("a confirmation by {}", who(*by)),
        What::Rating {
            role: Role::Oneself, ..
        } => "your own rating".into(),
        What::Rating { role: by, .. } => format!("a rating by {}", who(*by)),
        What::Feedback { role: by, .. } => format!("feedback by {}", who(*by)),
        What::Dispute { .. } => "a dispute".into(),
        What::DisputeSettled { .. } => "the end of a dispute".into(),
    }
}

fn who(by: Role) -> String {
    match by {
        Role::Oneself => "yourself".into(),
        other => with_article(role(other)),
    }
}

/// What a part of a text looks like: "an e-mail address".
pub fn like(like: Like) -> &'static str {
    match like {
        Like::Email => "an e-mail address",
        Like::Phone => "a telephone number",
        Like::Number => "a number somebody goes by",
        Like::Patient => "somebody in your care",
        Like::Client => "a client",
        Like::Person => "a person’s name",
        Like::PartOfName => "part of a name you keep out",
    }
}

/// Whose name is kept out: "a patient’s".
pub fn whose(whose: Whose) -> &'static str {
    match whose {
        Whose::Patient => "a patient’s, a pupil’s: somebody in your care",
        Whose::Client => "a client’s or a customer’s",
        Whose::Employer => "the employer’s secret",
        Whose::Other => "somebody’s",
    }
}

/// The field a text stands in, as pages call it.
pub fn field(name: &str) -> String {
    match name {
        "title" => "In one line".into(),
        "redacted" => "What others read instead".into(),
        "by" => "Who".into(),
        "saw" => "What they saw".into(),
        "change" => "To change".into(),
        "otherwise" => "What would have happened otherwise".into(),
        other => capital(other),
    }
}
