//! Knowledge shared: what one told, wrote and taught. It is derived from what one did, and is no fact of its
//! own.

use jiff::civil::Date;
use serde::Serialize;

use crate::evidence::{Artefact, Evidence, Happening};
use crate::id::EntryId;
use crate::journal::{Fact, View};

/// Something told, written or taught.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shared<'a> {
    /// The evidence it is.
    pub evidence: EntryId,
    /// On which day.
    pub on: Date,
    /// What it is called.
    pub title: &'a str,
    /// Its form, as it was written: article, talk; `None` for teaching.
    pub form: Option<&'a str>,
    /// Whom it was for, or how many were taught.
    pub audience: &'a str,
    /// How many it reached, where that is known.
    pub reach: Option<u32>,
    /// How many were taught, and how many of them do it unaided since.
    pub learners: Option<(usize, usize)>,
    /// Where it can be read or seen.
    pub links: Vec<&'a str>,
}

impl<'a> Shared<'a> {
    /// Everything of it that stands, the latest first.
    pub fn of(view: &View<'a>) -> Vec<Self> {
        let mut all: Vec<Self> = view
            .facts
            .iter()
            .filter_map(|fact| match fact.fact() {
                Fact::Evidence(evidence) => Self::one(fact.root, fact.occurred_on(), evidence),
                _ => None,
            })
            .collect();
        all.sort_by(|a, b| b.on.cmp(&a.on).then(b.evidence.cmp(&a.evidence)));
        all
    }

    fn one(id: EntryId, on: Date, evidence: &'a Evidence) -> Option<Self> {
        let (form, audience, reach, learners) = match &evidence.what {
            Happening::Communication {
                form,
                audience,
                reach,
            } => (Some(form.as_str()), audience.as_str(), *reach, None),
            Happening::Teaching { learners } => {
                let unaided = learners.iter().filter(|l| l.unaided).count();
                (None, "", None, Some((learners.len(), unaided)))
            }
            _ => return None,
        };
        let links = evidence.artefacts.iter().filter_map(|a| match a {
            Artefact::Link { url, .. } => Some(url.as_str()),
            Artefact::Attachment { .. } => None,
        });
        Some(Self {
            evidence: id,
            on,
            title: &evidence.title,
            form,
            audience,
            reach,
            learners,
            links: links.collect(),
        })
    }
}
