//! An invented catalogue of four occupations, for tests.

use super::{Catalogue, Element, Occupation, Rated, Task, Technology, WorkActivity};

/// Work activities used by the example: generalised one, its title, title of the detailed one below.
const ACTIVITIES: [(&str, &str, &str); 10] = [
    ("4.A.1.a.1", "Getting Information", "Ask what is wanted."),
    (
        "4.A.1.b.2",
        "Inspecting Equipment, Structures, or Materials",
        "Look over goods.",
    ),
    ("4.A.2.a.4", "Analyzing Data or Information", "Work out amounts."),
    ("4.A.2.b.2", "Thinking Creatively", "Invent recipes."),
    (
        "4.A.2.b.5",
        "Scheduling Work and Activities",
        "Plan the night's work.",
    ),
    ("4.A.3.a.2", "Handling and Moving Objects", "Shape goods by hand."),
    ("4.A.3.a.3", "Controlling Machines and Processes", "Run ovens."),
    (
        "4.A.4.a.8",
        "Performing for or Working Directly with the Public",
        "Serve guests.",
    ),
    ("4.A.4.b.3", "Training and Teaching Others", "Teach the trade."),
    (
        "4.A.4.c.3",
        "Monitoring and Controlling Resources",
        "Keep the store.",
    ),
];

/// Bakers with ten work activities, batchmakers with two, machine operators with one, and a residual code
/// without tasks.
pub(crate) fn bakery() -> Catalogue {
    let mut catalogue = Catalogue {
        source: "Example release".into(),
        credits: vec!["Example release, invented for tests.".into()],
        missing_tables: vec!["Task Ratings".into()],
        occupations: vec![bakers(), batchmakers(), operators(), others()],
        ..Catalogue::default()
    };
    for (general, name, below) in ACTIVITIES {
        catalogue.elements.insert(
            general.into(),
            Element {
                name: name.into(),
                ..Element::default()
            },
        );
        catalogue.activities.insert(
            format!("{general}.I01.D01"),
            WorkActivity {
                title: below.into(),
                intermediate: format!("{general}.I01"),
                intermediate_title: below.into(),
                general: general.into(),
            },
        );
    }
    catalogue
        .skill_serves
        .insert("2.A.1.b".into(), vec!["4.A.4.a.8".into()]);
    catalogue
}

fn bakers() -> Occupation {
    let statements = [
        "Weigh flour and water for each dough.",
        "Fire the oven and hold its heat through the night.",
        "Ask guests which bread they want, and remember it.",
        "Knead and shape loaves, rolls, and plaits by hand.",
        "Turn loaves in the oven so that they brown evenly.",
        "Think of a new bread for each season.",
        "Write the plan for the night's baking.",
        "Look over and smell each sack of flour.",
        "Show apprentices how a dough should feel.",
        "Count the sacks and order new ones in time.",
        "Work out how much dough the morning needs.",
        "Sell bread over the counter.",
    ];
    let general = [2, 6, 0, 5, 6, 3, 4, 1, 8, 9, 2, 7];
    Occupation {
        code: "51-3011.00".into(),
        title: "Bakers".into(),
        description: "Make bread for those who will eat it.".into(),
        alternate_titles: vec!["Pastry Chef".into(), "Bread Maker".into()],
        job_zone: Some(2),
        tasks: statements
            .iter()
            .zip(general)
            .enumerate()
            .map(|(i, (text, general))| task(i, text, general, i % 4 != 3))
            .collect(),
        skills: vec![
            rated("2.A.1.b", "Active Listening", 3.8),
            rated("2.Z.1", "Rowing", 1.2),
        ],
        knowledge: vec![rated("2.C.2.b", "Food Production", 4.6)],
        technology: vec![Technology {
            name: "OvenMaster".into(),
            category: "Oven control software".into(),
            hot: true,
            in_demand: false,
        }],
        related: vec!["51-3093.00".into(), "99-0000.00".into()],
    }
}

fn batchmakers() -> Occupation {
    Occupation {
        code: "51-3092.00".into(),
        title: "Food Batchmakers".into(),
        description: "Set up and run machines that mix food.".into(),
        alternate_titles: vec!["Mixer".into()],
        job_zone: Some(1),
        tasks: vec![
            task(0, "Set the mixer to the speed on the card.", 6, true),
            task(1, "Lift the bowl onto the stand.", 5, true),
            task(2, "Stop the mixer when the light is red.", 6, false),
        ],
        ..Occupation::default()
    }
}

fn operators() -> Occupation {
    Occupation {
        code: "51-3093.00".into(),
        title: "Food Cooking Machine Operators".into(),
        description: "Run machines that cook food.".into(),
        alternate_titles: vec!["Machine Operator".into()],
        job_zone: Some(1),
        tasks: vec![task(0, "Watch the kettle.", 6, true)],
        ..Occupation::default()
    }
}

fn others() -> Occupation {
    Occupation {
        code: "51-3099.00".into(),
        title: "Food Processing Workers, All Other".into(),
        description: "All food workers not listed separately.".into(),
        ..Occupation::default()
    }
}

fn task(number: usize, text: &str, general: usize, core: bool) -> Task {
    Task {
        id: format!("{}", 100 + number),
        text: text.into(),
        core: Some(core),
        incumbents: u32::try_from(90 - number).ok(),
        activities: vec![format!("{}.I01.D01", ACTIVITIES[general].0)],
    }
}

fn rated(element: &str, name: &str, importance: f64) -> Rated {
    Rated {
        element: element.into(),
        name: name.into(),
        importance,
        level: Some(4.0),
    }
}
