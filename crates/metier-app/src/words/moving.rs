//! The six moves, and what would be left if the job ended, in sentences.

use metier_core::endurance::IfItEnded;
use metier_core::id::{ActivityId, PracticeId};
use metier_core::plan::{CareerMove, MoveEffect, MoveState, Suggested};

use super::{Words, capital, list, number, plural};

/// How many names are said before the rest is counted.
const NAMED: usize = 4;

/// A move's name, and what it is.
pub fn career_move(kind: CareerMove) -> (&'static str, &'static str) {
    match kind {
        CareerMove::GrowInPlace => ("Grow in place", "more of the field, in the same position"),
        CareerMove::Across => ("Across", "another position of the same height"),
        CareerMove::Up => ("Up", "a position with more responsibility"),
        CareerMove::StepBack => ("Step back", "less responsibility, for something else"),
        CareerMove::Explore => ("Explore", "a look at something else, with a way back"),
        CareerMove::MoveOn => ("Move on", "another employer or profession"),
    }
}

/// The words by which forms, addresses and commands name the moves.
pub const MOVES: [(&str, CareerMove); 6] = [
    ("grow-in-place", CareerMove::GrowInPlace),
    ("across", CareerMove::Across),
    ("up", CareerMove::Up),
    ("step-back", CareerMove::StepBack),
    ("explore", CareerMove::Explore),
    ("move-on", CareerMove::MoveOn),
];

/// A move as forms, addresses and commands write it.
pub fn move_word(kind: CareerMove) -> &'static str {
    MOVES
        .iter()
        .find(|(_, k)| *k == kind)
        .map_or("", |(word, _)| *word)
}

/// What became of a move, in a word or two.
pub fn move_state(state: MoveState) -> &'static str {
    match state {
        MoveState::Open => "being considered",
        MoveState::Chosen => "chosen",
        MoveState::SetAside => "set aside",
    }
}

/// What is known of the demand for a move. This is where adverts are counted once there are any here.
pub fn demand() -> &'static str {
    "Not known: no adverts are in this journal, so nothing says how many ask for it."
}

impl Words<'_> {
    /// What a move would do to the practices, in a line each.
    pub fn move_practices(&self, does: &MoveEffect) -> Vec<(&'static str, String)> {
        let lines = [
            ("New to you now", &does.gained),
            ("No longer", &does.left),
            ("Kept", &does.kept),
            ("Touched neither now nor then", &does.untouched),
        ];
        let some = lines.into_iter().filter(|(_, ids)| !ids.is_empty());
        some.map(|(label, ids)| (label, self.practices(ids))).collect()
    }

    /// What a move would do to the gap, in a sentence.
    pub fn move_gap(&self, does: &MoveEffect, target: Option<&str>) -> String {
        let Some(target) = target else {
            return "You aim at nothing yet, so nothing can be missing.".into();
        };
        if does.open == 0 {
            return format!("Nothing that {target} asks for is open.");
        }
        let mut ids: Vec<_> = does.closes.iter().map(|c| c.competency.clone()).collect();
        ids.dedup();
        let open = plural(does.open as u64, "competency", "competencies");
        if ids.is_empty() {
            return format!("It names no occasion to show any of the {open} still open for {target}.");
        }
        format!(
            "The occasion to show something of {} of the {open} still open for {target}: {}.",
            number(ids.len() as u64),
            self.names(&ids)
        )
    }

    /// What a move could be, out of the criteria.
    pub fn suggested(&self, kind: CareerMove, what: &Suggested) -> String {
        match what {
            Suggested::Practices(ids) => format!(
                "Your position leaves {} untouched. Which piece of it could you ask for?",
                self.practices(ids)
            ),
            Suggested::Level(id) => format!(
                "The next level is {}. What it asks for says what the position would be.",
                self.level(id)
            ),
            Suggested::Activities(ids) => {
                let names: Vec<String> = ids
                    .iter()
                    .map(|id| format!("\u{201c}{}\u{201d}", self.activity_called(id)))
                    .collect();
                let ahead = match kind {
                    CareerMove::StepBack => "Room for one of these would be a reason",
                    CareerMove::Explore => "A way to look without leaving",
                    _ => "Work of another kind at the same height",
                };
                format!("{ahead}: {}.", list(&names))
            }
            Suggested::GoesAlong(ids) => format!(
                "What is proven and would go along: {}. Where else is that asked for?",
                self.names(ids)
            ),
            Suggested::Nothing => match kind {
                CareerMove::GrowInPlace => {
                    "Your positions touch every practice of these criteria already.".into()
                }
                CareerMove::Up => "Everything that every level here asks for is proven.".into(),
                CareerMove::MoveOn => {
                    "Nothing is proven yet that would go along. That is where a move begins.".into()
                }
                _ => "These criteria say nothing of it. What have you seen others do?".into(),
            },
        }
    }

    fn activity_called<'s>(&'s self, id: &'s ActivityId) -> &'s str {
        let all = &self.framework.activities;
        all.iter()
            .find(|a| a.id == *id)
            .map_or(id.as_str(), |a| a.name.as_str())
    }

    /// Names of a few practices, the rest counted.
    pub fn practices(&self, ids: &[PracticeId]) -> String {
        let mut names: Vec<String> = ids
            .iter()
            .take(NAMED)
            .map(|id| self.practice(id).to_owned())
            .collect();
        if ids.len() > NAMED {
            names.push(plural((ids.len() - NAMED) as u64, "other", "others"));
        }
        list(&names)
    }

    /// What would be left if the job ended tomorrow, in two sentences.
    pub fn if_it_ended(&self, ended: &IfItEnded) -> String {
        let along = ended.profession.len();
        let all = along + ended.industry.len() + ended.organisation.len();
        if all == 0 {
            return "Nothing is proven yet, so nothing can be said of what would go with you.".into();
        }
        let mut said = format!(
            "Of {} you have proven, {} hold wherever the profession is practised",
            plural(all as u64, "competency", "competencies"),
            if along == all {
                "all".to_owned()
            } else {
                number(along as u64)
            },
        );
        if along == 1 && all > 1 {
            said = said.replace("one hold ", "one holds ");
        }
        let mut rest = Vec::new();
        if !ended.industry.is_empty() {
            rest.push(format!(
                "{} within the industry",
                number(ended.industry.len() as u64)
            ));
        }
        if !ended.organisation.is_empty() {
            rest.push(format!(
                "{} with this employer alone",
                number(ended.organisation.len() as u64)
            ));
        }
        if !rest.is_empty() {
            said += &format!(", {}", list(&rest));
        }
        said + "."
    }

    /// How long the same practices have been exercised, in a sentence.
    pub fn same_practices(&self, ended: &IfItEnded) -> String {
        let Some(last) = ended.years.last() else {
            return "No position is recorded, so it cannot be said which practices your work exercises."
                .into();
        };
        if last.practices.is_empty() {
            return "No position that you hold now exercises a practice of these criteria.".into();
        }
        let practices = plural(last.practices.len() as u64, "practice", "practices");
        match ended.same_for_years {
            0 | 1 => format!("This year your work exercises {practices}, and not the same as last year."),
            years => format!(
                "{} for {}: {}.",
                capital(&format!("the same {practices}")),
                plural(years as u64, "year", "years"),
                self.practices(&last.practices)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_move_goes_by_its_word() {
        for kind in CareerMove::ALL {
            assert!(MOVES.contains(&(move_word(kind), kind)));
            assert!(!career_move(kind).0.is_empty());
        }
    }
}
