//! What was found in a levelling document.

use metier_exchange::levelling::Levelling;

use super::plural;

/// What it holds that can be aimed at: "48 roles with 201 levels", "16 tracks of 5 steps".
pub fn found(levelling: &Levelling) -> String {
    let parts = levelling.usable().count() as u64;
    let levels = levelling.level_count() as u64;
    if parts == 0 {
        return "nothing that has levels".into();
    }
    if !levelling.tracks {
        let (roles, levels) = (plural(parts, "role", "roles"), plural(levels, "level", "levels"));
        return format!("{roles} with {levels}");
    }
    let most = levelling.usable().map(|p| p.steps.len()).max().unwrap_or(0) as u64;
    let up_to = if levels == most * parts { "" } else { "up to " };
    format!(
        "{} of {up_to}{}",
        plural(parts, "track", "tracks"),
        plural(most, "step", "steps")
    )
}

#[cfg(test)]
mod tests {
    use metier_exchange::levelling::{Choices, read};

    use super::found;

    #[test]
    fn roles_and_tracks_are_counted_with_their_levels() {
        let said = |name: &str, text: &str| found(&read(name, text.as_bytes(), &Choices::default()).unwrap());
        assert_eq!(
            said(
                "a.csv",
                "Role,Level,Skill,Expectation\nBaker,Junior,Dough,Kneads\nBaker,Senior,Dough,Teaches\n"
            ),
            "one role with two levels"
        );
        assert_eq!(
            said("a.csv", "Skill,Expectation\nDough,Kneads\nOven,Bakes\n"),
            "nothing that has levels"
        );
    }
}
