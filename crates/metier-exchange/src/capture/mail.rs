//! A mail, as it was pasted from a program or saved as a file: what its writer says, without headers,
//! greeting, quoted replies, signature and disclaimer.

use mail_parser::MessageParser;
use metier_core::evidence::Happening;
use metier_core::framework::EvidenceKind;

use super::dates::{self, Dated, Exactness};
use super::list;
use super::mail_body::{self, unwrapped};
use super::{Form, Proposed, Reading, noted};

/// Forwarded mails inside forwarded mails that are followed.
const FORWARDS_MAX: usize = 4;

/// Headers as people's programs show them when a mail is copied.
const HEADERS: [&str; 8] = ["from", "to", "cc", "bcc", "subject", "date", "sent", "reply-to"];

/// True when a text begins with the headers of a mail.
pub(super) fn looks_like_it(text: &str) -> bool {
    let head: Vec<&str> = text
        .trim_start()
        .lines()
        .take(60)
        .take_while(|l| !l.trim().is_empty())
        .collect();
    let named = |name: &str| {
        head.iter()
            .any(|line| header(line).is_some_and(|(n, _)| n == name))
    };
    let first = head.first().is_some_and(|line| header(line).is_some());
    first && named("from") && (named("subject") || named("date") || named("sent") || named("to"))
}

/// The name of a header in lower case, and its value.
pub(super) fn header(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.trim_matches('*').split_once(':')?;
    let name = name.trim_matches(|c: char| c == '*' || c.is_whitespace());
    let letters = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (letters && name.len() <= 40).then(|| (name.to_ascii_lowercase(), value.trim_matches(['*', ' ', '\t'])))
}

pub(super) fn read(text: &str) -> Reading {
    let mut left_out = Vec::new();
    let mail = opened(text);
    let mut proposals = Vec::new();
    letter(&mail, 0, &mut proposals, &mut left_out);
    Reading {
        form: Form::Mail,
        proposals,
        left_out,
    }
}

/// A mail taken apart.
#[derive(Default)]
struct Letter {
    from: String,
    subject: String,
    date: Option<Dated>,
    /// The line of the paste that the body begins on.
    line: u64,
    body: String,
}

/// Takes a mail apart: one saved as a file by its encoding, one copied from a window by its lines.
fn opened(text: &str) -> Letter {
    let text_begins = text.trim_start();
    let head: Vec<&str> = text_begins.lines().take_while(|l| !l.trim().is_empty()).collect();
    let raw = head.iter().any(|line| {
        header(line)
            .is_some_and(|(name, _)| matches!(name.as_str(), "mime-version" | "content-type" | "received"))
    });
    let parsed = raw
        .then(|| MessageParser::default().parse(text_begins.as_bytes()))
        .flatten();
    let Some(mail) = parsed else {
        return plain(text);
    };
    let sender = mail.from().and_then(|from| from.first());
    let from = sender.and_then(|from| from.name().or_else(|| from.address()));
    let date = mail
        .date()
        .map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day));
    Letter {
        from: from.unwrap_or_default().to_owned(),
        subject: mail.subject().unwrap_or_default().to_owned(),
        date: date.and_then(|date| dates::whole(&date)).map(of_header),
        line: 1 + head.len() as u64,
        body: mail.body_text(0).unwrap_or_default().into_owned(),
    }
}

/// A mail copied from a window: headers by name, an empty line, the body.
fn plain(text: &str) -> Letter {
    let mut letter = Letter {
        line: 1,
        ..Letter::default()
    };
    let mut body: Vec<&str> = Vec::new();
    let mut in_head = true;
    for raw in text.lines() {
        let line = raw.trim();
        let blank_before_head = line.is_empty() && letter.from.is_empty() && body.is_empty();
        if !in_head {
            body.push(raw);
            continue;
        }
        letter.line += 1;
        match header(line) {
            Some((name, value)) if HEADERS.contains(&name.as_str()) || !name.contains(' ') => {
                match name.as_str() {
                    "from" => letter.from = name_of(value),
                    "subject" => value.clone_into(&mut letter.subject),
                    "date" | "sent" => letter.date = dates::in_heading(value, None).map(of_header),
                    _ => {}
                }
            }
            // A header that goes on in the next line, or the gap before the first.
            _ if blank_before_head || raw.starts_with([' ', '\t']) && !line.is_empty() => {}
            _ => {
                in_head = false;
                if !line.is_empty() {
                    letter.line -= 1;
                    body.push(raw);
                }
            }
        }
    }
    letter.body = body.join("\n");
    letter
}

fn of_header(mut date: Dated) -> Dated {
    date.said = format!("the mail’s date, {}", date.said);
    date.exact = Exactness::Day;
    date
}

/// "Edith Moss" of "Edith Moss <edith@example.org>".
fn name_of(value: &str) -> String {
    let name = value
        .split(['<', '['])
        .next()
        .unwrap_or_default()
        .trim()
        .trim_matches('"');
    if name.is_empty() { value } else { name }.to_owned()
}

/// What the writer of a mail says, and then what the mails say that are forwarded in it.
fn letter(mail: &Letter, depth: usize, proposals: &mut Vec<super::Proposal>, left_out: &mut Vec<String>) {
    let lines: Vec<(u64, &str)> = (mail.line..).zip(mail.body.lines()).collect();
    let forward = lines.iter().position(|(_, line)| is_forward(line));
    let (own, forwarded) = lines.split_at(forward.unwrap_or(lines.len()));
    let said = mail_body::own_words(own, left_out);
    let paragraphs = unwrapped(&said);
    let reading = list::read_lines(paragraphs.iter().map(|(line, text)| (*line, text.as_str())));
    let source = match (mail.from.is_empty(), mail.subject.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("From a mail by {}", mail.from),
        (true, false) => format!("From the mail “{}”", mail.subject),
        (false, false) => format!("From a mail by {}, “{}”", mail.from, mail.subject),
    };
    for mut proposal in reading.proposals {
        if proposal.what.kind() == Some(EvidenceKind::Recognition) && !mail.from.is_empty() {
            proposal.what = Proposed::Evidence(Happening::Recognition {
                by: mail.from.clone(),
                how: "mail".into(),
            });
        }
        proposal.note = noted(&[&proposal.note, &source]);
        proposal.day = proposal.day.or_else(|| mail.date.clone());
        proposals.push(proposal);
    }
    let Some(((marker, _), inner)) = forwarded.split_first() else {
        return;
    };
    if depth == FORWARDS_MAX {
        left_out.push("Mails forwarded inside forwarded mails.".into());
        return;
    }
    let text: Vec<&str> = inner.iter().map(|(_, line)| *line).collect();
    let mut inner = plain(&text.join("\n"));
    inner.line += marker;
    letter(&inner, depth + 1, proposals, left_out);
}

fn is_forward(line: &str) -> bool {
    let bare = line
        .trim_matches(|c: char| c == '-' || c == '=' || c.is_whitespace())
        .to_lowercase();
    matches!(
        bare.trim_end_matches(':'),
        "forwarded message" | "begin forwarded message"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(reading: &Reading) -> Vec<&str> {
        reading.proposals.iter().map(|p| p.title.as_str()).collect()
    }

    const REPLY: &str = "\
From: Edith Moss <edith@example.org>
Sent: Tuesday, March 3, 2026 9:14 AM
To: Ada <ada@example.org>
Subject: RE: the spring launch

Hi Ada,

thank you for the launch: eight articles, all
on time. The board noticed.

- you also kept the budget
- and trained Bo

Kind regards,
Edith

Edith Moss | Head of content
Tel. +44 20 7946 0000

From: Ada
Sent: Monday, March 2, 2026 5:00 PM
To: Edith Moss
Subject: the spring launch

I published the last article.
";

    #[test]
    fn headers_greeting_signature_and_quoted_mail_come_off() {
        assert!(looks_like_it(REPLY));
        let reading = read(REPLY);
        assert_eq!(
            titles(&reading),
            [
                "thank you for the launch: eight articles, all on time. The board noticed.",
                "you also kept the budget",
                "and trained Bo",
            ]
        );
        let first = &reading.proposals[0];
        assert!(
            first
                .note
                .ends_with("From a mail by Edith Moss, “RE: the spring launch”")
        );
        let day = first.day.as_ref().unwrap();
        assert_eq!(
            (day.date.to_string().as_str(), day.exact),
            ("2026-03-03", Exactness::Day)
        );
        assert!(matches!(
            &first.what,
            Proposed::Evidence(Happening::Recognition { by, how }) if by == "Edith Moss" && how == "mail"
        ));
        assert_eq!(first.place, "line 8");
        let said = reading.left_out.join(" ");
        assert!(said.contains("greeting") && said.contains("signature"), "{said}");
    }

    #[test]
    fn marked_and_unmarked_quotations_come_off() {
        let marked = "From: Bo\nDate: 2026-03-03\n\nOn Tue, 3 Mar 2026 at 09:14, Ada Lovelace via the list\n<ada@example.org> wrote:\n> I did x\n>> and y\n\nAgreed, you solved it.\nSent from my iPhone\n";
        let reading = read(marked);
        assert_eq!(titles(&reading), ["Agreed, you solved it."]);
        assert!(reading.left_out[0].contains("4 lines"), "{:?}", reading.left_out);
        let unmarked =
            "From: Bo\nTo: Ada\n\nYou solved it.\n\n-----Original Message-----\nFrom: Ada\nI did x\n";
        assert_eq!(titles(&read(unmarked)), ["You solved it."]);
        let all = read("From: Bo\nTo: Ada\n\n> only\n> this\n");
        assert!(all.proposals.is_empty() && all.left_out[0].contains("2 lines"));
    }

    #[test]
    fn what_is_forwarded_is_read_with_its_own_headers() {
        let text = "From: Ada\nTo: Ada\nDate: 2026-05-01\n\n---------- Forwarded message ---------\nFrom: Cy <cy@example.org>\nDate: Mon, 4 May 2025\nSubject: Prize\n\nYou won the prize.\n-- \nCy\n";
        let reading = read(text);
        assert_eq!(titles(&reading), ["You won the prize."]);
        let p = &reading.proposals[0];
        assert_eq!(p.day.as_ref().unwrap().date.to_string(), "2025-05-04");
        assert!(p.note.contains("Cy"));
        assert_eq!(p.place, "line 10");
    }

    #[test]
    fn a_mail_saved_as_a_file_is_decoded() {
        let text = "Received: from x\nFrom: =?utf-8?Q?J=C3=B6rg?= <j@example.org>\nSubject: =?utf-8?B?R3LDvMOfZQ==?=\nDate: Tue, 3 Mar 2026 09:14:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nYou ran the Caf=E9 days, and every single one of them came off without a hit=\nch.\n";
        assert!(looks_like_it(text));
        let reading = read(text);
        assert_eq!(
            titles(&reading),
            ["You ran the Café days, and every single one of them came off without a hitch."]
        );
        assert!(
            reading.proposals[0].note.contains("Jörg, “Grüße”"),
            "{}",
            reading.proposals[0].note
        );
        let html = "From: Bo <b@example.org>\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>You <b>fixed</b> the press.</p><script>x()</script>\n";
        assert_eq!(titles(&read(html)), ["You fixed the press."]);
    }

    #[test]
    fn a_list_is_no_mail() {
        for text in ["- From: nobody", "Did: x\nDid: y", "From March: did x", ""] {
            assert!(!looks_like_it(text), "{text}");
        }
    }
}
