//! What a column can mean, and what its heading suggests.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::scale::{self, tidy};

/// What the cells of a column say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meaning {
    /// The group of roles: "Architecture".
    RoleFamily,
    /// The role: "Data architect".
    Role,
    /// What the role is.
    RoleDescription,
    /// The level of the role: "Senior data architect".
    RoleLevel,
    /// What that level is.
    RoleLevelDescription,
    /// The group of skills: "Delivery".
    SkillGroup,
    /// The skill or area: "Data modelling".
    Skill,
    /// What the skill is.
    SkillDescription,
    /// How well the skill is asked for: "Practitioner".
    SkillLevel,
    /// The criterion: what is asked for.
    Text,
    /// Signs by which it is to be seen.
    Signals,
    /// Examples of it.
    Examples,
    /// Task, project or area.
    Grain,
    /// The column is a level of the role: its heading is the level, its cells what that asks.
    LevelColumn,
    /// The column is a level of skill: its heading is the level, its cells what that asks.
    SkillLevelColumn,
    /// The column is a skill or area: its heading is the skill, its cells what is asked.
    SkillColumn,
    /// None of these: kept beside the rest as it is.
    Other,
}

impl Meaning {
    /// Every meaning, in the order in which they are offered.
    pub const ALL: [Self; 17] = [
        Self::RoleFamily,
        Self::Role,
        Self::RoleDescription,
        Self::RoleLevel,
        Self::RoleLevelDescription,
        Self::SkillGroup,
        Self::Skill,
        Self::SkillDescription,
        Self::SkillLevel,
        Self::Text,
        Self::Signals,
        Self::Examples,
        Self::Grain,
        Self::LevelColumn,
        Self::SkillLevelColumn,
        Self::SkillColumn,
        Self::Other,
    ];

    /// The word for it in a command.
    pub fn word(self) -> &'static str {
        match self {
            Self::RoleFamily => "role-family",
            Self::Role => "role",
            Self::RoleDescription => "role-description",
            Self::RoleLevel => "role-level",
            Self::RoleLevelDescription => "role-level-description",
            Self::SkillGroup => "skill-group",
            Self::Skill => "skill",
            Self::SkillDescription => "skill-description",
            Self::SkillLevel => "skill-level",
            Self::Text => "text",
            Self::Signals => "signals",
            Self::Examples => "examples",
            Self::Grain => "grain",
            Self::LevelColumn => "level-column",
            Self::SkillLevelColumn => "skill-level-column",
            Self::SkillColumn => "skill-column",
            Self::Other => "other",
        }
    }

    /// The same for people.
    pub fn said(self) -> &'static str {
        match self {
            Self::RoleFamily => "the group of roles",
            Self::Role => "the role",
            Self::RoleDescription => "what the role is",
            Self::RoleLevel => "the level of the role",
            Self::RoleLevelDescription => "what that level is",
            Self::SkillGroup => "the group of skills",
            Self::Skill => "the skill or area",
            Self::SkillDescription => "what the skill is",
            Self::SkillLevel => "how well it is asked for",
            Self::Text => "what is asked (the criterion)",
            Self::Signals => "signs to see it by",
            Self::Examples => "examples",
            Self::Grain => "task, project or area",
            Self::LevelColumn => "a level of the role: its cells say what is asked",
            Self::SkillLevelColumn => "a level of skill: its cells say what is asked",
            Self::SkillColumn => "a skill or area: its cells say what is asked",
            Self::Other => "something else, kept as it is",
        }
    }

    /// The heading itself is a value, and the cells hold what is asked.
    pub fn spread(self) -> bool {
        matches!(
            self,
            Self::LevelColumn | Self::SkillLevelColumn | Self::SkillColumn
        )
    }

    /// Several columns may mean this; their texts are joined.
    pub fn shared(self) -> bool {
        self.spread() || matches!(self, Self::Text | Self::Signals | Self::Examples | Self::Other)
    }
}

impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that is no meaning.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no meaning of a column")]
pub struct UnknownMeaning(pub String);

impl FromStr for Meaning {
    type Err = UnknownMeaning;

    fn from_str(word: &str) -> Result<Self, UnknownMeaning> {
        let tidy = word.trim().to_ascii_lowercase().replace([' ', '_', '/'], "-");
        let other = match tidy.as_str() {
            "area" | "skill-area" | "competency" | "track" => Some(Self::Skill),
            "criterion" | "criterion-text" => Some(Self::Text),
            "level" => Some(Self::RoleLevel),
            "leave" | "skip" | "none" => Some(Self::Other),
            _ => None,
        };
        other
            .or_else(|| Self::ALL.into_iter().find(|m| m.word() == tidy))
            .ok_or_else(|| UnknownMeaning(word.chars().take(60).collect()))
    }
}

/// Headings that mean one thing, as [`tidy`] leaves them.
const HEADINGS: [(Meaning, &[&str]); 13] = [
    (
        Meaning::RoleFamily,
        &[
            "role family",
            "job family",
            "role group",
            "job group",
            "family",
            "function",
            "discipline",
            "department",
            "profession family",
            "career family",
            "team",
        ],
    ),
    (
        Meaning::Role,
        &[
            "role",
            "role name",
            "role title",
            "job",
            "job title",
            "job name",
            "job role",
            "position",
            "profession",
            "career path",
            "career track",
            "job profile",
            "occupation",
        ],
    ),
    (
        Meaning::RoleDescription,
        &[
            "role description",
            "job description",
            "role summary",
            "job summary",
            "role purpose",
            "role overview",
            "about the role",
        ],
    ),
    (
        Meaning::RoleLevel,
        &[
            "role level",
            "job level",
            "career level",
            "grade",
            "job grade",
            "band",
            "seniority",
            "level name",
            "role level name",
            "career stage",
            "role grade",
            "level title",
        ],
    ),
    (
        Meaning::RoleLevelDescription,
        &[
            "role level description",
            "job level description",
            "level summary",
            "level overview",
            "grade description",
            "seniority description",
            "role level summary",
            "career level description",
        ],
    ),
    (
        Meaning::SkillGroup,
        &[
            "skill group",
            "skill category",
            "category",
            "pillar",
            "domain",
            "theme",
            "practice",
            "competency group",
            "competency area",
            "competency category",
            "competency cluster",
            "cluster",
            "skill area",
            "skill family",
            "capability group",
            "section",
            "group",
        ],
    ),
    (
        Meaning::Skill,
        &[
            "skill",
            "skill name",
            "competency",
            "competency name",
            "competence",
            "capability",
            "area",
            "area name",
            "dimension",
            "attribute",
            "skill or area",
            "focus area",
            "trait",
            "track",
            "track name",
            "expectation area",
            "responsibility area",
            "factor",
            "criteria area",
            "aspect",
        ],
    ),
    (
        Meaning::SkillDescription,
        &[
            "skill description",
            "competency description",
            "area description",
            "capability description",
            "skill definition",
            "competency definition",
            "track description",
            "dimension description",
        ],
    ),
    (
        Meaning::SkillLevel,
        &[
            "skill level",
            "proficiency",
            "proficiency level",
            "competency level",
            "mastery level",
            "required level",
            "expected level",
            "skill rating",
            "milestone",
            "step",
            "rung",
            "stage",
            "target level",
            "skill level name",
        ],
    ),
    (
        Meaning::Text,
        &[
            "skill level description",
            "criterion",
            "criteria",
            "criterion text",
            "expectation",
            "expectations",
            "what good looks like",
            "descriptor",
            "level descriptor",
            "proficiency description",
            "requirement",
            "requirements",
            "what we expect",
            "expected behaviour",
            "expected behavior",
            "milestone summary",
            "milestone description",
            "skill text",
            "level text",
            "text",
            "what it looks like",
            "behaviour",
            "behaviours",
            "behavior",
            "behaviors",
            "responsibilities",
            "performance standard",
            "statement",
            "skill level text",
            "skill criterion",
            "level criterion",
            "step text",
            "standard",
        ],
    ),
    (
        Meaning::Signals,
        &[
            "signals",
            "signal",
            "milestone signals",
            "indicators",
            "behavioural indicators",
            "behavioral indicators",
            "signs",
            "evidence",
            "skill signals",
            "level signals",
        ],
    ),
    (
        Meaning::Examples,
        &[
            "examples",
            "example",
            "milestone examples",
            "example behaviours",
            "example behaviors",
            "example tasks",
            "skill examples",
            "level examples",
        ],
    ),
    (Meaning::Grain, &["grain", "task project or area"]),
];

/// What a heading says by itself; `None` where it could be anything, or a level.
pub(super) fn of_heading(heading: &str) -> Option<Meaning> {
    let tidy = tidy(heading);
    HEADINGS
        .iter()
        .find(|(_, names)| names.contains(&tidy.as_str()))
        .map(|(meaning, _)| *meaning)
}

/// Headings that depend on what stands beside them.
pub(super) fn open_heading(heading: &str) -> Option<Open> {
    match tidy(heading).as_str() {
        "level" | "levels" => Some(Open::Level),
        "name" | "title" | "display name" | "label" => Some(Open::Name),
        "description"
        | "definition"
        | "summary"
        | "details"
        | "level description"
        | "about"
        | "what it is"
        | "what it means"
        | "what this means"
        | "meaning"
        | "description of skill"
        | "description of the skill"
        | "skill explained"
        | "explanation" => Some(Open::Description),
        _ => None,
    }
}

/// What a heading can be, depending on what stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    /// Of a role or of a skill.
    Level,
    /// Of the thing a row is about.
    Name,
    /// Of the thing, or the criterion itself.
    Description,
}

/// True when a heading is the name of a level of something.
pub(super) fn names_a_level(heading: &str) -> bool {
    scale::skill(heading).is_some() || scale::role(heading).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_every_spelling() {
        for (heading, meaning) in [
            ("Role Family", Some(Meaning::RoleFamily)),
            ("ROLE_LEVEL", Some(Meaning::RoleLevel)),
            ("Skill name:", Some(Meaning::Skill)),
            ("skillLevel", Some(Meaning::SkillLevel)),
            ("Skill Level Description", Some(Meaning::Text)),
            ("milestone summary", Some(Meaning::Text)),
            ("Roles that require Skill", None),
            ("Role Type", None),
            ("Level", None),
        ] {
            assert_eq!(of_heading(heading), meaning, "{heading}");
        }
        assert_eq!(open_heading("displayName"), Some(Open::Name));
        assert!(names_a_level("Senior") && names_a_level("L4") && !names_a_level("Roles that require Skill"));
    }

    #[test]
    fn every_meaning_has_a_word_that_reads_back() {
        for meaning in Meaning::ALL {
            assert_eq!(meaning.word().parse(), Ok(meaning));
            assert_eq!(
                serde_json::to_value(meaning).unwrap(),
                serde_json::Value::String(meaning.word().into())
            );
        }
        assert_eq!("Criterion text".parse(), Ok(Meaning::Text));
        assert!("colour".parse::<Meaning>().is_err());
    }

    #[test]
    fn no_heading_means_two_things() {
        let mut all: Vec<&str> = HEADINGS
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|name| tidy(name) == *name));
    }
}
