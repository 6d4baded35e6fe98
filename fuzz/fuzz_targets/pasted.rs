//! No paste makes the list reader panic; every item is a text of one line, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_exchange::pasted::{ITEMS_MAX, pasted_list};

fuzz_target!(|text: &str| {
    let items = pasted_list(text);
    assert!(items.len() <= ITEMS_MAX);
    assert!(items.is_sorted_by_key(|item| item.line));
    for item in items {
        assert!(item.text.contains(char::is_alphanumeric), "{:?}", item.text);
        assert!(!item.text.contains('\n'));
        assert!(text.lines().count() as u64 >= item.line);
    }
});
