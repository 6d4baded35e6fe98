//! The six moves, and what would be left if the job ended, in sentences.

use metier_core::endurance::IfItEnded;
use metier_core::framework::Shows;
use metier_core::id::{ActivityId, CompetencyId, PracticeId};
use metier_core::plan::{CareerMove, MoveEffect, MoveState, Suggested};

use super::demand::per_cent;
use super::{Words, list, number, plural};
use crate::market::KnownDemand;

/// How many names are said before the rest is counted.
const NAMED: usize = 5;

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

    /// How many ask for what a move would give the occasion to show: of one's own adverts, and of counted
    /// postings.
    pub fn move_demand(&self, shows: &[Shows], known: &KnownDemand) -> String {
        if known.adverts == 0 && known.postings == 0 {
            return "Not known: you saved no advert, and no postings were counted.".into();
        }
        let mut ids: Vec<&CompetencyId> = shows.iter().map(|s| &s.competency).collect();
        ids.sort();
        ids.dedup();
        if ids.is_empty() {
            return "Not known: it names nothing that it would give you occasion to show.".into();
        }
        let asked = |id: &CompetencyId| known.of(id).map_or(0, |d| d.adverts);
        ids.sort_by_key(|id| std::cmp::Reverse(asked(id)));
        let named: Vec<String> = ids
            .iter()
            .take(NAMED)
            .map(|id| {
                let mut parts = Vec::new();
                if known.adverts > 0 {
                    parts.push(format!(
                        "{} of your {}",
                        asked(id),
                        if known.adverts == 1 {
                            "one advert".to_owned()
                        } else {
                            format!("{} adverts", known.adverts)
                        }
                    ));
                }
                if known.postings > 0 {
                    parts.push(match known.of(id).and_then(|d| d.share) {
                        Some((low, high)) => {
                            format!("{} to {} of the postings counted", per_cent(low), per_cent(high))
                        }
                        None => "no posting counted names it".into(),
                    });
                }
                format!("{}: {}", self.competency(id), parts.join(", "))
            })
            .collect();
        let more = match ids.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("; and {} more", number(more as u64)),
        };
        format!("{}{more}.", named.join("; "))
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
                "Not all that {} asks for is proven. What it asks for says what the position would be.",
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
            Suggested::NoPosition => {
                "Record the position you hold with its practices; what it leaves untouched then stands here."
                    .into()
            }
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

    /// Names of a few practices in the order of the criteria, the rest counted.
    pub fn practices(&self, ids: &[PracticeId]) -> String {
        let all = self.framework.practices.iter().filter(|p| ids.contains(&p.id));
        let mut names: Vec<String> = all.take(NAMED).map(|p| p.name.clone()).collect();
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
        let proven = plural(all as u64, "competency", "competencies");
        let layers = [
            (along, "wherever the profession is practised"),
            (ended.industry.len(), "within the industry"),
            (ended.organisation.len(), "with this employer alone"),
        ];
        let some: Vec<(usize, &str)> = layers.into_iter().filter(|(n, _)| *n > 0).collect();
        if let [(n, place)] = some[..] {
            let it = if n == 1 { "it holds" } else { "all of them hold" };
            return format!("You have proven {proven}, and {it} {place}.");
        }
        let parts: Vec<String> = some
            .iter()
            .map(|(n, place)| {
                let verb = if *n == 1 { "holds" } else { "hold" };
                format!("{} that {verb} {place}", number(*n as u64))
            })
            .collect();
        format!("You have proven {proven}: {}.", list(&parts))
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
        let now = self.practices(&last.practices);
        match ended.same_for_years {
            0 | 1 if ended.years.len() == 1 => {
                format!("This year your work exercises {practices}: {now}. Earlier years are not recorded.")
            }
            0 | 1 => format!("This year your work exercises {practices}, not the same as last year: {now}."),
            years => format!(
                "The same {} for {}, {} to {}: {now}.",
                if last.practices.len() == 1 {
                    "practice".to_owned()
                } else {
                    practices
                },
                plural(years as u64, "calendar year", "calendar years"),
                i64::from(last.year) - i64::try_from(years).unwrap_or_default() + 1,
                last.year
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_left_is_said_by_layer_and_by_years() {
        let framework = crate::starters().remove(0).framework;
        let words = Words::new(&framework, &[], jiff::civil::date(2026, 11, 22));
        let ids: Vec<_> = framework.competencies.iter().map(|c| c.id.clone()).collect();
        let practice = framework.practices[0].id.clone();
        let year = |year| metier_core::person::YearCovered {
            year,
            practices: vec![practice.clone()],
        };
        let mut ended = IfItEnded {
            profession: ids[..1].to_vec(),
            industry: Vec::new(),
            organisation: Vec::new(),
            exercised: Vec::new(),
            untouched: Vec::new(),
            years: vec![year(2026)],
            same_for_years: 1,
        };
        assert_eq!(
            words.if_it_ended(&ended),
            "You have proven one competency, and it holds wherever the profession is practised."
        );
        assert!(
            words
                .same_practices(&ended)
                .ends_with("Earlier years are not recorded.")
        );
        ended.organisation = ids[1..3].to_vec();
        ended.years.insert(0, year(2025));
        ended.same_for_years = 2;
        assert_eq!(
            words.if_it_ended(&ended),
            "You have proven three competencies: one that holds wherever the profession is practised and two that hold with this employer alone."
        );
        let same = words.same_practices(&ended);
        assert!(
            same.starts_with("The same practice for two calendar years, 2025 to 2026: "),
            "{same}"
        );
    }

    #[test]
    fn each_move_goes_by_its_word() {
        for kind in CareerMove::ALL {
            assert!(MOVES.contains(&(move_word(kind), kind)));
            assert!(!career_move(kind).0.is_empty());
        }
    }
}
