//! Words that leave a criterion open, and the question to ask before the day it matters.

use metier_core::framework::ambiguity::{Flag, Sort};

/// What is open, in a few words.
pub fn open(sort: Sort) -> &'static str {
    match sort {
        Sort::Unseen => "nothing anybody could see",
        Sort::Vague => "a word of praise",
        Sort::OpenCase => "left to opinion when it is asked",
        Sort::NoThreshold => "no number",
        Sort::TwoThings => "two things in one",
        Sort::Comparison => "compared with nobody named",
    }
}

/// The question to ask whoever will judge by it.
pub fn question(flag: &Flag) -> String {
    let words = &flag.words;
    match flag.sort {
        Sort::Unseen => format!("“{words}”: what would you have seen me do?"),
        Sort::Vague => format!("What would make it “{words}” for you?"),
        Sort::OpenCase => format!("“{words}”: when is it asked, and who decides?"),
        Sort::NoThreshold => format!("“{words}”: how often, how many or how large would be enough?"),
        Sort::TwoThings => format!("“… {words} …”: must both be there, or is one enough?"),
        Sort::Comparison => format!("“{words}”: compared with whom or what, and in what?"),
    }
}

/// Why it matters, in a sentence.
pub fn open_why(sort: Sort) -> &'static str {
    match sort {
        Sort::Unseen => "Nobody can see it happen, so nobody can say whether it did.",
        Sort::Vague => "It praises without saying what it looks like; two people will picture two things.",
        Sort::OpenCase => "When it applies is left to whoever judges, afterwards.",
        Sort::NoThreshold => "It says more or less, and not how much is enough.",
        Sort::TwoThings => "One can be there without the other; it does not say whether one is enough.",
        Sort::Comparison => "It compares with something that is not named.",
    }
}

#[cfg(test)]
mod tests {
    use metier_core::framework::ambiguity::flags;

    use super::*;

    #[test]
    fn every_flag_asks_a_question_about_its_words() {
        let text = "Shows an awareness of users. Communicates effectively. Escalates where needed. Meets them \
                    regularly. Designs the service and trains its users. Works more quickly.";
        let questions: Vec<String> = flags(text).iter().map(question).collect();
        assert_eq!(questions.len(), Sort::ALL.len(), "{questions:?}");
        assert!(
            questions.iter().all(|q| q.ends_with('?') && q.contains('“')),
            "{questions:?}"
        );
        let sorts: std::collections::BTreeSet<&str> = Sort::ALL.into_iter().map(open).collect();
        assert_eq!(sorts.len(), Sort::ALL.len());
    }
}
