//! What the entries tell of the person: professions, what is aimed at, frameworks, positions, reviews.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use metier_core::canonical::Digest;
use metier_core::framework::Framework;
use metier_core::id::{EntryId, FamilyId};
use metier_core::journal::{Entry, Fact, ReviewPlanned, view};
use metier_core::person::{Aim, Leave, Position, Profession};

use crate::error::AppError;

/// Something told, with the entry it is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Told<T> {
    /// The first entry of it: what a correction or withdrawal names.
    pub id: EntryId,
    /// When it happened.
    pub on: Date,
    /// What.
    pub what: T,
}

/// A published version of a framework.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its digest.
    pub digest: Digest,
    /// When it was published here.
    pub published_at: Timestamp,
    /// The document.
    pub framework: Arc<Framework>,
}

/// What the entries tell of the person.
#[derive(Debug, Clone, Default)]
pub struct Life {
    /// Professions held or aspired to, over a life.
    pub professions: Vec<Told<Profession>>,
    /// Positions.
    pub positions: Vec<Told<Position>>,
    /// What was aimed at, latest last.
    pub aims: Vec<Told<Aim>>,
    /// Times away.
    pub leaves: Vec<Told<Leave>>,
    /// Days of reviews, with whom, latest last.
    pub reviews: Vec<Told<metier_core::journal::Review>>,
    /// Reviews that were planned, by their day.
    pub planned: Vec<Told<ReviewPlanned>>,
    /// Published versions, in the order they were published.
    pub versions: Vec<Version>,
    /// Drafts newer than the last published version of their family.
    pub drafts: HashMap<FamilyId, Told<Arc<Framework>>>,
}

impl Life {
    /// What the entries known at an instant tell.
    ///
    /// # Errors
    /// When a framework has no canonical form, which one that was published has.
    pub fn of(entries: &[Entry], known_at: Timestamp) -> Result<Self, AppError> {
        let mut life = Self::default();
        for fact in view(entries, known_at).facts {
            let (id, on) = (fact.root, fact.occurred_on());
            match fact.fact() {
                Fact::Profession(what) => life.professions.push(Told {
                    id,
                    on,
                    what: what.clone(),
                }),
                Fact::Position(what) => life.positions.push(Told {
                    id,
                    on,
                    what: what.clone(),
                }),
                Fact::Aim(what) => life.aims.push(Told {
                    id,
                    on,
                    what: what.clone(),
                }),
                Fact::Leave(what) => life.leaves.push(Told {
                    id,
                    on,
                    what: what.clone(),
                }),
                Fact::Review(what) => life.reviews.push(Told {
                    id,
                    on,
                    what: what.clone(),
                }),
                Fact::ReviewPlanned(what) => life.planned.push(Told {
                    id,
                    on: what.on,
                    what: what.clone(),
                }),
                Fact::FrameworkPublished(framework) => {
                    life.drafts.remove(&framework.family);
                    life.versions.push(Version {
                        digest: framework.digest()?,
                        published_at: fact.recorded_at(),
                        framework: Arc::new((**framework).clone()),
                    });
                }
                Fact::FrameworkDrafted(framework) => {
                    let what = Arc::new((**framework).clone());
                    life.drafts
                        .insert(framework.family.clone(), Told { id, on, what });
                }
                _ => {}
            }
        }
        life.reviews.sort_by_key(|r| r.on);
        life.planned.sort_by_key(|r| r.on);
        Ok(life)
    }

    /// The planned review that comes next. One that took place on its day or since is over.
    pub fn next_review(&self, today: Date) -> Option<&Told<ReviewPlanned>> {
        self.planned
            .iter()
            .find(|planned| planned.on >= today && !self.took_place(planned))
    }

    /// The last planned review whose day has passed, and of which nothing was noted.
    pub fn review_to_note(&self, today: Date) -> Option<&Told<ReviewPlanned>> {
        self.planned
            .iter()
            .rfind(|planned| planned.on < today)
            .filter(|planned| !self.took_place(planned))
    }

    fn took_place(&self, planned: &Told<ReviewPlanned>) -> bool {
        self.reviews.iter().any(|review| review.on >= planned.on)
    }

    /// What is aimed at now.
    pub fn aim(&self) -> Option<&Aim> {
        self.aims.last().map(|a| &a.what)
    }

    /// The version aimed at.
    pub fn current(&self) -> Option<&Version> {
        self.version(&self.aim()?.version)
    }

    /// A version by its digest.
    pub fn version(&self, digest: &Digest) -> Option<&Version> {
        self.versions.iter().find(|v| v.digest == *digest)
    }

    /// The latest published version of a family.
    pub fn latest(&self, family: &FamilyId) -> Option<&Version> {
        self.versions.iter().rev().find(|v| v.framework.family == *family)
    }

    /// The published versions of a family, oldest first.
    pub fn versions_of<'a>(&'a self, family: &'a FamilyId) -> impl Iterator<Item = &'a Version> {
        self.versions
            .iter()
            .filter(move |v| v.framework.family == *family)
    }

    /// The version aimed at, or an error that says to choose one.
    ///
    /// # Errors
    /// When nothing is aimed at yet.
    pub fn needed(&self) -> Result<&Version, AppError> {
        self.current().ok_or_else(|| {
            AppError::not_ready("no profession was chosen yet")
                .hint("Run `metier start --profession …` (`metier framework list` shows what there is).")
        })
    }
}
