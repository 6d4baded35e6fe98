//! A case made into a document, sentence by sentence.

use metier_core::canonical::Digest;
use metier_core::disagreement::DisagreementState;
use metier_core::evidence::Artefact;
use metier_core::framework::{Framework, Weight};
use metier_core::id::{CompetencyId, RungId};
use metier_core::journal::Arrival;
use metier_core::packet::{Attempts, Behind, Case, Part, Proof};
use metier_core::rating::Role;
use metier_core::standing::{CompetencyStanding, Grade, Reason, RungStanding, State, TargetVerdict, Verdict};
use metier_core::target::TargetOf;

use super::behind::{counts, stands_on, witnesses};
use super::{Sheet, SheetPart, SheetProof, SheetStep, SheetWord, Voice};
use crate::words::{self, Words, capital, day, list, number, plural};

/// How many proofs of one competency are told; the rest is counted.
const TOLD: usize = 5;

impl Words<'_> {
    /// A case as a document.
    pub fn sheet(&self, case: &Case, voice: Voice<'_>) -> Sheet {
        let standing = &case.standing;
        let level = standing.target.as_ref().map_or("", |target| target.name.as_str());
        let parts = case.parts.iter().filter_map(|part| {
            let competency = standing.competency(&part.competency)?;
            Some(self.sheet_part(part, competency, voice))
        });
        let mut sheet = Sheet {
            counts: counts(standing),
            title: format!("The case for {level}"),
            headline: Self::sheet_headline(case, voice),
            stands_on: stands_on(case, voice),
            changed: case
                .changed
                .iter()
                .flat_map(|difference| self.changed(difference))
                .map(|line| {
                    let names: Vec<String> = line
                        .competencies
                        .iter()
                        .map(|id| self.competency(id).to_owned())
                        .collect();
                    format!(
                        "{} {}: {}.",
                        capital(&number(line.count as u64)),
                        line.what,
                        list(&names)
                    )
                })
                .collect(),
            parts: parts.collect(),
            witnesses: witnesses(case),
            basis: format!(
                "{}, version {} ({}), as of {}.",
                self.framework.title,
                self.framework.version,
                short(&standing.version),
                day(standing.at)
            ),
        };
        sheet.number();
        sheet
    }

    /// Writes into a document what people see differently, each at its criterion.
    pub fn contested(&self, sheet: &mut Sheet, differ: &[DisagreementState], voice: Voice<'_>) {
        for state in differ.iter().filter(|state| state.open) {
            let Some(part) = sheet
                .parts
                .iter_mut()
                .find(|part| part.id == state.what.competency)
            else {
                continue;
            };
            part.disputes.push(self.disagreement(state, voice));
        }
    }

    fn disagreement(&self, state: &DisagreementState, voice: Voice<'_>) -> String {
        let what = &state.what;
        let sides: Vec<String> = what
            .sides
            .iter()
            .map(|side| {
                let who = match side.role {
                    Role::Oneself => voice.name(),
                    role => format!("{} ({})", side.who, words::role(role)),
                };
                let sees = side
                    .rung
                    .as_ref()
                    .map_or("not yet the first step", |rung| self.rung(rung));
                let verb = match side.role {
                    Role::Oneself => voice.verb("see", "sees"),
                    _ => "sees",
                };
                format!("{who} {verb} {sees}")
            })
            .collect();
        let convincing = match what.convincing.trim() {
            "" => format!(" What would convince {} is not said yet.", what.whom),
            said => format!(" What would convince {}: \u{201c}{said}\u{201d}.", what.whom),
        };
        let by = match state.by {
            Some(by) if state.overdue => format!(" The day named for it, {}, has passed.", day(by)),
            Some(by) => format!(" By {}.", day(by)),
            None => String::new(),
        };
        format!(
            "{}, seen differently since {}: {}.{convincing}{by}",
            self.rung_title(&what.rung),
            day(state.on),
            list(&sides)
        )
    }

    fn sheet_headline(case: &Case, voice: Voice<'_>) -> String {
        let Some(target) = &case.standing.target else {
            return String::new();
        };
        let (met, of) = (u64::from(target.required.met), u64::from(target.required.of));
        let level = target.name.as_str();
        let who = voice.name();
        let things = plural(of, "thing", "things");
        if target.verdict == TargetVerdict::Yes && target.of == TargetOf::Own {
            // What else it asks for is the owner's alone, so that nobody is said to be there.
            let meets = voice.verb("meet", "meets");
            return format!("{who} {meets} all {things} {level} asks for, proven and fresh.");
        }
        if target.verdict == TargetVerdict::Yes {
            let are = voice.verb("are", "is");
            return format!("{who} {are} there: {things} {level} asks for, all proven and fresh.");
        }
        let meets = voice.verb("meet", "meets");
        let confirmed = match target.confirmed {
            0 => String::new(),
            n => format!("; {} confirmed by others", number(u64::from(n))),
        };
        let mut said = format!(
            "{who} {meets} {} of {things} {level} asks for{confirmed}.",
            number(met)
        );
        if !target.credentials.is_empty() {
            said += &format!(
                " Missing: {}.",
                plural(
                    target.credentials.len() as u64,
                    "required credential",
                    "required credentials"
                )
            );
        }
        said
    }

    fn sheet_part(&self, part: &Part, standing: &CompetencyStanding, voice: Voice<'_>) -> SheetPart {
        let told: Vec<&Proof> = part.proofs.iter().take(TOLD).collect();
        let mut counted: Vec<String> = part.attempts.iter().map(sessions).collect();
        if part.proofs.len() > TOLD {
            counted.push(format!(
                "And {} of less weight.",
                plural(
                    (part.proofs.len() - TOLD) as u64,
                    "further piece",
                    "further pieces"
                )
            ));
        }
        let up_to = standing.rungs.iter().position(|r| r.rung == part.asked);
        SheetPart {
            id: part.competency.clone(),
            practice: self.practice(&standing.practice).to_owned(),
            name: self.competency(&part.competency).to_owned(),
            looks_like: looks_like(self.framework, &part.competency),
            asked: format!("{}, {}", self.rung_title(&part.asked), asked_weight(part.weight)),
            mark: mark(standing, &part.asked),
            verdict: self.sheet_verdict(standing, voice),
            brief: self.sheet_brief(standing, voice),
            strongest: self.strongest(part),
            met: standing.verdict == Verdict::Yes,
            steps: standing
                .rungs
                .iter()
                .take(up_to.map_or(0, |place| place + 1))
                .map(|rung| self.sheet_step(rung, voice))
                .collect(),
            proofs: told
                .into_iter()
                .map(|proof| self.sheet_proof(proof, voice))
                .collect(),
            counted,
            people: standing
                .ratings
                .iter()
                .map(|said| SheetWord {
                    who: match said.role {
                        Role::Oneself => voice.name(),
                        role => format!("{} ({})", said.rater, words::role(role)),
                    },
                    sees: said.rung.as_ref().map_or_else(
                        || "not yet on the first step".into(),
                        |rung| self.rung(rung).to_owned(),
                    ),
                    because: said.reason.clone(),
                    how: match said.role {
                        Role::Oneself => day(said.on),
                        _ => format!("{}, {}", arrived(said.arrival, voice), day(said.on)),
                    },
                })
                .collect(),
            apart: self.sheet_apart(standing, voice),
            differs: standing.apart.as_ref().is_some_and(|apart| apart.steps > 0),
            disputes: standing
                .rungs
                .iter()
                .flat_map(|rung| rung.reasons.iter().map(move |reason| (rung, reason)))
                .filter(|(_, reason)| matches!(reason, Reason::Disputed { .. }))
                .map(|(rung, reason)| format!("{}: {}", self.rung_title(&rung.rung), self.reason(reason)))
                .collect(),
            ask: Vec::new(),
        }
    }

    fn sheet_verdict(&self, standing: &CompetencyStanding, voice: Voice<'_>) -> String {
        let missing = |missing: &[metier_core::standing::MissingAt]| {
            let items: Vec<String> = missing.iter().map(|m| self.missing_short(&m.what)).collect();
            in_voice(&list(&items), voice)
        };
        match &standing.verdict {
            Verdict::NotAsked => String::new(),
            Verdict::Yes => match standing.grade {
                Some(Grade::Confirmed) => "Met, confirmed by others.".into(),
                Some(Grade::ReadAcross) => "Met by what was recorded under other criteria.".into(),
                _ => format!("Met, on {}.", voice.own("record")),
            },
            Verdict::NotYet { missing: items } => format!("Not yet. Missing: {}.", missing(items)),
            Verdict::CannotTell {
                because,
                missing: items,
            } => {
                let why: Vec<String> = because.iter().map(|r| self.sheet_reason(r, voice)).collect();
                let tells = if items.is_empty() {
                    String::new()
                } else {
                    format!(" What would tell: {}.", missing(items))
                };
                format!("It cannot be told yet. {}{tells}", why.join(" "))
            }
        }
    }

    /// The verdict in a line of a table.
    fn sheet_brief(&self, standing: &CompetencyStanding, voice: Voice<'_>) -> String {
        let items = |missing: &[metier_core::standing::MissingAt]| {
            let items: Vec<String> = missing.iter().map(|m| self.missing_short(&m.what)).collect();
            in_voice(&list(&items), voice)
        };
        match &standing.verdict {
            Verdict::NotAsked => String::new(),
            Verdict::Yes if standing.grade == Some(Grade::Confirmed) => "Met, confirmed".into(),
            Verdict::Yes => "Met".into(),
            Verdict::NotYet { missing } => format!("Missing: {}", items(missing)),
            Verdict::CannotTell { .. } if standing.blank() => "No record".into(),
            Verdict::CannotTell { missing, .. } if missing.is_empty() => "Cannot be told yet".into(),
            Verdict::CannotTell { missing, .. } => format!("Cannot be told without {}", items(missing)),
        }
    }

    /// The heaviest piece that speaks for it, in a line; else the attempts.
    fn strongest(&self, part: &Part) -> String {
        match part.proofs.iter().find(|proof| proof.supports) {
            Some(proof) => format!("{}, {}", self.evidence(&proof.evidence), words::day(proof.on)),
            None => part.attempts.as_ref().map_or_else(String::new, |a| {
                format!("{} of {} attempts correct and unaided", a.clean, a.attempts)
            }),
        }
    }

    fn sheet_step(&self, rung: &RungStanding, voice: Voice<'_>) -> SheetStep {
        let why: Vec<String> = rung
            .reasons
            .iter()
            .filter(|reason| !matches!(reason, Reason::Disputed { .. }))
            .map(|reason| self.sheet_reason(reason, voice))
            .collect();
        SheetStep {
            title: self.rung_title(&rung.rung).to_owned(),
            state: rung.state,
            grade: rung.grade,
            why: why.join(" "),
        }
    }

    /// A reason, in the voice of the document.
    fn sheet_reason(&self, reason: &Reason, voice: Voice<'_>) -> String {
        match (reason, voice) {
            (Reason::Probable { probability }, Voice::Of(_)) => format!(
                "What people say and what is recorded make it {} likely.",
                words::chance(probability.get())
            ),
            (Reason::OwnView, Voice::Of(name)) => {
                format!("{name}\u{2019}s own view, nothing behind it yet.")
            }
            (reason, voice) => in_voice(&self.reason(reason), voice),
        }
    }

    fn sheet_proof(&self, proof: &Proof, voice: Voice<'_>) -> SheetProof {
        let evidence = self.of_evidence(&proof.evidence);
        let rungs: Vec<String> = proof.rungs.iter().map(|r| self.rung(r).to_owned()).collect();
        let behind = match proof.behind {
            Behind::OwnWord => voice.own("statement"),
            Behind::Artefact => "with something to show for it".into(),
            Behind::Confirmed => "confirmed by somebody else".into(),
        };
        let behind = if proof.supports {
            behind
        } else {
            format!("speaks against it; {behind}")
        };
        let behind = match proof.reworded_at {
            Some(at) => format!(
                "{behind}; reworded on {}",
                day(at.to_zoned(jiff::tz::TimeZone::UTC).date())
            ),
            None => behind,
        };
        let links = evidence.map_or(&[][..], |e| &e.artefacts).iter();
        SheetProof {
            id: proof.evidence,
            number: 0,
            again: false,
            title: self.evidence(&proof.evidence).to_owned(),
            on: proof.on,
            detail: evidence.map_or_else(String::new, |e| words::detail(&e.what)),
            behind: if rungs.is_empty() {
                capital(&behind)
            } else {
                format!("{}; {behind}", list(&rungs))
            },
            links: links
                .filter_map(|artefact| match artefact {
                    Artefact::Link { url, .. } if url.starts_with("http") => Some(url.clone()),
                    _ => None,
                })
                .collect(),
            against: !proof.supports,
        }
    }

    fn sheet_apart(&self, standing: &CompetencyStanding, voice: Voice<'_>) -> Option<String> {
        let apart = standing.apart.as_ref()?;
        let points = format!(
            "Taking into account how strict each usually is, this points to {}.",
            self.probably(&standing.probably)
        );
        let who = match (apart.self_and_manager, apart.steps) {
            (Some(0), _) => format!("{} and the manager agree.", voice.name()),
            (Some(n), _) => format!(
                "{} and the manager are {} apart.",
                voice.name(),
                plural(n as u64, "step", "steps")
            ),
            (None, 0) => "They agree.".into(),
            (None, n) => format!("They are up to {} apart.", plural(n as u64, "step", "steps")),
        };
        Some(format!("{who} {points}"))
    }
}

/// The first digits of a digest: enough to tell versions apart on paper.
fn short(digest: &Digest) -> String {
    let digest = digest.to_string();
    let digits = digest.rsplit(':').next().unwrap_or_default();
    digits.chars().take(12).collect()
}

/// Criteria are written to the person; told to another, "the person you taught" is the one they taught.
fn in_voice(text: &str, voice: Voice<'_>) -> String {
    match voice {
        Voice::You => text.to_owned(),
        Voice::Of(_) => text
            .replace(" you taught", " they taught")
            .replace("your manager", "the manager"),
    }
}

fn looks_like(framework: &Framework, id: &CompetencyId) -> String {
    framework
        .competency(id)
        .map_or_else(String::new, |c| c.looks_like.clone())
}

fn asked_weight(weight: Weight) -> String {
    match weight {
        Weight::Required => "required".into(),
        other => words::weight(other),
    }
}

fn arrived(arrival: Arrival, voice: Voice<'_>) -> String {
    match (arrival, voice) {
        (Arrival::Relayed, Voice::Of(name)) => format!("as {name} wrote it down"),
        (arrival, _) => words::arrival(arrival).into(),
    }
}

fn sessions(attempts: &Attempts) -> String {
    let when = if attempts.from == attempts.to {
        format!("on {}", day(attempts.from))
    } else {
        format!("from {} to {}", day(attempts.from), day(attempts.to))
    };
    format!(
        "{} of attempts {when}: {} of {} correct and unaided.",
        capital(&plural(u64::from(attempts.sessions), "session", "sessions")),
        attempts.clean,
        attempts.attempts
    )
}

/// The mark of a competency: that of the step asked for, unless one below it is disputed; then nothing can be told,
/// and a mark that says likely would contradict the words beside it.
fn mark(standing: &CompetencyStanding, asked: &RungId) -> (State, Option<Grade>) {
    let place = standing.rungs.iter().position(|r| r.rung == *asked);
    let up_to = standing
        .rungs
        .get(..place.map_or(0, |place| place + 1))
        .unwrap_or_default();
    let disputed = up_to.iter().find(|r| r.state == State::Disputed);
    disputed
        .or(up_to.last())
        .map_or((State::NoRecord, None), |r| (r.state, r.grade))
}
