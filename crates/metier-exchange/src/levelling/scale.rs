//! Which of two levels is the higher: what their names say.

/// Levels of a skill, lowest first; words of one line stand at the same height.
const SKILL: [&[&str]; 12] = [
    &["none", "no knowledge", "not applicable"],
    &["awareness", "aware", "exposure", "familiar", "familiarity"],
    &["novice", "beginner", "learner", "learning", "entry"],
    &[
        "elementary",
        "foundation",
        "foundational",
        "fundamental",
        "fundamentals",
    ],
    &["basic", "basics", "limited"],
    &["developing", "emerging", "growing"],
    &["working", "working knowledge", "intermediate"],
    &["capable", "competent", "established", "applying"],
    &["practitioner", "proficient", "skilled", "accomplished"],
    &["advanced", "highly skilled", "extensive", "mature"],
    &["expert", "expertise", "specialist", "authority"],
    &["master", "mastery", "thought leader", "role model", "leading"],
];

/// Words that place a level of a role, lowest first.
const ROLE: [(&str, u32); 28] = [
    ("intern", 5),
    ("apprentice", 8),
    ("trainee", 10),
    ("graduate", 12),
    ("entry", 12),
    ("assistant", 18),
    ("junior", 20),
    ("jr", 20),
    ("associate", 24),
    ("mid", 35),
    ("intermediate", 35),
    ("regular", 36),
    ("senior", 50),
    ("sr", 50),
    ("staff", 60),
    ("lead", 62),
    ("leader", 62),
    ("manager", 64),
    ("principal", 70),
    ("distinguished", 80),
    ("architect", 66),
    ("fellow", 85),
    ("head", 90),
    ("director", 95),
    ("vp", 97),
    ("president", 98),
    ("executive", 98),
    ("chief", 100),
];

/// The height of a role that says nothing about it: "Data architect".
const PLAIN: u32 = 40;

/// The height of a level of skill; `None` when its name says nothing.
pub(super) fn skill(name: &str) -> Option<u32> {
    let tidy = super::meaning::tidy(name);
    let by_word = SKILL
        .iter()
        .position(|words| words.contains(&tidy.as_str()))
        .and_then(|place| u32::try_from(place).ok());
    by_word.or_else(|| {
        let rest = ["milestone", "step", "stage", "skill level"]
            .iter()
            .find_map(|head| tidy.strip_prefix(head))?;
        numeral(rest.trim())
    })
}

/// The height of a level of a role; `None` when its name says nothing.
pub(super) fn role(name: &str) -> Option<u32> {
    let tidy = super::meaning::tidy(name);
    let words: Vec<&str> = tidy.split(' ').collect();
    // "Architect" and "manager" are trades beside other words, and levels alone.
    let trade = |word: &str| words.len() > 1 && ["architect", "manager", "executive"].contains(&word);
    let known: Vec<u32> = ROLE
        .iter()
        .filter(|(word, _)| words.contains(word) && !trade(word))
        .map(|(_, height)| *height)
        .collect();
    if let Some(highest) = known.iter().max() {
        // "Senior staff" is above "staff": a word more counts a little.
        return Some(highest * 100 + u32::try_from(known.len() - 1).unwrap_or(0));
    }
    numbered(&words).map(|n| PLAIN * 100 + n)
}

/// The number of "L4", "IC3", "Grade 7", "Engineer II", "3".
fn numbered(words: &[&str]) -> Option<u32> {
    const HEADS: [&str; 12] = [
        "l", "ic", "p", "e", "m", "t", "s", "g", "band", "grade", "level", "tier",
    ];
    let last = words.last()?;
    let letters = last.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (head, digits) = last.split_at(letters);
    if !digits.is_empty() && (head.is_empty() || HEADS.contains(&head)) {
        return numeral(digits);
    }
    // A Roman numeral counts only behind something: "I" alone is a word.
    (words.len() > 1).then(|| roman(last)).flatten()
}

/// A number in digits or Roman, up to 99.
pub(super) fn numeral(text: &str) -> Option<u32> {
    let digits: Option<u32> = text.parse().ok().filter(|n| *n < 100);
    digits.or_else(|| roman(text))
}

fn roman(text: &str) -> Option<u32> {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    let lower = text.to_ascii_lowercase();
    let place = ROMAN.iter().position(|r| *r == lower)?;
    u32::try_from(place + 1).ok()
}

/// The height of a role's level among others, where a name that says nothing stands in the middle.
pub(super) fn role_or_plain(name: &str) -> u32 {
    role(name).unwrap_or(PLAIN * 100)
}

/// On what an order rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The person said so.
    Said,
    /// The names say so.
    Names,
    /// The columns stand in this order.
    Columns,
    /// What the levels ask for rises in this order.
    Asked,
    /// They were met in this order, which means little.
    #[default]
    Met,
}

/// Orders the names of skill levels, lowest first.
pub(super) fn order_of_skill_levels(names: Vec<String>, in_columns: bool) -> (Vec<String>, Basis) {
    let heights: Option<Vec<u32>> = names
        .iter()
        .map(|n| numeral(n.trim()).or_else(|| skill(n)).or_else(|| role(n)))
        .collect();
    let Some(heights) = heights.filter(|h| distinct(h)) else {
        let basis = if in_columns { Basis::Columns } else { Basis::Met };
        return (names, basis);
    };
    let mut both: Vec<(u32, String)> = heights.into_iter().zip(names).collect();
    both.sort();
    (both.into_iter().map(|(_, n)| n).collect(), Basis::Names)
}

/// True when a list of heights puts its items in an order.
fn distinct(heights: &[u32]) -> bool {
    let mut sorted = heights.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] < pair[1])
}

/// Puts what was said first into that order, and the rest behind it as it was. Names are compared
/// without regard to case.
pub(super) fn as_said(names: Vec<String>, said: &[String]) -> Vec<String> {
    let place = |name: &String| {
        said.iter()
            .position(|s| s.trim().eq_ignore_ascii_case(name.trim()))
            .unwrap_or(usize::MAX)
    };
    let mut ordered = names;
    ordered.sort_by_key(place);
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(names: &[&str]) -> (Vec<String>, Basis) {
        order_of_skill_levels(names.iter().map(|n| (*n).to_owned()).collect(), false)
    }

    #[test]
    fn known_names_and_numbers_stand_in_their_order() {
        assert_eq!(
            ordered(&["Expert", "Working", "Awareness", "Practitioner"]),
            (
                ["Awareness", "Working", "Practitioner", "Expert"]
                    .map(str::to_owned)
                    .to_vec(),
                Basis::Names
            )
        );
        assert_eq!(ordered(&["10", "2", "1"]).0, ["1", "2", "10"]);
        assert_eq!(
            ordered(&["Milestone 2", "Milestone 1"]).0,
            ["Milestone 1", "Milestone 2"]
        );
        assert_eq!(ordered(&["L3", "L1", "L2"]).0, ["L1", "L2", "L3"]);
        assert_eq!(
            ordered(&["Red", "Blue"]),
            (vec!["Red".into(), "Blue".into()], Basis::Met)
        );
        assert_eq!(
            ordered(&["Proficient", "Skilled"]).1,
            Basis::Met,
            "both the same height"
        );
    }

    #[test]
    fn roles_are_placed_by_the_words_in_their_names() {
        let mut names = vec![
            "Head of design",
            "Senior designer",
            "Designer",
            "Lead designer",
            "Junior designer",
            "Associate designer",
        ];
        names.sort_by_key(|n| role_or_plain(n));
        assert_eq!(
            names,
            [
                "Junior designer",
                "Associate designer",
                "Designer",
                "Senior designer",
                "Lead designer",
                "Head of design"
            ]
        );
        assert!(role("Software Engineer II") < role("Software Engineer III"));
        assert_eq!(role("Data architect"), None);
        assert!(role("Senior data architect") < role("Lead data architect"));
        assert_eq!(role("Change and release manager"), None);
        assert!(role("Manager").is_some());
        assert_eq!(role("Roles that require Skill"), None);
        assert!(role("Senior staff engineer") > role("Staff engineer"));
    }

    #[test]
    fn what_is_said_comes_first() {
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(as_said(names, &["C".into(), "a".into()]), ["c", "a", "b"]);
    }
}
