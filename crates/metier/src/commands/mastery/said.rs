//! `mastery criteria`, `check`, `identity`: what one answers, and what masters say.

use clap::{Args, ValueEnum};
use metier_app::words::{self, Words, capital, day};
use metier_app::{AppError, CheckSaid, CriteriaSaid, competency_of};
use metier_core::framework::Framework;
use metier_core::id::CompetencyId;
use metier_core::journal::view;
use metier_core::mastery::{CriteriaQuestion, IdentityLayer, IdentitySaid, Mastery, Weighs};
use serde_json::json;

use super::super::recorded::recorded;
use super::exemplar::find;
use crate::answer::Answer;
use crate::session::Session;

/// The six questions.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier mastery criteria published helps --why \"It shows, and few read it\"")]
pub struct CriteriaArgs {
    /// Which: published, recognised, seen, writes, medium or speaks; absent: all, with the answers
    #[arg(value_enum, hide_possible_values = true, requires = "answer")]
    question: Option<QuestionWord>,
    /// A master must, it helps, no, not known yet, or in words: must, helps, no, do-not-know, words
    #[arg(value_enum, hide_possible_values = true)]
    answer: Option<AnswerWord>,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "answer")]
    why: Option<String>,
}

/// The six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum QuestionWord {
    /// Must one have published?
    Published,
    /// Must one be known to the press?
    Recognised,
    /// Must one be seen?
    Seen,
    /// Does writing regularly support it?
    Writes,
    /// Which medium reaches the people?
    Medium,
    /// Does speaking count?
    Speaks,
}

/// Answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnswerWord {
    /// A master must
    Must,
    /// It helps
    Helps,
    /// No
    No,
    /// Not known yet
    DoNotKnow,
    /// In words
    Words,
}

impl QuestionWord {
    fn question(self) -> CriteriaQuestion {
        match self {
            Self::Published => CriteriaQuestion::Published,
            Self::Recognised => CriteriaQuestion::Recognised,
            Self::Seen => CriteriaQuestion::Seen,
            Self::Writes => CriteriaQuestion::WritesRegularly,
            Self::Medium => CriteriaQuestion::Medium,
            Self::Speaks => CriteriaQuestion::Speaks,
        }
    }
}

/// Answers one of the six, or shows them.
pub async fn criteria(args: CriteriaArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    if let (Some(question), Some(answer)) = (args.question, args.answer) {
        let answer = match answer {
            AnswerWord::Must => Weighs::Must,
            AnswerWord::Helps => Weighs::Helps,
            AnswerWord::No => Weighs::No,
            AnswerWord::DoNotKnow => Weighs::DoNotKnow,
            AnswerWord::Words => Weighs::InWords,
        };
        let said = CriteriaSaid {
            question: question.question(),
            answer,
            reason: args.why.unwrap_or_default(),
        };
        let recorded = metier.answer_criteria(vec![said]).await?;
        metier.close().await;
        return session.answer(&json!({ "recorded": recorded }), |_| {
            let said = if recorded == 0 {
                "It says the same as before; nothing was recorded."
            } else {
                "Recorded. What you answered before stays beside it."
            };
            format!("{said}\n")
        });
    }
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let value: Vec<_> = mastery
        .criteria
        .iter()
        .map(|c| json!({"id": c.id, "on": c.on, "what": c.what}))
        .collect();
    session.answer(&value, |paper| {
        let mut text = String::new();
        for question in CriteriaQuestion::ALL {
            text += &format!("{}\n", words::criteria_question(question));
            let all: Vec<_> = mastery.criteria_of(question).collect();
            if all.is_empty() {
                text += "  not answered yet\n";
            }
            for (place, told) in all.iter().rev().enumerate() {
                let why = match told.what.reason.as_str() {
                    "" => String::new(),
                    why => format!(": {why}"),
                };
                let said = format!("{}{why} ({})", words::weighs(told.what.answer), day(told.on));
                let said = if place == 0 {
                    said
                } else {
                    format!("before: {said}")
                };
                text += &format!("{}\n", paper.paragraph("", 2, &said));
            }
        }
        text
    })
}

/// What a master said.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  metier mastery check --by Rosa --confirm publish-an-article --strike plan-a-year --missing \"Interviewing\"")]
pub struct CheckArgs {
    /// Who looked at the list; absent: what was said so far
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Who it is among the masters you look at
    #[arg(long, value_name = "WHO", requires = "by")]
    exemplar: Option<String>,
    /// It belongs there; may be given again
    #[arg(long, value_name = "COMPETENCY", requires = "by")]
    confirm: Vec<String>,
    /// It does not; may be given again
    #[arg(long, value_name = "COMPETENCY", requires = "by")]
    strike: Vec<String>,
    /// This is missing; may be given again
    #[arg(long, value_name = "TEXT", requires = "by")]
    missing: Vec<String>,
    /// What else they said
    #[arg(long, value_name = "TEXT", requires = "by")]
    words: Option<String>,
}

/// Notes what a master said of the list, or shows what was said.
pub async fn check(args: CheckArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, life) = metier.read().await?;
    let framework = &life.needed()?.framework;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &framework.family);
    if let Some(by) = args.by {
        let exemplar = args.exemplar.as_deref().map(|who| find(&mastery, &entries, who));
        let said = CheckSaid {
            exemplar: exemplar.transpose()?.map(|e| e.id),
            confirmed: named(framework, &args.confirm)?,
            struck: named(framework, &args.strike)?,
            added: args.missing,
            words: args.words.unwrap_or_default(),
            by,
        };
        let missing = !said.added.is_empty();
        let told = format!("Noted: what {} said of the list.", said.by.trim());
        let id = metier.reality_checked(said).await?;
        let hint = missing.then(|| {
            "What is missing can go into a draft: on the page /mastery/check, or metier framework draft."
                .to_owned()
        });
        return recorded(session, &metier, vec![id], &told, &[], hint).await;
    }
    let reality = mastery.reality(framework);
    let who = |checks: &[metier_core::journal::Noted<'_, metier_core::mastery::RealityCheck>]| {
        checks.iter().map(|c| c.what.by.clone()).collect::<Vec<_>>()
    };
    let value = json!({
        "masters": reality.masters,
        "competencies": reality.competencies.iter().map(|c| json!({
            "competency": c.competency, "confirmed": who(&c.confirmed), "struck": who(&c.struck)
        })).collect::<Vec<_>>(),
        "missing": reality.added.iter().map(|(check, what)| json!({"what": what, "by": check.what.by})).collect::<Vec<_>>(),
    });
    session.answer(&value, |_| {
        let words = Words::new(framework, &entries, session.surroundings.today());
        let mut text = format!("{}\n", words::headline_of_checks(reality.masters));
        for c in &reality.competencies {
            let sides: Vec<String> = [("confirmed by", &c.confirmed), ("struck by", &c.struck)]
                .into_iter()
                .filter(|(_, checks)| !checks.is_empty())
                .map(|(how, checks)| format!("{how} {}", words::list(&who(checks))))
                .collect();
            if !sides.is_empty() {
                text += &format!("  {}: {}\n", words.competency(&c.competency), sides.join("; "));
            }
        }
        for (check, what) in &reality.added {
            text += &format!("  missing, says {}: {what}\n", check.what.by);
        }
        text
    })
}

fn named(framework: &Framework, named: &[String]) -> Result<Vec<CompetencyId>, AppError> {
    named.iter().map(|word| competency_of(framework, word)).collect()
}

/// Which layer.
#[derive(Debug, Args)]
pub struct IdentityArgs {
    /// need, profession, industry, organisation or position; absent: what you said so far
    #[arg(value_enum, hide_possible_values = true)]
    layer: Option<LayerWord>,
    /// In your own words
    #[arg(long, value_name = "TEXT", requires = "layer")]
    words: Option<String>,
}

/// The layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LayerWord {
    /// A need people have
    Need,
    /// The profession
    Profession,
    /// The industry
    Industry,
    /// The organisation
    Organisation,
    /// The position
    Position,
}

/// Notes which layer one sees oneself on, or shows what was said.
pub async fn identity(args: IdentityArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    if let Some(layer) = args.layer {
        let layer = match layer {
            LayerWord::Need => IdentityLayer::Need,
            LayerWord::Profession => IdentityLayer::Profession,
            LayerWord::Industry => IdentityLayer::Industry,
            LayerWord::Organisation => IdentityLayer::Organisation,
            LayerWord::Position => IdentityLayer::Position,
        };
        let words = args.words.unwrap_or_default();
        let id = metier.identity(IdentitySaid { layer, words }).await?;
        let said = "Noted. Nothing is worked out from it.";
        return recorded(session, &metier, vec![id], said, &[], None).await;
    }
    let (entries, life) = metier.read().await?;
    let view = view(&entries, session.surroundings.now());
    let mastery = Mastery::of(&view, &life.needed()?.framework.family);
    let value: Vec<_> = mastery
        .identity
        .iter()
        .map(|i| json!({"id": i.id, "on": i.on, "what": i.what}))
        .collect();
    session.answer(&value, |_| {
        if mastery.identity.is_empty() {
            return "Not said yet: metier mastery identity profession --words TEXT\n".into();
        }
        let lines = mastery.identity.iter().rev().map(|told| {
            let words = match told.what.words.as_str() {
                "" => String::new(),
                words => format!(": {words}"),
            };
            let layer = capital(words::identity_layer(told.what.layer));
            format!("{layer}, {}{words}\n", day(told.on))
        });
        lines.collect()
    })
}
