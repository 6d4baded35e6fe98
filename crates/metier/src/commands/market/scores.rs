//! Scores as a table.

use metier_app::SpanScores;

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
