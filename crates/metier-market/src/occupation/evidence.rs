//! What speaks for each occupation: a posting compared with all of them, in six ways.

use std::collections::HashMap;

use crate::link::bm25::Bm25;
use crate::link::grams::Grams;
use crate::link::table::{Side, Table};

use super::{Group, Occupation};

/// How many comparisons there are.
pub const COMPARISONS: usize = 8;

/// A number for each comparison, 0 to about 1.
pub type Compared = [f32; COMPARISONS];

/// Of a long posting the first bytes are read, which is where it says what the work is.
const READ: usize = 4000;

/// All occupations, ready to be compared with postings.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Every name, with its occupation in `owners`.
    names: Grams,
    name_words: Bm25,
    owners: Vec<u32>,
    name_vectors: Vec<f32>,
    /// Names, description and skills of each occupation as one document.
    documents: Bm25,
    descriptions: Bm25,
    vectors: Vec<f32>,
    /// The group of each occupation as a document.
    groups: Bm25,
    group_of: Vec<u32>,
    dims: usize,
    count: usize,
}

impl Evidence {
    /// Occupations with their groups; a group that is not listed adds nothing.
    pub fn new(occupations: &[Occupation], groups: &[Group], table: &Table) -> Self {
        let mut names = Vec::new();
        let mut owners = Vec::new();
        let (mut name_vectors, mut vectors) = (Vec::new(), Vec::new());
        for (at, occupation) in (0..).zip(occupations) {
            for name in std::iter::once(&occupation.label).chain(&occupation.names) {
                names.push(name.as_str());
                owners.push(at);
                name_vectors.extend(table.embed(name, Side::Name));
            }
            vectors.extend(table.embed(&occupation.description, Side::Name));
        }
        let documents: Vec<String> = occupations
            .iter()
            .map(|o| {
                let mut text = format!("{} {} {}", o.label, o.names.join(" "), o.description);
                for skill in o.essential.iter().chain(&o.optional) {
                    text.push(' ');
                    text.push_str(skill);
                }
                text
            })
            .collect();
        let descriptions: Vec<String> = occupations
            .iter()
            .map(|o| format!("{} {} {}", o.label, o.description, o.essential.join(" ")))
            .collect();
        let places: HashMap<&str, u32> = groups.iter().map(|g| g.code.as_str()).zip(0..).collect();
        let mut texts: Vec<String> = groups
            .iter()
            .map(|g| format!("{} {}", g.label, g.description))
            .collect();
        texts.push(String::new());
        let none = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        Self {
            names: Grams::new(names.iter().copied()),
            name_words: Bm25::new(names.iter().copied()),
            owners,
            name_vectors,
            documents: Bm25::new(documents.iter().map(String::as_str)),
            descriptions: Bm25::new(descriptions.iter().map(String::as_str)),
            vectors,
            groups: Bm25::new(texts.iter().map(String::as_str)),
            group_of: occupations
                .iter()
                .map(|o| places.get(o.isco.as_str()).copied().unwrap_or(none))
                .collect(),
            dims: table.dims(),
            count: occupations.len(),
        }
    }

    /// What each comparison gives every occupation for a posting: of its title, the letters, words and
    /// meaning against the nearest of the occupation's names; of its text, the words against all that is said
    /// of the occupation, against its description and essential skills, the meaning against its description;
    /// of both, the words against its group, and the title's words in all that is said of it.
    pub fn compare(&self, title: &str, text: &str, table: &Table) -> Vec<Compared> {
        let title = plain_title(title);
        let text = text.get(..text.floor_char_boundary(READ)).unwrap_or(text);
        let both = format!("{title} {text}");
        let mut found = vec![[0.0; COMPARISONS]; self.count];
        let mut scores = Vec::new();

        self.names.score(&title, &mut scores);
        self.nearest(&scores, 0, &mut found);
        self.name_words.score(&title, &mut scores);
        share_of_best(&mut scores);
        self.nearest(&scores, 1, &mut found);
        let vector = table.embed(&title, Side::Text);
        let cosines = self.name_vectors.chunks_exact(self.dims);
        scores.clear();
        scores.extend(cosines.map(|v| crate::link::table::dot(v, &vector)));
        self.nearest(&scores, 2, &mut found);

        self.documents.score(text, &mut scores);
        share_of_best(&mut scores);
        set(&scores, 3, &mut found);
        self.descriptions.score(text, &mut scores);
        share_of_best(&mut scores);
        set(&scores, 4, &mut found);
        let vector = table.embed(text, Side::Text);
        scores.clear();
        scores.extend(
            self.vectors
                .chunks_exact(self.dims)
                .map(|v| crate::link::table::dot(v, &vector)),
        );
        set(&scores, 5, &mut found);

        self.groups.score(&both, &mut scores);
        share_of_best(&mut scores);
        for (to, group) in found.iter_mut().zip(&self.group_of) {
            to[6] = scores.get(*group as usize).copied().unwrap_or(0.0);
        }
        self.documents.score(&title, &mut scores);
        share_of_best(&mut scores);
        set(&scores, 7, &mut found);
        found
    }

    /// Gives each occupation the best score among its names.
    fn nearest(&self, scores: &[f32], at: usize, found: &mut [Compared]) {
        for (score, owner) in scores.iter().zip(&self.owners) {
            let best = &mut found[*owner as usize][at];
            *best = best.max(*score);
        }
    }
}

fn set(scores: &[f32], at: usize, found: &mut [Compared]) {
    for (to, score) in found.iter_mut().zip(scores) {
        to[at] = *score;
    }
}

/// Divides scores by the highest, so that those of long and short texts compare.
fn share_of_best(scores: &mut [f32]) {
    let best = scores.iter().fold(1e-6_f32, |most, s| most.max(*s));
    for score in scores {
        *score /= best;
    }
}

/// A title without what does not say what the work is: what stands in brackets, grades in Roman numerals,
/// and words of rank.
pub fn plain_title(title: &str) -> String {
    const RANK: [&str; 12] = [
        "senior",
        "sr",
        "junior",
        "jr",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "re-advertised",
        "urgent",
    ];
    let mut depth = 0_i32;
    let outside: String = title
        .chars()
        .filter(|c| {
            depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']') && depth > 0);
            depth == 0 && !matches!(c, ')' | ']')
        })
        .collect();
    let kept: Vec<&str> = outside
        .split_whitespace()
        .filter(|w| {
            let bare = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            !RANK.contains(&bare.as_str())
        })
        .collect();
    if kept.is_empty() {
        title.to_owned()
    } else {
        kept.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_read_without_rank_and_brackets() {
        assert_eq!(plain_title("Senior Nurse II (Re-Advertised)"), "Nurse");
        assert_eq!(plain_title("Senior"), "Senior");
        assert_eq!(plain_title("Cook ) [night"), "Cook");
    }
}
