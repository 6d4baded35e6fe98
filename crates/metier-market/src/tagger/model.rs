//! What the tagger has learnt, as it is kept in a file.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::chain::LABELS;
use super::features::BUCKETS;

/// Both layers' labels.
pub(crate) const OUT: usize = 2 * LABELS;

/// The weights of a tagger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Numbers in a token's vector.
    pub(crate) width: u32,
    /// Hidden units.
    pub(crate) hidden: u32,
    /// Tokens read on either side.
    pub(crate) reach: u32,
    /// The words it knows, folded.
    pub(crate) words: Vec<String>,
    /// A vector for each of them.
    pub(crate) word_rows: Rows,
    /// A vector for each hashed feature.
    pub(crate) feature_rows: Rows,
    /// Place by number by unit: from the tokens of the window to the hidden units.
    pub(crate) window: Vec<f32>,
    /// Number by unit: from the mean of the sentence, then from that of the one before.
    pub(crate) means: Vec<f32>,
    /// One for each unit.
    pub(crate) bias: Vec<f32>,
    /// Unit by label.
    pub(crate) out: Vec<f32>,
    /// One for each label.
    pub(crate) out_bias: Vec<f32>,
    /// Logarithms of the steps of each layer's chain, from by to.
    pub(crate) steps: [Vec<f32>; 2],
    /// What naming a span costs in each layer: it is named when it is likelier than this.
    pub(crate) prices: [f32; 2],
}

/// Vectors in eight bits a number, each with a scale of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rows {
    scales: Vec<f32>,
    cells: Vec<i8>,
}

impl Rows {
    pub(crate) fn push(&mut self, row: &[f32]) {
        let top = row.iter().fold(0.0_f32, |top, x| top.max(x.abs()));
        let scale = top / 127.0;
        self.scales.push(scale);
        #[allow(clippy::cast_possible_truncation, reason = "held to -127..=127")]
        self.cells.extend(
            row.iter()
                .map(|x| if scale > 0.0 { (x / scale).round() as i8 } else { 0 }),
        );
    }

    /// Adds a row.
    pub(crate) fn add(&self, row: usize, into: &mut [f32]) {
        let scale = self.scales[row];
        let from = row * into.len();
        for (x, &cell) in into.iter_mut().zip(&self.cells[from..]) {
            *x += scale * f32::from(cell);
        }
    }

    fn fits(&self, rows: usize, width: usize) -> bool {
        self.scales.len() == rows && Some(self.cells.len()) == rows.checked_mul(width) && finite(&self.scales)
    }
}

/// Why bytes are no tagger.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// They are not of this layout.
    #[error("the tagger's part cannot be read: {0}")]
    Layout(String),
    /// Parts that do not fit each other.
    #[error("the tagger's part does not hold together: {0}")]
    Inconsistent(&'static str),
}

fn finite(numbers: &[f32]) -> bool {
    numbers.iter().all(|x| x.is_finite())
}

impl Model {
    /// The bytes it is kept as; the same weights give the same bytes.
    ///
    /// # Errors
    /// When it has no binary form; a trained one always has.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ModelError> {
        postcard::to_allocvec(self).map_err(|e| ModelError::Layout(e.to_string()))
    }

    /// Reads them.
    ///
    /// # Errors
    /// When the bytes are cut, or their parts do not fit each other.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let model: Self = postcard::from_bytes(bytes).map_err(|e| ModelError::Layout(e.to_string()))?;
        model.check()?;
        Ok(model)
    }

    fn check(&self) -> Result<(), ModelError> {
        let (width, hidden, reach) = (self.width as usize, self.hidden as usize, self.reach as usize);
        if !(1..=1024).contains(&width) || !(1..=1024).contains(&hidden) || reach > 8 {
            return Err(ModelError::Inconsistent("its sizes"));
        }
        if !self.word_rows.fits(self.words.len(), width) || !self.feature_rows.fits(BUCKETS, width) {
            return Err(ModelError::Inconsistent("words and vectors"));
        }
        let dense = [
            (&self.window, (2 * reach + 1) * width * hidden),
            (&self.means, 2 * width * hidden),
            (&self.bias, hidden),
            (&self.out, hidden * OUT),
            (&self.out_bias, OUT),
            (&self.steps[0], LABELS * LABELS),
            (&self.steps[1], LABELS * LABELS),
        ];
        if dense
            .iter()
            .any(|(numbers, n)| numbers.len() != *n || !finite(numbers))
        {
            return Err(ModelError::Inconsistent("weights"));
        }
        if self.prices.iter().any(|p| !(0.01..1.0).contains(p)) {
            return Err(ModelError::Inconsistent("prices of spans"));
        }
        Ok(())
    }
}
