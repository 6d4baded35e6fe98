//! No document makes the reader of levelling documents panic; what it makes of one is a sound framework,
//! the same every time, that is written and read back the same. The first byte chooses what is said of the
//! columns.
#![no_main]

use libfuzzer_sys::fuzz_target;
use metier_core::framework::check;
use metier_exchange::framework_yaml;
use metier_exchange::levelling::{Choices, Meaning, look, read};

/// A framework larger than this is checked without being written.
const WRITTEN: usize = 200;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let meaning = Meaning::ALL[usize::from(*first) % Meaning::ALL.len()];
    let choices = Choices {
        columns: if first % 3 == 0 { vec![("B".into(), meaning)] } else { Vec::new() },
        head: (first % 7 == 0).then_some(1),
        ..Choices::default()
    };
    for name in ["x.csv", "x.json", "x.yaml", "x"] {
        let looked = look(name, bytes, &choices);
        let Ok(levelling) = read(name, bytes, &choices) else { continue };
        // What can be read can be looked at, and its columns are the same.
        let looked = looked.expect("what is read can be looked at");
        assert!(levelling.sheets.iter().all(|s| looked.contains(s)));
        assert!(levelling.notes.iter().all(|n| !n.to_string().is_empty()));
        for part in levelling.parts.iter().take(20) {
            let Ok(framework) = levelling.framework(&[&part.name], &choices) else {
                assert!(!part.usable(levelling.tracks), "{}", part.name);
                continue;
            };
            assert_eq!(check(&framework), []);
            assert_eq!(framework.levels.len(), if levelling.tracks { part.steps.len() } else { part.levels.len() });
            if framework.competencies.len() < WRITTEN {
                let written = framework_yaml::write(&framework);
                let again = framework_yaml::read_draft(written.as_bytes()).expect("what was written is read");
                assert_eq!(again.digest(), framework.digest());
            }
        }
        let again = read(name, bytes, &choices).expect("read before");
        assert_eq!(again, levelling);
    }
});
