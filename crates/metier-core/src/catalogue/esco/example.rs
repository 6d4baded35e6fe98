//! An invented classification of three occupations, for tests.

use super::{Collections, Esco, EscoOccupation, EscoSkill, IscoGroup, SkillGroup, SkillKind};

/// The groups: code, label, place of the one above. They stand in the order of their URIs.
const GROUPS: [(&str, &str, Option<u32>); 16] = [
    ("S", "skills", None),
    ("S1", "communication, collaboration and creativity", Some(0)),
    ("S1.4", "presenting information", Some(1)),
    ("S2", "information skills", Some(0)),
    ("S3", "assisting and caring", Some(0)),
    ("S6", "handling and moving", Some(0)),
    ("S6.1", "sorting and packaging", Some(5)),
    ("S6.2", "shaping by hand", Some(5)),
    ("S8", "working with machinery and specialised equipment", Some(0)),
    ("S8.1", "operating ovens", Some(8)),
    ("T", "transversal skills and competences", None),
    ("T4", "social and communication skills and competences", Some(10)),
    ("L", "language skills and knowledge", None),
    ("K", "knowledge", None),
    ("10", "services", Some(13)),
    ("1013", "hotel, restaurants and catering", Some(14)),
];

/// The skills: label, group, knowledge.
const SKILLS: [(&str, u32, bool); 20] = [
    ("present loaves to guests", 2, false),
    ("explain how bread is made", 1, false),
    ("write down the night's plan", 3, false),
    ("work out amounts of dough", 3, false),
    ("serve guests over the counter", 4, false),
    ("care for guests in need", 4, false),
    ("sort loaves by size", 6, false),
    ("pack loaves", 6, false),
    ("shape loaves by hand", 7, false),
    ("plait dough", 7, false),
    ("fire the oven", 9, false),
    ("hold the heat of the oven", 9, false),
    ("clean the mixer", 8, false),
    ("mix dough by machine", 8, false),
    ("keep calm", 11, false),
    ("speak Breton", 12, false),
    ("kinds of flour", 15, true),
    ("rules of hygiene", 15, true),
    ("history of bread", 14, true),
    ("chemistry of leaven", 14, true),
];

/// A baker with twelve essential and eight optional skills, a packer with two, and one of whom nothing is known.
pub(crate) fn bakery() -> Esco {
    let groups = GROUPS.iter().enumerate();
    Esco {
        source: "ESCO 9.9.9".into(),
        language: "en".into(),
        credits: vec!["Invented classification, for tests.".into()],
        missing_files: Vec::new(),
        occupations: vec![
            occupation("7512.1", "baker", (0..20).filter(|s| s % 5 < 3).collect(), {
                (0..20).filter(|s| s % 5 >= 3).collect()
            }),
            occupation("7512.2", "bread packer", vec![6, 7], Vec::new()),
            occupation("7512.3", "bread taster", Vec::new(), Vec::new()),
        ],
        skills: SKILLS
            .iter()
            .enumerate()
            .map(|(at, (label, group, knowledge))| EscoSkill {
                uri: format!("http://example.org/skill/{at:02}"),
                label: (*label).into(),
                kind: if *knowledge {
                    SkillKind::Knowledge
                } else {
                    SkillKind::Skill
                },
                description: format!("To {label}, as the trade does it.\nAnd well."),
                groups: vec![*group],
                collections: Collections {
                    language: *group == 12,
                    transversal: *group == 11,
                    ..Collections::default()
                },
                ..EscoSkill::default()
            })
            .collect(),
        groups: groups
            .map(|(at, (code, label, above))| SkillGroup {
                uri: format!("http://example.org/group/{at:02}"),
                code: (*code).into(),
                label: (*label).into(),
                description: String::new(),
                broader: above.iter().copied().collect(),
            })
            .collect(),
        isco: vec![IscoGroup {
            code: "7512".into(),
            label: "Bakers, pastry-cooks and confectionery makers".into(),
        }],
    }
}

fn occupation(code: &str, title: &str, essential: Vec<u32>, optional: Vec<u32>) -> EscoOccupation {
    EscoOccupation {
        uri: format!("http://example.org/occupation/{code}"),
        code: code.into(),
        isco_group: "7512".into(),
        title: title.into(),
        alternate_titles: vec![format!("{title} by trade")],
        description: format!("A {title} makes\nbread."),
        essential,
        optional,
    }
}
