//! Nothing that comes back makes a reader panic, a form or a mail; what is read is no longer than what came.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_exchange::feedback_form::read_form;
use metier_exchange::feedback_mail::read_mail_answer;

const SENT: &str = "Hello Bo,\n\n1. What did you see me do?\n\n2. Would you let me do it unsupervised next time?\n\n\
    3. What do I do well?\n\nThank you!\nAda\n";
const QUESTIONS: [&str; 3] = [
    "What did you see me do?",
    "Would you let me do it unsupervised next time?",
    "What do I do well?",
];

fuzz_target!(|bytes: &[u8]| {
    if let Ok(form) = read_form(bytes) {
        assert!(form.altered(&form).is_none());
        // UTF-8 takes at most three bytes for one of another encoding.
        let read: usize = form.places.iter().map(|p| p.name.len() + p.answer.len()).sum();
        assert!(read <= 3 * bytes.len());
    }
    let text = String::from_utf8_lossy(bytes);
    if let Ok(answer) = read_mail_answer(&text, SENT, &QUESTIONS) {
        assert_eq!(answer.answers.len(), QUESTIONS.len());
        assert!(answer.answers.iter().any(|a| !a.is_empty()));
        let read: usize = answer.answers.iter().map(String::len).sum();
        assert!(read <= text.len() + 2);
    }
});
