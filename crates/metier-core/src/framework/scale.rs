//! Which of two levels is the higher: what their names say.
//!
//! People name levels of a skill ("awareness", "working", "expert") and of a role ("junior", "senior",
//! "L4") in words whose order everybody knows. The heights here only order names and set two ladders beside
//! each other; nothing is judged by them.

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
pub fn skill(name: &str) -> Option<u32> {
    let tidy = tidy(name);
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
pub fn role(name: &str) -> Option<u32> {
    let tidy = tidy(name);
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

/// The height of a level of a role among others, where a name that says nothing stands in the middle.
pub fn role_or_plain(name: &str) -> u32 {
    role(name).unwrap_or(PLAIN * 100)
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
pub fn numeral(text: &str) -> Option<u32> {
    let digits: Option<u32> = text.parse().ok().filter(|n| *n < 100);
    digits.or_else(|| roman(text))
}

fn roman(text: &str) -> Option<u32> {
    const ROMAN: [&str; 10] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"];
    let lower = text.to_ascii_lowercase();
    let place = ROMAN.iter().position(|r| *r == lower)?;
    u32::try_from(place + 1).ok()
}

/// A name or heading for comparing: lower case, letters and digits, single spaces.
pub fn tidy(heading: &str) -> String {
    let mut tidy = String::new();
    let mut before = ' ';
    for c in heading.chars() {
        // displayName is two words.
        if c.is_uppercase() && before.is_lowercase() {
            tidy.push(' ');
        }
        tidy.push(if c.is_alphanumeric() { c } else { ' ' });
        before = c;
    }
    tidy.to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_are_placed_by_their_names_and_numbers() {
        assert!(skill("Awareness") < skill("working"));
        assert!(skill("Practitioner") < skill("EXPERT"));
        assert_eq!(skill("Milestone 3"), Some(3));
        assert_eq!(skill("Purple"), None);
        assert_eq!(tidy("displayName: (x)"), "display name x");
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
}
