//! The mastery map in a terminal: practices and competencies as rows, steps as columns, a shape for each
//! state.

use metier_app::words::Words;
use metier_core::framework::{Framework, Weight};
use metier_core::standing::{CompetencyStanding, Grade, RungStanding, Standing, State};
use unicode_width::UnicodeWidthStr;

use crate::paper::{Paper, cut, pad};

/// Columns one step takes: bracket, shape, mark of the target, bracket.
const CELL: usize = 4;

/// The shape of a state.
pub fn shape(state: State, grade: Option<Grade>) -> char {
    match (state, grade) {
        (State::Proven, Some(Grade::Confirmed)) => '✔',
        (State::Proven, Some(Grade::ReadAcross)) => '◉',
        (State::Proven, _) => '●',
        (State::Likely, _) => '◐',
        (State::NotYet, _) => '○',
        (State::NoRecord, _) => '·',
        (State::RefresherDue, _) => '◌',
        (State::Disputed, _) => '◇',
    }
}

/// Draws the map, with the steps named above and the shapes explained below.
pub fn draw(standing: &Standing, framework: &Framework, words: &Words<'_>, paper: Paper) -> String {
    let rungs: Vec<_> = framework.ladder.active().collect();
    let widest = framework
        .competencies
        .iter()
        .map(|c| c.name.width() + 2)
        .max()
        .unwrap_or(0);
    let room = paper.width().saturating_sub(rungs.len() * CELL + 1).max(16);
    let names = widest.min(room);

    let steps: Vec<String> = (1..)
        .zip(&rungs)
        .map(|(n, r)| format!("{n} {}", r.name))
        .collect();
    let mut text = paper.row(&steps) + "\n\n";
    let numbers: String = (1..=rungs.len()).map(|n| format!(" {n:<3}")).collect();
    text += &format!("{} {}\n", pad("", names), numbers.trim_end());
    for practice in &framework.practices {
        text += &format!("{}\n", paper.strong(&practice.name));
        let of_it = standing.competencies.iter().filter(|c| c.practice == practice.id);
        for competency in of_it {
            let name = pad(
                &cut(&format!("  {}", words.competency(&competency.competency)), names),
                names,
            );
            let row = format!("{name} {}", cells(competency));
            text += &format!("{}\n", row.trim_end());
            if !competency.blank() {
                text += &format!(
                    "{}\n",
                    paper.faint(&paper.paragraph("", 6, &words.line(competency)))
                );
            }
        }
    }
    text + "\n" + &legend(standing, paper)
}

fn cells(competency: &CompetencyStanding) -> String {
    let place = |id: &Option<metier_core::id::RungId>| {
        id.as_ref()
            .and_then(|id| competency.rungs.iter().position(|r| r.rung == *id))
    };
    // Below the first step there is no column to hold a bracket.
    let high = place(&competency.probably.high);
    let low = place(&competency.probably.low).or(high.map(|_| 0));
    let known = !competency.blank();
    let asked = competency
        .expected
        .as_ref()
        .filter(|e| e.weight != Weight::NotApplicable)
        .and_then(|e| competency.rungs.iter().position(|r| r.rung == e.rung));
    competency
        .rungs
        .iter()
        .enumerate()
        .map(|(i, rung)| {
            let open = if known && low == Some(i) { '[' } else { ' ' };
            let close = if known && high == Some(i) { ']' } else { ' ' };
            let mark = if asked == Some(i) { '*' } else { ' ' };
            format!("{open}{}{mark}{close}", rung_shape(rung))
        })
        .collect()
}

fn rung_shape(rung: &RungStanding) -> char {
    shape(rung.state, rung.grade)
}

fn legend(standing: &Standing, paper: Paper) -> String {
    let mut parts: Vec<String> = [
        "✔ proven, confirmed",
        "● proven",
        "◐ likely",
        "○ not yet",
        "· no record",
        "◌ refresher due",
        "◇ people disagree",
        "[ ] probably in here",
    ]
    .map(str::to_owned)
    .to_vec();
    let across = |r: &RungStanding| r.grade == Some(Grade::ReadAcross);
    if standing.competencies.iter().any(|c| c.rungs.iter().any(across)) {
        parts.insert(2, "◉ proven under other criteria".to_owned());
    }
    if let Some(target) = &standing.target {
        parts.push(format!("* what {} asks for", target.name));
    }
    paper.faint(&paper.row(&parts)) + "\n"
}
