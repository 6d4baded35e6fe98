//! What the tagger sees of a token: the word without its case and digits, its ends, its shape.

/// How many rows the hashed features share.
pub const BUCKETS: usize = 1 << 13;
/// How many hashed features a token has.
pub const HASHED: usize = 5;

/// The form under which a word is looked up: small letters, every digit a nought, plain apostrophes.
pub fn folded(token: &str, into: &mut String) {
    into.clear();
    for c in token.chars() {
        match c {
            'A'..='Z' => into.push(c.to_ascii_lowercase()),
            '0'..='9' => into.push('0'),
            '\u{2019}' | '\u{2018}' => into.push('\''),
            c if c.is_ascii() => into.push(c),
            c => into.extend(c.to_lowercase()),
        }
    }
    // "posted:" is cut in two where we cut ourselves, and one token in some sets.
    while into.len() > 1 && into.ends_with([':', ';']) {
        into.pop();
    }
}

/// The rows of a token's hashed features: shape, two endings, a beginning, and the shape with its length.
pub fn hashed(token: &str, folded: &str) -> [u32; HASHED] {
    let last = |n: usize| {
        let at = folded.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at);
        &folded[at..]
    };
    let head = folded
        .char_indices()
        .nth(3)
        .map_or(folded, |(at, _)| &folded[..at]);
    let mut shape = [0_u8; 12];
    let mut length = 0;
    for c in token.chars() {
        let sign = if c.is_lowercase() {
            b'x'
        } else if c.is_uppercase() {
            b'X'
        } else if c.is_numeric() {
            b'0'
        } else if c.is_alphabetic() {
            b'a'
        } else if c.is_ascii() {
            c as u8
        } else {
            b'*'
        };
        if length == 0 || shape[length - 1] != sign {
            if length == shape.len() {
                break;
            }
            shape[length] = sign;
            length += 1;
        }
    }
    let letters = u8::try_from(token.chars().take(12).count()).unwrap_or(12);
    [
        bucket(1, &shape[..length], 0),
        bucket(2, last(2).as_bytes(), 0),
        bucket(3, last(3).as_bytes(), 0),
        bucket(4, head.as_bytes(), 0),
        bucket(5, &shape[..length.min(2)], letters),
    ]
}

/// FNV-1a over the kind and the bytes.
fn bucket(kind: u8, bytes: &[u8], more: u8) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in [kind, more].iter().chain(bytes) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 29;
    u32::try_from(hash % BUCKETS as u64).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(token: &str) -> String {
        let mut into = String::new();
        folded(token, &mut into);
        into
    }

    #[test]
    fn case_and_digits_are_folded_and_kept_in_the_shape() {
        assert_eq!(form("Übung"), "übung");
        assert_eq!(form("2021"), "0000");
        assert_eq!(form("You’ll"), "you'll");
        assert_eq!(form("posted:"), "posted");
        let rows = |t: &str| hashed(t, &form(t));
        assert_ne!(rows("Java")[0], rows("JAVA")[0]);
        assert_eq!(rows("Java")[2], rows("JAVA")[2]);
        assert_eq!(rows("a")[1], rows("a")[1]);
    }
}
