//! `framework crosswalk`: what of one framework counts in another, proposed, and settled pair by pair.

use clap::Args;
use metier_app::words::{Words, chance, plural};
use metier_app::{AppError, Facing, Kind, Ruling, Settled, Settlement, Verdict, competency_of};
use metier_core::crosswalk::{MOSTLY_SAME, PARTLY_SAME, Proposal, SAME};
use metier_core::framework::Framework;
use metier_core::id::{CompetencyId, FamilyId, RungId};
use serde::Serialize;

use super::recorded::recorded;
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// What counts in another framework.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier framework crosswalk levels-baker                     what is proposed, and what is settled
  metier framework crosswalk levels-baker --confirm           confirm everything that is proposed
  metier framework crosswalk levels-baker --confirm knead-a-dough=dough --sure same
  metier framework crosswalk levels-baker --reject sell-bread=baking
  metier framework crosswalk levels-baker --confirm knead-a-dough=dough --step reliable=senior
  metier framework crosswalk levels-baker --open knead-a-dough=dough       take it back

A pair is two competencies by their ids, one of each framework, in either order.")]
pub struct CrosswalkArgs {
    /// The other framework's family
    family: FamilyId,
    /// They mean the same: everything that is proposed, or ONE=OTHER; may be given again
    #[arg(long, value_name = "ONE=OTHER", num_args = 0..=1, default_missing_value = "", value_parser = pair)]
    confirm: Vec<(String, String)>,
    /// They do not: not proposed again; may be given again
    #[arg(long, value_name = "ONE=OTHER", value_parser = pair)]
    reject: Vec<(String, String)>,
    /// Take back what was said of them; may be given again
    #[arg(long, value_name = "ONE=OTHER", value_parser = pair)]
    open: Vec<(String, String)>,
    /// How well they match: same, mostly or partly
    #[arg(long, value_name = "HOW", value_parser = ["same", "mostly", "partly"])]
    sure: Option<String>,
    /// Which step is read as which, in place of the proposal; may be given again
    #[arg(long, value_name = "FROM=TO", value_parser = pair)]
    step: Vec<(String, String)>,
    /// Only this way: what is recorded under the second does not count under the first
    #[arg(long)]
    one_way: bool,
}

fn pair(text: &str) -> Result<(String, String), String> {
    if text.is_empty() {
        return Ok(Default::default());
    }
    let (one, other) = text
        .split_once('=')
        .ok_or("write it as ONE=OTHER, each by its id")?;
    Ok((one.trim().to_owned(), other.trim().to_owned()))
}

#[derive(Debug, Serialize)]
struct Walked<'a> {
    from: &'a FamilyId,
    to: &'a FamilyId,
    /// Which step is read as which.
    steps: &'a [(RungId, RungId)],
    proposed: &'a [Proposal],
    settled: &'a Settled,
}

/// Proposes or settles what counts in another framework.
pub async fn crosswalk(args: CrosswalkArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let facing = metier.facing(&args.family).await?;
    let rulings = rulings(&args, &facing)?;
    if rulings.is_empty() {
        let walked = Walked {
            from: &facing.from.family,
            to: &facing.to.family,
            steps: &facing.steps,
            proposed: &facing.proposed,
            settled: &facing.settled,
        };
        return session.answer(&walked, |paper| shown(&facing, session, paper));
    }
    let count = rulings
        .iter()
        .filter(|r| matches!(r.verdict, Verdict::Counts { .. }))
        .count();
    let settlement = Settlement {
        from: facing.from.family.clone(),
        to: facing.to.family.clone(),
        steps: steps(&args.step, &facing)?,
        both_ways: !args.one_way,
        rulings,
        seen: Some(facing.settled.state),
    };
    let ids = metier.settle_crosswalk(&settlement).await?;
    let said = if ids.is_empty() {
        "All of it was settled so before.".to_owned()
    } else if count > 0 {
        let (one, more) = ("pair counts", "pairs count");
        let count = plural(count as u64, one, more);
        format!(
            "Confirmed: {count} from {} in {}.",
            facing.from.title, facing.to.title
        )
    } else {
        "Noted.".to_owned()
    };
    let hint = format!("Side by side: metier standing --against {}", args.family);
    recorded(session, &metier, ids, &said, &[], Some(hint)).await
}

fn rulings(args: &CrosswalkArgs, facing: &Facing) -> Result<Vec<Ruling>, AppError> {
    let sure = args.sure.as_deref().map(|word| match word {
        "same" => SAME,
        "mostly" => MOSTLY_SAME,
        _ => PARTLY_SAME,
    });
    let mut rulings = Vec::new();
    for pair in &args.confirm {
        if pair.0.is_empty() {
            if facing.proposed.is_empty() {
                return Err(AppError::input("nothing is proposed that is not settled yet")
                    .hint("Say it yourself: --confirm ONE=OTHER."));
            }
            rulings.extend(facing.proposed.iter().map(|p| Ruling {
                from: p.from.clone(),
                to: p.to.clone(),
                verdict: Verdict::Counts {
                    confidence: sure.unwrap_or(p.confidence),
                },
            }));
            continue;
        }
        let (from, to) = both(pair, facing)?;
        let proposed = facing.proposed.iter().find(|p| p.from == from && p.to == to);
        let confidence = sure.or(proposed.map(|p| p.confidence)).unwrap_or(PARTLY_SAME);
        rulings.push(Ruling {
            from,
            to,
            verdict: Verdict::Counts { confidence },
        });
    }
    for (pairs, verdict) in [(&args.reject, Verdict::Different), (&args.open, Verdict::Open)] {
        for pair in pairs {
            let (from, to) = both(pair, facing)?;
            rulings.push(Ruling { from, to, verdict });
        }
    }
    Ok(rulings)
}

/// A pair in the order in which it counts, whichever way round it was written.
fn both((one, other): &(String, String), facing: &Facing) -> Result<(CompetencyId, CompetencyId), AppError> {
    let pair =
        |from: &str, to: &str| Ok((competency_of(&facing.from, from)?, competency_of(&facing.to, to)?));
    pair(one, other).or_else(|error: AppError| pair(other, one).map_err(|_| error))
}

/// The steps that were named, else as they are.
fn steps(named: &[(String, String)], facing: &Facing) -> Result<Vec<(RungId, RungId)>, AppError> {
    if named.is_empty() {
        return Ok(facing.steps.clone());
    }
    let rung = |framework: &Framework, word: &str| {
        let found = framework
            .ladder
            .active()
            .find(|r| r.id.as_str() == word || r.name.eq_ignore_ascii_case(word));
        found.map(|r| r.id.clone()).ok_or_else(|| {
            let there: Vec<&str> = framework.ladder.active().map(|r| r.id.as_str()).collect();
            AppError::new(
                Kind::NotFound,
                format!("{} has no step `{word}`", framework.title),
            )
            .hint(format!("Its steps are: {}.", there.join(", ")))
        })
    };
    named
        .iter()
        .map(|(from, to)| Ok((rung(&facing.from, from)?, rung(&facing.to, to)?)))
        .collect()
}

/// How well two match, as people say it.
fn match_said(confidence: f64) -> String {
    for (value, word) in [(SAME, "same"), (MOSTLY_SAME, "mostly"), (PARTLY_SAME, "partly")] {
        if (confidence - value).abs() < 1e-9 {
            return word.to_owned();
        }
    }
    chance(confidence)
}

fn shown(facing: &Facing, session: &Session, paper: Paper) -> String {
    let today = session.surroundings.today();
    let from = Words::new(&facing.from, &[], today);
    let to = Words::new(&facing.to, &[], today);
    let mut text = format!(
        "What of {} may count in {}.\n",
        facing.from.title, facing.to.title
    );
    if !facing.steps.is_empty() {
        let pairs: Vec<String> = facing
            .steps
            .iter()
            .map(|(a, b)| format!("{} → {}", from.rung(a), to.rung(b)))
            .collect();
        text += &format!("{}\n", paper.paragraph("Steps:", 7, &pairs.join(", ")));
    }
    let (counts, different): (Vec<&Ruling>, Vec<&Ruling>) = facing
        .settled
        .rulings
        .iter()
        .partition(|r| matches!(r.verdict, Verdict::Counts { .. }));
    for (head, rulings) in [("Confirmed", counts), ("Not the same", different)] {
        if !rulings.is_empty() {
            text += &format!("\n{}\n", paper.strong(head));
        }
        for ruling in rulings {
            let (one, other) = (from.competency(&ruling.from), to.competency(&ruling.to));
            let line = match ruling.verdict {
                Verdict::Counts { confidence } => {
                    format!("{one} counts as {other} ({})", match_said(confidence))
                }
                _ => format!("{one} and {other}"),
            };
            text += &format!("{}\n", paper.paragraph("  -", 4, &line));
        }
    }
    if facing.proposed.is_empty() {
        return text + "\nNothing more sounds alike. Say it yourself: --confirm ONE=OTHER.\n";
    }
    text += &format!("\n{}\n", paper.strong("Proposed"));
    for of_it in facing.proposed.chunk_by(|a, b| a.to == b.to) {
        let competency = &of_it[0].to;
        text += &format!(
            "  {}  {}\n",
            to.competency(competency),
            paper.faint(competency.as_str())
        );
        for p in of_it {
            let line = format!(
                "{} ({}; {}; words: {})",
                from.competency(&p.from),
                p.from,
                match_said(p.confidence),
                p.words.join(", ")
            );
            text += &format!("{}\n", paper.paragraph("    -", 6, &line));
        }
    }
    text + &paper.faint(
        "\nNothing counts until you confirm it: --confirm for all of it, or --confirm ONE=OTHER; --reject ONE=OTHER for what is not the same.\n",
    )
}
