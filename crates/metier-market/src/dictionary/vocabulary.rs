//! The different words of the names, each with a number; one probe finds a word or says it is none.

use crate::text::scan::{Raw, SPREAD, SpreadMap, eights, key};

/// What is known of a word of the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// Its number; an inflected form has the number of the word it is a form of.
    pub number: u32,
    bits: u32,
}

const BEGINS: u32 = 1;
const GOES_ON: u32 = 2;
const INFLECTED: u32 = 4;
const LONG: u32 = 8;
const OPEN: u32 = 16;
const ENDS: u32 = 32;
/// Where in `bits` the place of a long word's letters begins.
const PLACE: u32 = 6;

impl Known {
    /// Of a word that stands in no name.
    pub const NONE: Self = Self { number: 0, bits: 0 };

    /// Whether a name begins with it.
    #[inline]
    pub fn begins(self) -> bool {
        self.bits & BEGINS != 0
    }

    /// Whether a name goes on with it.
    #[inline]
    pub fn goes_on(self) -> bool {
        self.bits & GOES_ON != 0
    }

    /// Whether a name may go on from this word to another: one begins here, and one goes on there.
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "a branch here is one the processor guesses wrong"
    )]
    #[inline]
    pub fn leads_to(self, other: Self) -> bool {
        (self.bits & OPEN != 0) & (other.bits & GOES_ON != 0)
    }

    /// Whether it is a name alone, as it is written: a form of a word may be another word.
    #[inline]
    pub fn ends(self) -> bool {
        self.bits & (ENDS | INFLECTED) == ENDS
    }
}

/// A place of the table; a key of 0 is none, because no word begins with a zero byte.
#[derive(Debug, Clone, Copy)]
struct Slot {
    key: u64,
    known: Known,
}

const EMPTY: Slot = Slot {
    key: 0,
    known: Known::NONE,
};

/// Words in small letters, looked up by the key that scanning gives.
///
/// Open addressing, at most half full. A word of up to eight bytes is its own key; of a longer one the
/// letters are kept apart, eight bytes to a number behind their count, and compared.
#[derive(Debug, Clone)]
pub(super) struct Vocabulary {
    slots: Vec<Slot>,
    shift: u32,
    letters: Vec<u64>,
}

impl Default for Vocabulary {
    fn default() -> Self {
        Self {
            slots: vec![EMPTY; 2],
            shift: 63,
            letters: Vec::new(),
        }
    }
}

/// What a word is good for, while names are gathered.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one bit of what is looked up"
)]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    /// Its number.
    pub number: u32,
    /// A name begins with it.
    pub begins: bool,
    /// A name goes on with it.
    pub goes_on: bool,
    /// A name begins with it and goes on.
    pub open: bool,
    /// It is a name alone.
    pub ends: bool,
}

impl Vocabulary {
    /// The vocabulary of these words in small letters, and of the forms they may take in a text: each with
    /// the word it is a form of.
    pub fn new(words: &SpreadMap<Box<str>, Part>, forms: &[(String, &str)]) -> Self {
        let size = ((words.len() + forms.len()) * 2).next_power_of_two().max(2);
        let mut made = Self {
            slots: vec![EMPTY; size],
            shift: 64 - size.trailing_zeros(),
            letters: Vec::new(),
        };
        // In the order of their numbers, so that the same names give the same table.
        let mut ordered: Vec<_> = words.iter().collect();
        ordered.sort_unstable_by_key(|(_, part)| part.number);
        for (word, part) in ordered {
            made.put(word, *part, 0);
        }
        for (form, of) in forms {
            if let Some(part) = words.get(*of) {
                made.put(form, *part, INFLECTED);
            }
        }
        made
    }

    fn put(&mut self, word: &str, part: Part, more: u32) {
        let (key, long) = key(word.as_bytes());
        let mut bits = more;
        if part.begins {
            bits |= BEGINS;
        }
        if part.goes_on {
            bits |= GOES_ON;
        }
        if part.open {
            bits |= OPEN;
        }
        if part.ends {
            bits |= ENDS;
        }
        if long {
            let place = u32::try_from(self.letters.len()).unwrap_or(u32::MAX);
            bits |= LONG | (place << PLACE);
            self.letters.push(word.len().div_ceil(8) as u64);
            self.letters.extend(eights(word.as_bytes()));
        }
        let mut at = self.home(key);
        while self.slots[at].key != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = Slot {
            key,
            known: Known {
                number: part.number,
                bits,
            },
        };
    }

    #[inline]
    fn home(&self, key: u64) -> usize {
        // The table has 2^(64 - shift) places, so the shifted number is one of them.
        usize::try_from(key.wrapping_mul(SPREAD) >> self.shift).unwrap_or(0)
    }

    /// What is known of a scanned word.
    #[inline]
    pub fn get(&self, text: &str, raw: &Raw) -> Option<Known> {
        let mut at = self.home(raw.key);
        loop {
            let slot = self.slots.get(at)?;
            if slot.key == raw.key && (slot.known.bits & LONG != 0) == raw.long {
                if !raw.long || self.same(slot.known, text, raw) {
                    return Some(slot.known);
                }
            } else if slot.key == 0 {
                return None;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline(never)]
    /// Whether a long word of a text is letter by letter the one with the same hash.
    fn same(&self, known: Known, text: &str, raw: &Raw) -> bool {
        let place = (known.bits >> PLACE) as usize;
        let Some((count, letters)) = self.letters[place..].split_first() else {
            return false;
        };
        let word = &text[raw.start..raw.end];
        let letters = letters.iter().copied().take(usize::try_from(*count).unwrap_or(0));
        if raw.wide {
            eights(word.to_lowercase().as_bytes()).eq(letters)
        } else {
            eights(word.as_bytes()).eq(letters)
        }
    }
}
