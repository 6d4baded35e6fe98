//! What would settle it, as something to ask for.

use metier_core::framework::EvidenceKind;
use metier_core::rating::Role;
use metier_core::standing::{Backing, CompetencyStanding, Convince, Observation, Telling};

use super::{Words, chance, list, number};

/// From so many neighbouring places on a range counts as wide.
const WIDE: f64 = 3.0;

/// A range that is expected to be shorter by less than this is as long as before.
const NOTICEABLE: f64 = 0.15;

/// What would settle it most, in parts: a page sets the first off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settles {
    /// "a project for “Delivers”, confirmed by whoever set the goal".
    pub most: String,
    /// What it is expected to tell, and what else there is.
    pub because: String,
}

impl Words<'_> {
    /// What would settle it most; `None` where people agree and the range is narrow, or nothing would.
    pub fn would_settle(&self, standing: &CompetencyStanding, found: &Convince) -> Option<Settles> {
        let apart = standing.apart.as_ref().is_some_and(|a| a.steps > 1);
        let wide = found.range.get() >= WIDE;
        if standing.blank() || !(apart || wide) {
            return None;
        }
        let best = found.best.first()?;
        let mut tells = Vec::new();
        if found.range.get() - best.range.get() >= NOTICEABLE {
            tells.push(format!(
                "is expected to leave about {:.1} of the {} steps that are open now",
                best.range.get(),
                number(count(found.range.get()))
            ));
        }
        if !found.settled {
            tells.push(format!(
                "answers with a chance of {} whether you are at least at \u{201c}{}\u{201d}",
                chance(best.settles.get()),
                self.rung(&found.question)
            ));
        }
        if tells.is_empty() {
            return None;
        }
        let mut because = format!("It {}.", list(&tells));
        if let Some(other) = other(found, best) {
            because += &format!(" Otherwise: {}.", self.observed(&other.what));
        }
        Some(Settles {
            most: self.observed(&best.what),
            because,
        })
    }

    /// What would tell most, as something to ask for; `None` where nothing would.
    pub fn would_tell(&self, found: &Convince) -> Option<String> {
        found.best.first().map(|best| self.observed(&best.what))
    }

    fn observed(&self, what: &Observation) -> String {
        match what {
            Observation::Word { role, another } => word(*role, *another).to_owned(),
            Observation::Example {
                rung,
                of,
                backing,
                confirmed_by,
            } => {
                let behind = match backing {
                    Backing::Artefact => "with a file or a link to show for it".to_owned(),
                    Backing::Confirmed if confirmed_by.is_empty() => "confirmed by somebody else".to_owned(),
                    Backing::Confirmed => format!("confirmed by {confirmed_by}"),
                };
                format!(
                    "{} for \u{201c}{}\u{201d}, {behind}",
                    example(of),
                    self.rung(rung)
                )
            }
        }
    }
}

/// The best of the other sort: a word where an example is best, what one can do alone where a word is.
fn other<'c>(found: &'c Convince, best: &Telling) -> Option<&'c Telling> {
    match best.what {
        Observation::Example { .. } => found.words.first(),
        Observation::Word { .. } => found.on_your_own.as_ref(),
    }
}

fn word(role: Role, another: bool) -> &'static str {
    match (role, another) {
        (Role::Peer, true) => "what another peer says",
        (Role::Peer, false) => "what a peer says",
        (Role::Client, true) => "what another client says",
        (Role::Client, false) => "what a client says",
        (Role::Mentor, _) => "what a mentor says",
        (Role::Manager, _) => "what your manager says",
        (Role::Oneself, _) => "what you say yourself",
    }
}

fn example(of: &[EvidenceKind]) -> &'static str {
    match of {
        [EvidenceKind::Accomplishment] => "an accomplishment",
        [EvidenceKind::Project] => "a project",
        [EvidenceKind::Teaching] => "a teaching after which somebody does it unaided",
        [EvidenceKind::Communication] => "a talk, article or report",
        [EvidenceKind::Incident] => "a problem solved",
        [EvidenceKind::Ownership] => "a responsibility",
        [EvidenceKind::Credential] => "a credential",
        [EvidenceKind::Recognition] => "a recognition",
        _ => "an example",
    }
}

/// A whole number of places.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a range holds a few places of a ladder"
)]
fn count(places: f64) -> u64 {
    places.round().max(0.0) as u64
}
