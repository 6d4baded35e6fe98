//! What a form of a kind says, and what is wrong with it.

use jiff::civil::Date;
use metier_core::evidence::{Happening, Learner};
use metier_core::framework::EvidenceKind;

use super::super::line::came_off;
use super::part::{PARTS_OF_RASCI, ROLES, rows};
use crate::form::{Reading, Sent};

/// What a form of a kind says.
pub fn read(reading: &mut Reading<'_>, sent: &Sent, kind: EvidenceKind, today: Date) -> Happening {
    let text = |field: &str| sent.text(field).to_owned();
    let said = |field: &str| came_off(sent, field);
    match kind {
        EvidenceKind::Attempts => attempts(reading, sent),
        EvidenceKind::Accomplishment => Happening::Accomplishment {
            scope: text("scope"),
            responsibility: text("responsibility"),
            result: text("result"),
            impact: text("impact"),
            significance: text("significance"),
            difficulty: text("difficulty"),
            recognised: text("recognised"),
            accepted: said("accepted"),
        },
        EvidenceKind::Project => Happening::Project {
            tasks: text("tasks"),
            deadline: reading.day("deadline"),
            goal: text("goal"),
            met: said("met"),
            people_led: count(reading, "people-led").unwrap_or(0),
        },
        EvidenceKind::Teaching => taught(reading, sent),
        EvidenceKind::Communication => Happening::Communication {
            form: text("form"),
            audience: text("audience"),
            reach: count(reading, "reach"),
        },
        EvidenceKind::Incident => Happening::Incident {
            diagnosed: text("diagnosed"),
            reached: text("reached"),
            outcome: text("outcome"),
        },
        EvidenceKind::Ownership => Happening::Ownership {
            role: PARTS_OF_RASCI
                .iter()
                .zip(ROLES)
                .find(|((id, _), _)| *id == sent.text("role"))
                .and_then(|(_, role)| role),
            objective: text("objective"),
            until: reading.day("until"),
        },
        EvidenceKind::Credential => Happening::Credential {
            body: reading.needed("body", "Say who gave it: the body, the school, the authority."),
            number: text("number"),
            expires: expiry(reading, sent, today),
        },
        EvidenceKind::Learning => Happening::Learning {
            form: text("form"),
            provider: text("provider"),
            used_for: text("used-for"),
        },
        EvidenceKind::Recognition => Happening::Recognition {
            by: reading.needed("by", "Say who recognised it."),
            how: text("how"),
        },
    }
}

fn count(reading: &mut Reading<'_>, field: &str) -> Option<u32> {
    reading.read(field, "Write a whole number, as in 12.")
}

fn attempts(reading: &mut Reading<'_>, sent: &Sent) -> Happening {
    let many = count(reading, "attempts");
    let clean = count(reading, "clean");
    let aided = count(reading, "aided").unwrap_or(0);
    if sent.text("attempts").is_empty() || many == Some(0) {
        reading.fault("attempts", "Say how many times you did it; at least once.");
    } else if many.is_some_and(|n| n > 100_000) {
        reading.fault(
            "attempts",
            "At most 100000 are kept together; record several sessions.",
        );
    }
    if sent.text("clean").is_empty() {
        reading.fault(
            "clean",
            "Say how many of them were right without help; none is 0.",
        );
    }
    if let (Some(many), Some(clean)) = (many, clean)
        && u64::from(clean) + u64::from(aided) > u64::from(many)
    {
        let right = u64::from(clean) + u64::from(aided);
        reading.fault("clean", format!("{right} right ones are more than {many} times."));
    }
    Happening::Attempts {
        attempts: many.unwrap_or(0),
        clean: clean.unwrap_or(0),
        aided,
        guide: sent.text("guide").to_owned(),
        minutes: count(reading, "minutes"),
    }
}

fn taught(reading: &mut Reading<'_>, sent: &Sent) -> Happening {
    let mut learners = Vec::new();
    for n in 0..rows(sent) {
        let (field, can) = (format!("learner-{n}"), format!("can-{n}"));
        let (name, can_now) = (sent.text(&field), sent.text(&can));
        let unaided = sent.has(&format!("unaided-{n}"));
        if name.is_empty() {
            if !can_now.is_empty() || unaided {
                reading.fault(&field, "Say who; initials will do.");
            }
            continue;
        }
        learners.push(Learner {
            name: name.to_owned(),
            can_now: can_now.to_owned(),
            unaided,
        });
    }
    if learners.is_empty()
        && !sent
            .fields()
            .any(|(f, v)| f.starts_with("can-") && !v.trim().is_empty())
    {
        reading.fault(
            "learner-0",
            "Name at least one person you taught; initials will do.",
        );
    }
    Happening::Teaching { learners }
}

fn expiry(reading: &mut Reading<'_>, sent: &Sent, today: Date) -> Option<Date> {
    let expires = reading.day("expires")?;
    let on = sent.text("date").parse().unwrap_or(today);
    if expires < on {
        reading.fault("expires", "It ends before it was given.");
    }
    Some(expires)
}
