//! A pasted list as drafts: nothing is recorded until the person confirms each.

use jiff::civil::Date;
use metier_core::journal::LIMITS;
pub use metier_exchange::pasted::{ITEMS_MAX, PastedItem};

use crate::error::AppError;

/// The things of a pasted list, each a draft to confirm. A date that has not come yet is not kept.
///
/// # Errors
/// When nothing in it can be read as a thing done, or it is larger than a text may be.
pub fn drafts_of(text: &str, today: Date) -> Result<Vec<PastedItem>, AppError> {
    if text.len() > LIMITS.text {
        return Err(AppError::input(format!(
            "the list has {} bytes; at most {} are read at once",
            text.len(),
            LIMITS.text
        ))
        .hint("Paste a part of it, then the next."));
    }
    let mut items = metier_exchange::pasted::pasted_list(text);
    if items.is_empty() {
        return Err(
            AppError::input("nothing in it reads as something you did").hint("Write one thing a line.")
        );
    }
    for item in &mut items {
        item.date = item.date.filter(|date| *date <= today);
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_list_becomes_drafts_and_a_day_to_come_is_left_open() {
        let today = date(2026, 11, 22);
        let items = drafts_of("- 2026-03-04: Ran the launch\n- 2027-01-01: Too early", today).unwrap();
        assert_eq!(items[0].date, Some(date(2026, 3, 4)));
        assert_eq!(items[0].text, "Ran the launch");
        assert_eq!(items[1].date, None);
        assert!(drafts_of(" \n", today).is_err());
        assert!(drafts_of(&"x".repeat(LIMITS.text + 1), today).is_err());
    }
}
