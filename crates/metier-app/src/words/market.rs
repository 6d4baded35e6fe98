//! What is said of the market, in words.

use metier_core::market::{AdvertEnd, HowOften, MarketFact, SourceKind};

use super::Words;
use crate::market::{AskedFor, MarketSeen};

impl Words<'_> {
    pub(super) fn of_market(&self, said: &MarketFact) -> String {
        match said {
            MarketFact::Advert(a) if a.employer.is_empty() => {
                format!("An advert you would answer: {}", a.title)
            }
            MarketFact::Advert(a) => format!("An advert you would answer: {}, {}", a.title, a.employer),
            MarketFact::Closed(c) => format!("Put an advert away: {}", advert_end(c.why)),
            MarketFact::Ruling(r) if r.asks => {
                format!(
                    "An advert asks for {}: \u{201c}{}\u{201d}",
                    self.competency(&r.competency),
                    r.sentence
                )
            }
            MarketFact::Ruling(r) if r.sentence.is_empty() => {
                format!("An advert does not ask for {}", self.competency(&r.competency))
            }
            MarketFact::Ruling(r) => {
                format!(
                    "No word of {} in \u{201c}{}\u{201d}",
                    self.competency(&r.competency),
                    r.sentence
                )
            }
            MarketFact::AlsoCalled(a) => {
                format!("{} is also called {}", self.competency(&a.competency), a.name)
            }
            MarketFact::SetAside(s) => format!("A name in adverts set aside: {}", s.name),
            MarketFact::LookedAt(_) => "Looked at the adverts".into(),
            MarketFact::Source(s) => format!("A source you follow: {}", s.name),
            MarketFact::Note(n) if n.changed.is_empty() => format!("Noted of {}: {}", n.about, n.text),
            MarketFact::Note(n) => {
                format!("Noted of {}: {} What you changed: {}", n.about, n.text, n.changed)
            }
        }
    }
}

/// Why an advert was put away.
pub fn advert_end(why: AdvertEnd) -> &'static str {
    match why {
        AdvertEnd::Closed => "the work is given",
        AdvertEnd::Answered => "you answered it",
        AdvertEnd::NotForMe => "not for you after all",
    }
}

/// A sort of source.
pub fn source_kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Periodical => "magazine or newsletter",
        SourceKind::Person => "person",
        SourceKind::Body => "body of the profession",
        SourceKind::Event => "meeting or conference",
        SourceKind::JobBoard => "place of adverts",
        SourceKind::Other => "other",
    }
}

/// How often one looks.
pub fn how_often(every: HowOften) -> &'static str {
    match every {
        HowOften::Weekly => "every week",
        HowOften::Monthly => "every month",
        HowOften::Quarterly => "every three months",
        HowOften::Yearly => "every year",
    }
}

/// What adverts miss, in a line: it stands beside every count of them.
pub const COVERAGE: &str = "Adverts online over-represent office work: in 2014, 60 to 70% of openings in the US were advertised there. A dozen of them say \
     what these employers wrote, not what the trade needs.";

/// What could be added to what is counted, in a line.
pub const NAMES_ONLY: &str =
    "Read by names and words alone: no trained file is here, and none is needed for this.";

/// "7 of 12 adverts ask for this."
pub fn asked_for(asked: &AskedFor, of: usize) -> String {
    match (asked.adverts, of) {
        (1, 1) => "Your one advert asks for this.".into(),
        (n, of) => format!(
            "{n} of {of} adverts {} for this.",
            if n == 1 { "asks" } else { "ask" }
        ),
    }
}

/// "Your 12 adverts ask for 31 things of your framework; you have proof for 4."
pub fn market_headline(seen: &MarketSeen) -> String {
    let adverts = match seen.adverts {
        0 => return "No advert is here yet.".into(),
        1 => "Your one advert asks".to_owned(),
        n => format!("Your {n} adverts ask"),
    };
    match (seen.asked_for, seen.with_proof) {
        (0, _) => format!("{adverts} for nothing that your framework names."),
        (n, 0) => format!(
            "{adverts} for {} of your framework; you have proof for none yet.",
            things(n)
        ),
        (n, all) if n == all => format!(
            "{adverts} for {} of your framework; you have proof for all.",
            things(n)
        ),
        (n, some) => format!(
            "{adverts} for {} of your framework; you have proof for {some}.",
            things(n)
        ),
    }
}

fn things(n: usize) -> String {
    // In digits: it is counted, and stands beside counts.
    format!("{n} {}", if n == 1 { "competency" } else { "competencies" })
}
