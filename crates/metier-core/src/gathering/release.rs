//! What can be told of the answers so that nobody can be worked out.
//!
//! Told is a count of at least the threshold, and nothing else: of every smaller one, zero included, only that it
//! is smaller. The number of answers is not told at all. If it were, "5 of 6" would say that one person gave
//! another answer, and in groups of the size people ask nothing could be told.
//!
//! Even so the counts of two competencies could be set against each other: everybody answers about each, so all
//! have one sum. Whoever reads the release knows of this sum
//!
//! - at least: the threshold, the counts told of any one competency together, the texts shown;
//! - at most: the counts told of any one competency together, and for each answer not told one less than the
//!   threshold.
//!
//! A count that is not told is protected while, for all they know, it can be anything from zero to one less than
//! the threshold. Where a competency's are not, none of its counts is told. That takes knowledge away and gives
//! none, so the others stay protected; what is left away first is what tells least.
//!
//! (`metier_measure::suppress` protects a table whose totals are published. Here none is, and the rows share one.)

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AskedOf, PeerAnswered};
use crate::canonical::Digest;
use crate::feedback::NextTime;
use crate::id::CompetencyId;

/// What is released of the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aggregate {
    /// At least so many answered, and at least so many said each thing that is told.
    pub threshold: u32,
    /// Of each competency, in the order they were asked about.
    pub of: Vec<OfPeers>,
    /// What people say the person does well, in an order that tells nothing; none unless enough gave words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strengths: Vec<String>,
    /// What people would have the person change, in an order of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}

/// What is released of one competency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfPeers {
    /// Which.
    pub competency: CompetencyId,
    /// Its name, as it was asked about.
    pub name: String,
    /// How many gave each answer that enough gave.
    pub counts: BTreeMap<NextTime, u32>,
    /// True when counts were left away because, set against the others, they would tell of single people.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
}

/// Fewer answered than the threshold: nothing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{answered} answered; nothing can be released under {threshold}")]
pub struct TooFew {
    /// How many did.
    pub answered: usize,
    /// How many it takes.
    pub threshold: u32,
}

/// Every count of one competency, in the order of [`NextTime::ALL`].
type Row = [u32; 4];

/// What can be told of answers, one of each person, about `about`. An answer that leaves a competency open cannot
/// say of it.
///
/// # Errors
/// When fewer answered than the threshold.
pub fn released(answers: &[&PeerAnswered], about: &[AskedOf], threshold: u32) -> Result<Aggregate, TooFew> {
    if answers.len() < threshold as usize {
        return Err(TooFew {
            answered: answers.len(),
            threshold,
        });
    }
    let strengths = shown(answers, threshold, |answer| &answer.strengths);
    let changes = shown(answers, threshold, |answer| &answer.change);
    let rows: Vec<Row> = about.iter().map(|of| counted(answers, &of.competency)).collect();
    let texts = u32::try_from(strengths.len().max(changes.len())).unwrap_or(u32::MAX);
    let withheld = withheld(&rows, threshold, texts);
    let of = about.iter().zip(rows).zip(withheld);
    Ok(Aggregate {
        threshold,
        of: of
            .map(|((of, row), withheld)| OfPeers {
                competency: of.competency.clone(),
                name: of.name.clone(),
                counts: NextTime::ALL
                    .into_iter()
                    .zip(row)
                    .filter(|(_, count)| !withheld && *count >= threshold)
                    .collect(),
                withheld,
            })
            .collect(),
        strengths,
        changes,
    })
}

fn counted(answers: &[&PeerAnswered], competency: &CompetencyId) -> Row {
    let mut row = [0; 4];
    for answer in answers {
        let said = answer.says.iter().find(|of| of.competency == *competency);
        let said = said.map_or(NextTime::CannotSay, |of| of.next_time);
        for (count, each) in row.iter_mut().zip(NextTime::ALL) {
            *count += u32::from(each == said);
        }
    }
    row
}

/// The texts that may be shown, ordered by their digests; none unless enough people gave one.
fn shown(answers: &[&PeerAnswered], threshold: u32, text: impl Fn(&PeerAnswered) -> &str) -> Vec<String> {
    let agreed = answers.iter().filter(|answer| answer.words_shown);
    let mut texts: Vec<String> = agreed
        .map(|answer| text(answer).trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    if texts.len() < threshold as usize {
        return Vec::new();
    }
    texts.sort_by_cached_key(|text| Digest::of(text.as_bytes()).to_string());
    texts
}

/// What of one competency is told: the sum of the counts, and how many answers are not.
#[derive(Clone, Copy)]
struct Told {
    sum: u32,
    hidden: u32,
}

/// Which competencies must not be told of at all.
fn withheld(rows: &[Row], threshold: u32, texts: u32) -> Vec<bool> {
    let mut told: Vec<Option<Told>> = rows
        .iter()
        .map(|row| {
            let told = row.iter().filter(|count| **count >= threshold);
            Some(Told {
                sum: told.sum(),
                hidden: row.iter().map(|count| u32::from(*count < threshold)).sum(),
            })
        })
        .collect();
    let below = threshold - 1;
    loop {
        let known = || told.iter().flatten();
        let least = known()
            .map(|t| t.sum)
            .chain([threshold, texts])
            .max()
            .unwrap_or(0);
        let most = known()
            .map(|t| t.sum + below * t.hidden)
            .min()
            .unwrap_or(u32::MAX);
        let open = |t: &Told| {
            // Each may be zero, were all the others as large as they can be; and each as large as it can be.
            t.hidden == 0 || (least - t.sum <= below * (t.hidden - 1) && most - t.sum >= below)
        };
        let unprotected = told
            .iter()
            .enumerate()
            .filter(|(_, t)| t.is_some_and(|t| !open(&t)));
        let least_told = unprotected.min_by_key(|(_, t)| t.map_or(0, |t| t.sum));
        let Some((at, _)) = least_told else { break };
        told[at] = None;
    }
    told.iter().map(Option::is_none).collect()
}
