//! The person's circumstances: `aim`, `profession`, `position`.

use clap::Args;
use jiff::civil::Date;
use metier_app::words::{Words, day, list, own_aim};
use metier_app::{AimChoice, AppError, Life};
use metier_core::framework::{Framework, needs};
use metier_core::id::{FamilyId, NeedId, PracticeId};
use metier_core::journal::{Entry, view};
use metier_core::mastery::Mastery;
use metier_core::person::{OwnAim, Position, Profession, ProfessionStatus, YearCovered, coverage};
use serde::Serialize;

use super::mastery::find_exemplar;
use super::recorded::recorded;
use super::start::{level, not_past};
use crate::answer::Answer;
use crate::paper::{Paper, pad};
use crate::session::Session;

/// What to aim at.
#[derive(Debug, Args)]
pub struct AimArgs {
    /// The level, as in senior; absent with --by: the one aimed at now
    #[arg(long)]
    level: Option<String>,
    /// Your own definition of mastery, in place of a level
    #[arg(long, conflicts_with = "level")]
    own: bool,
    /// What a master you look at does, in place of a level
    #[arg(long, value_name = "WHO", conflicts_with_all = ["level", "own"])]
    exemplar: Option<String>,
    /// By when
    #[arg(long, value_name = "DATE")]
    by: Option<Date>,
    /// Another framework that was published here
    #[arg(long, value_name = "FAMILY")]
    family: Option<FamilyId>,
}

/// Records or says what is aimed at.
pub async fn aim(args: AimArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let now = life.aim();
    let own = args.own || args.exemplar.is_some();
    if !own && args.level.is_none() && args.by.is_none() && args.family.is_none() {
        let version = life.needed()?;
        return session.answer(&now, |_| aimed(now, &version.framework, session));
    }
    let version = match &args.family {
        None => life.needed()?,
        Some(family) => life.latest(family).unwrap_or(life.needed()?),
    };
    let kept = now.filter(|_| args.family.is_none());
    let own = if own {
        Some(chosen_own(&args, &entries, &version.framework, session)?)
    } else {
        kept.and_then(|a| a.own).filter(|_| args.level.is_none())
    };
    let chosen = match &args.level {
        Some(word) => Some(level(&version.framework, word)?),
        None => kept.filter(|_| own.is_none()).and_then(|a| a.level.clone()),
    };
    let by = not_past(args.by, session)?.or(kept.and_then(|a| a.by));
    let choice = AimChoice {
        level: chosen,
        own,
        by,
    };
    let id = metier.aim(args.family.as_ref(), choice).await?;
    let said = aimed(metier.life().await?.aim(), &version.framework, session);
    let hint = "metier gap says what is missing for it; metier next says what to do first.".to_owned();
    recorded(session, &metier, vec![id], &said, &[], Some(hint)).await
}

/// What of one's own was asked for.
fn chosen_own(
    args: &AimArgs,
    entries: &[Entry],
    framework: &Framework,
    session: &Session,
) -> Result<OwnAim, AppError> {
    let view = view(entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &framework.family);
    if let Some(who) = &args.exemplar {
        return find_exemplar(&mastery, entries, who).map(|e| OwnAim::Exemplar(e.id));
    }
    let definition = mastery.definition().map(|d| OwnAim::Definition(d.id));
    definition.ok_or_else(|| {
        AppError::not_ready("you have not written yet what a master is to you")
            .hint("metier mastery define --statement \"Somebody who …\"")
    })
}

fn aimed(aim: Option<&metier_core::person::Aim>, framework: &Framework, session: &Session) -> String {
    let words = Words::new(framework, &[], session.surroundings.today());
    let named = aim.and_then(|a| {
        let own = a.own.map(own_aim);
        Some((a, own.or_else(|| Some(words.level(a.level.as_ref()?)))?))
    });
    let Some((aim, name)) = named else {
        let levels: Vec<&str> = framework.levels.iter().map(|l| l.id.as_str()).collect();
        return format!("Nothing is aimed at yet. The levels are: {}.", levels.join(", "));
    };
    let by = aim.by.map_or_else(String::new, |by| format!(" by {}", day(by)));
    format!("You aim at {name} in {}{by}.", framework.title)
}

/// A profession.
#[derive(Debug, Args)]
pub struct ProfessionArgs {
    /// Its name; absent: list them
    name: Option<String>,
    /// You want it, but do not practise it yet
    #[arg(long, requires = "name")]
    aspired: bool,
    /// Since when
    #[arg(long, value_name = "DATE", requires = "name")]
    from: Option<Date>,
    /// Until when
    #[arg(long, value_name = "DATE", requires = "name")]
    until: Option<Date>,
    /// A need it serves; may be given again
    #[arg(long, value_name = "NEED", requires = "name")]
    need: Vec<NeedId>,
}

/// Records or lists professions.
pub async fn profession(args: ProfessionArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let Some(name) = args.name else {
        let life = metier.life().await?;
        let professions: Vec<&Profession> = life.professions.iter().map(|p| &p.what).collect();
        return session.answer(&professions, |_| professions.iter().map(|p| line(p)).collect());
    };
    let unknown = args
        .need
        .iter()
        .find(|n| needs().iter().all(|known| known.id != **n));
    if let Some(unknown) = unknown {
        let known: Vec<String> = needs().iter().map(|n| n.id.to_string()).collect();
        return Err(AppError::not_found(format!("no need goes by `{unknown}`"))
            .hint(format!("They are: {}.", list(&known))));
    }
    let profession = Profession {
        name: name.trim().to_owned(),
        family: None,
        status: if args.aspired {
            ProfessionStatus::Aspired
        } else {
            ProfessionStatus::Held
        },
        needs: args.need,
        from: args.from,
        until: args.until,
    };
    let said = format!("Noted: {}", line(&profession).trim_end());
    let id = metier.take_up(profession).await?;
    recorded(session, &metier, vec![id], &said, &[], None).await
}

fn line(profession: &Profession) -> String {
    let status = match (profession.status, profession.until) {
        (ProfessionStatus::Aspired, _) => "wanted",
        (ProfessionStatus::Held, Some(_)) => "held before",
        (ProfessionStatus::Held, None) => "held",
    };
    let span = match (profession.from, profession.until) {
        (None, None) => String::new(),
        (from, until) => format!(
            ", {} to {}",
            from.map_or_else(|| "earlier".into(), |d| d.to_string()),
            until.map_or_else(|| "now".into(), |d| d.to_string())
        ),
    };
    format!("{} ({status}{span})\n", profession.name)
}

/// A position.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier position \"Content marketer\" --organisation \"Garden Tools\" --from 2024-11-01 --practice write --practice edit")]
pub struct PositionArgs {
    /// Its title; absent: list them, and the practices they cover year by year
    title: Option<String>,
    /// With whom
    #[arg(long, value_name = "NAME", requires = "title")]
    organisation: Option<String>,
    /// In which industry
    #[arg(long, value_name = "NAME", requires = "title")]
    industry: Option<String>,
    /// First day
    #[arg(long, value_name = "DATE", requires = "title")]
    from: Option<Date>,
    /// Last day; absent while it lasts
    #[arg(long, value_name = "DATE", requires = "title")]
    until: Option<Date>,
    /// A practice it exercises; may be given again
    #[arg(long, value_name = "PRACTICE", requires = "title")]
    practice: Vec<PracticeId>,
}

#[derive(Debug, Serialize)]
struct Positions<'a> {
    positions: Vec<&'a Position>,
    coverage: Vec<YearCovered>,
}

/// Records or lists positions.
pub async fn position(args: PositionArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let life = metier.life().await?;
    let framework = life.needed()?.framework.clone();
    let Some(title) = args.title else {
        return positions(session, &life, &framework);
    };
    let Some(from) = args.from else {
        return Err(AppError::input("a position begins on some day").hint("Add --from DATE."));
    };
    if let Some(unknown) = args.practice.iter().find(|p| framework.practice(p).is_none()) {
        let there: Vec<&str> = framework.practices.iter().map(|p| p.id.as_str()).collect();
        return Err(
            AppError::not_found(format!("{} has no practice `{unknown}`", framework.title))
                .hint(format!("Its practices are: {}.", there.join(", "))),
        );
    }
    let position = Position {
        title: title.trim().to_owned(),
        organisation: args.organisation.unwrap_or_default(),
        industry: args.industry.unwrap_or_default(),
        family: framework.family.clone(),
        practices: args.practice,
        from,
        until: args.until,
    };
    let bare = position.practices.is_empty();
    let said = format!("Noted: {} from {}.", position.title, day(from));
    let id = metier.hold_position(position).await?;
    let hint = bare.then(|| "It exercises no practice yet; take it back and add --practice.".to_owned());
    recorded(session, &metier, vec![id], &said, &[], hint).await
}

fn positions(session: &Session, life: &Life, framework: &Framework) -> Result<Answer, AppError> {
    let held: Vec<Position> = life.positions.iter().map(|p| p.what.clone()).collect();
    let covered = coverage(&held, &framework.family, session.surroundings.today());
    let value = Positions {
        positions: held.iter().collect(),
        coverage: covered,
    };
    session.answer(&value, |paper| {
        if held.is_empty() {
            return "No position yet: metier position TITLE --from DATE --practice PRACTICE\n".into();
        }
        let mut text = String::new();
        for position in &held {
            let with = match position.organisation.as_str() {
                "" => String::new(),
                name => format!(", {name}"),
            };
            let until = position.until.map_or_else(|| "now".to_owned(), |d| d.to_string());
            text += &format!("{} to {until}  {}{with}\n", position.from, position.title);
        }
        text + &years(&value.coverage, framework, paper)
    })
}

/// Practices as rows, years as columns.
fn years(covered: &[YearCovered], framework: &Framework, paper: Paper) -> String {
    if covered.is_empty() {
        return String::new();
    }
    let wide = framework
        .practices
        .iter()
        .map(|p| p.name.chars().count())
        .max()
        .unwrap_or(0);
    let heads: String = covered.iter().map(|y| format!("  {}", y.year)).collect();
    let mut text = format!("\n{}{heads}\n", pad("", wide));
    for practice in &framework.practices {
        let cells: String = covered
            .iter()
            .map(|y| {
                if y.practices.contains(&practice.id) {
                    "     ●"
                } else {
                    "     ·"
                }
            })
            .collect();
        text += &format!("{}{cells}\n", pad(&practice.name, wide));
    }
    let counts: String = covered
        .iter()
        .map(|y| format!("{:>6}", y.practices.len()))
        .collect();
    let of = format!("of {}", framework.practices.len());
    text += &paper.faint(&format!("{}{counts}\n", pad(&of, wide)));
    text
}
