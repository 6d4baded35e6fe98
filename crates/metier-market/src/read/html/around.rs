//! What stands around an advert on a page: navigation, headers, footers, notices.

use super::tokens::Tag;

/// Roles of what is no part of the content.
const ROLES: [&str; 10] = [
    "navigation",
    "banner",
    "contentinfo",
    "dialog",
    "alertdialog",
    "search",
    "complementary",
    "menu",
    "menubar",
    "tablist",
];

/// Words of a class or id that tell it: `cookie-bar`, `site_nav`, `similar-jobs`.
const WORDS: [&str; 19] = [
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "newsletter",
    "similar",
    "related",
    "recommended",
    "social",
    "share",
    "masthead",
    "popup",
];

/// Classes and ids that tell it as a whole.
const NAMES: [&str; 8] = [
    "header",
    "footer",
    "site-header",
    "site-footer",
    "page-header",
    "page-footer",
    "global-header",
    "global-footer",
];

/// Words before which such a word says nothing of the element itself: `has-sidebar`, `no-nav`.
const OF_OTHERS: [&str; 8] = ["has", "no", "with", "without", "is", "hide", "show", "js"];

/// Whether an element is what stands around an advert. Inside the main part `header` and `footer` are the
/// advert's own.
pub(super) fn is_around(tag: &Tag, in_main: bool) -> bool {
    match tag.name.as_slice() {
        b"nav" | b"dialog" => return true,
        b"header" | b"footer" | b"aside" if !in_main => return true,
        // What all of the page is in, and what its classes say of the page.
        b"html" | b"body" | b"main" | b"article"
        // Inline: a class of these says how a word looks.
        | b"b" | b"i" | b"em" | b"strong" | b"u" | b"font" | b"small" | b"label" => return false,
        _ => {}
    }
    if tag
        .attribute("hidden")
        .is_some_and(|value| value != "until-found")
    {
        return true;
    }
    if let Some(role) = tag.attribute("role")
        && ROLES.iter().any(|known| role.trim().eq_ignore_ascii_case(known))
    {
        return true;
    }
    if let Some(style) = tag.attribute("style")
        && (style.contains("display:none") || style.contains("display: none"))
    {
        return true;
    }
    ["class", "id"]
        .into_iter()
        .filter_map(|name| tag.attribute(name))
        .flat_map(str::split_ascii_whitespace)
        .any(|name| tells(name, in_main))
}

/// Whether an element holds the main part of a page.
pub(super) fn is_main(tag: &Tag) -> bool {
    matches!(tag.name.as_slice(), b"main" | b"article")
        || tag
            .attribute("role")
            .is_some_and(|role| role.trim().eq_ignore_ascii_case("main"))
}

fn tells(class: &str, in_main: bool) -> bool {
    if !in_main && NAMES.iter().any(|name| class.eq_ignore_ascii_case(name)) {
        return true;
    }
    let mut parts = words(class).peekable();
    if parts
        .peek()
        .is_some_and(|first| OF_OTHERS.iter().any(|other| first.eq_ignore_ascii_case(other)))
    {
        return false;
    }
    parts.any(|part| WORDS.iter().any(|word| part.eq_ignore_ascii_case(word)))
}

/// The words of `job-siteNav_main`: cut at hyphens and underscores, and before capitals.
fn words(class: &str) -> impl Iterator<Item = &str> {
    let bytes = class.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while bytes.get(at).is_some_and(|b| matches!(b, b'-' | b'_')) {
            at += 1;
        }
        let from = at;
        while let Some(byte) = bytes.get(at) {
            let hump = at > from && byte.is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase();
            if matches!(byte, b'-' | b'_') || hump {
                break;
            }
            at += 1;
        }
        (at > from).then(|| &class[from..at])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_read_by_its_words() {
        for class in ["cookie-bar", "siteNav", "main_nav", "similar-jobs", "footer"] {
            assert!(tells(class, false), "{class}");
        }
        for class in [
            "has-sidebar",
            "job-description",
            "unavailable",
            "job-header",
            "navy-blue",
        ] {
            assert!(!tells(class, false), "{class}");
        }
    }
}
