//! What a framework offers to do, grouped by what it would close.

use serde::Serialize;

use crate::framework::{Framework, Shows};
use crate::id::{ActivityId, CompetencyId};
use crate::standing::Standing;
use crate::steps::{Open, shown};

/// Activities that would show something missing of one competency, or nothing that is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choices {
    /// Of which competency; absent: of none that is open.
    pub closes: Option<CompetencyId>,
    /// Which, as the framework lists them.
    pub activities: Vec<Choice>,
}

/// An activity, with what it would show of what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Which.
    pub activity: ActivityId,
    /// Rungs that the target misses and that it is expected to show.
    pub shows: Vec<Shows>,
}

/// Every activity of a framework once: under the first open competency that it would show something missing
/// of, in the framework's order; those that show nothing missing come last.
pub fn choices(standing: &Standing, framework: &Framework) -> Vec<Choices> {
    let open = Open::all(standing);
    let mut groups: Vec<Choices> = open
        .iter()
        .map(|o| Choices {
            closes: Some(o.competency.competency.clone()),
            activities: Vec::new(),
        })
        .collect();
    let mut rest = Choices {
        closes: None,
        activities: Vec::new(),
    };
    for activity in &framework.activities {
        let shows: Vec<Shows> = shown(activity, &open)
            .into_iter()
            .map(|(open, rung)| Shows {
                competency: open.competency.competency.clone(),
                rung: rung.clone(),
            })
            .collect();
        let first = groups.iter_mut().find(|g| {
            g.closes
                .as_ref()
                .is_some_and(|c| shows.iter().any(|s| s.competency == *c))
        });
        first.unwrap_or(&mut rest).activities.push(Choice {
            activity: activity.id.clone(),
            shows,
        });
    }
    groups.push(rest);
    groups.retain(|g| !g.activities.is_empty());
    groups
}
