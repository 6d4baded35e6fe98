//! Names in a text: those the person keeps out are taken out, and what looks like one is marked.
//!
//! A name that was listed is found whatever its case, accents and spacing. What only looks like a name
//! (an address, a number, "patient K.", "Mr Brown") is marked and stays: the person decides. English.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::patterns;
use super::shared::{Piece, SharedText};

/// The fewest letters of a word of a name that is looked for by itself.
const SHORTEST_PART: usize = 4;

/// A name that stays out of everything others see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptOut {
    /// The name, as it may stand in a text.
    pub name: String,
    /// Whose it is: what is said in its place.
    #[serde(default)]
    pub whose: Whose,
}

/// Whose name is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// A patient's, a pupil's, somebody in one's care.
    Patient,
    /// A client's or customer's.
    Client,
    /// A secret of the employer: a product, a project, a deal.
    Employer,
    /// Somebody's or something's.
    #[default]
    Other,
}

impl Whose {
    /// What stands in its place.
    pub fn in_its_place(self) -> &'static str {
        match self {
            Self::Patient => "[a patient]",
            Self::Client => "[a client]",
            Self::Employer => "[confidential]",
            Self::Other => "[name left out]",
        }
    }
}

/// What a part of a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Like {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A number that somebody or something goes by.
    Number,
    /// Somebody in one's care.
    Patient,
    /// A client or customer.
    Client,
    /// A person.
    Person,
    /// A part of a name that is kept out.
    PartOfName,
}

/// The names kept out, as they are looked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Their letters, the longest first.
    wanted: Vec<(Vec<char>, Whose)>,
    /// Their words.
    parts: HashSet<String>,
}

impl Names {
    pub(super) fn of<'k>(names: impl Iterator<Item = &'k KeptOut> + Clone) -> Self {
        let mut wanted: Vec<(Vec<char>, Whose)> = names
            .clone()
            .map(|kept| (spaced(&kept.name), kept.whose))
            .filter(|(letters, _)| !letters.is_empty())
            .collect();
        wanted.sort_by_key(|(letters, _)| std::cmp::Reverse(letters.len()));
        let parts = names
            .flat_map(|kept| kept.name.split(is_space))
            .filter(|part| part.chars().count() >= SHORTEST_PART)
            .map(plain)
            .collect();
        Self { wanted, parts }
    }
}

/// What would be seen of a text: names kept out are replaced, what looks like a name is marked.
pub(super) fn look(text: &str, names: &Names) -> SharedText {
    let words = patterns::words(text);
    let looks = patterns::all(text, &words);
    let mut marks = Marks::new();
    // In the order they stand, none over another: signs of an address end it.
    let addresses: Vec<&Range<usize>> = looks
        .iter()
        .filter(|(_, like)| *like == Like::Email)
        .map(|(of, _)| of)
        .collect();
    for (range, whose) in listed(text, names) {
        // Half an address gives away whose it is.
        let first = addresses.partition_point(|of| of.end <= range.start);
        let address = addresses.get(first).filter(|of| of.start < range.end);
        let range = address.map_or(range.clone(), |of| {
            of.start.min(range.start)..of.end.max(range.end)
        });
        add(&mut marks, range, Mark::Replaced(whose));
    }
    for (range, like) in looks {
        for free in left_of(&marks, text, range) {
            add(&mut marks, free, Mark::Looks(like));
        }
    }
    for range in parts_of_names(text, &words, names) {
        add(&mut marks, range, Mark::Looks(Like::PartOfName));
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, (end, mark)) in marks {
        if at < start {
            pieces.push(Piece::Plain(text[at..start].to_owned()));
        }
        at = end;
        pieces.push(match mark {
            Mark::Replaced(whose) => Piece::Replaced(whose.in_its_place()),
            Mark::Looks(like) => Piece::Looks {
                words: text[start..end].to_owned(),
                like,
            },
        });
    }
    if at < text.len() {
        pieces.push(Piece::Plain(text[at..].to_owned()));
    }
    SharedText::new(pieces)
}

#[derive(Debug, Clone, Copy)]
enum Mark {
    Replaced(Whose),
    Looks(Like),
}

/// Where marks begin and end; none over another.
type Marks = BTreeMap<usize, (usize, Mark)>;

/// Adds a mark unless something stands there already.
fn add(marks: &mut Marks, range: Range<usize>, mark: Mark) {
    let before = marks.range(..range.end).next_back();
    let free = before.is_none_or(|(_, (end, _))| *end <= range.start);
    if free && !range.is_empty() {
        marks.insert(range.start, (range.end, mark));
    }
}

/// What of a range no mark stands on, without the spaces and signs around it.
fn left_of(marks: &Marks, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut free = Vec::new();
    let mut at = range.start;
    // No mark stands over another, so those over the range are the last ones before its end.
    let over = marks.range(..range.end).rev();
    let mut over: Vec<_> = over.take_while(|(_, (end, _))| *end > range.start).collect();
    over.reverse();
    for (start, (end, _)) in over {
        if at < *start {
            free.push(at..*start);
        }
        at = at.max(*end);
    }
    if at < range.end {
        free.push(at..range.end);
    }
    if free == [range.clone()] {
        return free;
    }
    free.into_iter()
        .filter_map(|part| {
            let words = &text[part.clone()];
            let kept = words.trim_start_matches(|c: char| !c.is_alphanumeric());
            let start = part.end - kept.len();
            let kept = kept.trim_end_matches(|c: char| !c.is_alphanumeric());
            (!kept.is_empty()).then(|| start..start + kept.len())
        })
        .collect()
}

/// Where the listed names stand, longest first where they overlap.
fn listed(text: &str, names: &Names) -> Vec<(Range<usize>, Whose)> {
    if names.wanted.is_empty() {
        return Vec::new();
    }
    let text_letters = folded(text);
    let mut found: Vec<(Range<usize>, Whose)> = Vec::new();
    let mut at = 0;
    while at < text_letters.len() {
        let begins = at == 0 || !text_letters[at - 1].plain.is_alphanumeric();
        let here = begins
            .then(|| {
                names
                    .wanted
                    .iter()
                    .find_map(|(letters, whose)| Some((matches(&text_letters[at..], letters)?, *whose)))
            })
            .flatten();
        match here {
            Some((length, whose)) => {
                let start = text_letters[at].start;
                let end = text_letters[at + length - 1].end;
                found.push((start..end, whose));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// How many letters of a text a name takes, when the text begins with it as whole words.
fn matches(text: &[Letter], name: &[char]) -> Option<usize> {
    let mut at = 0;
    for &wanted in name {
        let letter = text.get(at)?.plain;
        if wanted == ' ' {
            if !is_space(letter) {
                return None;
            }
            while text.get(at).is_some_and(|l| is_space(l.plain)) {
                at += 1;
            }
        } else if letter == wanted {
            at += 1;
        } else {
            return None;
        }
    }
    let ends = text.get(at).is_none_or(|l| !l.plain.is_alphanumeric());
    (ends && at > 0).then_some(at)
}

/// What may stand between the words of a name, as in a file's: a space, a hyphen, an underline, a full stop.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '_' | '.' | '+')
}

/// What is not seen and must not hide a name: accents written apart, soft hyphens, spaces of no width.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The words of names where they stand by themselves with a capital, with an ending or without.
fn parts_of_names(text: &str, words: &[Range<usize>], names: &Names) -> Vec<Range<usize>> {
    const ENDING: usize = 2;
    if names.parts.is_empty() {
        return Vec::new();
    }
    let known = |word: &str| {
        let word = plain(word);
        let ends = word.char_indices().map(|(at, _)| at).rev().take(ENDING);
        std::iter::once(word.len())
            .chain(ends)
            .any(|end| names.parts.contains(&word[..end]))
    };
    words
        .iter()
        .filter(|range| {
            text[(*range).clone()].starts_with(char::is_uppercase) && known(&text[(*range).clone()])
        })
        .cloned()
        .collect()
}

/// A word without case and accents.
fn plain(word: &str) -> String {
    folded(word).iter().map(|l| l.plain).collect()
}

/// A letter without case and accent, and where it stands.
struct Letter {
    plain: char,
    start: usize,
    end: usize,
}

/// A name as it is looked for: without case and accents, words one space apart.
fn spaced(name: &str) -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    for letter in folded(name) {
        if !is_space(letter.plain) {
            letters.push(letter.plain);
        } else if letters.last().is_some_and(|l| *l != ' ') {
            letters.push(' ');
        }
    }
    while letters.last() == Some(&' ') {
        letters.pop();
    }
    letters
}

fn folded(text: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if is_unseen(c) {
            // It belongs to the letter before it.
            if let Some(last) = letters.last_mut() {
                last.end = end;
            }
            continue;
        }
        for lower in c.to_lowercase().filter(|l| !is_unseen(*l)) {
            letters.push(Letter {
                plain: without_accent(lower),
                start,
                end,
            });
        }
    }
    letters
}

fn without_accent(c: char) -> char {
    const ACCENTS: [(&str, char); 20] = [
        ("àáâãäåāăą", 'a'),
        ("çćĉċč", 'c'),
        ("ďđð", 'd'),
        ("èéêëēĕėęě", 'e'),
        ("ĝğġģ", 'g'),
        ("ĥħ", 'h'),
        ("ìíîïĩīĭįı", 'i'),
        ("ĵ", 'j'),
        ("ķ", 'k'),
        ("ĺļľŀł", 'l'),
        ("ñńņň", 'n'),
        ("òóôõöøōŏő", 'o'),
        ("ŕŗř", 'r'),
        ("śŝşšß", 's'),
        ("ţťŧ", 't'),
        ("ùúûüũūŭůűų", 'u'),
        ("ŵ", 'w'),
        ("ýÿŷ", 'y'),
        ("źżž", 'z'),
        ("’ʼ", '\''),
    ];
    if c.is_ascii() {
        return c;
    }
    let found = ACCENTS.iter().find(|(accented, _)| accented.contains(c));
    found.map_or(c, |(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Names {
        let kept = |name: &&str| KeptOut {
            name: (*name).to_owned(),
            whose: Whose::Client,
        };
        let kept: Vec<KeptOut> = list.iter().map(kept).collect();
        Names::of(kept.iter())
    }

    fn seen(text: &str, list: &[&str]) -> String {
        look(text, &names(list)).to_string()
    }

    #[test]
    fn a_listed_name_is_found_in_any_case_accent_and_spacing() {
        for text in [
            "met Zoë Müller-Lind today",
            "met ZOE  MULLER LIND today",
            "met zoe\u{308} mu\u{308}ller\u{2011}lind today",
            "met Zoë\nMüller Lind today",
        ] {
            assert_eq!(seen(text, &["zoe Müller Lind"]), "met [a client] today", "{text}");
        }
        assert_eq!(
            seen("Meier's file, (Meier)", &["Meier"]),
            "[a client]'s file, ([a client])"
        );
        assert_eq!(
            seen("O’Neill and O'Neill", &["O'Neill"]),
            "[a client] and [a client]"
        );
    }

    #[test]
    fn a_name_inside_a_word_is_not_meant() {
        assert_eq!(seen("Remeierte Meierei", &["Meier"]), "Remeierte Meierei");
    }

    #[test]
    fn the_longest_of_overlapping_names_is_taken_out() {
        assert_eq!(
            seen("for Acme Holding", &["Acme", "Acme Holding"]),
            "for [a client]"
        );
        assert_eq!(
            seen("Acme, Acme Holding", &["Acme", "Acme Holding"]),
            "[a client], [a client]"
        );
    }

    #[test]
    fn a_name_is_found_in_file_names_addresses_and_behind_signs_that_are_not_seen() {
        for (text, shown) in [
            ("zebedee_quill-ward.pdf", "[a client]-ward.pdf"),
            ("https://x.org/zebedee.quill/1", "https://x.org/[a client]/1"),
            ("mail anna.zebedee-quill@example.org now", "mail [a client] now"),
            ("Zebe\u{ad}dee\u{200b} Quill", "[a client]"),
        ] {
            assert_eq!(seen(text, &["Zebedee Quill"]), shown, "{text}");
        }
    }

    #[test]
    fn what_is_left_of_a_name_around_a_listed_one_is_marked() {
        let text = look("asked Dr Anna Meier Junior.", &names(&["Meier"]));
        assert_eq!(text.to_string(), "asked Dr Anna [a client] Junior.");
        assert_eq!(
            text.looks().collect::<Vec<_>>(),
            [("Anna", Like::Person), ("Junior", Like::Person)]
        );
    }

    #[test]
    fn a_part_of_a_listed_name_is_marked_and_stays() {
        let seen = look("Moss was there, moss grew, Mossens dog", &names(&["Edith Moss"]));
        assert_eq!(seen.to_string(), "Moss was there, moss grew, Mossens dog");
        assert_eq!(seen.looks().collect::<Vec<_>>(), [("Moss", Like::PartOfName)]);
        let seen = look("Meiers Akte", &names(&["Meier"]));
        assert_eq!(seen.looks().collect::<Vec<_>>(), [("Meiers", Like::PartOfName)]);
    }

    #[test]
    fn nothing_listed_nothing_taken_out_and_any_text_is_put_together_again() {
        for text in [
            "",
            "ß İ ﬀ \u{301}x",
            "日本語 Mr 田中",
            "x\u{300}\u{300}",
            "Dr",
            "@",
            "+",
        ] {
            assert_eq!(seen(text, &[]), text);
            assert_eq!(seen(text, &["", " ", "\u{301}"]), text);
        }
    }
}
