//! Scores as a table.

use metier_app::{LinkEvaluation, MarketEstimate, NameScores, SpanScores};

/// A table of the layers' scores: F1 with its interval, precision, recall, and what was counted.
pub fn table(scores: &SpanScores) -> String {
    let mut text = format!(
        "  {:<10} {:>5}  {:<14} {:>9} {:>6} {:>7} {:>6} {:>6}\n",
        "", "F1", "95%", "precision", "recall", "marked", "found", "right"
    );
    let layers = [
        ("skill", Some(&scores.skill)),
        ("knowledge", scores.knowledge.as_ref()),
        ("both", scores.knowledge.as_ref().map(|_| &scores.combined)),
    ];
    for (name, layer) in layers {
        if let Some(s) = layer {
            text += &format!(
                "  {name:<10} {:>5.3}  [{:.3}, {:.3}] {:>9.3} {:>6.3} {:>7} {:>6} {:>6}\n",
                s.f1.value,
                s.f1.low,
                s.f1.high,
                s.precision.value,
                s.recall.value,
                s.counts.marked,
                s.counts.found,
                s.counts.right
            );
        }
    }
    text
}

/// A figure with its interval.
pub fn estimate(found: MarketEstimate) -> String {
    format!("{:.3} [{:.3}, {:.3}]", found.value, found.low, found.high)
}

/// The scores of names alone.
pub fn names(scores: &NameScores) -> String {
    format!(
        "  precision {}, recall {}, F1 {}; {} marked, {} found, {} right\n",
        estimate(scores.precision),
        estimate(scores.recall),
        estimate(scores.f1),
        scores.counts.marked,
        scores.counts.found,
        scores.counts.right
    )
}

/// The scores of linking, with what was left out.
pub fn linking(scores: &LinkEvaluation) -> String {
    let mut text = format!(
        "  MRR {}, RP@5 {}; {} sentences against {} labels\n  left out: {} without a label that fits, {} with none of \
         these labels\n",
        estimate(scores.mrr),
        estimate(scores.rp5),
        scores.sentences,
        scores.candidates,
        scores.unlabelled,
        scores.not_among_candidates
    );
    match &scores.never_seen {
        Some(new) => {
            text += &format!(
                "  labels that training never saw: MRR {}, RP@5 {}; {} sentences\n",
                estimate(new.mrr),
                estimate(new.rp5),
                new.sentences
            );
        }
        None => text += "  every label was seen in training\n",
    }
    text
}
