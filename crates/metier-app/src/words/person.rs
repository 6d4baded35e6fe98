//! The person's circumstances in words: professions, positions, how much of the field they touched.

use jiff::civil::Date;
use metier_core::framework::Framework;
use metier_core::person::{Position, ProfessionStatus, YearCovered, coverage};
use metier_core::standing::CredentialState;

use super::{capital, day, list, plural};

/// Whether one has a profession or wants it.
pub fn profession_status(status: ProfessionStatus) -> &'static str {
    match status {
        ProfessionStatus::Held => "practised",
        ProfessionStatus::Aspired => "wanted",
    }
}

/// Where a credential stands.
pub fn credential_state(state: CredentialState) -> &'static str {
    match state {
        CredentialState::Held => "held",
        CredentialState::Expiring => "lapses soon",
        CredentialState::Lapsed => "lapsed",
        CredentialState::Missing => "nothing shows it yet",
    }
}

/// From when until when.
pub fn span(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (None, None) => "since before this journal".into(),
        (Some(from), None) => format!("since {}", day(from)),
        (None, Some(until)) => format!("until {}", day(until)),
        (Some(from), Some(until)) => format!("{} to {}", day(from), day(until)),
    }
}

/// How much of the field the positions touched, now and over the years.
pub fn covered(framework: &Framework, positions: &[Position], today: Date) -> String {
    let all = framework.practices.len();
    let years = coverage(positions, &framework.family, today);
    let known = |ids: &[metier_core::id::PracticeId]| -> Vec<String> {
        framework
            .practices
            .iter()
            .filter(|p| ids.contains(&p.id))
            .map(|p| p.name.clone())
            .collect()
    };
    if years.is_empty() {
        return "No position is recorded, so it cannot be said how much of the field your work touches."
            .into();
    }
    let ever: Vec<_> = years.iter().flat_map(|y| y.practices.iter().cloned()).collect();
    let ever = known(&ever).len();
    let touched: Vec<&YearCovered> = years.iter().filter(|y| !y.practices.is_empty()).collect();
    let constant = touched.windows(2).all(|w| w[0].practices == w[1].practices);
    let span = plural(touched.len() as u64, "year", "years");
    let of = |n: usize| format!("{n} of {all} {}", if all == 1 { "practice" } else { "practices" });
    let mut said = if constant {
        format!("{} for {span}", of(ever))
    } else {
        let now: Vec<_> = positions
            .iter()
            .filter(|p| p.family == framework.family && p.covers(today))
            .flat_map(|p| p.practices.iter().cloned())
            .collect();
        format!("{} over {span}, {} now", of(ever), known(&now).len())
    };
    let untouched: Vec<String> = framework
        .practices
        .iter()
        .filter(|p| !years.iter().any(|y| y.practices.contains(&p.id)))
        .map(|p| p.name.clone())
        .collect();
    if untouched.is_empty() {
        said.push_str(": the whole field.");
    } else if ever * 2 < all {
        said.push_str(": most of the field untouched.");
    } else {
        said.push_str(": untouched so far ");
        said.push_str(&list(&untouched));
        said.push('.');
    }
    capital(&said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_framework;
    use jiff::civil::date;

    #[test]
    fn coverage_is_said_as_the_person_would_put_it() {
        let f = find_framework(None, "nursing").unwrap();
        let today = date(2026, 11, 22);
        let all = f.practices.len();
        let position = |n: usize, from, until| Position {
            title: "Nurse".into(),
            organisation: String::new(),
            industry: String::new(),
            family: f.family.clone(),
            practices: f.practices.iter().take(n).map(|p| p.id.clone()).collect(),
            from,
            until,
        };
        let said = |positions: &[Position]| covered(&f, positions, today);
        assert!(said(&[]).starts_with("No position"));
        let first = position(3, date(2023, 2, 1), None);
        assert_eq!(
            said(std::slice::from_ref(&first)),
            format!("3 of {all} practices for four years: most of the field untouched.")
        );
        let ended = position(3, date(2023, 2, 1), Some(date(2024, 6, 1)));
        let second = position(all - 1, date(2024, 6, 2), None);
        let last = &f.practices[all - 1].name;
        assert_eq!(
            said(&[ended, second]),
            format!(
                "{} of {all} practices over four years, {} now: untouched so far {last}.",
                all - 1,
                all - 1
            )
        );
        assert!(said(&[position(all, date(2026, 1, 1), None)]).ends_with("for one year: the whole field."));
    }
}
