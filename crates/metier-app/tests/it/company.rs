//! Company criteria: taken in, mapped, aimed at; the same record read against both.

use std::path::PathBuf;

use metier_app::{
    AimChoice, AsOf, Choices, Levelling, LogEvidence, Metier, Ruling, Settlement, ToClaim, Verdict,
    common_steps, evidence, find_framework, level_frameworks, proposals, read_levels,
};
use metier_core::evidence::{Artefact, Happening, Stance};
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, FamilyId, RungId};
use metier_core::person::ProfessionStatus;
use metier_core::standing::{Grade, Missing, State};

use crate::surroundings;

const LADDER: &str = "\
Role,Level,Area,What we expect
Content designer,Junior,Publishing,Publishes an article to the house standard with a check
Content designer,Senior,Publishing,Publishes articles to the house standard alone
Content designer,Junior,Interviewing,Sits in when a subject-matter expert is interviewed
Content designer,Senior,Interviewing,Interviews subject-matter experts alone
Content designer,Senior,Hiring,Hires
";

async fn marketer() -> (tempfile::TempDir, Metier) {
    let home = tempfile::tempdir().unwrap();
    let metier = Metier::open_or_start(home.path(), surroundings(), "Ada")
        .await
        .unwrap();
    let framework = find_framework(None, "content-marketing").unwrap();
    metier
        .begin(framework, ProfessionStatus::Held, AimChoice::default())
        .await
        .unwrap();
    (home, metier)
}

fn link() -> Artefact {
    Artefact::Link {
        url: "https://example.org/article".into(),
        checked_on: None,
    }
}

async fn log(metier: &Metier, what: Happening, competency: &str, step: &str, shown: bool) {
    let mut evidence = evidence("Something done", what);
    if shown {
        evidence.artefacts.push(link());
    }
    let log = LogEvidence {
        on: metier.surroundings().today(),
        evidence,
        claims: vec![ToClaim::Step {
            competency: competency.parse().unwrap(),
            rung: step.parse().unwrap(),
            stance: Stance::Supports,
        }],
        files: Vec::new(),
    };
    metier.log(log).await.unwrap();
}

fn attempts(clean: u32) -> Happening {
    Happening::Attempts {
        attempts: clean,
        clean,
        aided: 0,
        guide: String::new(),
        minutes: None,
    }
}

fn done() -> Happening {
    Happening::Accomplishment {
        scope: String::new(),
        recognised: String::new(),
        responsibility: String::new(),
        result: String::new(),
        impact: String::new(),
        significance: String::new(),
        difficulty: String::new(),
        accepted: Some(true),
    }
}

fn read(name: &str, text: &[u8]) -> Levelling {
    read_levels(name, text, &Choices::default()).unwrap()
}

async fn take_in(metier: &Metier, levelling: &Levelling, name: &str) -> FamilyId {
    let names = vec![name.to_owned()];
    let frameworks = level_frameworks(levelling, &names, false, &Choices::default()).unwrap();
    metier
        .take_in_levels(frameworks, None)
        .await
        .unwrap()
        .remove(0)
        .family
}

/// Confirms what is proposed, or for want of it the first for the first by hand.
async fn confirm(metier: &Metier, from: &Framework, to: &FamilyId) -> usize {
    let life = metier.life().await.unwrap();
    let to = &life.criteria_of(to).unwrap().framework;
    let ruling = |from: &CompetencyId, to: &CompetencyId, confidence| Ruling {
        from: from.clone(),
        to: to.clone(),
        verdict: Verdict::Counts { confidence },
    };
    let mut rulings: Vec<Ruling> = proposals(from, to)
        .iter()
        .map(|p| ruling(&p.from, &p.to, p.confidence))
        .collect();
    if rulings.is_empty() {
        rulings.push(ruling(&from.competencies[0].id, &to.competencies[0].id, 0.5));
    }
    let settlement = Settlement {
        from: from.family.clone(),
        to: to.family.clone(),
        steps: common_steps(from, to),
        both_ways: true,
        rulings,
        seen: None,
    };
    metier.settle_crosswalk(&settlement).await.unwrap();
    settlement.rulings.len()
}

#[tokio::test]
async fn the_same_record_is_read_against_both() {
    let (_home, metier) = marketer().await;
    log(&metier, attempts(40), "publish-an-article", "reliable", false).await;
    log(&metier, done(), "interview-an-expert", "reliable", true).await;
    let company = take_in(
        &metier,
        &read("levels.csv", LADDER.as_bytes()),
        "Content designer",
    )
    .await;
    let own = find_framework(None, "content-marketing").unwrap();
    assert!(confirm(&metier, &own, &company).await >= 2);

    let senior = "senior".parse().unwrap();
    let beside = metier
        .beside(AsOf::default(), &company, Some(&senior))
        .await
        .unwrap();
    let other = |name: &str| {
        let f = &beside.other.version.framework;
        let id = &f.competencies.iter().find(|c| c.name == name).unwrap().id;
        let row = beside.rows.iter().find(|r| r.competency == *id).unwrap();
        (beside.other.standing.competency(id).unwrap(), row)
    };
    let rung = |id: &str| -> RungId { id.parse().unwrap() };

    // A log proves what is counted; where the company judges, there is nothing in it to judge by.
    let article: CompetencyId = "publish-an-article".parse().unwrap();
    let (publishing, row) = other("Publishing");
    assert!(row.read_as.contains(&article));
    let junior = publishing.rung(&rung("junior")).unwrap();
    assert_eq!(junior.state, State::Likely);
    assert!(
        matches!(junior.missing[0], Missing::Backing { .. }),
        "{:?}",
        junior.missing
    );
    // What has something to show is proven on both.
    let (interviewing, _) = other("Interviewing");
    let read = interviewing.rung(&rung("junior")).unwrap();
    assert_eq!(
        (read.state, read.grade),
        (State::Proven, Some(Grade::ReadAcross)),
        "of the company's criteria themselves nothing is recorded"
    );
    let (hiring, row) = other("Hiring");
    assert!(hiring.blank() && row.read_as.is_empty());

    assert_eq!(beside.known(), (2, 3));
    let gap = beside.gap();
    assert_eq!(
        gap.open.iter().filter(|i| i.unknown).count(),
        1,
        "only hiring is unknown"
    );
    assert!(!beside.left.contains(&article) && beside.left.len() > 20);
    assert!(metier.beside(AsOf::default(), &own.family, None).await.is_err());
    assert!(
        metier
            .beside(AsOf::default(), &company, Some(&"emperor".parse().unwrap()))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn what_is_recorded_under_the_companys_criteria_counts_under_ones_own() {
    let (_home, metier) = marketer().await;
    let company = take_in(
        &metier,
        &read("levels.csv", LADDER.as_bytes()),
        "Content designer",
    )
    .await;
    let own = find_framework(None, "content-marketing").unwrap();
    confirm(&metier, &own, &company).await;
    let choice = AimChoice {
        level: Some("senior".parse().unwrap()),
        own: None,
        by: None,
    };
    metier.aim(Some(&company), choice).await.unwrap();
    log(&metier, done(), "publishing", "senior", true).await;
    let beside = metier.beside(AsOf::default(), &own.family, None).await.unwrap();
    let article = beside
        .other
        .standing
        .competency(&"publish-an-article".parse().unwrap())
        .unwrap();
    assert!(!article.blank(), "{article:?}");
    assert_eq!(beside.own.standing.family, company);
}

/// Every role and track of the published ladders, chosen as a target with what somebody recorded under a
/// starter: the gap knows something of each.
#[tokio::test]
async fn each_published_role_can_be_aimed_at_and_its_gap_knows_something() {
    let data = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let mut aimed_at = Vec::new();
    for file in ["ddat-uk/roles.csv", "snowflake/tracks.json"] {
        let Ok(bytes) = std::fs::read(data.join("ladders").join(file)) else {
            eprintln!("METIER_DATA not found at {}: not run", data.display());
            return;
        };
        let levelling = read(file, &bytes);
        let (_home, metier) = marketer().await;
        let own = find_framework(None, "content-marketing").unwrap();
        for competency in &own.competencies {
            log(&metier, done(), competency.id.as_str(), "reliable", true).await;
        }
        let names: Vec<String> = levelling.usable().map(|p| p.name.clone()).collect();
        let frameworks = level_frameworks(&levelling, &names, false, &Choices::default()).unwrap();
        for taken in metier.take_in_levels(frameworks, None).await.unwrap() {
            let family = taken.family;
            confirm(&metier, &own, &family).await;
            let life = metier.life().await.unwrap();
            let levels = &life.criteria_of(&family).unwrap().framework.levels;
            let choice = AimChoice {
                level: levels.last().map(|l| l.id.clone()),
                own: None,
                by: None,
            };
            metier.aim(Some(&family), choice).await.unwrap();
            let sight = metier.sight(AsOf::default()).await.unwrap();
            let gap = sight.gap();
            let known = gap.met.len() + gap.open.iter().filter(|i| !i.unknown).count();
            assert!(
                known > 0,
                "{family}: nothing is known of {} asked for",
                gap.open.len()
            );
            aimed_at.push(levels.len());
        }
    }
    assert_eq!(aimed_at.len(), 48 + 16);
    assert_eq!(aimed_at.iter().sum::<usize>(), 201 + 16 * 5);
}

/// Pairs of the starters and published ladders that a person would confirm: theirs, ours.
const SAME_WORK: [(&str, &str); 18] = [
    ("Availability and capacity management", "Instrument a service"),
    ("Information security", "Model the threats"),
    ("Information security", "Keep secrets out"),
    ("Information security", "Handle personal data"),
    (
        "Programming and build (software engineering)",
        "Keep the build fast",
    ),
    (
        "Programming and build (software engineering)",
        "Find your way in code",
    ),
    ("Service support", "Instrument a service"),
    ("Service support", "Catch a bug"),
    ("User focus", "Explain the domain"),
    ("Systems design", "Find the costly assumption"),
    ("Web client", "Build a screen"),
    ("Communication", "Explain the"),
    ("Mentorship", "Pair with a less"),
    ("Mentorship", "Brief and coach"),
    ("Recruiting", "Interview a candidate"),
    ("Strategic thinking", "Tie content to a"),
    ("User-centred content design", "Write a content brief"),
    ("User-centred content design", "Make content everyone"),
];

/// Of what is proposed between the starters and two published ladders, four in five are pairs that a person
/// would confirm. By likeness alone, common words included, it was three in five.
#[test]
fn most_of_what_is_proposed_for_published_ladders_is_the_same_work() {
    let data = std::env::var_os("METIER_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let (mut right, mut wrong) = (0, Vec::new());
    for (file, own, role) in [
        (
            "ddat-uk/roles.csv",
            "software-engineering",
            Some("Software developer"),
        ),
        ("ddat-uk/roles.csv", "content-marketing", Some("Content designer")),
        (
            "ddat-uk/roles.csv",
            "content-marketing",
            Some("Content strategist"),
        ),
        ("snowflake/tracks.json", "software-engineering", None),
        ("snowflake/tracks.json", "content-marketing", None),
    ] {
        let Ok(bytes) = std::fs::read(data.join("ladders").join(file)) else {
            eprintln!("METIER_DATA not found at {}: not run", data.display());
            return;
        };
        let levelling = read(file, &bytes);
        let names: Vec<String> = levelling.usable().map(|p| p.name.clone()).collect();
        let names: Vec<String> = names
            .into_iter()
            .filter(|n| role.is_none_or(|r| n == r))
            .collect();
        let own = find_framework(None, own).unwrap();
        for to in level_frameworks(&levelling, &names, role.is_none(), &Choices::default()).unwrap() {
            for p in proposals(&own, &to) {
                let (theirs, ours) = (
                    &to.competency(&p.to).unwrap().name,
                    &own.competency(&p.from).unwrap().name,
                );
                if SAME_WORK
                    .iter()
                    .any(|(a, b)| theirs.starts_with(a) && ours.starts_with(b))
                {
                    right += 1;
                } else {
                    wrong.push(format!("{theirs}: {ours} {:?}", p.words));
                }
            }
        }
    }
    assert!(right >= 14, "{right} found");
    assert!(
        right * 5 >= (right + wrong.len()) * 4,
        "{right} right; {wrong:#?}"
    );
}
