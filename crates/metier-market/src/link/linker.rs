//! The linker: a span or a sentence to concepts, with how sure that is.

use std::collections::HashMap;

use crate::concept::{ConceptId, Concepts};
use crate::text::words;

use super::grams::Grams;
use super::near::{Near, grains};
use super::table::{Side, Table, TableError, unit};

/// What training gives: a table with how it is used.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The tuned table.
    pub table: Table,
    /// What the cosine of the letters is multiplied by before it is added to the table's.
    pub letters: f32,
    /// How much a concept's other names count in its vector, its preferred name counting 1.
    pub names: f32,
    /// How much its definition does.
    pub definition: f32,
    /// Slope and offset of the logistic curve from a score to how likely the concept is right.
    pub curve: [f32; 2],
    /// How likely a concept has to be right for a span to be linked to it.
    pub threshold: f32,
}

/// What a trained linker's bytes begin with.
const MAGIC: &[u8; 8] = b"METIERLK";

impl Trained {
    /// How many of its bytes stand before the table's.
    pub const HEAD: usize = 36;

    /// Its bytes: "METIERLK", u32 version 1, six f32 in the order of the fields, and the table's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(1_u32.to_le_bytes());
        let [slope, offset] = self.curve;
        for value in [
            self.letters,
            self.names,
            self.definition,
            slope,
            offset,
            self.threshold,
        ] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(self.table.to_bytes());
        bytes
    }

    /// A trained linker from its bytes.
    ///
    /// # Errors
    /// When they are none, of another version, or damaged; nothing of them is kept then.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TableError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(TableError::NotATable)?;
        let (header, table) = body.split_at_checked(28).ok_or(TableError::Damaged("header"))?;
        let four = |at: usize| [header[at], header[at + 1], header[at + 2], header[at + 3]];
        match u32::from_le_bytes(four(0)) {
            1 => {}
            other => return Err(TableError::Version(other)),
        }
        let value = |at: usize| f32::from_le_bytes(four(4 + 4 * at));
        if !(0..6).map(value).all(|v| v.is_finite() && v.abs() < 1e4) {
            return Err(TableError::Damaged("header"));
        }
        Ok(Self {
            letters: value(0),
            names: value(1),
            definition: value(2),
            curve: [value(3), value(4)],
            threshold: value(5),
            table: Table::from_bytes(table)?,
        })
    }
}

/// A concept that a text speaks of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The concept.
    pub concept: ConceptId,
    /// How likely it is right, 0 to 1; 1 when the text is one of its names, word for word.
    pub score: f32,
}

/// Concepts, ready to be linked to.
#[derive(Debug, Clone)]
pub struct Linker {
    trained: Trained,
    letters: Grams,
    meaning: Near,
    names: HashMap<Box<str>, ConceptId>,
}

/// How many groups of concepts a span is compared with.
const GROUPS: usize = 12;
/// Runs of letters that more names hold than this say too little of a span to be followed.
const RARE: usize = 600;
/// A name whose letters are less like a span's is not compared with it.
const ALIKE: f32 = 0.15;
/// How many spans a reader remembers before it begins anew: about 20 MB.
const REMEMBERED: usize = 200_000;

impl Linker {
    /// A linker to these concepts.
    pub fn new(concepts: &Concepts, trained: Trained) -> Self {
        let mut vectors = Vec::with_capacity(concepts.len() * trained.table.dims());
        let mut names = HashMap::new();
        for (_, concept) in concepts.iter() {
            let others = concept.names.iter().map(|n| n.text.as_str());
            vectors.extend(trained.vector(&concept.label, others, &concept.description));
        }
        // A preferred name belongs to its concept before any other name does; of equals the first has it.
        for preferred in [true, false] {
            for (id, concept) in concepts.iter() {
                let others = concept.names.iter().map(|n| n.text.as_str());
                let label = preferred.then_some(concept.label.as_str());
                for name in label.into_iter().chain(others.filter(|_| !preferred)) {
                    names.entry(written(name).into_boxed_str()).or_insert(id);
                }
            }
        }
        Self {
            letters: Grams::new(concepts.iter().map(|(_, c)| c.label.as_str())),
            meaning: Near::new(trained.table.dims(), &vectors),
            names,
            trained,
        }
    }

    /// What training gave.
    pub fn trained(&self) -> &Trained {
        &self.trained
    }

    /// The score of every concept for a text, in their order: the cosine of the table and, times its factor,
    /// that of the letters.
    pub fn scores(&self, text: &str) -> Vec<f32> {
        let mut scores = Vec::new();
        self.letters.score(text, &mut scores);
        let asked = grains(&self.trained.table.embed(text, Side::Text));
        for (score, cosine) in scores.iter_mut().zip(self.meaning.all(&asked)) {
            *score = *score * self.trained.letters + cosine;
        }
        scores
    }

    /// The concepts a sentence speaks of, likeliest first, `most` of them. All are compared.
    pub fn rank(&self, sentence: &str, most: usize) -> Vec<Link> {
        let scores = self.scores(sentence).into_iter();
        self.first((0..).zip(scores).collect(), sentence, most)
    }

    /// A reader, which remembers the spans it has linked. Each thread has one of its own.
    pub fn reader(&self) -> Reader<'_> {
        Reader {
            linker: self,
            remembered: HashMap::new(),
            alike: vec![0.0; self.letters.len()],
            touched: Vec::new(),
            found: Vec::new(),
        }
    }

    fn first(&self, mut found: Vec<(u32, f32)>, text: &str, most: usize) -> Vec<Link> {
        if most == 0 || !text.chars().any(char::is_alphanumeric) {
            return Vec::new();
        }
        let named = self.names.get(written(text).as_str()).copied();
        let better = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if most < found.len() {
            found.select_nth_unstable_by(most - 1, better);
            found.truncate(most);
        }
        found.sort_unstable_by(better);
        let mut links: Vec<Link> = named
            .map(|concept| Link { concept, score: 1.0 })
            .into_iter()
            .chain(found.into_iter().map(|(at, score)| Link {
                concept: ConceptId(at),
                score: self.likely(score),
            }))
            .collect();
        if named.is_some() {
            let mut first = true;
            links.retain(|l| std::mem::take(&mut first) || Some(l.concept) != named);
        }
        links.truncate(most);
        links
    }

    fn likely(&self, score: f32) -> f32 {
        let [slope, offset] = self.trained.curve;
        1.0 / (1.0 + libm::expf(-(slope * score + offset)))
    }
}

impl Trained {
    /// A concept's vector: its preferred name, the mean of its others and its definition, blended.
    pub(super) fn vector<'a>(
        &self,
        label: &str,
        names: impl Iterator<Item = &'a str>,
        definition: &str,
    ) -> Vec<f32> {
        let mut others = vec![0.0; self.table.dims()];
        for name in names {
            let one = self.table.embed(name, Side::Name);
            others.iter_mut().zip(one).for_each(|(to, v)| *to += v);
        }
        unit(&mut others);
        let definition = self.table.embed(definition, Side::Name);
        let mut vector = self.table.embed(label, Side::Name);
        for ((to, other), defined) in vector.iter_mut().zip(others).zip(definition) {
            *to += self.names * other + self.definition * defined;
        }
        unit(&mut vector);
        vector
    }
}

/// Links one span after another, and remembers them.
#[derive(Debug)]
pub struct Reader<'a> {
    linker: &'a Linker,
    remembered: HashMap<Box<str>, Option<Link>>,
    alike: Vec<f32>,
    touched: Vec<u32>,
    found: Vec<(u32, f32)>,
}

impl Reader<'_> {
    /// What a span is linked to; none when nothing is likely enough: a name no taxonomy has.
    pub fn link(&mut self, span: &str) -> Option<Link> {
        if let Some(known) = self.remembered.get(span) {
            return *known;
        }
        let threshold = self.linker.trained.threshold;
        let link = self
            .candidates(span, 1)
            .first()
            .copied()
            .filter(|l| l.score >= threshold);
        if self.remembered.len() >= REMEMBERED {
            self.remembered.clear();
        }
        self.remembered.insert(span.into(), link);
        link
    }

    /// The concepts a span may speak of, likeliest first, `most` of them. Only those are compared whose
    /// meaning or letters are near.
    pub fn candidates(&mut self, span: &str, most: usize) -> Vec<Link> {
        let linker = self.linker;
        self.found.clear();
        let asked = grains(&linker.trained.table.embed(span, Side::Text));
        linker.meaning.nearest(&asked, GROUPS, &mut self.found);
        linker
            .letters
            .score_rare(span, RARE, &mut self.alike, &mut self.touched);
        for (at, score) in &mut self.found {
            let alike = std::mem::take(&mut self.alike[*at as usize]);
            *score += linker.trained.letters * alike;
        }
        for &at in &self.touched {
            let alike = std::mem::take(&mut self.alike[at as usize]);
            if alike >= ALIKE {
                let meaning = linker.meaning.cosine(&asked, at);
                self.found.push((at, meaning + linker.trained.letters * alike));
            }
        }
        linker.first(std::mem::take(&mut self.found), span, most)
    }
}

/// A name as it is looked up: its words in small letters, a blank between them.
fn written(name: &str) -> String {
    let mut found = String::with_capacity(name.len());
    for word in words(name) {
        if !found.is_empty() {
            found.push(' ');
        }
        found.extend(word.of(name).chars().flat_map(char::to_lowercase));
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::concept::{Concept, Name, Scheme, Sort, Trust};

    fn concept(label: &str, names: &[&str], description: &str) -> Concept {
        Concept {
            scheme: Scheme::Esco,
            key: label.to_owned(),
            sort: Sort::Skill,
            label: label.to_owned(),
            names: names
                .iter()
                .map(|n| Name {
                    text: (*n).to_owned(),
                    trust: Trust::SearchOnly,
                })
                .collect(),
            description: description.to_owned(),
            broader: Vec::new(),
        }
    }

    fn linker() -> Linker {
        let concepts = Concepts::new(vec![
            concept("weld metal", &["join metal"], "fuse parts of steel"),
            concept("manage staff", &["lead people"], ""),
            concept("C++", &["cpp"], "a language"),
            concept("cook meals", &["join metal", "C++"], "prepare food"),
        ]);
        let words = [
            "weld", "metal", "steel", "staff", "people", "lead", "cook", "food", "c",
        ];
        // Three meanings: metal, people, food.
        let values: Vec<f32> = [0, 0, 0, 1, 1, 1, 2, 2, 2]
            .into_iter()
            .flat_map(|meaning| (0..3).map(move |d| if d == meaning { 1.0 } else { 0.05 }))
            .collect();
        let table = Table::quantise(words.join("\n"), 3, &values, &[1.0; 9]);
        Linker::new(&concepts, Trained::of(table))
    }

    #[test]
    fn a_name_links_to_its_own_concept_first_and_a_preferred_one_before_others() {
        let linker = linker();
        let mut reader = linker.reader();
        for (name, right) in [
            ("Weld Metal", 0),
            ("join metal", 0),
            ("LEAD people", 1),
            ("c++", 2),
            ("cpp", 2),
        ] {
            let links = [linker.rank(name, 2), reader.candidates(name, 2)];
            for links in links {
                assert_eq!(
                    links[0],
                    Link {
                        concept: ConceptId(right),
                        score: 1.0
                    },
                    "{name}"
                );
                assert!(links.get(1).is_none_or(|l| l.concept.0 != right), "{name}");
            }
        }
    }

    #[test]
    fn what_means_the_same_is_linked_and_what_nothing_fits_is_not() {
        let linker = linker();
        let mut reader = linker.reader();
        assert_eq!(reader.link("steel parts").map(|l| l.concept), Some(ConceptId(0)));
        assert_eq!(reader.link("xylophone"), None);
        assert_eq!(reader.link("--"), None);
        // What is remembered is what was found.
        assert_eq!(reader.link("steel parts"), linker.reader().link("steel parts"));
    }

    #[test]
    fn the_bytes_of_what_was_trained_give_it_back_and_damaged_ones_are_refused() {
        let bytes = linker().trained().to_bytes();
        assert_eq!(Trained::from_bytes(&bytes).unwrap().to_bytes(), bytes);
        assert_eq!(Trained::from_bytes(b"x").unwrap_err(), TableError::NotATable);
        assert_eq!(
            Trained::from_bytes(&bytes[..20]).unwrap_err(),
            TableError::Damaged("header")
        );
        let mut other = bytes.clone();
        other[8] = 7;
        assert_eq!(Trained::from_bytes(&other).unwrap_err(), TableError::Version(7));
        let mut infinite = bytes;
        infinite[12..16].copy_from_slice(&f32::INFINITY.to_le_bytes());
        assert_eq!(
            Trained::from_bytes(&infinite).unwrap_err(),
            TableError::Damaged("header")
        );
    }

    proptest! {
        #[test]
        fn links_come_likeliest_first_and_each_concept_once(text in "(weld |metal|staff |cook|C[+][+] |x|, ){1,6}") {
            let linker = linker();
            for links in [linker.rank(&text, 3), linker.reader().candidates(&text, 3)] {
                prop_assert!(links.len() <= 3);
                prop_assert!(links.is_sorted_by(|a, b| a.score >= b.score));
                prop_assert!(links.iter().all(|l| (0.0..=1.0).contains(&l.score)));
                let mut seen: Vec<u32> = links.iter().map(|l| l.concept.0).collect();
                seen.sort_unstable();
                seen.dedup();
                prop_assert_eq!(seen.len(), links.len());
            }
        }
    }
}
