//! The baseline that the tagger has to beat: an averaged perceptron (Collins 2002) over plain features.
//!
//! `cargo run --release -p metier-market --example plain_tagger -- TRAIN.conll... --score DEV.conll...`
//! trains one model for each layer on the first files and prints strict span scores on the others.

use std::collections::HashMap;

use metier_market::dataset::{Layer, Marked, Span, read_spans};
use metier_market::evaluate::score_spans;
use metier_market::train::Dice;

const TAGS: usize = 3;
const ROUNDS: usize = 10;
const OUTSIDE: usize = 0;
const BEGIN: usize = 1;
const INSIDE: usize = 2;

#[derive(Default)]
struct Model {
    numbers: HashMap<String, usize>,
    weights: Vec<[f64; TAGS]>,
    sums: Vec<[f64; TAGS]>,
    steps: [[f64; TAGS]; TAGS],
    step_sums: [[f64; TAGS]; TAGS],
}

fn shape(word: &str) -> String {
    let mut shape = String::new();
    for c in word.chars() {
        let sign = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            c => c,
        };
        if !shape.ends_with(sign) {
            shape.push(sign);
        }
    }
    shape
}

/// Word, small letters, prefixes, suffixes and shape of the words around, and pairs of them.
fn features(tokens: &[Box<str>], at: usize) -> Vec<String> {
    let lower = |d: isize| {
        at.checked_add_signed(d)
            .and_then(|i| tokens.get(i))
            .map_or_else(|| "|".to_owned(), |t| t.to_lowercase())
    };
    let mut found = vec!["bias".to_owned(), format!("w={}", tokens[at])];
    for d in -2..=2 {
        found.push(format!("l{d}={}", lower(d)));
    }
    for d in -1..=1_isize {
        if let Some(token) = at.checked_add_signed(d).and_then(|i| tokens.get(i)) {
            found.push(format!("s{d}={}", shape(token)));
            let letters: Vec<char> = token.to_lowercase().chars().collect();
            for n in 2..=4.min(letters.len()) {
                let tail: String = letters[letters.len() - n..].iter().collect();
                found.push(format!("e{d}{n}={tail}"));
                if d == 0 {
                    let head: String = letters[..n].iter().collect();
                    found.push(format!("b{n}={head}"));
                }
            }
        }
    }
    found.push(format!("p={}|{}", lower(-1), lower(0)));
    found.push(format!("n={}|{}", lower(0), lower(1)));
    found
}

impl Model {
    fn tags(&self, sentence: &[Vec<usize>]) -> Vec<usize> {
        let mut best = vec![[f64::NEG_INFINITY; TAGS]; sentence.len()];
        let mut from = vec![[0; TAGS]; sentence.len()];
        for (t, active) in sentence.iter().enumerate() {
            let mut score = [0.0; TAGS];
            for &f in active {
                for (sum, weight) in score.iter_mut().zip(self.weights[f]) {
                    *sum += weight;
                }
            }
            for tag in 0..TAGS {
                for before in 0..TAGS {
                    if tag == INSIDE && before == OUTSIDE || t == 0 && before != OUTSIDE {
                        continue;
                    }
                    let path = if t == 0 { 0.0 } else { best[t - 1][before] };
                    let path = path + self.steps[before][tag] + score[tag];
                    if path > best[t][tag] {
                        best[t][tag] = path;
                        from[t][tag] = before;
                    }
                }
            }
        }
        let mut tags = vec![OUTSIDE; sentence.len()];
        for t in (0..sentence.len()).rev() {
            tags[t] = if t + 1 == sentence.len() {
                (0..TAGS).fold(OUTSIDE, |b, x| if best[t][x] > best[t][b] { x } else { b })
            } else {
                from[t + 1][tags[t + 1]]
            };
        }
        tags
    }

    fn nudge(&mut self, sentence: &[Vec<usize>], tags: &[usize], by: f64, now: f64) {
        let mut before = OUTSIDE;
        for (active, &tag) in sentence.iter().zip(tags) {
            for &f in active {
                self.weights[f][tag] += by;
                self.sums[f][tag] += by * now;
            }
            self.steps[before][tag] += by;
            self.step_sums[before][tag] += by * now;
            before = tag;
        }
    }

    fn train(marked: &[Marked], layer: Layer) -> Self {
        let mut model = Self::default();
        let cut: Vec<Vec<Vec<usize>>> = marked
            .iter()
            .map(|m| {
                let mut number = |f: String| {
                    let fresh = model.numbers.len();
                    *model.numbers.entry(f).or_insert(fresh)
                };
                (0..m.tokens.len())
                    .map(|t| features(&m.tokens, t).into_iter().map(&mut number).collect())
                    .collect()
            })
            .collect();
        model.weights = vec![[0.0; TAGS]; model.numbers.len()];
        model.sums.clone_from(&model.weights);
        let gold: Vec<Vec<usize>> = marked.iter().map(|m| tags_of(m, layer)).collect();
        let mut order: Vec<usize> = (0..marked.len()).collect();
        let mut dice = Dice::new(1);
        let mut now = 0.0;
        for _ in 0..ROUNDS {
            dice.shuffle(&mut order);
            for &i in &order {
                now += 1.0;
                let found = model.tags(&cut[i]);
                if found != gold[i] {
                    model.nudge(&cut[i], &gold[i], 1.0, now);
                    model.nudge(&cut[i], &found, -1.0, now);
                }
            }
        }
        for (weights, sums) in model.weights.iter_mut().zip(&model.sums) {
            for (weight, sum) in weights.iter_mut().zip(sums) {
                *weight -= sum / now;
            }
        }
        for (steps, sums) in model.steps.iter_mut().zip(&model.step_sums) {
            for (step, sum) in steps.iter_mut().zip(sums) {
                *step -= sum / now;
            }
        }
        model
    }

    fn spans(&self, tokens: &[Box<str>]) -> Vec<Span> {
        let cut: Vec<Vec<usize>> = (0..tokens.len())
            .map(|t| {
                features(tokens, t)
                    .iter()
                    .filter_map(|f| self.numbers.get(f).copied())
                    .collect()
            })
            .collect();
        let mut spans: Vec<Span> = Vec::new();
        let mut before = OUTSIDE;
        for (t, tag) in (0_u32..).zip(self.tags(&cut)) {
            match (tag, spans.last_mut()) {
                (INSIDE, Some(open)) if before != OUTSIDE => open.end = t + 1,
                (OUTSIDE, _) => {}
                _ => spans.push(Span { start: t, end: t + 1 }),
            }
            before = tag;
        }
        spans
    }
}

fn tags_of(marked: &Marked, layer: Layer) -> Vec<usize> {
    let mut tags = vec![OUTSIDE; marked.tokens.len()];
    for span in marked.spans(layer) {
        for t in span.start..span.end {
            tags[t as usize] = if t == span.start { BEGIN } else { INSIDE };
        }
    }
    tags
}

fn read(files: &[String]) -> Result<Vec<Marked>, Box<dyn std::error::Error>> {
    let mut all = Vec::new();
    for file in files {
        all.extend(read_spans(&std::fs::read_to_string(file)?)?.sentences);
    }
    Ok(all)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let cut = files
        .iter()
        .position(|f| f == "--score")
        .ok_or("name the training files, then --score, then the files to score")?;
    let train = read(&files[..cut])?;
    let score = read(&files[cut + 1..])?;
    let skill = Model::train(&train, Layer::Skill);
    let knowledge = Model::train(&train, Layer::Knowledge);
    let found: Vec<[Vec<Span>; 2]> = score
        .iter()
        .map(|m| [skill.spans(&m.tokens), knowledge.spans(&m.tokens)])
        .collect();
    let scores = score_spans(&score, &found, true, 1);
    println!(
        "strict spans of {} sentences: F1 [95%], precision, recall",
        scores.sentences
    );
    for (name, s) in [
        ("skill", Some(scores.skill)),
        ("knowledge", scores.knowledge),
        ("combined", Some(scores.combined)),
    ] {
        if let Some(s) = s {
            println!(
                "{name:<10} {:.3} [{:.3}, {:.3}]  {:.3}  {:.3}",
                s.f1.value, s.f1.low, s.f1.high, s.precision.value, s.recall.value
            );
        }
    }
    Ok(())
}
