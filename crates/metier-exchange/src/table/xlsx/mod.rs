//! Office Open XML workbooks (`.xlsx`): the texts of their cells, and nothing that runs.
//!
//! Read directly from the parts of the package, because levelling documents come from strangers: every
//! part is unpacked under a limit, cells are met one by one, and a sheet that claims a million columns
//! costs nothing. A formula is never worked out; the result it had when the file was last saved is read.

mod package;
mod sheet;
mod strings;
mod style;
mod xml;

use super::{Budget, Finding, SHEETS_MAX, Sheet};
use crate::DocumentProblem;
use package::Package;
use style::Styles;

/// Reads the sheets in their order.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<Finding>), DocumentProblem> {
    let mut package = Package::open(bytes)?;
    let workbook = package.workbook()?;
    let strings = match workbook.strings.as_deref() {
        Some(part) => strings::read(&package.needed(part)?)?,
        None => Vec::new(),
    };
    let styles = match workbook.styles.as_deref() {
        Some(part) => Styles::read(&package.needed(part)?, workbook.from_1904)?,
        None => Styles::default(),
    };
    if workbook.sheets.len() > SHEETS_MAX {
        return Err(DocumentProblem::new(
            format!(
                "the workbook has {} sheets; at most {SHEETS_MAX} are read",
                workbook.sheets.len()
            ),
            "keep only the sheets with criteria",
        ));
    }
    let (mut sheets, mut findings) = (Vec::new(), Vec::new());
    let mut budget = Budget::default();
    // The name of the only sheet ("Sheet1") says nothing.
    let only = workbook.sheets.len() == 1;
    for listed in workbook.sheets {
        let name = if only { String::new() } else { listed.name };
        let text = package.needed(&listed.part)?;
        let mut reader = sheet::Reader {
            name: &name,
            strings: &strings,
            styles: &styles,
            budget: &mut budget,
        };
        let (rows, mut found) = reader.read(&text)?;
        sheets.push(Sheet {
            name,
            hidden: listed.hidden,
            rows,
        });
        findings.append(&mut found);
    }
    Ok((sheets, findings))
}

#[cfg(test)]
mod tests;
