//! Names of people, as they are compared.

/// A name without what tells nobody from anybody: its case, and how it is spaced.
pub fn plain_name(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// True when two names are the same but for case and spaces.
pub fn same_name(a: &str, b: &str) -> bool {
    plain_name(a) == plain_name(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_tell_nobody_from_anybody() {
        assert!(same_name(" Rosa  DIAZ ", "rosa\u{a0}diaz"));
        assert!(!same_name("Rosa Diaz", "Rosadiaz"));
        assert!(!same_name("", "Rosa"));
    }
}
