//! What an agreement says, and where one stands by it; what a file says.

use std::path::Path;

use jiff::civil::Date;
use metier_app::words::{self, Words, capital, day, days_left, plural};
use metier_app::{AppError, AsOf, Metier, Pinned};
use metier_core::agreement::{Letter, Proposal, Receipt};

use super::{ReadArgs, WhichArgs, which};
use crate::answer::Answer;
use crate::paper::Paper;
use crate::session::Session;

/// One agreement, and where the person stands by exactly its criteria.
pub async fn show(args: WhichArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let state = which(&metier, args.which.as_deref()).await?;
    let sight = metier.sight(AsOf::default()).await?;
    let pinned = sight.pinned(state)?;
    let today = session.surroundings.today();
    session.answer(&pinned, |paper| shown(&pinned, &sight.entries, today, paper))
}

fn shown(pinned: &Pinned, entries: &[metier_core::journal::Entry], today: Date, paper: Paper) -> String {
    let (state, terms) = (&pinned.agreement, &pinned.agreement.terms);
    let mut text = format!("{}\n", paper.strong(&words::agreement_line(terms)));
    text += &format!(
        "{}, version {} ({}). {}\n",
        terms.title,
        terms.version_name,
        terms.version.short(),
        capital(&days_left(terms.by, today))
    );
    text += &format!("{}\n", paper.paragraph("", 0, &words::phase(state, today)));
    if terms.amends.is_some() {
        let changes = words::term_changes(&pinned.otherwise);
        text += if changes.is_empty() {
            "Proposed again, the same as before.\n"
        } else {
            "Proposed again, changed:\n"
        };
        for change in &changes {
            text += &format!("{}\n", paper.paragraph("  -", 4, change));
        }
    }
    for said in after_a_no(state) {
        text += &format!("{}\n", paper.paragraph("", 2, &said));
    }
    if !terms.note.is_empty() {
        text += &format!(
            "{}\n",
            paper.paragraph("", 0, &format!("Also agreed: {}", terms.note))
        );
    }
    match (&pinned.agreed, &pinned.standing) {
        (Some(version), Some(standing)) => {
            let words = Words::new(&version.framework, entries, today);
            text += &format!("\nBy the criteria agreed on: {}\n", words.headline(standing));
        }
        _ => text += "\nThe criteria agreed on are no longer in this journal.\n",
    }
    if let (Some(agreed), Some(newest)) = (&pinned.agreed, &pinned.newest) {
        text += &format!(
            "\nSince then version {} came, with {}. Nothing of it holds for this agreement:\n",
            newest.framework.version,
            plural(pinned.changes.len() as u64, "change", "changes")
        );
        for change in &pinned.changes {
            let said = words::change(&agreed.framework, &newest.framework, change).sentence();
            text += &format!("{}\n", paper.paragraph("  -", 4, &said));
        }
        if let Some(standing) = &pinned.standing_newest {
            let words = Words::new(&newest.framework, entries, today);
            text += &format!(
                "By version {}: {}\n",
                newest.framework.version,
                words.headline(standing)
            );
        }
    }
    text
}

/// What was said with a no and after it.
fn after_a_no(state: &metier_core::agreement::AgreementState) -> Vec<String> {
    let Some(no) = state.declined.as_ref().filter(|_| state.confirmed.is_none()) else {
        return Vec::new();
    };
    let mut said = Vec::new();
    if !no.what.answer.otherwise.is_empty() {
        said.push(format!("To be otherwise: {}", no.what.answer.otherwise));
    }
    for talked in &state.talked {
        if !talked.what.convincing.is_empty() {
            said.push(format!(
                "Would convince ({}): {}",
                day(talked.on),
                talked.what.convincing
            ));
        }
        if !talked.what.reply.is_empty() {
            said.push(format!(
                "You answered ({}): {}",
                day(talked.on),
                talked.what.reply
            ));
        }
    }
    if let Some(again) = state.again() {
        said.push(format!("To be looked at again by {}.", day(again)));
    }
    said.push(match state.proposed_again {
        Some(again) => format!("Proposed again, changed: {}", super::short(again)),
        None => format!(
            "To propose it again, changed: metier agreement propose --again {}",
            super::short(state.id)
        ),
    });
    said
}

/// What a file says; records nothing.
pub fn read(args: &ReadArgs, session: &Session) -> Result<Answer, AppError> {
    let letter = Metier::read_letter_file(&args.file)?;
    session.answer(&letter, |paper| match &letter {
        Letter::Proposal(proposal) => asked(proposal, &args.file, session, paper),
        Letter::Receipt(receipt) => agreed(receipt),
    })
}

fn asked(proposal: &Proposal, file: &Path, session: &Session, paper: Paper) -> String {
    let terms = &proposal.terms;
    let today = session.surroundings.today();
    let mut text = format!(
        "{} proposes to {}: {} by {}.\n",
        terms.person,
        terms.with,
        terms.level_name,
        day(terms.by)
    );
    text += &format!(
        "{}, version {} ({}). It can be answered until {} ({}).\n",
        terms.title,
        terms.version_name,
        terms.version.short(),
        day(terms.answer_by),
        days_left(terms.answer_by, today)
    );
    if !terms.note.is_empty() {
        text += &format!("Also: {}\n", terms.note);
    }
    if let Some(level) = proposal.criteria.level(&terms.level) {
        text += &format!("\nWhat {} asks:\n", level.name);
        let words = Words::new(&proposal.criteria, &[], today);
        for asked in &level.expectations {
            let said = format!(
                "{}: {} ({})",
                words.competency(&asked.competency),
                words.rung_title(&asked.rung),
                words::weight(asked.weight)
            );
            text += &format!("{}\n", paper.paragraph("  -", 4, &said));
        }
    }
    text + &format!(
        "\nTo agree: metier agreement confirm {0} --out ANSWER\nTo say no: metier agreement decline {0} --reason TEXT --otherwise TEXT --out ANSWER\n",
        file.display()
    )
}

fn agreed(receipt: &Receipt) -> String {
    let (terms, answer) = (&receipt.terms, &receipt.answer);
    format!(
        "{} {} {} on {}: {} by {}, {} version {} ({}).\n{}\
         Nothing in it was changed: its digests{} and its words fit together.\n",
        answer.by,
        if answer.says.is_yes() {
            "agreed with"
        } else {
            "said no to"
        },
        terms.person,
        day(answer.on),
        terms.level_name,
        day(terms.by),
        terms.title,
        terms.version_name,
        terms.version.short(),
        [("Why not", &answer.words), ("To be otherwise", &answer.otherwise)]
            .into_iter()
            .filter(|(_, text)| !answer.says.is_yes() && !text.is_empty())
            .map(|(name, text)| format!("{name}: {text}\n"))
            .collect::<String>(),
        if answer.signature.is_some() {
            ", its signatures"
        } else {
            ""
        },
    )
}
