//! A journal as a reader has it: what is derived from it can tell nothing that was not let through.
//!
//! A packet shows standings, reasons and what is missing, all of them derived. Derived from the whole
//! journal they would tell of what is private by what they count and name; so they are derived from a copy
//! that holds nothing else than what the reader sees.

use std::collections::HashSet;

use super::{Disclosure, InForce, LeftOut, Reader, View};
use crate::agreement::same_name;
use crate::disagreement::{Disagreement, DisagreementEnded, Side};
use crate::evidence::{Artefact, Claim, Confirmation, Confirmed, Evidence};
use crate::feedback::{FeedbackGiven, FeedbackSaid, Observed, Recognised};
use crate::id::EntryId;
use crate::journal::{Audience, Entry, Fact, Lasting, Link, Payload, Purpose};
use crate::person::Position;
use crate::rating::{Dispute, DisputeSettled, Rating, Role};
use crate::standing::known_since;

/// What stands in place of a file or a link that stays with the owner.
const KEPT_PRIVATE: &str = "(kept private)";

/// A journal as a reader has it.
///
/// Its entries hold the texts that were let through in place of those that were written, each under the id
/// of the first entry of its thing; evidence that was reworded has its first wording beside it, without a word of it. They are sealed by nobody and belong to no chain: something to read and
/// derive from, and nothing to record.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedJournal {
    entries: Vec<Entry>,
    left_out: Vec<(EntryId, LeftOut)>,
}

impl SharedJournal {
    /// Its entries, in the order they became known.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What was chosen and is not in it, and why: for the owner's eyes.
    pub fn left_out(&self) -> &[(EntryId, LeftOut)] {
        &self.left_out
    }
}

impl Disclosure<'_> {
    /// The journal as `reader` has it in a view, if the owner shares with them what is `chosen`: evidence,
    /// ratings, confirmations of steps, feedback.
    ///
    /// What belongs to something chosen comes along: its claims, its confirmations, and every dispute of
    /// a step, which is not the owner's to leave away. So do disagreements both said yes to, and, for who is
    /// concerned, those the owner wrote down alone and what was agreed with them. Positions and time away come without a word of
    /// theirs, because freshness depends on them.
    pub fn journal(&self, chosen: &HashSet<EntryId>, reader: &Reader, view: View) -> SharedJournal {
        let mut facts: Vec<&Lasting<'_>> = self.standing.values().collect();
        facts.sort_by_key(|fact| fact.entry.reading_order());
        let chosen: HashSet<EntryId> = chosen.iter().map(|id| self.root(*id)).collect();
        let mut copy = Copy {
            of: self,
            reader,
            view,
            seen: HashSet::new(),
            left_out: Vec::new(),
            answers: facts
                .iter()
                .filter(|fact| chosen.contains(&fact.root))
                .filter_map(|fact| super::sharing::answer(fact.fact()))
                .map(|answer| self.root(answer))
                .collect(),
        };
        // Evidence first: whether what is said of it is seen depends on it, whichever was recorded first.
        let mut entries = Vec::new();
        for fact in &facts {
            if let Fact::Evidence(evidence) = fact.fact()
                && chosen.contains(&fact.root)
                && let Some(in_force) = copy.let_through(fact)
            {
                copy.seen.insert(fact.root);
                let seen = copy.evidence(evidence, in_force);
                entries.extend(first_wording(fact, &seen));
                entries.push(taken(fact, Fact::Evidence(Box::new(seen))));
            }
        }
        for fact in &facts {
            if let Some(seen) = copy.beside(fact, chosen.contains(&fact.root)) {
                entries.push(taken(fact, seen));
            }
        }
        entries.sort_by_key(Entry::reading_order);
        SharedJournal {
            entries,
            left_out: copy.left_out,
        }
    }

    fn root(&self, entry: EntryId) -> EntryId {
        *self.roots.get(&entry).unwrap_or(&entry)
    }
}

struct Copy<'d, 'a> {
    of: &'d Disclosure<'a>,
    reader: &'d Reader,
    view: View,
    seen: HashSet<EntryId>,
    left_out: Vec<(EntryId, LeftOut)>,
    /// The feedback that chosen ratings and confirmations came with.
    answers: HashSet<EntryId>,
}

impl<'d, 'a> Copy<'d, 'a> {
    /// What is in force for something that is seen; what is not is noted with its reason.
    fn let_through(&mut self, fact: &Lasting<'a>) -> Option<&'d InForce<'a>> {
        match self.of.if_shared(fact.root, self.reader, self.view) {
            Ok(_) => self.of.in_force.get(&fact.root),
            Err(because) => {
                self.left_out.push((fact.root, because));
                None
            }
        }
    }

    /// What comes beside evidence, as it is seen.
    fn beside(&mut self, fact: &Lasting<'a>, chosen: bool) -> Option<Fact> {
        match fact.fact() {
            Fact::Claim(claim) => self.claim(claim).map(Fact::Claim),
            Fact::Confirmation(c) => self.confirmation(fact, c, chosen).map(Fact::Confirmation),
            Fact::Rating(r) if chosen => self.rating(fact, r).map(Fact::Rating),
            Fact::FeedbackGiven(given) => self.feedback(fact, given, chosen),
            Fact::Dispute(d) => {
                let reason = self.words_or_none(fact, &d.reason)?;
                Some(Fact::Dispute(Dispute {
                    by: self.said(&d.by),
                    reason,
                    step: d.step.clone(),
                }))
            }
            Fact::DisputeSettled(d) => {
                let outcome = self.words_or_none(fact, &d.outcome)?;
                Some(Fact::DisputeSettled(DisputeSettled {
                    dispute: self.of.root(d.dispute),
                    by: self.said(&d.by),
                    outcome,
                }))
            }
            Fact::Disagreement(d) => self
                .disagreement(d, fact.root)
                .map(|seen| Fact::Disagreement(Box::new(seen))),
            Fact::DisagreementEnded(d) if self.seen.contains(&self.of.root(d.disagreement)) => {
                Some(Fact::DisagreementEnded(DisagreementEnded {
                    disagreement: self.of.root(d.disagreement),
                    reason: self.said(&d.reason),
                    by: self.said(&d.by),
                    ..d.clone()
                }))
            }
            // Whoever agreed knows every word of it; nobody else is told.
            Fact::AgreementProposed(terms) if self.is_reader(&terms.with) => Some(fact.fact().clone()),
            Fact::AgreementConfirmed(confirmed) if self.is_reader(&confirmed.answer.by) => {
                Some(fact.fact().clone())
            }
            Fact::AgreementDeclined(declined) if self.is_reader(&declined.answer.by) => {
                Some(fact.fact().clone())
            }
            Fact::Position(position) => Some(Fact::Position(Position {
                title: String::new(),
                organisation: String::new(),
                industry: String::new(),
                ..position.clone()
            })),
            Fact::Leave(leave) => Some(Fact::Leave(leave.clone())),
            Fact::Crosswalk(crosswalk) => Some(Fact::Crosswalk(crosswalk.clone())),
            // Every other sort by name, so that a new one is not forgotten here.
            Fact::Evidence(_)
            | Fact::Rating(_)
            | Fact::DisagreementEnded(_)
            | Fact::AgreementProposed(_)
            | Fact::AgreementConfirmed(_)
            | Fact::Profession(_)
            | Fact::Aim(_)
            | Fact::FrameworkDrafted(_)
            | Fact::FrameworkPublished(_)
            | Fact::CrosswalkRejected(_)
            | Fact::FeedbackRequested(_)
            | Fact::FeedbackUsed(_)
            // Given for one's own development, and no standing comes of it.
            | Fact::Gathering(_)
            | Fact::AgreementDeclined(_)
            | Fact::AgreementTalked(_)
            | Fact::AgreementEnded(_)
            | Fact::ReceiptKept(_)
            | Fact::Decision(_)
            // What one plans, whom one knows and what one makes of it all is one's own.
            | Fact::Mastery(_)
            | Fact::Plan(_)
            | Fact::Network(_)
            | Fact::Presence(_)
            | Fact::Market(_)
            | Fact::LinkChecked(_)
            | Fact::Review(_)
            | Fact::ReviewPlanned(_)
            | Fact::Shown(_)
            | Fact::KeptOut(_)
            | Fact::ForOthers(_)
            | Fact::Withdrawal(_)
            | Fact::Erasure(_) => None,
        }
    }

    fn confirmation(&mut self, fact: &Lasting<'a>, c: &Confirmation, chosen: bool) -> Option<Confirmation> {
        let wanted = match &c.of {
            Confirmed::Evidence(evidence) => self.seen.contains(&self.of.root(*evidence)),
            Confirmed::Step(_) => chosen,
        };
        let in_force = wanted.then(|| self.let_through(fact)).flatten()?;
        Some(Confirmation {
            by: self.said(&c.by),
            words: self.words(&c.words, in_force),
            answer: None,
            ..c.clone()
        })
    }

    fn rating(&mut self, fact: &Lasting<'a>, r: &Rating) -> Option<Rating> {
        let in_force = self.let_through(fact)?;
        let evidence = r.evidence.iter().map(|id| self.of.root(*id));
        Some(Rating {
            rater: self.said(&r.rater),
            reason: self.words(&r.reason, in_force),
            evidence: evidence.filter(|id| self.seen.contains(id)).collect(),
            answer: None,
            ..r.clone()
        })
    }

    /// What somebody said of the person, where what its giver was told allows it: when it was chosen itself, or
    /// a rating or confirmation that came with it is there.
    fn feedback(&mut self, fact: &Lasting<'a>, given: &FeedbackGiven, chosen: bool) -> Option<Fact> {
        let in_force = if chosen {
            self.let_through(fact)?
        } else if self.answers.contains(&fact.root) {
            self.of.if_shared(fact.root, self.reader, self.view).ok()?;
            self.of.in_force.get(&fact.root)?
        } else {
            return None;
        };
        let whole = in_force.for_others.is_none();
        let first = |words: &str| self.words(words, in_force);
        let rest = |words: &str| if whole { self.said(words) } else { String::new() };
        let said = match &given.said {
            FeedbackSaid::Observed(o) => FeedbackSaid::Observed(Observed {
                saw: first(&o.saw),
                when: rest(&o.when),
                of: if whole { o.of.clone() } else { Vec::new() },
                strengths: rest(&o.strengths),
                change: rest(&o.change),
            }),
            FeedbackSaid::Recognised(r) => FeedbackSaid::Recognised(Recognised {
                what: first(&r.what),
                how_hard: rest(&r.how_hard),
                otherwise: rest(&r.otherwise),
            }),
        };
        Some(Fact::FeedbackGiven(Box::new(FeedbackGiven {
            by: self.said(&given.by),
            said,
            ..given.clone()
        })))
    }

    /// Words that can be kept back where the thing itself cannot: that it is there is not the owner's to hide.
    fn words_or_none(&mut self, fact: &Lasting<'a>, words: &str) -> Option<String> {
        let seen = self.of.if_shared(fact.root, self.reader, self.view);
        if seen == Err(LeftOut::NoTextForOthers) {
            return Some(String::new());
        }
        let in_force = self.let_through(fact)?;
        Some(self.words(words, in_force))
    }

    fn is_reader(&self, name: &str) -> bool {
        matches!(self.reader, Reader::Party(reader) if same_name(reader, name))
    }

    /// What both said yes to is for everybody, whoever is asked to decide; what the owner alone wrote down, for
    /// who is to be convinced, and of the sides only theirs: the others may have spoken for other ears.
    fn disagreement(&mut self, d: &Disagreement, root: EntryId) -> Option<Disagreement> {
        if !d.both && !self.is_reader(&d.whom) {
            return None;
        }
        self.seen.insert(root);
        let sides = d
            .sides
            .iter()
            .filter(|side| d.both || side.role == Role::Oneself || self.is_reader(&side.who));
        Some(Disagreement {
            sides: sides
                .map(|side| Side {
                    who: self.said(&side.who),
                    ..side.clone()
                })
                .collect(),
            whom: self.said(&d.whom),
            convincing: self.said(&d.convincing),
            agreement: None,
            ..d.clone()
        })
    }

    fn claim(&self, claim: &Claim) -> Option<Claim> {
        let evidence = self.of.root(claim.evidence);
        self.seen.contains(&evidence).then(|| Claim {
            evidence,
            ..claim.clone()
        })
    }

    fn evidence(&self, evidence: &Evidence, in_force: &InForce<'a>) -> Evidence {
        let instead = match in_force.for_others {
            Some((_, text)) => Some(text),
            None => Some(evidence.redacted.trim()).filter(|text| !text.is_empty()),
        };
        let (title, story, what) = match instead {
            Some(text) => (
                self.said(text),
                String::new(),
                evidence.what.clone().map_texts(|_| String::new()),
            ),
            None => (
                self.said(&evidence.title),
                self.said(&evidence.story),
                evidence.what.clone().map_texts(|text| self.said(text)),
            ),
        };
        let artefacts = evidence.artefacts.iter();
        Evidence {
            title,
            story,
            what,
            artefacts: artefacts.map(|a| self.artefact(a, instead.is_some())).collect(),
            confidential: false,
            redacted: String::new(),
            hours: evidence.hours,
        }
    }

    /// A file is never given, its name is; a link is, unless a name stands in it. That there is one counts.
    fn artefact(&self, artefact: &Artefact, private: bool) -> Artefact {
        match artefact {
            Artefact::Attachment {
                digest,
                name,
                media_type,
                size,
            } => Artefact::Attachment {
                digest: *digest,
                name: if private {
                    KEPT_PRIVATE.into()
                } else {
                    self.said(name)
                },
                media_type: media_type.clone(),
                size: *size,
            },
            Artefact::Link { url, checked_on } => {
                let whole = !private && self.of.text(url).replaced() == 0;
                Artefact::Link {
                    url: if whole { url.clone() } else { KEPT_PRIVATE.into() },
                    checked_on: *checked_on,
                }
            }
        }
    }

    /// Somebody's words, or those written for others in their place.
    fn words(&self, words: &str, in_force: &InForce<'a>) -> String {
        self.said(in_force.for_others.map_or(words, |(_, text)| text))
    }

    fn said(&self, text: &str) -> String {
        self.of.text(text).to_string()
    }
}

/// A fact as it is seen, in place of the one that stands: evidence beside its first wording, anything else
/// under the id of its first entry, since when it counts.
fn taken(fact: &Lasting<'_>, seen: Fact) -> Entry {
    let entry = fact.entry;
    let reworded = fact.first.is_some() && fact.corrected() && matches!(seen, Fact::Evidence(_));
    let link = if reworded {
        entry.link.clone()
    } else {
        Link {
            id: fact.root,
            recorded_at: known_since(fact),
            ..entry.link.clone()
        }
    };
    Entry {
        link,
        payload: payload(entry, seen, reworded.then_some(fact.root)),
    }
}

/// That something reworded since was there before, and how much it was then: in the words it has now, and
/// none of those it had.
fn first_wording(fact: &Lasting<'_>, seen: &Evidence) -> Option<Entry> {
    let first = fact.first.filter(|_| fact.corrected())?;
    let Fact::Evidence(then) = &first.payload.fact else {
        return None;
    };
    let stays = |artefact: &Artefact| match artefact {
        Artefact::Attachment {
            digest,
            media_type,
            size,
            ..
        } => Artefact::Attachment {
            digest: *digest,
            name: KEPT_PRIVATE.into(),
            media_type: media_type.clone(),
            size: *size,
        },
        Artefact::Link { checked_on, .. } => Artefact::Link {
            url: KEPT_PRIVATE.into(),
            checked_on: *checked_on,
        },
    };
    let was = Evidence {
        title: seen.title.clone(),
        story: String::new(),
        hours: then.hours,
        artefacts: then.artefacts.iter().map(stays).collect(),
        confidential: false,
        redacted: String::new(),
        what: then.what.clone().map_texts(|_| String::new()),
    };
    Some(Entry {
        link: first.link.clone(),
        payload: payload(first, Fact::Evidence(Box::new(was)), None),
    })
}

fn payload(entry: &Entry, seen: Fact, corrects: Option<EntryId>) -> Payload {
    Payload {
        author: String::new(),
        audience: Audience::Private,
        purpose: Purpose::Administrative,
        fact: seen,
        corrects,
        ..entry.payload.clone()
    }
}
