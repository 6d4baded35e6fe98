//! Adding up counts of parts.

use super::{Counts, DAMAGED_LISTED, Names, example};

/// Why two counts do not add up. Neither is changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// They were made by different detectors.
    #[error("they were counted with different lists of names or by different versions of the program")]
    Method,
    /// A file is in both.
    #[error("{name} is counted in both, so its postings would count twice")]
    CountedTwice {
        /// The file, as it was named.
        name: String,
    },
    /// A number would exceed 64 bits.
    #[error("the numbers are too large to be added up")]
    TooLarge,
}

impl Counts {
    /// Adds the counts of another part. Equal counts are one part and change nothing.
    ///
    /// The order and the grouping of parts make no difference, to the byte.
    ///
    /// # Errors
    /// When the two do not add up; nothing is changed then.
    pub fn merge(&mut self, other: &Self) -> Result<(), MergeError> {
        if self.method != other.method {
            return Err(MergeError::Method);
        }
        if let Some((_, source)) = other.sources.iter().find(|(digest, _)| self.holds(digest)) {
            // One part given twice is one part.
            if self.to_text() == other.to_text() {
                return Ok(());
            }
            return Err(MergeError::CountedTwice {
                name: source.name.clone(),
            });
        }
        // Every number is at most a total of postings or of occurrences.
        let fits = self.total().checked_add(other.total()).is_some()
            && (self.names.occurrences)
                .checked_add(other.names.occurrences)
                .is_some();
        if !fits {
            return Err(MergeError::TooLarge);
        }
        self.sources
            .extend(other.sources.iter().map(|(d, s)| (d.clone(), s.clone())));
        let mut places = vec![0; other.postings.len()];
        for (slot, &theirs) in &other.slots {
            let here = self.slot(slot.clone());
            self.postings[here as usize] += other.postings[theirs as usize];
            places[theirs as usize] = here;
        }
        for (&(concept, slot), &n) in &other.mentions {
            *self.mentions.entry((concept, places[slot as usize])).or_default() += n;
        }
        for (&id, named) in &other.concepts {
            self.concepts.entry(id).or_insert_with(|| named.clone());
        }
        for (&concept, examples) in &other.examples {
            let kept = self.examples.entry(concept).or_default();
            for one in examples {
                example::keep(kept, one.clone());
            }
        }
        self.names.merge(&other.names);
        self.damaged.extend(other.damaged.iter().cloned());
        while self.damaged.len() > DAMAGED_LISTED {
            self.damaged.pop_last();
        }
        Ok(())
    }
}

impl Names {
    fn merge(&mut self, other: &Self) {
        self.occurrences += other.occurrences;
        for (at, &n) in other.sketch.iter().enumerate().filter(|(_, n)| **n > 0) {
            *self.counter(at) += n;
        }
        for (name, example) in &other.listed {
            self.list(name.clone(), example.clone());
        }
    }
}
