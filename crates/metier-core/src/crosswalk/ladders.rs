//! Two ladders beside each other.

use crate::framework::scale::{self, tidy};
use crate::framework::{Framework, Rung};
use crate::id::RungId;

/// The steps of one ladder as steps of another: each as the highest that it surely reaches. Steps with the
/// same id or name are each other; the others stand by what their names say, else by their place.
/// A step that reaches none is left out, and a built-in step of its own sort (teaches, leads, owns…) is
/// reached by its like alone.
pub fn steps(from: &Framework, to: &Framework) -> Vec<(RungId, RungId)> {
    let (theirs, ours) = (heights(from), heights(to));
    let mut pairs = Vec::new();
    for (rung, height) in &theirs {
        let same = ours
            .iter()
            .find(|(r, _)| r.id == rung.id)
            .or_else(|| ours.iter().find(|(r, _)| tidy(&r.name) == tidy(&rung.name)));
        let reached = same.or_else(|| {
            ours.iter()
                .filter(|(r, h)| *h <= height + 1e-9 && !of_its_own_sort(&r.id))
                .max_by(|a, b| a.1.total_cmp(&b.1))
        });
        if let Some((reached, _)) = reached {
            pairs.push((rung.id.clone(), reached.id.clone()));
        }
    }
    pairs
}

/// The built-in steps, by how far each goes.
const BUILT_IN: [(&str, f64); 9] = [
    ("follows", 0.2),
    ("reliable", 6.0 / 11.0),
    ("delivers", 0.64),
    ("teaches", 0.73),
    ("leads", 0.82),
    ("communicates", 0.73),
    ("troubleshoots", 0.73),
    ("owns", 0.91),
    ("recognised", 0.2),
];

/// True for a built-in step that says what is done and not how well.
fn of_its_own_sort(rung: &RungId) -> bool {
    BUILT_IN[2..].iter().any(|(id, _)| *id == rung.as_str())
}

/// How far each step in use goes, 0 to 1.
fn heights(framework: &Framework) -> Vec<(&Rung, f64)> {
    let rungs: Vec<&Rung> = framework.ladder.active().collect();
    let count = rungs.len();
    // A scale of skills says by its names where its steps stand; a number says only which comes first.
    let named: Option<Vec<f64>> = rungs
        .iter()
        .map(|r| {
            let digits = r.name.chars().any(|c| c.is_ascii_digit());
            scale::skill(&r.name)
                .filter(|_| !digits)
                .map(|h| f64::from(h) / 11.0)
        })
        .collect();
    rungs
        .iter()
        .enumerate()
        .map(|(place, rung)| {
            let built_in = BUILT_IN.iter().find(|(id, _)| *id == rung.id.as_str());
            let height = match (built_in, &named) {
                (Some((_, height)), _) => *height,
                (None, Some(named)) => named[place],
                // What a document asks of its lowest level is already done without help.
                (None, None) if count > 1 => 0.45 + 0.5 * place as f64 / (count - 1) as f64,
                (None, None) => 0.45,
            };
            (*rung, height)
        })
        .collect()
}
