//! What kind of thing a line tells of, by the words in it. A guess to be confirmed, with the words that
//! led to it. English only.

use metier_core::framework::EvidenceKind;

/// The kind a line is taken for, and because of which words; no words when nothing in it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TakenFor {
    pub kind: EvidenceKind,
    pub because: String,
}

/// Beginnings of words and phrases that tell of a kind. A `*` at the end stands for any ending.
const CUES: &[(EvidenceKind, &[&str])] = &[
    (
        EvidenceKind::Recognition,
        &[
            "award*",
            "won the",
            "won a",
            "won an",
            "prize*",
            "employee of the",
            "nominated",
            "kudos",
            "shout-out",
            "shoutout",
            "thanked by",
            "thank you",
            "thank you",
            "thanks for",
            "well done",
            "great job",
            "great work",
            "praised",
            "commended",
            "honoured",
            "honored",
            "recognised by",
            "recognized by",
            "voted best",
        ],
    ),
    (
        EvidenceKind::Credential,
        &[
            "certified",
            "certificate*",
            "certification*",
            "licence*",
            "license*",
            "licensed",
            "accredited",
            "passed the exam*",
            "passed my exam*",
            "passed the board*",
            "diploma",
            "chartered",
        ],
    ),
    (
        EvidenceKind::Teaching,
        &[
            "taught",
            "teaching",
            "trained",
            "coached",
            "coaching",
            "mentored",
            "mentoring",
            "tutored",
            "onboarded",
            "onboarding",
            "showed how",
            "instructed",
            "supervised students",
            "ran a training*",
            "gave a training*",
            "precepted",
        ],
    ),
    (
        EvidenceKind::Incident,
        &[
            "outage*",
            "incident*",
            "root cause*",
            "debugged",
            "troubleshot",
            "troubleshooting",
            "diagnosed",
            "recovered",
            "restored",
            "post-mortem*",
            "postmortem*",
            "escalat*",
            "resolved",
            "rescued",
            "put right",
        ],
    ),
    (
        EvidenceKind::Learning,
        &[
            "completed a course*",
            "completed the course*",
            "completed a training*",
            "took a course*",
            "course on",
            "course in",
            "attended",
            "learned",
            "learnt",
            "studied",
            "self-study",
            "read the book*",
            "webinar*",
            "seminar*",
            "workshop attended",
            "degree in",
        ],
    ),
    (
        EvidenceKind::Communication,
        &[
            "published",
            "article*",
            "blog*",
            "podcast*",
            "keynote*",
            "spoke at",
            "talk at",
            "gave a talk",
            "gave talk*",
            "presented",
            "presentation*",
            "conference*",
            "white paper*",
            "whitepaper*",
            "newsletter*",
            "interviewed by",
            "press release*",
            "reported to",
            "wrote the report",
            "wrote a report",
        ],
    ),
    (
        EvidenceKind::Ownership,
        &[
            "own the",
            "owned",
            "owner of",
            "responsible for",
            "accountable for",
            "in charge of",
            "took over",
            "head of",
            "answer for",
        ],
    ),
    (
        EvidenceKind::Project,
        &[
            "project*",
            "launched",
            "launch of",
            "rolled out",
            "roll-out*",
            "rollout*",
            "migrated",
            "migration*",
            "shipped",
            "delivered",
            "on time",
            "deadline*",
            "organised",
            "organized",
            "led the",
            "led a",
            "managed the",
            "managed a",
            "campaign*",
        ],
    ),
];

/// Characters looked at: what a thing is stands near its beginning.
const LOOKED_AT: usize = 2_000;

/// What kind of thing a line tells of: the cue that comes first in it, because people begin with the verb.
pub(super) fn of_words(text: &str) -> TakenFor {
    let lower: String = text.chars().take(LOOKED_AT).collect::<String>().to_lowercase();
    let mut first: Option<(usize, EvidenceKind, &str)> = None;
    for (kind, cues) in CUES {
        for cue in *cues {
            if let Some((at, said)) = find(&lower, cue)
                && first.is_none_or(|(before, ..)| at < before)
            {
                first = Some((at, *kind, said));
            }
        }
    }
    match first {
        Some((_, kind, said)) => TakenFor {
            kind,
            because: said.to_owned(),
        },
        None => TakenFor {
            kind: EvidenceKind::Accomplishment,
            because: String::new(),
        },
    }
}

/// Where a cue stands in a text, as whole words.
fn find<'t>(text: &'t str, cue: &str) -> Option<(usize, &'t str)> {
    let (stem, any_ending) = match cue.strip_suffix('*') {
        Some(stem) => (stem, true),
        None => (cue, false),
    };
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(stem) {
        let (at, end) = (from + found, from + found + stem.len());
        let begins = !text[..at].ends_with(char::is_alphanumeric);
        let rest = &text[end..];
        let more = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        if begins && (any_ending || more == 0) && !rest[more..].starts_with(char::is_alphanumeric) {
            return Some((at, &text[at..end + more]));
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (EvidenceKind, String) {
        let taken = of_words(text);
        (taken.kind, taken.because)
    }

    #[test]
    fn the_first_cue_in_a_line_says_what_kind_it_is() {
        use EvidenceKind as K;
        for (text, kind, because) in [
            ("Coached Bo through her first audit", K::Teaching, "coached"),
            ("Published the guide to coaching", K::Communication, "published"),
            ("Won the regional safety award", K::Recognition, "won the"),
            ("Successfully won Techcrunch Disrupt", K::Accomplishment, ""),
            ("Awarded 'Teacher of the Month'", K::Recognition, "awarded"),
            (
                "Found the root cause of the billing outage",
                K::Incident,
                "root cause",
            ),
            ("Certified in wound care", K::Credential, "certified"),
            ("Attended a seminar on grammar", K::Learning, "attended"),
            ("Owner of the customer letter", K::Ownership, "owner of"),
            (
                "Spring launch: eight articles on time",
                K::Communication,
                "articles",
            ),
            ("Launched eight articles", K::Project, "launched"),
            ("Tidied the stock room", K::Accomplishment, ""),
            ("Retrained nobody", K::Accomplishment, ""),
            ("Disowned it", K::Accomplishment, ""),
        ] {
            assert_eq!(taken(text), (kind, because.into()), "{text}");
        }
    }

    #[test]
    fn any_text_is_taken_for_something() {
        for text in ["", "İstanbul'da ÖĞRETTİM", "日本語 project", "ßß taught ßß"] {
            of_words(text);
        }
        assert_eq!(taken("日本語 project").0, EvidenceKind::Project);
    }
}
