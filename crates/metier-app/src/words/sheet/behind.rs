//! What a paper stands on: how much of it is met, whose word how much of it is, what was there before whose word.

use metier_core::packet::Case;
use metier_core::standing::{Standing, Verdict};

use super::Voice;
use crate::words::{self, capital, day, number, plural};

/// "Of 12 asked for, four are met, six not yet, and two cannot be told."
pub(super) fn counts(standing: &Standing) -> String {
    let (mut met, mut not_yet, mut unknown) = (0_u64, 0_u64, 0_u64);
    for competency in standing.competencies.iter().filter(|c| c.expected.is_some()) {
        match competency.verdict {
            Verdict::Yes => met += 1,
            Verdict::NotYet { .. } => not_yet += 1,
            Verdict::CannotTell { .. } => unknown += 1,
            Verdict::NotAsked => {}
        }
    }
    format!(
        "Of {} asked for, with those that count and need not be met: {} met, {} not yet, {} that cannot be told yet.",
        plural(met + not_yet + unknown, "thing", "things"),
        number(met),
        number(not_yet),
        number(unknown)
    )
}

/// Whose word how much of it is.
pub(super) fn stands_on(case: &Case, voice: Voice<'_>) -> Vec<String> {
    let s = case.statements;
    if s.evidence == 0 && s.heard + s.relayed == 0 {
        return vec!["Nothing is behind it yet.".into()];
    }
    if s.evidence == 0 {
        return vec![format!(
            "No piece of evidence is behind it yet. {}",
            words_of_others(case, voice)
        )];
    }
    let mut said = vec![format!(
        "It stands on {}: {} confirmed by somebody else; of the rest {} with something to show, and {} {} and no more.",
        plural(u64::from(s.evidence), "piece of evidence", "pieces of evidence"),
        number(u64::from(s.confirmed)),
        number(u64::from(s.artefact)),
        number(u64::from(s.own_word)),
        if s.own_word == 1 {
            voice.own("statement")
        } else {
            voice.own("statements")
        }
    )];
    said.push(words_of_others(case, voice));
    said
}

fn words_of_others(case: &Case, voice: Voice<'_>) -> String {
    let s = case.statements;
    match (s.heard, s.relayed) {
        (0, 0) => "No word of anybody else is in it.".into(),
        (heard, 0) => format!(
            "{} by others, sent by themselves.",
            capital(&plural(u64::from(heard), "word", "words"))
        ),
        (0, relayed) => format!(
            "{} by others, all as {} wrote them down.",
            capital(&plural(u64::from(relayed), "word", "words")),
            voice.name().replace("You", "you")
        ),
        (heard, relayed) => format!(
            "{} by others: {} from themselves, {} as {} wrote them down.",
            capital(&plural(u64::from(heard + relayed), "word", "words")),
            number(u64::from(heard)),
            number(u64::from(relayed)),
            voice.name().replace("You", "you")
        ),
    }
}

/// What was recorded before whose word.
pub(super) fn witnesses(case: &Case) -> Vec<String> {
    case.witnesses
        .iter()
        .map(|w| {
            let on = w.at.to_zoned(jiff::tz::TimeZone::UTC).date();
            let after = match w.after {
                0 => String::new(),
                n => format!("; {} since", number(u64::from(n))),
            };
            format!(
                "{} ({}), {} on {}: {} of the pieces above were recorded before{after}.",
                w.who,
                words::role(w.role),
                words::arrival(w.arrival),
                day(on),
                number(u64::from(w.before)),
            )
        })
        .collect()
}
