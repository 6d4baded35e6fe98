//! Those one knows, and one of them with everything that was spoken.

use jiff::civil::Date;
use metier_app::AppError;
use metier_app::words::{self, all_offered, chosen_touch, day, next_touch};
use metier_core::journal::Noted;
use metier_core::network::{Contact, Network, Wanted};
use serde_json::{Value, json};

use super::super::short;
use super::args::{ListArgs, OfferWord, WhichArgs};
use super::find_contact;
use crate::answer::Answer;
use crate::session::Session;

fn as_json(network: &Network<'_>, contact: &Noted<'_, Contact>) -> Value {
    let last = network.touches_of(contact.id).last().map(|t| t.on);
    json!({
        "entry": contact.id,
        "contact": contact.what,
        "last_touch": last,
        "next_touch": network.next_with(contact),
    })
}

fn line(network: &Network<'_>, contact: &Noted<'_, Contact>, today: Date) -> String {
    let what = contact.what;
    let mut said = what.name.clone();
    for part in [&what.title, &what.organisation] {
        if !part.is_empty() {
            said += &format!(", {part}");
        }
    }
    if !what.offers.is_empty() {
        said += &format!(". Offers {}", all_offered(&what.offers));
    }
    match network.touches_of(contact.id).last() {
        Some(last) => said += &format!(". Spoke {}", words::ago(last.on, today)),
        None => said += ". Not spoken yet",
    }
    if let Some(next) = network.next_with(contact) {
        said += &format!("; {}", chosen_touch(next, today));
    }
    said + "."
}

pub async fn list(args: ListArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let today = session.surroundings.today();
    let network = Network::in_journal(&entries);
    let wanted = Wanted {
        words: args.words.join(" "),
        offers: args.offer.map(OfferWord::kind),
        category: args.category.unwrap_or_default(),
    };
    let found = network.found(&wanted);
    let coming: Vec<_> = network
        .next_touches()
        .into_iter()
        .filter(|c| c.next.on >= today)
        .collect();
    let value = json!({
        "contacts": found.iter().map(|c| as_json(&network, c)).collect::<Vec<_>>(),
        "coming": coming.iter().map(|c| json!({"entry": c.entry, "name": c.name, "next": c.next})).collect::<Vec<_>>(),
    });
    session.answer(&value, |paper| {
        if network.contacts.is_empty() {
            return "Nobody yet: metier contact add NAME --offer support\n".into();
        }
        if found.is_empty() {
            return "Nobody fits that.\n".into();
        }
        let mut text = String::new();
        for contact in &found {
            text += &format!(
                "{}{}\n",
                paper.paragraph("", 2, &line(&network, contact, today)),
                paper.faint(&format!("  [{}]", short(contact.id)))
            );
        }
        if wanted.anybody() && !coming.is_empty() {
            text += &format!("\n{}\n", paper.strong("Days you chose"));
            for one in &coming {
                text += &format!(
                    "{}\n",
                    paper.paragraph("", 2, &format!("{}: {}", one.name, next_touch(one.next)))
                );
            }
        }
        text
    })
}

pub async fn show(args: &WhichArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let today = session.surroundings.today();
    let network = Network::in_journal(&entries);
    let id = find_contact(&entries, &network, &args.which)?;
    let Some(contact) = network.contacts.iter().find(|c| c.id == id) else {
        return Err(AppError::not_found(format!(
            "no contact goes by `{}`",
            args.which
        )));
    };
    let touches: Vec<_> = network.touches_of(id).collect();
    let mut value = as_json(&network, contact);
    value["touches"] = touches
        .iter()
        .map(|t| json!({"entry": t.id, "on": t.on, "words": t.what.words}))
        .collect();
    session.answer(&value, |paper| {
        let mut text = format!("{}\n", paper.paragraph("", 2, &line(&network, contact, today)));
        for reach in &contact.what.reach {
            text += &format!("  {}\n", reach.value);
        }
        if !contact.what.note.is_empty() {
            text += &format!("{}\n", paper.paragraph("  ", 2, &contact.what.note));
        }
        for touch in touches.iter().rev() {
            let words = match touch.what.words.as_str() {
                "" => "spoke",
                words => words,
            };
            text += &format!(
                "{}\n",
                paper.paragraph("", 2, &format!("{}: {words}", day(touch.on)))
            );
        }
        text
    })
}
