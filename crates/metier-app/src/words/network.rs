//! What is said of the network, in a line of the timeline.

use metier_core::network::{MentorshipSide, NetworkFact};

use super::{Words, list};

impl Words<'_> {
    pub(super) fn of_network(&self, said: &NetworkFact) -> String {
        match said {
            NetworkFact::Contact(c) if c.organisation.is_empty() => format!("Contact: {}", c.name),
            NetworkFact::Contact(c) => format!("Contact: {}, {}", c.name, c.organisation),
            NetworkFact::Touch(t) if t.words.is_empty() => "Spoke with a contact".into(),
            NetworkFact::Touch(t) => format!("Spoke with a contact: {}", t.words),
            NetworkFact::Mentorship(m) => match m.side {
                MentorshipSide::TheyGuide => format!("Mentor: {}", m.with),
                MentorshipSide::IGuide => format!("Mentor to {}", m.with),
            },
            NetworkFact::Guidance(g) => format!("Guidance: {}", g.words),
            NetworkFact::Willing(w) if w.competencies.is_empty() => "Teaching nothing at the moment".into(),
            NetworkFact::Willing(w) => {
                let names: Vec<String> = w
                    .competencies
                    .iter()
                    .map(|c| self.competency(c).to_owned())
                    .collect();
                format!("Willing to teach {}", list(&names))
            }
            NetworkFact::Community(c) => format!("Where the field meets: {}", c.name),
        }
    }
}
