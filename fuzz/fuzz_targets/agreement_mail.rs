//! No pasted mail makes the reader panic, and a no is never read where somebody wrote a bare yes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_core::agreement::Says;
use metier_exchange::agreement_mail::{QUESTIONS, read};

fuzz_target!(|text: &str| {
    let sent = format!("Hello Edith,\n\n1. {}\n\n2. {}\n\nAda", QUESTIONS[0], QUESTIONS[1]);
    if let Ok(reply) = read(text, &sent) {
        assert!(reply.words.len() + reply.otherwise.len() + reply.beside.len() <= text.len() + 8);
    }
    // Whatever stands under the second question, a yes under the first one is a yes.
    let answered = format!("1. yes\n2. {}", text.replace(['\n', '\r'], " "));
    if let Ok(reply) = read(&answered, &sent) {
        assert_eq!(reply.says, Some(Says::Yes), "{answered}");
    }
});
