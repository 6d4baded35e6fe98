//! The full form of one thing: used to record it and to correct it.

use jiff::civil::Date;
use maud::{Markup, html};
use metier_app::{LogEvidence, Sight, ToClaim};
use metier_core::evidence::{Artefact, Evidence};
use metier_core::framework::{EvidenceKind, Framework};
use metier_core::id::CredentialId;
use metier_core::journal::LIMITS;

use super::line::{links_of, title_of, within_limits};
use super::{claims, kinds};
use crate::field::{Field, Shown};
use crate::form::{Fault, Reading, Sent};

/// Everything but what it shows: when, what, the kind's own fields, what backs it, who may read it.
pub fn draw(form: &Shown<'_>, kind: EvidenceKind, kept: &[&Artefact]) -> Markup {
    let chose_files = form.sent.files("files").next().is_some();
    html! {
        (form.line("text", Field::new("title", "What you did, in one line")
            .hint("Never name patients or clients.")))
        (form.line("date", Field::new("date", day_label(kind))))
        (kinds::draw(form, kind))
        details.fold open[open(form.sent, &["story", "hours"])] {
            summary { "The story, the hours" }
            (form.lines(5, Field::new("story", "The story").optional()
                .hint("As much more as you want to remember.")))
            (form.line("number", Field::new("hours", "Hours it took").optional()
                .hint("Effort; it is kept apart from how good you are.")))
        }
        details.fold open[chose_files || !kept.is_empty() || open(form.sent, &["links"])] {
            summary { "Something to show for it" }
            @for artefact in kept { (keep(form, artefact)) }
            @if chose_files {
                p.fault { "Choose the files again: a browser forgets them when a form comes back." }
            }
            (form.file(Field::new("files", "Files").optional().hint("Up to 25 MB each, kept with your record."), true))
            (form.lines(2, Field::new("links", "Links").optional().hint("One a line.")))
        }
        details.fold open[open(form.sent, &["confidential", "redacted"])] {
            summary { "Confidential? What others read" }
            (form.tick("confidential", "yes", "Names or secrets in it must stay with me"))
            (form.lines(2, Field::new("redacted", "What others read instead").optional()
                .hint("Written for others to read: they see this and nothing else of it. A confidential thing without it is left out of everything others see.")))
        }
    }
}

fn day_label(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Ownership => "Since",
        EvidenceKind::Credential => "Given on",
        _ => "When",
    }
}

fn open(sent: &Sent, fields: &[&str]) -> bool {
    fields.iter().any(|f| sent.has(f))
}

/// A file that is there already, to be kept or not.
fn keep(form: &Shown<'_>, artefact: &Artefact) -> Markup {
    html! {
        @if let Artefact::Attachment { digest, name, .. } = artefact {
            (form.tick("keep", &digest.to_string(), &format!("keep {name}")))
        }
    }
}

/// What it shows: pairs of competency and step, and for a credential which of those the field asks for.
pub fn draw_claims(form: &Shown<'_>, framework: &Framework, kind: EvidenceKind) -> Markup {
    let credentials: Vec<(&str, &str)> = std::iter::once(("", "another one"))
        .chain(
            framework
                .credentials
                .iter()
                .map(|c| (c.id.as_str(), c.name.as_str())),
        )
        .collect();
    html! {
        @if kind == EvidenceKind::Credential && credentials.len() > 1 {
            (form.choice(Field::new("credential", "Which of those the field asks for"), &credentials))
        }
        fieldset.form-part {
            legend.hide { "What it shows" }
            h2.label { "What it shows" }
            p.hint { "It may show several things; leave the rest empty." }
            (claims::pair_with_stance(form, framework, "-0", "Competency"))
            @let more = (1..claims::PAIRS).any(|n| form.sent.has(&format!("competency-{n}")));
            details.link open[more] {
                summary { "It shows more than one" }
                @for n in 1..claims::PAIRS {
                    (claims::pair_with_stance(form, framework, &format!("-{n}"), "Competency"))
                }
            }
        }
    }
}

/// The form filled with a thing that is there.
pub fn fill(on: Date, evidence: &Evidence) -> Sent {
    let links: Vec<&str> = evidence
        .artefacts
        .iter()
        .filter_map(|a| match a {
            Artefact::Link { url, .. } => Some(url.as_str()),
            Artefact::Attachment { .. } => None,
        })
        .collect();
    let mut sent = Sent::default()
        .with("title", &evidence.title)
        .with("date", on.to_string())
        .with("story", &evidence.story)
        .with("hours", evidence.hours.map(|h| h.to_string()).unwrap_or_default())
        .with("links", links.join("\n"))
        .with("redacted", &evidence.redacted);
    if evidence.confidential {
        sent = sent.with("confidential", "yes");
    }
    for artefact in &evidence.artefacts {
        if let Artefact::Attachment { digest, .. } = artefact {
            sent = sent.with("keep", digest.to_string());
        }
    }
    kinds::fill(sent, &evidence.what)
}

/// What the form says. `before` is what is there already when it is corrected.
pub fn read(
    sent: &Sent,
    sight: &Sight,
    today: Date,
    kind: EvidenceKind,
    before: Option<&Evidence>,
) -> Result<LogEvidence, Vec<Fault>> {
    let mut reading = Reading::of(sent);
    let title = title_of(&mut reading, sent, "title");
    let on = reading.past_day("date", today);
    let what = kinds::read(&mut reading, sent, kind, today);
    let hours = reading.read("hours", "Write a number, as in 6 or 1.5.");
    if hours.is_some_and(|h: f64| !(0.0..=100_000.0).contains(&h)) {
        reading.fault("hours", "Give a number of hours from 0 to 100000.");
    }
    let artefacts = artefacts(&mut reading, sent, before);
    let files = files(&mut reading, sent);
    let mut claimed: Vec<ToClaim> = Vec::new();
    if before.is_none() {
        claimed = claims::read_all(&mut reading, sent, sight);
        claimed.extend(credential(&mut reading, sent, sight));
    }
    within_limits(&mut reading, sent);
    let evidence = Evidence {
        title,
        story: sent.text("story").to_owned(),
        hours,
        artefacts,
        confidential: sent.has("confidential"),
        redacted: sent.text("redacted").to_owned(),
        what,
    };
    reading.done(LogEvidence {
        on,
        evidence,
        claims: claimed,
        files,
    })
}

/// Files kept from before and links, with the day a link was last looked at.
fn artefacts(reading: &mut Reading<'_>, sent: &Sent, before: Option<&Evidence>) -> Vec<Artefact> {
    let there: &[Artefact] = before.map_or(&[], |b| &b.artefacts);
    let kept = there.iter().filter(|a| match a {
        Artefact::Attachment { digest, .. } => sent.ticks("keep", &digest.to_string()),
        Artefact::Link { .. } => false,
    });
    let mut artefacts: Vec<Artefact> = kept.cloned().collect();
    artefacts.extend(links_of(reading, sent, "links").into_iter().map(|link| {
        let same = there
            .iter()
            .find(|a| matches!(a, Artefact::Link { url, .. } if *url == link));
        same.cloned().unwrap_or(Artefact::Link {
            url: link,
            checked_on: None,
        })
    }));
    artefacts
}

fn files(reading: &mut Reading<'_>, sent: &Sent) -> Vec<(String, String, Vec<u8>)> {
    for file in sent.files("files") {
        if file.bytes.len() as u64 > LIMITS.attachment {
            reading.fault(
                "files",
                format!(
                    "{} has {} MB; at most {} MB are kept. Give a link to it instead.",
                    file.name,
                    file.bytes.len() >> 20,
                    LIMITS.attachment >> 20
                ),
            );
        }
    }
    sent.files("files")
        .map(|f| (f.name.clone(), f.media_type.clone(), f.bytes.clone()))
        .collect()
}

fn credential(reading: &mut Reading<'_>, sent: &Sent, sight: &Sight) -> Option<ToClaim> {
    let word = sent.text("credential");
    if word.is_empty() {
        return None;
    }
    let listed = &sight.version.framework.credentials;
    let id = CredentialId::new(word)
        .ok()
        .filter(|id| listed.iter().any(|c| c.id == *id));
    if id.is_none() {
        reading.fault(
            "credential",
            "This is none of the credentials here; choose one of the list.",
        );
    }
    id.map(ToClaim::Credential)
}
