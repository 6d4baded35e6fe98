//! An activity: something one can do to move.

use serde::{Deserialize, Serialize};

use crate::id::{ActivityId, CompetencyId, RungId};

/// Something one can do to move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Stable within the family.
    pub id: ActivityId,
    /// Said as something to do: "Teach one colleague to interview an expert".
    pub name: String,
    /// Sort of activity.
    pub kind: ActivityKind,
    /// How long it takes.
    pub hours: Hours,
    /// Activities that come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<ActivityId>,
    /// What it is expected to show.
    pub shows: Vec<Shows>,
    /// What makes it work, or what to watch for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Three-point estimate, in hours.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// If all goes well.
    pub low: f64,
    /// Most likely.
    pub likely: f64,
    /// If it drags.
    pub high: f64,
}

/// A rung an activity is expected to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shows {
    /// Of which competency.
    pub competency: CompetencyId,
    /// Which rung.
    pub rung: RungId,
}

/// Sorts of activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A course with an end.
    Course,
    /// A workshop or seminar.
    Workshop,
    /// A webinar.
    Webinar,
    /// Reading and trying alone.
    SelfStudy,
    /// Working towards a credential.
    Certification,
    /// Deliberate repetition of a step.
    Practice,
    /// Work beyond what one has done before.
    StretchAssignment,
    /// Time in another role.
    Rotation,
    /// A project.
    Project,
    /// Unpaid work that needs the skill.
    Volunteering,
    /// Being guided by a mentor.
    Mentoring,
    /// Guiding someone else.
    BeingAMentor,
    /// Taking part in a community.
    Community,
    /// Going to an event.
    Event,
    /// Working with someone one has not worked with.
    Collaboration,
    /// Publishing something.
    Publishing,
    /// Speaking in front of people.
    Speaking,
    /// Leading people.
    Leading,
}
