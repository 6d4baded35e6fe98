//! What can be told of the answers so that nobody can be worked out.
//!
//! No exact number is told. Of each competency it is told which answers the threshold or more gave, if one or two of
//! the four were. If none was, or three or all four were, nothing is told of it, and not which of the two it is.
//!
//! **What that protects.** Whoever reads the release knows how it is made. Everybody answers about every competency,
//! so the counts of each have one sum, and the sum is not known: it is at least the threshold, at least as many as
//! the texts shown, and at least the threshold for each answer told of one competency. It has no upper bound: where
//! something is told, an answer that is told can be as large as it takes; where nothing is told, three can be. So for
//! every count that is not told, of every competency, anything from zero to one less than the threshold stays
//! possible, whatever the counts of the others are.
//!
//! **Why no more is told.** Exact counts set against each other, or against a competency of which nothing is told,
//! give the sum away from both sides. So does telling that every answer was rare: then at most four times one less
//! than the threshold answered, and fifteen who gave three answers to another question leave few ways to be that.
//!
//! What it does not protect: that so many gave an answer tells of all of them if all are known to have answered.

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
    /// The answers that enough gave, each with how many did at least: the threshold, and no exact number.
    pub counts: BTreeMap<NextTime, u32>,
    /// True in releases of before, which told exact numbers and left some away; never in one that is made now.
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

/// The most answers that are told of one competency.
pub const TOLD_MAX: usize = 2;

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
    let of = about.iter().zip(rows);
    Ok(Aggregate {
        threshold,
        of: of
            .map(|(of, row)| OfPeers {
                competency: of.competency.clone(),
                name: of.name.clone(),
                counts: told(row, threshold),
                withheld: false,
            })
            .collect(),
        strengths,
        changes,
    })
}

/// The answers of one competency that are told: those that enough gave, if they are one or two.
fn told(row: Row, threshold: u32) -> BTreeMap<NextTime, u32> {
    let enough = NextTime::ALL
        .into_iter()
        .zip(row)
        .filter(|(_, count)| *count >= threshold);
    let told: BTreeMap<_, _> = enough.map(|(answer, _)| (answer, threshold)).collect();
    if told.len() <= TOLD_MAX {
        told
    } else {
        BTreeMap::new()
    }
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
