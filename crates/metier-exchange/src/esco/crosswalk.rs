//! The official crosswalk between ESCO and O*NET: a CSV with some lines about itself before its head.

use metier_core::catalogue::{Match, OccupationLink, OccupationLinks};

use crate::DocumentProblem;
use crate::problem::shown;

/// Largest crosswalk read, in bytes; the published one has two million.
pub const CROSSWALK_MAX: usize = 32 << 20;
/// Rows before the head.
const PREAMBLE_MAX: usize = 100;
/// Columns that are read: code, address, sort of match.
const HEADS: [&str; 3] = ["O*NET Id", "ESCO or ISCO URI", "Type of Match"];

/// True when the text has the head of a crosswalk near its beginning.
pub(crate) fn is_crosswalk(beginning: &str) -> bool {
    let beginning = beginning.to_lowercase();
    HEADS.iter().all(|head| beginning.contains(&head.to_lowercase()))
}

/// Reads a crosswalk.
///
/// # Errors
/// When the bytes are too many or no UTF-8, no row has the head, or a row has no code, address or known
/// sort of match.
pub fn read_crosswalk(bytes: &[u8]) -> Result<OccupationLinks, DocumentProblem> {
    if bytes.len() > CROSSWALK_MAX {
        return Err(DocumentProblem::new(
            format!(
                "the file has {} bytes; at most {CROSSWALK_MAX} are read",
                bytes.len()
            ),
            "take the crosswalk as published",
        ));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut about: Vec<(String, String)> = Vec::new();
    let mut places: Option<[usize; 3]> = None;
    let mut links = OccupationLinks::default();
    for (at, record) in reader.records().enumerate() {
        let record = record.map_err(|error| failed(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |place: usize| {
            record
                .get(place)
                .unwrap_or("")
                .trim_start_matches('\u{feff}')
                .trim()
        };
        if let Some([code, address, sort]) = places {
            if record.iter().all(|f| f.trim().is_empty()) {
                continue;
            }
            links.links.push(OccupationLink {
                onet: code_of(field(code)).map_err(|p| p.at_line(line).about(HEADS[0]))?,
                esco: address_of(field(address)).map_err(|p| p.at_line(line).about(HEADS[1]))?,
                closeness: match_of(field(sort)).map_err(|p| p.at_line(line).about(HEADS[2]))?,
            });
        } else {
            places = head(&record);
            about.push((field(0).to_owned(), field(1).to_owned()));
            if places.is_none() && at >= PREAMBLE_MAX {
                break;
            }
        }
    }
    if places.is_none() {
        return Err(DocumentProblem::new(
            format!("no row names the columns `{}`", HEADS.join("`, `")),
            "take the crosswalk between O*NET and ESCO as published, as CSV",
        ));
    }
    links.source = source(&about);
    links.credits = vec![
        "The ESCO-O*NET crosswalk is by the ESCO Secretariat of the European Commission with the U.S. Department of \
         Labor, Employment and Training Administration."
            .into(),
    ];
    links
        .links
        .sort_by(|a, b| (&a.esco, a.closeness, &a.onet).cmp(&(&b.esco, b.closeness, &b.onet)));
    links.links.dedup();
    Ok(links)
}

fn head(record: &csv::StringRecord) -> Option<[usize; 3]> {
    let place = |head: &str| {
        record
            .iter()
            .position(|f| f.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(head))
    };
    Some([place(HEADS[0])?, place(HEADS[1])?, place(HEADS[2])?])
}

/// "ESCO-O*NET Crosswalk, Sep-22", from what stands before the head.
fn source(about: &[(String, String)]) -> String {
    let said = |name: &str| {
        about
            .iter()
            .find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
            .map(|(_, value)| shown(value))
    };
    let name = said("Mapping project name").unwrap_or_else(|| "ESCO-O*NET crosswalk".to_owned());
    match said("Mapping project version date") {
        Some(date) => format!("{name}, {date}"),
        None => name,
    }
}

fn failed(error: &csv::Error) -> DocumentProblem {
    let problem = DocumentProblem::new(
        shown(&error.to_string()),
        "take the crosswalk as published, in UTF-8",
    );
    match error.position() {
        Some(position) => problem.at_line(position.line()),
        None => problem,
    }
}

fn code_of(text: &str) -> Result<String, DocumentProblem> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            2 => b == b'-',
            7 => b == b'.',
            _ => b.is_ascii_digit(),
        });
    if shaped {
        Ok(text.to_owned())
    } else {
        Err(DocumentProblem::new(
            format!("`{}` is not an O*NET code", shown(text)),
            "it should look like 15-1252.00",
        ))
    }
}

fn address_of(text: &str) -> Result<String, DocumentProblem> {
    if text.contains("/esco/") {
        Ok(text.to_owned())
    } else {
        Err(DocumentProblem::new(
            format!("`{}` is not an address of ESCO", shown(text)),
            "it should look like http://data.europa.eu/esco/occupation/…",
        ))
    }
}

fn match_of(text: &str) -> Result<Match, DocumentProblem> {
    match text {
        "exactMatch" | "exactISCO" => Ok(Match::Exact),
        "closeMatch" => Ok(Match::Close),
        "broadMatch" => Ok(Match::Broad),
        "narrowMatch" => Ok(Match::Narrow),
        _ => Err(DocumentProblem::new(
            format!("`{}` is no sort of match", shown(text)),
            "write exactMatch, closeMatch, broadMatch or narrowMatch",
        )),
    }
}
