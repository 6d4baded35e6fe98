//! What is said of mastery, in a line of the timeline.

use metier_core::mastery::{Found, MasteryFact};

use super::{Words, list, plural};

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
        }
    }
}
