//! Criteria in words: how often, what sort, how large, where a statement comes from, what a level asks.

use metier_core::framework::{
    ActivityKind, Criterion, Expectation, Framework, Frequency, Grain, Kind, Layer, Level, Provenance,
    ProvenanceKind, Retention, Weight,
};
use metier_core::id::CompetencyId;
use metier_core::policy::Policy;

use super::{number, percent, plural};

/// How often something is done.
pub fn frequency(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::ManyADay => "many times a day",
        Frequency::Daily => "about daily",
        Frequency::Weekly => "several times a week",
        Frequency::Rarer => "more rarely",
        Frequency::NotCountable => "not countable",
    }
}

/// How often something is done, within a sentence: "done about daily".
pub fn done(often: Frequency) -> String {
    match often {
        Frequency::NotCountable => "not countable".into(),
        often => format!("done {}", frequency(often)),
    }
}

/// What a step that leaves its share open asks for when the thing is done this often.
pub fn asks(frequency: Frequency) -> String {
    let open = Criterion::Accuracy {
        target: None,
        days: None,
    };
    match open.fitted(frequency) {
        Criterion::Accuracy {
            target: Some(target), ..
        } => match clean_ones(target) {
            Some(n) => format!("{}: {n} in a row without a miss show it", percent(target)),
            None => percent(target),
        },
        Criterion::Count { at_least, .. } => {
            format!("the last {} accepted without rework", number(u64::from(at_least)))
        }
        _ => "judged: would you let them do it unsupervised?".into(),
    }
}

/// What a step of the ladder asks for when it leaves the share open to how often the thing is done.
pub fn open_share() -> String {
    let countable = [Frequency::ManyADay, Frequency::Daily, Frequency::Weekly];
    let shares: Vec<String> = countable
        .into_iter()
        .filter_map(|f| {
            let open = Criterion::Accuracy {
                target: None,
                days: None,
            };
            match open.fitted(f) {
                Criterion::Accuracy {
                    target: Some(target), ..
                } => Some(format!("{} of what is done {}", percent(target), frequency(f))),
                _ => None,
            }
        })
        .collect();
    format!(
        "Unaided and correct, again and again, on at least {} days: {}. What is rarer: {}. What cannot be \
         counted is judged. (The original asks for 99% everywhere.)",
        number(u64::from(Policy::version_1().days)),
        shares.join(", "),
        asks(Frequency::Rarer)
    )
}

/// How many attempts in a row without a miss show a share; `None` for a share that none shows.
pub fn clean_ones(target: f64) -> Option<u64> {
    metier_measure::accuracy::clean_needed(0, 0, 1.0 - target, Policy::version_1().alpha).ok()
}

/// What sort of ability it is.
pub fn ability(kind: Kind) -> &'static str {
    match kind {
        Kind::Technical => "technical",
        Kind::Interpersonal => "with people",
        Kind::Knowledge => "knowledge",
    }
}

/// The layer something belongs to.
pub fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Profession => "of the profession",
        Layer::Industry => "of one industry",
        Layer::Organisation => "of one employer",
    }
}

/// How large the thing is.
pub fn grain(grain: Grain) -> &'static str {
    match grain {
        Grain::Task => "a task",
        Grain::Project => "a project",
        Grain::Area => "an area",
    }
}

/// What fades without use.
pub fn retention(retention: Retention) -> &'static str {
    match retention {
        Retention::Accuracy => "getting it right fades",
        Retention::Speed => "getting it done fast fades",
        Retention::Mixed => "speed and getting it right fade",
    }
}

/// Where a statement comes from.
pub fn provenance(from: &Provenance) -> String {
    let sort = match from.kind {
        ProvenanceKind::ProfessionBody => "a body of the profession",
        ProvenanceKind::Master => "a master of the field",
        ProvenanceKind::Employer => "an employer",
        ProvenanceKind::Vendor => "somebody who sells it",
        ProvenanceKind::Own => "your own words",
        ProvenanceKind::Starter => "a starting point, to be checked with masters",
        ProvenanceKind::Onet => "the O*NET database",
        ProvenanceKind::Esco => "the ESCO classification",
    };
    let said = if from.name.is_empty() {
        sort.to_owned()
    } else {
        format!("{} ({sort})", from.name)
    };
    if from.reference.is_empty() {
        said
    } else {
        format!("{said}, {}", from.reference)
    }
}

/// Sorts of activity.
pub fn activity(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Course => "course",
        ActivityKind::Workshop => "workshop",
        ActivityKind::Webinar => "webinar",
        ActivityKind::SelfStudy => "on one's own",
        ActivityKind::Certification => "towards a credential",
        ActivityKind::Practice => "practice",
        ActivityKind::StretchAssignment => "stretch assignment",
        ActivityKind::Rotation => "time in another role",
        ActivityKind::Project => "project",
        ActivityKind::Volunteering => "volunteering",
        ActivityKind::Mentoring => "with a mentor",
        ActivityKind::BeingAMentor => "as a mentor",
        ActivityKind::Community => "in a community",
        ActivityKind::Event => "event",
        ActivityKind::Collaboration => "with somebody new",
        ActivityKind::Publishing => "publishing",
        ActivityKind::Speaking => "speaking",
        ActivityKind::Leading => "leading",
    }
}

/// A need by its id: its name, or what the id says for one that is not among the twelve.
pub fn need(id: &str) -> String {
    metier_core::framework::needs()
        .into_iter()
        .find(|n| n.id.as_str() == id)
        .map_or_else(|| super::capital(&id.replace('-', " ")), |n| n.name.to_owned())
}

/// Whether an expectation must be met.
pub fn weight(weight: Weight) -> String {
    match weight {
        Weight::Required => "required".into(),
        Weight::Weighted(1) => "counts one point".into(),
        Weight::Weighted(n) => format!("counts {} points", number(u64::from(n))),
        Weight::NotApplicable => "not asked".into(),
    }
}

/// What a level asks, sorted: the answer to "must I meet 100%?" and "which matter most?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelAsks {
    /// "Must I meet 100%?", answered.
    pub must: String,
    /// "Which matter most?", answered.
    pub most: String,
    /// Required, and the rest of the field stands on them.
    pub foundations: Vec<CompetencyId>,
    /// Required besides.
    pub required: Vec<CompetencyId>,
    /// What counts points, heaviest first.
    pub weighted: Vec<(CompetencyId, u8)>,
}

/// What a level asks, in words.
pub fn level_asks(framework: &Framework, level: &Level) -> LevelAsks {
    let is_foundation = |e: &&Expectation| framework.competency(&e.competency).is_some_and(|c| c.foundation);
    let required = || level.expectations.iter().filter(|e| e.weight == Weight::Required);
    let foundations: Vec<_> = required()
        .filter(is_foundation)
        .map(|e| e.competency.clone())
        .collect();
    let others: Vec<_> = required()
        .filter(|e| !is_foundation(e))
        .map(|e| e.competency.clone())
        .collect();
    let mut weighted: Vec<(CompetencyId, u8)> = level
        .expectations
        .iter()
        .filter_map(|e| match e.weight {
            Weight::Weighted(n) => Some((e.competency.clone(), n)),
            Weight::Required | Weight::NotApplicable => None,
        })
        .collect();
    weighted.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    let asks = LevelAsks {
        must: String::new(),
        most: String::new(),
        foundations,
        required: others,
        weighted,
    };
    LevelAsks {
        must: must_all(framework, &asks),
        most: which_most(&asks),
        ..asks
    }
}

/// "Must I meet 100%?"
fn must_all(framework: &Framework, asks: &LevelAsks) -> String {
    let required = (asks.foundations.len() + asks.required.len()) as u64;
    let points: u64 = asks.weighted.iter().map(|(_, n)| u64::from(*n)).sum();
    let credentials = framework.credentials.iter().filter(|c| c.required).count() as u64;
    let mut said = vec![match (required, asks.weighted.is_empty()) {
        (0, true) => return "This level asks for nothing yet.".into(),
        (0, false) => "No: nothing is required at this level.".to_owned(),
        (1, true) => "Yes: the one that is named must be met, at its step or above.".to_owned(),
        (n, true) => format!("Yes: all {} must be met, each at its step or above.", number(n)),
        (1, false) => "Not all. The one required must be met, at its step or above.".to_owned(),
        (n, false) => format!(
            "Not all. The {} required ones must all be met, each at its step or above.",
            number(n)
        ),
    }];
    if credentials > 0 {
        let them = plural(credentials, "required credential", "required credentials");
        said.push(format!("So must {them}."));
    }
    let points = plural(points, "point", "points");
    match asks.weighted.len() as u64 {
        0 => {}
        1 => said.push(format!("One more counts {points} and decides nothing by itself.")),
        n => said.push(format!(
            "The {} weighted ones count {points} together: they are shown as points, may be made up for \
             one another, and none of them decides by itself.",
            number(n)
        )),
    }
    said.join(" ")
}

/// "Which matter most?"
fn which_most(asks: &LevelAsks) -> String {
    let mut parts = Vec::new();
    if !asks.foundations.is_empty() {
        parts.push(match asks.foundations.len() as u64 {
            1 => "First the required one that the rest of the field stands on".to_owned(),
            n => format!(
                "First the {} required ones that the rest of the field stands on",
                number(n)
            ),
        });
    }
    if !asks.required.is_empty() {
        let word = if parts.is_empty() {
            "First the"
        } else {
            "then the other"
        };
        parts.push(match asks.required.len() as u64 {
            1 => format!("{word} required one"),
            n => format!("{word} {} required ones", number(n)),
        });
    }
    if let (Some((_, heaviest)), Some((_, lightest))) = (asks.weighted.first(), asks.weighted.last()) {
        let word = if parts.is_empty() {
            "By weight"
        } else {
            "then by weight"
        };
        let range = if heaviest == lightest {
            plural(u64::from(*heaviest), "point each", "points each")
        } else {
            format!(
                "from {} down to {}",
                plural(u64::from(*heaviest), "point", "points"),
                number(u64::from(*lightest))
            )
        };
        parts.push(format!("{word}, {range}"));
    }
    if parts.is_empty() {
        "Nothing is asked yet.".into()
    } else {
        parts.join("; ") + "."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_framework;

    #[test]
    fn what_each_frequency_asks_is_the_measure_s_number() {
        assert_eq!(
            asks(Frequency::ManyADay),
            "99%: 377 in a row without a miss show it"
        );
        assert_eq!(asks(Frequency::Daily), "95%: 74 in a row without a miss show it");
        assert_eq!(asks(Frequency::Weekly), "90%: 36 in a row without a miss show it");
        assert_eq!(asks(Frequency::Rarer), "the last five accepted without rework");
        assert!(asks(Frequency::NotCountable).starts_with("judged"));
    }

    #[test]
    fn a_level_answers_both_questions() {
        let mut framework = find_framework(None, "content-marketing").unwrap();
        let mut level = framework.levels[0].clone();
        level.expectations.truncate(4);
        for (e, weight) in level.expectations.iter_mut().zip([
            Weight::Required,
            Weight::Required,
            Weight::Weighted(1),
            Weight::Weighted(3),
        ]) {
            e.weight = weight;
        }
        for (i, competency) in framework.competencies.iter_mut().enumerate() {
            competency.foundation = i == 0;
        }
        level.expectations[0].competency = framework.competencies[0].id.clone();
        level.expectations[1].competency = framework.competencies[1].id.clone();
        framework.credentials.clear();
        let asks = level_asks(&framework, &level);
        assert_eq!(
            asks.must,
            "Not all. The two required ones must all be met, each at its step or above. The two weighted \
             ones count four points together: they are shown as points, may be made up for one another, and \
             none of them decides by itself."
        );
        assert_eq!(
            asks.most,
            "First the required one that the rest of the field stands on; then the other required one; then \
             by weight, from three points down to one."
        );
        assert_eq!(asks.weighted[0].1, 3);
        level.expectations.clear();
        assert_eq!(
            level_asks(&framework, &level).must,
            "This level asks for nothing yet."
        );
    }
}
