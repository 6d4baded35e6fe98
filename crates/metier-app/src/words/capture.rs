//! Drafts in words: what one is taken for, which day was understood, what became of a paste.

use super::{capital, day, kind, list, plural};
use crate::captures::{Dated, Exactness, Form, Proposal, Proposed, Taken};

/// What a draft is taken for, and because of which words: "Taken for teaching, from “coached”".
pub fn taken_for(proposal: &Proposal) -> String {
    let what = match &proposal.what {
        Proposed::Position { .. } => "a position".to_owned(),
        Proposed::Evidence(what) => with_article(kind(what.kind())),
    };
    match proposal.because.as_str() {
        "" => format!("Taken for {what}: nothing in it says more"),
        because if because.contains('“') || because.contains("quotation") => {
            format!("Taken for {what}, from {because}")
        }
        because => format!("Taken for {what}, from “{because}”"),
    }
}

pub(super) fn with_article(kind: &str) -> String {
    match kind {
        "teaching" | "learning" | "recognition" => kind.to_owned(),
        kind if kind.starts_with('a') => format!("an {kind}"),
        kind => format!("a {kind}"),
    }
}

/// That a draft will be recorded as confidential, and because of which words; `None` where it will not.
pub fn marked_confidential(proposal: &Proposal) -> Option<String> {
    (!proposal.confidential.is_empty()).then(|| {
        format!(
            "Marked confidential, from “{}”: others read nothing of it until you write a text for them",
            proposal.confidential
        )
    })
}

/// How many drafts were left waiting when all were recorded: those with an open question.
pub fn left_waiting(many: usize) -> String {
    match many {
        1 => "One keeps waiting, because it has an open question.".to_owned(),
        n => format!(
            "{} keep waiting, because each has an open question.",
            capital(&super::number(n as u64))
        ),
    }
}

/// The day a draft understood, from which words: "1 March 2026, from “March 2026”: a month stands for
/// its first day".
pub fn understood(dated: Option<&Dated>) -> String {
    let Some(dated) = dated else {
        return "No day is said in it".into();
    };
    let stands = match dated.exact {
        Exactness::Day => "",
        Exactness::Week => ": a week stands for its first day",
        Exactness::Month => ": a month stands for its first day",
        Exactness::Quarter => ": a quarter stands for its first day",
        Exactness::Half => ": half a year stands for its first day",
        Exactness::Year => ": a year stands for its first day",
        Exactness::Span => ": some time until then, so its last day is taken",
    };
    format!("{}, from “{}”{stands}", day(dated.date), dated.said)
}

/// When a position was held, as far as a draft says.
pub fn held(proposal: &Proposal) -> Option<String> {
    let Proposed::Position {
        organisation,
        from,
        until,
    } = &proposal.what
    else {
        return None;
    };
    let with = if organisation.is_empty() {
        String::new()
    } else {
        format!("{organisation}, ")
    };
    let until = until.map_or_else(|| "now".to_owned(), day);
    Some(format!("{with}{} to {until}", day(*from)))
}

/// What a paste was taken for.
pub fn form(form: Form) -> &'static str {
    match form {
        Form::List => "a list",
        Form::Resume => "a resume",
        Form::JsonResume => "a resume in JSON",
        Form::Markdown => "a document with headings",
        Form::Mail => "a mail",
        Form::Table => "a table",
    }
}

/// What became of a paste, in sentences: what is new, what was recognised, what found no room.
pub fn taken(taken: &Taken) -> Vec<String> {
    let mut said = Vec::new();
    let new = taken.new.len() as u64;
    let drafts = |n: u64| capital(&plural(n, "draft", "drafts"));
    said.push(match new {
        0 => format!("Read as {}. Nothing in it is new.", form(taken.form)),
        n => format!("Read as {}. {} to confirm.", form(taken.form), drafts(n)),
    });
    let mut known = Vec::new();
    for (n, what) in [
        (taken.waiting.len(), "waiting already"),
        (taken.recorded, "recorded before"),
        (taken.dismissed, "dismissed before"),
    ] {
        if n > 0 {
            known.push(format!("{} {what}", super::number(n as u64)));
        }
    }
    if !known.is_empty() {
        said.push(format!("Recognised: {}.", list(&known)));
    }
    if taken.no_room > 0 {
        said.push(format!(
            "{} found no room: confirm or dismiss some that wait, then bring the same again.",
            capital(&super::number(taken.no_room as u64))
        ));
    }
    said
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Metier;

    fn one(text: &str) -> Proposal {
        Metier::read_capture("it", text.as_bytes(), None)
            .unwrap()
            .proposals
            .remove(0)
    }

    #[test]
    fn a_draft_says_what_it_is_taken_for_and_from_which_words() {
        for (text, said) in [
            ("Coached Bo", "Taken for teaching, from “coached”"),
            (
                "Tidied up",
                "Taken for an accomplishment: nothing in it says more",
            ),
            (
                "Published a guide",
                "Taken for a piece of communication, from “published”",
            ),
            (
                "{\"awards\": [{\"title\": \"Best\"}]}",
                "Taken for recognition, from the section “awards”",
            ),
        ] {
            assert_eq!(taken_for(&one(text)), said);
        }
        let job =
            one("{\"work\": [{\"position\": \"Editor\", \"name\": \"Acme\", \"startDate\": \"2020-01\"}]}");
        assert_eq!(held(&job).unwrap(), "Acme, 1 January 2020 to now");
    }

    #[test]
    fn a_day_says_from_which_words_it_was_understood() {
        let dated = |said: &str, exact| Dated {
            date: date(2026, 3, 1),
            said: said.into(),
            exact,
        };
        assert_eq!(
            understood(Some(&dated("March 2026", Exactness::Month))),
            "1 March 2026, from “March 2026”: a month stands for its first day"
        );
        assert_eq!(
            understood(Some(&dated("2026-03-01", Exactness::Day))),
            "1 March 2026, from “2026-03-01”"
        );
        assert_eq!(understood(None), "No day is said in it");
    }
}
