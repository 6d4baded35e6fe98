//! Which files a release has, and which columns are read.
//!
//! Columns are found by their heads, never by their place: their order has changed over the versions.

/// A file of the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Skills,
    SkillGroups,
    Hierarchy,
    SkillPillar,
    SkillRelations,
    Language,
    Transversal,
    Digital,
    Green,
    Isco,
    Occupations,
    Relations,
}

/// Names without language and ".csv", in the order in which the files need each other.
const NAMES: [(Part, &str); 12] = [
    (Part::Skills, "skills"),
    (Part::SkillGroups, "skillGroups"),
    (Part::Hierarchy, "skillsHierarchy"),
    (Part::SkillPillar, "broaderRelationsSkillPillar"),
    (Part::SkillRelations, "skillSkillRelations"),
    (Part::Language, "languageSkillsCollection"),
    (Part::Transversal, "transversalSkillsCollection"),
    (Part::Digital, "digitalSkillsCollection"),
    (Part::Green, "greenSkillsCollection"),
    (Part::Isco, "ISCOGroups"),
    (Part::Occupations, "occupations"),
    (Part::Relations, "occupationSkillRelations"),
];

/// Files without which there is no classification.
pub(super) const REQUIRED: [Part; 3] = [Part::Skills, Part::Occupations, Part::Relations];

/// The files that are read, in the order they need each other.
pub(super) const READ: [Part; 12] = [
    Part::Skills,
    Part::SkillGroups,
    Part::Hierarchy,
    Part::SkillPillar,
    Part::SkillRelations,
    Part::Language,
    Part::Transversal,
    Part::Digital,
    Part::Green,
    Part::Isco,
    Part::Occupations,
    Part::Relations,
];

/// Name and language of a file: `skills` and `en` of `skills_en.csv`; no language where the name has none.
fn parts_of(file: &str) -> Option<(&str, Option<&str>)> {
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let end = file.len().checked_sub(4)?;
    let (stem, extension) = (file.get(..end)?, file.get(end..)?);
    if !extension.eq_ignore_ascii_case(".csv") {
        return None;
    }
    Some(match stem.rsplit_once('_') {
        Some((name, language))
            if (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic()) =>
        {
            (name, Some(language))
        }
        _ => (stem, None),
    })
}

/// What a file of this name holds, with the name used in messages.
pub(super) fn part_of(file: &str) -> Option<(Part, &'static str)> {
    let (stem, _) = parts_of(file)?;
    NAMES
        .into_iter()
        .find(|(_, name)| name.eq_ignore_ascii_case(stem))
}

/// The language a file's name tells: "en".
pub(super) fn language_of(file: &str) -> Option<String> {
    parts_of(file)?.1.map(str::to_lowercase)
}

/// The name of a file, without the language.
pub(super) fn name_of(part: Part) -> &'static str {
    NAMES
        .iter()
        .find(|(p, _)| *p == part)
        .map_or("", |(_, name)| name)
}

/// A column: its head, and whether rows make sense without it.
pub(super) struct Column {
    pub(super) head: &'static str,
    pub(super) needed: bool,
}

const fn needed(head: &'static str) -> Column {
    Column { head, needed: true }
}

const fn optional(head: &'static str) -> Column {
    Column { head, needed: false }
}

pub(super) const SKILLS: [Column; 7] = [
    needed("conceptUri"),
    needed("preferredLabel"),
    needed("skillType"),
    optional("altLabels"),
    optional("reuseLevel"),
    optional("description"),
    optional("status"),
];
pub(super) const GROUPS: [Column; 4] = [
    needed("conceptUri"),
    needed("preferredLabel"),
    optional("code"),
    optional("description"),
];
/// Four levels, each with URI, label and code.
pub(super) const HIERARCHY: [Column; 12] = [
    needed("Level 0 URI"),
    needed("Level 0 preferred term"),
    optional("Level 0 code"),
    needed("Level 1 URI"),
    needed("Level 1 preferred term"),
    optional("Level 1 code"),
    needed("Level 2 URI"),
    needed("Level 2 preferred term"),
    optional("Level 2 code"),
    needed("Level 3 URI"),
    needed("Level 3 preferred term"),
    optional("Level 3 code"),
];
pub(super) const BROADER: [Column; 2] = [needed("conceptUri"), needed("broaderUri")];
pub(super) const SKILL_RELATIONS: [Column; 3] = [
    needed("originalSkillUri"),
    needed("relationType"),
    needed("relatedSkillUri"),
];
pub(super) const COLLECTION: [Column; 2] = [needed("conceptUri"), optional("reuseLevel")];
pub(super) const ISCO: [Column; 2] = [needed("code"), needed("preferredLabel")];
pub(super) const OCCUPATIONS: [Column; 7] = [
    needed("conceptUri"),
    needed("preferredLabel"),
    needed("code"),
    optional("iscoGroup"),
    optional("altLabels"),
    optional("description"),
    optional("status"),
];
pub(super) const RELATIONS: [Column; 3] = [
    needed("occupationUri"),
    needed("relationType"),
    needed("skillUri"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_in_any_language_and_folder() {
        for (file, part) in [
            ("skills_en.csv", Part::Skills),
            ("v1.2.0/Skills_DE.CSV", Part::Skills),
            ("occupationSkillRelations.csv", Part::Relations),
            ("ISCOGroups_bg.csv", Part::Isco),
        ] {
            assert_eq!(part_of(file).map(|p| p.0), Some(part), "{file}");
        }
        for other in ["skills_en.xlsx", "skills", "csv", "é.c", "conceptSchemes_en.csv"] {
            assert_eq!(part_of(other), None, "{other}");
        }
        assert_eq!(language_of("a/skills_EN.csv").as_deref(), Some("en"));
        assert_eq!(language_of("skills.csv"), None);
    }
}
