//! Recording what happened: one line, a full form, attempts, a table of them, a pasted list.

use std::path::Path;

use jiff::civil::Date;
use metier_core::canonical::Digest;
use metier_core::evidence::{Artefact, Claim, ClaimAbout, Evidence, Happening, Stance, Step};
use metier_core::framework::{Criterion, EvidenceKind, Framework};
use metier_core::id::{CompetencyId, CredentialId, EntryId, RungId};
use metier_core::journal::{Fact, LIMITS, LinkChecked};
use metier_exchange::attempts_csv;
use metier_store::Attachment;

use crate::error::AppError;
use crate::home::Metier;
use crate::life::Life;
use crate::record::Writing;

/// What evidence is said to bear on, in the framework aimed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToClaim {
    /// A rung of a competency.
    Step {
        /// Which competency.
        competency: CompetencyId,
        /// Which rung.
        rung: RungId,
        /// For or against.
        stance: Stance,
    },
    /// A credential the framework lists.
    Credential(CredentialId),
}

/// Evidence to be recorded, with what it bears on and files to keep.
#[derive(Debug, Clone)]
pub struct LogEvidence {
    /// When it happened.
    pub on: Date,
    /// What.
    pub evidence: Evidence,
    /// What it bears on.
    pub claims: Vec<ToClaim>,
    /// Files: name, media type, bytes.
    pub files: Vec<(String, String, Vec<u8>)>,
}

/// A session read from a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedRow {
    /// The day.
    pub on: Date,
    /// Attempts.
    pub attempts: u32,
    /// Correct and unaided.
    pub clean: u32,
}

impl ToClaim {
    /// Reads `competency/rung`, or a competency alone (its first rung that a session of attempts or an
    /// accomplishment can show is not guessed: the rung must be named).
    ///
    /// # Errors
    /// When the framework has no such competency or rung; the nearest are named.
    pub fn read(text: &str, framework: &Framework) -> Result<Self, AppError> {
        let (competency, rung) = text.split_once('/').ok_or_else(|| {
            AppError::input(format!("`{text}` names no step"))
                .hint("Say competency/step, as in publish-an-article/reliable.")
        })?;
        let competency = competency_of(framework, competency)?;
        let rung = rung_of(framework, rung)?;
        Ok(Self::Step {
            competency,
            rung,
            stance: Stance::Supports,
        })
    }
}

impl ToClaim {
    /// The step that a session of attempts at a competency bears on: the one named, or the first whose
    /// criterion counts attempts.
    ///
    /// # Errors
    /// When the framework has no such competency or step, or nothing there is shown by attempts.
    pub fn of_attempts(
        framework: &Framework,
        competency: &str,
        step: Option<&str>,
    ) -> Result<Self, AppError> {
        let id = competency_of(framework, competency)?;
        let rung = match (step, framework.competency(&id)) {
            (Some(step), _) => Some(rung_of(framework, step)?),
            (None, None) => None,
            (None, Some(competency)) => framework
                .ladder
                .active()
                .find(|rung| matches!(framework.criterion(competency, rung), Criterion::Accuracy { .. }))
                .map(|rung| rung.id.clone()),
        };
        let rung = rung.ok_or_else(|| {
            AppError::input(format!(
                "`{id}` is not shown by counting attempts: it is done too rarely, or cannot be counted"
            ))
            .hint(format!(
                "Record an example instead: metier log \"…\" --for {id}/STEP"
            ))
            .hint(format!("`metier standing {id}` says what each step asks for."))
        })?;
        Ok(Self::Step {
            competency: id,
            rung,
            stance: Stance::Supports,
        })
    }
}

/// The competency a word names: its id, the beginning of one that no other has, or its name.
///
/// # Errors
/// When there is none; those that share a word are named.
pub fn competency_of(framework: &Framework, word: &str) -> Result<CompetencyId, AppError> {
    let word = word.trim();
    let found = framework
        .competencies
        .iter()
        .find(|c| c.id.as_str() == word || c.name.to_lowercase() == word.to_lowercase());
    let begins = || {
        let mut begin = framework
            .competencies
            .iter()
            .filter(|c| word.len() >= 4 && c.id.as_str().starts_with(word));
        begin.next().filter(|_| begin.next().is_none())
    };
    found.or_else(begins).map(|c| c.id.clone()).ok_or_else(|| {
        let words: Vec<String> = word
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_owned)
            .collect();
        let near: Vec<&str> = framework
            .competencies
            .iter()
            .filter(|c| {
                words
                    .iter()
                    .any(|w| w.len() > 3 && c.id.as_str().contains(w.as_str()))
            })
            .map(|c| c.id.as_str())
            .take(5)
            .collect();
        let error = AppError::not_found(format!("{} has no competency `{word}`", framework.title));
        if near.is_empty() {
            error.hint("`metier framework show` lists them.")
        } else {
            error.hint(format!("Did you mean: {}?", near.join(", ")))
        }
    })
}

/// The rung a word names: its id, name, title or number.
///
/// # Errors
/// When the ladder has none such in use.
pub fn rung_of(framework: &Framework, word: &str) -> Result<RungId, AppError> {
    let lower = word.trim().to_lowercase();
    let found = framework.ladder.active().enumerate().find(|(i, r)| {
        r.id.as_str() == lower
            || r.name.to_lowercase() == lower
            || r.title.to_lowercase() == lower
            || (i + 1).to_string() == lower
    });
    found.map(|(_, r)| r.id.clone()).ok_or_else(|| {
        let there: Vec<&str> = framework.ladder.active().map(|r| r.id.as_str()).collect();
        AppError::not_found(format!("the ladder has no step `{}`", word.trim()))
            .hint(format!("Its steps are: {}.", there.join(", ")))
    })
}

impl Metier {
    /// Records evidence with its claims and files: all of it or none.
    ///
    /// # Errors
    /// When something in it is not well formed, or cannot be recorded.
    pub async fn log(&self, log: LogEvidence) -> Result<EntryId, AppError> {
        let life = self.life().await?;
        let (writings, attachments) = self.evidence_writings(&life, log, None)?;
        let ids = self
            .record_with(writings, attachments, Vec::new(), Vec::new())
            .await?;
        Ok(ids[0])
    }

    /// Records several pieces of evidence together, all of them or none.
    ///
    /// # Errors
    /// As [`Metier::log`]; nothing is recorded when one of them is not well formed.
    pub async fn log_all(&self, logs: Vec<LogEvidence>) -> Result<Vec<EntryId>, AppError> {
        let life = self.life().await?;
        let (mut writings, mut attachments, mut ids) = (Vec::new(), Vec::new(), Vec::new());
        for log in logs {
            let (w, a) = self.evidence_writings(&life, log, None)?;
            ids.push(w[0].id);
            writings.extend(w);
            attachments.extend(a);
        }
        self.record_with(writings, attachments, Vec::new(), Vec::new())
            .await?;
        Ok(ids)
    }

    /// The evidence first, under the id given or a fresh one, then its claims.
    pub(crate) fn evidence_writings(
        &self,
        life: &Life,
        mut log: LogEvidence,
        id: Option<EntryId>,
    ) -> Result<(Vec<Writing>, Vec<Attachment>), AppError> {
        let attachments = attach(&mut log.evidence, log.files)?;
        let mut first = self.writing_on(log.on, Fact::Evidence(Box::new(log.evidence)));
        first.id = id.unwrap_or(first.id);
        let mut writings = vec![first];
        for claim in log.claims {
            let claim = claim_of(life, writings[0].id, claim)?;
            writings.push(self.writing_on(log.on, Fact::Claim(claim)));
        }
        Ok((writings, attachments))
    }

    /// Corrects a piece of evidence: the new wording stands in its place, with the files it names and
    /// those given now. Its claims and confirmations stay.
    ///
    /// # Errors
    /// When there is no such evidence, or the new wording is not well formed.
    pub async fn correct_evidence(&self, entry: EntryId, log: LogEvidence) -> Result<EntryId, AppError> {
        let LogEvidence {
            on,
            mut evidence,
            files,
            ..
        } = log;
        let (entries, _) = self.read().await?;
        let there = entries
            .iter()
            .any(|e| e.link.id == entry && matches!(e.payload.fact, Fact::Evidence(_)));
        if !there {
            return Err(crate::record::no_entry(entry));
        }
        let attachments = attach(&mut evidence, files)?;
        let mut writing = self.writing_on(on, Fact::Evidence(Box::new(evidence)));
        writing.draft.corrects = Some(entry);
        self.record_with(vec![writing], attachments, Vec::new(), Vec::new())
            .await
            .map(|ids| ids[0])
    }

    /// Says what a piece of evidence that is there bears on.
    ///
    /// # Errors
    /// When there is no such evidence, competency or rung.
    pub async fn claim(&self, evidence: EntryId, claim: ToClaim) -> Result<EntryId, AppError> {
        let (entries, life) = self.read().await?;
        let found = entries.iter().find(|e| e.link.id == evidence);
        let Some(found) = found.filter(|e| matches!(e.payload.fact, Fact::Evidence(_))) else {
            return Err(crate::record::no_entry(evidence));
        };
        let claim = claim_of(&life, evidence, claim)?;
        let on = found.payload.occurred_on;
        self.record(vec![self.writing_on(on, Fact::Claim(claim))])
            .await
            .map(|ids| ids[0])
    }

    /// Logs the sessions of a table, each as evidence for one step: all of them or none.
    ///
    /// # Errors
    /// Every problem of the table, by line; nothing is recorded.
    pub async fn log_table(
        &self,
        name: &str,
        bytes: &[u8],
        title: &str,
        claim: &ToClaim,
    ) -> Result<Vec<LoggedRow>, AppError> {
        let rows = attempts_csv::read(bytes, self.surroundings.today())
            .map_err(|problems| AppError::document(name, &problems).hint("Nothing was recorded."))?;
        let logs = rows.iter().map(|row| LogEvidence {
            on: row.date,
            evidence: Evidence {
                story: row.note.clone(),
                ..evidence(title, row.happening())
            },
            claims: vec![claim.clone()],
            files: Vec::new(),
        });
        self.log_all(logs.collect()).await?;
        let logged = |row: &attempts_csv::AttemptsRow| LoggedRow {
            on: row.date,
            attempts: row.attempts,
            clean: row.clean,
        };
        Ok(rows.iter().map(logged).collect())
    }

    /// A file to attach, read from disk.
    ///
    /// # Errors
    /// When it cannot be read or is larger than an attachment may be.
    pub fn file(path: &Path) -> Result<(String, String, Vec<u8>), AppError> {
        let named = path.display();
        let size = std::fs::metadata(path)
            .map_err(|e| AppError::input(format!("{named} cannot be read: {e}")))?
            .len();
        if size > LIMITS.attachment {
            return Err(AppError::input(format!(
                "{named} has {size} bytes; at most {} are kept",
                LIMITS.attachment
            ))
            .hint("Give a link to it instead (--link)."));
        }
        let bytes =
            std::fs::read(path).map_err(|e| AppError::input(format!("{named} cannot be read: {e}")))?;
        let name = path
            .file_name()
            .map_or_else(|| "file".into(), |n| n.to_string_lossy().into_owned());
        Ok((name, "application/octet-stream".into(), bytes))
    }

    /// Notes that the person looked today whether a link still works.
    ///
    /// # Errors
    /// When the evidence does not name that link.
    pub async fn check_link(&self, evidence: EntryId, url: &str, works: bool) -> Result<EntryId, AppError> {
        let (entries, _) = self.read().await?;
        let named = entries.iter().any(|e| {
            e.link.id == evidence
                && matches!(&e.payload.fact, Fact::Evidence(shown) if shown.artefacts.iter().any(
                    |a| matches!(a, Artefact::Link { url: u, .. } if u == url)
                ))
        });
        if !named {
            return Err(AppError::not_found(format!(
                "entry {evidence} names no link {url}"
            )));
        }
        let checked = LinkChecked {
            evidence,
            url: url.to_owned(),
            works,
        };
        self.record(vec![self.writing(Fact::LinkChecked(checked))])
            .await
            .map(|ids| ids[0])
    }

    /// The bytes of an attachment that an entry of this journal names.
    ///
    /// # Errors
    /// When nothing here goes by that digest.
    pub async fn attachment(&self, digest: Digest) -> Result<(String, Vec<u8>), AppError> {
        let (entries, _) = self.read().await?;
        let name = entries.iter().find_map(|e| match &e.payload.fact {
            Fact::Evidence(evidence) => evidence.artefacts.iter().find_map(|a| match a {
                Artefact::Attachment { digest: d, name, .. } if *d == digest => Some(name.clone()),
                _ => None,
            }),
            _ => None,
        });
        let bytes = self.store.attachment(digest).await?;
        match (name, bytes) {
            (Some(name), Some(bytes)) => Ok((name, bytes)),
            _ => Err(AppError::not_found(format!("no attachment goes by {digest}"))),
        }
    }
}

/// Names the files in the evidence and gives them as attachments to keep.
fn attach(
    evidence: &mut Evidence,
    files: Vec<(String, String, Vec<u8>)>,
) -> Result<Vec<Attachment>, AppError> {
    let mut attachments = Vec::new();
    for (name, media_type, bytes) in files {
        let size = bytes.len() as u64;
        if size > LIMITS.attachment {
            return Err(AppError::input(format!(
                "{name} has {size} bytes; at most {} are kept",
                LIMITS.attachment
            ))
            .hint("Keep it where it is and give a link instead. Nothing was recorded."));
        }
        let attachment = Attachment::of(bytes);
        let digest = attachment.digest();
        evidence.artefacts.push(Artefact::Attachment {
            digest,
            name,
            media_type,
            size,
        });
        attachments.push(attachment);
    }
    Ok(attachments)
}

/// A table of attempts to fill in, as text.
pub fn attempts_template() -> String {
    attempts_csv::template()
}

/// The claim on the framework aimed at.
fn claim_of(life: &Life, evidence: EntryId, claim: ToClaim) -> Result<Claim, AppError> {
    let framework = &life.needed()?.framework;
    let family = framework.family.clone();
    Ok(match claim {
        ToClaim::Step {
            competency,
            rung,
            stance,
        } => {
            competency_of(framework, competency.as_str())?;
            rung_of(framework, rung.as_str())?;
            Claim {
                evidence,
                about: ClaimAbout::Step(Step {
                    family,
                    competency,
                    rung,
                }),
                stance,
            }
        }
        ToClaim::Credential(credential) => {
            if !framework.credentials.iter().any(|c| c.id == credential) {
                return Err(AppError::not_found(format!(
                    "{} lists no credential `{credential}`",
                    framework.title
                )));
            }
            let about = ClaimAbout::Credential { family, credential };
            Claim {
                evidence,
                about,
                stance: Stance::Supports,
            }
        }
    })
}

/// Evidence with a title and nothing more.
pub fn evidence(title: &str, what: Happening) -> Evidence {
    Evidence {
        title: title.into(),
        story: String::new(),
        hours: None,
        artefacts: Vec::new(),
        confidential: false,
        redacted: String::new(),
        what,
    }
}

/// What one line tells when nothing more is said: the kind of evidence that the claimed rung asks for; an
/// accomplishment where it asks for none in particular, or for attempts, which a line does not count. How it
/// came out is not said.
pub fn one_line(framework: Option<&Framework>, claims: &[ToClaim]) -> Happening {
    let wanted = framework.and_then(|f| claims.iter().find_map(|claim| wanted_kind(f, claim)));
    match wanted {
        None | Some(EvidenceKind::Attempts) => happening_of(EvidenceKind::Accomplishment),
        Some(kind) => happening_of(kind),
    }
}

/// The kind of evidence that a claimed step asks for; absent: none in particular.
pub fn wanted_kind(framework: &Framework, claim: &ToClaim) -> Option<EvidenceKind> {
    let ToClaim::Step { competency, rung, .. } = claim else {
        return Some(EvidenceKind::Credential);
    };
    let (_, rung) = framework.rung(rung)?;
    match framework.criterion(framework.competency(competency)?, rung) {
        Criterion::Count { of, .. } | Criterion::Attested { of, .. } => of.first().copied(),
        Criterion::Held { .. } => Some(EvidenceKind::Credential),
        Criterion::Owned { .. } => Some(EvidenceKind::Ownership),
        Criterion::Accuracy { .. } => Some(EvidenceKind::Attempts),
        Criterion::Judged { .. } => None,
    }
}

/// The plainest happening of a kind: it happened, and nothing more was said.
pub fn happening_of(kind: EvidenceKind) -> Happening {
    Happening::plainest(kind)
}

/// The attachments a fact names.
pub(crate) fn attachments_of(fact: &Fact) -> Vec<Digest> {
    let Fact::Evidence(evidence) = fact else {
        return Vec::new();
    };
    evidence
        .artefacts
        .iter()
        .filter_map(|a| match a {
            Artefact::Attachment { digest, .. } => Some(*digest),
            Artefact::Link { .. } => None,
        })
        .collect()
}
