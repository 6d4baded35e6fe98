//! Pages and fields as they come.

use proptest::prelude::*;

use super::*;

const SAVED: &str = r#"<!DOCTYPE html>
<html><head><title>Baker | Jobs</title><style>p { color: red }</style>
<script>if (1 < 2) document.write("<p>not shown</p>");</script></head>
<body class="has-sidebar">
<header><a href="/">Jobs</a><nav><ul><li>Home<li>About</ul></nav></header>
<div class="cookie-banner"><p>We use cookies.</p><div>Accept <div>all</div></div></div>
<main>
  <header><h1>Baker &amp; Pastry&nbsp;Chef</h1></header>
  <p>You bake <b>bread</b> every
     morning.<br>You like&shy;d it yesterday.</p>
  <ul><li>Sourdough<li>Rye &ndash; 100&#37;</ul>
  <table><tr><td>Place</td><td>Lyon</td></tr></table>
  <p>We are a small house with three ovens, two cats and a waiting list, and we have baked in the same street
  since before the war. Who comes to us stays, on the average, eleven years, and leaves with a trade.</p>
  <button>Apply</button><select><option>FR</option></select>
  <div class="similar-jobs"><a href="1">Butcher</a></div>
</main>
<footer>Imprint</footer></body></html>"#;

#[test]
fn a_saved_page_is_its_advert() {
    let page = page(SAVED);
    assert_eq!(page.title.as_deref(), Some("Baker & Pastry Chef"));
    let lines: Vec<&str> = page.content.text.lines().collect();
    assert_eq!(
        lines[..7],
        [
            "Baker & Pastry Chef",
            "You bake bread every morning.",
            "You liked it yesterday.",
            "Sourdough",
            "Rye \u{2013} 100%",
            "Place",
            "Lyon",
        ]
    );
    assert_eq!(lines.len(), 8, "{lines:#?}");
    assert!(lines[7].ends_with("leaves with a trade."));
}

#[test]
fn every_stretch_points_at_the_bytes_it_says() {
    let content = page(SAVED).content;
    let ends = content.stretches.iter().skip(1).map(|s| s.at as usize);
    let ends = ends.chain([content.text.len()]);
    let mut exact = 0;
    for (stretch, end) in content.stretches.iter().zip(ends) {
        let here = &content.text.as_bytes()[stretch.at as usize..end];
        let there = &SAVED.as_bytes()[stretch.source as usize..];
        // A stretch is bytes of the source, or what stands for one entity or for blanks there.
        let common = here.iter().zip(there).take_while(|(a, b)| a == b).count();
        exact += common;
        assert!(
            common + 3 >= here.len(),
            "{:?} at {}",
            String::from_utf8_lossy(here),
            stretch.source
        );
    }
    assert!(exact * 20 > content.text.len() * 19);
}

#[test]
fn a_page_that_hides_its_advert_behind_such_names_is_read_all_the_same() {
    let text = "A long advert for a careful person who likes to work with wood and metal. ".repeat(5);
    let source = format!("<html><body><div class='menu'><p>{text}</p></div><p>ok</p></body></html>");
    assert!(page(&source).content.text.starts_with("A long advert"));
}

#[test]
fn a_run_of_links_is_a_menu_and_one_link_is_none() {
    let menu: String = (0..5)
        .map(|n| format!("<li><a href='{n}'>Topic {n}</a></li>"))
        .collect();
    let source = format!("<ul>{menu}</ul><p>See <a href='x'>our handbook</a> for the rest of it.</p>");
    let text = page(&format!("<html><body>{source}</body></html>")).content.text;
    assert_eq!(text, "See our handbook for the rest of it.");
}

#[test]
fn hostile_mark_up_costs_no_more_than_its_length() {
    let deep = format!(
        "{}deep inside{}",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    assert_eq!(clean(&deep), "deep inside");
    let deep = format!(
        "<html><nav>{}in{}</nav>out",
        "<nav>".repeat(100_000),
        "</nav>".repeat(100_000)
    );
    assert_eq!(page(&deep).content.text, "out");
    assert_eq!(
        page("<html><p>before</p><script>var a = '").content.text,
        "before"
    );
    assert_eq!(
        page("<html><p>before</p><!-- never closed <p>x").content.text,
        "before"
    );
    assert_eq!(page("<html></div></p></nav></main><p>text").content.text, "text");
    let flood = "&amp;".repeat(200_000);
    assert_eq!(clean(&flood).len(), 200_000);
    let many = format!("<p {}>text</p>", "class=a b=c ".repeat(50_000));
    assert_eq!(clean(&many), "text");
    let items =
        "<div itemscope itemtype='https://schema.org/JobPosting'><p itemprop=description>".repeat(5_000);
    assert!(page(&items).marked.len() <= 1_000);
    assert_eq!(clean("<p>&#0;&#x110000;&#xD800;</p>").chars().count(), 3);
}

#[test]
fn a_field_is_cleaned_only_where_there_is_mark_up() {
    for plain in [
        "R&D, AT&T and C&A",
        "salary < 50,000 > 40,000",
        "List<String> and Vec<T>",
        "a & b; c",
        "two  blanks\nand lines\n\n",
        "&; &#; &x;",
    ] {
        assert_eq!(cleaned(plain), None, "{plain}");
    }
    assert_eq!(
        clean("&ldquo;state of the art&rdquo;  R&D"),
        "\u{201c}state of the art\u{201d}  R&D"
    );
    assert_eq!(clean("<p>One</p><p>Two &lt;3</p>"), "One\nTwo <3");
    assert_eq!(clean("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;"), "One\nTwo");
    assert_eq!(clean("first line\nsecond <b>line</b>"), "first line\nsecond line");
}

#[test]
fn what_was_escaped_twice_keeps_its_places() {
    let source = "ab &lt;p&gt;One &amp;amp; two&lt;/p&gt;";
    let cleaned = cleaned(source).expect("mark-up");
    assert_eq!(cleaned.text, "ab\nOne & two");
    let at = source_of(&cleaned.stretches, 3);
    assert!(source[at as usize..].starts_with("One"));
}

proptest! {
    #[test]
    fn plain_text_is_left_as_it_is(text in "[^<&]{0,300}") {
        prop_assert_eq!(cleaned(&text), None);
    }

    #[test]
    fn what_was_cleaned_of_tags_holds_no_word_that_was_not_there(text in "[a-zA-Z <>/&;=\"'\n]{0,300}") {
        let cleaned = page(&text).content;
        for word in cleaned.text.split(|c: char| !c.is_ascii_alphabetic()) {
            prop_assert!(text.contains(word) || text.contains('&'), "{word}");
        }
    }

    #[test]
    fn offsets_point_at_the_same_bytes(
        parts in prop::collection::vec(
            prop_oneof![
                "[a-zA-Z\u{e4}\u{20ac}]{1,8}", Just(" ".to_owned()), Just("\n  ".to_owned()), Just("<p>".to_owned()),
                Just("</p><li>".to_owned()), Just("&amp;".to_owned()), Just("&nbsp;".to_owned()), Just("<br/>".to_owned()),
                Just("<b class='x'>".to_owned()), Just("<!-- c -->".to_owned()),
            ],
            0..60,
        )
    ) {
        let source = format!("<p>{}", parts.concat());
        let cleaned = cleaned(&source).expect("there is a tag");
        for (at, c) in cleaned.text.char_indices().filter(|(_, c)| c.is_alphabetic()) {
            let there = source_of(&cleaned.stretches, u32::try_from(at).expect("short")) as usize;
            prop_assert!(source[there..].starts_with(c), "{c} at {at} and {there}: {source:?}");
        }
    }
}
