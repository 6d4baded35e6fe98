//! The static table: one vector for each piece of a word, averaged over a text.
//!
//! A text's vector is the sum of its pieces' rows divided by its length. How much a piece counts is the
//! length of its row, and differs between the two sides: in what is asked of the table (an advert's
//! sentence), "experience" says little; in a concept's name it may be all there is. So each row has two
//! scales ([`Side`]).

use thiserror::Error;

use super::pieces::Pieces;

/// Which side of a comparison a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A name or definition of a concept.
    Name,
    /// A sentence or span of an advert.
    Text,
}

/// Why bytes are no static table.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TableError {
    /// Another kind of file.
    #[error(
        "this is no static table: it does not begin with METIERTB; build one with tools/distil_static_table.py"
    )]
    NotATable,
    /// A version this program does not know.
    #[error(
        "the static table is of version {0}, and this program reads 1 and 2; rebuild it or update the program"
    )]
    Version(u32),
    /// Fewer or more bytes than its header says, or a size no table has.
    #[error("the static table is damaged at its {0}; rebuild it or copy it again")]
    Damaged(&'static str),
}

/// What every table's bytes begin with.
const MAGIC: &[u8; 8] = b"METIERTB";

/// A static embedding table.
#[derive(Debug, Clone)]
pub struct Table {
    entries: String,
    pieces: Pieces,
    dims: usize,
    rows: Vec<i8>,
    /// For each row, what its numbers are multiplied by on the side of names, then of texts.
    scales: [Vec<f32>; 2],
}

impl Table {
    /// A table of real numbers, `dims` for each entry of the vocabulary (one a line). `asked` says how much
    /// more or less each entry counts in texts than in names.
    pub(crate) fn quantise(entries: String, dims: usize, values: &[f32], asked: &[f32]) -> Self {
        let mut rows = Vec::with_capacity(values.len());
        let (mut names, mut texts) = (Vec::new(), Vec::new());
        for (row, factor) in values.chunks_exact(dims).zip(asked) {
            let scale = row.iter().fold(1e-12_f32, |most, v| most.max(v.abs())) / 127.0;
            #[allow(clippy::cast_possible_truncation, reason = "within -127 and 127")]
            rows.extend(row.iter().map(|v| (v / scale).round() as i8));
            names.push(scale);
            texts.push(scale * factor);
        }
        Self {
            pieces: Pieces::new(entries.lines()),
            entries,
            dims,
            rows,
            scales: [names, texts],
        }
    }

    /// How many numbers a vector has.
    pub fn dims(&self) -> usize {
        self.dims
    }

    /// How many entries the vocabulary has.
    pub fn len(&self) -> usize {
        self.scales[0].len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The vocabulary, one entry a line.
    pub fn entries(&self) -> &str {
        &self.entries
    }

    /// How a text is cut.
    pub fn pieces(&self) -> &Pieces {
        &self.pieces
    }

    /// The numbers of a piece's row on a side; none for a number that is no piece's.
    pub fn row(&self, piece: u32, side: Side) -> impl Iterator<Item = f32> {
        let (row, scale) = self.raw(piece, side);
        row.iter().map(move |&v| f32::from(v) * scale)
    }

    fn raw(&self, piece: u32, side: Side) -> (&[i8], f32) {
        let at = piece as usize;
        let row = self.rows.get(at * self.dims..(at + 1) * self.dims);
        let scale = self.scales[usize::from(side == Side::Text)].get(at);
        (row.unwrap_or(&[]), scale.copied().unwrap_or(0.0))
    }

    /// Adds a piece's row to a sum.
    pub(super) fn add(&self, piece: u32, side: Side, sum: &mut [f32]) {
        let (row, scale) = self.raw(piece, side);
        for (to, &v) in sum.iter_mut().zip(row) {
            *to += f32::from(v) * scale;
        }
    }

    /// A text's vector, of length 1; all zero when no piece of it is known.
    pub fn embed(&self, text: &str, side: Side) -> Vec<f32> {
        let mut cut = Vec::new();
        self.pieces.cut(text, &mut cut);
        self.embed_pieces(&cut, side)
    }

    /// As [`Table::embed`], of a text that is cut already.
    pub fn embed_pieces(&self, cut: &[u32], side: Side) -> Vec<f32> {
        let mut sum = vec![0.0; self.dims];
        for &piece in cut {
            self.add(piece, side, &mut sum);
        }
        unit(&mut sum);
        sum
    }

    /// Its bytes: "METIERTB", then little-endian u32 version, rows, dims, bytes of the vocabulary; the
    /// vocabulary; an f32 scale for each row, in version 2 a second for texts; the rows.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for n in [2, self.len(), self.dims, self.entries.len()] {
            bytes.extend(u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
        }
        bytes.extend(self.entries.as_bytes());
        for scale in self.scales.iter().flatten() {
            bytes.extend(scale.to_le_bytes());
        }
        bytes.extend(self.rows.iter().map(|v| v.to_le_bytes()[0]));
        bytes
    }

    /// A table from its bytes.
    ///
    /// # Errors
    /// When they are no table, of another version, or damaged; nothing of them is kept then.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, TableError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(TableError::NotATable)?;
        let damaged = TableError::Damaged;
        let (header, body) = body.split_at_checked(16).ok_or(damaged("header"))?;
        let number = |at: usize| {
            let four = header.get(at * 4..at * 4 + 4).and_then(|b| b.try_into().ok());
            u32::from_le_bytes(four.unwrap_or_default())
        };
        let sides = match number(0) {
            1 => 1,
            2 => 2,
            other => return Err(TableError::Version(other)),
        };
        let (count, dims, length) = (number(1) as usize, number(2) as usize, number(3) as usize);
        if dims == 0 || dims > 4096 {
            return Err(damaged("header"));
        }
        let (entries, body) = body.split_at_checked(length).ok_or(damaged("vocabulary"))?;
        let entries = std::str::from_utf8(entries).map_err(|_| damaged("vocabulary"))?;
        if entries.lines().count() != count {
            return Err(damaged("vocabulary"));
        }
        let (scales, rows) = body
            .split_at_checked(count.saturating_mul(4 * sides))
            .ok_or(damaged("scales"))?;
        if rows.len() != count.saturating_mul(dims) {
            return Err(damaged("rows"));
        }
        let scales: Vec<f32> = scales
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect();
        if !scales.iter().all(|s| s.is_finite() && s.abs() < 1e6) {
            return Err(damaged("scales"));
        }
        let texts = scales[scales.len() - count..].to_vec();
        let names = scales[..count].to_vec();
        Ok(Self {
            pieces: Pieces::new(entries.lines()),
            entries: entries.to_owned(),
            dims,
            rows: rows.iter().map(|b| i8::from_le_bytes([*b])).collect(),
            scales: [names, texts],
        })
    }
}

/// Divides a vector by its length; one of no length stays as it is.
pub(super) fn unit(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 1e-12 {
        for v in vector {
            *v /= length;
        }
    }
}

/// The sum of products, in sixteen lanes that the compiler keeps side by side.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 16];
    let (left, right) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = left
        .remainder()
        .iter()
        .zip(right.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in left.zip(right) {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    lanes.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn small() -> Table {
        let values = [1.0, 0.0, 0.0, 2.0, 3.0, 4.0];
        Table::quantise("a\nb\nc".to_owned(), 2, &values, &[1.0, 0.5, 0.0])
    }

    #[test]
    fn a_texts_vector_is_the_sum_of_its_rows_at_length_one() {
        let table = small();
        let close = |found: Vec<f32>, expected: [f32; 2]| {
            assert!(
                found.iter().zip(expected).all(|(x, y)| (x - y).abs() < 1e-2),
                "{found:?}"
            );
        };
        close(table.embed("A b", Side::Name), [0.447, 0.894]);
        close(table.embed("a b", Side::Text), [0.707, 0.707]);
        close(table.embed("c", Side::Name), [0.6, 0.8]);
        close(table.embed("c zzz", Side::Text), [0.0, 0.0]);
    }

    #[test]
    fn its_bytes_give_it_back_and_damaged_ones_are_refused_by_place() {
        let bytes = small().to_bytes();
        let again = Table::from_bytes(&bytes).unwrap();
        assert_eq!(again.to_bytes(), bytes);
        assert_eq!(Table::from_bytes(b"hello").unwrap_err(), TableError::NotATable);
        let cut = Table::from_bytes(&bytes[..bytes.len() - 1]).unwrap_err();
        assert_eq!(cut, TableError::Damaged("rows"));
        let mut other = bytes.clone();
        other[8] = 9;
        assert_eq!(Table::from_bytes(&other).unwrap_err(), TableError::Version(9));
        let mut wide = bytes;
        wide[24] = 0xff;
        assert_eq!(
            Table::from_bytes(&wide).unwrap_err(),
            TableError::Damaged("vocabulary")
        );
    }

    proptest! {
        #[test]
        fn no_damaged_byte_is_a_panic(at in 0_usize..60, value: u8) {
            let mut bytes = small().to_bytes();
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = Table::from_bytes(&bytes).map(|t| t.embed("a b c", Side::Text));
        }

        #[test]
        fn the_lanes_sum_to_the_plain_sum(a in prop::collection::vec(-1.0_f32..1.0, 0..70)) {
            let plain: f32 = a.iter().map(|x| x * x).sum();
            prop_assert!((dot(&a, &a) - plain).abs() < 1e-4);
        }
    }
}
