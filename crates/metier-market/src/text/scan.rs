//! One pass over the bytes of a text: where its words are, and a number of each that case does not change.
//!
//! Eight bytes are looked at together: which of them are letters or digits, and the same bytes in small
//! letters, are some twenty operations on one 64-bit number. A word of up to eight bytes is thereby its own
//! key, and nothing has to be compared again when it is looked up. Bytes above 127 take the slow way
//! through `char`, word by word.

/// The high bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;
/// One in each byte.
const ONE: u64 = 0x0101_0101_0101_0101;
/// Multiplier of the hash: 2^64 over the golden ratio, odd.
pub(crate) const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A word as it is scanned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw {
    /// The byte after the word before it; 0 for the first.
    pub gap: usize,
    /// Its first byte, a full stop of its own included.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The byte after its last letter or digit.
    pub body_end: usize,
    /// In small letters: the bytes themselves when they are at most eight, else their hash.
    pub key: u64,
    /// Whether `key` is a hash.
    pub long: bool,
    /// Whether the word has to be put into small letters by `char`.
    pub wide: bool,
}

impl Raw {
    /// Whether its first byte is a full stop that belongs to it.
    pub fn dotted(&self, text: &str) -> bool {
        text.as_bytes()[self.start] == b'.'
    }
}

/// Where the words of a text are.
#[derive(Debug, Clone)]
pub(crate) struct Scanner<'a> {
    pub text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// Before the first word. What stands behind `u32::MAX` bytes is not read.
    pub fn new(text: &'a str) -> Self {
        let most = u32::MAX as usize;
        let text = if text.len() > most {
            &text[..text.floor_char_boundary(most)]
        } else {
            text
        };
        Self { text, at: 0 }
    }

    /// The next word.
    #[allow(
        clippy::inline_always,
        reason = "called apart, a word goes through memory: half the speed of finding names"
    )]
    #[inline(always)]
    pub fn next_word(&mut self) -> Option<Raw> {
        let bytes = self.text.as_bytes();
        let gap = self.at;
        // One blank and then a word is what stands between most words.
        let mut begin = gap + usize::from(bytes.get(gap) == Some(&b' '));
        let mut part = Eight::at(bytes, begin);
        if part.run() == 0 {
            begin = next_letter(self.text, begin)?;
            part = Eight::at(bytes, begin);
        }
        let mut end = begin + part.run();
        let mut key = part.small_run();
        let mut long = false;
        while part.run() == 8 {
            part = Eight::at(bytes, end);
            if part.run() > 0 {
                key = mix(key, part.small_run());
                long = true;
            }
            end += part.run();
        }
        let mut raw = Raw {
            gap,
            start: begin,
            end,
            body_end: end,
            key,
            long,
            wide: false,
        };
        // Bytes above 127, a sign behind or a full stop before: all seldom.
        let behind = bytes.get(end).copied().unwrap_or(0);
        if behind >= 0x80 || matches!(behind, b'+' | b'#') || (begin > gap && bytes[begin - 1] == b'.') {
            raw = self.seldom(raw);
        }
        self.at = raw.end;
        Some(raw)
    }

    #[cold]
    fn seldom(&self, mut raw: Raw) -> Raw {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let begin = raw.start;
        if bytes.get(raw.end).is_some_and(|b| *b >= 0x80) {
            let body = &text[begin..];
            raw.end = begin + body.find(|c: char| !c.is_alphanumeric()).unwrap_or(body.len());
        }
        raw.body_end = raw.end;
        raw.wide = !bytes[begin..raw.end].is_ascii();
        let signs = bytes[raw.end..]
            .iter()
            .take_while(|b| matches!(b, b'+' | b'#'))
            .count();
        // "C++" and "C#", but neither the heading "one ### two" nor "1+1".
        let behind = text[raw.end + signs..].chars().next();
        if signs <= 2 && !behind.is_some_and(char::is_alphanumeric) {
            raw.end += signs;
        }
        let before = &text[raw.gap..begin];
        if let Some(rest) = before.strip_suffix('.')
            && text[begin..].starts_with(char::is_alphabetic)
            && rest
                .chars()
                .next_back()
                .map_or(raw.gap == 0 && rest.is_empty(), |c| {
                    c.is_whitespace() || matches!(c, '(' | '/' | ',')
                })
        {
            raw.start = begin - 1;
        }
        if raw.wide {
            (raw.key, raw.long) = key(text[raw.start..raw.end].to_lowercase().as_bytes());
        } else {
            (raw.key, raw.long) = key(&bytes[raw.start..raw.end]);
        }
        raw
    }
}

/// The next letter or digit at or behind a place.
fn next_letter(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let part = Eight::at(bytes, at);
        let stop = part.letters | part.wide;
        at += (stop.trailing_zeros() / 8) as usize;
        if stop == 0 {
            continue;
        }
        if bytes[at] < 0x80 {
            return Some(at);
        }
        let c = text[at..].chars().next()?;
        if c.is_alphanumeric() {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// The key of a word's bytes, with the letters A to Z made small, and whether it is a hash.
pub(crate) fn key(word: &[u8]) -> (u64, bool) {
    let mut parts = eights(word);
    let mut key = parts.next().unwrap_or(0);
    let mut long = false;
    for part in parts {
        key = mix(key, part);
        long = true;
    }
    (key, long)
}

/// A word eight bytes at a time, with the letters A to Z made small and zeros behind its end.
pub(crate) fn eights(word: &[u8]) -> impl Iterator<Item = u64> {
    word.chunks(8).map(|part| Eight::at(part, 0).small)
}

/// The keys of a text's words, in order.
pub(crate) fn keys(text: &str) -> impl Iterator<Item = u64> {
    let mut scanner = Scanner::new(text);
    std::iter::from_fn(move || scanner.next_word().map(|raw| raw.key))
}

/// A number for the words of a name, whatever their case.
pub(crate) fn name_key(name: &str) -> u64 {
    keys(name).fold(0, mix)
}

/// Hashes what is spread already: keys, and pairs of numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spread(u64);

impl std::hash::Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for part in eights(bytes) {
            self.0 = mix(self.0, part);
        }
    }

    fn write_u8(&mut self, part: u8) {
        self.0 = mix(self.0, part.into());
    }

    fn write_u32(&mut self, part: u32) {
        self.0 = mix(self.0, part.into());
    }

    fn write_u64(&mut self, part: u64) {
        self.0 = mix(self.0, part);
    }
}

/// A table that uses [`Spread`].
pub(crate) type SpreadMap<K, V> = std::collections::HashMap<K, V, std::hash::BuildHasherDefault<Spread>>;

#[inline]
fn mix(key: u64, part: u64) -> u64 {
    (key.wrapping_mul(SPREAD).rotate_left(29) ^ part).wrapping_mul(SPREAD)
}

/// Eight bytes of a text.
#[derive(Clone, Copy)]
struct Eight {
    /// The bytes, with A to Z made small.
    small: u64,
    /// The high bit of each byte that is an ASCII letter or digit.
    letters: u64,
    /// The high bit of each byte above 127.
    wide: u64,
}

impl Eight {
    /// The bytes from a place on; zeros behind the end of the text.
    #[inline]
    fn at(bytes: &[u8], at: usize) -> Self {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let eight = match rest.first_chunk::<8>() {
            Some(eight) => *eight,
            None => tail(rest),
        };
        let all = u64::from_le_bytes(eight);
        let wide = all & HIGH;
        let low = all & !HIGH;
        // Adding carries into a byte's high bit exactly when the byte is at least the bound; no sum passes
        // 255, so no byte touches its neighbour.
        let at_least = |bytes: u64, bound: u64| bytes + ONE * (0x80 - bound);
        let folded = low | (ONE * 0x20);
        let alphabetic = at_least(folded, 0x61) & !at_least(folded, 0x7b) & HIGH & !wide;
        let digits = at_least(low, 0x30) & !at_least(low, 0x3a) & HIGH & !wide;
        Self {
            small: all | (alphabetic >> 2),
            letters: alphabetic | digits,
            wide,
        }
    }

    /// How many letters and digits it begins with.
    #[inline]
    fn run(self) -> usize {
        ((!self.letters & HIGH).trailing_zeros() / 8) as usize
    }

    /// Those letters and digits, small, and zeros behind them.
    #[inline]
    fn small_run(self) -> u64 {
        let stop = !self.letters & HIGH;
        // All bits below the first stop's byte; everything when there is none.
        let below = (stop & stop.wrapping_neg()).wrapping_sub(1) >> 7;
        let kept = if stop == 0 { u64::MAX } else { below };
        self.small & kept
    }
}

#[cold]
fn tail(rest: &[u8]) -> [u8; 8] {
    let mut eight = [0; 8];
    for (to, from) in eight.iter_mut().zip(rest) {
        *to = *from;
    }
    eight
}
