//! Short names from long statements.

/// Longest name of a competency, in bytes.
const NAME_MAX: usize = 80;
/// Longest name of a practice, in bytes.
const PRACTICE_MAX: usize = 60;
/// A name shorter than this says too little.
const NAME_MIN: usize = 20;

/// Where a statement turns from what is done to how, why or for instance.
const TURNS: [&str; 22] = [
    ", such as ",
    " such as ",
    ", including ",
    " including ",
    ", using ",
    " using ",
    ", to ",
    " in order to ",
    " so that ",
    ", by ",
    " by ",
    "; ",
    " (",
    " based on ",
    ", based on ",
    " according to ",
    " in accordance with ",
    " when ",
    " while ",
    " regarding ",
    " concerning ",
    ", applying ",
];

/// What follows "to" when it says the purpose.
const PURPOSES: &str = "ensure determine obtain identify develop detect maintain improve verify provide discuss meet \
    prevent prepare assess evaluate promote plan resolve facilitate make locate assist help keep reduce produce form \
    remove increase achieve establish protect diagnose regulate perform control address create correct adjust inform \
    start monitor coordinate set minimize design explore stay support transport treat aid gather maximize ascertain \
    complete enhance collect exchange observe communicate test repair move guide answer document record check clean \
    supplement cut position secure explain investigate allow operate analyze arrange optimize install fit select \
    manage gain estimate direct avoid change lift formulate raise respond eliminate load find conduct fabricate \
    compile encourage implement decide understand illustrate generate present solve examine mitigate solicit \
    integrate learn take confirm study calculate transfer heat cool measure forecast show clarify assure match \
    handle hold teach reinforce shape receive attain activate recommend safeguard demonstrate define update carry \
    fund schedule expedite";

/// Weaker turns, used when a statement has no better one. "And" and "or" are none: too often they join what
/// belongs together, as in "electrical or electronic wiring".
const PAUSES: [&str; 7] = [", ", " for ", " with ", " from ", " in ", " on ", " at "];

/// Ends that only announce a list of examples.
const ANNOUNCING: [&str; 6] = [
    " on factors",
    " on topics",
    " on issues",
    " in areas",
    " on subjects",
    " in settings",
];

/// Words a name does not end with.
const DANGLING: [&str; 25] = [
    "and", "or", "the", "a", "an", "of", "to", "for", "with", "in", "on", "by", "from", "as", "at", "their",
    "about", "that", "is", "are", "which", "who", "whether", "designed", "intended",
];

/// A statement as a short name: its first clause, without the stop at the end.
pub(super) fn statement_name(statement: &str) -> String {
    shortened(statement, NAME_MAX)
}

/// A longer name, for where two statements begin alike.
pub(super) fn longer_name(statement: &str) -> String {
    shortened(statement, 2 * NAME_MAX)
}

/// The name of a practice from the activity that holds it together.
pub(super) fn practice_name(element: &str, title: &str) -> String {
    match PLAIN_NAMES.iter().find(|(id, _)| *id == element) {
        Some((_, plain)) => (*plain).to_owned(),
        None => shortened(&sentence_case(title), PRACTICE_MAX),
    }
}

/// O*NET's generalised work activities as a person would say them, in the voice of the tasks.
const PLAIN_NAMES: [(&str, &str); 41] = [
    ("4.A.1.a.1", "Get information"),
    ("4.A.1.a.2", "Monitor processes and surroundings"),
    ("4.A.1.b.1", "Identify objects, actions and events"),
    ("4.A.1.b.2", "Inspect equipment, structures and materials"),
    ("4.A.1.b.3", "Estimate quantities, costs and sizes"),
    ("4.A.2.a.1", "Judge the quality of things, services and people"),
    ("4.A.2.a.2", "Process information"),
    ("4.A.2.a.3", "Check that standards are met"),
    ("4.A.2.a.4", "Analyse data and information"),
    ("4.A.2.b.1", "Make decisions and solve problems"),
    ("4.A.2.b.2", "Think creatively"),
    ("4.A.2.b.3", "Keep knowledge up to date and use it"),
    ("4.A.2.b.4", "Set objectives and strategies"),
    ("4.A.2.b.5", "Schedule work and activities"),
    ("4.A.2.b.6", "Organise, plan and prioritise work"),
    ("4.A.3.a.1", "Do physical work"),
    ("4.A.3.a.2", "Handle and move objects"),
    ("4.A.3.a.3", "Control machines and processes"),
    ("4.A.3.a.4", "Operate vehicles, devices and equipment"),
    ("4.A.3.b.1", "Work with computers"),
    ("4.A.3.b.2", "Draft, lay out and specify technical parts"),
    ("4.A.3.b.4", "Repair and maintain mechanical equipment"),
    ("4.A.3.b.5", "Repair and maintain electronic equipment"),
    ("4.A.3.b.6", "Document and record information"),
    ("4.A.4.a.1", "Explain what information means"),
    ("4.A.4.a.2", "Communicate with colleagues"),
    ("4.A.4.a.3", "Communicate outside the organisation"),
    ("4.A.4.a.4", "Build and keep relationships"),
    ("4.A.4.a.5", "Assist and care for others"),
    ("4.A.4.a.6", "Sell to or influence others"),
    ("4.A.4.a.7", "Resolve conflicts and negotiate"),
    ("4.A.4.a.8", "Perform for or work with the public"),
    ("4.A.4.b.1", "Coordinate the work of others"),
    ("4.A.4.b.2", "Develop and build teams"),
    ("4.A.4.b.3", "Train and teach others"),
    ("4.A.4.b.4", "Guide, direct and motivate a team"),
    ("4.A.4.b.5", "Coach and develop others"),
    ("4.A.4.b.6", "Give consultation and advice"),
    ("4.A.4.c.1", "Do administrative work"),
    ("4.A.4.c.2", "Staff the organisation"),
    ("4.A.4.c.3", "Monitor and control resources"),
];

/// Lower case but for the first letter and for words that are written in capitals.
pub(super) fn sentence_case(title: &str) -> String {
    let words: Vec<String> = title
        .split(' ')
        .enumerate()
        .map(|(i, word)| {
            let capitals = word.chars().filter(|c| c.is_uppercase()).count();
            if i == 0 || capitals > 1 {
                word.to_owned()
            } else {
                word.to_lowercase()
            }
        })
        .collect();
    words.join(" ")
}

/// The statement cut at its last turn, else pause, else word, within `most` bytes.
fn shortened(statement: &str, most: usize) -> String {
    let text = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches(['.', ',', ';', ':', ' ']);
    if text.len() <= most {
        return text.to_owned();
    }
    let fits = |at: &usize| (NAME_MIN..=most).contains(at);
    let turn = TURNS
        .iter()
        .flat_map(|turn| text.match_indices(turn).map(|(at, _)| at))
        .chain(purposes(text))
        .filter(fits)
        .max();
    if let Some(at) = turn {
        return tidy(text, at);
    }
    let pause = PAUSES
        .iter()
        .flat_map(|pause| text.match_indices(pause).map(|(at, _)| at))
        .filter(|at| (most / 2..=most).contains(at) && !inside_list(&text[*at..]))
        .max();
    if let Some(at) = pause {
        return tidy(text, at);
    }
    let mut at = most;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let at = text[..at].rfind(' ').unwrap_or(at);
    format!("{}…", tidy(text, at))
}

/// True when the text goes on with items of a list.
fn inside_list(rest: &str) -> bool {
    rest.starts_with(", ") && (rest.contains(", or ") || rest.contains(", and "))
}

/// Where " to " begins a purpose.
fn purposes(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(" to ").filter_map(|(at, to)| {
        let next = text[at + to.len()..].split([' ', ',']).next()?;
        PURPOSES.split_whitespace().any(|p| p == next).then_some(at)
    })
}

/// The text up to `at` without loose ends.
fn tidy(text: &str, at: usize) -> String {
    let mut name = text[..at].trim_end_matches([',', ';', ':', ' ', '(']);
    if let Some(before) = ANNOUNCING.iter().find_map(|end| name.strip_suffix(end)) {
        name = before;
    }
    while let Some((rest, last)) = name.rsplit_once(' ') {
        // "…, working" begins what was cut off.
        let begun = rest.ends_with(',') && last.ends_with("ing");
        if !DANGLING.contains(&last) && !begun {
            break;
        }
        name = rest.trim_end_matches([',', ' ']);
    }
    name.to_owned()
}

/// What one person in the occupation is called: "Software Developers" gives "Software Developer".
pub(super) fn practitioner(title: &str) -> String {
    let end = [
        " of ",
        " for ",
        " in ",
        " at ",
        " on ",
        ", Except ",
        ", All Other",
        " and Related ",
    ]
    .iter()
    .filter_map(|tail| title.find(tail))
    .min()
    .unwrap_or(title.len());
    let (people, tail) = title.split_at(end);
    let words: Vec<&str> = people.split(' ').collect();
    let said: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            let bare = word.trim_end_matches(',');
            // "Factors" of "Human Factors Engineers" says which, not who.
            let who = bare.len() < word.len() || matches!(words.get(i + 1), None | Some(&("and" | "or")));
            let one = if who { one_person(bare) } else { bare.to_owned() };
            one + &word[bare.len()..]
        })
        .collect();
    said.join(" ") + tail
}

/// The singular of a word for people; any other word as it is.
fn one_person(word: &str) -> String {
    const ENDINGS: [&str; 21] = [
        "ers", "ors", "ists", "ysts", "ants", "ians", "ives", "eons", "urses", "lerks", "ides", "anics",
        "gents", "udges", "etes", "ilots", "ooks", "uards", "ologs", "ects", "rars",
    ];
    let people = ENDINGS.iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('s') {
        Some(one) if people => one.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_named_by_its_first_clause() {
        for (statement, name) in [
            ("Bake bread.", "Bake bread"),
            (
                "Design, build, or keep small wooden shops, using hand tools, electric saws, and a great deal of patience.",
                "Design, build, or keep small wooden shops",
            ),
            (
                "Talk with guests of the house about what they would like to eat to determine what should be cooked.",
                "Talk with guests of the house about what they would like to eat",
            ),
            (
                "Record weights, temperatures, baking times, numbers of loaves, complaints about loaves, and remarks.",
                "Record weights, temperatures, baking times, numbers of loaves, complaints…",
            ),
        ] {
            assert_eq!(statement_name(statement), name);
        }
    }

    #[test]
    fn a_name_is_short_whatever_the_statement() {
        for statement in [
            "x".repeat(500),
            "é".repeat(300),
            "word ".repeat(100),
            ", , , ".repeat(50),
        ] {
            let name = statement_name(&statement);
            assert!(name.len() <= NAME_MAX + 3, "{name}");
        }
    }

    #[test]
    fn one_of_the_people_of_a_title() {
        for (title, one) in [
            ("Software Developers", "Software Developer"),
            ("Accountants and Auditors", "Accountant and Auditor"),
            (
                "Web and Digital Interface Designers",
                "Web and Digital Interface Designer",
            ),
            ("Human Factors Engineers", "Human Factors Engineer"),
            ("Registered Nurses", "Registered Nurse"),
            (
                "First-Line Supervisors of Retail Sales Workers",
                "First-Line Supervisor of Retail Sales Workers",
            ),
        ] {
            assert_eq!(practitioner(title), one);
        }
    }

    #[test]
    fn an_activity_without_a_plain_name_keeps_its_own() {
        assert_eq!(
            practice_name("4.A.3.b.1", "Working with Computers"),
            "Work with computers"
        );
        assert_eq!(
            practice_name("9.Z", "Juggling with HTML Pages"),
            "Juggling with HTML pages"
        );
    }
}
