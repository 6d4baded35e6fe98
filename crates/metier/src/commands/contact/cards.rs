//! Cards both ways: what is in a file and who of it is taken in, and a file to give out.

use std::path::Path;

use metier_app::words::{self, card_here, card_lines_left_out, cards_counted, cards_nameless};
use metier_app::{AppError, CardVersion as Version, Kind, cards_of, read_cards};
use metier_core::network::Network;
use serde_json::json;

use super::args::{CardVersion, ExportArgs, ImportArgs};
use super::find_contact;
use crate::answer::Answer;
use crate::new_file::write_new;
use crate::session::Session;

/// The largest file of cards that is read.
const FILE_MAX: u64 = 17 << 20;

pub async fn import(args: ImportArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let name = args.file.display().to_string();
    let bytes = read_file(&args.file)?;
    let seen = read_cards(&name, &bytes, &entries)?;
    let places: Vec<usize> = if args.card.is_empty() {
        let new = seen.cards.iter().enumerate().filter(|(_, c)| c.here.is_none());
        new.map(|(place, _)| place).collect()
    } else {
        args.card.iter().map(|n| n.wrapping_sub(1)).collect()
    };
    if let Some(wrong) = places.iter().find(|p| **p >= seen.cards.len()) {
        return Err(
            AppError::input(format!("there is no card {}", wrong.wrapping_add(1)))
                .hint(format!("The file has {}.", seen.cards.len())),
        );
    }
    let taken = if args.yes {
        metier.take_in_cards(&seen, &places).await?
    } else {
        0
    };
    metier.close().await;
    let value = json!({
        "cards": seen.cards, "nameless": seen.nameless, "lists": seen.lists, "left_out": seen.left_out,
        "taken_in": taken,
    });
    session.answer(&value, |paper| {
        let mut text = format!("{}\n", cards_counted(&seen));
        for (n, card) in (1..).zip(&seen.cards) {
            let here = card.here.as_ref().map_or_else(String::new, |h| format!(" ({})", card_here(h)));
            text += &format!("{}\n", paper.paragraph("", 6, &format!("{n:>4}  {}{here}", card.contact.name)));
        }
        let nameless = cards_nameless(&seen.nameless);
        if !nameless.is_empty() {
            text += &format!("{}\n", paper.paragraph("", 2, &nameless));
        }
        let left_out = card_lines_left_out(&seen.left_out);
        if !left_out.is_empty() {
            text += &format!("{}\n", paper.paragraph("", 2, &left_out));
        }
        if args.yes {
            text += &format!("Taken in: {taken}.\n");
        } else {
            text += &format!(
                "Nobody was taken in. {} not here yet: add --yes for them, or --yes --card NUMBER for some.\n",
                seen.new_ones()
            );
        }
        text
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, AppError> {
    let failed = |e: std::io::Error| {
        AppError::new(Kind::Machine, format!("{} cannot be read: {e}", path.display()))
            .hint("Give the path of a file of cards; it ends in .vcf.")
    };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > FILE_MAX {
        return Err(
            AppError::input(format!("{} is larger than 16 MB", path.display()))
                .hint("Export fewer contacts at a time, or leave out their pictures."),
        );
    }
    std::fs::read(path).map_err(failed)
}

pub async fn export(args: &ExportArgs, session: &Session) -> Result<Answer, AppError> {
    let metier = session.open().await?;
    let (entries, _) = metier.read().await?;
    let network = Network::in_journal(&entries);
    let which = args
        .contact
        .iter()
        .map(|word| find_contact(&entries, &network, word))
        .collect::<Result<Vec<_>, _>>()?;
    if network.contacts.is_empty() {
        return Err(AppError::not_ready("there is nobody to write a card of")
            .hint("`metier contact add NAME` notes somebody."));
    }
    let version = match args.vcard {
        CardVersion::V3 => Version::V3,
        CardVersion::V4 => Version::V4,
    };
    let text = cards_of(&network, &which, args.notes, version);
    write_new(
        &args.file,
        text.as_bytes(),
        "Give another name; nothing is overwritten.",
    )?;
    let written = if which.is_empty() {
        network.contacts.len()
    } else {
        which.len()
    };
    session.answer(&json!({"written": written, "file": args.file}), |_| {
        format!(
            "Written: {} to {}.\n",
            words::plural(written as u64, "card", "cards"),
            args.file.display()
        )
    })
}
