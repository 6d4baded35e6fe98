//! Which data set a file is, by what stands in it.

use super::{
    Asked, CodedAdvert, DatasetError, SpanSet, looks_like_spans, read_annotations, read_coded,
    read_sentences, read_spans,
};

/// A data set of one of the known formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataSet {
    /// Tokens with tags, one a line.
    Spans(SpanSet),
    /// Sentences with a list of labels, one a row.
    Sentences(Vec<Asked>),
    /// Spans with a label, one a row; put together by sentence.
    Annotations(Vec<Asked>),
    /// Adverts with an occupation's code, one a row.
    Coded(Vec<CodedAdvert>),
}

impl DataSet {
    /// What it is, in a few words.
    pub fn called(&self) -> &'static str {
        match self {
            Self::Spans(set) if set.both_layers => "spans of skills and knowledge",
            Self::Spans(_) => "spans of skills alone",
            Self::Sentences(_) => "sentences with labels",
            Self::Annotations(_) => "spans with labels",
            Self::Coded(_) => "adverts with occupations",
        }
    }

    /// How many sentences, or adverts, it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Spans(set) => set.sentences.len(),
            Self::Sentences(all) | Self::Annotations(all) => all.len(),
            Self::Coded(all) => all.len(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The data set that a file's bytes are; absent: they are none of a known format.
///
/// A table is known by the names of its columns, spans by the tags of their first lines.
///
/// # Errors
/// When it is of a known format and a line of it does not fit; nothing is kept then.
pub fn recognise(bytes: &[u8]) -> Option<Result<DataSet, DatasetError>> {
    let text = std::str::from_utf8(bytes).ok()?;
    if looks_like_spans(text) {
        return Some(read_spans(text).map(DataSet::Spans));
    }
    let head = text.lines().next()?.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(head.as_bytes());
    let head = reader.records().next()?.ok()?;
    let has = |wanted: &[&str]| wanted.iter().all(|w| head.iter().any(|h| h == *w));
    if has(&["sentence", "skills"]) {
        Some(read_sentences(bytes).map(DataSet::Sentences))
    } else if has(&["sentence", "label"]) {
        Some(read_annotations(bytes).map(DataSet::Annotations))
    } else if has(&["title", "description", "esco_code"]) {
        Some(read_coded(bytes).map(DataSet::Coded))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_known_by_its_content_and_a_broken_row_is_named() {
        let called = |text: &str| recognise(text.as_bytes()).map(|r| r.map(|d| (d.called(), d.len())));
        assert_eq!(
            called("We\tO\tO\nuse\tO\tO\nRust\tO\tB-Knowledge\n\n"),
            Some(Ok(("spans of skills and knowledge", 1)))
        );
        assert_eq!(
            called(",sentence,skills\n0,Sell,['sell goods']\n"),
            Some(Ok(("sentences with labels", 1)))
        );
        assert_eq!(
            called("\u{feff}sentence,span,sub_span,label\na,a,,x\na,b,,y\n"),
            Some(Ok(("spans with labels", 1)))
        );
        assert_eq!(
            called("id,title,description,esco_code\n1,Cook,Cooks,3434.1\n"),
            Some(Ok(("adverts with occupations", 1)))
        );
        assert_eq!(called("title,text\na,b\n"), None);
        assert_eq!(called("Some words.\n"), None);
        assert!(recognise(&[0xff, 0xfe]).is_none());
        assert!(matches!(called("sentence,skills\na,['x'\n"), Some(Err(_))));
    }
}
