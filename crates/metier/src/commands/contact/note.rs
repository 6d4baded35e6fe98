//! Noting somebody, that one spoke, and changing what is noted.

use clap::ValueEnum;
use jiff::civil::Date;
use metier_app::{AppError, Metier, of_name};
use metier_core::id::EntryId;
use metier_core::network::{Contact, Network, NextTouch, Offer, Reach, ReachKind, Touch};

use super::super::recorded::{on, recorded};
use super::super::short;
use super::args::{AddArgs, ChangeArgs, OfferWord, Told, TouchArgs};
use super::find_contact;
use crate::answer::Answer;
use crate::session::Session;

fn offers(told: &[String]) -> Result<Vec<Offer>, AppError> {
    let read = |text: &String| {
        let (kind, what) = text.split_once('=').unwrap_or((text, ""));
        let kind = OfferWord::from_str(kind.trim(), true).map_err(|_| {
            AppError::input(format!("`{kind}` is nothing that is offered"))
                .hint("Say support, opportunity or platform, as in --offer support=\"reads drafts\".")
        })?;
        Ok(Offer {
            kind: kind.kind(),
            what: what.trim().to_owned(),
        })
    };
    told.iter().map(read).collect()
}

fn reach(told: &Told) -> Vec<Reach> {
    let of = |kind: ReachKind, values: &[String]| -> Vec<Reach> {
        let value = |value: &String| Reach {
            kind,
            value: value.trim().to_owned(),
        };
        values.iter().map(value).collect()
    };
    let mut all = of(ReachKind::Mail, &told.mail);
    all.extend(of(ReachKind::Phone, &told.phone));
    all.extend(of(ReachKind::Web, &told.web));
    all
}

fn next(on: Option<Date>, about: Option<String>) -> Option<NextTouch> {
    on.map(|on| NextTouch {
        on,
        what: about.unwrap_or_default(),
    })
}

pub async fn add(args: AddArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    if !args.another {
        let (entries, _) = metier.read().await?;
        let network = Network::in_journal(&entries);
        if let Some(there) = of_name(&network, &args.name) {
            let id = short(there.id);
            return Err(
                AppError::input(format!("{} is among your contacts already", there.what.name)).hint(format!(
                    "See them: metier contact show {id}. If it is somebody else of this name, add --another."
                )),
            );
        }
    }
    let told = args.told;
    let contact = Contact {
        name: args.name.trim().to_owned(),
        parts: None,
        offers: offers(&told.offer)?,
        reach: reach(&told),
        title: told.title.unwrap_or_default(),
        organisation: told.organisation.unwrap_or_default(),
        categories: told.category,
        note: told.note.unwrap_or_default(),
        next: next(told.next, told.about),
        card: String::new(),
    };
    let said = format!("Noted: {}.", contact.name);
    let id = metier.know(contact).await?;
    recorded(session, &metier, vec![id], &said, &[], None).await
}

pub async fn touch(args: TouchArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, name, _) = one(&metier, &args.which).await?;
    let touch = Touch {
        contact: id,
        words: args.words.unwrap_or_default().trim().to_owned(),
        next: next(args.next, args.about),
    };
    let on_day = session.day(args.on);
    let entry = metier.spoke(on_day, touch).await?;
    let said = format!("Noted: spoke with {name}{}.", on(on_day, session));
    recorded(session, &metier, vec![entry], &said, &[], None).await
}

/// A contact as it stands: entry, name and what is noted, its next day included.
async fn one(metier: &Metier, word: &str) -> Result<(EntryId, String, Contact), AppError> {
    let (entries, _) = metier.read().await?;
    let network = Network::in_journal(&entries);
    let id = find_contact(&entries, &network, word)?;
    let found = network.contacts.iter().find(|c| c.id == id);
    let found = found.ok_or_else(|| AppError::not_found(format!("no contact goes by `{word}`")))?;
    let contact = Contact {
        next: network.next_with(found).cloned(),
        ..found.what.clone()
    };
    Ok((id, contact.name.clone(), contact))
}

pub async fn change(args: ChangeArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (id, _, mut contact) = one(&metier, &args.which).await?;
    let told = args.told;
    let fresh = reach(&told);
    for kind in [ReachKind::Mail, ReachKind::Phone, ReachKind::Web] {
        if fresh.iter().any(|r| r.kind == kind) {
            contact.reach.retain(|r| r.kind != kind);
        }
    }
    contact.reach.extend(fresh);
    if !told.offer.is_empty() {
        contact.offers = offers(&told.offer)?;
    }
    if !told.category.is_empty() {
        contact.categories = told.category;
    }
    let texts = [
        (args.name, &mut contact.name),
        (told.title, &mut contact.title),
        (told.organisation, &mut contact.organisation),
        (told.note, &mut contact.note),
    ];
    for (said, field) in texts {
        if let Some(said) = said {
            said.trim().clone_into(field);
        }
    }
    if args.no_next {
        contact.next = None;
    }
    if let Some(next) = next(told.next, told.about) {
        contact.next = Some(next);
    }
    let said = format!(
        "Changed: {}. What stood before stays in the journal.",
        contact.name
    );
    let entry = metier.change_contact(id, contact).await?;
    recorded(session, &metier, vec![entry], &said, &[], None).await
}
