//! From an ESCO occupation to a framework draft: practices from the hierarchy above its skills.
//!
//! Essential skills and knowledge are asked for as required, optional ones with a weight. Of an occupation
//! with many, those are kept that tell most about it: seldom elsewhere, and common in its own unit group.
//! A linked O*NET occupation adds what ESCO does not have: technology, rated skills and knowledge with their
//! importance, a sentence of a task where it says the same, and how much preparation is usual.

mod content;
mod enrich;
mod grouping;
mod hierarchy;
mod note;
mod weight;

#[cfg(test)]
mod tests;

use super::competencies::Expected;
use super::{DraftError, levels, nearest};
use crate::catalogue::{Catalogue, Esco, EscoOccupation};
use crate::framework::{FORMAT, Framework, nine_steps};
use crate::id::{FamilyId, slug_of};

/// Essential skills of one draft at most.
const ESSENTIAL: usize = 36;
/// Skills of one draft at most.
const SKILLS: usize = 44;
/// Optional skills fill a draft up to this many, and at least [`OPTIONAL_LEAST`] are taken where there are some.
const FILLED: usize = 30;
/// See [`FILLED`].
const OPTIONAL_LEAST: usize = 6;

/// A skill that became part of a draft.
#[derive(Debug, Clone, Copy)]
struct Kept {
    /// Its place in [`Esco::skills`].
    skill: u32,
    /// Needed by everyone in the occupation.
    essential: bool,
    /// How much it tells about the occupation; for ordering only.
    weight: f64,
}

/// A draft of an ESCO occupation.
pub(super) fn draft(
    catalogue: &Catalogue,
    esco: &Esco,
    occupation: &EscoOccupation,
) -> Result<Framework, DraftError> {
    let kept = kept(esco, occupation);
    // Codes are slugs but for their stops, so the refusal below comes of occupations without skills only.
    let family = slug_of(&format!("esco {}", occupation.code)).and_then(|slug| FamilyId::new(slug).ok());
    let (false, Some(family)) = (kept.is_empty(), family) else {
        return Err(DraftError::NoTasks {
            code: occupation.code.clone(),
            title: occupation.title.clone(),
            nearest: nearest::of_esco(esco, &occupation.code),
        });
    };
    let linked = catalogue.linked_onet(occupation);
    let groups = grouping::groups(esco, &kept);
    let content = content::content(catalogue, esco, linked, &groups);
    let job_zone = linked.and_then(|(onet, _)| onet.job_zone);
    Ok(Framework {
        metier_framework: FORMAT,
        family,
        version: "1".into(),
        title: content::capital(&occupation.title),
        practitioner: content::capital(&occupation.title),
        summary: content::one_line(&occupation.description),
        needs: Vec::new(),
        note: note::note(catalogue, esco, occupation, linked, &content, kept.len()),
        credits: note::credits(catalogue, esco, linked.is_some()),
        levels: levels::levels(job_zone, &content.expected),
        practices: content.practices,
        competencies: content.competencies,
        credentials: Vec::new(),
        ladder: nine_steps(),
        activities: Vec::new(),
        source: None,
        kept: Vec::new(),
    })
}

/// The skills of the draft: essential ones first, then optional ones; each sort by what tells most.
fn kept(esco: &Esco, occupation: &EscoOccupation) -> Vec<Kept> {
    let telling = weight::Telling::of(esco, &occupation.isco_group);
    let ranked = |places: &[u32], essential: bool| {
        let mut all: Vec<Kept> = places
            .iter()
            .filter(|at| (**at as usize) < esco.skills.len())
            .map(|&skill| Kept {
                skill,
                essential,
                weight: telling.weight(skill),
            })
            .collect();
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.skill.cmp(&b.skill)));
        all
    };
    let mut kept = ranked(&occupation.essential, true);
    kept.truncate(ESSENTIAL);
    let optional = ranked(&occupation.optional, false);
    let room = FILLED
        .saturating_sub(kept.len())
        .max(OPTIONAL_LEAST)
        .min(SKILLS.saturating_sub(kept.len()));
    let already: std::collections::BTreeSet<u32> = kept.iter().map(|k| k.skill).collect();
    kept.extend(
        optional
            .into_iter()
            .filter(|k| !already.contains(&k.skill))
            .take(room),
    );
    kept
}

/// How a level may ask for a kept skill; `heavy`: it is among the weightiest third of the essential ones.
fn expected(kept: Kept, heavy: bool) -> Expected {
    if kept.essential {
        Expected::Core { heavy }
    } else {
        Expected::Supplemental
    }
}
