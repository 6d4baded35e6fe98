//! What somebody pastes or uploads, as the adverts in it.

use metier_market::posting::Posting;
use metier_market::read::pasted;

use super::adverts::{ADVERT_MAX, AdvertSaid};
use crate::error::AppError;

/// The largest page with an advert in it, in bytes: what stands around the advert is left out.
pub const PAGE_MAX: usize = 3 << 20;
/// The most adverts that are saved at once.
const AT_ONCE: usize = 50;

/// The text of a file somebody saved: UTF-8, or one byte a letter as old programs write it.
///
/// # Errors
/// When it is larger than [`PAGE_MAX`], or holds no text.
pub fn advert_text(bytes: &[u8]) -> Result<String, AppError> {
    if bytes.len() > PAGE_MAX {
        return Err(
            AppError::input(format!("it is larger than {PAGE_MAX} bytes (3 MiB)"))
                .of("text")
                .hint("Copy the text of the advert alone and paste it. Nothing was recorded."),
        );
    }
    if bytes.contains(&0) {
        return Err(AppError::input("the file is no text").hint(
            "Save the advert as text or as a web page; of a PDF or a document, copy its text and paste it.",
        ));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    };
    Ok(text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n"))
}

/// The adverts of what was pasted or uploaded: of a page the advert without what stands around it, and of several
/// with a line of hyphens between them each by itself. What an advert says of itself (linked data, its heading)
/// stands where nothing else was given; what was given stands for all, but for a title.
///
/// # Errors
/// When it holds no text, more adverts than are taken at once, or one title is given for several.
pub fn adverts_in(said: &AdvertSaid) -> Result<Vec<AdvertSaid>, AppError> {
    if said.text.trim().is_empty() {
        return Err(AppError::input("there is no advert: the text is empty")
            .of("text")
            .hint("Paste what the advert says, from its title to its end."));
    }
    let found = pasted(&said.text);
    match found.len() {
        0 => Err(
            AppError::input("nothing is left of it without mark-up, menus and notices, or it is too long")
                .of("text")
                .hint(format!(
                    "Copy the text of the advert and paste it: at most {ADVERT_MAX} bytes (1 MiB). Nothing was recorded."
                )),
        ),
        n if n > AT_ONCE => Err(AppError::input(format!("there are {n} adverts in it"))
            .of("text")
            .hint(format!(
                "Save at most {AT_ONCE} at once. Of thousands: `metier market ingest FILE`."
            ))),
        n if n > 1 && !said.title.trim().is_empty() => {
            Err(AppError::input(format!("one title is given, and there are {n} adverts"))
                .of("title")
                .hint("Leave the title empty: each takes its first line. A line of hyphens (---) parts adverts."))
        }
        _ => Ok(found.into_iter().map(|one| filled(said, one)).collect()),
    }
}

fn filled(said: &AdvertSaid, found: Posting) -> AdvertSaid {
    let given = |given: &str, read: Option<String>| match given.trim() {
        "" => read.unwrap_or_default(),
        given => given.to_owned(),
    };
    AdvertSaid {
        title: given(&said.title, found.title),
        employer: given(&said.employer, found.employer),
        place: given(&said.place, found.place),
        posted: said.posted.or(found.date),
        link: given(&said.link, found.link),
        text: found.text,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const PAGE: &str = r#"<!doctype html><html><head><title>Jobs</title><script type="application/ld+json">
{"@context":"https://schema.org","@type":"JobPosting","title":"Content editor","datePosted":"2026-10-02",
"url":"https://jobs.example.org/41","hiringOrganization":{"@type":"Organization","name":"Fernhill Tools"},
"description":"<p>You write <b>case studies</b> with our customers.</p><p>You keep the style guide of the house and brief two designers every month.</p>"}
</script></head><body><nav>Home Jobs</nav><p>Cookies?</p></body></html>"#;

    fn said(text: &str) -> AdvertSaid {
        AdvertSaid {
            text: text.into(),
            ..AdvertSaid::default()
        }
    }

    #[test]
    fn a_saved_page_is_read_without_what_stands_around_the_advert() {
        let found = adverts_in(&said(PAGE)).unwrap();
        let [one] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(one.title, "Content editor");
        assert_eq!(one.employer, "Fernhill Tools");
        assert_eq!(one.posted, Some(date(2026, 10, 2)));
        assert_eq!(one.link, "https://jobs.example.org/41");
        assert!(
            one.text.contains("case studies") && !one.text.contains("Cookies") && !one.text.contains('<')
        );
    }

    #[test]
    fn what_a_person_says_stands_above_what_the_page_says() {
        let given = AdvertSaid {
            title: "Editor".into(),
            posted: Some(date(2026, 9, 1)),
            ..said(PAGE)
        };
        let one = adverts_in(&given).unwrap().remove(0);
        assert_eq!(
            (one.title.as_str(), one.posted),
            ("Editor", Some(date(2026, 9, 1)))
        );
    }

    #[test]
    fn several_are_parted_by_a_line_of_hyphens_and_take_no_one_title() {
        let text = "Editor\n\nYou write.\n---\nBaker\n\nYou bake.\n\n-----\n\n";
        let titles: Vec<String> = adverts_in(&said(text))
            .unwrap()
            .into_iter()
            .map(|a| a.title)
            .collect();
        assert_eq!(titles, ["Editor", "Baker"]);
        let given = AdvertSaid {
            title: "Both".into(),
            ..said(text)
        };
        assert_eq!(adverts_in(&given).unwrap_err().field.as_deref(), Some("title"));
    }

    #[test]
    fn what_holds_no_advert_or_too_many_is_refused() {
        assert!(adverts_in(&said(" \n")).is_err());
        assert!(adverts_in(&said("<html><body><script>let home;</script></body></html>")).is_err());
        assert!(adverts_in(&said(&"You bake.\n---\n".repeat(AT_ONCE + 1))).is_err());
        assert!(advert_text(b"PK\0\0").is_err() && advert_text(&vec![b'a'; PAGE_MAX + 1]).is_err());
        assert_eq!(advert_text(b"caf\xe9\r\n").unwrap(), "caf\u{e9}\n");
    }
}
