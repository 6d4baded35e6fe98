//! Looking again and again: standings of one framework as known at one instant after another.
//!
//! What does not change from look to look is not worked out anew: the model of ratings is shared, and a
//! competency is passed over while nothing new bears on it. Two things move a posterior by the passing of
//! time alone: evidence fades, and time away or a position that becomes known shifts how far it has. While
//! all evidence is in favour, fading lowers every "at least this rung" (each item's likelihood rises with
//! the rung, so a lower weight takes from the top); so a rung that was not probable cannot become probable
//! by it, and passing over is safe for whoever asks which rungs have newly become likely.

use jiff::civil::Date;
use metier_measure::Result;

use super::belief::Belief;
use super::record::{Bearing, Record, What};
use super::{CompetencyStanding, Question, competency};
use crate::journal::{Entry, view};

/// What a competency's standing was worked out from.
#[derive(Default, PartialEq)]
struct Basis {
    marks: Vec<Mark>,
}

/// One thing that bears on a competency: where its wording lies in memory, which is the same as long as
/// the same entries are read, and what else it depends on.
#[derive(PartialEq, Eq)]
struct Mark {
    wording: usize,
    rung: usize,
    rest: (u64, u64),
}

/// Standings of one framework, one look after another at the same entries.
pub(crate) struct Looks<'q> {
    belief: Belief<'q>,
    before: Vec<Option<Kept>>,
    circumstances: Vec<(usize, bool)>,
}

struct Kept {
    basis: Basis,
    all_in_favour: bool,
}

impl<'q> Looks<'q> {
    /// For looks that all ask under the framework, version and policy of `question`.
    pub fn new(question: &Question<'q>) -> Result<Self> {
        Ok(Self {
            belief: Belief::new(question)?,
            before: question.framework.competencies.iter().map(|_| None).collect(),
            circumstances: Vec::new(),
        })
    }

    /// The competencies on which something may newly be likely since the look before, with their places.
    /// `wanted` says by place which to look at; `entries` must be the same slice, or a longer one of the same
    /// memory, from look to look.
    pub fn look(
        &mut self,
        entries: &[Entry],
        question: &Question<'_>,
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Vec<(usize, CompetencyStanding)>> {
        let view = view(entries, question.known_at);
        let record = Record::read(&view, question);
        let circumstances = circumstances(&record, question.at);
        let same_circumstances = circumstances == self.circumstances;
        self.circumstances = circumstances;
        let mut seen = Vec::new();
        for (place, competency) in question.framework.competencies.iter().enumerate() {
            let bearing = &record.competencies[place];
            if !wanted(place) || (bearing.events.is_empty() && bearing.ratings.is_empty()) {
                continue;
            }
            let basis = Basis::of(bearing);
            let before = &mut self.before[place];
            if before
                .as_ref()
                .is_some_and(|kept| same_circumstances && kept.all_in_favour && kept.basis == basis)
            {
                continue;
            }
            let standing = competency::stand(competency, bearing, &record, question, &mut self.belief)?;
            *before = Some(Kept {
                basis,
                all_in_favour: standing.items.iter().all(|item| item.supports),
            });
            seen.push((place, standing));
        }
        Ok(seen)
    }
}

/// Time away and positions, by where their wordings lie and whether they have begun.
fn circumstances(record: &Record<'_>, at: Date) -> Vec<(usize, bool)> {
    let leaves = record.leaves.iter().map(|l| (address(*l), l.from <= at));
    let positions = record.positions.iter().map(|p| (address(*p), p.from <= at));
    leaves.chain([(0, false)]).chain(positions).collect()
}

fn address<T>(of: &T) -> usize {
    std::ptr::from_ref(of).addr()
}

impl Basis {
    fn of(bearing: &Bearing<'_>) -> Self {
        let events = bearing.events.iter().map(|event| {
            let (wording, rest) = match &event.what {
                What::Shown(shown) => (
                    address(shown.evidence),
                    (u64::from(shown.supports), shown.confidence.to_bits()),
                ),
                What::Confirmed { by, .. } => (address(*by), (2, 0)),
                What::Withheld { by, next_time, .. } => (address(*by), (4, *next_time as u64)),
                What::Disputed { because, settled, .. } => {
                    (because.as_ptr().addr(), (3, u64::from(*settled)))
                }
            };
            Mark {
                wording,
                rung: event.rung,
                rest,
            }
        });
        let ratings = bearing.ratings.iter().map(|said| {
            let (high, low) = said.entry.0.as_u64_pair();
            Mark {
                wording: 0,
                rung: 0,
                rest: (high, low),
            }
        });
        Self {
            marks: events.chain(ratings).collect(),
        }
    }
}
