//! Training of the tagger, from marked sentences and plain texts to the file's part.

use serde::Serialize;

use super::TrainError;
use super::learn::{Gold, Lesson};
use super::lexicon::Lexicon;
use super::network::{Network, Settings};
use crate::dataset::{Layer, Marked, Span, SpanSet};
use crate::evaluate::{Counts, SpanScores, score_spans};
use crate::tagger::chain::{self, LABELS, Steps, Sums};
use crate::tagger::model::OUT;
use crate::tagger::{Desk, Model, Tagger, cut};
use crate::text::sentences;

/// What the tagger is taught with.
#[derive(Debug, Clone, Default)]
pub struct TaggerData {
    /// Sets that mark both layers; each in the order of its adverts.
    pub marked: Vec<SpanSet>,
    /// Plain texts of adverts and classifications: they say which words stand in the same places.
    pub texts: Vec<String>,
    /// Plain adverts that the teachers mark for the one that is kept.
    pub adverts: Vec<String>,
}

/// How the tagger is trained.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How each network is built and taught.
    pub network: Settings,
    /// In how many parts the marked sentences are cut to pick the prices; each is scored by a network that
    /// did not see it.
    pub folds: usize,
    /// How many networks teach the one that is kept; 0: it learns from the marked sentences alone.
    pub teachers: usize,
    /// The most tokens of plain adverts that teachers mark.
    pub unmarked: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            network: Settings::default(),
            folds: 3,
            teachers: 3,
            unmarked: 200_000,
        }
    }
}

/// What training gives.
#[derive(Debug, Clone)]
pub struct TrainedTagger {
    /// What is kept.
    pub model: Model,
    /// How it went.
    pub report: TaggerReport,
}

/// How training went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TaggerReport {
    /// Marked sentences learnt from.
    pub sentences: usize,
    /// Words known.
    pub words: usize,
    /// Scores of single networks on the parts that they did not see.
    pub folds: SpanScores,
}

/// Trains the tagger. The same data, plan and seed give the same weights, to the bit.
///
/// # Errors
/// When there are too few marked sentences, or none with both layers.
pub fn train_tagger(
    data: &TaggerData,
    plan: &Plan,
    seed: u64,
    mut said: impl FnMut(&str),
) -> Result<TrainedTagger, TrainError> {
    let sets: Vec<Vec<Marked>> = data
        .marked
        .iter()
        .filter(|set| set.both_layers)
        .map(|set| set.sentences.iter().map(Marked::recut).collect())
        .collect();
    let all: Vec<Marked> = sets.iter().flatten().cloned().collect();
    if all.len() < plan.folds.max(2) || all.iter().all(|m| m.skill.is_empty() && m.knowledge.is_empty()) {
        return Err(TrainError::TooFew {
            what: "sentences with skill and knowledge spans",
            found: all.len(),
        });
    }
    said("reading words in plain text");
    let lexicon = Lexicon::new(&data.texts, &all, seed);
    let parts = parts(&sets, plan.folds.max(2));

    let mut judged = Vec::new();
    for part in 0..plan.folds.max(2) {
        said(&format!("part {} of {}", part + 1, plan.folds.max(2)));
        let others: Vec<&Marked> = all
            .iter()
            .zip(&parts)
            .filter(|(_, p)| **p != part)
            .map(|(m, _)| m)
            .collect();
        let network = taught(&lexicon, &plan.network, &lessons(&lexicon, &others), seed);
        judged.push(Tagger::new(network.model(&lexicon.words, [0.25; 2])));
    }
    let mut prices = [0.25; 2];
    let mut found = vec![Default::default(); all.len()];
    for _ in 0..3 {
        for (part, tagger) in judged.iter().enumerate() {
            read_part(tagger, &all, &parts, part, prices, &mut found);
        }
        prices = better_prices(&all, &found);
    }
    let folds = score_spans(&all, &found, true, seed);

    let every: Vec<&Marked> = all.iter().collect();
    let mut taught_by = lessons(&lexicon, &every);
    if plan.teachers > 0 {
        let mut teachers = Vec::new();
        for teacher in 0..plan.teachers {
            said(&format!("teacher {} of {}", teacher + 1, plan.teachers));
            teachers.push(taught(
                &lexicon,
                &plan.network,
                &taught_by,
                seed + 1 + teacher as u64,
            ));
        }
        said("adverts marked by the teachers");
        let more = marked_by(&teachers, &lexicon, &data.adverts, plan.unmarked);
        taught_by.extend(more);
    }
    said("the tagger that is kept");
    let network = taught(&lexicon, &plan.network, &taught_by, seed);
    Ok(TrainedTagger {
        report: TaggerReport {
            sentences: all.len(),
            words: lexicon.words.len(),
            folds,
        },
        model: network.model(&lexicon.words, prices),
    })
}

/// Which part each sentence is in: every set is cut into stretches, so that adverts stay whole.
fn parts(sets: &[Vec<Marked>], folds: usize) -> Vec<usize> {
    sets.iter()
        .flat_map(|set| (0..set.len()).map(move |i| i * folds / set.len()))
        .collect()
}

fn taught(lexicon: &Lexicon, settings: &Settings, lessons: &[Lesson], seed: u64) -> Network {
    let mut network = Network::new(settings.clone(), lexicon.words.len(), lexicon.given.clone(), seed);
    network.learn(lessons, seed);
    network
}

fn lessons(lexicon: &Lexicon, marked: &[&Marked]) -> Vec<Lesson> {
    marked
        .iter()
        .enumerate()
        .map(|(i, m)| Lesson {
            tokens: lexicon.seen(m.tokens.iter().map(|t| &**t)),
            gold: [&m.skill, &m.knowledge].map(|spans| Gold::Marked(chain::labels(m.tokens.len(), spans))),
            goes_on: i > 0,
        })
        .collect()
}

/// Tags the sentences of one part, in order.
fn read_part(
    tagger: &Tagger,
    all: &[Marked],
    parts: &[usize],
    part: usize,
    prices: [f32; 2],
    found: &mut [[Vec<Span>; 2]],
) {
    let mut desk = Desk::new();
    tagger.begin(&mut desk);
    for ((marked, _), found) in all.iter().zip(parts).zip(found).filter(|((_, p), _)| **p == part) {
        *found = tagger.spans_at(marked.tokens.iter().map(|t| &**t), prices, &mut desk);
    }
}

/// Half of the F1 that each layer's spans have: the price at which naming a span begins to pay.
fn better_prices(marked: &[Marked], found: &[[Vec<Span>; 2]]) -> [f32; 2] {
    let mut prices = [0.25; 2];
    for (which, layer) in [Layer::Skill, Layer::Knowledge].into_iter().enumerate() {
        let counts = marked.iter().zip(found).fold(Counts::default(), |sum, (m, f)| {
            sum.and(Counts::of(m.spans(layer), &f[which]))
        });
        #[allow(clippy::cast_possible_truncation, reason = "a share")]
        {
            prices[which] = (counts.f1() / 2.0).clamp(0.05, 0.45) as f32;
        }
    }
    prices
}

/// Plain adverts with the labels' probabilities by the mean judgement of teachers.
fn marked_by(teachers: &[Network], lexicon: &Lexicon, adverts: &[String], most: usize) -> Vec<Lesson> {
    let mut lessons: Vec<Lesson> = Vec::new();
    let mut read = 0;
    let chains = [0, 1].map(|layer| mean_steps(teachers, layer));
    let mut sums = Sums::default();
    for advert in adverts {
        let mut goes_on = false;
        for sentence in sentences(advert) {
            if read >= most {
                return lessons;
            }
            let sentence = &advert[sentence];
            let mut tokens = Vec::new();
            cut(sentence, 0, &mut tokens);
            // What no sentence is that long for teaches little, and costs much.
            if tokens.is_empty() || tokens.len() > 120 {
                continue;
            }
            read += tokens.len();
            let seen = lexicon.seen(tokens.iter().map(|t| t.of(sentence)));
            let before = lessons.last().filter(|_| goes_on).map(|l| l.tokens.as_slice());
            let weights = mean_weights(teachers, &seen, before);
            let gold = [0, 1].map(|layer| {
                sums.run(
                    weights
                        .iter()
                        .map(|w| std::array::from_fn(|l| w[layer * LABELS + l])),
                    &chains[layer],
                );
                judgement(&sums, &chains[layer])
            });
            lessons.push(Lesson {
                tokens: seen,
                gold,
                goes_on,
            });
            goes_on = true;
        }
    }
    lessons
}

fn judgement(sums: &Sums, steps: &Steps) -> Gold {
    let labels = sums.forward.iter().zip(&sums.backward);
    let labels = labels
        .map(|(f, b)| std::array::from_fn(|l| f[l] * b[l]))
        .collect();
    let taken = (0..sums.forward.len())
        .map(|t| {
            let into = |from, to| {
                if t == 0 {
                    0.0
                } else {
                    sums.step(steps, t, from, to)
                }
            };
            std::array::from_fn(|from| std::array::from_fn(|to| into(from, to)))
        })
        .collect();
    Gold::Likely(labels, taken)
}

fn mean_steps(teachers: &[Network], layer: usize) -> Steps {
    let mut logs = [0.0; LABELS * LABELS];
    for teacher in teachers {
        super::kernel::add_scaled(&mut logs, 1.0 / teachers.len() as f32, &teacher.steps[layer].w);
    }
    chain::steps(&logs)
}

fn mean_weights(
    teachers: &[Network],
    tokens: &[super::network::Seen],
    before: Option<&[super::network::Seen]>,
) -> Vec<[f32; OUT]> {
    let mut mean = vec![[0.0; OUT]; tokens.len()];
    for teacher in teachers {
        for (sum, weights) in mean.iter_mut().zip(teacher.weights(tokens, before)) {
            super::kernel::add_scaled(sum, 1.0 / teachers.len() as f32, &weights);
        }
    }
    mean
}
