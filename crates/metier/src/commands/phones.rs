//! `phones`: which may add, and ending it.

use clap::Args;
use metier_app::words::{capital, day, plural};
use metier_app::{AppError, Phone};

use crate::answer::Answer;
use crate::session::Session;

/// Phones that may add and see nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  metier serve --phone               let paired phones of the network add
  metier phones                      which are paired
  metier phones --unpair \"My phone\"   it adds nothing from now on
Pair a phone on the page: Settings, Phone.")]
pub struct PhonesArgs {
    /// End the pairing of a phone, by its name or id
    #[arg(long, value_name = "PHONE")]
    unpair: Option<String>,
}

/// Lists phones, or unpairs one.
pub async fn run(args: PhonesArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    if let Some(word) = &args.unpair {
        let there = metier.phones().await?;
        metier.unpair_phone(find(&there, word)?.id).await?;
    }
    let phones = metier.phones().await?;
    metier.close().await;
    session.answer(&phones, |paper| {
        if args.unpair.is_some() {
            return "Unpaired: it adds nothing from now on. What it added stays.\n".into();
        }
        if phones.is_empty() {
            return "No phone is paired. Start metier serve --phone, then pair one: Settings, Phone.\n"
                .into();
        }
        let many = plural(phones.len() as u64, "phone adds and sees", "phones add and see");
        let mut text = format!("{} nothing:\n", capital(&many));
        for phone in &phones {
            let date = |at: jiff::Timestamp| day(at.to_zoned(session.surroundings.zone.clone()).date());
            let last = phone
                .last
                .map_or_else(String::new, |last| format!(", last added {}", date(last)));
            let line = format!("{}, until {}{last}", phone.name, date(phone.until));
            text += &format!("{}\n", paper.paragraph("  -", 4, &line));
        }
        text
    })
}

fn find<'p>(phones: &'p [Phone], word: &str) -> Result<&'p Phone, AppError> {
    let word = word.trim().to_lowercase();
    let is_it = |phone: &&Phone| phone.id.to_string() == word || phone.name.to_lowercase() == word;
    let mut found = phones.iter().filter(is_it);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(AppError::not_found(format!("no phone called “{word}” is paired"))
            .hint("`metier phones` lists them.")),
        (Some(_), Some(_)) => Err(AppError::input(format!("more than one phone is called “{word}”"))
            .hint("Give its id, as `metier phones --json` shows it.")),
    }
}
