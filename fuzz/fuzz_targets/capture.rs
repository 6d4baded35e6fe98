//! No paste makes a reader panic, whatever form it is taken for; what is read is bounded, has a title of
//! one line, and is kept and read back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_exchange::capture::{
    Column, Form, Mapping, PROPOSALS_MAX, Proposal, TITLE_MAX, head_of_table, read, read_table,
};

const FORMS: [Option<Form>; 7] = [
    None,
    Some(Form::List),
    Some(Form::Resume),
    Some(Form::JsonResume),
    Some(Form::Markdown),
    Some(Form::Mail),
    Some(Form::Table),
];

// The first byte says what form it is taken for; '1' finds out.
fuzz_target!(|input: &[u8]| {
    let Some((form, bytes)) = input.split_first() else {
        return;
    };
    let form = FORMS[usize::from(*form) % FORMS.len()];
    match read(bytes, form) {
        Ok(reading) => {
            assert!((1..=PROPOSALS_MAX).contains(&reading.proposals.len()));
            reading.proposals.iter().for_each(holds);
        }
        Err(problems) => assert!((1..=20).contains(&problems.len())),
    }
    if form == Some(Form::Table)
        && let Ok(head) = head_of_table(bytes)
        && let Ok(reading) = read_table(bytes, &Mapping::default().with(Column::What, Some(head.names.len() / 2)))
    {
        reading.proposals.iter().for_each(holds);
    }
});

fn holds(proposal: &Proposal) {
    assert!(!proposal.title.trim().is_empty(), "{proposal:?}");
    assert!(!proposal.title.contains('\n'), "{proposal:?}");
    assert!(proposal.title.chars().count() <= TITLE_MAX + 1, "{proposal:?}");
    assert!(!proposal.place.is_empty() && !proposal.from.is_empty(), "{proposal:?}");
    assert!(proposal.day.as_ref().is_none_or(|day| !day.said.is_empty()), "{proposal:?}");
    let kept = serde_json::to_string(proposal).expect("a proposal is kept as JSON");
    let read: Proposal = serde_json::from_str(&kept).expect("and read back");
    assert_eq!(read, *proposal);
}
