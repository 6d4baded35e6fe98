//! Which tables a release has, under their old and new names, and which columns are read.
//!
//! From release 30.3 on some tables are renamed. Columns are found by their heads, never by their
//! place, so that added and reordered columns do no harm.

/// A table of the release, or one of the two that replaced it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Abilities,
    AlternateTitles,
    ContentModel,
    DetailedActivities,
    EssentialSkills,
    Interests,
    IntermediateActivities,
    JobZones,
    Knowledge,
    Occupations,
    Related,
    Skills,
    SkillsServe,
    TaskRatings,
    Tasks,
    TasksToActivities,
    Technology,
    TransferableSkills,
    WorkActivities,
    WorkContext,
}

/// File names without ".txt", the present one first where it changed.
const NAMES: [(Part, &[&str]); 20] = [
    (Part::Abilities, &["Abilities"]),
    (Part::AlternateTitles, &["Alternate Titles", "Job Titles"]),
    (Part::ContentModel, &["Content Model Reference"]),
    (Part::DetailedActivities, &["DWA Reference"]),
    (Part::EssentialSkills, &["Essential Skills"]),
    (Part::Interests, &["Interests", "Career Interest Types"]),
    (Part::IntermediateActivities, &["IWA Reference"]),
    (Part::JobZones, &["Job Zones"]),
    (Part::Knowledge, &["Knowledge"]),
    (Part::Occupations, &["Occupation Data"]),
    (Part::Related, &["Related Occupations"]),
    (Part::Skills, &["Skills"]),
    (Part::SkillsServe, &["Skills to Work Activities"]),
    (Part::TaskRatings, &["Task Ratings"]),
    (Part::Tasks, &["Task Statements"]),
    (Part::TasksToActivities, &["Tasks to DWAs"]),
    (Part::Technology, &["Technology Skills", "Software Skills"]),
    (Part::TransferableSkills, &["Transferable Skills"]),
    (Part::WorkActivities, &["Work Activities"]),
    (Part::WorkContext, &["Work Context"]),
];

/// Tables without which there is no catalogue.
pub(super) const REQUIRED: [Part; 2] = [Part::Occupations, Part::Tasks];

/// The tables that are read, in the order they need each other.
pub(super) const READ: [Part; 14] = [
    Part::Occupations,
    Part::AlternateTitles,
    Part::JobZones,
    Part::DetailedActivities,
    Part::IntermediateActivities,
    Part::Tasks,
    Part::TasksToActivities,
    Part::Skills,
    Part::EssentialSkills,
    Part::TransferableSkills,
    Part::Knowledge,
    Part::Technology,
    Part::Related,
    Part::SkillsServe,
];

/// The table that a file of this name holds, with the name used in messages.
pub(super) fn part_of(file: &str) -> Option<(Part, &'static str)> {
    let stem = file.len().checked_sub(4).and_then(|end| {
        let (stem, extension) = (file.get(..end)?, file.get(end..)?);
        extension.eq_ignore_ascii_case(".txt").then_some(stem)
    })?;
    NAMES.iter().find_map(|(part, names)| {
        let name = names.iter().find(|name| name.eq_ignore_ascii_case(stem))?;
        Some((*part, *name))
    })
}

/// The first name of a table.
pub(super) fn name_of(part: Part) -> &'static str {
    NAMES
        .iter()
        .find(|(p, _)| *p == part)
        .map_or("", |(_, names)| names[0])
}

/// Tables a release is expected to have that this one lacks, by name and in order of the alphabet.
pub(super) fn missing(has: impl Fn(Part) -> bool) -> Vec<String> {
    let renewed = has(Part::EssentialSkills) || has(Part::TransferableSkills);
    NAMES
        .iter()
        .filter(|(part, _)| match part {
            Part::Skills => !renewed && !has(*part),
            Part::EssentialSkills | Part::TransferableSkills => renewed && !has(*part),
            part => !has(*part),
        })
        .map(|(_, names)| names[0].to_owned())
        .collect()
}

/// A column: its heads over the years, and whether rows make sense without it.
pub(super) struct Column {
    pub(super) heads: &'static [&'static str],
    pub(super) needed: bool,
}

/// A column that must be there.
const fn needed(heads: &'static [&'static str]) -> Column {
    Column { heads, needed: true }
}

/// A column that may be absent.
const fn optional(heads: &'static [&'static str]) -> Column {
    Column { heads, needed: false }
}

/// The first column of every table about occupations.
const CODE: Column = needed(&["O*NET-SOC Code"]);

pub(super) const OCCUPATIONS: [Column; 3] = [CODE, needed(&["Title"]), optional(&["Description"])];
pub(super) const ALTERNATE_TITLES: [Column; 3] = [
    CODE,
    needed(&["Alternate Title", "Job Title"]),
    optional(&["Short Title"]),
];
pub(super) const JOB_ZONES: [Column; 2] = [CODE, needed(&["Job Zone"])];
pub(super) const DETAILED: [Column; 6] = [
    needed(&["Element ID"]),
    needed(&["Element Name"]),
    needed(&["IWA ID"]),
    optional(&["IWA Title"]),
    needed(&["DWA ID"]),
    needed(&["DWA Title"]),
];
pub(super) const INTERMEDIATE: [Column; 2] = [needed(&["IWA ID"]), needed(&["IWA Title"])];
pub(super) const TASKS: [Column; 5] = [
    CODE,
    needed(&["Task ID"]),
    needed(&["Task"]),
    optional(&["Task Type"]),
    optional(&["Incumbents Responding"]),
];
pub(super) const TASK_ACTIVITIES: [Column; 3] = [CODE, needed(&["Task ID"]), needed(&["DWA ID"])];
pub(super) const RATED: [Column; 7] = [
    CODE,
    needed(&["Element ID"]),
    needed(&["Element Name"]),
    needed(&["Scale ID"]),
    needed(&["Data Value"]),
    optional(&["Recommend Suppress"]),
    optional(&["Not Relevant"]),
];
pub(super) const TECHNOLOGY: [Column; 5] = [
    CODE,
    needed(&["Example", "Workplace Example", "Software Example"]),
    needed(&["Commodity Title", "Element Name", "Category"]),
    optional(&["Hot Technology", "Employer-Based Hot Technology"]),
    optional(&["In Demand", "Employer-Based In Demand"]),
];
pub(super) const RELATED: [Column; 3] = [
    CODE,
    needed(&["Related O*NET-SOC Code"]),
    optional(&["Index", "Related Index"]),
];
pub(super) const SKILL_SERVES: [Column; 2] = [
    needed(&["Skills Element ID", "Essential Skills Element ID"]),
    needed(&["Work Activities Element ID"]),
];
pub(super) const CONTENT_MODEL: [Column; 3] = [
    needed(&["Element ID"]),
    optional(&["Element Name"]),
    needed(&["Description"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_known_by_their_old_and_new_names() {
        for (file, part) in [
            ("Technology Skills.txt", Part::Technology),
            ("Software Skills.txt", Part::Technology),
            ("job titles.TXT", Part::AlternateTitles),
            ("Career Interest Types.txt", Part::Interests),
            ("Essential Skills.txt", Part::EssentialSkills),
        ] {
            assert_eq!(part_of(file).map(|p| p.0), Some(part), "{file}");
        }
        for other in ["Skills.xlsx", "txt", "", "é.t", "Tools Used.txt"] {
            assert_eq!(part_of(other), None, "{other}");
        }
    }

    #[test]
    fn skills_are_missing_once_whichever_names_the_release_uses() {
        let without = |gone: &[Part]| missing(|part| !gone.contains(&part));
        let renewed = [Part::EssentialSkills, Part::TransferableSkills];
        assert_eq!(without(&renewed), Vec::<String>::new());
        assert_eq!(without(&[Part::Skills]), Vec::<String>::new());
        assert_eq!(
            without(&[Part::Skills, Part::TransferableSkills]),
            ["Transferable Skills"]
        );
        assert_eq!(without(&[Part::Skills, renewed[0], renewed[1]]), ["Skills"]);
    }
}
