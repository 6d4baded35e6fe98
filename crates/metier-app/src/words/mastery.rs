//! What is said of mastery: in a line of the timeline, and the questions in our own words.

use metier_core::mastery::{
    ChainEnd, CriteriaQuestion, Found, IdentityLayer, MASTERS_WANTED, MasteryFact, Stage, Weighs,
};
use metier_core::person::OwnAim;
use metier_core::target::ThingStanding;

use super::{Words, capital, list, number, plural};

impl Words<'_> {
    pub(super) fn of_mastery(&self, said: &MasteryFact) -> String {
        match said {
            MasteryFact::Definition(d) => format!("What mastery is to you: {}", d.statement),
            MasteryFact::Criteria(c) if c.reason.is_empty() => "One of the six questions answered".into(),
            MasteryFact::Criteria(c) => format!("One of the six questions answered: {}", c.reason),
            MasteryFact::Exemplar(e) => format!("Seen as a master: {}", e.name),
            MasteryFact::NominationAsked(n) => format!("Asked {} who the expert is", n.to),
            MasteryFact::Nominated(n) => format!("{} named {} as a master", n.by, n.name),
            MasteryFact::Outreach(o) => format!("To ask: {}", o.to),
            MasteryFact::Conversation(c) => format!("A conversation: {}", c.words),
            MasteryFact::RealityCheck(check) => {
                let names = check.findings.iter().map(|finding| match &finding.found {
                    Found::Confirmed(id) => format!("{} belongs there", self.competency(id)),
                    Found::Struck(id) => format!("{} does not", self.competency(id)),
                    Found::Added(what) => format!("{what} is missing"),
                });
                match names.collect::<Vec<_>>() {
                    none if none.is_empty() => format!("{} looked at the list: {}", check.by, check.words),
                    few if few.len() <= 3 => format!("{} looked at the list: {}", check.by, list(&few)),
                    many => format!(
                        "{} looked at the list, and spoke of {}",
                        check.by,
                        plural(many.len() as u64, "competency", "competencies")
                    ),
                }
            }
            MasteryFact::Identity(_) => "Which layer you see yourself on".into(),
            MasteryFact::Answer(a) => format!("{} \u{2013} {}", a.asked, a.words),
            MasteryFact::Comment(c) => format!("{} on an answer: {}", c.by, c.words),
            MasteryFact::Shown(s) => format!(
                "Showed {} {}",
                s.to,
                plural(s.answers.len() as u64, "answer", "answers")
            ),
            MasteryFact::Put(p) => format!("{} asks: {}", p.by, p.question),
            MasteryFact::Read(_) => "Read what was said of your answers".into(),
        }
    }
}

/// One of the six questions, in our own words.
pub fn criteria_question(question: CriteriaQuestion) -> &'static str {
    match question {
        CriteriaQuestion::Published => {
            "Must a master of this have published something lasting, such as a book?"
        }
        CriteriaQuestion::Recognised => "Must the press know them as somebody to ask?",
        CriteriaQuestion::Seen => "Must they be seen, on a screen or on the web?",
        CriteriaQuestion::WritesRegularly => "Does writing regularly in public support it, as a blog does?",
        CriteriaQuestion::Medium => "Which medium reaches the people for whom it matters?",
        CriteriaQuestion::Speaks => "Does speaking in front of the field count?",
    }
}

/// How much something counts.
pub fn weighs(weighs: Weighs) -> &'static str {
    match weighs {
        Weighs::Must => "a master must",
        Weighs::Helps => "it helps",
        Weighs::No => "no",
        Weighs::DoNotKnow => "I do not know yet",
        Weighs::InWords => "in words",
    }
}

/// A layer one may see oneself on.
pub fn identity_layer(layer: IdentityLayer) -> &'static str {
    match layer {
        IdentityLayer::Need => "a need that people have",
        IdentityLayer::Profession => "my profession",
        IdentityLayer::Industry => "my industry",
        IdentityLayer::Organisation => "my organisation",
        IdentityLayer::Position => "my position",
    }
}

/// What of one's own is aimed at.
pub fn own_aim(own: OwnAim) -> &'static str {
    match own {
        OwnAim::Definition(_) => "your own definition of mastery",
        OwnAim::Exemplar(_) => "what a master does",
    }
}

/// The significant things that are not there yet, by name: all of them, or the first and how many more.
pub fn still_to_accomplish(things: &[ThingStanding]) -> String {
    let mut names: Vec<String> = things
        .iter()
        .take(NAMED)
        .map(|t| format!("\u{201c}{}\u{201d}", t.what))
        .collect();
    if things.len() > NAMED {
        names.push(format!("{} more", number((things.len() - NAMED) as u64)));
    }
    format!("Still to accomplish: {}.", list(&names))
}

/// How many significant things are named in a sentence.
const NAMED: usize = 5;

/// Where a chain ends.
pub fn chain_end(end: &ChainEnd) -> &'static str {
    match end {
        ChainEnd::NotDistilled => "no competency named yet",
        ChainEnd::NotInFramework => "not in these criteria",
        ChainEnd::Have => "I have this",
        ChainEnd::InPlan(_) => "in the plan",
        ChainEnd::NotYet => "not yet",
    }
}

/// A stage, and what it is.
pub fn stage(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Apprentice => ("Apprentice", "learns it under somebody who can"),
        Stage::Practitioner => ("Practitioner", "does it unaided, whatever the day brings"),
        Stage::Mentor => ("Mentor", "does it, and brings others up"),
        Stage::Master => ("Master", "is whom the others in the field go to"),
    }
}

/// The years at which a stage is usual.
pub fn stage_years(stage: Stage) -> String {
    let years = stage.years();
    match (years.from, years.until) {
        (0, Some(until)) => format!("up to {until} years"),
        (from, Some(until)) => format!("about {from} to {until} years"),
        (from, None) => format!("{from} years and more"),
    }
}

/// Where the years of the stages come from.
pub const STAGE_SOURCE: &str = "They are ours: round numbers, not measurements. A much quoted ten years goes back to chess (Simon and Chase 1973), and the top of chess is not mastery of a trade.";

/// "4 years and 2 months".
pub fn months(months: u32) -> String {
    let (years, rest) = (u64::from(months / 12), u64::from(months % 12));
    match (years, rest) {
        (0, 0) => "less than a month".into(),
        (0, rest) => plural(rest, "month", "months"),
        (years, 0) => plural(years, "year", "years"),
        (years, rest) => format!(
            "{} and {}",
            plural(years, "year", "years"),
            plural(rest, "month", "months")
        ),
    }
}

/// How many masters have looked at the list.
pub fn headline_of_checks(masters: usize) -> String {
    let wanted = number(MASTERS_WANTED as u64);
    match masters {
        0 => format!("No master has looked at this list yet; {wanted} are enough to rely on it."),
        n if n < MASTERS_WANTED => format!(
            "{} of {wanted} masters {} looked at this list.",
            capital(&number(n as u64)),
            if n == 1 { "has" } else { "have" }
        ),
        n => format!(
            "{} looked at this list.",
            capital(&plural(n as u64, "master", "masters"))
        ),
    }
}
