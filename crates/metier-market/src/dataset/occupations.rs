//! Adverts whose occupation is known: `title`, `description`, `esco_code` (or `isco`), one a row.

use super::DatasetError;

/// An advert with its occupation's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedAdvert {
    /// What the work is called.
    pub title: String,
    /// What the advert says.
    pub text: String,
    /// The code as given: of ESCO ("2422.10") or ISCO ("2422").
    pub code: String,
}

impl CodedAdvert {
    /// The ISCO unit group: what stands before the first full stop of the code.
    pub fn isco(&self) -> &str {
        self.code.split('.').next().unwrap_or("")
    }
}

/// What a row has to hold.
const EXPECTED: &str = "columns title, description and esco_code, the code beginning with four digits";

/// Adverts, one a row. No other column is read.
///
/// # Errors
/// When a column is missing, or a code does not begin with four digits; nothing is kept then.
pub fn read_coded(bytes: &[u8]) -> Result<Vec<CodedAdvert>, DatasetError> {
    let mut reader = csv::Reader::from_reader(bytes);
    let refused = |line: Option<&csv::Position>, found: String| DatasetError::Line {
        line: line.and_then(|p| usize::try_from(p.line()).ok()).unwrap_or(1),
        found: found.chars().take(80).collect(),
        expected: EXPECTED,
    };
    let headers = reader
        .headers()
        .map_err(|e| refused(e.position(), e.to_string()))?;
    let place = |column| {
        headers
            .iter()
            .position(|h| h.trim_start_matches('\u{feff}') == column)
    };
    let [Some(title), Some(text), Some(code)] = ["title", "description", "esco_code"].map(place) else {
        let found: Vec<_> = headers.iter().collect();
        return Err(refused(None, found.join(",")));
    };
    let mut found = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| refused(e.position(), e.to_string()))?;
        let field = |at| record.get(at).unwrap_or("").to_owned();
        let advert = CodedAdvert {
            title: field(title),
            text: field(text),
            code: field(code),
        };
        let isco = advert.isco();
        if isco.len() != 4 || !isco.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refused(record.position(), advert.code));
        }
        found.push(advert);
    }
    if found.is_empty() {
        return Err(DatasetError::Empty { expected: EXPECTED });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adverts_are_read_and_a_code_of_another_kind_is_refused() {
        let csv = "id,title,description,esco_code\n1,Cook,\"Cooks,\nserves\",3434.1\n2,Guard,Guards,5414\n";
        let found = read_coded(csv.as_bytes()).unwrap();
        assert_eq!((found[0].isco(), found[1].isco()), ("3434", "5414"));
        assert_eq!(found[0].text, "Cooks,\nserves");
        let wrong = read_coded(b"title,description,esco_code\nCook,x,15-1252.00\n").unwrap_err();
        assert!(matches!(wrong, DatasetError::Line { line: 2, .. }), "{wrong}");
        assert!(read_coded(b"title,text\n").is_err());
    }
}
