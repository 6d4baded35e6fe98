//! Sentences with the labels of what they ask for.
//!
//! Two layouts are read. One row for each sentence, its labels as a list in the manner of Python
//! (`sentence,skills`; with `UNK` among them something is asked for that no label fits, and the sentence counts
//! as one without labels); and one row for each span of a sentence
//! (`sentence,span,label`), where `LABEL NOT PRESENT` and `UNDERSPECIFIED` stand for none.

use super::DatasetError;

/// A sentence and the labels of all it asks for; none where the data set knows none that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The sentence.
    pub sentence: String,
    /// Its labels, each once, in the order they are given.
    pub labels: Vec<String>,
}

/// What a row of sentences has to hold.
const SENTENCES: &str = "columns sentence and skills, the skills as a list like ['a', 'b']";
/// What a row of spans has to hold.
const ANNOTATIONS: &str = "columns sentence and label";
/// What stands for something asked for that no label fits.
const UNKNOWN: &str = "UNK";
/// What stands for no label of a span.
const NONE: [&str; 2] = ["LABEL NOT PRESENT", "UNDERSPECIFIED"];

/// Sentences, one a row.
///
/// # Errors
/// When a column is missing, or a row cannot be read; nothing is kept then.
pub fn read_sentences(bytes: &[u8]) -> Result<Vec<Asked>, DatasetError> {
    rows(
        bytes,
        ["sentence", "skills"],
        SENTENCES,
        |line, sentence, skills| {
            let mut labels = list(skills).ok_or_else(|| refused(line, skills, SENTENCES))?;
            if labels.iter().any(|l| l == UNKNOWN) {
                labels.clear();
            }
            Ok(Asked {
                sentence: sentence.to_owned(),
                labels: each_once(labels),
            })
        },
    )
}

/// Spans, one a row; those of one sentence are put together, in the order in which sentences first stand.
///
/// # Errors
/// When a column is missing, or a row cannot be read; nothing is kept then.
pub fn read_annotations(bytes: &[u8]) -> Result<Vec<Asked>, DatasetError> {
    let spans = rows(bytes, ["sentence", "label"], ANNOTATIONS, |_, sentence, label| {
        Ok((sentence.to_owned(), label.to_owned()))
    })?;
    let mut places = std::collections::HashMap::new();
    let mut found: Vec<Asked> = Vec::new();
    for (sentence, label) in spans {
        let place = *places.entry(sentence.clone()).or_insert_with(|| {
            found.push(Asked {
                sentence,
                labels: Vec::new(),
            });
            found.len() - 1
        });
        found[place].labels.push(label);
    }
    for asked in &mut found {
        asked.labels = each_once(std::mem::take(&mut asked.labels));
    }
    Ok(found)
}

/// A file of labels, one a line; blank lines are skipped, and a label given twice is one.
pub fn read_labels(text: &str) -> Vec<String> {
    each_once(text.lines().map(|l| l.trim().to_owned()).collect())
}

fn rows<T>(
    bytes: &[u8],
    columns: [&str; 2],
    expected: &'static str,
    mut each: impl FnMut(usize, &str, &str) -> Result<T, DatasetError>,
) -> Result<Vec<T>, DatasetError> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader
        .headers()
        .map_err(|e| refused(1, &e.to_string(), expected))?;
    let place = |column| {
        headers
            .iter()
            .position(|h| h.trim_start_matches('\u{feff}') == column)
    };
    let [Some(first), Some(second)] = columns.map(place) else {
        let found: Vec<_> = headers.iter().collect();
        return Err(refused(1, &found.join(","), expected));
    };
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| {
            let line = e.position().map_or(0, csv::Position::line);
            refused(usize::try_from(line).unwrap_or(0), &e.to_string(), expected)
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(0);
        let field = |at| record.get(at).unwrap_or("");
        found.push(each(line, field(first), field(second))?);
    }
    if found.is_empty() {
        return Err(DatasetError::Empty { expected });
    }
    Ok(found)
}

fn refused(line: usize, found: &str, expected: &'static str) -> DatasetError {
    DatasetError::Line {
        line,
        found: found.chars().take(80).collect(),
        expected,
    }
}

fn each_once(labels: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let fits = |l: &String| !l.is_empty() && !NONE.contains(&l.as_str());
    labels
        .into_iter()
        .filter(|l| fits(l) && seen.insert(l.clone()))
        .collect()
}

/// A list in the manner of Python: `['a', "b's"]`.
fn list(text: &str) -> Option<Vec<String>> {
    let mut rest = text.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    let mut found = Vec::new();
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let mut item = String::new();
        let mut letters = rest.char_indices().skip(1);
        let end = loop {
            match letters.next()? {
                (_, '\\') => item.push(letters.next()?.1),
                (at, c) if c == quote => break at + 1,
                (_, c) => item.push(c),
            }
        };
        found.push(item);
        rest = rest[end..].trim_start();
        rest = match rest.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_with_their_lists() {
        let csv = ",sentence,skills\n0,\"Sell, and count\",\"['sell goods', \"\"count one's stock\"\"]\"\n1,We are many,\"['UNK', 'sell goods']\"\n";
        let found = read_sentences(csv.as_bytes()).unwrap();
        assert_eq!(found[0].labels, ["sell goods", "count one's stock"]);
        assert_eq!(found[0].sentence, "Sell, and count");
        assert!(found[1].labels.is_empty());
    }

    #[test]
    fn the_spans_of_a_sentence_are_put_together() {
        let csv = "sentence,span,sub_span,label\na b,a,,x\nc,c,,LABEL NOT PRESENT\na b,b,,y\na b,a,,x\n";
        let found = read_annotations(csv.as_bytes()).unwrap();
        assert_eq!(found[0].labels, ["x", "y"]);
        assert!(found[1].labels.is_empty());
        assert_eq!(read_labels("x\n\ny\nx\n"), ["x", "y"]);
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_place() {
        let missing = read_sentences(b"text,skills\na,[]\n").unwrap_err();
        assert!(matches!(missing, DatasetError::Line { line: 1, .. }), "{missing}");
        let broken = read_sentences(b"sentence,skills\na,['x'\n").unwrap_err();
        assert!(matches!(broken, DatasetError::Line { line: 2, .. }), "{broken}");
        let none = read_annotations(b"sentence,label\n").unwrap_err();
        assert!(matches!(none, DatasetError::Empty { .. }), "{none}");
    }
}
