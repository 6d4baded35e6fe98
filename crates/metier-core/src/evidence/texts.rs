//! The texts of what happened: to look through them, and to put others in their place.
//!
//! What others see depends on both, so every field is named in both: one that is added and forgotten here
//! does not compile.

use super::Happening;

impl Happening {
    /// Every text in it, with the name of its field. May be empty ones among them.
    pub fn texts(&self) -> Vec<(&'static str, &str)> {
        match self {
            Self::Attempts {
                guide,
                attempts: _,
                clean: _,
                aided: _,
                minutes: _,
            } => vec![("guide", guide)],
            Self::Accomplishment {
                scope,
                responsibility,
                result,
                impact,
                significance,
                difficulty,
                recognised,
                accepted: _,
            } => vec![
                ("scope", scope),
                ("responsibility", responsibility),
                ("result", result),
                ("impact", impact),
                ("significance", significance),
                ("difficulty", difficulty),
                ("recognised", recognised),
            ],
            Self::Project {
                tasks,
                goal,
                deadline: _,
                met: _,
                people_led: _,
            } => vec![("goal", goal), ("tasks", tasks)],
            Self::Teaching { learners } => learners
                .iter()
                .flat_map(|l| [("learner", l.name.as_str()), ("can now", l.can_now.as_str())])
                .collect(),
            Self::Communication {
                form,
                audience,
                reach: _,
            } => vec![("form", form), ("audience", audience)],
            Self::Incident {
                diagnosed,
                reached,
                outcome,
            } => vec![
                ("diagnosed", diagnosed),
                ("reached", reached),
                ("outcome", outcome),
            ],
            Self::Ownership {
                objective,
                role: _,
                until: _,
            } => vec![("objective", objective)],
            Self::Credential {
                body,
                number,
                expires: _,
            } => vec![("body", body), ("number", number)],
            Self::Learning {
                form,
                provider,
                used_for,
            } => vec![("form", form), ("provider", provider), ("used for", used_for)],
            Self::Recognition { by, how } => vec![("by", by), ("how", how)],
        }
    }

    /// The same with another text in place of each.
    #[must_use]
    pub fn map_texts(mut self, with: impl Fn(&str) -> String) -> Self {
        for text in self.texts_mut() {
            *text = with(text);
        }
        self
    }

    /// As [`Happening::texts`], to change them.
    fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Attempts {
                guide,
                attempts: _,
                clean: _,
                aided: _,
                minutes: _,
            } => vec![guide],
            Self::Accomplishment {
                scope,
                responsibility,
                result,
                impact,
                significance,
                difficulty,
                recognised,
                accepted: _,
            } => vec![
                scope,
                responsibility,
                result,
                impact,
                significance,
                difficulty,
                recognised,
            ],
            Self::Project {
                tasks,
                goal,
                deadline: _,
                met: _,
                people_led: _,
            } => vec![goal, tasks],
            Self::Teaching { learners } => learners
                .iter_mut()
                .flat_map(|l| [&mut l.name, &mut l.can_now])
                .collect(),
            Self::Communication {
                form,
                audience,
                reach: _,
            } => vec![form, audience],
            Self::Incident {
                diagnosed,
                reached,
                outcome,
            } => vec![diagnosed, reached, outcome],
            Self::Ownership {
                objective,
                role: _,
                until: _,
            } => vec![objective],
            Self::Credential {
                body,
                number,
                expires: _,
            } => vec![body, number],
            Self::Learning {
                form,
                provider,
                used_for,
            } => vec![form, provider, used_for],
            Self::Recognition { by, how } => vec![by, how],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::EvidenceKind;

    #[test]
    fn what_can_be_read_can_be_replaced() {
        use EvidenceKind as Kind;
        let kinds = [
            Kind::Attempts,
            Kind::Accomplishment,
            Kind::Project,
            Kind::Teaching,
            Kind::Communication,
            Kind::Incident,
            Kind::Ownership,
            Kind::Credential,
            Kind::Learning,
            Kind::Recognition,
        ];
        for kind in kinds {
            let replaced = Happening::plainest(kind).map_texts(|_| "x".into());
            let texts = replaced.texts();
            assert!(
                !texts.is_empty() && texts.iter().all(|(_, text)| *text == "x"),
                "{kind:?}"
            );
            let gone = replaced.map_texts(|_| String::new());
            assert!(gone.texts().iter().all(|(_, text)| text.is_empty()), "{kind:?}");
        }
    }
}
