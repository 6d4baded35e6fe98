//! What peers say without their names, in words: who sees what, how far a round is, what was released.

use jiff::civil::Date;
use metier_core::feedback::NextTime;
use metier_core::gathering::{GatheringFact, OfPeers, Peered, PeersAsked, Round, TooFew};

use super::{Words, day, list, role};

/// What a release is, and what it is not.
pub const NO_RATING: &str = "It is no rating and bears on no step. It is for you to get better, and is shown in no \
     paper made for a decision.";

/// What the person hears of the round, before they ask.
pub fn unnamed_for_me(threshold: u32) -> String {
    format!(
        "Somebody you and your peers trust gathers the answers, and can read each with its name. You get only which \
         answers {threshold} or more people gave, never how many exactly, and their words if {threshold} or more people let \
         theirs be shown. You never learn who said what, nor how many answered."
    )
}

/// Why the number of answers is not told.
pub const NOT_HOW_MANY: &str = "How many answered is not told, nor how many gave an answer exactly: \u{201c}5 of \
     6\u{201d} would say that one person gave another.";

/// What somebody who answers reads first, in order.
pub fn unnamed_first(asked: &PeersAsked) -> Vec<String> {
    let (person, collector, n) = (&asked.person, &asked.collector, asked.threshold);
    vec![
        format!(
            "{collector} gathers the answers for {person}, and can read each of them with its name. That {person} \
                 does not learn who said what rests on {collector}."
        ),
        format!(
            "{person} gets which answers {n} or more people gave, and never how many exactly. With fewer than {n} \
                 answers {person} gets nothing at all. How many answered is never told."
        ),
        format!(
            "Your own words reach {person} only if you say so below, and only among those of {n} or more people: \
                 without your name, without the day, in an order that tells nothing."
        ),
        format!(
            "It is for {person} to get better. Metier shows it in no paper that is made for a decision about them."
        ),
    ]
}

/// What to mind in one's own words.
pub const MIND_YOUR_WORDS: &str = "They are read as you write them: leave out what only you could know.";

/// What the answers to one competency come to: "5 or more would let you do it unsupervised next time."
pub fn of_peers(of: &OfPeers, threshold: u32) -> String {
    if of.withheld {
        return "No number is told here: beside the others it would tell what single people said.".into();
    }
    if of.counts.is_empty() {
        return format!(
            "Nothing can be told here: either no answer was given by {threshold} or more people, or three or all four \
             answers were."
        );
    }
    let mut said: Vec<String> = of.counts.iter().map(|(answer, n)| counted(*answer, *n)).collect();
    said.push(if of.counts.len() == 1 {
        format!("Each other answer was given by fewer than {threshold}, perhaps by nobody.")
    } else {
        format!("Each of the others was given by fewer than {threshold}, perhaps by nobody.")
    });
    said.join(" ")
}

fn counted(answer: NextTime, n: u32) -> String {
    match answer {
        NextTime::Unsupervised => format!("{n} or more would let you do it unsupervised next time."),
        NextTime::Beside => format!("{n} or more would let you do it with somebody beside you."),
        NextTime::NotYet => format!("{n} or more say: not yet."),
        NextTime::CannotSay => format!("{n} or more cannot say."),
    }
}

/// The same beside the competency, with who gathered it and when: never a day of an answer.
pub fn beside_competency(peered: &Peered<'_>) -> String {
    let release = peered.release;
    format!(
        "{} {} Gathered by {}, released on {}.",
        at_least(release.told.threshold),
        of_peers(peered.of, release.told.threshold),
        release.collector,
        day(release.released_on)
    )
}

/// How many answered, as far as that is told.
pub fn at_least(threshold: u32) -> String {
    format!("At least {threshold} people answered.")
}

/// What came, where it waits for the person's own view.
pub const RELEASE_WAITS: &str =
    "What peers say has come, and waits until you have said where you see yourself.";

/// How far a round is: "4 of 6 answered; nothing can be released under 5."
pub fn round_so_far(round: &Round) -> String {
    let (answered, asked) = (round.answered(), round.peers.len());
    let threshold = round.letter.asked.threshold;
    if asked == 0 {
        return format!("Nobody is asked yet: name at least {threshold}.");
    }
    let so_far = format!("{answered} of {asked} answered");
    if answered < threshold as usize {
        format!("{so_far}; nothing can be released under {threshold}.")
    } else {
        format!("{so_far}; that is enough to release.")
    }
}

/// Where a round stands: "open until 20 May 2026".
pub fn round_state(round: &Round, today: Date) -> String {
    match &round.closed {
        Some((on, Some(_))) => format!("released on {}", day(*on)),
        Some((on, None)) => format!("closed on {}, and nothing was released", day(*on)),
        None if today > round.letter.asked.until => {
            format!("its last day was {}; close it", day(round.letter.asked.until))
        }
        None => format!("open until {}", day(round.letter.asked.until)),
    }
}

/// Why nothing was released.
pub fn nothing_released(few: TooFew) -> String {
    format!(
        "{} {} answered; nothing can be released under {}.",
        few.answered,
        if few.answered == 1 { "person" } else { "people" },
        few.threshold
    )
}

/// What is asked about, by name.
pub fn asked_of_peers(asked: &PeersAsked) -> String {
    let names: Vec<String> = asked.about.iter().map(|of| of.name.clone()).collect();
    list(&names)
}

impl Words<'_> {
    pub(super) fn of_gathering(said: &GatheringFact) -> String {
        match said {
            GatheringFact::Asked(asked) => format!(
                "Asked {} to gather what peers say of {}, without names",
                asked.collector,
                asked_of_peers(asked)
            ),
            GatheringFact::Collecting(letter) => {
                format!(
                    "Gathers for {} what peers say, without names",
                    letter.asked.person
                )
            }
            GatheringFact::Invited(peer) => format!("Asked {} ({}) for a round", peer.name, role(peer.role)),
            // Who, and what, is for nobody who looks over the shoulder.
            GatheringFact::Answered(_) => "An answer to a round that is gathered here".into(),
            GatheringFact::Closed(closed) if closed.release.is_some() => {
                "Released what peers say, without names".into()
            }
            GatheringFact::Closed(_) => "Closed a round; too few had answered to release anything".into(),
            GatheringFact::Came(came) => format!(
                "What peers say without names, gathered by {}",
                came.release.collector
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: &[(NextTime, u32)], withheld: bool) -> String {
        let of = OfPeers {
            competency: "c".parse().unwrap(),
            name: "C".into(),
            counts: counts.iter().copied().collect(),
            withheld,
        };
        of_peers(&of, 5)
    }

    #[test]
    fn what_enough_gave_is_told_and_what_is_not_told_is_said() {
        assert_eq!(
            of(&[(NextTime::Unsupervised, 5)], false),
            "5 or more would let you do it unsupervised next time. Each other answer was given by fewer than 5, perhaps by nobody."
        );
        assert!(of(&[], false).starts_with("Nothing can be told here"));
        assert!(of(&[], true).contains("single people"));
    }
}
