//! What people say: `rate`, `confirm`, `dispute`, `settle`.

use clap::{Args, ValueEnum};
use metier_app::words::Words;
use metier_app::{AppError, ToClaim, competency_of, find_entry, rung_of};
use metier_core::rating::Role;

use super::recorded::{Touched, recorded};
use crate::answer::Answer;
use crate::session::Session;

/// Who somebody is to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleWord {
    /// You
    #[value(name = "self")]
    Oneself,
    /// Your manager
    Manager,
    /// Somebody doing the same sort of work beside you
    Peer,
    /// Somebody you do it for
    Client,
    /// Somebody who guides you
    Mentor,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Oneself => Self::Oneself,
            RoleWord::Manager => Self::Manager,
            RoleWord::Peer => Self::Peer,
            RoleWord::Client => Self::Client,
            RoleWord::Mentor => Self::Mentor,
        }
    }
}

/// A judgement.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier rate publish-an-article teaches
  metier rate publish-an-article reliable --role manager --by Edith --reason \"I still edit each draft\"
What others said is kept as relayed by you.")]
pub struct RateArgs {
    /// The competency, by its id or name
    competency: String,
    /// The highest step they see, or `none`
    step: String,
    /// Who judges
    #[arg(
        long,
        value_enum,
        default_value = "self",
        hide_possible_values = true,
        help = "Who judges: self, manager, peer, client or mentor"
    )]
    role: RoleWord,
    /// Their name; initials will do
    #[arg(long, value_name = "NAME", required_if_eq_any = [("role", "manager"), ("role", "peer"), ("role", "client"), ("role", "mentor")])]
    by: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Records a judgement.
pub async fn rate(args: RateArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let competency = competency_of(framework, &args.competency)?;
    let rung = match args.step.trim() {
        none if none.eq_ignore_ascii_case("none") => None,
        step => Some(rung_of(framework, step)?),
    };
    let by = args.by.as_deref().unwrap_or_default();
    let id = metier
        .rate(
            competency.as_str(),
            rung.as_ref().map(metier_core::id::RungId::as_str),
            args.role.into(),
            by,
            args.reason.as_deref().unwrap_or_default(),
        )
        .await?;
    let words = Words::new(framework, &[], session.surroundings.today());
    let who = match args.role {
        RoleWord::Oneself => "your own view",
        _ => by.trim(),
    };
    let step = rung
        .as_ref()
        .map_or("not yet on the first step", |r| words.rung_title(r));
    let said = format!("Noted, {who}: {step}.");
    recorded(
        session,
        &metier,
        vec![id],
        &said,
        &[Touched::Competency(competency)],
        None,
    )
    .await
}

/// A confirmation.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier confirm last --by Bo --role peer
  metier confirm publish-an-article/follows --by Edith --role manager --words \"saw it twice\"")]
pub struct ConfirmArgs {
    /// The entry, as `metier log --list` shows it, `last`, or a step written competency/step
    #[arg(value_name = "ENTRY|COMPETENCY/STEP")]
    what: String,
    /// Who confirms it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Who they are to you: manager, peer, client or mentor
    #[arg(long, value_enum, hide_possible_values = true)]
    role: RoleWord,
    /// In their words
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,
}

/// Records a confirmation.
pub async fn confirm(args: ConfirmArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let words = Words::new(framework, &entries, session.surroundings.today());
    let (role, said_so) = (args.role.into(), args.words.as_deref().unwrap_or_default());
    let (id, what, touched) = if args.what.contains('/') {
        let claim = ToClaim::read(&args.what, framework)?;
        let ToClaim::Step { competency, rung, .. } = &claim else {
            return Err(AppError::input("a step is written competency/step"));
        };
        let id = metier
            .confirm_step(competency.as_str(), rung.as_str(), &args.by, role, said_so)
            .await?;
        let what = format!("{} ({})", words.competency(competency), words.rung(rung));
        (id, what, Touched::by(std::slice::from_ref(&claim)))
    } else {
        let entry = find_entry(&entries, &args.what)?;
        let id = metier.confirm_evidence(entry, &args.by, role, said_so).await?;
        let claimed = super::competency::claimed_by(&entries, entry);
        (id, format!("“{}”", words.evidence(&entry)), claimed)
    };
    let said = format!("Noted: {} confirmed {what}.", args.by.trim());
    recorded(session, &metier, vec![id], &said, &touched, None).await
}

/// A dispute.
#[derive(Debug, Args)]
pub struct DisputeArgs {
    /// The step, written competency/step
    #[arg(value_name = "COMPETENCY/STEP")]
    step: String,
    /// Who disputes it
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// Records a dispute.
pub async fn dispute(args: DisputeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let life = metier.life().await?;
    let claim = ToClaim::read(&args.step, &life.needed()?.framework)?;
    let ToClaim::Step { competency, rung, .. } = &claim else {
        return Err(AppError::input("a step is written competency/step"));
    };
    let id = metier
        .dispute(competency.as_str(), rung.as_str(), &args.by, &args.reason)
        .await?;
    let said = format!("Noted: {} disputes {}.", args.by.trim(), args.step);
    let hint = format!(
        "Once it is answered: metier settle {} --by NAME --outcome TEXT",
        super::short(id)
    );
    recorded(
        session,
        &metier,
        vec![id],
        &said,
        &Touched::by(std::slice::from_ref(&claim)),
        Some(hint),
    )
    .await
}

/// How a dispute ended.
#[derive(Debug, Args)]
pub struct SettleArgs {
    /// The dispute, as `metier log --list` shows it
    #[arg(value_name = "ENTRY")]
    dispute: String,
    /// Who answered
    #[arg(long, value_name = "NAME")]
    by: String,
    /// What was found
    #[arg(long, value_name = "TEXT")]
    outcome: String,
}

/// Records how a dispute ended.
pub async fn settle(args: SettleArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let dispute = find_entry(&entries, &args.dispute)?;
    let touched = entries
        .iter()
        .find(|e| e.link.id == dispute)
        .and_then(|e| match &e.payload.fact {
            metier_core::journal::Fact::Dispute(d) => {
                Some(Touched::Step(d.step.competency.clone(), d.step.rung.clone()))
            }
            _ => None,
        });
    let id = metier.settle(dispute, &args.by, &args.outcome).await?;
    let said = format!(
        "Settled by {}: {}.",
        args.by.trim(),
        args.outcome.trim().trim_end_matches('.')
    );
    recorded(session, &metier, vec![id], &said, touched.as_slice(), None).await
}
